/* web/picture.h: one picture of a board as JSON for ui/picture.mustache: what is drawn, and the same as a table.
 * Private to web/. */
#ifndef WEB_PICTURE_H
#define WEB_PICTURE_H

#include "figure/page.h"
#include "web/visit.h"

/* {"title", "period", "cutoff", "count", "heads", "rows": the table; and one of
 *   "tiles"  figures beside each other (measure.h)
 *   "chart"  text of {"kind", "names": […], "series": [{"name", "unit", "data": [{"value", "text", "url"}]}]}, for a
 * script "map"    {"towns": [{"title", "value", "places": […]}]}} Counts what is not kept. 0, or a fault. */
int picture_json(Visit *visit, const Picture *picture, Period period, json_t **ret_model);

/* --- for the kinds of picture --- */

/* The table: a cell is {"text", "url"}. */
json_t *picture_cell(const char *text, const char *url);
/* The page of a figure with the rows of one group. Owned by the visit. */
const char *picture_group_url(const Visit *visit, const FigureAsk *ask, const Picture *picture, Value key);
void picture_set_count(const Visit *visit, json_t *model, int64_t count);
/* place-map.c */
int picture_add_map(Visit *visit, const Picture *picture, const FigureAsk *ask, json_t *model);

#endif
