/* defn/kind.c: the table of kinds, and the way every input and every value goes through it. */
#include "defn/kind.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kinds/kinds.h"

const FieldKind *const kind_all[] = {
    &kind_text,        &kind_long_text, &kind_integer,      &kind_decimal,  &kind_money, &kind_percent,
    &kind_date,        &kind_period,    &kind_year,         &kind_bool,     &kind_code,  &kind_codes,
    &kind_ref,         &kind_rows,      &kind_file,         &kind_phone,    &kind_email, &kind_url,
    &kind_credit_code, &kind_person_id, &kind_bank_account, &kind_division, NULL,
};

const FieldKind *kind_find(const char *name) {
    for (const FieldKind *const *kind = kind_all; *kind; kind++)
        if (!strcmp((*kind)->name, name)) return *kind;
    return NULL;
}

static FieldProblem problem(const void *ctx, DiagLevel level, const char *code, const char *english, va_list args) {
    return (FieldProblem){level, code, label_vformat(ctx, english, args)};
}

FieldProblem field_wrong(const void *ctx, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    FieldProblem result = problem(ctx, DIAG_ERROR, code, english, args);
    va_end(args);
    return result;
}

FieldProblem field_warn(const void *ctx, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    FieldProblem result = problem(ctx, DIAG_WARN, code, english, args);
    va_end(args);
    return result;
}

static bool means_not_applicable(const char *text) {
    static const char *const marks[] = {"-", "—", "――", "——", "/", "\\", "不适用", "n/a", "N/A"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (!strcmp(text, marks[i])) return true;
    return false;
}

/* 王 明 is 王明: two characters set apart to fill a column. */
static void join_pair(char *text) {
    const char *at = text, *end = text + strlen(text);
    bool is_pair = text_is_han(text_next(&at, end)) && *at == ' ';
    char *gap = text + (at - text);
    at += is_pair;
    if (is_pair && text_is_han(text_next(&at, end)) && at == end) memmove(gap, gap + 1, strlen(gap));
}

/* The bounds of a field: of a number its value, of anything else its number of characters. */
static FieldProblem check_bounds(const void *ctx, const Field *field, Value value) {
    bool is_number = value.kind == VALUE_NUMBER;
    if (!is_number && value.kind != VALUE_TEXT) return FIELD_FINE;
    int64_t size = is_number ? value.units : (int64_t)text_count(value.text);
    char bound[DECIMAL_SIZE];
    int scale = is_number ? field->scale : 0;
    if (field->has_min && size < field->min) {
        decimal_format((Decimal){field->min, scale}, bound);
        return is_number ? field_wrong(ctx, "too-small", "it is less than %s; correct it", bound)
                         : field_wrong(ctx, "too-short", "it has fewer than %s characters; complete it", bound);
    }
    if (field->has_max && size > field->max) {
        decimal_format((Decimal){field->max, scale}, bound);
        return is_number ? field_wrong(ctx, "too-large", "it is more than %s; correct it (is the unit right?)", bound)
                         : field_wrong(ctx, "too-long", "it has more than %s characters; shorten it", bound);
    }
    return FIELD_FINE;
}

FieldProblem field_parse(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    FieldInput clean = *input;
    char *text = text_clean(ctx, input->text);
    join_pair(text);
    clean.text = text;
    if (!clean.text[0] && clean.date == DATE_NONE) {
        *ret_value = VALUE_OF_BLANK;
        return FIELD_FINE;
    }
    if (means_not_applicable(clean.text)) {
        *ret_value = (Value){.kind = VALUE_NA};
        return FIELD_FINE;
    }
    bool keeps_form = field->kind == &kind_long_text || field->kind == &kind_rows;
    if (keeps_form) clean.text = input->text; /* lines and spaces mean something here */
    Value value = VALUE_OF_BLANK;
    FieldProblem found = field->kind->parse(ctx, field, &clean, &value);
    if (found.level == DIAG_ERROR) return found;
    FieldProblem bounds = check_bounds(ctx, field, value);
    if (bounds.level == DIAG_ERROR) return bounds;
    *ret_value = value;
    return found;
}

char *field_show(const void *ctx, const Field *field, Value value) {
    if (value.kind == VALUE_BLANK) return mem_strdup(ctx, "");
    if (value.kind == VALUE_NA) return mem_strdup(ctx, lang_current() == LANG_ZH ? "不适用" : "n/a");
    return field->kind->show(ctx, field, value);
}

/* 王*明, 王*: the first character, one star for each in between, the last when there are three or more. */
static char *mask_text(const void *ctx, const char *shown) {
    size_t n = text_count(shown), i = 0;
    const char *at = shown, *end = shown + strlen(shown);
    Buf out = BUF_INIT(ctx);
    for (unsigned rune; (rune = text_next(&at, end)); i++) {
        bool visible = i == 0 || (n >= 3 && i == n - 1);
        buf_rune(&out, visible ? rune : '*');
    }
    return mem_strdup(ctx, buf_text(&out));
}

char *field_show_masked(const void *ctx, const Field *field, Value value) {
    char *shown = field_show(ctx, field, value);
    bool hides = field->personal || field->kind->sealed;
    if (!hides || !shown[0] || value.kind == VALUE_NA) return shown;
    return field->kind->mask ? field->kind->mask(ctx, shown) : mask_text(ctx, shown);
}
