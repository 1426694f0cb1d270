/* figure/breakdown.h: a figure divided by something its records say: by town, by class, by the state they are in.
 *
 * One statement over the body of the figure, so that the groups add up to the total; of a distinct measure each thing
 * belongs to the group of its first row. Means, ratios, growths and stated facts are not divided: their parts add up to
 * nothing (indicator_is_divisible). What divides is the `by`
 * of a picture (defn/model.h), which was checked when it was compiled. */
#ifndef FIGURE_BREAKDOWN_H
#define FIGURE_BREAKDOWN_H

#include "figure/figure.h"

#define BREAKDOWN_MOST 5000u /* groups read; what is beyond them is together in `rest` */

typedef struct FigureGroup {
    Value key;          /* text, or a number (a year, the id of a reference); blank: records that say nothing */
    FigureNumber value; /* not known: there are rows, and all are blank */
    int64_t count;
} FigureGroup;

typedef struct Breakdown {
    FigureGroup *groups; /* the largest first; years and other numbers in their order */
    size_t n_groups;
    FigureGroup rest; /* of the groups beyond `most`: no key */
    size_t n_rest;
} Breakdown;

/* The largest `most` groups (0: BREAKDOWN_MOST). Owned by ctx. 0, or a fault. */
int figure_breakdown(const void *ctx, Store *store, const FigureAsk *ask, const Expr *by, size_t most,
                     Breakdown **ret_breakdown);
/* The rows of one group; their known amounts add up to its value. 0, a fault, or what take answered. */
int figure_group_rows(Store *store, const FigureAsk *ask, const Expr *by, Value key, FigureTake take, void *data);

/* A key in words: the label of a code or state, the title of a record; "not filled in" for blank. Owned by ctx. */
const char *figure_group_title(const void *ctx, Store *store, const FigureAsk *ask, const Expr *by, Value key);
/* As it stands in an address, and back; blank is "". Owned by ctx. False: no key of this division. */
const char *figure_key_text(const void *ctx, Value key);
bool figure_key_parse(const Expr *by, const char *text, Value *ret_key);

#endif
