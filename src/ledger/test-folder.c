/* ledger/test-folder.c: see test-folder.h. */
#include "ledger/test-folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/folder.h"
#include "people/unit.h"

#define PG_VARIABLE "KEZHANG_TEST_PG"

static const char *server_url; /* NULL while the tests run on SQLite */

static const char firm_definition[] =
    "ledger: firm\n"
    "title: {zh: 企业, en: Firms}\n"
    "area: 7\n"
    "key: [code]\n"
    "names: [code, name]\n"
    "shows: name\n"
    "fields:\n"
    "  - {name: code, kind: text, required: true, label: {zh: 代码, en: Code}}\n"
    "  - {name: name, kind: text, required: true, search: true, label: {zh: 名称, en: Name}}\n"
    "  - {name: card, kind: person_id, personal: true, label: {zh: 证件号, en: ID number}}\n"
    "  - {name: note, kind: long_text, label: {zh: 备注, en: Note}}\n"
    "states:\n"
    "  - {name: listed, label: {zh: 在册, en: Listed}}\n"
    "list: [code, name, state]\n";

static const char project_definition[] =
    "ledger: project\n"
    "title: {zh: 项目, en: Projects}\n"
    "area: 7\n"
    "number: XM-{year}-{serial:5}\n"
    "key: [title]\n"
    "names: [title]\n"
    "shows: title\n"
    "fields:\n"
    "  - {name: title, kind: text, required: true, label: {zh: 名称, en: Title}}\n"
    "  - {name: firm, kind: ref, to: firm, label: {zh: 单位, en: Firm}}\n"
    "  - {name: amount, kind: money, label: {zh: 金额, en: Amount}}\n"
    "  - {name: approved_on, kind: date, label: {zh: 批准日期, en: Approved on}}\n"
    "  - {name: files, kind: file, label: {zh: 附件, en: Files}}\n"
    "states:\n"
    "  - {name: draft, label: {zh: 草稿, en: Draft}}\n"
    "  - {name: approved, label: {zh: 已批准, en: Approved}, date: approved_on, within: 5}\n"
    "  - {name: closed, label: {zh: 已结题, en: Closed}}\n"
    "transitions:\n"
    "  - {name: approve, label: {zh: 批准, en: Approve}, from: [draft], to: approved, by: [clerk]}\n"
    "  - {name: close, label: {zh: 结题, en: Close}, from: [approved], to: closed, by: [clerk]}\n"
    "list: [title, firm, amount, approved_on, state]\n";

static const char roles_definition[] =
    "roles:\n"
    "  - {name: clerk, label: {zh: 经办人, en: Clerk}, scope: county, may: [ledger:read, ledger:edit]}\n"
    "  - {name: reader, label: {zh: 查看, en: Reader}, scope: county, may: [ledger:read]}\n"
    "belongs:\n"
    "  - {to: unit, by: [firm.code, code]}\n"
    "  - {to: town, by: [firm.note, note]}\n";

/* --- setting up --- */

static void put_definition(const char *root, const char *name, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    assert_int_equal(file_make_folder(mem_printf(scratch, "%s/defs/ledgers", root), diag), 0);
    assert_int_equal(file_write(mem_printf(scratch, "%s/defs/%s", root, name), text, strlen(text), diag), 0);
}

static const char *schema_url(Folder *folder, const char *suffix) {
    if (!server_url) return NULL;
    return mem_printf(folder, "%s%coptions=-csearch_path%%3Dtest_ledger_%d%s", server_url,
                      strchr(server_url, '?') ? '&' : '?', (int)getpid(), suffix);
}

/* Drops the schemas of this process on the server, and makes them again when asked to. */
static void renew_schemas(bool again) {
    static const char *const suffixes[] = {"", "_b"};
    MEM_SCRATCH scratch = talloc_new(NULL);
    Db *admin = NULL;
    if (!server_url) return;
    assert_int_equal(db_open(scratch, server_url, 0, diag_new(scratch), &admin), 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(db_execf(admin, "DROP SCHEMA IF EXISTS test_ledger_%d%s CASCADE", (int)getpid(), suffixes[i]),
                         0);
        if (again) assert_int_equal(db_execf(admin, "CREATE SCHEMA test_ledger_%d%s", (int)getpid(), suffixes[i]), 0);
    }
}

int folder_setup(void **state) {
    Folder *folder = mem_new(NULL, Folder);
    char *root = mem_strdup(folder, "/tmp/kezhang-test-ledger-XXXXXX");
    assert_non_null(mkdtemp(root));
    folder->root = root;
    folder->path = folder_path(folder, "data");
    folder->url = schema_url(folder, "");
    put_definition(root, "roles.yaml", roles_definition);
    put_definition(root, "ledgers/firm.yaml", firm_definition);
    put_definition(root, "ledgers/project.yaml", project_definition);
    setenv("KEZHANG_DEFS", folder_path(folder, "defs"), 1);
    setenv("KEZHANG_TODAY", "2020-07-01", 1);
    renew_schemas(true);
    Diag *diag = diag_new(folder);
    int result = store_create(folder, folder->path, folder->url, "青禾县科技局", diag, &folder->store);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    *state = folder;
    return 0;
}

int folder_teardown(void **state) {
    Folder *folder = *state;
    char *root = mem_strdup(NULL, folder->root);
    talloc_free(folder);
    folder_empty(root);
    rmdir(root);
    talloc_free(root);
    renew_schemas(false);
    return 0;
}

int folder_run(const char *name, const struct CMUnitTest *tests, size_t n) {
    server_url = NULL;
    int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    server_url = getenv(PG_VARIABLE);
    if (server_url) failed += _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    return failed;
}

char *folder_path(Folder *folder, const char *name) { return mem_printf(folder, "%s/%s", folder->root, name); }

const char *folder_other_url(Folder *folder) { return schema_url(folder, "_b"); }

bool folder_is_server(const Folder *folder) { return folder->url != NULL; }

Store *folder_open(Folder *folder, StoreFlags flags) {
    Diag *diag = diag_new(folder);
    Store *store = NULL;
    if (store_open(folder, folder->path, flags, diag, &store)) folder_no_findings(diag);
    assert_non_null(store);
    return store;
}

/* --- records --- */

static Writer *open_writer(Folder *folder, Diag *diag) {
    Writer *writer = NULL;
    WriterOptions options = {.actor = {.name = folder->actor ? folder->actor : "test", .owner = true}};
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    return writer;
}

static void commit(Writer *writer, Diag *diag) {
    int result = writer_commit(writer, diag);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    talloc_free(writer);
}

static int64_t apply(Writer *writer, const Write *write, Diag *diag) {
    Written written;
    int result = transition_apply(writer, write, diag, &written);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    assert_true(written.outcome == WRITTEN_CREATED || written.outcome == WRITTEN_UPDATED);
    return written.id;
}

static void set(const Ledger *ledger, Value *values, const char *name, Value value) {
    values[ledger_find_field(ledger, name)->index] = value;
}

static int64_t add_firm(const Folder *folder, Writer *writer, const char *code, const char *name, const char *card,
                        Diag *diag) {
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "firm");
    Value values[DEFN_FIELDS_MAX] = {0};
    set(ledger, values, "code", VALUE_OF_TEXT(code));
    set(ledger, values, "name", VALUE_OF_TEXT(name));
    if (card) set(ledger, values, "card", VALUE_OF_TEXT(card));
    if (folder->town) set(ledger, values, "note", VALUE_OF_TEXT(folder->town));
    return apply(writer, &(Write){.ledger = ledger, .values = values, .effective = DATE_NONE}, diag);
}

static int64_t add_project(const Folder *folder, Writer *writer, const char *title, int64_t firm, int64_t amount,
                           Diag *diag) {
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    Value values[DEFN_FIELDS_MAX] = {0};
    set(ledger, values, "title", VALUE_OF_TEXT(title));
    set(ledger, values, "firm", firm ? VALUE_OF_INT(firm) : (Value){.kind = VALUE_NA});
    set(ledger, values, "amount", VALUE_OF_DECIMAL(amount, 2));
    return apply(writer, &(Write){.ledger = ledger, .values = values, .effective = DATE_NONE}, diag);
}

static void move_project(Folder *folder, Writer *writer, int64_t id, const char *transition, int64_t amount,
                         Diag *diag) {
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    Record *record;
    assert_int_equal(writer_flush(writer), 0);
    assert_int_equal(record_load(writer, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(record_load_spans(record, folder->store, record), 0);
    Write write = {.ledger = ledger, .before = record, .effective = DATE_NONE};
    if (transition) write.transition = ledger_find_transition(ledger, transition);
    Value values[DEFN_FIELDS_MAX];
    memcpy(values, record->values, ledger->n_fields * sizeof *values);
    if (!transition) set(ledger, values, "amount", VALUE_OF_DECIMAL(amount, 2));
    write.values = values;
    apply(writer, &write, diag);
    talloc_free(record);
}

int64_t folder_add_firm(Folder *folder, const char *code, const char *name, const char *card) {
    Diag *diag = diag_new(folder);
    Writer *writer = open_writer(folder, diag);
    int64_t id = add_firm(folder, writer, code, name, card, diag);
    commit(writer, diag);
    return id;
}

int64_t folder_add_project(Folder *folder, const char *title, int64_t firm, int64_t amount) {
    Diag *diag = diag_new(folder);
    Writer *writer = open_writer(folder, diag);
    int64_t id = add_project(folder, writer, title, firm, amount, diag);
    commit(writer, diag);
    return id;
}

void folder_move_project(Folder *folder, int64_t id, const char *transition, int64_t amount) {
    Diag *diag = diag_new(folder);
    Writer *writer = open_writer(folder, diag);
    move_project(folder, writer, id, transition, amount, diag);
    commit(writer, diag);
}

void folder_withdraw_project(Folder *folder, int64_t id) {
    Diag *diag = diag_new(folder);
    Writer *writer = open_writer(folder, diag);
    Record *record;
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    assert_int_equal(record_load(writer, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(transition_withdraw(writer, record, "登错", diag), 0);
    commit(writer, diag);
}

void folder_fill(Folder *folder, int n) {
    Diag *diag = diag_new(folder);
    Writer *writer = open_writer(folder, diag);
    for (int i = 0; i < n; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        const char *card = i % 5 ? NULL : "349901199001010011";
        int64_t firm =
            add_firm(folder, writer, mem_printf(scratch, "F%06d", i), mem_printf(scratch, "第%d号企业", i), card, diag);
        int64_t id =
            add_project(folder, writer, mem_printf(scratch, "第%d项\"研究\",\n甲", i), i % 4 ? firm : 0, i * 100, diag);
        if (i % 3 == 0) move_project(folder, writer, id, i % 2 ? "approve" : NULL, i * 100 + 1, diag);
    }
    commit(writer, diag);
}

/* --- people --- */

#define NOON "2020-07-01T04:00:00.000Z" /* of the day that tests take for today */

static void check_done(const Folder *folder, int result, const Diag *diag) {
    folder_no_findings(diag);
    if (result) fail_msg("%s", db_error(folder->store->db));
}

void folder_add_account(Folder *folder, const char *login, const char *unit) {
    const People people = store_people(folder->store);
    const NewAccount wanted = {
        .login = login, .name = login, .unit = unit, .expires = DATE_NONE, .password = "Lotus-2020-pond"};
    Diag *diag = diag_new(folder);
    check_done(folder, account_create(&people, &wanted, "test", NOON, diag), diag);
}

void folder_add_unit(Folder *folder, const char *code, const char *parent, const char *name, const char *town) {
    const People people = store_people(folder->store);
    Diag *diag = diag_new(folder);
    check_done(folder, unit_put(&people, &(Unit){code, parent, name, town}, "test", NOON, diag), diag);
}

void folder_give(Folder *folder, const char *login, const char *role, const char *scope) {
    const People people = store_people(folder->store);
    Diag *diag = diag_new(folder);
    check_done(folder, role_give(&people, login, role, scope, "test", NOON, diag), diag);
}

void folder_take(Folder *folder, const char *login, const char *role) {
    const People people = store_people(folder->store);
    Diag *diag = diag_new(folder);
    check_done(folder, role_take(&people, login, role, "test", NOON, diag), diag);
}

Mandate *folder_mandate(Folder *folder, const char *login) {
    const People people = store_people(folder->store);
    Account *account = NULL;
    Mandate *mandate = NULL;
    assert_int_equal(account_find(folder, &people, login, &account), 0);
    assert_int_equal(mandate_load(folder, &people, account, NOON, &mandate), 0);
    return mandate;
}

/* --- the database behind the program's back --- */

void folder_exec(Folder *folder, const char *sql) {
    if (db_exec(folder->store->db, sql)) fail_msg("%s: %s", sql, db_error(folder->store->db));
}

int64_t folder_int(Folder *folder, const char *sql) {
    Stmt *stmt;
    assert_int_equal(db_prepare(folder, folder->store->db, sql, &stmt), 0);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    int64_t number = stmt_int(stmt, 0);
    talloc_free(stmt);
    return number;
}

/* --- findings --- */

static const Finding *find(const Diag *diag, const char *code) {
    for (size_t i = 0; i < diag->count; i++)
        if (!strcmp(diag->list[i].code, code)) return &diag->list[i];
    return NULL;
}

bool folder_has_finding(const Diag *diag, const char *code) { return find(diag, code); }

const char *folder_finding(const Diag *diag, const char *code) {
    const Finding *finding = find(diag, code);
    if (!finding) {
        diag_print(diag, stderr);
        fail_msg("there is no finding '%s'", code);
    }
    return finding ? finding->say.en : "";
}

void folder_no_findings(const Diag *diag) {
    if (!diag->errors) return;
    diag_print(diag, stderr);
    fail_msg("there are findings");
}
