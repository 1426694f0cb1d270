/* web/pages/figure.c: one figure: its value and faces, how it came, its parts, the rows it counts and those it does not.
 *
 * The figure is everybody's who may see figures; of its rows one sees those that one may see in their ledger. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "figure/breakdown.h"
#include "figure/condition.h"
#include "figure/sample.h"
#include "figure/target.h"
#include "web/cells.h"
#include "web/measure.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/sight.h"
#include "web/trend.h"
#include "web/url.h"

#define ROWS_MOST     50
#define PAGES_MOST    2000
#define EXCLUDED_MOST 20
#define GROUPS_MOST   200
#define ENOUGH        1 /* ends a query */

/* What a page is about. */
typedef struct Looking {
    Visit *visit;
    FigureAsk ask;
    Figure *figure;
    const Picture *division; /* that divides it as was asked, or NULL */
    Value key;               /* the group whose rows are shown */
    bool has_key;
} Looking;

static const Indicator *indicator_of(const Looking *looking) { return looking->ask.indicator; }

static bool is_derived(const Indicator *indicator) { return indicator->a != NULL; }

/* --- what was asked --- */

/* How the boards divide this indicator: each way once. NULL when there is no other. */
static const Picture *next_division(const Looking *looking, size_t *board, size_t *picture) {
    const Catalog *catalog = looking->visit->store->catalog;
    for (; *board < catalog->n_boards; ++*board, *picture = 0)
        while (*picture < catalog->boards[*board].n_pictures) {
            const Picture *found = &catalog->boards[*board].pictures[(*picture)++];
            if (found->by && found->of[0] == indicator_of(looking)) return found;
        }
    return NULL;
}

static const Picture *find_division(const Looking *looking, const char *by) {
    const Picture *picture;
    for (size_t board = 0, i = 0; (picture = next_division(looking, &board, &i));)
        if (!strcmp(expr_text(picture->by), by)) return picture;
    return NULL;
}

static int read_question(Looking *looking) {
    Visit *visit = looking->visit;
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
    const Indicator *indicator = indicator_of(looking);
    if (!indicator->where) return is_derived(indicator) ? "" : _("all records");
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
    const Ledger *ledger = indicator_of(looking)->of;
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
        if (targets[i].indicator == indicator_of(looking) && period_contains(targets[i].period, looking->ask.period))
            *ret_target = &targets[i];
    return fault;
}

static int add_facts(const Looking *looking, json_t *model) {
    const Figure *figure = looking->figure;
    const Indicator *indicator = indicator_of(looking);
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
    page_set_text(model, "ledger_url", may ? mem_printf(visit->ctx, "/ledgers/%s", indicator->of->name.text) : NULL);
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
    const char *before = measure_text(visit, indicator_of(looking), figure->before);
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
    page_set(model, "is_derived", json_boolean(is_derived(indicator_of(looking))));
    if (!is_derived(indicator_of(looking))) return 0;
    FigureAsk first = looking->ask, second = looking->ask;
    first.indicator = second.indicator = indicator_of(looking)->a;
    bool is_ratio = indicator_of(looking)->measure == MEASURE_RATIO;
    if (is_ratio)
        second.indicator = indicator_of(looking)->b;
    else
        second.period = period_year_before(second.period);
    int fault = add_operand(looking, list, is_ratio ? _("Numerator") : _("This period"), &first);
    return fault ? fault : add_operand(looking, list, is_ratio ? _("Denominator") : _("A year before"), &second);
}

/* --- parts --- */

static const char *part_url(const Looking *looking, const char *by, const char *key) {
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
        page_set_text(object, "url", part_url(looking, by, NULL));
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
    page_set_text(object, "url", part_url(looking, expr_text(by), figure_key_text(visit->ctx, group->key)));
    page_set_text(object, "value", measure_text(visit, indicator_of(looking), group->value));
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
    int fault = figure_breakdown(visit->ctx, visit->store, &looking->ask, looking->division->by, GROUPS_MOST, &breakdown);
    if (fault) return fault;
    FigureNumber most = largest(breakdown);
    for (size_t i = 0; i < breakdown->n_groups; i++)
        json_array_append_new(groups, group_json(looking, &breakdown->groups[i], most));
    if (breakdown->n_rest)
        page_set_text(model, "rest", mem_printf(visit->ctx, _("and %zu more with %s together"), breakdown->n_rest,
                                                measure_text(visit, indicator_of(looking), breakdown->rest.value)));
    return 0;
}

/* --- rows --- */

typedef struct Rows {
    const Looking *looking;
    Sight sight;
    json_t *list;
    int64_t skip; /* before this page */
    size_t most;
    bool more, hides;
} Rows;

/* The title of a record, unless it is a personal field that he may not see. */
static const char *title_of(const Rows *rows, const Record *record, const char *title) {
    const Field *shows = record->ledger->shows;
    return shows && permission_mask(rows->looking->visit->mandate, shows) == MASK_WHOLE ? "••••" : title;
}

static const char *amount_text(const Rows *rows, FigureNumber amount) {
    const Indicator *indicator = indicator_of(rows->looking);
    if (!amount.known) return _("blank");
    bool counted = indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT;
    return counted ? figure_decimal(rows->looking->visit->ctx, amount)
                   : measure_text(rows->looking->visit, indicator, amount);
}

static void add_row(Rows *rows, const FigureRow *row) {
    Visit *visit = rows->looking->visit;
    SampleRow shown = sample_row(visit->ctx, visit->store, row);
    json_t *object = page_object();
    page_set_text(object, "number", *shown.number ? shown.number : NULL);
    page_set_text(object, "title", title_of(rows, row->record, shown.title));
    page_set_text(object, "url", cell_record_url(visit, row->record->ledger, shown.id));
    page_set_text(object, "amount", amount_text(rows, shown.amount));
    page_set_text(object, "because", shown.because);
    page_set_text(object, "says", shown.says);
    page_set(object, "state", cell_state_json(row->record->state));
    json_array_append_new(rows->list, object);
}

static int take_row(const FigureRow *row, void *data) {
    Rows *rows = data;
    int fault = sight_turn(&rows->sight, row->record->ledger);
    if (fault) return fault;
    if (!sight_has(&rows->sight, row->record)) {
        rows->hides = true;
        return 0;
    }
    if (rows->skip-- > 0) return 0;
    if (json_array_size(rows->list) == rows->most) {
        rows->more = true;
        return ENOUGH;
    }
    add_row(rows, row);
    return 0;
}

static Rows rows_new(const Looking *looking, size_t most) {
    return (Rows){.looking = looking,
                  .sight = {.visit = looking->visit},
                  .list = json_keep(looking->visit->ctx, page_array()),
                  .most = most};
}

static const char *page_url(const Looking *looking, int64_t page) {
    const char *number = page > 1 ? mem_printf(looking->visit->ctx, "%lld", (long long)page) : NULL;
    const char *url = url_with(looking->visit->ctx, looking->visit->request->path, &looking->visit->request->query,
                               URL_CHANGES({"page", number}));
    return mem_printf(looking->visit->ctx, "%s#rows", url);
}

static int read_rows(const Looking *looking, Rows *rows) {
    Store *store = looking->visit->store;
    int result = looking->has_key ? figure_group_rows(store, &looking->ask, looking->division->by, looking->key, take_row, rows)
                                  : figure_rows(store, &looking->ask, take_row, rows);
    return result < 0 ? result : 0;
}

static int add_rows(const Looking *looking, json_t *model) {
    if (is_derived(indicator_of(looking))) return 0;
    int64_t page = visit_number(visit_query(looking->visit, "page"));
    if (page < 1 || page > PAGES_MOST) page = 1;
    Rows rows = rows_new(looking, ROWS_MOST);
    rows.skip = (page - 1) * ROWS_MOST;
    int fault = read_rows(looking, &rows);
    if (fault) return fault;
    page_set(model, "rows", json_incref(rows.list));
    page_set(model, "any_rows", json_boolean(json_array_size(rows.list) > 0));
    page_set(model, "hides", json_boolean(rows.hides));
    page_set_text(model, "before_url", page > 1 ? page_url(looking, page - 1) : NULL);
    page_set_text(model, "after_url", rows.more ? page_url(looking, page + 1) : NULL);
    page_set(model, "page", json_integer(page));
    const char *group = looking->has_key ? figure_group_title(looking->visit->ctx, looking->visit->store, &looking->ask,
                                                              looking->division->by, looking->key)
                                         : NULL;
    page_set_text(model, "group", group);
    page_set_text(model, "whole_url", group ? part_url(looking, expr_text(looking->division->by), NULL) : NULL);
    return 0;
}

static int add_excluded(const Looking *looking, json_t *model) {
    if (is_derived(indicator_of(looking)) || looking->has_key) return 0;
    Rows rows = rows_new(looking, EXCLUDED_MOST);
    int result = figure_excluded(looking->visit->store, &looking->ask, EXCLUDED_MOST, take_row, &rows);
    page_set(model, "excluded", json_incref(rows.list));
    page_set(model, "any_excluded", json_boolean(json_array_size(rows.list) > 0));
    return result < 0 ? result : 0;
}

/* --- the page --- */

static int fill(const Looking *looking, json_t *model) {
    static int (*const parts[])(const Looking *, json_t *) = {add_facts, add_operands, add_groups, add_rows, add_excluded};
    int fault = 0;
    for (size_t i = 0; !fault && i < sizeof parts / sizeof parts[0]; i++) fault = parts[i](looking, model);
    return fault ? fault : trend_add(looking->visit, &looking->ask, model);
}

static int show_figure(Visit *visit) {
    Looking looking = {.visit = visit};
    int wrong = read_question(&looking);
    if (wrong < 0 || wrong == WEB_MISSING) return wrong;
    int fault = measure_total(visit, &looking.ask, &looking.figure);
    if (!fault) fault = figure_faces(visit->ctx, visit->store, looking.figure);
    if (fault) return fault;
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
    {HTTP_GET, "/figures/{indicator}", "figure:read", show_figure, .waits = true},
    {0},
};
