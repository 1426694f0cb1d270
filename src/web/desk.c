/* web/desk.c: see desk.h. */
#include "web/desk.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ledger/change.h"
#include "web/measure.h"
#include "web/period.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/target-board.h"
#include "web/url.h"
#include "web/words.h"

/* --- targets --- */

#define LATE_MOST 6u

/* A target with the points it is behind the time gone by. */
typedef struct Late {
    const Figure *figure;
    Light light;
    int64_t behind; /* in the scale of shares */
} Late;

static int by_lateness(const void *a, const void *b) {
    const Late *one = a, *other = b;
    if (one->light != other->light) return one->light > other->light ? -1 : 1;
    return (one->behind < other->behind) - (one->behind > other->behind);
}

static Late lateness(const TargetSeen *seen) {
    FigureNumber elapsed = light_elapsed(seen->figure, date_today());
    bool known = elapsed.known && seen->figure->share.known;
    return (Late){seen->figure, seen->light, known ? elapsed.value.units - seen->figure->share.value.units : 0};
}

static json_t *lights_json(const Visit *visit, const Late *late, size_t n) {
    size_t counts[LIGHT_RED + 1] = {0};
    json_t *lights = page_array();
    for (size_t i = 0; i < n; i++) counts[late[i].light]++;
    for (Light light = LIGHT_RED; light >= LIGHT_GREEN; light--) {
        json_t *object = page_object();
        page_set_text(object, "name", light_name(light));
        page_set_text(object, "words", mem_printf(visit->ctx, "%s %zu", light_words(light), counts[light]));
        page_set_text(object, "rule", "");
        page_set_text(object, "url", url_with(visit->ctx, "/targets", NULL, URL_CHANGES({"light", light_name(light)})));
        json_array_append_new(lights, object);
    }
    return lights;
}

int desk_add_targets(Visit *visit, json_t *model) {
    Period period;
    TargetSeen *seen;
    size_t n = 0;
    if (!visit_may(visit, "figure:read", NULL)) return 0;
    int fault = period_choose(visit, &period);
    if (fault >= 0) fault = target_board_read(visit, period, &seen, &n);
    if (fault || !n) return fault;
    Late *late = mem_array(visit->ctx, Late, n);
    for (size_t i = 0; i < n; i++) late[i] = lateness(&seen[i]);
    qsort(late, n, sizeof *late, by_lateness);
    json_t *object = page_object(), *rows = page_array();
    for (size_t i = 0; i < n && i < LATE_MOST && late[i].light > LIGHT_GREEN; i++)
        json_array_append_new(rows, measure_json(visit, late[i].figure));
    page_set_text(object, "period", period_title(visit, period));
    page_set(object, "lights", lights_json(visit, late, n));
    page_set(object, "any", json_boolean(json_array_size(rows) > 0));
    page_set(object, "rows", rows);
    page_set(model, "targets", object);
    return 0;
}

/* --- what changed --- */

#define RECENT_MOST 8u
#define LOOKED_MOST 60u /* changes looked at */

typedef struct Recent {
    Visit *visit;
    json_t *rows;
    int64_t last_batch, last_record;
    int64_t before; /* go on before this change */
    int fault;
} Recent;

static json_t *line_json(Recent *recent, const ChangeRow *change, const Ledger *ledger) {
    json_t *row = page_object();
    page_set_text(row, "at", words_moment(recent->visit->ctx, change->at));
    page_set_text(row, "who", words_person(recent->visit, change->actor));
    page_set_text(row, "action", change->batch ? _("Import") : words_action(ledger, change->action));
    page_set_text(row, "ledger", label_text(ledger->title));
    page_set_text(row, "url", url_list(recent->visit->ctx, ledger));
    page_set_text(row, "title", NULL); /* an import has none, and is not to have that of the page */
    page_set_text(row, "path", NULL);
    json_array_append_new(recent->rows, row);
    return row;
}

/* Of an import only who sees all of the ledger is told. */
static void add_import(Recent *recent, const ChangeRow *change, const Ledger *ledger) {
    RowScope scope;
    recent->fault = reach_open(recent->visit, "ledger:read", ledger, &scope);
    if (!recent->fault && scope.all) (void)line_json(recent, change, ledger);
}

static void add_change(Recent *recent, const ChangeRow *change, const Ledger *ledger) {
    Record *record;
    const Ask ask = {.word = "ledger:read", .ledger = ledger};
    int result = reach_record(recent->visit, &ask, change->record, &record);
    if (!result) record_add_face(recent->visit, record, line_json(recent, change, ledger));
    recent->fault = result < 0 ? result : 0;
}

/* Stops behind an import: the next question begins before it. */
static int take_change(const ChangeRow *change, void *data) {
    Recent *recent = data;
    const Ledger *ledger = catalog_find_ledger(recent->visit->store->catalog, change->ledger);
    recent->before = change->batch ? change->batch : change->seq;
    if (!ledger || !visit_may(recent->visit, "ledger:read", ledger)) return change->batch != 0;
    if (change->batch)
        add_import(recent, change, ledger);
    else if (change->record != recent->last_record)
        add_change(recent, change, ledger);
    recent->last_record = change->record;
    return recent->fault || change->batch || json_array_size(recent->rows) == RECENT_MOST;
}

int desk_add_recent(Visit *visit, json_t *model) {
    Recent recent = {.visit = visit, .rows = page_array()};
    int result = 1;
    for (size_t i = 0; i < RECENT_MOST && result > 0 && json_array_size(recent.rows) < RECENT_MOST; i++)
        result = change_each(visit->store, NULL, recent.before, LOOKED_MOST, take_change, &recent);
    page_set(model, "has_recent", json_boolean(json_array_size(recent.rows) > 0));
    page_set(model, "recent", recent.rows);
    return result < 0 ? result : recent.fault;
}
