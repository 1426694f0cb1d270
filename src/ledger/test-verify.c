/* ledger/test-verify.c: whatever is altered behind the program's back is found and named. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/attachment.h"
#include "ledger/logs.h"
#include "ledger/test-vault.h"
#include "ledger/verify.h"

static int64_t verify(Folder *folder, Diag *diag) {
    VerifyResult result;
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    return result.bad;
}

/* Three firms' worth of records, the second project edited, the third taken on and back on one day, one withdrawn. */
static void fill(Folder *folder) {
    int64_t firm = folder_add_firm(folder, "F1", "青禾甲公司", "349901199001010011");
    int64_t edited = folder_add_project(folder, "一", firm, 100);
    int64_t moved = folder_add_project(folder, "二", firm, 200);
    int64_t gone = folder_add_project(folder, "三", 0, 300);
    folder_move_project(folder, edited, NULL, 101);
    folder_move_project(folder, edited, NULL, 102);
    folder_move_project(folder, moved, "approve", 0);
    folder_move_project(folder, moved, "close", 0);
    folder_withdraw_project(folder, gone);
}

static void test_sound(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    VerifyResult result;
    fill(folder);
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    folder_no_findings(diag);
    assert_int_equal(result.bad, 0);
    assert_int_equal(result.changes, 9);
    assert_int_equal(result.versions, 8);
}

static void test_empty(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    assert_int_equal(verify(folder, diag), 0);
}

/* A project that comes from a sheet as closed: nobody knows since when. */
static int64_t import_closed(Folder *folder) {
    Diag *diag = diag_new(folder);
    Writer *writer;
    Written written;
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    WriterOptions options = {.actor = {.name = "test", .owner = true}, .batch = 1};
    Value values[DEFN_FIELDS_MAX] = {0};
    values[ledger_find_field(ledger, "title")->index] = VALUE_OF_TEXT("旧");
    values[ledger_find_field(ledger, "approved_on")->index] = VALUE_OF_DATE(date_make(2020, 3, 1));
    Write write = {
        .ledger = ledger, .values = values, .state = ledger_find_state(ledger, "closed"), .effective = DATE_NONE};
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    assert_int_equal(writer_commit(writer, diag), 0);
    folder_no_findings(diag);
    return written.id;
}

/* Edits leave the way of a record alone: no day of entering is invented. */
static void test_ways(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    int64_t old = import_closed(folder);
    int64_t new = folder_add_project(folder, "新", 0, 1);
    folder_move_project(folder, new, "approve", 0);
    folder_move_project(folder, new, "close", 0);
    assert_int_equal(verify(folder, diag), 0);
    int64_t spans = folder_int(folder, "SELECT count(*) FROM state_span WHERE recorded_to IS NULL");
    folder_move_project(folder, old, NULL, 2);
    folder_move_project(folder, new, NULL, 2);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM state_span WHERE recorded_to IS NULL"), spans);
    assert_int_equal(verify(folder, diag), 0);
    folder_no_findings(diag);
}

/* Who withdraws what somebody else has changed meanwhile is refused, and nothing is written. */
static void test_stale(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    int64_t id = folder_add_project(folder, "一", 0, 100);
    WriterOptions options = {.actor = {.name = "test", .owner = true}};
    Writer *writer;
    Record *stale;
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    assert_int_equal(record_load(folder, folder->store, ledger, id, NULL, &stale), 0);
    folder_move_project(folder, id, NULL, 101);
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(transition_withdraw(writer, stale, "登错", diag), DB_FAULT_CONSTRAINT);
    talloc_free(writer);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM change"), 2);
    assert_int_equal(verify(folder, diag), 0);
}

typedef struct Tampering {
    const char *sql;
    const char *code;
    const char *named[3]; /* words that the finding must have */
} Tampering;

/* Ids are the seq of the first change: firm 1, projects 2 (changes 5, 6), 3 (7, 8), 4 (withdrawn by 9). */
static const Tampering tamperings[] = {
    {"UPDATE l_project SET amount = 99900 WHERE id = 2 AND recorded_to IS NULL",
     "version-altered",
     {"change 6", "project 2", "version 3"}},
    {"UPDATE l_project SET amount = 99900 WHERE id = 2 AND version = 1",
     "version-altered",
     {"change 2", "project 2", "version 1"}},
    {"UPDATE l_project SET amount = NULL WHERE id = 3 AND version = 2",
     "version-altered",
     {"change 7", "project 3", "version 2"}},
    {"UPDATE l_firm SET card = NULL", "version-altered", {"change 1", "firm 1", "version 1"}},
    {"UPDATE l_firm SET note = ''", "version-altered", {"change 1", "firm 1", "version 1"}},
    {"UPDATE l_project SET state = 'approved' WHERE id = 3 AND version = 3",
     "version-altered",
     {"change 8", "project 3", "version 3"}},
    {"UPDATE l_project SET recorded_from = '2020-01-01T00:00:00.000Z' WHERE id = 2 AND version = 2",
     "version-time",
     {"change 5", "project 2", "version 2"}},
    {"UPDATE l_project SET recorded_to = '2020-01-01T00:00:00.000Z' WHERE id = 2 AND version = 2",
     "version-time",
     {"change 6", "project 2", "version 3"}},
    {"DELETE FROM l_project WHERE id = 2 AND version = 2", "version-missing", {"change 5", "project 2", "version 2"}},
    {"DELETE FROM l_project WHERE id = 4", "version-missing", {"change 4", "project 4", "version 1"}},
    {"DROP INDEX l_project_key; UPDATE l_project SET recorded_to = NULL WHERE id = 3 AND version = 1",
     "version-open",
     {"change 7", "project 3", "version 2"}},
    {"UPDATE l_project SET recorded_to = NULL WHERE id = 4", "version-open", {"change 9", "project 4", "version 1"}},
    {"UPDATE l_project SET recorded_to = '2030-01-01T00:00:00.000Z' WHERE id = 2 AND version = 3",
     "version-closed",
     {"project 2", "version 3"}},
    {"INSERT INTO l_project (org, id, version, state, recorded_from, title) VALUES (1, 77, 1, 'draft', "
     "'2020-01-01T00:00:00.000Z', 'x')",
     "version-stray",
     {"project 77", "version 1", "2020-01-01"}},
    {"INSERT INTO l_project (org, id, version, state, recorded_from, recorded_to) VALUES (1, 2, 9, 'draft', "
     "'2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z')",
     "version-stray",
     {"project 2", "version 9"}},
    {"UPDATE change SET actor = 'nobody' WHERE seq = 5", "log-altered", {"change 5", "project 2", "version 2"}},
    {"UPDATE change SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5",
     "log-altered",
     {"change 5", "project 2", "2020-01-01"}},
    {"UPDATE change SET reason = 'other' WHERE seq = 9", "log-altered", {"change 9", "project 4"}},
    {"UPDATE change SET reason = '' WHERE seq = 8", "log-altered", {"change 8", "project 3"}},
    {"UPDATE change SET action = 'withdraw' WHERE seq = 6", "log-altered", {"change 6", "project 2"}},
    {"UPDATE change SET row_hash = hash WHERE seq = 3", "log-altered", {"change 3", "project 3", "version 1"}},
    {"UPDATE change SET ledger = 'ghost' WHERE seq = 3", "ledger-missing", {"change 3", "ghost 3"}},
    {"DELETE FROM change WHERE seq = 5", "log-gap", {"between 4 and 6"}},
    {"DELETE FROM change WHERE seq = 1", "log-gap", {"between 0 and 2"}},
    {"DELETE FROM change WHERE seq = 9", "head", {"ends with change 8", "head is change 9"}},
    {"UPDATE org SET seq = 8", "head", {"ends with change 9", "head is change 8"}},
    {"UPDATE state_span SET entered_on = '2019-01-01' WHERE record = 3 AND state = 'approved' AND recorded_to IS NULL",
     "spans",
     {"project 3"}},
    {"UPDATE state_span SET left_on = '2019-01-01' WHERE record = 2 AND recorded_to IS NULL", "spans", {"project 2"}},
    {"DELETE FROM state_span WHERE record = 2", "spans", {"project 2"}},
    {"INSERT INTO state_span (org, record, seq, n, state, recorded_from) VALUES (1, 4, 99, 0, 'draft', 'x')",
     "spans",
     {"6 open rows", "have 5"}},
};

static void check_tampering(Folder *folder, const Tampering *tampering) {
    Diag *diag = diag_new(folder);
    assert_int_equal(db_begin(folder->store->db, DB_WRITE), 0);
    folder_exec(folder, tampering->sql);
    assert_true(verify(folder, diag) > 0);
    const char *words = folder_finding(diag, tampering->code);
    for (size_t i = 0; i < 3 && tampering->named[i]; i++)
        if (!strstr(words, tampering->named[i]))
            fail_msg("%s: '%s' is not in: %s", tampering->sql, tampering->named[i], words);
    db_rollback(folder->store->db);
    talloc_free(diag);
}

static void test_tampering(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    fill(folder);
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) check_tampering(folder, &tamperings[i]);
    assert_int_equal(verify(folder, diag), 0);
}

/* One altered row is one finding: the chain goes on behind it. */
static void test_each_break_once(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    fill(folder);
    folder_exec(folder, "UPDATE change SET actor = 'nobody' WHERE seq IN (2, 7)");
    assert_int_equal(verify(folder, diag), 2);
}

/* A column that no definition speaks of any more still counts. */
static void test_field_gone(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    fill(folder);
    folder_exec(folder, "ALTER TABLE l_project RENAME COLUMN files TO old_files");
    assert_int_equal(verify(folder, diag), 0);
    folder_exec(folder, "UPDATE l_project SET old_files = 'x' WHERE id = 2 AND version = 1");
    assert_int_equal(verify(folder, diag), 1);
    assert_non_null(strstr(folder_finding(diag, "version-altered"), "change 2"));
}

static const char *attach(Folder *folder, const char *text) {
    return mem_printf(folder, "%s/%s", folder->path, attachment_place(folder, vault_attach(folder, text)));
}

static void check_attachment(Folder *folder, const char *code) {
    Diag *diag = diag_new(folder);
    assert_int_equal(verify(folder, diag), 1);
    assert_non_null(folder_finding(diag, code));
}

static void test_attachments(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    const char *first = attach(folder, "first");
    const char *second = attach(folder, "second");
    assert_int_equal(verify(folder, diag), 0);
    assert_int_equal(chmod(first, 0600), 0);
    assert_int_equal(truncate(first, 2), 0);
    check_attachment(folder, "attachment-altered");
    assert_int_equal(truncate(first, strlen("first")), 0); /* its size again, other bytes */
    check_attachment(folder, "attachment-altered");
    FILE *file = fopen(first, "w");
    assert_non_null(file);
    fputs("first", file);
    fclose(file);
    assert_int_equal(verify(folder, diag), 0);
    assert_int_equal(unlink(second), 0);
    check_attachment(folder, "attachment-missing");
}

static void count_progress(int64_t done, int64_t all, void *data) {
    assert_true(done <= all);
    ++*(int *)data;
}

static void test_progress(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    VerifyResult result;
    int calls = 0;
    folder_fill(folder, 600);
    assert_int_equal(verify_store(folder->store, count_progress, &calls, diag, &result), 0);
    folder_no_findings(diag);
    assert_int_equal(result.changes, 1400);
    assert_int_equal(calls, 2);
}

/* --- the logs of people and errands --- */

#define NOW "2020-07-05T02:00:00.000Z"

/* Three rows of signing in, one errand and its answer. */
static void fill_logs(Folder *folder) {
    const People people = store_people(folder->store);
    Errand errand = {.kind = ERRAND_SIGN,
                     .ledger = "project",
                     .record = 1,
                     .asker = "chen",
                     .taker = "wang",
                     .asked_at = NOW,
                     .due = date_make(2020, 7, 10)};
    for (int i = 0; i < 3; i++) assert_int_equal(journal_sign_in(&people, NOW, "wang", "127.0.0.1", "signed-in"), 0);
    assert_int_equal(errand_add(folder->store, &errand), 0);
    assert_int_equal(errand_answer(folder->store, errand.id, ERRAND_DISAGREED, "wang", "金额不符", NOW), 0);
}

static void test_logs_are_sound(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    VerifyResult result;
    fill_logs(folder);
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    folder_no_findings(diag);
    assert_int_equal(result.rows, 5);
}

/* What is done behind the program's back, and the one finding it leads to. */
static void test_logs_name_what_was_altered(void **state) {
    static const struct {
        const char *sql, *code, *say;
    } cases[] = {
        {"UPDATE sign_in_log SET outcome = 'wrong-password' WHERE id = 2", "log-row", "row 2 of " NOW},
        {"DELETE FROM sign_in_log WHERE id = 2", "log-gap", "between 1 and 3"},
        {"DELETE FROM sign_in_log WHERE id = 3", "log-end", "ends with row 2, but should end with row 3"},
        {"UPDATE chain SET seq = 2 WHERE log = 'sign_in_log'", "log-end", "ends with row 3, but should end with row 2"},
        {"UPDATE errand SET due = NULL", "log-row", "Errands, row 1"},
        {"UPDATE errand SET taker = 'li'", "log-row", "Errands, row 1"},
        {"UPDATE errand_answer SET answer = 'agree'", "log-row", "Answers to errands, row 1"},
        {"UPDATE errand_answer SET opinion = NULL", "log-row", "Answers to errands, row 1"},
        {"DELETE FROM errand_answer", "log-end", "ends with row 0"},
    };
    Folder *folder = *state;
    fill_logs(folder);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Diag *diag = diag_new(folder);
        assert_int_equal(db_begin(folder->store->db, DB_WRITE), 0);
        assert_int_equal(db_exec(folder->store->db, cases[i].sql), 0);
        VerifyResult result;
        assert_int_equal(verify_tables(folder->store, NULL, NULL, diag, &result), 0);
        assert_int_equal(result.bad, 1);
        assert_non_null(strstr(folder_finding(diag, cases[i].code), cases[i].say));
        db_rollback(folder->store->db);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_logs_are_sound), FOLDER_TEST(test_logs_name_what_was_altered),
        FOLDER_TEST(test_sound),          FOLDER_TEST(test_empty),
        FOLDER_TEST(test_ways),           FOLDER_TEST(test_stale),
        FOLDER_TEST(test_tampering),      FOLDER_TEST(test_each_break_once),
        FOLDER_TEST(test_field_gone),     FOLDER_TEST(test_attachments),
        FOLDER_TEST(test_progress),
    };
    return FOLDER_RUN("verify", tests);
}
