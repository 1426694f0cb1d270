/* ledger/verify-spans.h: the part of verify that looks at the ways of records through their states. Private to ledger/.
 */
#ifndef LEDGER_VERIFY_SPANS_H
#define LEDGER_VERIFY_SPANS_H

#include "ledger/verify.h"

/* Lays the spans of every open record anew and compares them with state_span; nothing else may be open there. Findings
 * to diag. 0 or a fault. */
int verify_spans(Store *store, Diag *diag);

#endif
