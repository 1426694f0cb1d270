/* db/postgres.h: what the three files of the PostgreSQL backend share. Private to this folder. */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include <libpq-fe.h>

#include "base/buf.h"
#include "db/db-backend.h"

#define PG_ROOM_SIZE 24 /* a 64-bit integer or an ISO date as text */

typedef struct PgDb {
    Db base;
    PGconn *conn;
    unsigned names; /* given out so far */
    Buf closed;     /* DEALLOCATE … for statements that were closed */
    unsigned closed_count;
    bool copying; /* rows are on their way that the server has not answered for */
} PgDb;

/* What became of a command: 0, or a fault that is now in the words of db_error. Clears the result. */
int pg_finish(Db *db, PGresult *result);
/* Waits for the answer to rows on their way: before anything else is said to the server. */
int pg_settle(Db *db);
/* The same when nothing depends on the answer any more. */
void pg_abandon(Db *db);

/* Values on their way: one slot for each parameter of a statement or column of a bulk load. */
typedef struct PgSlots {
    size_t n;
    const char **values; /* NULL is null */
    int *sizes;          /* of binary values */
    int *binary;         /* 1 for a blob */
    char (*rooms)[PG_ROOM_SIZE];
} PgSlots;

PgSlots pg_slots_new(const void *ctx, size_t n);
void pg_slots_clear(PgSlots *slots); /* every slot is null then */
void pg_slots_value(PgSlots *slots, size_t slot, Value value);
void pg_slots_blob(PgSlots *slots, size_t slot, const void *bytes, size_t size);

/* The text with $N for ?N outside of literals and quoted names, and the greatest N. Owned by ctx. */
char *pg_number_parameters(const void *ctx, const char *sql, size_t *ret_count);

/* The bulk part of DbOps. */
int pg_bulk_open(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n, DbBulk **ret_bulk);
void pg_bulk_value(DbBulk *bulk, size_t column, Value value);
void pg_bulk_blob(DbBulk *bulk, size_t column, const void *bytes, size_t size);
int pg_bulk_row(DbBulk *bulk);
int pg_bulk_flush(DbBulk *bulk);
int pg_bulk_send(DbBulk *bulk);

#endif
