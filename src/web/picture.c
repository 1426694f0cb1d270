/* web/picture.c: see picture.h. */
#include "web/picture.h"

#include <stdlib.h>

#include "base/mem.h"
#include "figure/breakdown.h"
#include "web/cells.h"
#include "web/measure.h"
#include "web/period.h"
#include "web/url.h"

#define GROUPS_MOST 40 /* in one picture, when it does not say */

/* --- parts of all --- */

json_t *picture_cell(const char *text, const char *url) {
    json_t *cell = page_object();
    page_set_text(cell, "text", text);
    page_set_text(cell, "url", url);
    return cell;
}

void picture_set_count(const Visit *visit, json_t *model, int64_t count) {
    page_set_text(model, "count", cell_thousands(visit->ctx, mem_printf(visit->ctx, "%lld", (long long)count)));
}

const char *picture_group_url(const Visit *visit, const FigureAsk *ask, const Picture *picture, Value key) {
    const char *path = mem_printf(visit->ctx, "/figures/%s", ask->indicator->name.text);
    return url_with(visit->ctx, path, NULL,
                    URL_CHANGES({"period", period_code(visit, ask->period)}, {"by", expr_text(picture->by)},
                                {"is", figure_key_text(visit->ctx, key)}));
}

/* For drawing alone; words carry the exact number. */
static json_t *drawn(FigureNumber number) {
    char text[DECIMAL_SIZE];
    if (!number.known) return json_null();
    decimal_format(number.value, text);
    return json_real(strtod(text, NULL));
}

static json_t *point_json(const Visit *visit, const Indicator *indicator, FigureNumber number, const char *url) {
    json_t *point = page_object();
    page_set(point, "value", drawn(number));
    page_set_text(point, "text", measure_text(visit, indicator, number));
    page_set_text(point, "url", url);
    return point;
}

static json_t *add_series(json_t *chart, const char *name, const char *unit) {
    json_t *series = page_object(), *data = page_array();
    page_set_text(series, "name", name);
    page_set_text(series, "unit", unit);
    page_set(series, "data", data);
    json_array_append_new(json_object_get(chart, "series"), series);
    return data;
}

static void add_name(json_t *chart, const char *name) {
    json_array_append_new(json_object_get(chart, "names"), json_text_or_null(name));
}

/* --- figures beside each other --- */

static int add_tiles(Visit *visit, const Picture *picture, const FigureAsk *asked, json_t *model) {
    json_t *tiles = page_array();
    page_set(model, "tiles", tiles);
    page_set(model, "is_tiles", json_true());
    for (size_t i = 0; i < picture->n_of; i++) {
        FigureAsk ask = *asked;
        Figure *figure;
        ask.indicator = picture->of[i];
        int fault = measure_total(visit, &ask, &figure);
        if (fault) return fault;
        json_array_append_new(tiles, measure_json(visit, figure));
    }
    return 0;
}

/* --- over time --- */

static int add_periods(Visit *visit, const Picture *picture, const FigureAsk *asked, json_t *chart, int64_t *count) {
    int months = period_months(asked->period), n = picture->periods ? (int)picture->periods : 1;
    for (size_t i = 0; i < picture->n_of; i++) {
        const Indicator *indicator = picture->of[i];
        json_t *data = add_series(chart, label_text(indicator->title), indicator->unit);
        for (int back = n - 1; back >= 0; back--) {
            FigureAsk ask = *asked;
            Figure *figure;
            ask.indicator = indicator;
            ask.period = period_move(asked->period, -back * months);
            if (ask.period.start == DATE_NONE) continue;
            int fault = measure_total(visit, &ask, &figure);
            if (fault) return fault;
            if (!i) add_name(chart, period_code(visit, ask.period));
            json_array_append_new(data, point_json(visit, indicator, figure->value, measure_url(visit, &ask)));
            if (!back) *count += figure->count;
        }
    }
    return 0;
}

/* --- divided --- */

static void add_group(Visit *visit, const Picture *picture, const FigureAsk *ask, const FigureGroup *group,
                      json_t *chart, json_t *data) {
    add_name(chart, figure_group_title(visit->ctx, visit->store, ask, picture->by, group->key));
    const char *url = picture_group_url(visit, ask, picture, group->key);
    json_array_append_new(data, point_json(visit, ask->indicator, group->value, url));
}

static int add_groups(Visit *visit, const Picture *picture, const FigureAsk *ask, json_t *chart, int64_t *count) {
    Breakdown *breakdown;
    size_t most = picture->most ? (size_t)picture->most : GROUPS_MOST;
    int fault = figure_breakdown(visit->ctx, visit->store, ask, picture->by, most, &breakdown);
    if (fault) return fault;
    json_t *data = add_series(chart, label_text(ask->indicator->title), ask->indicator->unit);
    for (size_t i = 0; i < breakdown->n_groups; i++) {
        add_group(visit, picture, ask, &breakdown->groups[i], chart, data);
        *count += breakdown->groups[i].count;
    }
    if (!breakdown->n_rest) return 0;
    add_name(chart, mem_printf(visit->ctx, _("%zu others"), breakdown->n_rest));
    json_array_append_new(data, point_json(visit, ask->indicator, breakdown->rest.value, measure_url(visit, ask)));
    *count += breakdown->rest.count;
    return 0;
}

/* --- charts --- */

/* The same as a table: a row for each name, a column for each series. */
static void add_table(json_t *model, const json_t *chart) {
    json_t *heads = page_array(), *rows = page_array(), *name;
    const json_t *all = json_object_get(chart, "series");
    size_t i, k;
    json_t *series;
    json_array_foreach((json_t *)all, k, series) json_array_append(heads, json_object_get(series, "name"));
    json_array_foreach(json_object_get(chart, "names"), i, name) {
        json_t *row = page_object(), *cells = page_array();
        json_array_foreach((json_t *)all, k, series)
            json_array_append(cells, json_array_get(json_object_get(series, "data"), i));
        page_set(row, "label", json_incref(name));
        page_set(row, "cells", cells);
        json_array_append_new(rows, row);
    }
    page_set(model, "heads", heads);
    page_set(model, "rows", rows);
}

/* As text within <script>: nothing in it can end the element. */
static const char *script_text(const Visit *visit, const json_t *chart) {
    Buf out = BUF_INIT(visit->ctx);
    char *text = mem_check(json_dumps(chart, JSON_COMPACT));
    for (const char *c = text; *c; c++)
        if (*c == '<')
            buf_add(&out, "\\u003c");
        else
            buf_char(&out, *c);
    free(text);
    return buf_text(&out);
}

static int add_chart(Visit *visit, const Picture *picture, const FigureAsk *ask, json_t *model) {
    static const char *const kinds[] = {[PICTURE_BAR] = "bar", [PICTURE_LINE] = "line", [PICTURE_PIE] = "pie"};
    json_t *chart = json_keep(visit->ctx, page_object());
    int64_t count = 0;
    page_set_text(chart, "kind", kinds[picture->kind]);
    page_set(chart, "across", json_boolean(picture->by != NULL)); /* long names read better beside bars that lie */
    page_set(chart, "names", page_array());
    page_set(chart, "series", page_array());
    int fault =
        picture->by ? add_groups(visit, picture, ask, chart, &count) : add_periods(visit, picture, ask, chart, &count);
    if (fault) return fault;
    picture_set_count(visit, model, count);
    add_table(model, chart);
    page_set_text(model, "chart", script_text(visit, chart));
    page_set(model, "any", json_boolean(json_array_size(json_object_get(chart, "names")) > 0));
    return 0;
}

/* --- the picture --- */

int picture_json(Visit *visit, const Picture *picture, Period period, json_t **ret_model) {
    json_t *model = json_keep(visit->ctx, page_object());
    const FigureAsk ask = {.indicator = picture->of[0], .period = period, .as_at = DATE_NONE};
    page_set_text(model, "title", label_text(picture->title));
    page_set_text(model, "period", period_title(visit, period));
    page_set_text(model, "cutoff", day_words(visit->ctx, date_today(), visit->lang));
    page_set(model, "wide", json_boolean(picture->wide));
    *ret_model = json_incref(model);
    if (picture->kind == PICTURE_NUMBER) return add_tiles(visit, picture, &ask, model);
    if (picture->kind == PICTURE_MAP) return picture_add_map(visit, picture, &ask, model);
    return add_chart(visit, picture, &ask, model);
}
