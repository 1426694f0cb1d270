/* db/test-fixture.c: an empty database for each test: a file of its own, or a schema of its own on the server. */
#include "db/test-fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

#define PG_VARIABLE "KEZHANG_TEST_PG"

static const char *server_url; /* NULL while the tests run on SQLite */

static char *sqlite_path(const void *ctx, const char *suffix) {
    return mem_printf(ctx, "/tmp/kezhang-test-db-%d%s", (int)getpid(), suffix);
}

static void remove_files(const void *ctx) {
    static const char *const SUFFIXES[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++) unlink(sqlite_path(ctx, SUFFIXES[i]));
}

static Db *open_url(const void *ctx, const char *url, DbFlags flags) {
    Diag *diag = diag_new(ctx);
    Db *db = NULL;
    if (db_open(ctx, url, flags, diag, &db) != 0) {
        diag_print(diag, stderr);
        fail_msg("%s cannot be opened", url);
    }
    return db;
}

/* Drops the schema of this process on the server, and makes it again when asked to. */
static void renew_schema(const void *ctx, bool again) {
    Db *admin = open_url(ctx, server_url, 0);
    fixture_ok(admin, db_execf(admin, "DROP SCHEMA IF EXISTS test_%d CASCADE", (int)getpid()));
    if (again) fixture_ok(admin, db_execf(admin, "CREATE SCHEMA test_%d", (int)getpid()));
    talloc_free(admin);
}

int fixture_setup(void **state) {
    Fixture *fixture = mem_new(NULL, Fixture);
    if (server_url) {
        renew_schema(fixture, true);
        fixture->url = mem_printf(fixture, "%s%coptions=-csearch_path%%3Dtest_%d", server_url,
                                  strchr(server_url, '?') ? '&' : '?', (int)getpid());
    } else {
        remove_files(fixture);
        fixture->url = mem_printf(fixture, "sqlite:%s", sqlite_path(fixture, ""));
    }
    fixture->db = fixture_connect(fixture, DB_CREATE);
    *state = fixture;
    return 0;
}

int fixture_teardown(void **state) {
    talloc_free(*state);
    TALLOC_CTX *scratch = talloc_new(NULL);
    if (server_url)
        renew_schema(scratch, false);
    else
        remove_files(scratch);
    talloc_free(scratch);
    return 0;
}

int fixture_run(const char *name, const struct CMUnitTest *tests, size_t n) {
    server_url = NULL;
    int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    server_url = getenv(PG_VARIABLE);
    if (server_url) failed += _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    return failed;
}

bool fixture_is_server(const Fixture *fixture) { return db_dialect(fixture->db)->is_server; }

Db *fixture_connect(Fixture *fixture, DbFlags flags) { return open_url(fixture, fixture->url, flags); }

void fixture_ok(const Db *db, int result) {
    if (result < 0) fail_msg("fault %d: %s", result, db_error(db));
}

void fixture_exec(Db *db, const char *sql) { fixture_ok(db, db_exec(db, sql)); }

Stmt *fixture_prepare(Fixture *fixture, Db *db, const char *sql) {
    Stmt *stmt = NULL;
    fixture_ok(db, db_prepare(fixture, db, sql, &stmt));
    return stmt;
}

/* The statement standing on its first row. */
static Stmt *first_row(Db *db, const char *sql) {
    Stmt *stmt = NULL;
    fixture_ok(db, db_cached(db, sql, &stmt));
    int r = stmt_step(stmt);
    fixture_ok(db, r);
    assert_int_equal(r, DB_ROW);
    return stmt;
}

int64_t fixture_int(Db *db, const char *sql) {
    Stmt *stmt = first_row(db, sql);
    int64_t number = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return number;
}

char *fixture_text(Fixture *fixture, Db *db, const char *sql) {
    Stmt *stmt = first_row(db, sql);
    const char *text = stmt_text(stmt, 0);
    char *copy = text ? mem_strdup(fixture, text) : NULL;
    stmt_reset(stmt);
    return copy;
}

/* The type that stands for the word at the start of the text, or NULL. */
static const char *type_of(const DbDialect *dialect, const char *text, size_t *ret_size) {
    const char *const types[][2] = {{"INT", dialect->type_int},
                                    {"TEXT", dialect->type_text},
                                    {"DATE", dialect->type_date},
                                    {"BLOB", dialect->type_blob}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        *ret_size = strlen(types[i][0]);
        if (strncmp(text, types[i][0], *ret_size) == 0) return types[i][1];
    }
    *ret_size = 1;
    return NULL;
}

void fixture_table(Fixture *fixture, const char *name, const char *columns) {
    Buf sql = BUF_INIT(fixture);
    size_t size;
    buf_printf(&sql, "CREATE TABLE %s (", name);
    for (const char *at = columns; *at; at += size) {
        const char *type = type_of(db_dialect(fixture->db), at, &size);
        if (type)
            buf_add(&sql, type);
        else
            buf_char(&sql, *at);
    }
    buf_printf(&sql, ")%s", db_dialect(fixture->db)->table_suffix);
    fixture_exec(fixture->db, sql.data);
}
