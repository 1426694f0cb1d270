/* web/pages/figures.c: the catalogue of indicators by kind of work, with their values in a period.
 *
 * What is kept of a period is shown at once; a kind of work with something to count is filled in by a request of its
 * own
 * (?area=9), so that no request counts all of them. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/measure.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/url.h"

typedef struct Listing {
    Visit *visit;
    Period period;
    const char *words; /* folded; "" for all */
    int64_t area;      /* the only one wanted, or -1 */
    bool counts;       /* else only what is kept is shown */
    json_t *areas;
    int64_t n; /* indicators listed */
} Listing;

/* --- search --- */

static bool is_in(const char *text, const char *words) { return strstr(text, words) != NULL; }

/* By a part of a name, of its pinyin or of its initials. */
static bool is_called(const void *ctx, const char *name, const char *words) {
    return name && (is_in(text_fold(ctx, name), words) || is_in(text_pinyin(ctx, name), words) ||
                    is_in(text_initials(ctx, name), words));
}

static bool is_found(const Indicator *indicator, const char *words) {
    if (!*words) return true;
    MEM_SCRATCH scratch = talloc_new(NULL);
    bool found =
        is_called(scratch, indicator->title.zh, words) || is_in(text_fold(scratch, indicator->title.en), words);
    for (size_t i = 0; !found && i < indicator->aliases.count; i++)
        found = is_called(scratch, indicator->aliases.list[i].text, words);
    return found;
}

/* --- rows --- */

static int figure_of(const Listing *listing, const Indicator *indicator, Figure **ret_figure) {
    Visit *visit = listing->visit;
    const FigureAsk ask = {.indicator = indicator, .period = listing->period, .as_at = DATE_NONE};
    if (listing->counts) return measure_total(visit, &ask, ret_figure);
    int fault = figure_find_kept(visit->ctx, visit->store, &ask, ret_figure);
    return fault || !*ret_figure ? fault : figure_find_share(visit->store, *ret_figure);
}

/* A row without its value yet. */
static json_t *pending_json(const Listing *listing, const Indicator *indicator) {
    const FigureAsk ask = {.indicator = indicator, .period = listing->period, .as_at = DATE_NONE};
    json_t *object = page_object();
    page_set_text(object, "title", label_text(indicator->title));
    page_set_text(object, "url", measure_url(listing->visit, &ask));
    page_set_text(object, "value", "…");
    page_set(object, "light", json_null());
    return object;
}

static int add_indicator(const Listing *listing, const Indicator *indicator, json_t *rows, bool *pending) {
    Figure *figure;
    int fault = figure_of(listing, indicator, &figure);
    if (fault) return fault;
    json_t *row = figure ? measure_json(listing->visit, figure) : pending_json(listing, indicator);
    page_set_text(row, "caliber", label_text(indicator->caliber));
    json_array_append_new(rows, row);
    *pending |= !figure;
    return 0;
}

static int add_area(Listing *listing, const Area *area) {
    const Catalog *catalog = listing->visit->store->catalog;
    json_t *rows = json_keep(listing->visit->ctx, page_array());
    bool pending = false;
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        if (indicator->area != area->number || !is_found(indicator, listing->words)) continue;
        int fault = add_indicator(listing, indicator, rows, &pending);
        if (fault) return fault;
    }
    if (!json_array_size(rows)) return 0;
    listing->n += (int64_t)json_array_size(rows);
    json_t *object = page_object();
    const char *number = mem_printf(listing->visit->ctx, "%lld", (long long)area->number);
    page_set_text(object, "title", label_text(area->title));
    page_set_text(object, "id", number);
    page_set_text(object, "url",
                  url_with(listing->visit->ctx, "/figures", &listing->visit->request->query,
                           URL_CHANGES({"area", number}, {"period", period_code(listing->visit, listing->period)})));
    page_set(object, "pending", json_boolean(pending));
    page_set(object, "rows", json_incref(rows));
    json_array_append_new(listing->areas, object);
    return 0;
}

static int list_areas(Listing *listing) {
    const Catalog *catalog = listing->visit->store->catalog;
    int fault = 0;
    for (size_t i = 0; !fault && i < catalog->n_areas; i++)
        if (listing->area < 0 || listing->area == catalog->areas[i].number)
            fault = add_area(listing, &catalog->areas[i]);
    return fault;
}

/* --- the page --- */

static int64_t area_asked(const Visit *visit) {
    const char *area = visit_query(visit, "area");
    return *area ? visit_number(area) : -1;
}

static int show_figures(Visit *visit) {
    Listing listing = {.visit = visit, .areas = json_keep(visit->ctx, page_array()), .area = area_asked(visit)};
    int wrong = period_choose(visit, &listing.period);
    if (wrong < 0) return wrong;
    listing.words = text_fold(visit->ctx, visit_query(visit, "q"));
    listing.counts = listing.area >= 0;
    int fault = list_areas(&listing);
    if (fault) return fault;
    bool part = visit_wants_part(visit);
    json_t *model = page_object();
    page_set(model, "areas", json_incref(listing.areas));
    page_set(model, "findings", frame_findings(visit));
    page_set(model, "count", json_integer(listing.n));
    page_set(model, "any", json_boolean(listing.n > 0));
    page_set(model, "period", period_json(visit, listing.period));
    page_set_text(model, "words", visit_query(visit, "q"));
    page_set(model, "one_area", json_boolean(listing.area >= 0));
    fault = part ? frame_show_part(visit, listing.counts ? "figures-area" : "figures-list", model)
                 : frame_show(visit, "figures", _("Figures"), model);
    return fault ? fault : wrong;
}

const WebRoute routes_figures[] = {
    {HTTP_GET, "/figures", "figure:read", show_figures, .waits = true,
     .api = API(API_PREFIX "/figures", {"指标目录", "The indicators"}, api_indicators, .gives = "Indicators")},
    {0},
};
