/* web/pages/figure.h: what the parts of a figure's page share. Private to web/pages/.
 *
 * The figure is everybody's who may see figures; of its rows one sees those that one may see in their ledger. */
#ifndef WEB_PAGES_FIGURE_H
#define WEB_PAGES_FIGURE_H

#include "figure/breakdown.h"
#include "figure/page.h"
#include "web/visit.h"

/* What a page is about. */
typedef struct Looking {
    Visit *visit;
    FigureAsk ask;
    Figure *figure;          /* set by the page */
    const Picture *division; /* that divides it as was asked, or NULL */
    Value key;               /* the group whose rows are shown */
    bool has_key;
} Looking;

/* From the address. 0, WEB_MISSING, WEB_WRONG with findings (and what can be shown in spite of them), or a fault. */
int looking_read(Visit *visit, Looking *ret_looking);
/* The same address, with the rows of one group, or without a key those of all. Owned by the visit. */
const char *looking_part_url(const Looking *looking, const char *by, const char *key);

/* figure-rows.c: a page of the rows, and those just outside, into the model. 0, or a fault. */
int figure_rows_add(const Looking *looking, json_t *model);
int figure_rows_add_excluded(const Looking *looking, json_t *model);

#endif
