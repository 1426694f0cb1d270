/* summary/view.c: what the names of a template lead to: plain words, figures and their faces, lists and their records.
 *
 * What has nothing to print is false in a section and prints a hole, so that its sentence vanishes. Fields of records
 * are different: a blank one prints nothing and its sentence stays, and a number leads to its record. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "summary/composer.h"
#include "summary/face.h"
#include "summary/prose.h"

static TmplValue text_value(const char *text) { return (TmplValue){.kind = TMPL_TEXT, .text = text ? text : ""}; }
static TmplValue bool_value(bool yes) { return (TmplValue){.kind = yes ? TMPL_TRUE : TMPL_FALSE}; }

/* --- figures --- */

static const char *link_to(const void *ctx, const char *text, const char *scheme, const char *target) {
    Buf out = BUF_INIT(ctx);
    buf_char(&out, '[');
    prose_escape(&out, text, strlen(text));
    buf_printf(&out, "](%s:%s)", scheme, target);
    return buf_text(&out);
}

static TmplValue face_value(const void *ctx, const Face *face, const SummaryFigure *figure) {
    const char *text = face->print(ctx, figure);
    if (!text || !*text) return (TmplValue){.kind = TMPL_FALSE, .text = PROSE_HOLE, .raw = true};
    if (face->leads == FACE_PLAIN) return text_value(text);
    const char *name = face->leads == FACE_SO_FAR ? figure->so_far->name : figure->name;
    return (TmplValue){.kind = TMPL_TEXT, .text = link_to(ctx, text, "figure", name), .raw = true};
}

static TmplValue figure_member(const void *ctx, const void *data, const char *name) {
    const Face *face = face_find(name);
    return face ? face_value(ctx, face, data) : (TmplValue){.kind = TMPL_ABSENT};
}

static const TmplView figure_view = {.member = figure_member};

static TmplValue figure_value(const void *ctx, const SummaryFigure *figure) {
    if (!figure) return (TmplValue){.kind = TMPL_FALSE, .text = PROSE_HOLE, .raw = true};
    const char *text = face_print(ctx, figure);
    return (TmplValue){.kind = text ? TMPL_OBJECT : TMPL_FALSE,
                       .text = text ? link_to(ctx, text, "figure", figure->name) : PROSE_HOLE,
                       .raw = true,
                       .view = &figure_view,
                       .data = figure};
}

/* --- fields --- */

static const Indicator yuan = {.unit = "元"};

/* What a record says in prose: amounts with their unit, days and periods in words, texts without their full stop. */
static const char *show_number(const void *ctx, const Item *item, const Field *field, Value value) {
    bool money = !strcmp(field->kind_name.text, "money");
    bool bare = !field->unit && !strcmp(field->kind_name.text, "decimal");
    const Indicator *like = money ? &yuan : bare && item->figure ? item->figure->figure->ask.indicator : NULL;
    FigureNumber number = {true, {value.units, value.scale}};
    if (like) return figure_print(ctx, like, number);
    bool percent = !strcmp(field->kind_name.text, "percent");
    return mem_printf(ctx, "%s%s", figure_decimal(ctx, number), field->unit ? field->unit : percent ? "%" : "");
}

/* A sentence goes on behind a text from a field. */
static const char *without_full_stop(const void *ctx, const char *text) {
    static const char *const ends[] = {"。", "；", ";", "，", ",", "\n", " "};
    size_t size = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends;) {
        size_t tail = strlen(ends[i]);
        bool found = size >= tail && !memcmp(text + size - tail, ends[i], tail);
        if (found) size -= tail;
        i = found ? 0 : i + 1;
    }
    return mem_strndup(ctx, text, size);
}

/* Ledgers keep half-width marks; between Chinese characters they are full-width. */
static const char *chinese_marks(const void *ctx, const char *text) {
    static const char half[] = ",;:?!()";
    static const char *const full[] = {"，", "；", "：", "？", "！", "（", "）"};
    Buf out = BUF_INIT(ctx);
    const char *end = text + strlen(text);
    for (unsigned before = 0, rune; (rune = text_next(&text, end)); before = rune) {
        const char *next = text, *mark = rune < 0x80 ? strchr(half, (int)rune) : NULL;
        if (mark && (text_is_han(before) || text_is_han(text_next(&next, end))))
            buf_add(&out, full[mark - half]);
        else
            buf_rune(&out, rune);
    }
    return buf_text(&out);
}

static const char *prose_text(const void *ctx, const Composer *composer, const char *text) {
    const char *plain = without_full_stop(ctx, text);
    return composer->lang == LANG_ZH ? chinese_marks(ctx, plain) : plain;
}

static const char *show_field(const void *ctx, const Composer *composer, const Item *item, const Field *field) {
    Value value = item->record->values[field->index];
    if (value.kind == VALUE_BLANK || value.kind == VALUE_NA) return "";
    if (value.kind == VALUE_DATE) return day_words_within(ctx, value.date, composer->ask.period, composer->lang);
    Period period;
    if (field->kind->type == TYPE_PERIOD && period_parse(value.text, &period))
        return period_words(ctx, period, composer->lang);
    if (value.kind == VALUE_NUMBER && !field->to && !field->personal) return show_number(ctx, item, field, value);
    return prose_text(ctx, composer, record_show(ctx, composer->store, item->record, field, true));
}

/* --- items of lists --- */

typedef struct ItemData {
    const List *list;
    size_t index;
} ItemData;

static const Item *item_of(const ItemData *data) { return &data->list->items[data->index]; }

static TmplValue item_index(const void *ctx, const ItemData *data) {
    return text_value(mem_printf(ctx, "%zu", data->index + 1));
}

static TmplValue item_first(const void *ctx, const ItemData *data) {
    (void)ctx;
    return bool_value(data->index == 0);
}

static TmplValue item_last(const void *ctx, const ItemData *data) {
    (void)ctx;
    return bool_value(data->index + 1 == data->list->count);
}

/* Words that open the record of an item. */
static TmplValue record_link(const void *ctx, const ItemData *data, const char *words) {
    const Record *record = item_of(data)->record;
    const char *target = mem_printf(ctx, "%s/%lld", record->ledger->name.text, (long long)record->id);
    return (TmplValue){.kind = TMPL_TEXT, .text = link_to(ctx, words, "record", target), .raw = true};
}

static TmplValue item_title(const void *ctx, const ItemData *data) {
    const Composer *composer = data->list->composer;
    const char *title = record_title(ctx, composer->store, item_of(data)->record);
    return record_link(ctx, data, prose_text(ctx, composer, title));
}

static TmplValue item_number(const void *ctx, const ItemData *data) {
    (void)ctx;
    return text_value(item_of(data)->record->number);
}

/* The state it was in at the end of the period, which need not be that of today. */
static TmplValue item_state(const void *ctx, const ItemData *data) {
    const Composer *composer = data->list->composer;
    Record *record = record_copy(ctx, item_of(data)->record);
    const State *state = record->state;
    Date end = composer->ask.period.end;
    if (!record_load_spans(ctx, composer->store, record))
        for (size_t i = 0; i < record->n_spans; i++)
            if (record->spans[i].entered_on <= end && record->spans[i].entered_on != DATE_NONE)
                state = record->spans[i].state;
    return text_value(label_text(state->label));
}

static TmplValue item_figure(const void *ctx, const ItemData *data) { return figure_value(ctx, item_of(data)->figure); }

static const struct {
    const char *name;
    TmplValue (*value)(const void *ctx, const ItemData *data);
} item_names[] = {
    {"index", item_index},   {"first", item_first}, {"last", item_last},     {"title", item_title},
    {"number", item_number}, {"state", item_state}, {"figure", item_figure},
};
#define N_ITEM_NAMES (sizeof item_names / sizeof *item_names)

bool view_has_item_name(const char *name) {
    for (size_t i = 0; i < N_ITEM_NAMES; i++)
        if (!strcmp(item_names[i].name, name)) return true;
    return false;
}

static TmplValue item_member(const void *ctx, const void *data, const char *name) {
    const ItemData *item = data;
    for (size_t i = 0; i < N_ITEM_NAMES; i++)
        if (!strcmp(item_names[i].name, name)) return item_names[i].value(ctx, item);
    const Field *field = ledger_find_field(item_of(item)->record->ledger, name);
    if (!field) return (TmplValue){.kind = TMPL_ABSENT};
    const char *words = show_field(ctx, item->list->composer, item_of(item), field);
    bool number = item_of(item)->record->values[field->index].kind == VALUE_NUMBER;
    return number && *words ? record_link(ctx, item, words) : text_value(words);
}

static TmplValue list_item(const void *ctx, const void *data, size_t index) {
    static const TmplView view = {.member = item_member};
    ItemData *item = mem_new(ctx, ItemData);
    *item = (ItemData){data, index};
    return (TmplValue){.kind = TMPL_OBJECT, .view = &view, .data = item};
}

static TmplValue list_value(const List *list) {
    static const TmplView view = {.item = list_item};
    return (TmplValue){.kind = TMPL_LIST, .view = &view, .data = list, .count = list->count};
}

/* --- plain names --- */

static const char *say_unit(const void *ctx, const Composer *composer) {
    (void)ctx;
    return composer->store->org_name;
}

static const char *say_period(const void *ctx, const Composer *composer) {
    return period_words(ctx, composer->ask.period, composer->lang);
}

static const char *say_period_part(const void *ctx, const Composer *composer) {
    Period period = composer->ask.period;
    if (composer->lang == LANG_ZH && period_months(period) == 12) return "全年";
    return period_words_within(ctx, period, period, composer->lang);
}

static const char *say_period_year(const void *ctx, const Composer *composer) {
    return mem_printf(ctx, composer->lang == LANG_ZH ? "%d年" : "%d", date_year(composer->ask.period.start));
}

/* 6月底, 2020年底: how reports name a cut-off. */
static const char *say_period_end(const void *ctx, const Composer *composer) {
    int year, month, day;
    date_split(composer->ask.period.end, &year, &month, &day);
    if (composer->lang != LANG_ZH) return day_words(ctx, composer->ask.period.end, composer->lang);
    return month == 12 ? mem_printf(ctx, "%d年底", year) : mem_printf(ctx, "%d月底", month);
}

static const char *say_next_period(const void *ctx, const Composer *composer) {
    return period_words_within(ctx, period_after(composer->ask.period), composer->ask.period, composer->lang);
}

static const char *say_today(const void *ctx, const Composer *composer) {
    return day_words(ctx, date_today(), composer->lang);
}

static const char *say_as_at(const void *ctx, const Composer *composer) {
    return composer->ask.as_at == DATE_NONE ? "" : day_words(ctx, composer->ask.as_at, composer->lang);
}

static const struct PlainName {
    const char *name;
    const char *(*say)(const void *ctx, const Composer *composer);
} plain_names[] = {
    {"unit", say_unit},
    {"period", say_period},           /* 2020年上半年 */
    {"period_part", say_period_part}, /* 上半年, 全年 */
    {"period_year", say_period_year}, /* 2020年 */
    {"period_end", say_period_end},   /* 6月底 */
    {"next_period", say_next_period}, /* 下半年, 2021年上半年 */
    {"today", say_today},
    {"as_at", say_as_at}, /* the cut-off asked for, if one was */
};
#define N_PLAIN_NAMES (sizeof plain_names / sizeof *plain_names)

static const struct PlainName *find_plain(const char *name) {
    for (size_t i = 0; i < N_PLAIN_NAMES; i++)
        if (!strcmp(plain_names[i].name, name)) return &plain_names[i];
    return NULL;
}

bool view_has_name(const char *name) { return find_plain(name) != NULL; }

size_t view_names(const void *ctx, const char ***ret_names) {
    size_t n = 0;
    const char **names = mem_array(ctx, const char *, N_PLAIN_NAMES + N_ITEM_NAMES);
    for (size_t i = 0; i < N_PLAIN_NAMES; i++) names[n++] = plain_names[i].name;
    for (size_t i = 0; i < N_ITEM_NAMES; i++) names[n++] = item_names[i].name;
    *ret_names = names;
    return n;
}

/* --- the root --- */

/* Views are read-only to templates; the composer behind this one counts figures as they are asked for. */
typedef struct Root {
    Composer *composer;
} Root;

static TmplValue root_member(const void *ctx, const void *data, const char *name) {
    Composer *composer = ((const Root *)data)->composer;
    const struct PlainName *plain = find_plain(name);
    if (plain) return text_value(plain->say(ctx, composer));
    const List *list = composer_list(composer, name);
    if (list) return list_value(list);
    const Indicator *indicator = catalog_find_indicator(composer->store->catalog, name);
    if (indicator) return figure_value(ctx, composer_figure(composer, indicator, composer->ask.period));
    return (TmplValue){.kind = TMPL_ABSENT};
}

TmplValue view_root(Composer *composer) {
    static const TmplView view = {.member = root_member};
    Root *root = mem_new(composer, Root);
    root->composer = composer;
    return (TmplValue){.kind = TMPL_OBJECT, .view = &view, .data = root};
}
