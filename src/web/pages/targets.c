/* web/pages/targets.c: the board of targets: how far each has come, its light and the rule, who answers for it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/measure.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/target-board.h"
#include "web/url.h"

typedef struct TargetBoard {
    Visit *visit;
    Period period;
    int64_t area;      /* the only one wanted, or -1 */
    const char *light; /* the only one wanted, or "" */
    json_t *rows;
    size_t lights[LIGHT_RED + 1];
    bool *areas; /* of the catalog: which have a target */
} TargetBoard;

/* --- rows --- */

static json_t *row_json(const TargetBoard *board, const Target *target, const Figure *figure) {
    Visit *visit = board->visit;
    json_t *row = measure_json(visit, figure);
    page_set_text(row, "of", period_title(visit, target->period));
    page_set_text(row, "measured", period_title(visit, figure->ask.period));
    page_set_text(row, "assigned_by", target->assigned_by);
    page_set_text(row, "responsible", target->responsible);
    page_set_text(row, "next_step", target->next_step);
    page_set_text(row, "record_url", cell_record_url(visit, target->record->ledger, target->record->id));
    return row;
}

static size_t area_index(const Catalog *catalog, int64_t number) {
    size_t i = 0;
    while (i + 1 < catalog->n_areas && catalog->areas[i].number != number) i++;
    return i;
}

static void add_target(TargetBoard *board, const TargetSeen *seen) {
    int64_t area = seen->target->indicator->area;
    board->areas[area_index(board->visit->store->catalog, area)] = true;
    if (board->area >= 0 && board->area != area) return;
    board->lights[seen->light]++;
    if (*board->light && strcmp(board->light, light_name(seen->light)) != 0) return;
    json_array_append_new(board->rows, row_json(board, seen->target, seen->figure));
}

static int add_targets(TargetBoard *board) {
    TargetSeen *seen;
    size_t n;
    int fault = target_board_read(board->visit, board->period, &seen, &n);
    for (size_t i = 0; i < n && !fault; i++) add_target(board, &seen[i]);
    return fault;
}

/* --- filters --- */

static json_t *choice_json(const Visit *visit, const char *name, const char *value, const char *label, bool here) {
    json_t *object = page_object();
    page_set_text(object, "label", label);
    page_set_text(object, "url", url_with(visit->ctx, "/targets", &visit->request->query, URL_CHANGES({name, value})));
    page_set(object, "here", json_boolean(here));
    return object;
}

static json_t *lights_json(const TargetBoard *board) {
    const Visit *visit = board->visit;
    json_t *array = page_array();
    for (Light light = LIGHT_GREEN; light <= LIGHT_RED; light++) {
        const char *label = mem_printf(visit->ctx, "%s %zu", light_words(light), board->lights[light]);
        bool here = !strcmp(board->light, light_name(light));
        json_t *choice = choice_json(visit, "light", here ? NULL : light_name(light), label, here);
        page_set_text(choice, "name", light_name(light));
        json_array_append_new(array, choice);
    }
    return array;
}

static json_t *areas_json(const TargetBoard *board) {
    const Visit *visit = board->visit;
    const Catalog *catalog = visit->store->catalog;
    json_t *array = page_array();
    for (size_t i = 0; i < catalog->n_areas; i++) {
        const Area *area = &catalog->areas[i];
        bool here = board->area == area->number;
        const char *number = mem_printf(visit->ctx, "%lld", (long long)area->number);
        if (board->areas[i])
            json_array_append_new(array,
                                  choice_json(visit, "area", here ? NULL : number, label_text(area->title), here));
    }
    return array;
}

/* --- the page --- */

/* ?year=2020 is the whole year; else as on the other pages. */
static int choose(Visit *visit, Period *ret_period) {
    int64_t year = visit_number(visit_query(visit, "year"));
    if (*visit_query(visit, "period") || year < DATE_YEAR_FIRST || year > DATE_YEAR_LAST)
        return period_choose(visit, ret_period);
    *ret_period = period_around(date_make((int)year, 1, 1), 12);
    return 0;
}

static int show_targets(Visit *visit) {
    const char *area = visit_query(visit, "area");
    TargetBoard board = {.visit = visit, .area = *area ? visit_number(area) : -1, .light = visit_query(visit, "light")};
    int wrong = choose(visit, &board.period);
    if (wrong < 0) return wrong;
    board.rows = json_keep(visit->ctx, page_array());
    board.areas = mem_array(visit->ctx, bool, visit->store->catalog->n_areas + 1);
    int fault = add_targets(&board);
    if (fault) return fault;
    json_t *model = page_object();
    page_set(model, "findings", frame_findings(visit));
    page_set(model, "period", period_json(visit, board.period));
    page_set(model, "rows", json_incref(board.rows));
    page_set(model, "any", json_boolean(json_array_size(board.rows) > 0));
    page_set(model, "lights", lights_json(&board));
    page_set(model, "areas", areas_json(&board));
    const Ledger *ledger = target_ledger(visit->store->catalog);
    bool may = ledger && visit_may(visit, "ledger:edit", ledger);
    page_set_text(model, "new_url", may ? mem_printf(visit->ctx, "/ledgers/%s/new", ledger->name.text) : NULL);
    fault = frame_show(visit, "targets", _("Targets"), model);
    return fault ? fault : wrong;
}

const WebRoute routes_targets[] = {
    {HTTP_GET, "/targets", "figure:read", show_targets, .waits = true,
     .api = API(API_PREFIX "/targets", {"目标：完成值、完成率、灯与规则", "Targets: value, share, light and the rule"}, api_targets,
                api_period_inputs, "Targets")},
    {0},
};
