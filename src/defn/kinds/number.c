/* kinds/number.c: whole numbers, decimals and percents; the reading of numbers that money shares. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kinds/kinds.h"

/* Units that may stand behind a number in its cell, with the power of ten they mean; longest first. */
static const struct {
    const char *word;
    int power;
} units[] = {{"亿元", 8}, {"万元", 4}, {"亿", 8}, {"万", 4}, {"元", 0}};

static bool strip_suffix(char *text, const char *suffix) {
    size_t size = strlen(text), tail = strlen(suffix);
    if (tail >= size || strcmp(text + size - tail, suffix)) return false;
    text[size - tail] = '\0';
    return true;
}

static bool strip_prefix(char *text, const char *prefix) {
    size_t head = strlen(prefix);
    if (strncmp(text, prefix, head) != 0) return false;
    memmove(text, text + head, strlen(text + head) + 1);
    return true;
}

/* The power of ten of a unit of money that a field is kept in, or -1: it is kept in none. */
static int unit_power(const char *unit) {
    for (size_t i = 0; unit && i < sizeof units / sizeof units[0]; i++)
        if (!strcmp(units[i].word, unit)) return units[i].power;
    return -1;
}

/* Takes the unit off the end of the text; the power it stands for in the field's own unit, or that of the heading. */
static int take_unit(const Field *field, char *text, int heading_power) {
    int power = unit_power(field->unit), own = power < 0 ? 0 : power;
    bool is_yuan = strip_prefix(text, "人民币") | strip_prefix(text, "¥");
    (void)strip_suffix(text, "整");
    if (power < 0 && field->unit) (void)strip_suffix(text, field->unit);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strip_suffix(text, units[i].word)) return units[i].power - own;
    (void)strip_suffix(text, "%");
    return is_yuan ? -own : heading_power;
}

/* decimal_parse() with as many digits as a unit may move the point by. */
static DecimalResult parse_digits(const char *text, int digits, int64_t *ret_value) {
    int beyond = digits > DECIMAL_SCALE_MAX ? digits - DECIMAL_SCALE_MAX : 0;
    DecimalResult result = decimal_parse(text, digits - beyond, ret_value);
    Decimal moved;
    if (result != DECIMAL_OK || !beyond) return result;
    if (!decimal_rescale((Decimal){*ret_value, 0}, beyond, &moved)) return DECIMAL_TOO_LARGE;
    *ret_value = moved.units;
    return DECIMAL_OK;
}

/* Binary floats carry noise in their last digits (0.1 + 0.2): what differs from a decimal of the right
 * length by less than a billionth part is that decimal. */
static bool settle_float(double number, int digits, char *ret_text, size_t size) {
    (void)snprintf(ret_text, size, "%.*f", digits, number);
    return fabs(strtod(ret_text, NULL) - number) <= fabs(number) * 1e-9;
}

FieldProblem number_parse(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    char *text = mem_strdup(ctx, input->text);
    int digits = field->scale + take_unit(field, text, input->power);
    if (digits < 0)
        return field_wrong(ctx, "smaller-unit", "it is written in a smaller unit than %s; convert it", field->unit);
    int64_t value;
    DecimalResult result = parse_digits(text, digits, &value);
    char settled[64];
    if (result == DECIMAL_TOO_FINE && input->is_number && settle_float(input->number, digits, settled, sizeof settled))
        result = parse_digits(settled, digits, &value);
    switch (result) {
    case DECIMAL_OK:
        *ret_value = VALUE_OF_DECIMAL(value, field->scale);
        return FIELD_FINE;
    case DECIMAL_TOO_FINE:
        return digits ? field_wrong(ctx, "too-fine", "it has more than %d decimals; round it", digits)
                      : field_wrong(ctx, "too-fine", "it must be a whole number; correct it");
    case DECIMAL_TOO_LARGE:
        return field_wrong(ctx, "too-large", "the number is too large; correct it");
    case DECIMAL_NOT_A_NUMBER:
        break;
    }
    return field_wrong(ctx, "not-a-number", "it is not a number; write digits only");
}

char *number_show(const void *ctx, const Field *field, Value value) {
    (void)field;
    return decimal_text(ctx, (Decimal){value.units, value.scale});
}

#define NUMBER_USES (USES_MIN | USES_MAX | USES_UNIT)

/* 第二批, 第3届: what a number of order says, as digits; NULL when the text is none. */
static char *read_order(const void *ctx, const char *text) {
    static const char *const measures[] = {"批次", "批", "届", "次", "期", "轮", "名", ""};
    static const char first[] = "第";
    if (strncmp(text, first, sizeof first - 1) != 0) return NULL;
    char *bare = mem_strdup(ctx, text + sizeof first - 1);
    for (size_t i = 0; measures[i][0] && !strip_suffix(bare, measures[i]); i++) continue;
    for (unsigned n = 1; n < 100; n++)
        if (!strcmp(bare, text_han_number(n))) return mem_printf(ctx, "%u", n);
    return bare;
}

static FieldProblem parse_integer(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    FieldInput plain = *input;
    char *order = read_order(ctx, input->text);
    if (order) plain.text = order;
    return number_parse(ctx, field, &plain, ret_value);
}

const FieldKind kind_integer = {
    .name = "integer",
    .label = {"整数", "Whole number"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = NUMBER_USES,
    .parse = parse_integer,
    .show = number_show,
};

const FieldKind kind_decimal = {
    .name = "decimal",
    .label = {"小数", "Decimal"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = NUMBER_USES | USES_SCALE,
    .scale = 2,
    .parse = number_parse,
    .show = number_show,
};

/* A sheet whose cells do not show percents may hold shares of one: 0.95 for 95%. */
static FieldProblem parse_percent(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    FieldProblem problem = number_parse(ctx, field, input, ret_value);
    bool may_be_share = input->is_number && input->number > 0 && input->number < 1;
    if (problem.level != DIAG_NOTE || !may_be_share) return problem;
    return field_warn(ctx, "small-percent", "it is less than 1 percent; a share of 0.95 is written 95");
}

const FieldKind kind_percent = {
    .name = "percent",
    .label = {"百分比", "Percent"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = USES_MIN | USES_MAX | USES_SCALE,
    .scale = 2,
    .parse = parse_percent,
    .show = number_show,
};

/* A year is a number that may be written with 年 or 年度 behind it. */
static FieldProblem parse_year(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    char *text = mem_strdup(ctx, input->text);
    if (!strip_suffix(text, "年度")) (void)strip_suffix(text, "年");
    int64_t year;
    if (decimal_parse(text, 0, &year) != DECIMAL_OK || year < 1900 || year > 2199)
        return field_wrong(ctx, "not-a-year", "it is not a year; write four digits");
    (void)field;
    *ret_value = VALUE_OF_INT(year);
    return FIELD_FINE;
}

const FieldKind kind_year = {
    .name = "year",
    .label = {"年度", "Year"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .parse = parse_year,
    .show = number_show,
};
