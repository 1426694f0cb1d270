/* db/db.h: statements in, rows out, on SQLite and PostgreSQL. Knows no ledger.
 *
 * SQL is written once, in the common subset, with ?1 ?2 … for parameters (?N is $N on PostgreSQL, cast
 * where the text says so); what the two say differently is a row of DbDialect. Values are always bound.
 * Every call returns 0 (or DB_ROW) or a negative fault that is only passed on; the words of the lowest
 * layer are in db_error(). A fault spoils the transaction level it happens in: everything but db_rollback is
 * refused there from then on. After DB_FAULT_GONE open a new Db. One Db belongs to one thread at a time. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/dialect.h"
#include "base/value.h"

typedef struct Db Db;
typedef struct Stmt Stmt;

enum {
    DB_ROW = 1,               /* db_step: a row is there */
    DB_FAULT = -1,            /* anything else that went wrong */
    DB_FAULT_CONSTRAINT = -2, /* a unique, check or not-null rule of the schema refused */
    DB_FAULT_FULL = -3,       /* disk or quota full */
    DB_FAULT_BUSY = -4,       /* another writer held on longer than DB_BUSY_SECONDS */
    DB_FAULT_GONE = -5,       /* the server went away */
};
#define DB_BUSY_SECONDS 30

typedef enum { DB_CREATE = 1, DB_READ_ONLY = 2, DB_BULK = 4 /* larger cache, for imports */ } DbFlags;

/* Opens sqlite:PATH or postgresql://…; findings (no such file, refused, locked) go to diag. Owned by ctx. 0 or 1. */
int db_open(const void *ctx, const char *url, DbFlags flags, Diag *diag, Db **ret_db);
const DbDialect *db_dialect(const Db *db);
const char *db_error(const Db *db); /* last fault in words; lent until the next call */

/* Runs one or more statements without parameters and throws rows away. */
int db_exec(Db *db, const char *sql);
/* A statement that makes a table or an index, where {int} {text} {date} {blob} {json} and {suffix} stand for the words
 * of the dialect. */
int db_define(Db *db, const char *ddl);
int db_execf(Db *db, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* identifiers from the catalog only */

/* A prepared statement. That of db_prepare is the caller's alone until ctx ends; the Db then keeps it for the next who
 * wants the same text, up to a bound. db_cached returns the same statement (reset, unbound) for the same text as long
 * as the Db lives and lends it: for texts written in C or derived from the catalog, not for texts that vary with what a
 * user asks. */
int db_prepare(const void *ctx, Db *db, const char *sql, Stmt **ret_stmt);
int db_cached(Db *db, const char *sql, Stmt **ret_stmt);

/* Binding counts from 1; a bound text or blob must live until the run ends: when step gives 0 or a fault, or by
 * reset. The end of a run makes every parameter null again. */
void stmt_bind_int(Stmt *stmt, int index, int64_t value);
void stmt_bind_text(Stmt *stmt, int index, const char *text);               /* NULL binds null */
void stmt_bind_blob(Stmt *stmt, int index, const void *bytes, size_t size); /* NULL binds null */
void stmt_bind_date(Stmt *stmt, int index, Date date);                      /* DATE_NONE binds null */
void stmt_bind_value(Stmt *stmt, int index, Value value); /* blank and not applicable bind null; bool 0 or 1 */
void stmt_bind_values(Stmt *stmt, int first, const Value *values, size_t n);
#define DB_VALUES(...) (const Value[]){__VA_ARGS__}, sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value)

/* DB_ROW, 0 at the end, or a fault. Rows stream: memory does not grow with their number on either database
 * (PostgreSQL: inside a transaction, by cursor, when the statement was marked with stmt_stream). */
int stmt_step(Stmt *stmt);
void stmt_stream(Stmt *stmt);
void stmt_reset(Stmt *stmt);
/* Steps to the end: for a statement without rows. */
int stmt_run(Stmt *stmt);
/* Runs a statement for its one number: the first column of its row, 0 when there is none. 0, or a fault. */
int stmt_number(Stmt *stmt, int64_t *ret_number);
/* Ends a run behind one step for a row that is always there or may be missing: 0, or the fault of the step. */
int stmt_end(Stmt *stmt, int step);
/* The same for a row that was looked for: 0, 1 when there is none, or the fault. */
int stmt_end_found(Stmt *stmt, int step);
int64_t stmt_changes(const Stmt *stmt); /* rows touched by the last run */

/* Columns count from 0; texts are lent until the next step. */
int stmt_columns(const Stmt *stmt);
bool stmt_is_null(const Stmt *stmt, int column);
int64_t stmt_int(const Stmt *stmt, int column);
const char *stmt_text(const Stmt *stmt, int column); /* NULL for null; dates come as ISO text */
const void *stmt_blob(const Stmt *stmt, int column, size_t *ret_size);
Date stmt_date(const Stmt *stmt, int column);
char *stmt_copy(const void *ctx, const Stmt *stmt, int column); /* the text owned by ctx; NULL for null */

/* Transactions nest by savepoints. db_commit ends its level in any case: when it gives a fault, the level has been
 * rolled back and db_rollback must not follow. DB_WRITE takes the writer's place at once, so that a conflict shows
 * here and not at the end; DB_WRITE_IF_FREE is the same for what may as well be left undone: nowhere it waits;
 * DB_SNAPSHOT reads one unchanging state while others write, and writes nothing itself. */
typedef enum { DB_WRITE, DB_WRITE_IF_FREE, DB_SNAPSHOT } DbTransaction;
int db_begin(Db *db, DbTransaction kind);
int db_commit(Db *db);
void db_rollback(Db *db);
/* Commits when the result is 0, else rolls back: what is a fault or has findings leaves nothing behind. Gives the
 * result, or the fault of the commit. */
int db_settle(Db *db, int result);

/* From here to db_look_away everything that is read is of one moment, that of the first read: the database is entered
 * and left once instead of at each statement. What writes, and every db_begin, looks away first. Where a statement is a
 * message to a server there is nothing to save and each sees its own moment, as ever. */
void db_look(Db *db);
void db_look_away(Db *db);

/* Many rows into one table, inside a transaction. On SQLite each row goes in at once; on PostgreSQL rows wait in a
 * bounded buffer and go by COPY: at db_bulk_flush, which waits for the server, or when the buffer is full, while the
 * program goes on. Flush before reading them back. A fault of theirs may show at any later call. Columns are
 * identifiers from the catalog. Texts and blobs must live until db_bulk_row. Belongs to the transaction level it is
 * opened in. Owned by ctx; rows not flushed are lost with it. */
typedef struct DbBulk DbBulk;
int db_bulk_open(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n, DbBulk **ret_bulk);
void db_bulk_value(DbBulk *bulk, size_t column, Value value);
void db_bulk_blob(DbBulk *bulk, size_t column, const void *bytes, size_t size);
int db_bulk_row(DbBulk *bulk);                                /* columns not set since the last row are null */
int db_bulk_add(DbBulk *bulk, const Value *values, size_t n); /* a row of these, from the first column on */
int db_bulk_flush(DbBulk *bulk);
int db_bulk_send(DbBulk *bulk); /* the rows are on their way: a flush that does not wait */

/* What is there: for schema comparison, verify and backup. Ordinary tables only: no views, no search index with its
 * shadow tables. Names sorted; owned by ctx. */
int db_tables(const void *ctx, Db *db, char ***ret_names, size_t *ret_count);
int db_columns(const void *ctx, Db *db, const char *table, char ***ret_names, size_t *ret_count);
/* The types of these columns, in their order, as the database writes them. */
int db_types(const void *ctx, Db *db, const char *table, char ***ret_types, size_t *ret_count);
int db_indexes(const void *ctx, Db *db, const char *table, char ***ret_names,
               size_t *ret_count); /* without those of its keys */

#endif
