/* web/withdrawn.c: see withdrawn.h. */
#include "web/withdrawn.h"

#include "web/reach.h"

#define ROWS_MOST 30u

int withdrawn_read(const Visit *visit, QueryPage *ret_page) {
    RowScope scope;
    QueryPlace place;
    Query query = {.ledger = visit->ledger, .rows = &scope, .withdrawn = true, .descending = true, .most = ROWS_MOST};
    int fault = reach_open(visit, "ledger:read", visit->ledger, &scope);
    if (query_place_parse(visit->ctx, &query, visit_query(visit, "after"), &place))
        query.after = &place;
    else if (query_place_parse(visit->ctx, &query, visit_query(visit, "before"), &place))
        query.before = &place;
    return fault ? fault : query_page(visit->ctx, visit->store, &query, ret_page);
}
