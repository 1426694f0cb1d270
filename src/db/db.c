/* db/db.c: the part of the database layer that both backends share.
 *
 * Owns the choice of backend, the nesting of transactions, the cache of statements and the last error.
 * Promises that both databases treat a fault alike: it spoils the transaction level it happened in, and
 * until that level is rolled back everything but the rollback is refused. */
#include "db/db.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <utlist.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/db-backend.h"

#define DB_DEPTH_MAX   32   /* transaction levels */
#define DB_CACHED_MAX  4096 /* different texts of db_cached */
#define DB_SHELF_MAX   64   /* statements of db_prepare that wait for the next who wants their text */
#define LEVEL_SQL_SIZE 64

/* What db_prepare gives out: the statement belongs to the Db and goes back to its shelf with the context it was for. */
struct DbLoan {
    Stmt *stmt; /* NULL once it was closed */
};

/* ---- opening and closing ---- */

static const struct Scheme {
    const char *prefix;
    bool strip; /* the backend wants what stands behind the prefix */
    int (*open)(const void *ctx, const char *where, DbFlags flags, Diag *diag, Db **ret_db);
} SCHEMES[] = {
    {"sqlite:", true, sqlite_open},
    {"postgresql://", false, postgres_open},
    {"postgres://", false, postgres_open},
};

int db_open(const void *ctx, const char *url, DbFlags flags, Diag *diag, Db **ret_db) {
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        const struct Scheme *scheme = &SCHEMES[i];
        size_t prefix = strlen(scheme->prefix);
        if (strncmp(url, scheme->prefix, prefix) != 0) continue;
        return scheme->open(ctx, scheme->strip ? url + prefix : url, flags, diag, ret_db);
    }
    diag_error(diag, PLACE_NONE, "database-address",
               "this is not the address of a database; write sqlite:PATH or postgresql://USER@HOST/NAME");
    return 1;
}

static void close_statement(Stmt *stmt) {
    assert(stmt->db);
    stmt->db->ops->close(stmt);
    DL_DELETE(stmt->db->open, stmt);
    stmt->db = NULL;
    if (stmt->loan) stmt->loan->stmt = NULL;
}

static int destroy_statement(Stmt *stmt) {
    if (stmt->db) close_statement(stmt);
    return 0;
}

static int destroy_db(Db *db) {
    HASH_CLEAR(hh, db->cache);
    HASH_CLEAR(hh, db->shelf);
    while (db->open) close_statement(db->open);
    db->ops->disconnect(db);
    return 0;
}

void db_init(Db *db, const DbOps *ops) {
    db->ops = ops;
    db->error = mem_strdup(db, "");
    talloc_set_destructor(db, destroy_db);
}

const DbDialect *db_dialect(const Db *db) { return &db->ops->dialect; }

/* ---- faults ---- */

const char *db_error(const Db *db) { return db->error; }

int db_fault(Db *db, int fault, const char *words) {
    char *error = mem_strdup(db, words);
    talloc_free(db->error);
    db->error = error;
    if (db->depth > 0) {
        unsigned level = db->ops->in_transaction(db) ? db->depth : 1;
        if (!db->failed || level < db->failed) db->failed = level;
    }
    return fault;
}

/* ---- statements ---- */

int db_exec(Db *db, const char *sql) { return db->failed ? DB_FAULT : db->ops->exec(db, sql); }

int db_execf(Db *db, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *sql = mem_vprintf(NULL, format, args);
    va_end(args);
    int r = db_exec(db, sql);
    talloc_free(sql);
    return r;
}

/* Fills the {words} of a definition from the dialect. */
static const char *fill_words(const DbDialect *dialect, const char *text, Buf *out) {
    const struct {
        const char *word, *value;
    } words[] = {{"{int}", dialect->type_int},   {"{text}", dialect->type_text}, {"{date}", dialect->type_date},
                 {"{blob}", dialect->type_blob}, {"{json}", dialect->type_json}, {"{suffix}", dialect->table_suffix}};
    while (*text) {
        size_t i = 0, n = sizeof words / sizeof words[0];
        while (i < n && strncmp(text, words[i].word, strlen(words[i].word))) i++;
        if (i < n) {
            buf_add(out, words[i].value);
            text += strlen(words[i].word);
        } else {
            buf_char(out, *text++);
        }
    }
    return buf_text(out);
}

int db_define(Db *db, const char *ddl) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf sql = BUF_INIT(scratch);
    return db_exec(db, fill_words(db_dialect(db), ddl, &sql));
}

static int prepare(Db *db, const char *sql, Stmt **ret_stmt) {
    if (db->failed) return DB_FAULT;
    Stmt *stmt;
    int r = db->ops->prepare(db, db, sql, &stmt);
    if (r < 0) return r;
    stmt->db = db;
    stmt->text = mem_strdup(stmt, sql);
    DL_APPEND(db->open, stmt);
    talloc_set_destructor(stmt, destroy_statement);
    *ret_stmt = stmt;
    return 0;
}

/* The shelf stands from the statement that was put there first to the last. */
static Stmt *take_from_shelf(Db *db, const char *sql) {
    Stmt *stmt;
    HASH_FIND_STR(db->shelf, sql, stmt);
    if (stmt) HASH_DELETE(hh, db->shelf, stmt);
    return stmt;
}

static void put_on_shelf(Db *db, Stmt *stmt) {
    talloc_free(take_from_shelf(db, stmt->text)); /* one of each text is enough */
    stmt_reset(stmt);
    stmt->loan = NULL;
    stmt->stream = false;
    HASH_ADD_KEYPTR(hh, db->shelf, stmt->text, strlen(stmt->text), stmt);
    if (HASH_COUNT(db->shelf) > DB_SHELF_MAX) talloc_free(take_from_shelf(db, db->shelf->text));
}

static int end_loan(DbLoan *loan) {
    if (loan->stmt) put_on_shelf(loan->stmt->db, loan->stmt);
    return 0;
}

int db_prepare(const void *ctx, Db *db, const char *sql, Stmt **ret_stmt) {
    Stmt *stmt = take_from_shelf(db, sql);
    int r = stmt ? 0 : prepare(db, sql, &stmt);
    if (r < 0) return r;
    DbLoan *loan = mem_new(ctx, DbLoan);
    loan->stmt = stmt;
    stmt->loan = loan;
    talloc_set_destructor(loan, end_loan);
    *ret_stmt = stmt;
    return 0;
}

int db_cached(Db *db, const char *sql, Stmt **ret_stmt) {
    HASH_FIND_STR(db->cache, sql, *ret_stmt);
    if (*ret_stmt) {
        stmt_reset(*ret_stmt);
        return 0;
    }
    if (HASH_COUNT(db->cache) >= DB_CACHED_MAX)
        return db_fault(db, DB_FAULT, "too many different statements are kept; prepare texts that vary");
    int r = prepare(db, sql, ret_stmt);
    if (r < 0) return r;
    HASH_ADD_KEYPTR(hh, db->cache, (*ret_stmt)->text, strlen((*ret_stmt)->text), *ret_stmt);
    return 0;
}

void stmt_bind_value(Stmt *stmt, int index, Value value) { stmt->db->ops->bind(stmt, index, value); }

void stmt_bind_values(Stmt *stmt, int first, const Value *values, size_t n) {
    for (size_t i = 0; i < n; i++) stmt_bind_value(stmt, first + (int)i, values[i]);
}

void stmt_bind_int(Stmt *stmt, int index, int64_t value) { stmt_bind_value(stmt, index, VALUE_OF_INT(value)); }

void stmt_bind_text(Stmt *stmt, int index, const char *text) { stmt_bind_value(stmt, index, VALUE_OF_TEXT(text)); }

void stmt_bind_date(Stmt *stmt, int index, Date date) { stmt_bind_value(stmt, index, VALUE_OF_DATE(date)); }

void stmt_bind_blob(Stmt *stmt, int index, const void *bytes, size_t size) {
    stmt->db->ops->bind_blob(stmt, index, bytes, size);
}

int stmt_step(Stmt *stmt) {
    if (!stmt->db->failed) return stmt->db->ops->step(stmt);
    stmt_reset(stmt);
    return DB_FAULT;
}

void stmt_stream(Stmt *stmt) { stmt->stream = true; }

void stmt_reset(Stmt *stmt) { stmt->db->ops->reset(stmt); }

int stmt_run(Stmt *stmt) {
    int r;
    do r = stmt_step(stmt);
    while (r == DB_ROW);
    return r;
}

int stmt_number(Stmt *stmt, int64_t *ret_number) {
    int step = stmt_step(stmt);
    *ret_number = step == DB_ROW ? stmt_int(stmt, 0) : 0;
    return stmt_end(stmt, step);
}

int stmt_end(Stmt *stmt, int step) {
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

int stmt_end_found(Stmt *stmt, int step) {
    stmt_reset(stmt);
    return step < 0 ? step : step != DB_ROW;
}

int64_t stmt_changes(const Stmt *stmt) { return stmt->changes; }

int stmt_columns(const Stmt *stmt) { return stmt->db->ops->columns_count(stmt); }

bool stmt_is_null(const Stmt *stmt, int column) { return stmt->db->ops->is_null(stmt, column); }

int64_t stmt_int(const Stmt *stmt, int column) { return stmt->db->ops->column_int(stmt, column); }

const char *stmt_text(const Stmt *stmt, int column) { return stmt->db->ops->column_text(stmt, column); }

const void *stmt_blob(const Stmt *stmt, int column, size_t *ret_size) {
    return stmt->db->ops->column_blob(stmt, column, ret_size);
}

char *stmt_copy(const void *ctx, const Stmt *stmt, int column) {
    const char *text = stmt_text(stmt, column);
    return text ? mem_strdup(ctx, text) : NULL;
}

Date stmt_date(const Stmt *stmt, int column) {
    const char *text = stmt_text(stmt, column);
    return text ? date_parse_iso(text) : DATE_NONE;
}

/* ---- transactions ---- */

/* Runs what begins or ends a nested level; the format takes the level, once or twice. */
static int run_level(Db *db, const char *format, unsigned level) {
    char sql[LEVEL_SQL_SIZE];
    snprintf(sql, sizeof sql, format, level, level);
    return db->ops->exec(db, sql);
}

int db_begin(Db *db, DbTransaction kind) {
    assert(db->depth < DB_DEPTH_MAX);
    if (db->failed) return DB_FAULT;
    db_look_away(db);
    if (db->depth > 0 && kind != DB_SNAPSHOT && db->kind == DB_SNAPSHOT)
        return db_fault(db, DB_FAULT, "a transaction that writes cannot begin inside a snapshot");
    if (db->depth == 0) db->kind = kind;
    bool hurries = kind == DB_WRITE_IF_FREE && db->ops->wait;
    if (hurries) db->ops->wait(db, false);
    int r = db->depth == 0 ? db->ops->exec(db, db->ops->begin[kind]) : run_level(db, "SAVEPOINT s%u", db->depth + 1);
    if (hurries) db->ops->wait(db, true);
    if (r == 0)
        db->depth++;
    else if (db->depth == 0 && db->ops->in_transaction(db))
        db->ops->exec(db, "ROLLBACK");
    return r;
}

int db_commit(Db *db) {
    assert(db->depth > 0);
    int r = DB_FAULT;
    if (!db->failed) r = db->depth == 1 ? db->ops->exec(db, "COMMIT") : run_level(db, "RELEASE s%u", db->depth);
    if (r < 0) {
        db_rollback(db);
        return r;
    }
    if (--db->depth == 0) db->ended++;
    return 0;
}

void db_rollback(Db *db) {
    assert(db->depth > 0);
    if (db->ops->abandon) db->ops->abandon(db);
    unsigned level = db->depth--;
    db->ended++;
    if (db->failed == level) db->failed = 0;
    if (!db->ops->in_transaction(db)) return;
    if (level == 1)
        db->ops->exec(db, "ROLLBACK");
    else
        run_level(db, "ROLLBACK TO s%u; RELEASE s%u", level);
}

int db_settle(Db *db, int result) {
    if (!result) return db_commit(db);
    db_rollback(db);
    return result;
}

static void run_cached(Db *db, const char *sql) {
    Stmt *stmt;
    if (db_cached(db, sql, &stmt) == 0) (void)stmt_run(stmt);
}

void db_look(Db *db) {
    if (db->looks || db->depth || !db->ops->look) return;
    run_cached(db, db->ops->look);
    db->looks = true;
}

void db_look_away(Db *db) {
    if (!db->looks) return;
    db->looks = false;
    run_cached(db, db->ops->look_away);
}
