/* web/api/reports.c: summaries, and the check of a text, by the contracts of `kezhang report` and `kezhang check`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "check/check.h"
#include "web/api/api.h"
#include "web/site.h"
#include "web/texts.h"

#define CHECK_BODY_MAX ((size_t)32 << 20)

static int list_reports(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    json_t *array = page_array(), *answer = page_object();
    for (size_t i = 0; i < catalog->n_reports; i++) {
        json_t *object = page_object();
        page_set_text(object, "report", catalog->reports[i].name.text);
        page_set(object, "title", json_label(catalog->reports[i].title));
        json_array_append_new(array, object);
    }
    page_set(answer, "reports", array);
    return api_answer(visit, answer);
}

static int read_period(Visit *visit, Period *ret_period) {
    FigureAsk ask;
    int result = api_read_period(visit, &ask);
    if (!result) *ret_period = ask.period;
    return result;
}

static const SummaryFormat *find_format(const char *name) {
    const SummaryFormat *format = summary_formats;
    while (format->name && strcmp(format->name, name) != 0) format++;
    return format->name ? format : NULL;
}

/* The JSON form of the summary, as a file of it would be. */
int api_report(Visit *visit) {
    SummaryAsk ask = {.report = catalog_find_report(visit->store->catalog, visit_segment(visit, "report")),
                      .as_at = DATE_NONE};
    Summary *summary;
    if (!ask.report) return WEB_MISSING;
    int result = read_period(visit, &ask.period);
    if (!result) result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &summary);
    if (result) return result < 0 ? result : WEB_WRONG;
    const SummaryFormat *format = find_format("json");
    result = text_may_open(visit, format, summary);
    if (result) return result;
    char *path = mem_printf(visit->ctx, "%s/summary-XXXXXX", visit->web->options.spool);
    int file = mkstemp(path);
    if (file < 0) return -1;
    (void)close(file);
    result = format->write(visit->store, summary, path, visit->diag);
    if (!result) result = http_body_file(visit->response, HTTP_JSON, path) ? -1 : 0;
    (void)unlink(path);
    return result;
}

int api_answer_check(Visit *visit, const Checked *checked, const char *name) {
    char *text = NULL;
    size_t size;
    FILE *out = mem_check(open_memstream(&text, &size));
    check_to_json(checked, name, out);
    (void)fclose(out);
    http_body_text(visit->response, HTTP_JSON, mem_strdup(visit->ctx, text));
    free(text);
    return 0;
}

/* The body is the text itself: docx, html, txt or md, told by the name. */
static int check(Visit *visit) {
    const HttpFile *file = visit->request->n_files ? &visit->request->files[0] : NULL;
    const char *name = visit_query(visit, "name");
    Reading *reading;
    Checked *checked;
    char *bytes;
    size_t size;
    if (!file) {
        diag_error(visit->diag, PLACE_NONE, "no-text", "the body is empty; send the text itself");
        return WEB_BAD;
    }
    if (file_read(visit->ctx, file->path, CHECK_BODY_MAX, visit->diag, &bytes, &size) ||
        reading_from_bytes(visit->ctx, *name ? name : "text.txt", bytes, size, visit->diag, &reading))
        return WEB_WRONG;
    CheckAsk ask = {.reading = reading, .catalog = visit->store->catalog, .store = visit->store,
                    .period = {DATE_NONE, DATE_NONE}};
    if (*visit_query(visit, "period") && read_period(visit, &ask.period)) return WEB_WRONG;
    int fault = check_text(visit->ctx, &ask, &checked);
    if (fault) return fault;
    return api_answer_check(visit, checked, *name ? name : "text.txt");
}

static const WebInput check_inputs[] = {
    {"period", INPUT_PERIOD, {"文稿所述期间", "what the text is about"}},
    {"name", INPUT_TEXT, {"文件名，扩展名说明格式", "its name, which tells the format: a.docx, a.html, a.txt, a.md"}},
    {0},
};

const WebRoute routes_api_reports[] = {
    {HTTP_GET, API_PREFIX "/reports", "report:read", list_reports,
     .about = {"总结目录", "The summaries"}, .gives = "Reports"},
    {HTTP_POST, API_PREFIX "/check", "check:run", check, HTTP_TAKES_FILE, CHECK_BODY_MAX, .waits = true,
     .once_inside = true, /* nothing is written */
     .about = {"核对一篇文稿的数字", "Check the numbers of a text"}, .inputs = check_inputs, .gives = "Check"},
    {0},
};
