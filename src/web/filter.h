/* web/filter.h: the filters of a list, as they stand in its address. Private to web/.
 *
 * owner=青禾 (contains), class=applied (several: one of them), registered_on.from=2020-01-01, amount.min=5000, state=…,
 * number=…, q= (the search box), where= (an expression). They become one condition of the expression language. */
#ifndef WEB_FILTER_H
#define WEB_FILTER_H

#include "figure/page.h"
#include "web/visit.h"

/* 0 and NULL when nothing is filtered; 1 with findings. Owned by the visit. */
int filter_compile(const Visit *visit, Expr **ret_where);
/* {"is_text": true, "name", "value", …}: the inputs under the head of a column. */
json_t *filter_field_json(const Visit *visit, const Field *field);
json_t *filter_state_json(const Visit *visit);
json_t *filter_number_json(const Visit *visit);
/* Whether anything is filtered. */
bool filter_is_set(const Visit *visit);

#endif
