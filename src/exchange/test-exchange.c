/* exchange/test-exchange.c: the desk that tests work at. */
#include "exchange/test-exchange.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

#define PG_VARIABLE   "KEZHANG_TEST_PG"
#define FILE_MAX_READ ((size_t)64 << 20)

static const char *server_url; /* NULL while the tests run on SQLite */

static void renew_schema(const void *ctx, bool again) {
    Diag *diag = diag_new(ctx);
    Db *admin;
    assert_int_equal(db_open(ctx, server_url, 0, diag, &admin), 0);
    assert_int_equal(
        db_execf(admin, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS desk_%d CASCADE", (int)getpid()), 0);
    if (again) assert_int_equal(db_execf(admin, "CREATE SCHEMA desk_%d", (int)getpid()), 0);
    talloc_free(admin);
}

static const char *database_url(const void *ctx) {
    if (!server_url) return NULL;
    renew_schema(ctx, true);
    return mem_printf(ctx, "%s%coptions=-csearch_path%%3Ddesk_%d", server_url, strchr(server_url, '?') ? '&' : '?',
                      (int)getpid());
}

int desk_setup(void **state) {
    Desk *desk = mem_new(NULL, Desk);
    char folder[] = "/tmp/kezhang-desk-XXXXXX";
    assert_non_null(mkdtemp(folder));
    desk->folder = mem_strdup(desk, folder);
    const char *root = getenv("SOURCE_ROOT");
    assert_int_equal(setenv("KEZHANG_DEFS", mem_printf(desk, "%s/test/import/defs", root ? root : "."), 1), 0);
    assert_int_equal(setenv("KEZHANG_TODAY", "2020-07-15", 1), 0);
    desk->diag = diag_new(desk);
    const char *data = mem_printf(desk, "%s/data", folder);
    if (store_create(desk, data, database_url(desk), "青禾县科技局", desk->diag, &desk->store)) {
        diag_print(desk->diag, stderr);
        fail();
    }
    *state = desk;
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    return remove(path);
}

int desk_teardown(void **state) {
    Desk *desk = *state;
    TALLOC_FREE(desk->store);
    if (server_url) renew_schema(desk, false);
    nftw(desk->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    talloc_free(desk);
    return 0;
}

int desk_run(const char *name, const struct CMUnitTest *tests, size_t n) {
    server_url = NULL;
    int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    server_url = getenv(PG_VARIABLE);
    if (server_url) failed += _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    return failed;
}

const Ledger *desk_ledger(const Desk *desk, const char *name) {
    const Ledger *ledger = catalog_find_ledger(desk->store->catalog, name);
    assert_non_null(ledger);
    return ledger;
}

static void start(Desk *desk) {
    talloc_free(desk->diag);
    desk->diag = diag_new(desk);
}

const char *desk_write(Desk *desk, const char *name, const char *text) {
    const char *path = mem_printf(desk, "%s/%s", desk->folder, name);
    assert_int_equal(file_write(path, text, strlen(text), desk->diag), 0);
    return path;
}

ImportOptions desk_options(void) { return (ImportOptions){.actor = {.name = "li", .owner = true}}; }

int desk_try(Desk *desk, const char *ledger, const char *path, const ImportOptions *options, ImportResult *ret_result) {
    start(desk);
    return import_file(desk->store, desk_ledger(desk, ledger), path, options, desk->diag, ret_result);
}

ImportResult desk_import(Desk *desk, const char *ledger, const char *path) {
    ImportResult result;
    const ImportOptions options = desk_options();
    if (desk_try(desk, ledger, path, &options, &result)) fail_msg("%s", desk_findings(desk));
    return result;
}

ImportResult desk_import_text(Desk *desk, const char *ledger, const char *text) {
    return desk_import(desk, ledger, desk_write(desk, "rows.csv", text));
}

int desk_undo(Desk *desk, int64_t batch, ImportResult *ret_result) {
    const ImportOptions options = desk_options();
    start(desk);
    return import_undo(desk->store, batch, &options.actor, desk->diag, ret_result);
}

const char *desk_read(Desk *desk, const char *path) {
    char *text;
    size_t size;
    assert_int_equal(file_read(desk, path, FILE_MAX_READ, desk->diag, &text, &size), 0);
    return text;
}

const char *desk_export(Desk *desk, const char *ledger, bool unmasked) {
    const char *path = mem_printf(desk, "%s/export.csv", desk->folder);
    const ExportOptions options = {.query = {.ledger = desk_ledger(desk, ledger), .period = {DATE_NONE, DATE_NONE}},
                                   .unmasked = unmasked};
    int64_t rows;
    start(desk);
    if (export_file(desk->store, path, &options, desk->diag, &rows)) fail_msg("%s", desk_findings(desk));
    return desk_read(desk, path) + 3;
}

const char *desk_findings(const Desk *desk) {
    static const char *const levels[] = {"note", "warn", "error"};
    Buf out = BUF_INIT(desk->diag);
    for (size_t i = 0; i < desk->diag->count; i++) {
        const Finding *finding = &desk->diag->list[i];
        buf_printf(&out, "%s %u %s %s: %s\n", levels[finding->level], (unsigned)finding->at.row,
                   finding->at.field ? finding->at.field : "-", finding->code, finding->say.en);
    }
    return mem_strdup(desk->diag, buf_text(&out));
}

int64_t desk_count(const Desk *desk, const char *table) {
    Stmt *stmt;
    assert_int_equal(db_cached(desk->store->db, mem_printf(desk->diag, "SELECT count(*) FROM %s", table), &stmt), 0);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    int64_t count = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return count;
}

void desk_counts(ImportResult result, int64_t created, int64_t updated, int64_t unchanged, int64_t refused) {
    assert_int_equal(result.created, created);
    assert_int_equal(result.updated, updated);
    assert_int_equal(result.unchanged, unchanged);
    assert_int_equal(result.refused, refused);
    assert_int_equal(result.read, created + updated + unchanged + refused);
}
