/* ledger/test-migrate.c: what stands in a folder follows the program that opens it: its definitions and its calendar.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "ledger/errand.h"
#include "ledger/migrate.h"
#include "ledger/test-vault.h"
#include "ledger/verify.h"

static const char project_head[] =
    "ledger: project\ntitle: {zh: 项目, en: Projects}\narea: 7\nnumber: XM-{year}-{serial:5}\nkey: [title]\n"
    "names: [title]\nshows: title\nfields:\n"
    "  - {name: title, kind: text, required: true, label: {zh: 名称, en: Title}}\n"
    "  - {name: firm, kind: ref, to: firm, label: {zh: 单位, en: Firm}}\n"
    "  - {name: amount, kind: money, label: {zh: 金额, en: Amount}}\n"
    "  - {name: approved_on, kind: date, label: {zh: 批准日期, en: Approved on}}\n"
    "  - {name: begun_on, kind: date, label: {zh: 开始日期, en: Begun on}}\n"
    "  - {name: files, kind: file, label: {zh: 附件, en: Files}}\n"
    "list: [title, firm, state]\n"
    "transitions:\n"
    "  - {name: approve, label: {zh: 批准, en: Approve}, from: [draft], to: approved, by: [clerk]}\n"
    "  - {name: close, label: {zh: 结题, en: Close}, from: [approved], to: closed, by: [clerk]}\n"
    "states:\n";

/* The definitions change, and the folder is opened by the next who writes. */
static void redefine(Folder *folder, const char *states) {
    Diag *diag = diag_new(folder);
    const char *text = mem_printf(folder, "%s%s", project_head, states);
    assert_int_equal(file_write(folder_path(folder, "defs/ledgers/project.yaml"), text, strlen(text), diag), 0);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
}

/* An edit that says on which day a project began. */
static void set_begun(Folder *folder, int64_t id, const char *day) {
    Diag *diag = diag_new(folder);
    const WriterOptions options = {.actor = {.name = "test", .owner = true}};
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    Writer *writer;
    Record *record;
    Written written;
    assert_int_equal(record_load(folder, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(record_load_spans(folder, folder->store, record), 0);
    Value values[DEFN_FIELDS_MAX];
    memcpy(values, record->values, ledger->n_fields * sizeof(Value));
    values[ledger_find_field(ledger, "begun_on")->index] = VALUE_OF_DATE(date_parse_iso(day));
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    const Write write = {.ledger = ledger, .before = record, .values = values, .effective = DATE_NONE};
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    assert_int_equal(writer_commit(writer, diag), 0);
    folder_no_findings(diag);
    assert_int_equal(written.outcome, WRITTEN_UPDATED);
}

static void check_verified(Folder *folder) {
    Diag *diag = diag_new(folder);
    VerifyResult result;
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    folder_no_findings(diag);
}

#define DRAFT    "  - {name: draft, label: {zh: 草稿, en: Draft}}\n"
#define APPROVED "  - {name: approved, label: {zh: 已批准, en: Approved}, date: approved_on}\n"
#define CLOSED   "  - {name: closed, label: {zh: 已结题, en: Closed}}\n"
#define DATED    "  - {name: draft, label: {zh: 草稿, en: Draft}, date: begun_on}\n"

#define SPANS_ON(day) "SELECT count(*) FROM state_span WHERE entered_on = '" day "' AND recorded_to IS NULL"

/* A state gains a day that stands in a field already: the records come to it on that day. */
static void test_state_gains_a_date(void **state) {
    Folder *folder = *state;
    redefine(folder, DRAFT APPROVED CLOSED);
    int64_t dated = folder_add_project(folder, "一", 0, 1), other = folder_add_project(folder, "二", 0, 2);
    set_begun(folder, dated, "2019-02-03");
    folder_move_project(folder, dated, "approve", 0);
    assert_int_equal(folder_int(folder, SPANS_ON("2019-02-03")), 0);
    int64_t changes = folder_int(folder, "SELECT count(*) FROM change");
    redefine(folder, DATED APPROVED CLOSED);
    assert_int_equal(folder_int(folder, SPANS_ON("2019-02-03") " AND state = 'draft' AND left_on = '2020-07-01'"), 1);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM change"), changes + 1); /* the other has no day */
    assert_int_equal(
        folder_int(folder, mem_printf(folder, "SELECT max(version) FROM l_project WHERE id = %lld", (long long)other)),
        1);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM state_span WHERE recorded_to IS NOT NULL") > 0, 1);
    check_verified(folder);
    redefine(folder, DRAFT APPROVED CLOSED); /* and back */
    check_verified(folder);
}

/* A new state whose day stands in a field already. */
static void test_new_state(void **state) {
    Folder *folder = *state;
    redefine(folder, DRAFT APPROVED CLOSED);
    int64_t id = folder_add_project(folder, "一", 0, 1);
    set_begun(folder, id, "2019-02-03");
    redefine(folder, DRAFT "  - {name: begun, label: {zh: 已开始, en: Begun}, date: begun_on}\n" APPROVED CLOSED);
    assert_int_equal(folder_int(folder, SPANS_ON("2019-02-03") " AND state = 'begun'"), 1);
    check_verified(folder);
}

#define DAYS "SELECT count(*) FROM workday"

/* A folder filled by a program with another calendar is filled anew, and what that one counted is forgotten. */
static void test_calendar(void **state) {
    static const char kept[] = "INSERT INTO kept_figure (org, indicator, period, definition, seqs, scale, n)"
                               " VALUES (1, 'x', '2020', 'x', 'x', 0, 0)";
    Folder *folder = *state;
    int64_t days = folder_int(folder, DAYS);
    assert_true(days > 18000);
    folder_exec(folder, kept);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM kept_figure"), 1); /* nothing has changed */
    folder_exec(folder, "DELETE FROM workday WHERE n > 10; UPDATE setting SET value = 'older' WHERE name = 'calendar'");
    talloc_free(folder->store);
    folder->store = folder_open(folder, STORE_READ_ONLY);
    assert_true(folder_int(folder, DAYS) < days);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    assert_int_equal(folder_int(folder, DAYS), days);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM kept_figure"), 0);
}

static bool has_index(Folder *folder, const char *table, const char *index) {
    char **names;
    size_t n;
    bool found = false;
    assert_int_equal(db_indexes(folder, folder->store->db, table, &names, &n), 0);
    for (size_t i = 0; i < n; i++) found |= !strcmp(names[i], index);
    return found;
}

/* A folder of the first version has no tables of people and fewer indexes: who writes makes them, who reads leaves it
 * as it is. */
static void test_old_folder_gets_what_it_lacks(void **state) {
    static const char *const tables[] = {"unit",    "account",    "account_role", "account_password",
                                         "session", "delegation", "sign_in_log",  "account_log"};
    static const char *const indexes[][2] = {
        {"l_project", "l_project_state"}, {"l_project", "l_project_by_amount"}, {"change", "change_withdrawn"}};
    const size_t n_indexes = sizeof indexes / sizeof indexes[0];
    static const char schema[] = "SELECT CAST(value AS integer) FROM setting WHERE name = 'schema'";
    Folder *folder = *state;
    for (size_t i = 0; i < n_indexes; i++) folder_exec(folder, mem_printf(folder, "DROP INDEX %s", indexes[i][1]));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        folder_exec(folder, mem_printf(folder, "DROP TABLE %s", tables[i]));
    folder_exec(folder, "UPDATE setting SET value = '1' WHERE name = 'schema'");
    talloc_free(folder->store);
    folder->store = folder_open(folder, STORE_READ_ONLY);
    assert_int_equal(folder_int(folder, schema), 1);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    assert_int_equal(folder_int(folder, schema), STORE_SCHEMA);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        assert_int_equal(folder_int(folder, mem_printf(folder, "SELECT count(*) FROM %s", tables[i])), 0);
    for (size_t i = 0; i < n_indexes; i++) assert_true(has_index(folder, indexes[i][0], indexes[i][1]));
    check_verified(folder);
}

/* Before there were chains, rows of signing in had random numbers, and an answer stood in the row of what was asked. */
static void test_old_logs_are_chained(void **state) {
    static const char *const former[] = {
        "DELETE FROM chain",
        "ALTER TABLE sign_in_log DROP COLUMN hash",
        "INSERT INTO sign_in_log (org, at, id, login, address, outcome) VALUES"
        " (1, '2020-07-02', 7007007, 'li', '', 'signed-in'), (1, '2020-07-01', 9009009, 'wang', '', 'wrong-password')",
        "DROP TABLE errand_answer",
        "ALTER TABLE errand DROP COLUMN hash",
        "ALTER TABLE errand ADD COLUMN answered_at TEXT",
        "ALTER TABLE errand ADD COLUMN answer TEXT",
        "ALTER TABLE errand ADD COLUMN opinion TEXT",
        "INSERT INTO errand (org, id, kind, ledger, record, asker, taker, asked_at, answered_at, answer, opinion) "
        "VALUES"
        " (1, 1, 'sign', 'project', 9, 'chen', 'wang', '2020-07-01', '2020-07-03', 'disagree', '金额不符'),"
        " (1, 2, 'sign', 'project', 9, 'chen', 'li', '2020-07-01', '2020-07-02', 'take_back', NULL),"
        " (1, 3, 'copy', 'project', 9, 'chen', 'li', '2020-07-02', NULL, NULL, NULL)",
        "UPDATE setting SET value = '6' WHERE name = 'schema'",
    };
    Folder *folder = *state;
    Errand errand;
    for (size_t i = 0; i < sizeof former / sizeof former[0]; i++) folder_exec(folder, former[i]);
    talloc_free(folder->store);
    folder->store = folder_open(folder, STORE_READ_ONLY);
    Diag *diag = diag_new(folder);
    VerifyResult result;
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    assert_true(folder_has_finding(diag, "old-logs"));
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    check_verified(folder);
    assert_int_equal(folder_int(folder, "SELECT id FROM sign_in_log WHERE login = 'li'"), 2); /* by their time */
    assert_int_equal(errand_find(folder, folder->store, 1, &errand), 0);
    assert_int_equal(errand.answer, ERRAND_DISAGREED);
    assert_string_equal(errand.opinion, "金额不符");
    assert_string_equal(errand.answered_by, "wang");
    assert_int_equal(errand_find(folder, folder->store, 2, &errand), 0);
    assert_string_equal(errand.answered_by, "chen");
    assert_int_equal(errand_find(folder, folder->store, 3, &errand), 0);
    assert_int_equal(errand.answer, ERRAND_OPEN);
    folder_exec(folder, "UPDATE errand_answer SET opinion = '同意' WHERE errand = 1");
    diag = diag_new(folder);
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    assert_true(folder_has_finding(diag, "log-row"));
}

/* Who opens while somebody else writes does not wait for that. */
static void test_calendar_waits_for_nobody(void **state) {
    Folder *folder = *state;
    int64_t days = folder_int(folder, DAYS);
    folder_exec(folder, "DELETE FROM workday WHERE n > 10; UPDATE setting SET value = 'older' WHERE name = 'calendar'");
    Store *writing = folder_open(folder, STORE_ANY_DEFINITIONS);
    assert_int_equal(db_begin(writing->db, DB_WRITE), 0);
    assert_int_equal(db_exec(writing->db, "UPDATE setting SET value = value"), 0);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    assert_true(folder_int(folder, DAYS) < days);
    db_rollback(writing->db);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
    assert_int_equal(folder_int(folder, DAYS), days);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_state_gains_a_date),
        FOLDER_TEST(test_new_state),
        FOLDER_TEST(test_calendar),
        FOLDER_TEST(test_old_folder_gets_what_it_lacks),
        FOLDER_TEST(test_old_logs_are_chained),
        FOLDER_TEST(test_calendar_waits_for_nobody),
    };
    return FOLDER_RUN("migrate", tests);
}
