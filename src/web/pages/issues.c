/* web/pages/issues.c: a text that went out: its words, number and fingerprint, what has moved since, and its files. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "ledger/issue.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/texts.h"

static int find(Visit *visit, Issue **ret_issue, const Report **ret_report) {
    int result = issue_find(visit->ctx, visit->store, visit_number(visit_segment(visit, "issue")), ret_issue);
    if (result) return result < 0 ? result : WEB_MISSING;
    *ret_report = catalog_find_report(visit->store->catalog, (*ret_issue)->report);
    return *ret_report ? 0 : WEB_MISSING;
}

/* --- what has moved --- */

static json_t *drifts_json(const Visit *visit, const Drift *drifts, size_t n) {
    json_t *array = page_array();
    for (size_t i = 0; i < n; i++) {
        const Drift *drift = &drifts[i];
        json_t *object = page_object();
        page_set_text(object, "title", drift->indicator ? label_text(drift->indicator->title) : drift->name);
        page_set_text(object, "period", text_period_words(visit, drift->period));
        page_set_text(object, "issued", drift->indicator ? text_number_or(visit, drift->indicator, drift->issued) : "");
        page_set_text(object, "now", drift->indicator ? text_number_or(visit, drift->indicator, drift->now) : "");
        page_set(object, "added", json_integer(drift->added));
        page_set(object, "removed", json_integer(drift->removed));
        page_set(object, "changed", json_integer(drift->changed));
        page_set_text(object, "say", label_text(drift->say));
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
    page_set(model, "drifts", drifts_json(visit, drifts, n));
    page_set(model, "n_drifts", json_integer((json_int_t)n));
    page_set(model, "drifted", json_boolean(n > 0));
    page_set(model, "still", json_boolean(n == 0 && last == issue->id));
    return 0;
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
    page_set_text(model, "period", text_period_short(visit, issue->period));
    page_set_text(model, "period_words", text_period_words(visit, issue->period));
    page_set_text(model, "who", text_who(visit, issue->actor));
    page_set_text(model, "when", text_when(visit, issue->at));
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
                                             text_period_short(visit, issued.issue->period),
                                             (long long)issued.issue->id, forms[i].name),
                                  forms[i].write, &issued);
    return WEB_MISSING;
}

const WebRoute routes_issues[] = {
    {HTTP_GET, "/reports/issues/{issue}", "report:read", show_issue, .waits = true},
    {HTTP_GET, "/reports/issues/{issue}/light", "report:read", show_light, .waits = true},
    {HTTP_GET, "/reports/issues/{issue}/files/{format}", "report:read", send_file, .waits = true},
    {0},
};
