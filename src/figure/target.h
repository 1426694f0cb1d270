/* figure/target.h: the targets that were set, for a board of them. One figure's own target is among its faces. */
#ifndef FIGURE_TARGET_H
#define FIGURE_TARGET_H

#include "figure/figure.h"

typedef struct Target {
    const Record *record;
    const Indicator *indicator;
    Period period;
    const char *assigned_by, *responsible, *next_step; /* "" when not filled in */
} Target;

/* Those whose period shares a day with this one, by indicator. Owned by ctx. 0, or a fault. */
int target_list(const void *ctx, Store *store, Period period, Target **ret_targets, size_t *ret_count);
/* Their ledger; NULL when a site has none. */
const Ledger *target_ledger(const Catalog *catalog);

#endif
