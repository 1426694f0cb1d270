/* web/pages/report-compare.c: a text beside itself of another period: part by part, its words and its numbers.
 *
 * Parts are those that people write (paper_cut) and belong together by their headings, numbers by their indicator. What
 * stands on one side only is shown all the same. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/period.h"
#include "web/texts.h"

#define FIGURE_LINK "](figure:"

typedef struct Side {
    Summary *summary;
    Period period;
    const char **parts;
    size_t n_parts;
} Side;

typedef struct Comparing {
    Visit *visit;
    const char *report; /* that numbers lead to */
    Side then, now;
    json_t *rows; /* of the part in hand */
} Comparing;

/* --- numbers --- */

static bool has_own_period(const SummaryFigure *figure) { return strchr(figure->name, '@') != NULL; }

static const SummaryFigure *find_like(const Summary *summary, const SummaryFigure *wanted) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        const SummaryFigure *figure = &summary->figures[i];
        bool same = figure->figure->ask.indicator == wanted->figure->ask.indicator;
        if (same && has_own_period(figure) == has_own_period(wanted)) return figure;
    }
    return NULL;
}

static const char *change_words(Visit *visit, const Indicator *indicator, FigureNumber then, FigureNumber now) {
    Decimal change;
    if (!then.known || !now.known || !decimal_subtract(now.value, then.value, &change)) return "";
    const FigureNumber number = {true, change};
    bool points = !strcmp(indicator->unit, "%");
    const char *text = points ? mem_printf(visit->ctx, _("%s points"), figure_decimal(visit->ctx, number))
                              : figure_print(visit->ctx, indicator, number);
    return change.units > 0 ? mem_printf(visit->ctx, "+%s", text) : change.units ? text : "=";
}

static void add_pair(Comparing *work, const SummaryFigure *then, const SummaryFigure *now) {
    const SummaryFigure *any = now ? now : then;
    const Indicator *indicator = any->figure->ask.indicator;
    FigureNumber none = {false}, before = then ? then->figure->value : none, after = now ? now->figure->value : none;
    const char *change = change_words(work->visit, indicator, before, after);
    json_t *row = page_object();
    page_set_text(row, "title", label_text(indicator->title));
    page_set_text(row, "covering", any->covering);
    page_set_text(row, "then", text_number_or(work->visit, indicator, before));
    page_set_text(row, "now", text_number_or(work->visit, indicator, after));
    page_set_text(row, "change", change);
    page_set(row, "same", json_boolean(!strcmp(change, "=")));
    page_set_text(row, "url",
                  mem_printf(work->visit->ctx, "/figures/%s?period=%s", indicator->name.text,
                             period_code(work->visit, any->figure->ask.period)));
    json_array_append_new(work->rows, row);
}

/* The figure of a link that stands at `link` in a part, if it is the first one to name it in the whole text. */
static const SummaryFigure *first_here(const Side *side, const char *link) {
    const char *name = mem_strndup(side->summary, link, strcspn(link, ")"));
    const char *mark = mem_printf(side->summary, FIGURE_LINK "%s)", name), *found = NULL;
    for (size_t i = 0; !found && i < side->n_parts; i++) found = strstr(side->parts[i], mark);
    for (size_t i = 0; found && found + strlen(FIGURE_LINK) == link && i < side->summary->n_figures; i++)
        if (!strcmp(side->summary->figures[i].name, name)) return &side->summary->figures[i];
    return NULL;
}

static void add_figures(Comparing *work, const Side *side, const char *part) {
    const Side *other = side == &work->now ? &work->then : &work->now;
    for (const char *at = part; at && (at = strstr(at, FIGURE_LINK));) {
        at += strlen(FIGURE_LINK);
        const SummaryFigure *figure = first_here(side, at);
        const SummaryFigure *like = figure ? find_like(other->summary, figure) : NULL;
        if (figure && side == &work->now) add_pair(work, like, figure);
        if (figure && side == &work->then && !like) add_pair(work, figure, NULL);
    }
}

/* --- words --- */

static const char *behind_headings(const char *part) {
    while (*part == '#' || *part == '\n') part += strcspn(part, "\n") + (strchr(part, '\n') != NULL);
    return part;
}

static const char *words_of(Comparing *work, const Side *side, const char *part) {
    Doc *doc;
    json_t *model = page_object();
    TextPlace place = {work->visit, work->report, side->period, 0};
    if (!part || summary_read_issued(work->visit->ctx, behind_headings(part), work->visit->diag, &doc)) return "";
    text_add(model, doc, &place);
    const char *body = mem_strdup(work->visit->ctx, json_string_value(json_object_get(model, "body")));
    json_decref(model);
    return body;
}

static const char *find_part(const void *ctx, const Side *side, const char *title) {
    for (size_t i = 0; i < side->n_parts; i++)
        if (!strcmp(paper_block_title(ctx, side->parts[i]), title)) return side->parts[i];
    return NULL;
}

/* The first parts belong together, whatever the title says of the period. */
static void add_part(Comparing *work, json_t *array, const char *then, const char *now, bool first) {
    const char *title = first ? _("Title and opening") : paper_block_title(work->visit->ctx, now ? now : then);
    json_t *object = page_object();
    work->rows = page_array();
    add_figures(work, &work->now, now);
    add_figures(work, &work->then, then);
    page_set_text(object, "title", title);
    page_set_text(object, "then", words_of(work, &work->then, then));
    page_set_text(object, "now", words_of(work, &work->now, now));
    page_set(object, "any", json_boolean(json_array_size(work->rows) > 0));
    page_set(object, "rows", work->rows);
    json_array_append_new(array, object);
}

static json_t *parts_json(Comparing *work) {
    const void *ctx = work->visit->ctx;
    json_t *array = page_array();
    for (size_t i = 0; i < work->now.n_parts; i++) {
        const char *now = work->now.parts[i];
        const char *then = find_part(ctx, &work->then, paper_block_title(ctx, now));
        if (!i) then = work->then.n_parts ? work->then.parts[0] : NULL;
        add_part(work, array, then, now, i == 0);
    }
    for (size_t i = 1; i < work->then.n_parts; i++)
        if (!find_part(ctx, &work->now, paper_block_title(ctx, work->then.parts[i])))
            add_part(work, array, work->then.parts[i], NULL, false);
    return array;
}

/* --- the page --- */

static int compose_side(Visit *visit, const Report *report, Period period, Side *ret_side) {
    const SummaryAsk ask = {report, period, DATE_NONE};
    ret_side->period = period;
    int result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &ret_side->summary);
    if (result) return result < 0 ? result : WEB_WRONG;
    ret_side->n_parts = paper_cut(visit->ctx, ret_side->summary->markdown, &ret_side->parts);
    return 0;
}

static void add_choices(Visit *visit, const Report *report, Period now, Period then, json_t *model) {
    const struct {
        const char *words;
        Period period;
    } all[] = {{_("the last period"), text_period_before(report, now)}, {_("a year before"), period_year_before(now)}};
    json_t *array = page_array();
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        json_t *object = page_object();
        page_set_text(object, "words", all[i].words);
        page_set_text(object, "url",
                      mem_printf(visit->ctx, "%s?period=%s&with=%s", visit->request->path,
                                 period_code(visit, now), period_code(visit, all[i].period)));
        page_set(object, "chosen", json_boolean(period_is_same(all[i].period, then)));
        json_array_append_new(array, object);
    }
    page_set(model, "choices", array);
}

/* url: of the text that is compared. */
static int compare(Visit *visit, const Report *report, Period period, Period other, const char *url) {
    Comparing work = {.visit = visit, .report = report->name.text};
    const char *with = visit_query(visit, "with");
    if (*with && !period_parse(with, &other)) return WEB_MISSING;
    int result = compose_side(visit, report, period, &work.now);
    if (!result) result = compose_side(visit, report, other, &work.then);
    if (result) return result;
    json_t *model = page_object();
    page_set(model, "parts", parts_json(&work));
    add_choices(visit, report, period, other, model);
    page_set_text(model, "url", url);
    page_set_text(model, "action", visit->request->path);
    page_set_text(model, "title", label_text(report->title));
    page_set_text(model, "period", period_code(visit, period));
    page_set_text(model, "with", period_code(visit, other));
    page_set_text(model, "period_words", period_title(visit, period));
    page_set_text(model, "with_words", period_title(visit, other));
    return frame_show(visit, "report-compare", _("Compare"), model);
}

static int compare_report(Visit *visit) {
    SummaryAsk ask;
    if (!text_read_ask(visit, &ask)) return WEB_MISSING;
    const char *url =
        mem_printf(visit->ctx, "/reports/%s?period=%s", ask.report->name.text, period_code(visit, ask.period));
    return compare(visit, ask.report, ask.period, period_year_before(ask.period), url);
}

/* The words of the draft with the numbers of either period. */
static int compare_draft(Visit *visit) {
    OpenPaper open;
    int result = paper_open(visit, &open);
    if (result) return result;
    const Report *text = paper_report(visit->ctx, open.report, open.blocks, open.n_blocks);
    return compare(visit, text, open.paper->period, text_period_before(open.report, open.paper->period), open.url);
}

const WebRoute routes_report_compare[] = {
    {HTTP_GET, "/reports/{report}/compare", "report:read", compare_report, .waits = true,
     .api = API(API_PREFIX "/reports/{report}/compare",
                {"两个期间并列", "Its figures beside those of another period"}, api_compare,
                INPUTS({"period", INPUT_PERIOD, {"期间", "the period"}, .required = true},
                       {"with", INPUT_PERIOD, {"对比的期间", "the other period"}}),
                "Comparison")},
    {HTTP_GET, "/reports/drafts/{draft}/compare", "report:read", compare_draft, .waits = true},
    {0},
};
