/* web/record-counted.c: which numbers and documents count a record.
 *
 * An indicator counts it now when its condition is true of the record: asked in memory of each indicator of the ledger,
 * whatever its records are. A document counted the version that was there when it was issued. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "figure/figure.h"
#include "ledger/issue.h"
#include "web/record.h"
#include "web/url.h"
#include "web/words.h"

#define YEARS_MOST 12

/* --- the period --- */

static int year_of(Date day) {
    int year, month, date;
    date_split(day, &year, &month, &date);
    return year;
}

/* The year in which it last entered a state; else this one. */
static int last_year(const Record *record) {
    Date last = DATE_NONE;
    for (size_t i = 0; i < record->n_spans; i++)
        if (record->spans[i].entered_on > last) last = record->spans[i].entered_on;
    return year_of(last == DATE_NONE || last > date_today() ? date_today() : last);
}

static Period choose_period(const RecordPage *page) {
    Period period;
    if (period_parse(visit_query(page->visit, "period"), &period)) return period;
    (void)period_parse(mem_printf(page->visit->ctx, "%d", last_year(page->record)), &period);
    return period;
}

static void add_option(const Visit *visit, json_t *options, const char *text, Period chosen) {
    Period period;
    if (!period_parse(text, &period)) return;
    json_t *option = page_object();
    page_set_text(option, "word", text);
    page_set_text(option, "label", period_words(visit->ctx, period, visit->lang));
    page_set(option, "chosen", json_boolean(period.start == chosen.start && period.end == chosen.end));
    json_array_append_new(options, option);
}

/* Years and their halves, from the record's first to this one. */
static json_t *options_json(const RecordPage *page, Period chosen) {
    static const char *const halves[] = {"", "H1", "H2"};
    const Record *record = page->record;
    int to = year_of(date_today()), from = last_year(record);
    for (size_t i = 0; i < record->n_spans; i++)
        if (record->spans[i].entered_on != DATE_NONE && year_of(record->spans[i].entered_on) < from)
            from = year_of(record->spans[i].entered_on);
    if (from < to - YEARS_MOST) from = to - YEARS_MOST;
    json_t *options = page_array();
    for (int year = to; year >= from; year--)
        for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++)
            add_option(page->visit, options, mem_printf(page->visit->ctx, "%d%s", year, halves[i]), chosen);
    return options;
}

/* --- figures --- */

static bool counts(const RecordPage *page, const Indicator *indicator, const ExprParams *params) {
    if (indicator->of != page->record->ledger || indicator->measure == MEASURE_STATED) return false;
    const ExprRow row = record_row(page->visit->store, page->record);
    return !indicator->where || expr_is_true(page->visit->ctx, indicator->where, &row, params);
}

/* A ratio counts what either of its sides does, a growth also what its indicator counted a year before. */
static bool counts_somehow(const RecordPage *page, const Indicator *indicator, const ExprParams *params,
                           const ExprParams *before) {
    if (counts(page, indicator, params) || (indicator->a && counts(page, indicator->a, params))) return true;
    if (indicator->measure == MEASURE_GROWTH) return counts(page, indicator->a, before);
    return indicator->b && counts(page, indicator->b, params);
}

static json_t *figures_json(const RecordPage *page, Period period) {
    const Store *store = page->visit->store;
    const Catalog *catalog = store->catalog;
    const ExprParams params = store_params(store, period), before = store_params(store, period_year_before(period));
    const void *ctx = page->visit->ctx;
    const char *word = period_format_short(ctx, period);
    json_t *figures = page_array();
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        if (!counts_somehow(page, indicator, &params, &before)) continue;
        json_t *figure = page_object();
        page_set_text(figure, "title", label_text(indicator->title));
        page_set_text(figure, "caliber", label_text(indicator->caliber));
        page_set_text(figure, "url", url_with(ctx, mem_printf(ctx, "/figures/%s", indicator->name.text), NULL,
                                              URL_CHANGES({"period", word})));
        json_array_append_new(figures, figure);
    }
    return figures;
}

/* --- documents --- */

/* Mentions come latest first, one for each figure; those of one issue become one line. */
static void add_mention(const RecordPage *page, json_t *documents, const IssueMention *mention) {
    const Catalog *catalog = page->visit->store->catalog;
    const void *ctx = page->visit->ctx;
    const Report *report = catalog_find_report(catalog, mention->report);
    const Indicator *indicator = catalog_find_indicator(catalog, mention->indicator);
    json_t *document = json_array_get(documents, json_array_size(documents) - 1);
    if (!document || json_integer_value(json_object_get(document, "issue")) != mention->issue) {
        document = page_object();
        page_set(document, "issue", json_integer(mention->issue));
        page_set_text(document, "title", report ? label_text(report->title) : mention->report);
        page_set_text(document, "at", words_moment(ctx, mention->at));
        page_set_text(document, "version", mem_printf(ctx, "%" PRId64, mention->version));
        page_set(document, "changed", json_boolean(mention->version != page->record->version));
        page_set(document, "figures", page_array());
        json_array_append_new(documents, document);
    }
    json_t *figure = page_object();
    page_set_text(figure, "title", indicator ? label_text(indicator->title) : mention->indicator);
    json_array_append_new(json_object_get(document, "figures"), figure);
}

static int add_documents(const RecordPage *page, json_t *counted) {
    IssueMention *mentions;
    size_t n;
    int fault = issue_mentions(page->visit->ctx, page->visit->store, page->record, &mentions, &n);
    if (fault) return fault;
    json_t *documents = page_array();
    for (size_t i = 0; i < n; i++) add_mention(page, documents, &mentions[i]);
    page_set(counted, "has_documents", json_boolean(n > 0));
    page_set(counted, "documents", documents);
    return 0;
}

/* Of a record as it is, to who may see figures. */
static bool is_told(const RecordPage *page) {
    return !page->withdrawn && page->as_at == DATE_NONE && visit_may(page->visit, "figure:read", NULL);
}

int record_add_counted(const RecordPage *page, json_t *model) {
    if (!is_told(page)) return 0;
    Period period = choose_period(page);
    json_t *counted = page_object(), *figures = figures_json(page, period);
    page_set(counted, "options", options_json(page, period));
    page_set(counted, "any", json_boolean(json_array_size(figures) > 0));
    page_set(counted, "figures", figures);
    page_set(model, "counted", counted);
    return visit_may(page->visit, "report:read", NULL) ? add_documents(page, counted) : 0;
}
