/* ledger/work-list.h: a record as an item of somebody's work. Private to ledger/. */
#ifndef LEDGER_WORK_LIST_H
#define LEDGER_WORK_LIST_H

#include "ledger/work.h"

/* Adds a record to the page as it stands now, unless it is gone or not among rows (NULL: not asked). Owned by ctx. 0,
 * or a fault. */
int work_add(const void *ctx, Store *store, WorkPage *page, const RowScope *rows, WorkItem item);

#endif
