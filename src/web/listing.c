/* web/listing.c: see listing.h. */
#include "web/listing.h"

#include <string.h>

#include "base/mem.h"
#include "web/filter.h"
#include "web/reach.h"

ListingOrder listing_order(const Visit *visit) {
    const char *sort = visit_query(visit, "sort");
    bool turned = *sort == '-';
    return (ListingOrder){.name = sort + turned, .descending = turned || !*sort};
}

static size_t rows_of(const Visit *visit) {
    int64_t rows = visit_number(visit_query(visit, "rows"));
    return rows < 1 ? LISTING_ROWS : rows > LISTING_ROWS_MOST ? LISTING_ROWS_MOST : (size_t)rows;
}

/* A reference is sorted by the words it shows, not by its id. */
static const char *order_text(const Visit *visit, const char *name) {
    const Field *field = ledger_find_field(visit->ledger, name);
    bool by_words = field && field->to && field->to->shows && !field->to->shows->to;
    return by_words ? mem_printf(visit->ctx, "%s.%s", name, field->to->shows->name.text) : name;
}

int listing_read(const Visit *visit, Query *ret_query) {
    Expr *where, *order = NULL;
    ListingOrder wanted = listing_order(visit);
    const char *words = visit_query(visit, "q");
    RowScope *scope = mem_new(visit->ctx, RowScope);
    int fault = reach_open(visit, "ledger:read", visit->ledger, scope);
    if (fault) return fault;
    if (filter_compile(visit, &where)) return 1;
    if (*wanted.name &&
        query_compile_order(visit->ctx, visit->ledger, order_text(visit, wanted.name), visit->diag, &order))
        return 1;
    *ret_query = (Query){.ledger = visit->ledger,
                         .where = where,
                         .rows = scope,
                         .search = *words ? words : NULL,
                         .order = order,
                         .descending = wanted.descending};
    return 0;
}

/* NULL: the address names none. */
static const QueryPlace *read_place(const Visit *visit, const Query *query, const char *name) {
    const char *text = visit_query(visit, name);
    if (!*text) return NULL;
    QueryPlace *place = mem_new(visit->ctx, QueryPlace);
    if (query_place_parse(visit->ctx, query, text, place)) return place;
    diag_error(visit->diag, (Place){.field = name}, "no-place",
               "'%s' is no place in this list; begin at its first page", text);
    return NULL;
}

int listing_read_page(const Visit *visit, Query *ret_query) {
    int result = listing_read(visit, ret_query);
    if (result) return result;
    ret_query->most = rows_of(visit);
    ret_query->after = read_place(visit, ret_query, "after");
    ret_query->before = ret_query->after ? NULL : read_place(visit, ret_query, "before");
    return visit->diag->errors != 0;
}

static void add_column(ListingColumns *columns, const Field *field) {
    if (field && columns->count < LISTING_COLUMNS) columns->list[columns->count++] = field;
}

ListingColumns listing_columns(const Visit *visit) {
    ListingColumns columns = {0};
    char *state = NULL, *chosen = mem_strdup(visit->ctx, visit_query(visit, "columns"));
    for (char *name = strtok_r(chosen, ",", &state); name; name = strtok_r(NULL, ",", &state))
        add_column(&columns, ledger_find_field(visit->ledger, name));
    if (columns.count) return columns;
    for (size_t i = 0; i < visit->ledger->n_list; i++) add_column(&columns, visit->ledger->list[i]);
    return columns;
}
