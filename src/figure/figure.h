/* figure/figure.h: an indicator for one period and cut-off: a value, and the rows it counts.
 *
 * One compiled body, two heads: the total and the rows cannot disagree. Summary, page, chart, target light,
 * checker and API use figures and nothing else. */
#ifndef FIGURE_FIGURE_H
#define FIGURE_FIGURE_H

#include "ledger/query.h"

typedef struct FigureAsk {
    const Indicator *indicator;
    Period period;
    Date as_at; /* as the records stood at the end of this day; DATE_NONE: now */
} FigureAsk;

/* What is known of a face of a figure: a number or nothing. */
typedef struct FigureNumber {
    bool known;
    Decimal value;
} FigureNumber;

typedef struct Figure {
    FigureAsk ask;
    FigureNumber value;   /* not known: nothing to count from (a ratio by zero, a fact not stated, a sum of blanks) */
    int64_t count;        /* rows behind it */
    FigureNumber target;  /* of the year or period that contains this one */
    Period target_period; /* which one */
    bool target_at_most;  /* the target is an upper bound */
    FigureNumber share;   /* value ÷ target, percent, one decimal */
    FigureNumber growth;  /* over the same period a year before, percent, one decimal; unknown when the base is missing
                             or not positive */
    FigureNumber before;  /* the value a year before */
    const struct Figure *year_before; /* it, when it was looked for */
    FigureNumber rank, rank_of;       /* of a stated figure */
    FigureNumber reported, expected;  /* coverage, where the indicator has one */
    bool kept;                        /* taken from what was kept, not counted anew */
    const char *places;               /* of the log when it was read: "2020-07-05 achievement:170 enterprise:88" */
    const char *hash; /* of definition, period, cut-off, value, count and the places of the log it was read at */
} Figure;

/* The value and its count, from what is kept when the ledgers have not moved since. 0, or a fault. Owned by ctx. */
int figure_total(const void *ctx, Store *store, const FigureAsk *ask, Figure **ret_figure);
/* The same when it is kept and nothing has moved since; NULL when it would have to be counted. */
int figure_find_kept(const void *ctx, Store *store, const FigureAsk *ask, Figure **ret_figure);
/* Keeps totals for the next time, with what was counted for their growth, unless somebody else is writing just now.
 * Writes; not within a snapshot or a transaction. */
void figure_keep(Store *store, const Figure *const *figures, size_t count);
/* Its target and share of it: two of its faces that cost nothing to count. */
int figure_find_share(Store *store, Figure *figure);
/* Also its other faces: target, share, growth, rank, coverage. */
int figure_faces(Store *store, Figure *figure);

/* A row behind a figure. */
typedef struct FigureRow {
    const Record *record;
    int part;            /* 0: counted, or numerator; 1: denominator of a ratio; base period of a growth */
    FigureNumber amount; /* its share of the value; not known: what is measured is blank. A distinct measure gives 1 to
                            the first row of each, 0 to the rest */
    const Expr *because; /* of an excluded row: the condition it fails */
} FigureRow;

typedef int (*FigureTake)(const FigureRow *row, void *data);
/* Every row, in constant memory; their known amounts add up to the value (of each part, for ratio and growth), which is
 * not known when there are rows and no amount of them is known. */
int figure_rows(Store *store, const FigureAsk *ask, FigureTake take, void *data);
/* The nearest rows that are not counted: those that fail one condition only, at most `most`, the other conditions
 * first and the period last, nearest days first. */
int figure_excluded(Store *store, const FigureAsk *ask, size_t most, FigureTake take, void *data);

/* How the amounts of the rows make the value, in words. */
Label figure_fold(const Indicator *indicator);

/* --- words --- */

bool figure_is_percent(const Indicator *indicator); /* its unit is % */
bool figure_number_same(FigureNumber a, FigureNumber b);
/* "9736500", "3.62": in base units. Owned by ctx. */
char *figure_decimal(const void *ctx, FigureNumber number);
/* As a text prints it, with unit: 170件, 973.65万元, 3.62%. */
char *figure_print(const void *ctx, const Indicator *indicator, FigureNumber number);
/* The round form that never upgrades: 近1000人次, 8000余人次, 1.2万余份, 3.6%以上. */
char *figure_about(const void *ctx, const Indicator *indicator, FigureNumber number);
/* The number part of about, with its words and 万 but without the unit: 近1000, 1.2万余. */
char *figure_about_number(const void *ctx, const Indicator *indicator, FigureNumber number);
/* A period and a day as a text says them: 2020年上半年, 2020年7月5日; 2020H1, 2020-07-05. Owned by ctx. */
char *period_words(const void *ctx, Period period, Lang lang);
char *day_words(const void *ctx, Date date, Lang lang);

#endif
