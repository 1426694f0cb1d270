/* ledger/test-backup.c: out and back, from one database to another, and while others write. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "ledger/attachment.h"
#include "ledger/backup.h"
#include "ledger/folder.h"
#include "ledger/migrate.h"
#include "ledger/query.h"
#include "ledger/test-vault.h"
#include "ledger/verify.h"

/* --- out and back --- */

/* Tables to be compared across databases. */
static const struct Dump {
    const char *sql;
    bool ends_in_hash; /* bytes; everything else reads as text */
} dumps[] = {
    {"SELECT org, seq, at, actor, action, ledger, record, version, reason, hash FROM change ORDER BY seq", true},
    {"SELECT * FROM l_project ORDER BY id, version", false},
    {"SELECT id, version, code, name, card, note FROM l_firm ORDER BY id, version", false},
    {"SELECT * FROM state_span ORDER BY record, seq, n", false},
    {"SELECT org, name, seq, hash FROM org", true},
    {"SELECT name, value FROM setting ORDER BY name", false},
    {"SELECT path, text FROM definition ORDER BY path", false},
    {"SELECT count(*), min(n), max(n), max(day) FROM workday", false},
    {"SELECT scope, last FROM serial ORDER BY scope", false},
    {"SELECT ledger, seq FROM ledger_seq ORDER BY ledger", false},
};
#define DUMPS (sizeof dumps / sizeof dumps[0])

static char *dump(Folder *folder, const struct Dump *what) {
    Stmt *stmt;
    Buf out = BUF_INIT(folder);
    assert_int_equal(db_prepare(folder, folder->store->db, what->sql, &stmt), 0);
    int texts = stmt_columns(stmt) - what->ends_in_hash;
    while (stmt_step(stmt) == DB_ROW) {
        for (int i = 0; i < texts; i++) buf_printf(&out, "%s;", stmt_is_null(stmt, i) ? "(null)" : stmt_text(stmt, i));
        size_t size = 0;
        const uint8_t *hash = what->ends_in_hash ? stmt_blob(stmt, texts, &size) : NULL;
        for (size_t i = 0; i < size; i++) buf_printf(&out, "%02x", hash[i]);
    }
    talloc_free(stmt);
    return out.data;
}

static void round_trip(Folder *folder, const char *url) {
    char *before[DUMPS];
    folder_fill(folder, 50);
    folder_exec(folder, "INSERT INTO kept_figure (org, indicator, period, definition, seqs, scale, n)"
                        " VALUES (1, 'a', 'b', 'c', 'd', 0, 0)");
    for (size_t i = 0; i < DUMPS; i++) before[i] = dump(folder, &dumps[i]);
    vault_backup(folder, true);
    vault_restore(folder, url);
    for (size_t i = 0; i < DUMPS; i++) assert_string_equal(dump(folder, &dumps[i]), before[i]);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM kept_figure"), 0);
    assert_string_equal(folder->store->org_name, "青禾县科技局");
    vault_check_verified(folder);
    folder_add_project(folder, "恢复以后", 0, 5); /* and it goes on */
    vault_check_verified(folder);
}

static void test_round_trip(void **state) {
    Folder *folder = *state;
    round_trip(folder, folder_other_url(folder));
}

/* From a server into a file. */
static void test_other_database(void **state) {
    Folder *folder = *state;
    if (folder_is_server(folder)) round_trip(folder, NULL);
}

static int count_record(const Record *record, void *data) {
    (void)record;
    ++*(int *)data;
    return 0;
}

static void test_search_is_rebuilt(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 50);
    vault_backup(folder, true);
    vault_restore(folder, folder_other_url(folder));
    int found = 0;
    Query query = {.ledger = catalog_find_ledger(folder->store->catalog, "firm"), .search = "17"};
    assert_int_equal(query_each(folder->store, &query, count_record, &found), 0);
    assert_int_equal(found, 1);
}

/* Null, empty, quotes, line ends and commas are all themselves again. */
static void test_awkward_texts(void **state) {
    Folder *folder = *state;
    static const char *const texts[] = {"",  "\"",   "\"\"", ",",  "a\nb", "a\r\nb\r", " ",
                                        "'", "null", "\\N",  "\\", "\t",   "，“”"};
    const size_t n = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < n; i++) {
        Stmt *stmt;
        assert_int_equal(
            db_prepare(folder, folder->store->db, "INSERT INTO setting (name, value) VALUES (?1, ?2)", &stmt), 0);
        stmt_bind_text(stmt, 1, mem_printf(folder, "awkward %02zu", i));
        stmt_bind_text(stmt, 2, texts[i]);
        assert_int_equal(stmt_run(stmt), 0);
        talloc_free(stmt);
    }
    vault_backup(folder, false);
    vault_restore(folder, folder_other_url(folder));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(store_setting(folder, folder->store, mem_printf(folder, "awkward %02zu", i)), texts[i]);
}

static void test_manifest(void **state) {
    Folder *folder = *state;
    size_t size;
    folder_fill(folder, 3);
    vault_backup(folder, false);
    const char *text = vault_entry(folder, "manifest.json", &size);
    assert_non_null(strstr(text, mem_printf(folder, "\"schema\": %d", STORE_SCHEMA)));
    assert_non_null(strstr(text, "\"org\": \"青禾县科技局\""));
    assert_non_null(strstr(text, "\"seq\": 7"));
    assert_non_null(strstr(text, folder->store->catalog->hash));
    assert_false(vault_has_entry(folder, "seal.key"));
    assert_false(vault_has_entry(folder, "tables/kept_figure.csv"));
    assert_false(vault_has_entry(folder, "tables/search.csv"));
    assert_true(vault_has_entry(folder, "tables/account.csv"));
    assert_false(vault_has_entry(folder, "tables/session.csv")); /* nobody is in where it is restored */
    const char *firms = vault_entry(folder, "tables/l_firm.csv", &size);
    static const char head[] = "card,code,id,na,name,note,number,org,recorded_from,recorded_to,state,version\r\n";
    assert_int_equal(strncmp(firms, head, sizeof head - 1), 0);
    assert_non_null(strstr(firms, "\r\n,F000001,4,,第1号企业,,,1,"));
    struct stat about;
    assert_int_equal(stat(folder_path(folder, "backup.zip"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void test_files(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    static const char site[] = "codes: more\ntitle: {zh: 更多, en: More}\nvalues:\n  - {code: a, zh: 甲, en: A}\n";
    const char *hash = vault_attach(folder, "evidence");
    assert_int_equal(file_make_folder(mem_printf(folder, "%s/defs/codes", folder->path), diag), 0);
    assert_int_equal(file_write(mem_printf(folder, "%s/defs/codes/site.yaml", folder->path), site, strlen(site), diag),
                     0);
    vault_backup(folder, false);
    vault_restore(folder, folder_other_url(folder));
    assert_int_equal(access(mem_printf(folder, "%s/%s", folder->path, attachment_place(folder, hash)), R_OK), 0);
    assert_string_equal(folder->store->catalog->codelists[0].name.text, "more");
    vault_check_verified(folder);
}

/* --- the key --- */

static const char *card_of(Folder *folder, int64_t id) {
    Record *record;
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "firm");
    assert_int_equal(record_load(folder, folder->store, ledger, id, NULL, &record), 0);
    return record->values[ledger_find_field(ledger, "card")->index].text;
}

static void test_with_key(void **state) {
    Folder *folder = *state;
    int64_t id = folder_add_firm(folder, "F1", "青禾甲公司", "349901199001010011");
    vault_backup(folder, true);
    vault_restore(folder, folder_other_url(folder));
    assert_string_equal(card_of(folder, id), "349901199001010011");
    struct stat about;
    assert_int_equal(stat(mem_printf(folder, "%s/seal.key", folder->path), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

/* Changes a firm's name, or its sealed number. */
static Outcome edit_firm(Folder *folder, int64_t id, const char *field, const char *text, Diag *diag) {
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "firm");
    WriterOptions options = {.actor = {.name = "test", .owner = true}};
    Writer *writer;
    Record *record;
    Written written;
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(record_load(writer, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(record_load_spans(record, folder->store, record), 0);
    Write write = {
        .ledger = ledger, .before = record_copy(writer, record), .values = record->values, .effective = DATE_NONE};
    record->values[ledger_find_field(ledger, field)->index] = VALUE_OF_TEXT(text);
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    assert_int_equal(writer_commit(writer, diag), 0);
    talloc_free(writer);
    return written.outcome;
}

static void test_without_key(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    int64_t id = folder_add_firm(folder, "F1", "青禾甲公司", "349901199001010011");
    const char *key = mem_printf(folder, "%s/seal.key", folder->path);
    vault_backup(folder, false);
    assert_int_equal(backup_restore(folder, folder_path(folder, "backup.zip"), folder_path(folder, "noted"),
                                    folder_other_url(folder), diag),
                     0);
    assert_non_null(strstr(folder_finding(diag, "no-key"), "seal.key"));
    assert_int_equal(diag->warnings, 0);
    folder->path = folder_path(folder, "noted");
    folder->store = folder_open(folder, 0);
    vault_check_verified(folder);
    assert_int_equal(strncmp(card_of(folder, id), "s1:", 3), 0);

    assert_int_equal(edit_firm(folder, id, "name", "青禾乙公司", diag), WRITTEN_UPDATED);
    assert_int_equal(diag->errors, 0);
    assert_int_equal(edit_firm(folder, id, "card", "349901199001010029", diag), WRITTEN_REFUSED);
    assert_int_equal(diag->errors, 1);
    vault_check_verified(folder);

    char *bytes;
    size_t size;
    const char *there = mem_printf(folder, "%s/seal.key", folder->path);
    assert_int_equal(file_read(folder, key, 4096, diag, &bytes, &size), 0);
    assert_int_equal(file_write(there, bytes, size, diag), 0);
    assert_int_equal(chmod(there, 0600), 0);
    folder->store = folder_open(folder, 0);
    assert_string_equal(card_of(folder, id), "349901199001010011");
}

/* --- what is defined no more --- */

/* The bureau gives up projects and the notes of firms. */
static void give_up(Folder *folder) {
    static const char firm[] =
        "ledger: firm\ntitle: {zh: 企业, en: Firms}\narea: 7\nkey: [code]\nnames: [code]\nshows: name\nfields:\n"
        "  - {name: code, kind: text, required: true, label: {zh: 代码, en: Code}}\n"
        "  - {name: name, kind: text, required: true, label: {zh: 名称, en: Name}}\n"
        "states:\n  - {name: listed, label: {zh: 在册, en: Listed}}\nlist: [code, name]\n";
    Diag *diag = diag_new(folder);
    DefnSources sources;
    DefnChange *changes;
    size_t n;
    assert_int_equal(unlink(folder_path(folder, "defs/ledgers/project.yaml")), 0);
    assert_int_equal(file_write(folder_path(folder, "defs/ledgers/firm.yaml"), firm, strlen(firm), diag), 0);
    folder->store = folder_open(folder, STORE_ANY_DEFINITIONS);
    assert_int_equal(defn_load(folder, NULL, diag, &sources), 0);
    int result = migrate_run(folder->store, &sources, true, diag, &changes, &n);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
}

/* Their tables and columns are there still, and come back. */
static void test_defined_no_more(void **state) {
    static const struct Dump firms = {"SELECT id, version, card, note, name FROM l_firm ORDER BY id, version", false};
    static const struct Dump projects = {
        "SELECT id, version, title, amount, firm, approved_on FROM l_project ORDER BY id, version", false};
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    folder_fill(folder, 10);
    assert_int_equal(edit_firm(folder, 1, "note", "旧注", diag), WRITTEN_UPDATED);
    give_up(folder);
    vault_check_verified(folder);
    const char *before = mem_printf(folder, "%s\n%s", dump(folder, &firms), dump(folder, &projects));
    assert_non_null(strstr(before, "旧注"));
    vault_backup(folder, false);
    vault_restore(folder, folder_other_url(folder));
    assert_null(catalog_find_ledger(folder->store->catalog, "project"));
    assert_string_equal(mem_printf(folder, "%s\n%s", dump(folder, &firms), dump(folder, &projects)), before);
    vault_check_verified(folder);
    folder_exec(
        folder,
        "UPDATE l_project SET amount = amount + 1 WHERE id = 2 AND version = 1"); /* numbers are numbers still */
    Diag *found = diag_new(folder);
    VerifyResult result;
    assert_int_equal(verify_store(folder->store, NULL, NULL, found, &result), 0);
    assert_int_equal(result.bad, 1);
}

static void test_cannot_write(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    assert_int_equal(backup_write(folder->store, folder_path(folder, "missing/backup.zip"), false, diag), 1);
    (void)folder_finding(diag, "backup-write");
    folder_add_firm(folder, "F1", "甲", NULL); /* no transaction is left open */
}

/* --- before something is done --- */

static int take_name(const char *below, void *data) {
    *(char **)data = mem_strdup(NULL, below);
    return 0;
}

static void test_before(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    char *name = NULL;
    folder_fill(folder, 3);
    (void)vault_attach(folder, "evidence");
    assert_int_equal(backup_before(folder->store, "migrate", diag), 0);
    folder_no_findings(diag);
    folder_each(mem_printf(folder, "%s/backups", folder->path), take_name, &name);
    assert_non_null(name);
    assert_int_equal(strlen(name), strlen("migrate-20200701-101109.zip"));
    assert_int_equal(rename(mem_printf(folder, "%s/backups/%s", folder->path, name), folder_path(folder, "backup.zip")),
                     0);
    talloc_free(name);
    assert_int_equal(backup_restore(folder, folder_path(folder, "backup.zip"), folder_path(folder, "restored"),
                                    folder_other_url(folder), diag),
                     0);
    (void)folder_finding(diag, "no-attachments");
}

/* --- while others write --- */

#define ROWS 20000

typedef struct Other {
    Folder *folder;
    Store *store;
    atomic_bool done;
    int commits;
    int faults;
} Other;

static int write_one(Other *other, const Ledger *ledger, const void *ctx) {
    Diag *diag = diag_new(ctx);
    WriterOptions options = {.actor = {.name = "other", .owner = true}};
    Writer *writer;
    Written written;
    Value values[DEFN_FIELDS_MAX] = {0};
    values[ledger_find_field(ledger, "code")->index] = VALUE_OF_TEXT(mem_printf(ctx, "other %d", other->commits));
    values[ledger_find_field(ledger, "name")->index] = VALUE_OF_TEXT("别处");
    Write write = {.ledger = ledger, .values = values, .effective = DATE_NONE};
    return writer_open(ctx, other->store, &options, diag, &writer) ||
           transition_apply(writer, &write, diag, &written) || writer_commit(writer, diag) || diag->errors;
}

static void *write_on(void *data) {
    Other *other = data;
    const Ledger *ledger = catalog_find_ledger(other->store->catalog, "firm");
    while (!atomic_load(&other->done)) {
        TALLOC_CTX *scratch = talloc_new(NULL);
        other->faults += write_one(other, ledger, scratch);
        other->commits++;
        talloc_free(scratch);
    }
    return NULL;
}

/* A second connection commits all the time; the backup has one state, and nobody waits for it. */
static void test_while_others_write(void **state) {
    Folder *folder = *state;
    folder_fill(folder, ROWS / 2);
    Other other = {.folder = folder, .store = folder_open(folder, 0)};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_on, &other), 0);
    vault_backup(folder, true);
    atomic_store(&other.done, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(other.faults, 0);
    assert_true(other.commits > 5); /* who had to wait for the backup would have made one or two */
    vault_restore(folder, folder_other_url(folder));
    int64_t records = folder_int(folder, "SELECT count(*) FROM l_firm") - ROWS / 2;
    assert_true(records >= 0 && records < other.commits);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_round_trip),    FOLDER_TEST(test_other_database), FOLDER_TEST(test_search_is_rebuilt),
        FOLDER_TEST(test_awkward_texts), FOLDER_TEST(test_manifest),       FOLDER_TEST(test_files),
        FOLDER_TEST(test_with_key),      FOLDER_TEST(test_without_key),    FOLDER_TEST(test_defined_no_more),
        FOLDER_TEST(test_cannot_write),  FOLDER_TEST(test_before),         FOLDER_TEST(test_while_others_write),
    };
    return FOLDER_RUN("backup", tests);
}
