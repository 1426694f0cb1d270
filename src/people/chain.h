/* people/chain.h: logs whose rows stand in a hash chain: added at the end, never changed, never taken out.
 *
 * A row has the bureau, its number in the log (id: 1, 2, 3 …), its columns, and a hash over the hash of the row before,
 * the number and the columns. Where each log ends stands in the table `chain`, so that one cut short is found as well;
 * whoever adds holds that row until his transaction ends. The change log, which is filled by the million, has a chain
 * of its own (ledger/change.h). */
#ifndef PEOPLE_CHAIN_H
#define PEOPLE_CHAIN_H

#include "base/diag.h"
#include "people/people.h"

#define CHAIN_COLUMNS_MAX 8

typedef struct ChainLog {
    const char *table;                          /* with org, id and hash besides its columns */
    Label title;                                /* as findings call it */
    const char *columns[CHAIN_COLUMNS_MAX + 1]; /* that are hashed, in this order; the first is the instant */
    const char *former;                         /* the order of rows from the time before there was a chain */
} ChainLog;

/* One row at the end, in a transaction of its own or within that of the caller. values: one for each column. ret_id (or
 * NULL): its number. 0, or a fault. */
int chain_add(const People *people, const ChainLog *log, const Value *values, int64_t *ret_id);
/* Within a transaction that writes: gives the rows that have no place in the chain one, in their former order, and
 * numbers them by it. 0, or a fault. */
int chain_renew(const People *people, const ChainLog *log);
/* Looks at every row; each break is named once. Adds the rows seen to *rows. 0, or a fault; findings in diag. */
int chain_check(const People *people, const ChainLog *log, Diag *diag, int64_t *rows);

#endif
