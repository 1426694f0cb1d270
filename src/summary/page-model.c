/* summary/page-model.c: everything a reader of the page can open, in words. */
#include "summary/page-model.h"

#include <string.h>

#include "base/mem.h"
#include "doc/link.h"
#include "summary/annex.h"
#include "summary/composer.h"
#include "summary/digest.h"
#include "summary/face.h"
#include "summary/sample.h"

#define RECORD_NAME "record:" /* LEDGER/ID */

static void set(json_t *object, const char *name, json_t *value) { json_object_set_new(object, name, value); }
static void set_text(json_t *object, const char *name, const char *text) { set(object, name, json_text_or_null(text)); }
static void append(json_t *array, json_t *value) { json_array_append_new(array, value); }
static json_t *new_object(void) { return mem_check(json_object()); }
static json_t *new_array(void) { return mem_check(json_array()); }

/* {"label": …, "text": …}: one line of a definition list. */
static void append_pair(json_t *array, const char *label, const char *text) {
    if (!text || !*text) return;
    json_t *pair = new_object();
    set_text(pair, "label", label);
    set_text(pair, "text", text);
    append(array, pair);
}

/* --- words of the page --- */

static const struct {
    const char *name;
    Label label;
} page_words[] = {
    {"hint", {"点击文中的数字，查看它由哪些记录得出。", "Choose a number to see the records it counts."}},
    {"sources", {"数据来源", "Where the numbers come from"}},
    {"named", {"文中所列事项", "Records named in the text"}},
    {"close", {"关闭", "Close"}},
    {"print", {"打印", "Print"}},
    {"counted", {"计入的记录", "Records counted"}},
    {"not_counted", {"未计入的相近记录", "Near records that are not counted"}},
    {"number", {"编号", "Number"}},
    {"title", {"名称", "Title"}},
    {"amount", {"计入", "Counts"}},
    {"because", {"未满足：", "Not met: "}},
    {"no_rows", {"没有记录", "No records"}},
    {"fingerprint", {"校验码", "Fingerprint"}},
};

static json_t *words_json(void) {
    json_t *words = new_object();
    for (size_t i = 0; i < sizeof page_words / sizeof *page_words; i++)
        set_text(words, page_words[i].name, label_text(page_words[i].label));
    return words;
}

/* --- figures --- */

/* Counted things have no unit of their own: each is 1 or 0. */
static const char *amount_text(const void *ctx, const Indicator *indicator, FigureNumber amount) {
    bool counted = indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT;
    if (!amount.known) return label_text((Label){"空", "blank"});
    return counted ? figure_decimal(ctx, amount) : figure_print(ctx, indicator, amount);
}

static json_t *rows_json(const void *ctx, const Indicator *indicator, const SampleRow *rows, size_t n) {
    json_t *array = new_array();
    for (size_t i = 0; i < n; i++) {
        json_t *row = new_object();
        set_text(row, "number", *rows[i].number ? rows[i].number : "—");
        set_text(row, "title", rows[i].title);
        set_text(row, "amount", amount_text(ctx, indicator, rows[i].amount));
        set_text(row, "because", rows[i].because);
        set_text(row, "says", rows[i].says);
        append(array, row);
    }
    return array;
}

/* "共170条" or "共170条，列出前200条". */
static const char *count_words(const void *ctx, const SamplePart *part) {
    if ((int64_t)part->n_rows >= part->count)
        return mem_printf(ctx, label_text((Label){"共%lld条", "%lld in all"}), (long long)part->count);
    return mem_printf(ctx, label_text((Label){"共%lld条，列出前%zu条", "%lld in all, the first %zu shown"}),
                      (long long)part->count, part->n_rows);
}

/* The sides of a ratio or growth, as figure_fold names them. */
static const char *side_words(const void *ctx, const Indicator *indicator, const SamplePart *part, size_t index) {
    static const Label sides[2][2] = {
        {{"分子：", "Numerator: "}, {"分母：", "Denominator: "}},
        {{"本期：", "This period: "}, {"上年同期：", "A year before: "}},
    };
    const char *side = index < 2 ? label_text(sides[indicator->measure == MEASURE_GROWTH][index]) : "";
    return mem_printf(ctx, label_text((Label){"%s%s（%s）", "%s%s (%s)"}), side, label_text(part->indicator->title),
                      period_words(ctx, part->period, lang_current()));
}

static bool has_numbers(const SamplePart *part) {
    for (size_t i = 0; i < part->n_rows; i++)
        if (*part->rows[i].number) return true;
    return false;
}

static json_t *part_json(const void *ctx, const SamplePart *part, const char *title) {
    json_t *object = new_object();
    set_text(object, "title", title);
    set_text(object, "count", count_words(ctx, part));
    set(object, "any", json_boolean(part->n_rows > 0));
    set(object, "numbered", json_boolean(has_numbers(part)));
    set(object, "rows", rows_json(ctx, part->indicator, part->rows, part->n_rows));
    return object;
}

static json_t *parts_json(const void *ctx, const Indicator *indicator, const Sample *sample) {
    json_t *array = new_array();
    for (size_t i = 0; i < sample->n_parts; i++) {
        const SamplePart *part = &sample->parts[i];
        append(array, part_json(ctx, part, sample->n_parts > 1 ? side_words(ctx, indicator, part, i) : NULL));
    }
    return array;
}

/* What is known of the figure besides its value, then how it was counted. */
static json_t *facts_json(const void *ctx, const Summary *summary, const SummaryFigure *shown) {
    static const char *const shown_faces[] = {"so_far", "target",      "share", "remaining",
                                              "growth", "year_before", "rank",  "coverage"};
    const Indicator *indicator = shown->figure->ask.indicator;
    json_t *facts = new_array();
    append_pair(facts, label_text((Label){"口径", "What it counts"}), label_text(indicator->caliber));
    append_pair(facts, label_text((Label){"期间", "Period"}), annex_period(ctx, shown));
    append_pair(facts, label_text((Label){"截止", "As at"}), annex_cut_off(ctx, summary));
    for (size_t i = 0; i < sizeof shown_faces / sizeof *shown_faces; i++) {
        const Face *face = face_find(shown_faces[i]);
        append_pair(facts, label_text(face->title), face->print(ctx, shown));
    }
    append_pair(facts, label_text((Label){"算法", "How it adds up"}), label_text(figure_fold(indicator)));
    return facts;
}

static json_t *figure_json(const void *ctx, const Summary *summary, size_t index, const Sample *sample) {
    const SummaryFigure *shown = &summary->figures[index];
    const Figure *figure = shown->figure;
    json_t *object = new_object();
    set_text(object, "id", link_html_id(ctx, shown->name));
    set(object, "no", json_integer((json_int_t)index + 1));
    set_text(object, "title", label_text(figure->ask.indicator->title));
    set_text(object, "value", figure->value.known ? figure_print(ctx, figure->ask.indicator, figure->value) : "—");
    set_text(object, "period", annex_period(ctx, shown));
    set(object, "facts", facts_json(ctx, summary, shown));
    set(object, "parts", parts_json(ctx, figure->ask.indicator, sample));
    set(object, "has_excluded", json_boolean(sample->n_excluded > 0));
    set(object, "excluded", rows_json(ctx, figure->ask.indicator, sample->excluded, sample->n_excluded));
    set_text(object, "hash", figure->hash);
    return object;
}

static int add_figures(const void *ctx, Store *store, const Summary *summary, json_t *array) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        Sample *sample;
        int fault = sample_take(ctx, store, summary->figures[i].figure, &sample);
        if (fault) return fault;
        append(array, figure_json(ctx, summary, i, sample));
        talloc_free(sample);
    }
    return 0;
}

/* --- records --- */

static const char *record_state(const void *ctx, const Record *record) {
    if (record->ledger->n_states < 2) return "";
    return mem_strdup(ctx, label_text(record->state->label));
}

static json_t *record_json(const void *ctx, Store *store, const Record *record, const char *name) {
    json_t *object = new_object(), *facts = new_array();
    append_pair(facts, label_text((Label){"台账", "Ledger"}), label_text(record->ledger->title));
    append_pair(facts, label_text((Label){"编号", "Number"}), record->number);
    append_pair(facts, label_text((Label){"状态", "State"}), record_state(ctx, record));
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        append_pair(facts, label_text(field->label), record_show(ctx, store, record, field, true));
    }
    set_text(object, "id", link_html_id(ctx, name));
    set_text(object, "title", record_title(ctx, store, record));
    set_text(object, "ledger", label_text(record->ledger->title));
    set(object, "facts", facts);
    return object;
}

static bool read_name(const Catalog *catalog, const char *name, const Ledger **ret_ledger, int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *slash = strchr(name, '/');
    if (strncmp(name, RECORD_NAME, strlen(RECORD_NAME)) || !slash) return false;
    const char *start = name + strlen(RECORD_NAME);
    *ret_ledger = catalog_find_ledger(catalog, mem_strndup(scratch, start, (size_t)(slash - start)));
    return *ret_ledger && decimal_parse(slash + 1, 0, ret_id) == DECIMAL_OK;
}

static bool is_there(const json_t *array, const char *id) {
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!strcmp(json_string_value(json_object_get(json_array_get(array, i), "id")), id)) return true;
    return false;
}

static int add_record(const void *ctx, Store *store, const Summary *summary, const char *link, json_t *array) {
    const Ledger *ledger;
    int64_t id;
    if (link_kind(link) != LINK_FIGURE || !read_name(store->catalog, link_figure(link), &ledger, &id)) return 0;
    const char *name = link_figure(link);
    if (is_there(array, link_html_id(ctx, name))) return 0;
    char instant[INSTANT_SIZE];
    bool past = summary->ask.as_at != DATE_NONE;
    if (past) instant_end_of(summary->ask.as_at, instant);
    Record *record;
    int result = record_load(ctx, store, ledger, id, past ? instant : NULL, &record);
    if (!result) append(array, record_json(ctx, store, record, name));
    return result < 0 ? result : 0;
}

static int add_records(const void *ctx, Store *store, const Summary *summary, json_t *array) {
    for (size_t i = 0; i < summary->doc->n_blocks; i++) {
        const Block *block = &summary->doc->blocks[i];
        for (size_t k = 0; k < block->n_runs; k++) {
            int fault = add_record(ctx, store, summary, block->runs[k].link, array);
            if (fault) return fault;
        }
    }
    return 0;
}

int page_model(const void *ctx, Store *store, const Summary *summary, json_t **ret_model) {
    json_t *model = json_keep(ctx, new_object()), *figures = new_array(), *records = new_array();
    set_text(model, "lang", summary->doc->lang);
    set_text(model, "title", summary->title);
    set_text(model, "unit", store->org_name);
    set_text(model, "made_at", summary->made_at);
    set_text(model, "hash", digest_summary(ctx, store, summary));
    set(model, "word", words_json());
    set(model, "figures", figures);
    set(model, "records", records);
    int fault = add_figures(ctx, store, summary, figures);
    if (!fault) fault = add_records(ctx, store, summary, records);
    set(model, "has_records", json_boolean(json_array_size(records) > 0));
    *ret_model = model;
    return fault;
}
