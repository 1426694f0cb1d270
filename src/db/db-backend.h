/* db/db-backend.h: what the shared part and the two backends agree on. Private to this folder.
 *
 * A backend puts Db, Stmt and DbBulk first in structs of its own and fills one DbOps. It reports every
 * fault through db_fault, which keeps the words and marks the transaction as spoilt. */
#ifndef DB_DB_BACKEND_H
#define DB_DB_BACKEND_H

#include <uthash.h>

#include "db/db.h"

typedef struct DbOps DbOps;
typedef struct DbLoan DbLoan;

struct Db {
    const DbOps *ops;
    char *error;
    Stmt *open;         /* every statement that is not closed yet, whoever owns it */
    Stmt *cache;        /* of db_cached, by text */
    Stmt *shelf;        /* of db_prepare, by text: in nobody's hands at the moment */
    DbTransaction kind; /* of the outermost level */
    unsigned depth;     /* open transaction levels */
    unsigned failed;    /* lowest level that a fault has spoilt; 0 for none */
    bool looks;         /* between db_look and db_look_away */
    unsigned ended;     /* counts the ends of levels that may take cursors with them */
};

struct Stmt {
    Db *db; /* NULL once the Db is gone */
    Stmt *prev, *next;
    UT_hash_handle hh; /* in the cache or on the shelf */
    DbLoan *loan;      /* while it is in the hands of a caller of db_prepare */
    const char *text;  /* as it was given */
    int64_t changes;
    bool stream;
};

struct DbBulk {
    Db *db;
};

struct DbOps {
    DbDialect dialect;
    const char *begin[3]; /* by DbTransaction; a snapshot is taken at once, not at the first later read */
    const char *tables;   /* query: names of the ordinary tables, sorted */
    const char *columns;  /* query: names of the columns of table ?1, sorted */
    const char *types;    /* query: their types in the same order */
    const char *indexes;  /* query: names of the indexes made by CREATE INDEX on table ?1, sorted */

    void (*disconnect)(Db *db);
    int (*exec)(Db *db, const char *sql);
    bool (*in_transaction)(const Db *db); /* as the database sees it: some faults end the whole transaction */
    void (*wait)(Db *db, bool patient);   /* for the writer's place; NULL where begin says how long */
    void (*abandon)(Db *db); /* before a rollback: nobody waits for what is on its way; NULL where nothing ever is */

    const char *look, *look_away; /* NULL where looking saves nothing */

    int (*prepare)(const void *ctx, Db *db, const char *sql, Stmt **ret_stmt);
    void (*close)(Stmt *stmt);
    void (*bind)(Stmt *stmt, int index, Value value);
    void (*bind_blob)(Stmt *stmt, int index, const void *bytes, size_t size);
    int (*step)(Stmt *stmt); /* anything but DB_ROW ends the run as reset does and sets changes */
    void (*reset)(Stmt *stmt);

    int (*columns_count)(const Stmt *stmt);
    bool (*is_null)(const Stmt *stmt, int column);
    int64_t (*column_int)(const Stmt *stmt, int column);
    const char *(*column_text)(const Stmt *stmt, int column);
    const void *(*column_blob)(const Stmt *stmt, int column, size_t *ret_size);

    int (*bulk_open)(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n,
                     DbBulk **ret_bulk);
    void (*bulk_value)(DbBulk *bulk, size_t column, Value value);
    void (*bulk_blob)(DbBulk *bulk, size_t column, const void *bytes, size_t size);
    int (*bulk_row)(DbBulk *bulk);
    int (*bulk_flush)(DbBulk *bulk);
    int (*bulk_send)(DbBulk *bulk);
};

/* Backends open from here: `where` is the path behind sqlite: or the whole URL. 0, or 1 with a finding. */
int sqlite_open(const void *ctx, const char *where, DbFlags flags, Diag *diag, Db **ret_db);
int postgres_open(const void *ctx, const char *where, DbFlags flags, Diag *diag, Db **ret_db);

/* Makes a zeroed Db usable: from here on freeing it closes its statements and disconnects. */
void db_init(Db *db, const DbOps *ops);
/* Keeps the words and spoils the transaction level; returns the fault. */
int db_fault(Db *db, int fault, const char *words);
/* "table" ("a", "b"): table and columns quoted as identifiers. Owned by ctx. */
char *db_column_list(const void *ctx, const char *table, const char *const *columns, size_t n);

#endif
