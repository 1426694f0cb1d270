/* ledger/migrate.h: bringing a data folder's tables to its definitions. */
#ifndef LEDGER_MIGRATE_H
#define LEDGER_MIGRATE_H

#include "ledger/store.h"

/* On opening: nothing when the definitions are those of last time; safe differences are carried out (a checked copy of
 * the data stands before them); lossy ones are findings. 0, or 1 with findings. */
int migrate_on_open(Store *store, const DefnSources *sources, StoreFlags flags, Diag *diag);
/* The same on command; lossy: also what loses data. Prints nothing; *ret_changes (owned by the store) says what was
 * done. */
int migrate_run(Store *store, const DefnSources *sources, bool lossy, Diag *diag, DefnChange **ret_changes,
                size_t *ret_count);
/* Writes the definitions into the folder, as those its tables fit. */
int migrate_keep_definitions(Store *store, const DefnSources *sources);
/* The catalog that the tables fit now, from the definitions kept in the folder. NULL with findings. Owned by ctx. */
const Catalog *migrate_kept_catalog(const void *ctx, Store *store, Diag *diag);

#endif
