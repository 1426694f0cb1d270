/* kinds/number.c: whole numbers, decimals and percents; the reading of numbers that money shares. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* Units that may stand behind a number in its cell, with the power of ten they mean; longest first. */
static const struct {
    const char *word;
    int power;
} units[] = {{"亿元", 8}, {"万元", 4}, {"亿", 8}, {"万", 4}, {"元", 0}, {"%", 0}};

static bool strip_suffix(char *text, const char *suffix) {
    size_t size = strlen(text), tail = strlen(suffix);
    if (tail >= size || strcmp(text + size - tail, suffix)) return false;
    text[size - tail] = '\0';
    return true;
}

/* Takes the unit off the end of the text; the power it stands for, or that of the heading. */
static int take_unit(const Field *field, char *text, int heading_power) {
    if (field->unit && strip_suffix(text, field->unit)) {
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
            if (!strcmp(units[i].word, field->unit)) return 0;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strip_suffix(text, units[i].word)) return units[i].power ? units[i].power : heading_power;
    return heading_power;
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
    int64_t value;
    DecimalResult result = decimal_parse(text, digits, &value);
    char settled[64];
    if (result == DECIMAL_TOO_FINE && input->is_number && settle_float(input->number, digits, settled, sizeof settled))
        result = decimal_parse(settled, digits, &value);
    switch (result) {
    case DECIMAL_OK: *ret_value = VALUE_OF_DECIMAL(value, field->scale); return FIELD_FINE;
    case DECIMAL_TOO_FINE:
        return digits ? field_wrong(ctx, "too-fine", "it has more than %d decimals; round it", digits)
                      : field_wrong(ctx, "too-fine", "it must be a whole number; correct it");
    case DECIMAL_TOO_LARGE: return field_wrong(ctx, "too-large", "the number is too large; correct it");
    case DECIMAL_NOT_A_NUMBER: break;
    }
    return field_wrong(ctx, "not-a-number", "it is not a number; write digits only");
}

char *number_show(const void *ctx, const Field *field, Value value) {
    (void)field;
    char text[DECIMAL_SIZE];
    decimal_format((Decimal){value.units, value.scale}, text);
    return mem_strdup(ctx, text);
}

#define NUMBER_USES (USES_MIN | USES_MAX | USES_UNIT)

const FieldKind kind_integer = {
    .name = "integer",
    .label = {"整数", "Whole number"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = NUMBER_USES,
    .parse = number_parse,
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

const FieldKind kind_percent = {
    .name = "percent",
    .label = {"百分比", "Percent"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = USES_MIN | USES_MAX | USES_SCALE,
    .scale = 2,
    .parse = number_parse,
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
