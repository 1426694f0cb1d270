/* figure/sample.h: the rows of a figure that travel inside a file. */
#ifndef FIGURE_SAMPLE_H
#define FIGURE_SAMPLE_H

#include "figure/figure.h"

#define SAMPLE_ROWS_MOST     200 /* more are counted and said */
#define SAMPLE_EXCLUDED_MOST 20

typedef struct SampleRow {
    const char *ledger;
    int64_t id, version;
    const char *number;  /* "" when it has none */
    const char *title;   /* personal fields masked */
    FigureNumber amount; /* its share of the value of its part */
    const char *because; /* of an excluded row: the condition it fails, in words */
    const char *says;    /* what it says in the fields of that condition: 登记日期 2020-07-03 */
} SampleRow;

/* What a figure is counted from: itself, or the two sides of a ratio or growth. */
typedef struct SamplePart {
    const Indicator *indicator;
    Period period;
    int64_t count; /* of all its rows, shown or not */
    SampleRow *rows;
    size_t n_rows;
} SamplePart;

typedef struct Sample {
    SamplePart *parts;
    size_t n_parts;
    SampleRow *excluded;
    size_t n_excluded;
} Sample;

/* A row in the words of a list. Owned by ctx. */
SampleRow sample_row(const void *ctx, Store *store, const FigureRow *row);
/* At most SAMPLE_ROWS_MOST rows and SAMPLE_EXCLUDED_MOST excluded ones; no more are read. 0, or a fault. */
int sample_take(const void *ctx, Store *store, const FigureAsk *ask, Sample **ret_sample);

#endif
