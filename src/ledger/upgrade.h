/* ledger/upgrade.h: the tables that are the same for all folders, brought to those of this version. Private to ledger/.
 */
#ifndef LEDGER_UPGRADE_H
#define LEDGER_UPGRADE_H

#include "ledger/store.h"

#define SCHEMA_OF_CHAINS 7 /* the version since which the logs of people and errands stand in chains */

/* From a version on; kept: the definitions that the tables fit. 0, or a fault; then nothing has changed. */
int upgrade_run(Store *store, int from, const Catalog *kept);

#endif
