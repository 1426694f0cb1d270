/* web/api/figures.c: figures and targets by the same contract as `kezhang figure --json`. */
#include <string.h>

#include "base/mem.h"
#include "figure/json.h"
#include "web/api/api.h"
#include "web/target-board.h"
#include "web/texts.h"

#define ROWS_MOST 10000u /* of one answer */

int api_indicators(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    json_t *array = page_array(), *answer = page_object();
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        json_t *object = page_object();
        page_set_text(object, "indicator", indicator->name.text);
        page_set(object, "title", json_label(indicator->title));
        page_set_text(object, "unit", indicator->unit);
        page_set_text(object, "kind", indicator_kind_name(indicator->kind));
        page_set(object, "caliber", json_label(indicator->caliber));
        page_set(object, "area", json_integer(indicator->area));
        json_array_append_new(array, object);
    }
    page_set(answer, "indicators", array);
    return api_answer(visit, answer);
}

static bool is_asked(const Visit *visit, const char *name) {
    const char *text = visit_query(visit, name);
    return *text && strcmp(text, "0") && strcmp(text, "false");
}

int api_read_period(Visit *visit, FigureAsk *ret_ask) {
    const char *as_at = visit_query(visit, "as_at");
    *ret_ask = (FigureAsk){.as_at = DATE_NONE};
    if (!period_parse(visit_query(visit, "period"), &ret_ask->period))
        diag_error(visit->diag, (Place){.field = "period"}, "not-a-period",
                   "a period is asked for; write 2020H1 or 2020-06");
    if (*as_at && (ret_ask->as_at = date_parse_iso(as_at)) == DATE_NONE)
        diag_error(visit->diag, (Place){.field = "as_at"}, "not-a-date", "'%s' is no day; write it as 2020-07-05",
                   as_at);
    return visit->diag->errors ? WEB_WRONG : 0;
}

/* Its rows are for whoever may see all of them: of fewer they would not make the number. */
int api_figure(Visit *visit) {
    FigureAsk ask;
    const Indicator *indicator = catalog_find_indicator(visit->store->catalog, visit_segment(visit, "indicator"));
    const FigureParts parts = {is_asked(visit, "rows"), is_asked(visit, "excluded"), ROWS_MOST};
    json_t *object;
    if (!indicator) return WEB_MISSING;
    if (api_read_period(visit, &ask)) return WEB_WRONG;
    ask.indicator = indicator;
    int result = parts.rows || parts.excluded ? text_may_open_figure(visit, indicator) : 0;
    if (!result) result = figure_answer_json(visit->ctx, visit->store, &ask, &parts, &object);
    return result ? result : api_answer(visit, object);
}

/* --- targets --- */

static json_t *target_json(const Visit *visit, const TargetSeen *seen) {
    const Target *target = seen->target;
    const Figure *figure = seen->figure;
    json_t *object = figure_to_json(visit->ctx, figure);
    FigureNumber elapsed = light_elapsed(figure, date_today());
    page_set(object, "title", json_label(target->indicator->title));
    page_set_text(object, "target_period", period_format_short(visit->ctx, target->period));
    page_set(object, "at_most", json_boolean(figure->target_at_most));
    page_set_text(object, "elapsed", figure_decimal(visit->ctx, elapsed));
    page_set_text(object, "light", light_name(seen->light));
    page_set_text(object, "rule", light_rule(visit->ctx, figure, date_today()));
    page_set_text(object, "assigned_by", target->assigned_by);
    page_set_text(object, "responsible", target->responsible);
    page_set_text(object, "next_step", target->next_step);
    page_set_text(object, "ledger", target->record->ledger->name.text);
    page_set(object, "record", json_integer(target->record->id));
    return object;
}

int api_targets(Visit *visit) {
    FigureAsk ask;
    TargetSeen *seen;
    size_t n;
    if (api_read_period(visit, &ask)) return WEB_WRONG;
    int fault = target_board_read(visit, ask.period, &seen, &n);
    if (fault) return fault;
    ApiList list = api_list(visit, "targets");
    for (size_t i = 0; i < n; i++) json_array_append_new(list.array, target_json(visit, &seen[i]));
    return api_answer(visit, list.answer);
}

#define PERIOD {"period", INPUT_PERIOD, {"期间", "the period"}, .required = true}
#define AS_AT {"as_at", INPUT_DAY, {"按当日所知", "as it was known at the end of that day"}}

const WebInput api_period_inputs[] = {PERIOD, AS_AT, {0}};
const WebInput api_figure_inputs[] = {
    PERIOD,
    AS_AT,
    {"rows", INPUT_YES, {"带计入的记录", "with the records that it counts"}},
    {"excluded", INPUT_YES, {"带未计入的记录", "with those that it does not, and why"}},
    {0},
};
