/* ledger/reach.h: one record for somebody who may not see all: what he may not is not there for him.
 *
 * Whoever shows a record to people loads it here, so that the question cannot be forgotten; query.h asks it of many. */
#ifndef LEDGER_REACH_H
#define LEDGER_REACH_H

#include "ledger/change.h"
#include "people/rows.h"

/* The current version with its spans; rows NULL: all may be seen. 0, RECORD_E_NONE (it is not there, or not for him),
 * or a fault. Owned by ctx. */
int reach_load(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const RowScope *rows,
               Record **ret_record);
/* The same of one that was withdrawn: its last version, with the spans it had. */
int reach_load_withdrawn(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const RowScope *rows,
                         Record **ret_record);
/* Whether a record is among them, if `maker` entered it. */
bool reach_has(Store *store, const RowScope *rows, const Record *record, const char *maker);

#endif
