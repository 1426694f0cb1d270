/* web/cells.h: values of records as pages show them. Private to web/. */
#ifndef WEB_CELLS_H
#define WEB_CELLS_H

#include "figure/page.h"
#include "web/visit.h"

/* 1,560,000. Owned by ctx. */
const char *cell_count(const void *ctx, int64_t count);

#define CELL_HIDDEN "••••" /* instead of what is not shown at all */

bool cell_is_numeric(const Field *field);
/* Whether adding its values up says something: amounts and counts, not percents or years. */
bool cell_is_sum(const Field *field);
/* A number of a field with thousands divided; "" for blank. */
const char *cell_amount(const void *ctx, const Field *field, Value value);
/* The unit of a column, for its head; "" for none. */
const char *cell_unit(const Field *field);
/* What a field shows with thousands divided, 1560000.5 as 1,560,000.5; a year and what is no number
 * as it is. Owned by ctx. */
const char *cell_number(const void *ctx, const Field *field, const char *shown);
/* A value as he may see it (personal fields masked, or not at all): money and numbers with thousands divided. Owned by
 * the visit. */
const char *cell_text(Visit *visit, const Record *record, const Field *field);
/* {"text", "class", "url" of the record that a reference names}. */
json_t *cell_json(Visit *visit, const Record *record, const Field *field);
/* {"label", "tone"}: tone is first, final or under way. */
json_t *cell_state_json(const State *state);
char *cell_record_url(const Visit *visit, const Ledger *ledger, int64_t id);

#endif
