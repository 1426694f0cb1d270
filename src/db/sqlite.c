/* db/sqlite.c: the embedded database.
 *
 * Owns the connection settings and the words for a file that cannot be opened. Assumes one thread at a
 * time per connection. Promises durable commits (WAL, synchronous=FULL), bounded memory (a fixed page
 * cache, temporary data in files, nothing mapped) and suspicion of the file (untrusted schema, checked cells). */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "base/mem.h"
#include "db/db-backend.h"

#define OPEN_SECONDS 3 /* waiting for another program while opening */
#define MILLISECONDS 1000
#define UNDO_BYTES   (1024 * 1024) /* of a savepoint, held in memory */

#define SETTINGS                                                                                                       \
    "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; "          \
    "PRAGMA temp_store=FILE; PRAGMA mmap_size=0; "
#define CACHE      "PRAGMA cache_size=-8192;"  /* KiB */
#define CACHE_BULK "PRAGMA cache_size=-18432;" /* KiB */

/* What the planner is told of the indexes instead of statistics, so that plans are the same on any data. By itself it
 * takes the first column of an index for the one that narrows down most; here that is the bureau, the same in all rows.
 */
#define PLAN                                                                                                           \
    "ANALYZE sqlite_schema; DELETE FROM sqlite_stat1; "                                                                \
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) "                                                                       \
    "WITH indexes AS (SELECT t.name AS tbl, iif(i.origin = 'pk', t.name, i.name) AS idx, i.\"unique\" AS is_unique, "  \
    "(SELECT count(*) FROM pragma_index_info(i.name)) AS n, "                                                          \
    "(SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) AS leader "                                          \
    "FROM pragma_table_list AS t JOIN pragma_index_list(t.name) AS i WHERE t.schema = 'main') "                        \
    "SELECT tbl, idx, '100000 100000' || replace(hex(zeroblob(n - 1 - is_unique)), '00', ' 10') || iif(is_unique, ' "  \
    "1', '') "                                                                                                         \
    "FROM indexes WHERE leader = 'org' AND n > 1; "                                                                    \
    "ANALYZE sqlite_schema"

typedef struct SqliteDb {
    Db base;
    sqlite3 *handle;
} SqliteDb;

typedef struct SqliteStmt {
    Stmt base;
    sqlite3_stmt *handle;
} SqliteStmt;

typedef struct SqliteBulk {
    DbBulk base;
    Stmt *insert;
} SqliteBulk;

static sqlite3 *connection(const Db *db) { return ((const SqliteDb *)db)->handle; }

static sqlite3_stmt *statement(const Stmt *stmt) { return ((const SqliteStmt *)stmt)->handle; }

/* ---- faults ---- */

static int fault_kind(sqlite3 *handle, int code) {
    int error = sqlite3_system_errno(handle);
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_DATATYPE ? DB_FAULT : DB_FAULT_CONSTRAINT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_FAULT_BUSY;
    case SQLITE_FULL:
        return DB_FAULT_FULL;
    case SQLITE_IOERR:
        return error == ENOSPC || error == EDQUOT ? DB_FAULT_FULL : DB_FAULT;
    default:
        return DB_FAULT;
    }
}

static int fault(Db *db, int code) {
    return db_fault(db, fault_kind(connection(db), code), sqlite3_errmsg(connection(db)));
}

/* ---- statements ---- */

/* One step; a snapshot refuses what writes, as PostgreSQL does by itself, and who looks looks away. */
static int step_handle(Db *db, sqlite3_stmt *handle) {
    if (!sqlite3_stmt_readonly(handle)) {
        if (db->depth > 0 && db->kind == DB_SNAPSHOT) return db_fault(db, DB_FAULT, "a snapshot cannot write");
        db_look_away(db);
    }
    int code = sqlite3_step(handle);
    if (code == SQLITE_ROW) return DB_ROW;
    return code == SQLITE_DONE ? 0 : fault(db, code);
}

/* Runs the first statement of sql and yields the rest of the text. */
static int exec_one(Db *db, const char *sql, const char **ret_rest) {
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(connection(db), sql, -1, &handle, ret_rest);
    if (code != SQLITE_OK) return fault(db, code);
    int r = handle ? DB_ROW : 0;
    while (r == DB_ROW) r = step_handle(db, handle);
    sqlite3_finalize(handle);
    return r;
}

static int exec(Db *db, const char *sql) {
    int r = 0;
    while (r == 0 && *sql) r = exec_one(db, sql, &sql);
    return r;
}

static void wait(Db *db, bool patient) {
    sqlite3_busy_timeout(connection(db), patient ? DB_BUSY_SECONDS * MILLISECONDS : 0);
}

static bool in_transaction(const Db *db) { return !sqlite3_get_autocommit(connection(db)); }

static int prepare(const void *ctx, Db *db, const char *sql, Stmt **ret_stmt) {
    sqlite3_stmt *handle = NULL;
    const char *rest = NULL;
    int code = sqlite3_prepare_v2(connection(db), sql, -1, &handle, &rest);
    if (code != SQLITE_OK) return fault(db, code);
    if (!handle || rest[strspn(rest, "; \t\n")]) {
        sqlite3_finalize(handle);
        return db_fault(db, DB_FAULT, "a prepared text must be exactly one statement");
    }
    SqliteStmt *stmt = mem_new(ctx, SqliteStmt);
    stmt->handle = handle;
    *ret_stmt = &stmt->base;
    return 0;
}

static void close_statement(Stmt *stmt) { sqlite3_finalize(statement(stmt)); }

static int bind_day(sqlite3_stmt *handle, int index, Date date) {
    char iso[DATE_ISO_SIZE];
    if (date == DATE_NONE) return sqlite3_bind_null(handle, index);
    date_format_iso(date, iso);
    return sqlite3_bind_text(handle, index, iso, -1, SQLITE_TRANSIENT);
}

static int bind_value(sqlite3_stmt *handle, int index, Value value) {
    switch (value.kind) {
    case VALUE_BLANK:
    case VALUE_NA:
        return sqlite3_bind_null(handle, index);
    case VALUE_BOOL:
        return sqlite3_bind_int64(handle, index, value.yes);
    case VALUE_NUMBER:
        return sqlite3_bind_int64(handle, index, value.units);
    case VALUE_DATE:
        return bind_day(handle, index, value.date);
    case VALUE_TEXT:
        return sqlite3_bind_text(handle, index, value.text, -1, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static void bind(Stmt *stmt, int index, Value value) {
    int code = bind_value(statement(stmt), index, value);
    assert(code == SQLITE_OK); /* no such parameter, or rows are still being read */
    (void)code;
}

static void bind_blob(Stmt *stmt, int index, const void *bytes, size_t size) {
    int code = sqlite3_bind_blob64(statement(stmt), index, bytes, size, SQLITE_STATIC);
    assert(code == SQLITE_OK);
    (void)code;
}

static void reset(Stmt *stmt) {
    sqlite3_reset(statement(stmt));
    sqlite3_clear_bindings(statement(stmt));
}

static int step(Stmt *stmt) {
    int r = step_handle(stmt->db, statement(stmt));
    if (r == DB_ROW) return r;
    stmt->changes = r < 0 || sqlite3_stmt_readonly(statement(stmt)) ? 0 : sqlite3_changes64(connection(stmt->db));
    reset(stmt);
    return r;
}

/* ---- columns ---- */

static int columns_count(const Stmt *stmt) { return sqlite3_column_count(statement(stmt)); }

static bool is_null(const Stmt *stmt, int column) {
    return sqlite3_column_type(statement(stmt), column) == SQLITE_NULL;
}

static int64_t column_int(const Stmt *stmt, int column) { return sqlite3_column_int64(statement(stmt), column); }

static const char *column_text(const Stmt *stmt, int column) {
    return (const char *)sqlite3_column_text(statement(stmt), column);
}

/* SQLite gives NULL for an empty blob too; here only null is NULL. */
static const void *column_blob(const Stmt *stmt, int column, size_t *ret_size) {
    bool null = is_null(stmt, column);
    const void *bytes = sqlite3_column_blob(statement(stmt), column);
    *ret_size = (size_t)sqlite3_column_bytes(statement(stmt), column);
    return bytes || null ? bytes : "";
}

/* ---- many rows: one prepared insert ---- */

static int bulk_open(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n,
                     DbBulk **ret_bulk) {
    SqliteBulk *bulk = mem_new(ctx, SqliteBulk);
    char *sql = mem_printf(bulk, "INSERT INTO %s VALUES (?1", db_column_list(bulk, table, columns, n));
    for (size_t i = 2; i <= n; i++) sql = mem_check(talloc_asprintf_append_buffer(sql, ", ?%zu", i));
    sql = mem_check(talloc_strdup_append_buffer(sql, ")"));
    int r = db_prepare(bulk, db, sql, &bulk->insert);
    if (r < 0) {
        talloc_free(bulk);
        return r;
    }
    *ret_bulk = &bulk->base;
    return 0;
}

static Stmt *insert_of(DbBulk *bulk) { return ((SqliteBulk *)bulk)->insert; }

static void bulk_value(DbBulk *bulk, size_t column, Value value) { bind(insert_of(bulk), (int)column + 1, value); }

static void bulk_blob(DbBulk *bulk, size_t column, const void *bytes, size_t size) {
    bind_blob(insert_of(bulk), (int)column + 1, bytes, size);
}

static int bulk_row(DbBulk *bulk) { return step(insert_of(bulk)); }

static int bulk_flush(DbBulk *bulk) {
    (void)bulk;
    return 0;
}

/* ---- opening and closing ---- */

static void disconnect(Db *db) {
    int code = sqlite3_close(connection(db));
    assert(code == SQLITE_OK); /* every statement was closed before */
    (void)code;
}

static const DbOps SQLITE_OPS = {
    .dialect =
        {
            .name = "sqlite",
            .type_int = "INTEGER",
            .type_text = "TEXT",
            .type_date = "TEXT",
            .type_blob = "BLOB",
            .type_json = "TEXT",
            .table_suffix = " STRICT, WITHOUT ROWID",
            .cast_int = "CAST(%s AS INTEGER)",
            .cast_text = "CAST(%s AS TEXT)",
            .cast_date = "CAST(%s AS TEXT)",
            .date_diff = "CAST(julianday(%s) - julianday(%s) AS INTEGER)",
            .date_year = "CAST(substr(%s, 1, 4) AS INTEGER)",
            .least = "min",
            .greatest = "max",
            .text_position = "instr(%s, %s)",
            .json_each = "json_each(NULLIF(%s, '')) AS item",
            .json_text = "CAST((%s ->> '%s') AS TEXT)",
            .json_int = "CAST((%s ->> '%s') AS INTEGER)",
            .plan = PLAN,
            .knows_condition = false,
            .is_server = false,
        },
    .begin = {[DB_WRITE] = "BEGIN IMMEDIATE",
              [DB_WRITE_IF_FREE] = "BEGIN IMMEDIATE",
              [DB_SNAPSHOT] = "BEGIN; SELECT count(*) FROM sqlite_schema"},
    .look = "BEGIN",
    .look_away = "COMMIT",
    .tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
              "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    .columns = "SELECT name FROM pragma_table_info(?1) ORDER BY name",
    .types = "SELECT type FROM pragma_table_info(?1) ORDER BY name",
    .indexes = "SELECT name FROM pragma_index_list(?1) WHERE origin = 'c' ORDER BY name",
    .disconnect = disconnect,
    .exec = exec,
    .in_transaction = in_transaction,
    .wait = wait,
    .prepare = prepare,
    .close = close_statement,
    .bind = bind,
    .bind_blob = bind_blob,
    .step = step,
    .reset = reset,
    .columns_count = columns_count,
    .is_null = is_null,
    .column_int = column_int,
    .column_text = column_text,
    .column_blob = column_blob,
    .bulk_open = bulk_open,
    .bulk_value = bulk_value,
    .bulk_blob = bulk_blob,
    .bulk_row = bulk_row,
    .bulk_flush = bulk_flush,
    .bulk_send = bulk_flush,
};

/* Why a file could not be opened; %s is the reason in SQLite's words. The first row that fits counts. */
static const struct Refusal {
    int code;  /* primary result code; 0 fits all */
    int error; /* errno; 0 fits all */
    const char *finding;
    const char *english;
} REFUSALS[] = {
    {SQLITE_CANTOPEN, ENOENT, "database-missing", "there is no database here; check the path or create one"},
    {SQLITE_NOTADB, 0, "database-unreadable", "this file is not a database; choose another file or restore a backup"},
    {SQLITE_CORRUPT, 0, "database-unreadable", "the database is damaged (%s); restore a backup"},
    {SQLITE_BUSY, 0, "database-locked", "another program keeps the database locked; close it and try again"},
    {SQLITE_READONLY, 0, "database-refused", "the database cannot be written; check who owns the file and its folder"},
    {SQLITE_FULL, 0, "disk-full", "the disk or quota is full; make room and try again"},
    {SQLITE_IOERR, 0, "disk-refused", "the disk refused (%s); make room on it, or see whether it is sound"},
    {0, 0, "database-refused", "the database cannot be opened (%s); check the file and its folder"},
};

static void explain(sqlite3 *handle, const char *path, int code, Diag *diag) {
    const struct Refusal *row = REFUSALS;
    int error = sqlite3_system_errno(handle);
    while ((row->code && row->code != (code & 0xff)) || (row->error && row->error != error)) row++;
    diag_error(diag, PLACE_FILE(path), row->finding, row->english, sqlite3_errstr(code));
}

/* Settings that hold for the connection; returns a result code of SQLite. */
static int configure(sqlite3 *handle, DbFlags flags) {
    static const int SWITCHES[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_DQS_DML, 0}, {SQLITE_DBCONFIG_DQS_DDL, 0}};
    for (size_t i = 0; i < sizeof SWITCHES / sizeof *SWITCHES; i++)
        sqlite3_db_config(handle, SWITCHES[i][0], SWITCHES[i][1], NULL);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, OPEN_SECONDS * MILLISECONDS);
    const char *steps[] = {
        SETTINGS, flags & DB_BULK ? CACHE_BULK : CACHE, flags & DB_READ_ONLY ? "" : "PRAGMA journal_mode=WAL;",
        "SELECT count(*) FROM sqlite_schema;", /* the first look into the file */
    };
    int code = SQLITE_OK;
    for (size_t i = 0; code == SQLITE_OK && i < sizeof steps / sizeof *steps; i++)
        code = sqlite3_exec(handle, steps[i], NULL, NULL, NULL);
    if (code == SQLITE_OK && !(flags & DB_READ_ONLY) && sqlite3_db_readonly(handle, "main")) code = SQLITE_READONLY;
    sqlite3_busy_timeout(handle, DB_BUSY_SECONDS * MILLISECONDS);
    return code;
}

/* The library would count its memory under one lock for all threads, and would write what a savepoint may have to put
 * back into a file as soon as it is as much as one record brings. */
static void set_up(void) {
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_BYTES);
}

int sqlite_open(const void *ctx, const char *where, DbFlags flags, Diag *diag, Db **ret_db) {
    if (!*where) {
        diag_error(diag, PLACE_NONE, "database-address", "the path of the database is empty; write sqlite:PATH");
        return 1;
    }
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, set_up);
    int mode = SQLITE_OPEN_READONLY;
    if (!(flags & DB_READ_ONLY)) mode = SQLITE_OPEN_READWRITE | (flags & DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    SqliteDb *db = mem_new(ctx, SqliteDb);
    db_init(&db->base, &SQLITE_OPS);
    int code = sqlite3_open_v2(where, &db->handle, mode | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) code = configure(db->handle, flags);
    if (code != SQLITE_OK) {
        explain(db->handle, where, code, diag);
        talloc_free(db);
        return 1;
    }
    *ret_db = &db->base;
    return 0;
}
