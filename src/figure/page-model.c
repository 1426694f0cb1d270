/* figure/page-model.c: the parts that pages with figures share, as JSON for their templates. */
#include <string.h>

#include "base/mem.h"
#include "figure/page.h"

json_t *page_object(void) { return mem_check(json_object()); }
json_t *page_array(void) { return mem_check(json_array()); }
void page_set(json_t *object, const char *name, json_t *value) { json_object_set_new(object, name, value); }
void page_set_text(json_t *object, const char *name, const char *text) {
    page_set(object, name, json_text_or_null(text));
}

void page_add_fact(json_t *facts, const char *label, const char *text) {
    if (!text || !*text) return;
    json_t *pair = page_object();
    page_set_text(pair, "label", label);
    page_set_text(pair, "text", text);
    json_array_append_new(facts, pair);
}

/* --- words --- */

static const struct {
    const char *name;
    Label label;
} words[] = {
    {"close", {"关闭", "Close"}},
    {"print", {"打印", "Print"}},
    {"counted", {"计入的记录", "Records counted"}},
    {"not_counted", {"未计入的相近记录", "Near records that are not counted"}},
    {"number", {"编号", "Number"}},
    {"title", {"名称", "Title"}},
    {"amount", {"计入", "Counts"}},
    {"because", {"未满足：", "Not met: "}},
    {"fingerprint", {"校验码", "Fingerprint"}},
};

json_t *page_words(void) {
    json_t *object = page_object();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        page_set_text(object, words[i].name, label_text(words[i].label));
    return object;
}

/* --- rows --- */

/* Counted things have no unit of their own: each is 1 or 0. */
static const char *amount_text(const void *ctx, const Indicator *indicator, FigureNumber amount) {
    bool counted = indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT;
    if (!amount.known) return label_text((Label){"空", "blank"});
    return counted ? figure_decimal(ctx, amount) : figure_print(ctx, indicator, amount);
}

static json_t *rows_json(const void *ctx, const Indicator *indicator, const SampleRow *rows, size_t n) {
    json_t *array = page_array();
    for (size_t i = 0; i < n; i++) {
        json_t *row = page_object();
        page_set_text(row, "number", *rows[i].number ? rows[i].number : "—");
        page_set_text(row, "title", rows[i].title);
        page_set_text(row, "amount", amount_text(ctx, indicator, rows[i].amount));
        page_set_text(row, "because", rows[i].because);
        page_set_text(row, "says", rows[i].says);
        json_array_append_new(array, row);
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
    json_t *object = page_object();
    page_set_text(object, "title", title);
    page_set_text(object, "count", count_words(ctx, part));
    page_set(object, "any", json_boolean(part->n_rows > 0));
    page_set(object, "numbered", json_boolean(has_numbers(part)));
    page_set(object, "rows", rows_json(ctx, part->indicator, part->rows, part->n_rows));
    return object;
}

static json_t *parts_json(const void *ctx, const Indicator *indicator, const Sample *sample) {
    json_t *array = page_array();
    for (size_t i = 0; i < sample->n_parts; i++) {
        const SamplePart *part = &sample->parts[i];
        json_array_append_new(array,
                              part_json(ctx, part, sample->n_parts > 1 ? side_words(ctx, indicator, part, i) : NULL));
    }
    return array;
}

void page_set_sample(const void *ctx, json_t *object, const Indicator *indicator, const Sample *sample) {
    page_set(object, "parts", parts_json(ctx, indicator, sample));
    page_set(object, "has_excluded", json_boolean(sample->n_excluded > 0));
    page_set(object, "excluded", rows_json(ctx, indicator, sample->excluded, sample->n_excluded));
}
