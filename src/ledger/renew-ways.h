/* ledger/renew-ways.h: the ways of records through their states, when the definitions of these change. Private to
 * ledger/. */
#ifndef LEDGER_RENEW_WAYS_H
#define LEDGER_RENEW_WAYS_H

#include "ledger/store.h"

/* Lays the way of every open record of a ledger anew. Where it comes out otherwise the record gets a version of its
 * own: the log tells of it, and what was asked as at an earlier day stays as it was. Within a transaction that writes;
 * the tables must fit the catalog. 0, a fault, or 1 with a finding. */
int ways_renew(Store *store, const Ledger *ledger, Diag *diag);

#endif
