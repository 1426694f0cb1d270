/* web/pages/figure.c: one figure: its value and faces, how it came, its parts, the rows it counts and those it does
 * not.
 *
 * The figure is everybody's who may see figures; of its rows one sees those that one may see in their ledger. */
#include "web/pages/figure.h"

#include <string.h>

#include "base/mem.h"
#include "figure/breakdown.h"
#include "figure/condition.h"
#include "figure/target.h"
#include "web/api/api.h"
#include "web/measure.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/trend.h"
#include "web/url.h"

#define GROUPS_MOST 200

/* --- what was asked --- */

/* How the boards divide this indicator: each way once. NULL when there is no other. */
static const Picture *next_division(const Looking *looking, size_t *board, size_t *picture) {
    const Catalog *catalog = looking->visit->store->catalog;
    for (; *board < catalog->n_boards; ++*board, *picture = 0)
        while (*picture < catalog->boards[*board].n_pictures) {
            const Picture *found = &catalog->boards[*board].pictures[(*picture)++];
            if (found->by && found->of[0] == looking->ask.indicator) return found;
        }
    return NULL;
}

static const Picture *find_division(const Looking *looking, const char *by) {
    const Picture *picture;
    for (size_t board = 0, i = 0; (picture = next_division(looking, &board, &i));)
        if (!strcmp(expr_text(picture->by), by)) return picture;
    return NULL;
}

int looking_read(Visit *visit, Looking *ret_looking) {
    Looking *looking = ret_looking;
    *looking = (Looking){.visit = visit};
    looking->ask.indicator = catalog_find_indicator(visit->store->catalog, visit_segment(visit, "indicator"));
    if (!looking->ask.indicator) return WEB_MISSING;
    int result = period_choose(visit, &looking->ask.period);
    if (result < 0) return result;
    const char *as_at = visit_query(visit, "as_at"), *by = visit_query(visit, "by");
    looking->ask.as_at = *as_at ? date_parse_iso(as_at) : DATE_NONE;
    if (*as_at && looking->ask.as_at == DATE_NONE) {
        diag_error(visit->diag, (Place){.field = "as_at"}, "not-a-date", "'%s' is no day; write 2020-07-05", as_at);
        result = WEB_WRONG;
    }
    looking->division = *by ? find_division(looking, by) : NULL;
    const char *key = http_field(&visit->request->query, "is");
    looking->has_key = looking->division && key && figure_key_parse(looking->division->by, key, &looking->key);
    return result;
}

/* --- facts --- */

static const char *definition_words(const Looking *looking) {
    const Indicator *indicator = looking->ask.indicator;
    if (!indicator->where) return indicator_is_derived(indicator) ? "" : _("all records");
    return condition_words(looking->visit->ctx, indicator->of, indicator->where);
}

static const char *cutoff_words(const Looking *looking) {
    const void *ctx = looking->visit->ctx;
    if (looking->ask.as_at == DATE_NONE)
        return mem_printf(ctx, _("as the records stand now, %s"), day_words(ctx, date_today(), looking->visit->lang));
    return mem_printf(ctx, _("as the records stood at the end of %s"),
                      day_words(ctx, looking->ask.as_at, looking->visit->lang));
}

/* The roles that keep the ledger. */
static const char *keeper_words(const Looking *looking) {
    Buf out = BUF_INIT(looking->visit->ctx);
    const Ledger *ledger = looking->ask.indicator->of;
    for (size_t i = 0; ledger && i < ledger->edit.count; i++) {
        const Role *role = catalog_find_role(looking->visit->store->catalog, ledger->edit.list[i].text);
        if (role) buf_printf(&out, "%s%s", out.size ? label_text((Label){"、", ", "}) : "", label_text(role->label));
    }
    return buf_text(&out);
}

/* Whoever answers for its target of this period. */
static int find_responsible(const Looking *looking, const Target **ret_target) {
    Target *targets;
    size_t n;
    *ret_target = NULL;
    int fault = target_list(looking->visit->ctx, looking->visit->store, looking->ask.period, &targets, &n);
    for (size_t i = 0; !fault && i < n; i++)
        if (targets[i].indicator == looking->ask.indicator && period_contains(targets[i].period, looking->ask.period))
            *ret_target = &targets[i];
    return fault;
}

static int add_facts(const Looking *looking, json_t *model) {
    const Figure *figure = looking->figure;
    const Indicator *indicator = looking->ask.indicator;
    Visit *visit = looking->visit;
    json_t *facts = page_array();
    page_set(model, "facts", facts);
    page_add_fact(facts, _("Caliber"), label_text(indicator->caliber));
    page_add_fact(facts, _("Condition"), definition_words(looking));
    page_add_fact(facts, _("How it adds up"), label_text(figure_fold(indicator)));
    page_add_fact(facts, _("Kept by"), keeper_words(looking));
    const Target *target;
    int fault = find_responsible(looking, &target);
    if (fault) return fault;
    page_add_fact(facts, _("Who answers for it"), target ? target->responsible : NULL);
    page_add_fact(facts, _("Target set by"), target ? target->assigned_by : NULL);
    page_add_fact(facts, _("Next step"), target ? target->next_step : NULL);
    page_add_fact(facts, _("Fingerprint"), figure->hash);
    page_set_text(model, "ledger", indicator->of ? label_text(indicator->of->title) : NULL);
    bool may = indicator->of && visit_may(visit, "ledger:read", indicator->of);
    page_set_text(model, "ledger_url", may ? url_list(visit->ctx, indicator->of) : NULL);
    return 0;
}

/* --- faces --- */

static void add_face(json_t *faces, const char *label, const char *value, const char *note) {
    json_t *object = page_object();
    page_set_text(object, "label", label);
    page_set_text(object, "value", value);
    page_set_text(object, "note", note);
    json_array_append_new(faces, object);
}

static void add_growth(const Looking *looking, json_t *faces) {
    const Figure *figure = looking->figure;
    Visit *visit = looking->visit;
    const char *growth = measure_percent(visit, figure->growth);
    if (!figure->before.known) return;
    const char *before = measure_text(visit, looking->ask.indicator, figure->before);
    if (growth)
        add_face(faces, _("Growth over a year"), growth, mem_printf(visit->ctx, _("a year before: %s"), before));
    else
        add_face(faces, _("A year before"), before, "");
}

static json_t *faces_json(const Looking *looking) {
    const Figure *figure = looking->figure;
    const void *ctx = looking->visit->ctx;
    json_t *faces = page_array();
    add_growth(looking, faces);
    const char *of = figure->rank_of.known ? mem_printf(ctx, _("of %s"), figure_decimal(ctx, figure->rank_of)) : "";
    if (figure->rank.known) add_face(faces, _("Rank"), figure_decimal(ctx, figure->rank), of);
    if (figure->expected.known && figure->reported.known)
        add_face(faces, _("Coverage"), figure_decimal(ctx, figure->reported),
                 mem_printf(ctx, _("of %s expected"), figure_decimal(ctx, figure->expected)));
    return faces;
}

/* --- what a ratio or growth is made of --- */

static int add_operand(const Looking *looking, json_t *list, const char *label, const FigureAsk *ask) {
    Figure *figure;
    int fault = measure_total(looking->visit, ask, &figure);
    if (fault) return fault;
    json_t *object = measure_json(looking->visit, figure);
    page_set_text(object, "label", label);
    page_set_text(object, "of", period_title(looking->visit, ask->period));
    json_array_append_new(list, object);
    return 0;
}

static int add_operands(const Looking *looking, json_t *model) {
    json_t *list = page_array();
    page_set(model, "operands", list);
    page_set(model, "is_derived", json_boolean(indicator_is_derived(looking->ask.indicator)));
    if (!indicator_is_derived(looking->ask.indicator)) return 0;
    FigureAsk first = looking->ask, second = looking->ask;
    first.indicator = second.indicator = looking->ask.indicator->a;
    bool is_ratio = looking->ask.indicator->measure == MEASURE_RATIO;
    if (is_ratio)
        second.indicator = looking->ask.indicator->b;
    else
        second.period = period_year_before(second.period);
    int fault = add_operand(looking, list, is_ratio ? _("Numerator") : _("This period"), &first);
    return fault ? fault : add_operand(looking, list, is_ratio ? _("Denominator") : _("A year before"), &second);
}

/* --- parts --- */

const char *looking_part_url(const Looking *looking, const char *by, const char *key) {
    return url_with(looking->visit->ctx, looking->visit->request->path, &looking->visit->request->query,
                    URL_CHANGES({"by", by}, {"is", key}, {"page", NULL}));
}

static const char *division_title(const Picture *picture) { return label_text(picture->title); }

static json_t *divisions_json(const Looking *looking) {
    json_t *array = page_array();
    const Picture *picture;
    for (size_t board = 0, i = 0; (picture = next_division(looking, &board, &i));) {
        const char *by = expr_text(picture->by);
        if (find_division(looking, by) != picture) continue;
        json_t *object = page_object();
        page_set_text(object, "label", division_title(picture));
        page_set_text(object, "url", looking_part_url(looking, by, NULL));
        page_set(object, "here", json_boolean(picture == looking->division));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *group_json(const Looking *looking, const FigureGroup *group, FigureNumber most) {
    Visit *visit = looking->visit;
    const Expr *by = looking->division->by;
    json_t *object = page_object();
    page_set_text(object, "label", figure_group_title(visit->ctx, visit->store, &looking->ask, by, group->key));
    page_set_text(object, "url", looking_part_url(looking, expr_text(by), figure_key_text(visit->ctx, group->key)));
    page_set_text(object, "value", measure_text(visit, looking->ask.indicator, group->value));
    page_set_text(object, "meter", figure_decimal(visit->ctx, group->value));
    page_set_text(object, "most", most.known && most.value.units > 0 ? figure_decimal(visit->ctx, most) : "1");
    page_set(object, "here", json_boolean(looking->has_key && value_equal(looking->key, group->key)));
    return object;
}

static FigureNumber largest(const Breakdown *breakdown) {
    FigureNumber most = {0};
    for (size_t i = 0; i < breakdown->n_groups; i++) {
        FigureNumber value = breakdown->groups[i].value;
        if (value.known && (!most.known || decimal_compare(value.value, most.value) > 0)) most = value;
    }
    return most;
}

static int add_groups(const Looking *looking, json_t *model) {
    Visit *visit = looking->visit;
    page_set(model, "divisions", divisions_json(looking));
    page_set(model, "has_divisions", json_boolean(json_array_size(json_object_get(model, "divisions")) > 0));
    json_t *groups = page_array();
    page_set(model, "groups", groups);
    if (!looking->division) return 0;
    Breakdown *breakdown;
    int fault =
        figure_breakdown(visit->ctx, visit->store, &looking->ask, looking->division->by, GROUPS_MOST, &breakdown);
    if (fault) return fault;
    FigureNumber most = largest(breakdown);
    for (size_t i = 0; i < breakdown->n_groups; i++)
        json_array_append_new(groups, group_json(looking, &breakdown->groups[i], most));
    if (breakdown->n_rest)
        page_set_text(model, "rest",
                      mem_printf(visit->ctx, _("and %zu more with %s together"), breakdown->n_rest,
                                 measure_text(visit, looking->ask.indicator, breakdown->rest.value)));
    return 0;
}

/* --- the page --- */

static int fill(const Looking *looking, json_t *model) {
    static int (*const parts[])(const Looking *, json_t *) = {add_facts, add_operands, add_groups, figure_rows_add,
                                                              figure_rows_add_excluded};
    int fault = 0;
    for (size_t i = 0; !fault && i < sizeof parts / sizeof parts[0]; i++) fault = parts[i](looking, model);
    return fault ? fault : trend_add(looking->visit, &looking->ask, model);
}

static int show_figure(Visit *visit) {
    Looking looking;
    int wrong = looking_read(visit, &looking);
    if (wrong < 0 || wrong == WEB_MISSING) return wrong;
    int fault = figure_total(visit->ctx, visit->store, &looking.ask, &looking.figure);
    if (!fault) fault = figure_faces(visit->store, looking.figure);
    if (fault) return fault;
    figure_keep(visit->store, &(const Figure *){looking.figure}, 1);
    json_t *model = json_keep(visit->ctx, measure_json(visit, looking.figure));
    page_set(model, "faces", faces_json(&looking));
    page_set(model, "period", period_json(visit, looking.ask.period));
    page_set_text(model, "cutoff", cutoff_words(&looking));
    page_set_text(model, "as_at", visit_query(visit, "as_at"));
    page_set_text(model, "path", visit->request->path);
    page_set(model, "findings", frame_findings(visit));
    fault = fill(&looking, model);
    if (!fault) fault = frame_show(visit, "figure", label_text(looking.ask.indicator->title), json_incref(model));
    return fault ? fault : wrong;
}

const WebRoute routes_figure[] = {
    {HTTP_GET, "/figures/{indicator}", "figure:read", show_figure, .waits = true,
     .api = API(API_PREFIX "/figures/{indicator}", {"一个指标的数值，可带记录", "A figure, with its records if asked for"},
                api_figure, api_figure_inputs, "Figure")},
    {0},
};
