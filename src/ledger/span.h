/* ledger/span.h: the way of a record through its states, by effective date. Private to ledger/. */
#ifndef LEDGER_SPAN_H
#define LEDGER_SPAN_H

#include "ledger/record.h"

/* Where a record stands by the dates in it: the state with the latest date that has come, else the first state. */
const State *span_state_by_dates(const Record *record, Date today);

/* A dated state beyond the one the record says it is in, whose day has come: a contradiction. NULL when there is none.
 */
const State *span_contradiction(const Record *record, Date today);

/* Lays record->spans anew from the earlier ones, the dates in the record and its state; `effective` is the day its
 * present state was entered when no field says so. Owned by the record. */
void span_lay(Record *record, const Record *before, Date effective);
bool span_same(const Record *a, const Record *b);

#endif
