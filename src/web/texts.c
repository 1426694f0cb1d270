/* web/texts.c: see texts.h. */
#include "web/texts.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "web/reach.h"
#include "web/site.h"
#include "web/typed.h"
#include "web/url.h"

#define RECORD_NAME "record:" /* LEDGER/ID */

/* --- the text --- */

static const char *href_of(const void *ctx, const char *name, void *data) {
    const TextPlace *place = data;
    if (!strcmp(name, TYPED_NAME)) return "#" TYPED_NAME;
    if (!strncmp(name, RECORD_NAME, strlen(RECORD_NAME)))
        return mem_printf(ctx, "/ledgers/%s", name + strlen(RECORD_NAME));
    const char *path = mem_printf(ctx, "/reports/%s/figure", place->report);
    const char *issue = place->issue ? mem_printf(ctx, "%lld", (long long)place->issue) : NULL;
    return url_with(ctx, path, NULL,
                    URL_CHANGES({"name", name}, {"period", period_format_short(ctx, place->period)}, {"issue", issue}));
}

/* Headings get the anchors that the outline leads to. */
static json_t *outline_json(const void *ctx, Doc *doc) {
    json_t *outline = page_array();
    for (size_t i = 0; i < doc->n_blocks; i++) {
        Block *block = &doc->blocks[i];
        if (block->kind == BLOCK_ANNEX) break;
        if (block->kind != BLOCK_HEADING || !block->n_runs) continue;
        Buf text = BUF_INIT(ctx);
        for (size_t k = 0; k < block->n_runs; k++) buf_add(&text, block->runs[k].text);
        block->runs[0].anchor = mem_printf(ctx, "part-%zu", json_array_size(outline) + 1);
        json_t *entry = page_object();
        page_set_text(entry, "id", mem_printf(ctx, "f-%s", block->runs[0].anchor));
        page_set_text(entry, "text", buf_text(&text));
        page_set(entry, "deep", json_boolean(block_level(block) > 1));
        json_array_append_new(outline, entry);
    }
    return outline;
}

void text_add(json_t *model, Doc *doc, TextPlace *place) {
    const void *ctx = place->visit->ctx;
    Buf out = BUF_INIT(ctx);
    page_set(model, "outline", outline_json(ctx, doc));
    page_set(model, "has_outline", json_boolean(json_array_size(json_object_get(model, "outline")) > 0));
    summary_to_html(doc, href_of, place, &out);
    page_set_text(model, "body", buf_text(&out));
}

/* The figures that the template names and that have nothing to say. */
static void add_silent(json_t *model, const Summary *summary) {
    json_t *array = page_array();
    for (size_t i = 0; i < summary->n_silent; i++) {
        json_t *object = page_object();
        page_set_text(object, "title", label_text(summary->silent[i]->title));
        page_set_text(object, "caliber", label_text(summary->silent[i]->caliber));
        page_set_text(object, "name", summary->silent[i]->name.text);
        json_array_append_new(array, object);
    }
    page_set(model, "n_silent", summary->n_silent ? json_integer((json_int_t)summary->n_silent) : json_null());
    page_set(model, "silent", array);
}

int text_add_draft(json_t *model, const Summary *summary, TextPlace *place) {
    const Visit *visit = place->visit;
    const char *markdown;
    size_t n_typed;
    Doc *doc;
    int fault = typed_mark(visit, summary->markdown, summary->ask.period, &markdown, &n_typed);
    if (fault || summary_read_issued(visit->ctx, markdown, visit->diag, &doc)) return fault;
    text_add(model, doc, place);
    page_set(model, "n_figures", json_integer((json_int_t)summary->n_figures));
    add_silent(model, summary);
    page_set(model, "n_typed", n_typed ? json_integer((json_int_t)n_typed) : json_null());
    return 0;
}

/* --- what was asked --- */

const char *text_form(const Visit *visit, const char *name) {
    char *text = mem_strdup(visit->ctx, visit_form(visit, name)), *to = text;
    for (const char *from = text; *from; from++)
        if (from[0] != '\r' || from[1] != '\n') *to++ = *from;
    *to = '\0';
    return text;
}

const Report *text_report(const Visit *visit) {
    return catalog_find_report(visit->store->catalog, visit_segment(visit, "report"));
}

Period text_period_of(const Report *report, Date day) {
    return period_around(day, report->months ? (int)report->months : 12);
}

Period text_period_before(const Report *report, Period period) { return text_period_of(report, period.start - 1); }

bool text_read_ask(const Visit *visit, SummaryAsk *ret_ask) {
    const Report *report = text_report(visit);
    const char *word = visit_query(visit, "period");
    if (!report) return false;
    *ret_ask = (SummaryAsk){.report = report,
                            .period = text_period_before(report, text_period_of(report, date_today())),
                            .as_at = DATE_NONE};
    return !*word || period_parse(word, &ret_ask->period);
}

/* --- words --- */

const char *text_number_or(const Visit *visit, const Indicator *indicator, FigureNumber number) {
    return number.known ? figure_print(visit->ctx, indicator, number) : "—";
}

/* --- rows --- */

/* Whether he may see all records of the ledgers that a figure counts. 0, or a fault. */
static int sees_all(const Visit *visit, const Indicator *indicator, bool *ret_all) {
    const Indicator *const sides[] = {indicator->a, indicator->b};
    RowScope scope = {.all = true};
    int fault = 0;
    if (indicator->of) fault = reach_open(visit, "ledger:read", indicator->of, &scope);
    *ret_all = scope.all;
    for (size_t i = 0; !fault && *ret_all && i < sizeof sides / sizeof sides[0]; i++)
        if (sides[i]) fault = sees_all(visit, sides[i], ret_all);
    return fault;
}

int text_sees_rows(const Visit *visit, const char *name, bool *ret_all) {
    const Indicator *indicator = catalog_find_indicator(visit->store->catalog, name);
    *ret_all = false;
    return indicator ? sees_all(visit, indicator, ret_all) : 0;
}

int text_hide_rows(const Visit *visit, const char *name, json_t *model) {
    bool all;
    int fault = text_sees_rows(visit, name, &all);
    if (fault || all) return fault;
    page_set(model, "parts", page_array());
    page_set(model, "has_excluded", json_false());
    return 0;
}

int text_may_open_figure(const Visit *visit, const Indicator *indicator) {
    bool all;
    int fault = sees_all(visit, indicator, &all);
    if (fault || all) return fault;
    diag_error(visit->diag, PLACE_NONE, "opens-records",
               "you may not see all records behind this number; ask for it without them, or for docx or pdf");
    return WEB_REFUSED;
}

int text_may_open(const Visit *visit, const SummaryFormat *format, const Summary *summary) {
    int result = 0;
    for (size_t i = 0; format->opens && !result && i < summary->n_figures; i++)
        result = text_may_open_figure(visit, summary->figures[i].figure->ask.indicator);
    return result;
}

const SummaryFigure *text_find_like(const Summary *summary, const SummaryFigure *wanted) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        const SummaryFigure *figure = &summary->figures[i];
        bool own = strchr(figure->name, '@') != NULL, wanted_own = strchr(wanted->name, '@') != NULL;
        if (figure->figure->ask.indicator == wanted->figure->ask.indicator && own == wanted_own) return figure;
    }
    return NULL;
}

/* --- files --- */

static const struct {
    const char *extension, *type;
} types[] = {
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"pdf", "application/pdf"},
    {"html", HTTP_HTML},
    {"json", HTTP_JSON},
    {"csv", "text/csv;charset=utf-8"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

static const char *type_of(const char *name) {
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!strcmp(file_extension(name), types[i].extension)) return types[i].type;
    return HTTP_TEXT;
}

int text_send_file(Visit *visit, const char *name, TextWrite write, void *data) {
    const char *path =
        mem_printf(visit->ctx, "%s/%s-%s", visit->web->options.spool, visit->request->id, file_base_name(name));
    int result = write(path, visit->diag, data);
    if (!result && http_body_file(visit->response, type_of(name), path)) result = -1;
    (void)unlink(path); /* it is open */
    if (!result) http_attachment(visit->response, name);
    return result > 0 ? WEB_WRONG : result;
}
