/* ledger/store.h: an open data folder: database, catalog, key, and the head of the change log.
 *
 *   DIR/kezhang.db   the database (or DIR/database.url names a PostgreSQL one)
 *   DIR/defs/        definitions of this site
 *   DIR/files/       attachments by hash
 *   DIR/seal.key     the key of personal numbers
 *
 * One Store belongs to one thread at a time; several threads (store_open_beside) and processes may have the same folder
 * open.
 *
 * What a Store that stays open knows of the folder can grow old:
 *   - records followed by references are remembered; store_refresh forgets them when anything was written;
 *   - the catalog and the tables it fits: another program with other definitions may migrate the tables; store_refresh
 *     says so, and the folder is then opened anew. The site's files alone change nothing before that;
 *   - the table of working days follows the calendar of the newest program that opened the folder: an older one
 *     that goes on counts in memory by its own until it is started again;
 *   - the key and the address of the database are read once, when the folder is opened.
 * Kept figures are not in memory: whoever wrote one, it is found by the day, its definition and the places of the log
 * its ledgers had, and holds exactly as long as these do. Settings are read each time. */
#ifndef LEDGER_STORE_H
#define LEDGER_STORE_H

#include "base/hash.h"
#include "db/db.h"
#include "defn/defn.h"
#include "people/people.h"

#define STORE_SCHEMA 8 /* of the tables that are not derived from definitions */
#define STORE_ORG    1 /* the bureau; a cluster gives others their own number */

typedef enum {
    STORE_READ_ONLY = 1,
    STORE_BULK = 2,
    STORE_ANY_DEFINITIONS = 4 /* do not insist that tables fit the definitions */
} StoreFlags;

typedef struct Store {
    Db *db;
    const Catalog *catalog;
    const Calendar *calendar;
    Seal *seal;
    const char *folder;
    const char *url;
    int64_t org;
    const char *org_name; /* 青禾县科技局; "" until it is set */
    HashKind hash_kind;
    StoreFlags flags;          /* it was opened with */
    struct RecordCache *cache; /* records followed by references; record.c */
    int64_t fresh_seq;         /* of the bureau, when the cache was last known to be true */
    int64_t moment;            /* at the last refresh: grows with all that the bureau writes down (see below) */
} Store;

/* Makes a new data folder with empty tables for all definitions. The folder must be missing or empty. 0, or 1 with
 * findings. */
int store_create(const void *ctx, const char *folder, const char *url, const char *org_name, Diag *diag,
                 Store **ret_store);
/* Opens one. Findings: not a data folder, of a newer version, definitions that need `kezhang migrate`, server away. */
int store_open(const void *ctx, const char *folder, StoreFlags flags, Diag *diag, Store **ret_store);
/* One more connection to the folder, for another thread: catalog, calendar, key and settings are those of the first,
 * which outlives it. On SQLite it costs 2 ms, in which the tables of all ledgers are read, and 0.5 MB: once a thread,
 * not once a request. Owned by ctx, a context of that thread. 0, or 1 with findings. */
int store_open_beside(const void *ctx, const Store *first, Diag *diag, Store **ret_store);
/* Before each piece of work of a process that stays: forgets the records it remembers when anything was written since,
 * by whomever. While store->moment is the same nothing was: no change of a record, nothing done to accounts, roles and
 * units or asked of people (all of which stands in a log), and no document was issued. 0; STORE_E_DEFINITIONS: the
 * tables fit other definitions now, open the folder anew; or a fault (DB_FAULT_GONE: open a connection anew). */
enum { STORE_E_DEFINITIONS = 1 };
int store_refresh(Store *store);
/* --data, else $KEZHANG_DATA, else ./kezhang-data. */
const char *store_folder(const char *given);

/* What the floor of people needs of a folder. */
People store_people(const Store *store);

/* --- statements whose ?1 is the bureau and whose ?2 … are these values, for ledger/ and figure/ --- */

/* The statement (of db_cached) stands before its first row; values live until the run ends. 0, or a fault. */
int store_ask(const Store *store, const char *sql, const Value *values, size_t n, Stmt **ret_stmt);
/* Runs it to its end. */
int store_run(const Store *store, const char *sql, const Value *values, size_t n);

/* A fault of the database as a finding: disk full, busy, gone, each with what to do. Returns the fault. */
int store_fault(const Store *store, int fault, Diag *diag);

/* Ends the transaction that was begun (db_settle); a fault becomes a finding too. Gives the result, or the fault. */
int store_settle(const Store *store, int result, Diag *diag);

#define STORE_DEFINITIONS "definitions" /* the setting with the hash of those that the tables fit */
/* Named settings of the folder. NULL when not set; owned by ctx. */
char *store_setting(const void *ctx, Store *store, const char *name);
int store_set(Store *store, const char *name, const char *value);

/* The last change seq of a ledger (0: none): while it has not moved, nothing in the ledger has. */
int store_ledger_seq(Store *store, const Ledger *ledger, int64_t *ret_seq);
int store_seq(Store *store, int64_t *ret_seq);
/* The last day, up to this one, on which a record entered a state: how far the records reach. DATE_NONE: none. */
int store_last_day(Store *store, Date upto, Date *ret_day);

#endif
