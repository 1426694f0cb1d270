/* web/listing.c: see listing.h. */
#include "web/listing.h"

#include <string.h>

#include "base/mem.h"
#include "web/filter.h"

ListingOrder listing_order(const Visit *visit) {
    const char *sort = visit_query(visit, "sort");
    bool turned = *sort == '-';
    return (ListingOrder){.name = sort + turned, .descending = turned || !*sort};
}

size_t listing_rows(const Visit *visit) {
    int64_t rows = visit_number(visit_query(visit, "rows"));
    return rows < 1 ? LISTING_ROWS : rows > LISTING_ROWS_MOST ? LISTING_ROWS_MOST : (size_t)rows;
}

int listing_read(const Visit *visit, Query *ret_query) {
    Expr *where;
    if (filter_compile(visit, &where)) return 1;
    ListingOrder order = listing_order(visit);
    const char *words = visit_query(visit, "q");
    *ret_query = (Query){.ledger = visit->ledger,
                         .where = where,
                         .search = *words ? words : NULL,
                         .order = ledger_find_field(visit->ledger, order.name),
                         .descending = order.descending,
                         .after = visit_number(visit_query(visit, "after"))};
    return 0;
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
