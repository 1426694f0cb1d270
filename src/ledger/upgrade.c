/* ledger/upgrade.c: see upgrade.h. A step is done for folders that are older than it; what is already there stays. */
#include "ledger/upgrade.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/logs.h"
#include "ledger/schema.h"

#define SCHEMA_OF_INDEXES 3 /* the version since which those of ledgers are as they are */

/* The indexes of ledgers as this version has them, for the definitions that the tables fit. */
static int remake_indexes(Store *store, const Catalog *kept) {
    int fault = 0;
    for (size_t i = 0; !fault && i < kept->n_ledgers; i++) {
        fault = schema_drop_indexes(store->db, &kept->ledgers[i]);
        if (!fault) fault = schema_create_indexes(store->db, kept, &kept->ledgers[i]);
    }
    return fault;
}

static int has_column(Store *store, const char *table, const char *column, bool *ret_has) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char **columns;
    size_t n;
    int fault = db_columns(scratch, store->db, table, &columns, &n);
    *ret_has = false;
    for (size_t i = 0; !fault && i < n; i++) *ret_has |= !strcmp(columns[i], column);
    return fault;
}

/* An answer once stood in the row of what was asked. */
static int split_errands(Store *store) {
    static const char sql[] =
        "INSERT INTO errand_answer (org, id, at, errand, actor, answer, opinion)"
        " SELECT org, row_number() OVER (PARTITION BY org ORDER BY answered_at, id), answered_at, id,"
        " CASE answer WHEN 'take_back' THEN asker ELSE taker END, answer, opinion FROM errand WHERE answer IS NOT NULL;"
        "ALTER TABLE errand DROP COLUMN answered_at;"
        "ALTER TABLE errand DROP COLUMN answer;"
        "ALTER TABLE errand DROP COLUMN opinion";
    bool is_old;
    int fault = has_column(store, "errand", "answer", &is_old);
    return fault || !is_old ? fault : db_exec(store->db, sql);
}

static int chain_logs(Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const People people = store_people(store);
    int fault = 0;
    for (size_t i = 0; !fault && i < LOGS; i++) {
        const ChainLog *log = logs_find(i);
        bool has;
        fault = has_column(store, log->table, "hash", &has);
        if (!fault && !has)
            fault = db_define(store->db, mem_printf(scratch, "ALTER TABLE %s ADD COLUMN hash {blob}", log->table));
        if (!fault) fault = chain_renew(&people, log);
    }
    return fault;
}

/* Whoever holds the row of the bureau makes it alone. */
int upgrade_run(Store *store, int from, const Catalog *kept) {
    int fault = db_begin(store->db, DB_WRITE);
    if (fault) return fault;
    fault = db_exec(store->db, "UPDATE org SET seq = seq");
    if (!fault) fault = schema_create_later(store->db);
    if (!fault && from < SCHEMA_OF_INDEXES) fault = remake_indexes(store, kept);
    if (!fault && from < SCHEMA_OF_CHAINS) fault = split_errands(store);
    if (!fault && from < SCHEMA_OF_CHAINS) fault = chain_logs(store);
    if (!fault) fault = schema_settle(store->db);
    if (!fault) fault = store_set(store, "schema", mem_printf(store, "%d", STORE_SCHEMA));
    return db_settle(store->db, fault);
}
