/* web/pages/issues.c: a text that went out: its words, number and fingerprint, what has moved since, and its files. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "ledger/change.h"
#include "ledger/issue.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/period.h"
#include "web/texts.h"
#include "web/words.h"

static int find(Visit *visit, Issue **ret_issue, const Report **ret_report) {
    int result = issue_find(visit->ctx, visit->store, visit_number(visit_segment(visit, "issue")), ret_issue);
    if (result) return result < 0 ? result : WEB_MISSING;
    *ret_report = catalog_find_report(visit->store->catalog, (*ret_issue)->report);
    return *ret_report ? 0 : WEB_MISSING;
}

/* --- what has moved --- */

static json_t *drifts_json(const Visit *visit, int64_t issue, const Drift *drifts, size_t n) {
    json_t *array = page_array();
    for (size_t i = 0; i < n; i++) {
        const Drift *drift = &drifts[i];
        json_t *object = page_object();
        page_set_text(object, "title", drift->indicator ? label_text(drift->indicator->title) : drift->name);
        page_set_text(object, "period", period_title(visit, drift->period));
        page_set_text(object, "issued", drift->indicator ? text_number_or(visit, drift->indicator, drift->issued) : "");
        page_set_text(object, "now", drift->indicator ? text_number_or(visit, drift->indicator, drift->now) : "");
        page_set(object, "added", json_integer(drift->added));
        page_set(object, "removed", json_integer(drift->removed));
        page_set(object, "changed", json_integer(drift->changed));
        page_set_text(object, "url",
                      mem_printf(visit->ctx, "/reports/issues/%lld/drift?name=%s&period=%s", (long long)issue,
                                 drift->name, period_code(visit, drift->period)));
        json_array_append_new(array, object);
    }
    return array;
}

/* Of the last issue of its report and period; an earlier one has been replaced, and is not followed. */
static int add_drift(Visit *visit, const Issue *issue, const Report *report, json_t *model) {
    const SummaryAsk ask = {report, issue->period, DATE_NONE};
    int64_t last = 0;
    Drift *drifts;
    size_t n = 0;
    int result = summary_drift(visit->ctx, visit->store, &ask, visit->diag, &last, &drifts, &n);
    if (result) return result < 0 ? result : WEB_MISSING;
    page_set(model, "replaced_by", last != issue->id ? json_integer(last) : json_null());
    if (last != issue->id) n = 0;
    page_set(model, "drifts", drifts_json(visit, issue->id, drifts, n));
    page_set(model, "n_drifts", json_integer((json_int_t)n));
    page_set(model, "drifted", json_boolean(n > 0));
    page_set(model, "still", json_boolean(n == 0 && last == issue->id));
    return 0;
}

/* --- the records that moved a figure --- */

static const char *kind_words(DriftKind kind) {
    static const char *const words[] = {N_("counted now, not then"), N_("counted then, no longer"),
                                        N_("changed, still counted")};
    return _(words[kind]);
}

/* The record as it is, or its number alone when it was withdrawn; and who changed it last. */
static int add_moved(Visit *visit, const DriftRow *row, json_t *array) {
    Record *record;
    ChangeRow change;
    json_t *object = page_object();
    json_array_append_new(array, object);
    page_set_text(object, "what", kind_words(row->kind));
    if (!row->ledger) return 0;
    int result = record_load(visit->ctx, visit->store, row->ledger, row->record, NULL, &record);
    if (result < 0) return result;
    const char *path = mem_printf(visit->ctx, "/ledgers/%s/%lld", row->ledger->name.text, (long long)row->record);
    page_set_text(object, "url", path);
    page_set_text(object, "title", result ? path : record_title(visit->ctx, visit->store, record));
    page_set_text(object, "number", result ? "" : record->number);
    result = change_last(visit->ctx, visit->store, row->ledger, row->record, &change);
    if (result) return result < 0 ? result : 0;
    page_set_text(object, "action", words_action(row->ledger, change.action));
    page_set_text(object, "who", words_person(visit, change.actor));
    page_set_text(object, "when", words_moment(visit->ctx, change.at));
    page_set_text(object, "reason", change.reason);
    page_set_text(object, "version_url", mem_printf(visit->ctx, "%s/versions/%lld", path, (long long)change.version));
    return 0;
}

static int show_moved(Visit *visit, const Issue *issue, const IssueFigure *figure) {
    Drift drift;
    DriftRow *rows;
    size_t n;
    int result = summary_drift_rows(visit->ctx, visit->store, issue->id, figure, &drift, &rows, &n);
    if (result) return result < 0 ? result : WEB_MISSING;
    json_t *model = page_object(), *array = page_array();
    for (size_t i = 0; !result && i < n; i++) result = add_moved(visit, &rows[i], array);
    page_set(model, "rows", array);
    page_set(model, "cut", json_boolean(n == DRIFT_ROWS_MOST));
    page_set(model, "number", json_integer(issue->id));
    page_set_text(model, "title", label_text(drift.indicator->title));
    page_set_text(model, "period_words", period_title(visit, drift.period));
    page_set_text(model, "issued", text_number_or(visit, drift.indicator, drift.issued));
    page_set_text(model, "now", text_number_or(visit, drift.indicator, drift.now));
    return result ? result : frame_show(visit, "issue-drift", label_text(drift.indicator->title), model);
}

/* Rows are told to whoever may see all of the ledgers behind the figure. */
static int show_drift(Visit *visit) {
    Issue *issue;
    const Report *report;
    IssueFigure *figures;
    size_t n;
    bool all = false;
    const char *name = visit_query(visit, "name");
    Period period;
    int result = find(visit, &issue, &report);
    bool asked =
        catalog_find_indicator(visit->store->catalog, name) && period_parse(visit_query(visit, "period"), &period);
    if (!result && !asked) result = WEB_MISSING;
    if (!result) result = text_sees_rows(visit, name, &all);
    if (!result) result = issue_figures(visit->ctx, visit->store, issue->id, &figures, &n);
    if (result) return result;
    if (!all) return WEB_REFUSED;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(figures[i].indicator, name) && period_is_same(figures[i].period, period))
            return show_moved(visit, issue, &figures[i]);
    return WEB_MISSING;
}

/* The light beside an issue in the list. */
static int show_light(Visit *visit) {
    Issue *issue;
    const Report *report;
    int result = find(visit, &issue, &report);
    if (result) return result;
    json_t *model = page_object();
    page_set(model, "number", json_integer(issue->id));
    result = add_drift(visit, issue, report, model);
    return result ? result : frame_show_part(visit, "issue-light", model);
}

/* Through whose hands the text went, where it was drafted here. */
static int add_way(Visit *visit, const Issue *issue, json_t *model) {
    Paper *papers;
    size_t n;
    int fault = paper_list(visit->ctx, visit->store, &papers, &n);
    for (size_t i = 0; !fault && i < n; i++) {
        if (papers[i].issue != issue->id) continue;
        page_set(model, "way", json_true());
        fault = paper_add_steps(visit, papers[i].id, model);
    }
    return fault;
}

/* --- the text --- */

static int show_issue(Visit *visit) {
    Issue *issue;
    const Report *report;
    Doc *doc;
    int result = find(visit, &issue, &report);
    if (!result) result = summary_read_issued(visit->ctx, issue->body, visit->diag, &doc);
    if (result) return result;
    json_t *model = page_object();
    TextPlace place = {visit, issue->report, issue->period, issue->id};
    text_add(model, doc, &place);
    page_set(model, "number", json_integer(issue->id));
    page_set_text(model, "title", label_text(report->title));
    page_set_text(model, "report", issue->report);
    page_set_text(model, "period", period_code(visit, issue->period));
    page_set_text(model, "period_words", period_title(visit, issue->period));
    page_set_text(model, "who", words_person(visit, issue->actor));
    page_set_text(model, "when", words_moment(visit->ctx, issue->at));
    page_set_text(model, "hash", issue->hash);
    result = add_drift(visit, issue, report, model);
    if (!result && paper_is_shown(visit)) result = add_way(visit, issue, model);
    return result ? result : frame_show(visit, "issue", label_text(report->title), model);
}

/* --- its files: the words and numbers that went out, whatever the ledgers say now --- */

typedef struct Issued {
    Store *store;
    Issue *issue;
    const Report *report;
} Issued;

static int write_markdown(const char *path, Diag *diag, void *data) {
    const Issue *issue = ((const Issued *)data)->issue;
    return file_write(path, issue->body, strlen(issue->body), diag);
}

typedef int (*Print)(const Doc *doc, const DocFonts *fonts, const char *path, Diag *diag);

static int print(const Issued *issued, Print form, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Doc *doc;
    int result = summary_issued_doc(scratch, issued->store, issued->issue, diag, &doc);
    if (result) return result;
    doc->title = label_text(issued->report->title);
    return form(doc, &doc_fonts_standard, path, diag);
}

static int write_docx(const char *path, Diag *diag, void *data) { return print(data, doc_to_docx, path, diag); }
static int write_pdf(const char *path, Diag *diag, void *data) { return print(data, doc_to_pdf, path, diag); }

static const struct {
    const char *name;
    TextWrite write;
} forms[] = {{"docx", write_docx}, {"pdf", write_pdf}, {"md", write_markdown}};

static int send_file(Visit *visit) {
    Issued issued = {.store = visit->store};
    int result = find(visit, &issued.issue, &issued.report);
    if (result) return result;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (!strcmp(forms[i].name, visit_segment(visit, "format")))
            return text_send_file(visit,
                                  mem_printf(visit->ctx, "%s-%s-no%lld.%s", issued.issue->report,
                                             period_code(visit, issued.issue->period),
                                             (long long)issued.issue->id, forms[i].name),
                                  forms[i].write, &issued);
    return WEB_MISSING;
}

#define ISSUE API_PREFIX "/reports/issues/{issue}"

const WebRoute routes_issues[] = {
    {HTTP_GET, "/reports/issues/{issue}", "report:read", show_issue, .waits = true,
     .api = API(ISSUE, {"一份印发稿：文字与当时的数字", "A text that went out, with the figures it prints"}, api_issue,
                .gives = "Issue")},
    {HTTP_GET, "/reports/issues/{issue}/light", "report:read", show_light, .waits = true},
    {HTTP_GET, "/reports/issues/{issue}/drift", "report:read", show_drift, .waits = true,
     .api = API(ISSUE "/drift", {"印发后变了的数字", "What has moved since"}, api_drift, .gives = "Drift")},
    {HTTP_GET, "/reports/issues/{issue}/files/{format}", "report:read", send_file, .waits = true,
     .api = API(ISSUE "/files/{format}", {"印发稿文件：docx、pdf、md", "It as docx, pdf or md"}, send_file, .gives = "file")},
    {0},
};
