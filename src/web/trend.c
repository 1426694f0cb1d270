/* web/trend.c: see trend.h. Columns in a box of whole pixels; a value of nothing is as high as the line it stands on.
 */
#include "web/trend.h"

#include "base/mem.h"
#include "web/measure.h"
#include "web/period.h"

#define STEP 80
#define BAR  40
#define TOP  24
#define ROOM 110 /* for the largest */
#define FEET 26  /* for the labels */

typedef struct Trend {
    Visit *visit;
    Figure *figures[TREND_PERIODS]; /* oldest first; NULL before the years there are */
    int64_t most, least;            /* in units of one scale */
    int scale;
} Trend;

static int64_t units_of(const Trend *trend, const Figure *figure) {
    Decimal value = {0};
    if (!figure || !figure->value.known || !decimal_rescale(figure->value.value, trend->scale, &value)) return 0;
    return value.units;
}

static int read_trend(Trend *trend, const FigureAsk *ask) {
    int months = period_months(ask->period), fault = 0;
    for (int i = 0; !fault && i < TREND_PERIODS; i++) {
        FigureAsk then = *ask;
        then.period = period_move(ask->period, (i + 1 - TREND_PERIODS) * months);
        if (then.period.start == DATE_NONE) continue;
        fault = measure_total(trend->visit, &then, &trend->figures[i]);
        if (fault) break;
        int64_t units = units_of(trend, trend->figures[i]);
        if (units > trend->most) trend->most = units;
        if (units < trend->least) trend->least = units;
    }
    return fault;
}

/* How many pixels a value is high; the whole range is ROOM. */
static int64_t pixels(const Trend *trend, int64_t units) {
    __int128 range = (__int128)trend->most - trend->least;
    return range ? (int64_t)((__int128)(units < 0 ? -units : units) * ROOM / range) : 0;
}

static json_t *point_json(const Trend *trend, int index, int64_t zero) {
    const Figure *figure = trend->figures[index];
    Visit *visit = trend->visit;
    int64_t units = units_of(trend, figure), height = pixels(trend, units),
            x = (int64_t)index * STEP + (STEP - BAR) / 2;
    json_t *object = page_object();
    page_set_text(object, "label", period_code(visit, figure->ask.period));
    page_set_text(object, "title", period_title(visit, figure->ask.period));
    page_set_text(object, "value", measure_text(visit, figure->ask.indicator, figure->value));
    page_set_text(object, "number", measure_number(visit, figure->ask.indicator, figure->value));
    page_set_text(object, "url", measure_url(visit, &figure->ask));
    page_set(object, "here", json_boolean(index == TREND_PERIODS - 1));
    page_set(object, "known", json_boolean(figure->value.known));
    page_set(object, "x", json_integer(x));
    page_set(object, "middle", json_integer(x + BAR / 2));
    page_set(object, "y", json_integer(units < 0 ? zero : zero - height));
    page_set(object, "height", json_integer(height));
    page_set(object, "above", json_integer((units < 0 ? zero : zero - height) - 6));
    return object;
}

int trend_add(Visit *visit, const FigureAsk *ask, json_t *model) {
    Trend trend = {.visit = visit, .scale = ask->indicator->scale};
    int fault = read_trend(&trend, ask);
    if (fault) return fault;
    json_t *object = page_object(), *points = page_array();
    int64_t zero = TOP + (trend.most || trend.least ? pixels(&trend, trend.most) : ROOM);
    for (int i = 0; i < TREND_PERIODS; i++)
        if (trend.figures[i]) json_array_append_new(points, point_json(&trend, i, zero));
    page_set(object, "width", json_integer((json_int_t)TREND_PERIODS * STEP));
    page_set(object, "height", json_integer(TOP + ROOM + FEET));
    page_set(object, "zero", json_integer(zero));
    page_set(object, "feet", json_integer(TOP + ROOM + FEET - 8));
    page_set(object, "bar", json_integer(BAR));
    page_set(object, "points", points);
    page_set(model, "trend", object);
    return 0;
}
