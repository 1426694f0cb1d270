/* ledger/logs.c: see logs.h. */
#include "ledger/logs.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ledger/upgrade.h"

const ChainLog *logs_find(size_t i) { return i < JOURNAL_LOGS ? &journal_logs[i] : &errand_logs[i - JOURNAL_LOGS]; }

int logs_check(Store *store, Diag *diag, int64_t *ret_rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const People people = store_people(store);
    const char *schema = store_setting(scratch, store, "schema");
    int fault = 0;
    *ret_rows = 0;
    if (schema && atoi(schema) < SCHEMA_OF_CHAINS) {
        diag_note(
            diag, PLACE_FILE(store->folder), "old-logs",
            "the logs of signing in and of errands have no chain yet; they get it when the folder is next written to");
        return 0;
    }
    for (size_t i = 0; !fault && i < LOGS; i++) fault = chain_check(&people, logs_find(i), diag, ret_rows);
    return fault;
}
