/* web/sight.h: which records of a ledger somebody may see, for pages that come upon records by figures. Private to
 * web/. */
#ifndef WEB_SIGHT_H
#define WEB_SIGHT_H

#include "ledger/record.h"
#include "web/visit.h"

typedef struct Sight {
    Visit *visit;
    const char *word; /* what it is for; NULL: ledger:read */
    const Ledger *ledger;
    RowScope scope;
} Sight;

/* Asked anew when the ledger is another. 0, or a fault. */
int sight_turn(Sight *sight, const Ledger *ledger);
bool sight_has(const Sight *sight, const Record *record);

#endif
