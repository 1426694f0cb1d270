/* web/reach.h: the records of a ledger that somebody may reach; all others behave as missing. Private to web/. */
#ifndef WEB_REACH_H
#define WEB_REACH_H

#include "ledger/record.h"
#include "web/visit.h"

typedef struct Reach {
    const Ledger *ledger;
    RowScope scope; /* scope.all: every record */
} Reach;

/* For what is done by a word (ledger:read, ledger:edit). 0, or a fault. Owned by the visit. */
int reach_open(Visit *visit, const char *word, const Ledger *ledger, Reach *ret_reach);
bool reach_has(Visit *visit, const Reach *reach, const Record *record);

/* The record as it stands; of a withdrawn one its last version (recorded_to is set). 0, WEB_MISSING, or a fault. */
int reach_load(Visit *visit, const char *word, const Ledger *ledger, int64_t id, Record **ret_record);

#endif
