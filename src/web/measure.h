/* web/measure.h: figures as pages show them: counted once and kept, and their faces as JSON. Private to web/. */
#ifndef WEB_MEASURE_H
#define WEB_MEASURE_H

#include "figure/light.h"
#include "figure/page.h"
#include "web/visit.h"

/* The total with its target and share, kept for the next time. Counts when it must: for routes that wait. 0, or a
 * fault. */
int measure_total(Visit *visit, const FigureAsk *ask, Figure **ret_figure);

/* The address of a figure's page. Owned by the visit. */
const char *measure_url(const Visit *visit, const FigureAsk *ask);
/* "12,460", "973.65万": without the unit, thousands divided; "—" when it is not known. Owned by the visit. */
const char *measure_number(const Visit *visit, const Indicator *indicator, FigureNumber number);
/* The same with the unit. */
const char *measure_text(const Visit *visit, const Indicator *indicator, FigureNumber number);
/* A percentage with one decimal and its sign: 85.0%; NULL when it is not known. */
const char *measure_percent(const Visit *visit, FigureNumber number);

/* {"title", "url", "value", "unit", "about" (when it differs), "count", "target", "share", "light"}, the last three
 * null without a target; light: {"name", "words", "rule", "share" for its bar, "elapsed"}. */
json_t *measure_json(Visit *visit, const Figure *figure);

#endif
