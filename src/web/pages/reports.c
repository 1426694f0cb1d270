/* web/pages/reports.c: summaries by period, one of them as the ledgers say it now, and the figures in it. */
#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/period.h"
#include "web/texts.h"
#include "web/url.h"
#include "web/words.h"

#define SOURCES_MOST  12
#define PERIODS_SHOWN 4 /* that have gone by, also where nothing was written for them */

/* --- all, by period --- */

typedef struct Overview {
    Visit *visit;
    Paper *papers;
    size_t n_papers;
    Issue *issues;
    size_t n_issues;
    Date reached; /* by the records */
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
        page_set_text(object, "who", words_person(all->visit, paper->last.actor));
        page_set_text(object, "when", words_moment(all->visit->ctx, paper->last.at));
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
        page_set_text(object, "who", words_person(all->visit, issue->actor));
        page_set_text(object, "when", words_moment(all->visit->ctx, issue->at));
        page_set(object, "latest", json_boolean(json_array_size(array) == 0));
        json_array_append_new(array, object);
    }
    return array;
}

static void add_period(const Overview *all, const Report *report, Period period, json_t *rows) {
    json_t *row = page_object();
    page_set_text(row, "period", period_title(all->visit, period));
    page_set_text(row, "word", period_code(all->visit, period));
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

/* Today's, the last ones that records tell of, and those something was written for. */
static json_t *periods_json(const Overview *all, const Report *report) {
    const void *ctx = all->visit->ctx;
    Period *periods = NULL, period = text_period_of(report, all->reached);
    size_t n = 0;
    take_period(ctx, &periods, &n, text_period_of(report, date_today()));
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
    Period period;
    int fault = period_choose(visit, &period);
    if (fault < 0) return fault;
    all.reached = period.end;
    fault = paper_is_shown(visit) ? paper_list(visit->ctx, visit->store, &all.papers, &all.n_papers) : 0;
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

static bool was_drafted(const Overview *all, int64_t issue) {
    for (size_t i = 0; i < all->n_papers; i++)
        if (all->papers[i].issue == issue) return true;
    return false;
}

static void add_source(const Visit *visit, json_t *array, const char *field, int64_t id, Period period,
                       const char *what) {
    if (json_array_size(array) >= SOURCES_MOST) return;
    json_t *object = page_object();
    page_set_text(object, "field", field);
    page_set(object, "id", json_integer(id));
    page_set_text(object, "words", mem_printf(visit->ctx, "%s · %s", period_title(visit, period), what));
    json_array_append_new(array, object);
}

/* The last draft of it, so that the page leads there; "sources": other texts of the report to begin from, the last of
 * them first: drafts, and what was issued without one. */
static int add_paper(Visit *visit, const SummaryAsk *ask, json_t *model) {
    Overview all = {.visit = visit};
    json_t *sources = page_array();
    int fault = paper_list(visit->ctx, visit->store, &all.papers, &all.n_papers);
    if (!fault) fault = issue_list(visit->ctx, visit->store, &all.issues, &all.n_issues);
    for (size_t i = 0; !fault && i < all.n_papers; i++) {
        const Paper *paper = &all.papers[i];
        if (strcmp(paper->report, ask->report->name.text)) continue;
        bool here = period_is_same(paper->period, ask->period) && !paper->issue;
        if (here && !json_object_get(model, "paper_url")) page_set_text(model, "paper_url", paper_url(visit, paper));
        add_source(visit, sources, "like", paper->id, paper->period, paper_where(visit, ask->report, paper));
    }
    for (size_t i = 0; !fault && i < all.n_issues; i++)
        if (!strcmp(all.issues[i].report, ask->report->name.text) && !was_drafted(&all, all.issues[i].id))
            add_source(visit, sources, "like_issue", all.issues[i].id, all.issues[i].period,
                       mem_printf(visit->ctx, _("Issued as no. %lld"), (long long)all.issues[i].id));
    page_set(model, "any_source", json_boolean(json_array_size(sources) > 0));
    page_set(model, "sources", sources);
    return fault;
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
    if (!text_read_ask(visit, &ask)) return WEB_MISSING;
    int result = compose(visit, &ask, &summary);
    if (result) return result;
    json_t *model = page_object();
    TextPlace place = {visit, ask.report->name.text, ask.period, 0};
    const char *path = visit->request->path, *period = period_code(visit, ask.period);
    text_add(model, summary->doc, &place);
    page_set_text(model, "name", ask.report->name.text);
    page_set_text(model, "title", label_text(ask.report->title));
    page_set_text(model, "period", period);
    page_set_text(model, "period_words", period_title(visit, ask.period));
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
    if (!text_read_ask(visit, &ask)) return WEB_MISSING;
    int result = summary_figure_page(visit->ctx, visit->store, ask.period, name, &model);
    if (result) return result < 0 ? result : WEB_MISSING;
    result = text_hide_rows(visit, mem_strndup(visit->ctx, name, strcspn(name, "@")), model);
    if (!result) result = add_issued(visit, name, ask.period, model);
    if (result) return result;
    page_set_text(model, "page_url",
                  mem_printf(visit->ctx, "/figures/%.*s?period=%s", (int)strcspn(name, "@"), name,
                             strchr(name, '@') ? strchr(name, '@') + 1 : period_code(visit, ask.period)));
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
    if (!writing.format->name || !text_read_ask(visit, &ask)) return WEB_MISSING;
    int result = compose(visit, &ask, &summary);
    if (!result) result = text_may_open(visit, writing.format, summary);
    if (result) return result;
    writing.summary = summary;
    const char *name = mem_printf(visit->ctx, "%s-%s.%s", ask.report->name.text, period_code(visit, ask.period),
                                  writing.format->name);
    return text_send_file(visit, name, write_form, &writing);
}

#define REPORT_API API_PREFIX "/reports/{report}"

const WebRoute routes_reports[] = {
    {HTTP_GET, "/reports", "report:read", show_all,
     .api = API(API_PREFIX "/reports/papers", {"稿子与印发稿", "Drafts and what was issued"}, api_papers, .gives = "Papers")},
    {HTTP_GET, "/reports/{report}", "report:read", show_one, .waits = true,
     .api = API(REPORT_API, {"撰写一份总结", "A summary, composed now"}, api_report, api_period_inputs, "Summary")},
    {HTTP_GET, "/reports/{report}/figure", "report:read", show_figure, .waits = true},
    {HTTP_GET, "/reports/{report}/files/{format}", "report:read", send_file, .waits = true,
     .api = API(REPORT_API "/files/{format}", {"总结文件：docx、pdf、html、md", "It as docx, pdf, html or md, composed now"},
                send_file, INPUTS({"period", INPUT_PERIOD, {"期间", "the period"}}), "file")},
    {0},
};
