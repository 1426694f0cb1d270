/* ledger/workdays.h: the calendar as a table, for workdays() in queries. Private to ledger/. */
#ifndef LEDGER_WORKDAYS_H
#define LEDGER_WORKDAYS_H

#include "base/embed.h"
#include "ledger/store.h"

extern const EmbeddedFile store_calendar[]; /* published holidays and make-up days */

/* Fills the empty table, and keeps which calendar it was. 0 or a fault. */
int workdays_fill(Store *store);
/* On opening for writing: a calendar other than the one kept takes its place, and what was counted by the old one is
 * forgotten. While somebody else is writing this is left to the next one who opens. 0 or a fault. */
int workdays_renew(Store *store);

#endif
