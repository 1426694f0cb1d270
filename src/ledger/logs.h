/* ledger/logs.h: all logs of a folder that stand in a chain of their own (people/chain.h): those of people, and
 * errands. Private to ledger/. */
#ifndef LEDGER_LOGS_H
#define LEDGER_LOGS_H

#include "ledger/errand.h"
#include "people/journal.h"

#define LOGS ((size_t)JOURNAL_LOGS + ERRAND_LOGS)

const ChainLog *logs_find(size_t i); /* below LOGS */
/* Looks at every row of all of them. A folder of a version without chains, which is only read, has nothing to look at:
 * a note. ret_rows: rows seen. 0, or a fault; findings in diag. */
int logs_check(Store *store, Diag *diag, int64_t *ret_rows);

#endif
