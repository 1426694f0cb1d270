/* ledger/store-make.h: how a data folder comes to be. Private to ledger/: store_create fills a new one with empty
 * tables, backup_restore with those of a backup. */
#ifndef LEDGER_STORE_MAKE_H
#define LEDGER_STORE_MAKE_H

#include "ledger/store.h"

/* Makes the tables and what stands in them and in the folder, in one transaction. 0; a fault, of which the caller
 * tells; or 1 with findings. */
typedef int (*StoreFill)(Store *store, void *data, Diag *diag);

/* An empty folder (missing or empty before) and an empty database, filled. Whatever goes wrong: nothing of it stays. 0,
 * or 1 with findings. */
int store_make(const void *ctx, const char *folder, const char *url, StoreFill fill, void *data, Diag *diag,
               Store **ret_store);
/* The bureau's name and settings from the tables. */
void store_load_org(Store *store);

#endif
