/* figure/json.h: figures as the contract writes them: for the command line and for the API. */
#ifndef FIGURE_JSON_H
#define FIGURE_JSON_H

#include "base/json.h"
#include "figure/figure.h"

/* {"indicator","period","as_at","value","unit", …}; new references. */
json_t *figure_to_json(const void *ctx, const Figure *figure);

/* What goes with a figure. */
typedef struct FigureParts {
    bool rows, excluded;
    size_t rows_most; /* 0: all */
} FigureParts;
/* Counts and writes it whole: its object with rows and excluded ones as asked for, new reference. 0, or a fault. */
int figure_answer_json(const void *ctx, Store *store, const FigureAsk *ask, const FigureParts *parts,
                       json_t **ret_object);

#endif
