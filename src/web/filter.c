/* web/filter.c: see filter.h. What people type is quoted into the text of a condition, which is compiled as any other:
 * it becomes a bound parameter, never SQL. */
#include "web/filter.h"

#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/query.h"

/* --- kinds --- */

/* How a field is filtered; the template has a part for each. */
typedef enum { FILTER_NONE, FILTER_TEXT, FILTER_CHOICE, FILTER_DAYS, FILTER_AMOUNT, FILTER_YES_NO } FilterKind;

static const struct {
    ExprType type;
    FilterKind kind;
} kinds[] = {
    {TYPE_TEXT, FILTER_TEXT}, {TYPE_REF, FILTER_TEXT},      {TYPE_CODE, FILTER_CHOICE}, {TYPE_CODES, FILTER_CHOICE},
    {TYPE_DATE, FILTER_DAYS}, {TYPE_NUMBER, FILTER_AMOUNT}, {TYPE_BOOL, FILTER_YES_NO},
};

static FilterKind kind_of(const Field *field) {
    if (field->kind->sealed || field->personal) return FILTER_NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].type == field->kind->type) return kinds[i].kind;
    return FILTER_NONE;
}

/* --- the text of the condition --- */

static void begin_term(Buf *out) { buf_add(out, out->size ? " and " : ""); }

static void add_quoted(Buf *out, const char *text) {
    buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'') buf_char(out, '\'');
        buf_char(out, *text);
    }
    buf_char(out, '\'');
}

static void add_contains(Buf *out, const char *name, const char *text) {
    if (!*text) return;
    begin_term(out);
    buf_printf(out, "%s contains ", name);
    add_quoted(out, text);
}

static bool is_word(const char *text) {
    return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

/* The words of a choice that came, however often its name stands in the address. */
static const char *next_word(const Visit *visit, const char *name, size_t *at) {
    const HttpFields *query = &visit->request->query;
    while (*at < query->count) {
        const HttpField *field = &query->list[(*at)++];
        if (!strcmp(field->name, name) && is_word(field->value)) return field->value;
    }
    return NULL;
}

static void add_choice(const Visit *visit, Buf *out, const char *name, bool several) {
    Buf words = BUF_INIT(visit->ctx);
    const char *word;
    for (size_t at = 0; (word = next_word(visit, name, &at));)
        if (several)
            buf_printf(&words, "%s%s contains %s", words.size ? " or " : "", name, word);
        else
            buf_printf(&words, "%s%s", words.size ? ", " : "", word);
    if (!words.size) return;
    begin_term(out);
    buf_printf(out, several ? "(%s)" : "%2$s in (%1$s)", buf_text(&words), name);
}

static const char *part_of(const Visit *visit, const char *name, const char *part) {
    return visit_query(visit, mem_printf(visit->ctx, "%s.%s", name, part));
}

static void add_day(const Visit *visit, Buf *out, const Field *field, const char *part, const char *sign) {
    const char *text = part_of(visit, field->name.text, part);
    if (!*text) return;
    Date day = date_parse_lenient(text);
    if (day == DATE_NONE) {
        diag_error(visit->diag, (Place){.field = label_text(field->label)}, "not-a-date",
                   "'%s' is no day; write it as 2020-07-05", text);
        return;
    }
    begin_term(out);
    buf_printf(out, "%s %s %s", field->name.text, sign, date_iso(visit->ctx, day));
}

static void add_amount(const Visit *visit, Buf *out, const Field *field, const char *part, const char *sign) {
    const char *text = part_of(visit, field->name.text, part);
    if (!*text) return;
    Decimal amount = {.scale = field->scale};
    if (decimal_parse(text, field->scale, &amount.units) != DECIMAL_OK) {
        diag_error(visit->diag, (Place){.field = label_text(field->label)}, "not-a-number",
                   "'%s' is no such number; write digits alone", text);
        return;
    }
    char plain[DECIMAL_SIZE];
    decimal_format(amount, plain);
    begin_term(out);
    buf_printf(out, "%s %s %s", field->name.text, sign, plain);
}

/* What a reference is filtered by: the words that its record shows; NULL when it shows none. */
static const char *words_of(const Visit *visit, const Field *field) {
    const char *path = field->name.text;
    for (size_t depth = 0; field && field->to && depth < EXPR_FOLLOW_MAX; depth++) {
        field = field->to->shows;
        if (field) path = mem_printf(visit->ctx, "%s.%s", path, field->name.text);
    }
    return field && field->kind->type == TYPE_TEXT ? path : NULL;
}

static void add_words(const Visit *visit, Buf *out, const Field *field, const char *text) {
    const char *path = words_of(visit, field);
    if (path) add_contains(out, path, text);
}

static void add_field(const Visit *visit, Buf *out, const Field *field) {
    const char *name = field->name.text, *text = visit_query(visit, name);
    switch (kind_of(field)) {
    case FILTER_TEXT:
        add_words(visit, out, field, text);
        break;
    case FILTER_CHOICE:
        add_choice(visit, out, name, field->kind->type == TYPE_CODES);
        break;
    case FILTER_DAYS:
        add_day(visit, out, field, "from", ">=");
        add_day(visit, out, field, "to", "<=");
        break;
    case FILTER_AMOUNT:
        add_amount(visit, out, field, "min", ">=");
        add_amount(visit, out, field, "max", "<=");
        break;
    case FILTER_YES_NO:
        if (!*text) break;
        begin_term(out);
        buf_printf(out, strcmp(text, "yes") ? "not %s" : "%s", name);
        break;
    case FILTER_NONE:
        break;
    }
}

static const char *condition_text(const Visit *visit) {
    Buf out = BUF_INIT(visit->ctx);
    for (size_t i = 0; i < visit->ledger->n_fields; i++) add_field(visit, &out, &visit->ledger->fields[i]);
    add_choice(visit, &out, "state", false);
    if (visit->ledger->number.text) add_contains(&out, "number", visit_query(visit, "number"));
    const char *expert = visit_query(visit, "where");
    if (*expert) {
        begin_term(&out);
        buf_printf(&out, "(%s)", expert);
    }
    return buf_text(&out);
}

int filter_compile(const Visit *visit, Expr **ret_where) {
    *ret_where = NULL;
    const char *text = condition_text(visit);
    if (visit->diag->errors) return 1;
    return *text ? query_compile(visit->ctx, visit->ledger, text, visit->diag, ret_where) : 0;
}

/* --- the inputs --- */

static json_t *input_json(const char *kind, const char *name, const char *label) {
    json_t *object = page_object();
    page_set(object, kind, json_true());
    page_set_text(object, "name", name);
    page_set_text(object, "label", label);
    return object;
}

static void add_option(const Visit *visit, json_t *options, const char *name, const char *word, const char *label) {
    bool chosen = false;
    const char *given;
    for (size_t at = 0; (given = next_word(visit, name, &at));) chosen |= !strcmp(given, word);
    json_t *option = page_object();
    page_set_text(option, "word", word);
    page_set_text(option, "label", label);
    page_set(option, "chosen", json_boolean(chosen));
    json_array_append_new(options, option);
}

static json_t *choice_json(const Visit *visit, const Field *field) {
    json_t *options = page_array();
    for (size_t i = 0; i < field->list->n_codes; i++)
        add_option(visit, options, field->name.text, field->list->codes[i].name.text,
                   label_text(field->list->codes[i].label));
    return options;
}

json_t *filter_field_json(const Visit *visit, const Field *field) {
    static const char *const names[] = {"is_none", "is_text", "is_choice", "is_days", "is_amount", "is_yes_no"};
    FilterKind kind = kind_of(field);
    const char *name = field->name.text, *value = visit_query(visit, name);
    json_t *object = input_json(names[kind], name, label_text(field->label));
    if (kind == FILTER_CHOICE) page_set(object, "options", choice_json(visit, field));
    if (kind == FILTER_DAYS || kind == FILTER_AMOUNT) {
        bool days = kind == FILTER_DAYS;
        page_set_text(object, "low", part_of(visit, name, days ? "from" : "min"));
        page_set_text(object, "high", part_of(visit, name, days ? "to" : "max"));
    }
    page_set_text(object, "value", value);
    page_set(object, "is_yes", json_boolean(!strcmp(value, "yes")));
    page_set(object, "is_no", json_boolean(!strcmp(value, "no")));
    return object;
}

json_t *filter_state_json(const Visit *visit) {
    json_t *object = input_json("is_choice", "state", _("State")), *options = page_array();
    for (size_t i = 0; i < visit->ledger->n_states; i++)
        add_option(visit, options, "state", visit->ledger->states[i].name.text,
                   label_text(visit->ledger->states[i].label));
    page_set(object, "options", options);
    return object;
}

json_t *filter_number_json(const Visit *visit) {
    json_t *object = input_json("is_text", "number", _("Number"));
    page_set_text(object, "value", visit_query(visit, "number"));
    return object;
}

/* Everything in the address but how the list is shown. */
bool filter_is_set(const Visit *visit) {
    static const char *const others[] = {"sort", "after", "before", "columns", "rows", "as_at", "withdrawn"};
    const HttpFields *query = &visit->request->query;
    for (size_t i = 0; i < query->count; i++) {
        bool shows = !*query->list[i].value;
        for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) shows |= !strcmp(query->list[i].name, others[k]);
        if (!shows) return true;
    }
    return false;
}
