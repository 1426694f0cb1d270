/* summary/json.c: a text with its figures and their rows, for programs. */
#include "base/json.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "figure/sample.h"
#include "summary/digest.h"
#include "summary/face.h"
#include "summary/forms.h"

/* --- values --- */

static void set(json_t *object, const char *name, json_t *value) { json_object_set_new(object, name, value); }
static void set_text(json_t *object, const char *name, const char *text) { set(object, name, json_text_or_null(text)); }

static void set_number(json_t *object, const char *name, FigureNumber number) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    set_text(object, name, figure_decimal(scratch, number));
}

static void set_period(json_t *object, Period period) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    set_text(object, "period", period_format_short(scratch, period));
}

static void set_day(json_t *object, const char *name, Date date) {
    char text[DATE_ISO_SIZE];
    if (date != DATE_NONE) date_format_iso(date, text);
    set_text(object, name, date == DATE_NONE ? NULL : text);
}

/* --- figures --- */

static json_t *row_json(const SampleRow *row, bool excluded) {
    json_t *object = mem_check(json_object());
    set_text(object, "ledger", row->ledger);
    set(object, "id", json_integer(row->id));
    set_text(object, "number", *row->number ? row->number : NULL);
    set_text(object, "title", row->title);
    set(object, "version", json_integer(row->version));
    if (!excluded) set_number(object, "amount", row->amount);
    if (excluded) set_text(object, "because", row->because);
    if (excluded) set_text(object, "says", row->says);
    return object;
}

static json_t *rows_json(const SampleRow *rows, size_t n, bool excluded) {
    json_t *array = mem_check(json_array());
    for (size_t i = 0; i < n; i++) json_array_append_new(array, row_json(&rows[i], excluded));
    return array;
}

static json_t *part_json(const SamplePart *part) {
    json_t *object = mem_check(json_object());
    set_text(object, "indicator", part->indicator->name.text);
    set_period(object, part->period);
    set(object, "count", json_integer(part->count));
    set(object, "rows", rows_json(part->rows, part->n_rows, false));
    return object;
}

static void set_sample(json_t *object, const Sample *sample) {
    json_t *parts = mem_check(json_array());
    for (size_t i = 0; i < sample->n_parts; i++) json_array_append_new(parts, part_json(&sample->parts[i]));
    set(object, "parts", parts);
    set(object, "excluded", rows_json(sample->excluded, sample->n_excluded, true));
}

static json_t *printed_json(const SummaryFigure *shown) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    json_t *printed = mem_check(json_object());
    for (const Face *face = faces; face->name; face++) {
        const char *text = face->print(scratch, shown);
        if (text && *text) set_text(printed, face->name, text);
    }
    return printed;
}

static json_t *figure_json(const SummaryFigure *shown) {
    const Figure *figure = shown->figure;
    const Indicator *indicator = figure->ask.indicator;
    json_t *object = mem_check(json_object());
    set_text(object, "name", shown->name);
    set_text(object, "indicator", indicator->name.text);
    set(object, "title", json_label(indicator->title));
    set_period(object, figure->ask.period);
    set_day(object, "as_at", figure->ask.as_at);
    set_number(object, "value", figure->value);
    set_text(object, "unit", indicator->unit);
    set_text(object, "kind", indicator_kind_name(indicator->kind));
    set_text(object, "measure", measure_kind_name(indicator->measure));
    set_number(object, "target", figure->target);
    set_number(object, "share", shown->so_far->figure->share);
    set_number(object, "so_far", shown->so_far->figure->value);
    set_number(object, "growth", figure->growth);
    set_number(object, "year_before", figure->before);
    set_number(object, "rank", figure->rank);
    set_number(object, "rank_of", figure->rank_of);
    set_number(object, "reported", figure->reported);
    set_number(object, "expected", figure->expected);
    set(object, "count", json_integer(figure->count));
    set(object, "uses", json_integer(shown->uses));
    set(object, "printed", printed_json(shown));
    set_text(object, "definition", indicator->hash);
    set_text(object, "hash", figure->hash);
    return object;
}

static int figures_json(Store *store, const Summary *summary, json_t *array) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Sample *sample;
        int fault = sample_take(scratch, store, &summary->figures[i].figure->ask, &sample);
        if (fault) return fault;
        json_t *figure = figure_json(&summary->figures[i]);
        set_sample(figure, sample);
        json_array_append_new(array, figure);
    }
    return 0;
}

/* --- the text --- */

static char *plain_text(const void *ctx, const Summary *summary) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < summary->doc->n_blocks; i++) {
        const Block *block = &summary->doc->blocks[i];
        if (block->kind == BLOCK_ANNEX) break;
        for (size_t k = 0; k < block->n_runs; k++) buf_add(&out, block->runs[k].text);
        buf_char(&out, '\n');
    }
    return mem_strdup(ctx, buf_text(&out));
}

static json_t *summary_json(const void *ctx, const Store *store, const Summary *summary) {
    json_t *object = json_keep(ctx, mem_check(json_object()));
    set_text(object, "report", summary->ask.report->name.text);
    set_text(object, "title", summary->title);
    set_text(object, "unit", store->org_name);
    set_period(object, summary->ask.period);
    set_day(object, "as_at", summary->ask.as_at);
    set_text(object, "made_at", summary->made_at);
    set_text(object, "text", plain_text(ctx, summary));
    set_text(object, "markdown", summary->markdown);
    set_text(object, "hash", digest_summary(ctx, store, summary));
    return object;
}

static int write_json(const void *scratch, Store *store, const Summary *summary, const char *path, Diag *diag) {
    json_t *object = summary_json(scratch, store, summary), *figures = mem_check(json_array());
    set(object, "figures", figures);
    int fault = figures_json(store, summary, figures);
    if (fault) {
        (void)store_fault(store, fault, diag);
        return 1;
    }
    char *text = mem_check(json_dumps(object, JSON_INDENT(2)));
    int result = file_write(path, text, strlen(text), diag);
    free(text);
    return result;
}

/* What is printed is in the language of the text. */
int forms_write_json(Store *store, const Summary *summary, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Lang before = lang_current();
    lang_use(strcmp(summary->doc->lang, "en") ? LANG_ZH : LANG_EN);
    int result = write_json(scratch, store, summary, path, diag);
    lang_use(before);
    return result;
}
