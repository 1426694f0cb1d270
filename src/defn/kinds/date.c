/* kinds/date.c: days and reporting periods. */
#include "base/date.h"

#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* Serial days that a plain number may mean: 1954 to 2119; whatever else is a typing error. */
#define SERIAL_MIN 20000.0
#define SERIAL_MAX 80000.0

#define DAYS_OF_MONTH 31

/* The first day of a month that is written without a day: 2020年3月, 2020-3; a float 2020.1 may be October. */
static Date first_of_month(const void *ctx, const FieldInput *input) {
    char *text = mem_strdup(ctx, input->text);
    for (char *at = text; (at = strpbrk(at, "./"));) *at = '-';
    Period period;
    bool is_month = !input->is_number && period_parse(text, &period) && period.end - period.start < DAYS_OF_MONTH;
    return is_month ? period.start : DATE_NONE;
}

/* The text without the time of day that programs write behind a date, and without a full stop. */
static const char *day_of(const void *ctx, const char *text) {
    const char *time = strchr(text, ' ');
    size_t size = strlen(text);
    if (time && strchr(time, ':') && strspn(time, " 0123456789:.") == strlen(time)) size = (size_t)(time - text);
    if (size && text[size - 1] == '.') size--;
    return mem_strndup(ctx, text, size);
}

static FieldProblem parse_date(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    (void)field;
    Date date = input->date;
    if (date == DATE_NONE) date = date_parse_lenient(day_of(ctx, input->text));
    if (date == DATE_NONE && input->is_number && input->number >= SERIAL_MIN && input->number <= SERIAL_MAX)
        date = date_from_excel(input->number, false);
    Date month = date == DATE_NONE ? first_of_month(ctx, input) : DATE_NONE;
    if (date == DATE_NONE && month == DATE_NONE)
        return field_wrong(ctx, "not-a-date", "it is not a date; write it as 2020-06-30");
    *ret_value = VALUE_OF_DATE(month == DATE_NONE ? date : month);
    if (month == DATE_NONE) return FIELD_FINE;
    return field_warn(ctx, "month-only", "the day is missing; the first of the month was taken");
}

static char *show_date(const void *ctx, const Field *field, Value value) {
    (void)field;
    char text[DATE_ISO_SIZE];
    date_format_iso(value.date, text);
    return mem_strdup(ctx, text);
}

const FieldKind kind_date = {
    .name = "date",
    .label = {"日期", "Date"},
    .type = TYPE_DATE,
    .storage = STORE_DATE,
    .parse = parse_date,
    .show = show_date,
};

static FieldProblem parse_period(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    (void)field;
    Period period;
    if (!period_parse(input->text, &period))
        return field_wrong(ctx, "not-a-period",
                           "it is not a period; write 2020, 2020H1, 2020Q2, 2020-06 or 2020-01..2020-04");
    char *text = mem_array(ctx, char, PERIOD_SIZE);
    period_format(period, text);
    *ret_value = VALUE_OF_TEXT(text);
    return FIELD_FINE;
}

static char *show_period(const void *ctx, const Field *field, Value value) {
    (void)field;
    Period period;
    if (!period_parse(value.text, &period)) return mem_strdup(ctx, value.text);
    return period_format_short(ctx, period);
}

const FieldKind kind_period = {
    .name = "period",
    .label = {"期间", "Period"},
    .type = TYPE_PERIOD,
    .storage = STORE_TEXT,
    .parse = parse_period,
    .show = show_period,
};
