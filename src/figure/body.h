/* figure/body.h: the one compiled body of a figure; total, rows and excluded rows are its heads. Private to figure/. */
#ifndef FIGURE_BODY_H
#define FIGURE_BODY_H

#include "base/buf.h"
#include "figure/figure.h"

/* Tables, joins and conditions of an indicator that counts records (not of a ratio or growth). */
typedef struct Body {
    const Ledger *ledger;
    ExprSql *sql;
    Buf where;          /* bureau, version, condition */
    const char *amount; /* SQL of what is measured; "1" for a count */
} Body;

/* Owned by ctx. Without the indicator's own condition when `bare`: the excluded rows bring it themselves. */
Body *body_new(const void *ctx, const Store *store, const FigureAsk *ask, bool bare);
/* "FROM … WHERE …": complete when nothing more is emitted into the body. */
const char *body_text(const void *ctx, Body *body);
/* Prepares "SELECT head FROM … WHERE … tail" with everything bound. 0, or a fault. Owned by ctx. */
int body_prepare(const void *ctx, Store *store, Body *body, const char *head, const char *tail, Stmt **ret_stmt);

/* What each row counts, as SQL: 1 for a count, the field of a sum; of a distinct measure 1 for the first row of each
 * thing and 0 for its others. And its decimals. */
const char *body_amount(const void *ctx, const Body *body, const Indicator *indicator);
int body_amount_scale(const Indicator *indicator);

/* One group of a division. */
typedef struct BodyGroup {
    const Expr *by;
    Value key; /* blank: the records that say nothing */
} BodyGroup;
/* The rows of an indicator that counts records, all of them or those of a group. 0, a fault, or what take answered. */
int body_rows(Store *store, const FigureAsk *ask, const BodyGroup *group, int part, FigureTake take, void *data);

/* The ask for one operand: the same, of another indicator. */
FigureAsk body_operand(const FigureAsk *ask, const Indicator *indicator);

/* target.c */
int figure_find_target(Store *store, Figure *figure);

#endif
