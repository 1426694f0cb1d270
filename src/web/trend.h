/* web/trend.h: a figure over the last periods of the same length, as a drawing made here and as a table. Private to
 * web/. */
#ifndef WEB_TREND_H
#define WEB_TREND_H

#include "figure/page.h"
#include "web/visit.h"

#define TREND_PERIODS 8

/* Sets "trend": {"width", "height", "zero" (the y of nothing), "points": [{"label", "title", "value", "url", "here",
 * "known", "x", "y", "height", "middle"}]}. Counts what is not kept. 0, or a fault. */
int trend_add(Visit *visit, const FigureAsk *ask, json_t *model);

#endif
