/* procedure/decision.h: one decision over many records: a step that each of them takes, or that each is withdrawn, for
 * one reason. */
#ifndef PROCEDURE_DECISION_H
#define PROCEDURE_DECISION_H

#include "ledger/transition.h"
#include "people/permission.h"

typedef struct Decision {
    const Ledger *ledger;
    const Transition *transition; /* NULL: withdrawn */
    const char *reason;           /* "": none */
} Decision;

/* What the decision asks of whoever takes it. */
Ask decision_ask(const Decision *decision);
bool decision_asks_reason(const Decision *decision);
/* Takes one record through the door, as it stands now. version: as it was looked at, and what was changed since is left
 * alone; 0: whatever it is. Warnings of checks are kept. Findings say why it stays as it is. 0, or a fault. */
int decision_take(Writer *writer, Store *store, const Decision *decision, int64_t record, int64_t version, Diag *diag,
                  bool *ret_goes);

#endif
