/* ledger/store.h: an open data folder: database, catalog, key, and the head of the change log.
 *
 *   DIR/kezhang.db   the database (or DIR/database.url names a PostgreSQL one)
 *   DIR/defs/        definitions of this site
 *   DIR/files/       attachments by hash
 *   DIR/seal.key     the key of personal numbers
 *
 * One Store belongs to one thread at a time; several processes may have the same folder open. */
#ifndef LEDGER_STORE_H
#define LEDGER_STORE_H

#include "base/hash.h"
#include "db/db.h"
#include "defn/defn.h"
#include "people/people.h"

#define STORE_SCHEMA 2 /* of the tables that are not derived from definitions */
#define STORE_ORG 1    /* the bureau; a cluster gives others their own number */

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
    struct RecordCache *cache; /* records followed by references; record.c */
} Store;

typedef enum {
    STORE_READ_ONLY = 1,
    STORE_BULK = 2,
    STORE_ANY_DEFINITIONS = 4 /* do not insist that tables fit the definitions */
} StoreFlags;

/* Makes a new data folder with empty tables for all definitions. The folder must be missing or empty. 0, or 1 with findings. */
int store_create(const void *ctx, const char *folder, const char *url, const char *org_name, Diag *diag,
                 Store **ret_store);
/* Opens one. Findings: not a data folder, of a newer version, definitions that need `kezhang migrate`, server away. */
int store_open(const void *ctx, const char *folder, StoreFlags flags, Diag *diag, Store **ret_store);
/* --data, else $KEZHANG_DATA, else ./kezhang-data. */
const char *store_folder(const char *given);

/* What the floor of people needs of a folder. */
People store_people(const Store *store);

/* A fault of the database as a finding: disk full, busy, gone, each with what to do. Returns the fault. */
int store_fault(const Store *store, int fault, Diag *diag);

/* Named settings of the folder. NULL when not set; owned by ctx. */
char *store_setting(const void *ctx, Store *store, const char *name);
int store_set(Store *store, const char *name, const char *value);

/* The last change seq of a ledger (0: none): while it has not moved, nothing in the ledger has. */
int store_ledger_seq(Store *store, const Ledger *ledger, int64_t *ret_seq);
int store_seq(Store *store, int64_t *ret_seq);

#endif
