/* web/measure.c: see measure.h. */
#include "web/measure.h"

#include <string.h>

#include "base/mem.h"
#include "web/cells.h"
#include "web/period.h"
#include "web/url.h"

int measure_total(Visit *visit, const FigureAsk *ask, Figure **ret_figure) {
    int fault = figure_total(visit->ctx, visit->store, ask, ret_figure);
    if (!fault) fault = figure_find_share(visit->store, *ret_figure);
    if (!fault) figure_keep(visit->store, &(const Figure *){*ret_figure}, 1);
    return fault;
}

const char *measure_url(const Visit *visit, const FigureAsk *ask) {
    const char *as_at = date_iso(visit->ctx, ask->as_at);
    return url_with(visit->ctx, mem_printf(visit->ctx, "/figures/%s", ask->indicator->name.text), NULL,
                    URL_CHANGES({"period", period_code(visit, ask->period)}, {"as_at", *as_at ? as_at : NULL}));
}

static const char *without_unit(const Visit *visit, const Indicator *indicator, const char *text) {
    size_t size = strlen(text), unit = strlen(indicator->unit);
    bool ends = size > unit && !strcmp(text + size - unit, indicator->unit);
    return cell_thousands(visit->ctx, ends ? mem_strndup(visit->ctx, text, size - unit) : text);
}

const char *measure_number(const Visit *visit, const Indicator *indicator, FigureNumber number) {
    if (!number.known) return "—";
    return without_unit(visit, indicator, figure_print(visit->ctx, indicator, number));
}

const char *measure_text(const Visit *visit, const Indicator *indicator, FigureNumber number) {
    const char *unit = number.known ? indicator->unit : "";
    return mem_printf(visit->ctx, "%s%s", measure_number(visit, indicator, number), unit);
}

const char *measure_percent(const Visit *visit, FigureNumber number) {
    char text[DECIMAL_SIZE];
    if (!number.known) return NULL;
    decimal_format_fixed(number.value, text);
    return mem_printf(visit->ctx, "%s%%", text);
}

static const char *decimal_or_null(const Visit *visit, FigureNumber number) {
    return figure_decimal(visit->ctx, number);
}

static json_t *light_json(const Visit *visit, const Figure *figure) {
    Date today = date_today();
    json_t *object = page_object();
    Light light = light_of(figure, today);
    page_set_text(object, "name", light_name(light));
    page_set_text(object, "words", light_words(light));
    page_set_text(object, "rule", light_rule(visit->ctx, figure, today));
    page_set_text(object, "meter", decimal_or_null(visit, figure->share));
    page_set_text(object, "elapsed", measure_percent(visit, light_elapsed(figure, today)));
    return object;
}

json_t *measure_json(Visit *visit, const Figure *figure) {
    const Indicator *indicator = figure->ask.indicator;
    json_t *object = page_object();
    const char *about = figure_about(visit->ctx, indicator, figure->value);
    bool differs = figure->value.known && strcmp(about, figure_print(visit->ctx, indicator, figure->value)) != 0;
    page_set_text(object, "title", label_text(indicator->title));
    page_set_text(object, "url", measure_url(visit, &figure->ask));
    page_set_text(object, "value", measure_number(visit, indicator, figure->value));
    page_set_text(object, "unit", figure->value.known ? indicator->unit : "");
    page_set_text(object, "about", differs ? about : NULL);
    page_set_text(object, "count",
                  cell_thousands(visit->ctx, mem_printf(visit->ctx, "%lld", (long long)figure->count)));
    bool has_target = figure->target.known;
    page_set_text(object, "target", has_target ? measure_text(visit, indicator, figure->target) : NULL);
    page_set(object, "at_most", json_boolean(figure->target_at_most));
    page_set_text(object, "share", measure_percent(visit, figure->share));
    page_set(object, "light", has_target ? light_json(visit, figure) : json_null());
    return object;
}
