/* ledger/query.h: records that meet a condition: the one way to read many.
 *
 * Every order is total: records that have the same value stand by id, and a blank is smaller than any value, on both
 * databases. Each call is one statement, but an order is read in two (records with a value, and those without): whoever
 * needs one unchanging state reads within DB_SNAPSHOT. */
#ifndef LEDGER_QUERY_H
#define LEDGER_QUERY_H

#include "ledger/record.h"
#include "people/rows.h"

/* Where a row stands in a list: what it is ordered by, and its id. A list goes on behind the place of the last row that
 * was shown, however many came before it. */
typedef struct QueryPlace {
    Value value; /* of the order; blank: it has none, or the list has no order */
    int64_t id;  /* of the record; of withdrawn ones the seq of the change that withdrew them */
} QueryPlace;

typedef struct Query {
    const Ledger *ledger;
    const Expr *where;    /* or NULL: all */
    const RowScope *rows; /* whose records (people/rows.h); NULL: all */
    const char *search;   /* words of the search box, or NULL; finds no withdrawn records */
    const Expr *order;    /* query_compile_order, or NULL: by id, withdrawn ones by when they were; `descending`
                             turns it round */
    bool descending;
    bool many;         /* very many are known to meet the condition: an ordered list is then walked in its order and
                          tried against it, instead of being gathered by it and sorted */
    bool withdrawn;    /* instead of the current records those that were withdrawn, as they were last; change_last
                          tells who did it and why; not with as_at */
    const char *as_at; /* UTC instant, or NULL: current */
    Period period;     /* what `period` means in the condition */
    const QueryPlace *after;  /* only what comes behind this place; NULL: from the start */
    const QueryPlace *before; /* query_page alone: what comes before it, instead of after */
    size_t most;              /* 0: no limit */
} Query;

/* A condition typed by a person, for --where and filters. 0, or 1 with findings. */
int query_compile(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr);
/* What a list is to be ordered by: end_on, number, state, owner.name. Codes and states come by their words, references
 * by id. 0, or 1 with findings: not in the ledger, a child table, a sealed number. */
int query_compile_order(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr);

/* Calls take for each record, in constant memory; the record lives until the next one. A non-zero answer ends it and
 * is returned. 0, or a fault. */
typedef int (*QueryTake)(const Record *record, void *data);
int query_each(Store *store, const Query *query, QueryTake take, void *data);

/* A text with its parameters, both emitted from expressions, before its first row. Owned by ctx. 0, or a fault. */
int query_prepare(const void *ctx, const Store *store, const ExprSql *sql, const char *text, Stmt **ret_stmt);

/* --- pages of a list --- */

typedef struct QueryPage {
    Record **records; /* in the order of the list, however the page was come to */
    QueryPlace *places;
    size_t count;
    bool has_before, has_after; /* whether there are more on that side */
} QueryPage;

/* The `most` records (not 0) behind `after`, or before `before`. Owned by ctx. 0, or a fault. */
int query_page(const void *ctx, Store *store, const Query *query, QueryPage *ret_page);

/* A place as text for an address ("1207", "1207~2020-06-30"), and back. Owned by ctx. False: not a place of this
 * query. */
char *query_place_text(const void *ctx, const QueryPlace *place);
bool query_place_parse(const void *ctx, const Query *query, const char *text, QueryPlace *ret_place);

/* Of a list by day, whatever it is of (ledger/work.h). */
bool query_place_parse_day(const char *text, QueryPlace *ret_place);

/* --- totals; order, after, before and most count for nothing --- */

int query_count(Store *store, const Query *query, int64_t *ret_count);
/* Counts no further than `most`; *ret_more: there are more than that. */
int query_count_upto(Store *store, const Query *query, size_t most, int64_t *ret_count, bool *ret_more);
/* The number of records, and for each of these fields (amounts and numbers) the sum of its values, blank when none has
 * one; in one statement. */
int query_sums(Store *store, const Query *query, const Field *const *fields, size_t n, int64_t *ret_count,
               Value *ret_sums);
/* All that totals depend on besides what is written: the condition as SQL and its values. Owned by ctx. */
char *query_key(const void *ctx, const Store *store, const Query *query);

#endif
