/* web/listing.h: the query of a list, as its address states it: filters, words, order and place. Private to web/.
 *
 * One reading for the page, the export and the API, so that each shows what the others show:
 * sort=registered_on or -registered_on, rows=50, and the filters of filter.h. */
#ifndef WEB_LISTING_H
#define WEB_LISTING_H

#include "ledger/query.h"
#include "web/visit.h"

#define LISTING_ROWS      20
#define LISTING_ROWS_MOST 100

typedef struct ListingOrder {
    const char *name; /* what it is sorted by: a field, number, state, owner.name; "" for the age of the record */
    bool descending;
} ListingOrder;

/* The newest first when nothing is said. */
ListingOrder listing_order(const Visit *visit);
/* Everything but the place and the limit, of the records that may be seen. 0, 1 with findings, or a fault. Lives with
 * the visit. */
int listing_read(const Visit *visit, Query *ret_query);
/* Besides where the page begins (after= or before=) and how many rows it has. */
int listing_read_page(const Visit *visit, Query *ret_query);

/* What a list shows: fields as chosen in the address (columns=owner,class), else those of the definition; number and
 * state always. */
#define LISTING_COLUMNS 16u
typedef struct ListingColumns {
    const Field *list[LISTING_COLUMNS];
    size_t count;
} ListingColumns;
ListingColumns listing_columns(const Visit *visit);

#endif
