/* web/pages/reports.c: summaries by period, one of them as the ledgers say it now, and the figures in it. */
#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/texts.h"
#include "web/url.h"

#define PERIODS_SHOWN 4 /* that have gone by, also where nothing was written for them */

/* --- all, by period --- */

typedef struct Overview {
    Visit *visit;
    Paper *papers;
    size_t n_papers;
    Issue *issues;
    size_t n_issues;
} Overview;

static const char *paper_url(const Visit *visit, const Paper *paper) {
    return mem_printf(visit->ctx, "/reports/drafts/%lld", (long long)paper->id);
}

static json_t *papers_json(const Overview *all, const Report *report, Period period) {
    json_t *array = page_array();
    for (size_t i = 0; i < all->n_papers; i++) {
        const Paper *paper = &all->papers[i];
        if (paper->issue || strcmp(paper->report, report->name.text) || !period_is_same(paper->period, period))
            continue;
        json_t *object = page_object();
        page_set_text(object, "url", paper_url(all->visit, paper));
        page_set_text(object, "stage", paper_where(all->visit, report, paper));
        page_set_text(object, "who", text_who(all->visit, paper->last.actor));
        page_set_text(object, "when", text_when(all->visit, paper->last.at));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *issues_json(const Overview *all, const Report *report, Period period) {
    json_t *array = page_array();
    for (size_t i = 0; i < all->n_issues; i++) {
        const Issue *issue = &all->issues[i];
        if (strcmp(issue->report, report->name.text) || !period_is_same(issue->period, period)) continue;
        json_t *object = page_object();
        page_set(object, "number", json_integer(issue->id));
        page_set_text(object, "who", text_who(all->visit, issue->actor));
        page_set_text(object, "when", text_when(all->visit, issue->at));
        page_set(object, "latest", json_boolean(json_array_size(array) == 0));
        json_array_append_new(array, object);
    }
    return array;
}

static void add_period(const Overview *all, const Report *report, Period period, json_t *rows) {
    json_t *row = page_object();
    page_set_text(row, "period", text_period_words(all->visit, period));
    page_set_text(row, "word", text_period_short(all->visit, period));
    page_set(row, "drafts", papers_json(all, report, period));
    page_set(row, "issues", issues_json(all, report, period));
    json_array_append_new(rows, row);
}

static void take_period(const void *ctx, Period **periods, size_t *n, Period period) {
    for (size_t i = 0; i < *n; i++)
        if (period_is_same((*periods)[i], period)) return;
    *mem_push(ctx, *periods, *n) = period;
}

static int later_first(const void *left, const void *right) {
    const Period *a = left, *b = right;
    return (a->end < b->end) - (a->end > b->end);
}

/* Those something was written for, and the last ones. */
static json_t *periods_json(const Overview *all, const Report *report) {
    const void *ctx = all->visit->ctx;
    Period *periods = NULL, period = text_period_of(report, date_today());
    size_t n = 0;
    for (size_t i = 0; i < PERIODS_SHOWN; i++, period = text_period_before(report, period))
        take_period(ctx, &periods, &n, period);
    for (size_t i = 0; i < all->n_papers; i++)
        if (!strcmp(all->papers[i].report, report->name.text)) take_period(ctx, &periods, &n, all->papers[i].period);
    for (size_t i = 0; i < all->n_issues; i++)
        if (!strcmp(all->issues[i].report, report->name.text)) take_period(ctx, &periods, &n, all->issues[i].period);
    qsort(periods, n, sizeof *periods, later_first);
    json_t *rows = page_array();
    for (size_t i = 0; i < n; i++) add_period(all, report, periods[i], rows);
    return rows;
}

static int show_all(Visit *visit) {
    Overview all = {.visit = visit};
    const Catalog *catalog = visit->store->catalog;
    int fault = paper_is_shown(visit) ? paper_list(visit->ctx, visit->store, &all.papers, &all.n_papers) : 0;
    if (!fault) fault = issue_list(visit->ctx, visit->store, &all.issues, &all.n_issues);
    if (fault) return fault;
    json_t *model = page_object(), *reports = page_array();
    page_set(model, "reports", reports);
    for (size_t i = 0; i < catalog->n_reports; i++) {
        const Report *report = &catalog->reports[i];
        json_t *object = page_object();
        page_set_text(object, "name", report->name.text);
        page_set_text(object, "title", label_text(report->title));
        page_set(object, "periods", periods_json(&all, report));
        json_array_append_new(reports, object);
    }
    page_set(model, "may_write", json_boolean(visit_may(visit, "report:write", NULL)));
    return frame_show(visit, "reports", _("Summaries"), model);
}

/* --- one, as the ledgers say it now --- */

/* What an address asks for; the period that ended last when it names none. */
static bool read_ask(const Visit *visit, SummaryAsk *ret_ask) {
    const Report *report = text_report(visit);
    const char *word = visit_query(visit, "period");
    if (!report) return false;
    *ret_ask = (SummaryAsk){.report = report,
                            .period = text_period_before(report, text_period_of(report, date_today())),
                            .as_at = DATE_NONE};
    return !*word || period_parse(word, &ret_ask->period);
}

static int compose(Visit *visit, const SummaryAsk *ask, Summary **ret_summary) {
    int result = summary_compose(visit->ctx, visit->store, ask, visit->diag, ret_summary);
    if (result) return result < 0 ? result : WEB_WRONG;
    summary_keep(visit->store, *ret_summary);
    return 0;
}

static json_t *formats_json(const Visit *visit, const char *folder, const char *query) {
    json_t *array = page_array();
    for (const SummaryFormat *format = summary_formats; format->name; format++) {
        json_t *object = page_object();
        page_set_text(object, "name", format->name);
        page_set_text(object, "url", mem_printf(visit->ctx, "%s/files/%s%s", folder, format->name, query));
        json_array_append_new(array, object);
    }
    return array;
}

/* The last draft of it, so that the page leads there. */
static int add_paper(Visit *visit, const SummaryAsk *ask, json_t *model) {
    Paper *papers;
    size_t n;
    int fault = paper_list(visit->ctx, visit->store, &papers, &n);
    if (fault) return fault;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(papers[i].report, ask->report->name.text)) continue;
        if (period_is_same(papers[i].period, ask->period) && !papers[i].issue && !json_object_get(model, "paper_url"))
            page_set_text(model, "paper_url", paper_url(visit, &papers[i]));
        if (papers[i].period.end < ask->period.end && !json_object_get(model, "like"))
            page_set(model, "like", json_integer(papers[i].id));
    }
    return 0;
}

static int add_issue(Visit *visit, const SummaryAsk *ask, json_t *model) {
    int64_t issue = 0;
    int fault = issue_find_last(visit->store, ask->report->name.text, ask->period, &issue);
    if (!fault && issue) page_set(model, "issue", json_integer(issue));
    return fault;
}

static int show_one(Visit *visit) {
    SummaryAsk ask;
    Summary *summary;
    if (!read_ask(visit, &ask)) return WEB_MISSING;
    int result = compose(visit, &ask, &summary);
    if (result) return result;
    json_t *model = page_object();
    TextPlace place = {visit, ask.report->name.text, ask.period, 0};
    const char *path = visit->request->path, *period = text_period_short(visit, ask.period);
    text_add(model, summary->doc, &place);
    page_set_text(model, "name", ask.report->name.text);
    page_set_text(model, "title", label_text(ask.report->title));
    page_set_text(model, "period", period);
    page_set_text(model, "period_words", text_period_words(visit, ask.period));
    page_set(model, "formats", formats_json(visit, path, mem_printf(visit->ctx, "?period=%s", period)));
    page_set(model, "n_figures", json_integer((json_int_t)summary->n_figures));
    page_set(model, "may_write", json_boolean(visit_may(visit, "report:write", NULL)));
    result = add_paper(visit, &ask, model);
    if (!result) result = add_issue(visit, &ask, model);
    return result ? result : frame_show(visit, "report", label_text(ask.report->title), model);
}

/* --- one of its figures --- */

/* What went out stands first among the facts. */
static int add_issued(Visit *visit, const char *name, Period period, json_t *model) {
    int64_t number = visit_number(visit_query(visit, "issue"));
    IssueFigure *figures = NULL;
    size_t n = 0;
    int fault = number ? issue_figures(visit->ctx, visit->store, number, &figures, &n) : 0;
    const IssueFigure *issued = fault ? NULL : summary_frozen(figures, n, period, name);
    const Indicator *indicator = issued ? catalog_find_indicator(visit->store->catalog, issued->indicator) : NULL;
    if (indicator)
        page_set_text(model, "issued", text_number_or(visit, indicator, (FigureNumber){issued->known, issued->value}));
    return fault;
}

static int show_figure(Visit *visit) {
    SummaryAsk ask;
    json_t *model;
    const char *name = visit_query(visit, "name");
    if (!read_ask(visit, &ask)) return WEB_MISSING;
    int result = summary_figure_page(visit->ctx, visit->store, ask.period, name, &model);
    if (result) return result < 0 ? result : WEB_MISSING;
    result = text_hide_rows(visit, mem_strndup(visit->ctx, name, strcspn(name, "@")), model);
    if (!result) result = add_issued(visit, name, ask.period, model);
    if (result) return result;
    page_set_text(model, "page_url",
                  mem_printf(visit->ctx, "/figures/%.*s?period=%s", (int)strcspn(name, "@"), name,
                             strchr(name, '@') ? strchr(name, '@') + 1 : text_period_short(visit, ask.period)));
    json_incref(model);
    return visit_wants_part(visit)
               ? frame_show_part(visit, "report-figure-part", model)
               : frame_show(visit, "report-figure", json_string_value(json_object_get(model, "title")), model);
}

/* --- as a file --- */

typedef struct Writing {
    Visit *visit;
    const SummaryFormat *format;
    const Summary *summary;
} Writing;

static int write_form(const char *path, Diag *diag, void *data) {
    const Writing *writing = data;
    return writing->format->write(writing->visit->store, writing->summary, path, diag);
}

static int send_file(Visit *visit) {
    SummaryAsk ask;
    Summary *summary;
    Writing writing = {.visit = visit, .format = summary_formats};
    while (writing.format->name && strcmp(writing.format->name, visit_segment(visit, "format"))) writing.format++;
    if (!writing.format->name || !read_ask(visit, &ask)) return WEB_MISSING;
    int result = compose(visit, &ask, &summary);
    if (result) return result;
    writing.summary = summary;
    const char *name = mem_printf(visit->ctx, "%s-%s.%s", ask.report->name.text, text_period_short(visit, ask.period),
                                  writing.format->name);
    return text_send_file(visit, name, write_form, &writing);
}

/* --- beside another period --- */

static const SummaryFigure *find_like(const Summary *summary, const SummaryFigure *wanted) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        const SummaryFigure *figure = &summary->figures[i];
        bool own = strchr(figure->name, '@') != NULL, wanted_own = strchr(wanted->name, '@') != NULL;
        if (figure->figure->ask.indicator == wanted->figure->ask.indicator && own == wanted_own) return figure;
    }
    return NULL;
}

static const char *change_words(Visit *visit, const Indicator *indicator, FigureNumber then, FigureNumber now) {
    Decimal change;
    if (!then.known || !now.known || !decimal_subtract(now.value, then.value, &change)) return "";
    const char *text = figure_print(visit->ctx, indicator, (FigureNumber){true, change});
    return change.units > 0 ? mem_printf(visit->ctx, "+%s", text) : change.units ? text : "=";
}

static void add_pair(Visit *visit, const SummaryFigure *then, const SummaryFigure *now, json_t *rows) {
    const SummaryFigure *any = now ? now : then;
    const Indicator *indicator = any->figure->ask.indicator;
    FigureNumber none = {false}, before = then ? then->figure->value : none, after = now ? now->figure->value : none;
    json_t *row = page_object();
    page_set_text(row, "title", label_text(indicator->title));
    page_set_text(row, "covering", any->covering);
    page_set_text(row, "then", text_number_or(visit, indicator, before));
    page_set_text(row, "now", text_number_or(visit, indicator, after));
    page_set_text(row, "change", change_words(visit, indicator, before, after));
    json_array_append_new(rows, row);
}

static int compare(Visit *visit) {
    SummaryAsk ask;
    Summary *now, *then;
    if (!read_ask(visit, &ask)) return WEB_MISSING;
    SummaryAsk other = ask;
    const char *with = visit_query(visit, "with");
    other.period = period_year_before(ask.period);
    if (*with && !period_parse(with, &other.period)) return WEB_MISSING;
    int result = compose(visit, &ask, &now);
    if (!result) result = compose(visit, &other, &then);
    if (result) return result;
    json_t *model = page_object(), *rows = page_array();
    for (size_t i = 0; i < now->n_figures; i++)
        add_pair(visit, find_like(then, &now->figures[i]), &now->figures[i], rows);
    for (size_t i = 0; i < then->n_figures; i++)
        if (!find_like(now, &then->figures[i])) add_pair(visit, &then->figures[i], NULL, rows);
    page_set(model, "rows", rows);
    page_set_text(model, "name", ask.report->name.text);
    page_set_text(model, "title", label_text(ask.report->title));
    page_set_text(model, "period", text_period_short(visit, ask.period));
    page_set_text(model, "with", text_period_short(visit, other.period));
    page_set_text(model, "period_words", text_period_words(visit, ask.period));
    page_set_text(model, "with_words", text_period_words(visit, other.period));
    return frame_show(visit, "report-compare", _("Compare"), model);
}

const WebRoute routes_reports[] = {
    {HTTP_GET, "/reports", "report:read", show_all},
    {HTTP_GET, "/reports/{report}", "report:read", show_one, .waits = true},
    {HTTP_GET, "/reports/{report}/figure", "report:read", show_figure, .waits = true},
    {HTTP_GET, "/reports/{report}/files/{format}", "report:read", send_file, .waits = true},
    {HTTP_GET, "/reports/{report}/compare", "report:read", compare, .waits = true},
    {0},
};
