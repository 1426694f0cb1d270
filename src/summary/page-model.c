/* summary/page-model.c: everything a reader of the page can open, in words. */
#include "summary/page-model.h"

#include <string.h>

#include "base/mem.h"
#include "doc/link.h"
#include "figure/page.h"
#include "summary/annex.h"
#include "summary/composer.h"
#include "summary/digest.h"
#include "summary/face.h"

#define RECORD_NAME "record:" /* LEDGER/ID */

static json_t *words_json(void) {
    json_t *words = page_words();
    page_set_text(
        words, "hint",
        label_text((Label){"点击文中的数字，查看它由哪些记录得出。", "Choose a number to see the records it counts."}));
    page_set_text(words, "sources", label_text((Label){"数据来源", "Where the numbers come from"}));
    page_set_text(words, "named", label_text((Label){"文中所列事项", "Records named in the text"}));
    return words;
}

/* --- figures --- */

/* What is known of the figure besides its value, then how it was counted. */
static json_t *facts_json(const void *ctx, const Summary *summary, const SummaryFigure *shown) {
    static const char *const shown_faces[] = {"so_far", "target",      "share", "remaining",
                                              "growth", "year_before", "rank",  "coverage"};
    const Indicator *indicator = shown->figure->ask.indicator;
    json_t *facts = page_array();
    page_add_fact(facts, label_text((Label){"口径", "What it counts"}), label_text(indicator->caliber));
    page_add_fact(facts, label_text((Label){"期间", "Period"}), annex_period(ctx, shown));
    page_add_fact(facts, label_text((Label){"截止", "As at"}), annex_cut_off(ctx, summary));
    for (size_t i = 0; i < sizeof shown_faces / sizeof *shown_faces; i++) {
        const Face *face = face_find(shown_faces[i]);
        page_add_fact(facts, label_text(face->title), face->print(ctx, shown));
    }
    page_add_fact(facts, label_text((Label){"算法", "How it adds up"}), label_text(figure_fold(indicator)));
    return facts;
}

static json_t *figure_json(const void *ctx, const Summary *summary, size_t index, const Sample *sample) {
    const SummaryFigure *shown = &summary->figures[index];
    const Figure *figure = shown->figure;
    json_t *object = page_object();
    page_set_text(object, "id", link_html_id(ctx, shown->name));
    page_set(object, "no", json_integer((json_int_t)index + 1));
    page_set_text(object, "title", label_text(figure->ask.indicator->title));
    page_set_text(object, "value", figure->value.known ? figure_print(ctx, figure->ask.indicator, figure->value) : "—");
    page_set_text(object, "period", annex_period(ctx, shown));
    page_set(object, "facts", facts_json(ctx, summary, shown));
    page_set_sample(ctx, object, figure->ask.indicator, sample);
    page_set_text(object, "hash", figure->hash);
    return object;
}

static int add_figures(const void *ctx, Store *store, const Summary *summary, json_t *array) {
    for (size_t i = 0; i < summary->n_figures; i++) {
        Sample *sample;
        int fault = sample_take(ctx, store, &summary->figures[i].figure->ask, &sample);
        if (fault) return fault;
        json_array_append_new(array, figure_json(ctx, summary, i, sample));
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
    json_t *object = page_object(), *facts = page_array();
    page_add_fact(facts, label_text((Label){"台账", "Ledger"}), label_text(record->ledger->title));
    page_add_fact(facts, label_text((Label){"编号", "Number"}), record->number);
    page_add_fact(facts, label_text((Label){"状态", "State"}), record_state(ctx, record));
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        page_add_fact(facts, label_text(field->label), record_show(ctx, store, record, field, true));
    }
    page_set_text(object, "id", link_html_id(ctx, name));
    page_set_text(object, "title", record_title(ctx, store, record));
    page_set_text(object, "ledger", label_text(record->ledger->title));
    page_set(object, "facts", facts);
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
    if (!result) json_array_append_new(array, record_json(ctx, store, record, name));
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
    json_t *model = json_keep(ctx, page_object()), *figures = page_array(), *records = page_array();
    page_set_text(model, "lang", summary->doc->lang);
    page_set_text(model, "title", summary->title);
    page_set_text(model, "unit", store->org_name);
    page_set_text(model, "made_at", summary->made_at);
    page_set_text(model, "hash", digest_summary(ctx, store, summary));
    page_set(model, "word", words_json());
    page_set(model, "figures", figures);
    page_set(model, "records", records);
    int fault = add_figures(ctx, store, summary, figures);
    if (!fault) fault = add_records(ctx, store, summary, records);
    page_set(model, "has_records", json_boolean(json_array_size(records) > 0));
    *ret_model = model;
    return fault;
}

/* --- one figure --- */

/* INDICATOR, or INDICATOR@2020 for a period of its own. */
static const Indicator *read_figure_name(const Catalog *catalog, const char *name, Period *period) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = strchr(name, '@');
    if (!at) return catalog_find_indicator(catalog, name);
    if (!period_parse(at + 1, period)) return NULL;
    return catalog_find_indicator(catalog, mem_strndup(scratch, name, (size_t)(at - name)));
}

int summary_figure_page(const void *ctx, Store *store, Period period, const char *name, json_t **ret_model) {
    Period own = period;
    const Indicator *indicator = read_figure_name(store->catalog, name, &own);
    if (!indicator) return 1;
    Composer *composer = mem_new(ctx, Composer);
    *composer = (Composer){.store = store, .ask = {.period = period, .as_at = DATE_NONE}, .lang = lang_current()};
    const SummaryFigure *shown = composer_figure(composer, indicator, own);
    if (!shown) return composer->fault;
    const Summary alone = {.ask = composer->ask, .figures = (SummaryFigure *)shown, .n_figures = 1};
    Sample *sample;
    int fault = sample_take(ctx, store, &shown->figure->ask, &sample);
    if (fault) return fault;
    *ret_model = json_keep(ctx, figure_json(ctx, &alone, 0, sample));
    page_set(*ret_model, "word", words_json());
    return 0;
}
