/* figure/condition.h: conditions of definitions in words that people read. */
#ifndef FIGURE_CONDITION_H
#define FIGURE_CONDITION_H

#include "defn/model.h"

/* "state at period.end in (agreed, serving)" as 期末状态属于（已签协议、服务中）, "state at the end of the period in
 * (Agreed, Serving)": names become labels, words of the language those of people. Owned by ctx. */
char *condition_words(const void *ctx, const Ledger *ledger, const Expr *condition);

#endif
