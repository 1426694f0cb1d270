/* ledger/permit.h: may whoever writes do this to this record. Private to ledger/. */
#ifndef LEDGER_PERMIT_H
#define LEDGER_PERMIT_H

#include "ledger/record.h"
#include "people/permission.h"

typedef struct Permits Permits;

/* Of one writer; actor and store outlive it. */
Permits *permits_new(const void *ctx, Store *store, const Actor *actor);
/* Whether a role gives it, for the record as it was (before, NULL: a new one, which is its maker's) and as it would be
 * (after, NULL: it ends). 0, 1 with a finding that says what he lacks, or a fault. */
int permits_check(Permits *permits, const Ask *ask, const Record *before, const Record *after, Place at, Diag *diag);

#endif
