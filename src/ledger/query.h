/* ledger/query.h: records that meet a condition: the one way to read many. */
#ifndef LEDGER_QUERY_H
#define LEDGER_QUERY_H

#include "ledger/record.h"

typedef struct Query {
    const Ledger *ledger;
    const Expr *where;       /* or NULL: all */
    const char *search;      /* words of the search box, or NULL */
    const Field *order;      /* or NULL: by id; `descending` turns it round */
    bool descending;
    const char *as_at;       /* UTC instant, or NULL: current */
    Period period;           /* what `period` means in the condition */
    int64_t after;           /* only ids behind this one (paging by id); 0: from the start */
    size_t most;             /* 0: no limit */
} Query;

/* A condition typed by a person, for --where and filters. 0, or 1 with findings. */
int query_compile(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr);

/* Calls take for each record, in constant memory; the record lives until the next one. A non-zero answer ends it and
 * is returned. 0, or a fault. */
typedef int (*QueryTake)(const Record *record, void *data);
int query_each(Store *store, const Query *query, QueryTake take, void *data);
int query_count(Store *store, const Query *query, int64_t *ret_count);

#endif
