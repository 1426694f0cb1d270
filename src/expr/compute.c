/* expr/compute.c: the in-memory halves of the function table. Assumes what check.c promises: arguments of the right
 * types, numbers at one scale. Texts it makes live in the context of the evaluation. */
#include "expr/compute.h"

#include <string.h>

#include "base/mem.h"

#define WEEK          7
#define WEEK_WORKDAYS 5

/* --- arithmetic --- */

int compute_add(const Given *given, Value *ret_value) {
    *ret_value = given->args[0];
    return __builtin_add_overflow(given->args[0].units, given->args[1].units, &ret_value->units);
}

int compute_subtract(const Given *given, Value *ret_value) {
    *ret_value = given->args[0];
    return __builtin_sub_overflow(given->args[0].units, given->args[1].units, &ret_value->units);
}

int compute_multiply(const Given *given, Value *ret_value) {
    *ret_value = given->args[0];
    return __builtin_mul_overflow(given->args[0].units, given->args[1].units, &ret_value->units);
}

int compute_divide(const Given *given, Value *ret_value) {
    *ret_value = VALUE_OF_BLANK;
    if (given->args[1].units == 0) return 0;
    *ret_value = given->args[0];
    if (__builtin_mul_overflow(given->args[0].units, decimal_power(COMPUTE_QUOTIENT_SCALE), &ret_value->units))
        return 1;
    if (given->args[1].units == -1) return __builtin_sub_overflow(0, ret_value->units, &ret_value->units);
    ret_value->units /= given->args[1].units;
    return 0;
}

int compute_negate(const Given *given, Value *ret_value) {
    *ret_value = given->args[0];
    return __builtin_sub_overflow(0, given->args[0].units, &ret_value->units);
}

int compute_absolute(const Given *given, Value *ret_value) {
    if (given->args[0].units < 0) return compute_negate(given, ret_value);
    *ret_value = given->args[0];
    return 0;
}

int compute_rescale(const Eval *eval, const Node *call, Value *ret_value) {
    if (eval_node(eval, call->args[0], ret_value)) return 1;
    if (ret_value->kind == VALUE_BLANK) return 0;
    ret_value->scale = call->scale;
    return __builtin_mul_overflow(ret_value->units, decimal_power(call->scale - call->args[0]->scale),
                                  &ret_value->units);
}

/* --- comparison --- */

static int yes(Value *ret_value, bool holds) {
    *ret_value = VALUE_OF_BOOL(holds);
    return 0;
}

static int compare(Value a, Value b) {
    switch (a.kind) {
    case VALUE_NUMBER:
        return (a.units > b.units) - (a.units < b.units);
    case VALUE_DATE:
        return (a.date > b.date) - (a.date < b.date);
    case VALUE_BOOL:
        return a.yes - b.yes;
    default:
        return strcmp(a.text, b.text);
    }
}

#define COMPARISON(name, sign)                                                                                         \
    int compute_##name(const Given *given, Value *ret_value) {                                                         \
        return yes(ret_value, compare(given->args[0], given->args[1]) sign 0);                                         \
    }
COMPARISON(equal, ==)
COMPARISON(unequal, !=)
COMPARISON(less, <)
COMPARISON(at_most, <=)
COMPARISON(greater, >)
COMPARISON(at_least, >=)

int compute_least(const Given *given, Value *ret_value) {
    *ret_value = given->args[compare(given->args[0], given->args[1]) <= 0 ? 0 : 1];
    return 0;
}

int compute_greatest(const Given *given, Value *ret_value) {
    *ret_value = given->args[compare(given->args[0], given->args[1]) >= 0 ? 0 : 1];
    return 0;
}

int compute_contains_text(const Given *given, Value *ret_value) {
    return yes(ret_value, strstr(given->args[0].text, given->args[1].text) != NULL);
}

int compute_contains_code(const Given *given, Value *ret_value) {
    return yes(ret_value,
               strstr(given->args[0].text, mem_printf(given->eval->ctx, "|%s|", given->args[1].text)) != NULL);
}

int compute_no_rows(const Given *given, Value *ret_value) { return yes(ret_value, given->args[0].units == 0); }

/* --- what is true, false or unknown --- */

int compute_not(const Given *given, Value *ret_value) { return yes(ret_value, !given->args[0].yes); }

/* The first argument that decides makes the result; without one, any unknown does. */
static int decide(const Eval *eval, const Node *call, bool decisive, Value *ret_value) {
    Value result = VALUE_OF_BOOL(!decisive);
    for (size_t i = 0; i < call->n_args; i++) {
        Value value;
        if (eval_node(eval, call->args[i], &value)) return 1;
        if (value.kind == VALUE_BLANK)
            result = value;
        else if (value.yes == decisive)
            return yes(ret_value, decisive);
    }
    *ret_value = result;
    return 0;
}

int compute_and(const Eval *eval, const Node *call, Value *ret_value) { return decide(eval, call, false, ret_value); }

int compute_or(const Eval *eval, const Node *call, Value *ret_value) { return decide(eval, call, true, ret_value); }

int compute_in(const Eval *eval, const Node *call, Value *ret_value) {
    Value wanted, item, result = VALUE_OF_BOOL(false);
    if (eval_node(eval, call->args[0], &wanted)) return 1;
    *ret_value = wanted;
    if (wanted.kind == VALUE_BLANK) return 0;
    for (size_t i = 1; i < call->n_args; i++) {
        if (eval_node(eval, call->args[i], &item)) return 1;
        if (item.kind == VALUE_BLANK)
            result = item;
        else if (compare(wanted, item) == 0)
            return yes(ret_value, true);
    }
    *ret_value = result;
    return 0;
}

int compute_if(const Eval *eval, const Node *call, Value *ret_value) {
    Value condition;
    if (eval_node(eval, call->args[0], &condition)) return 1;
    bool holds = condition.kind == VALUE_BOOL && condition.yes;
    return eval_node(eval, call->args[holds ? 1 : 2], ret_value);
}

int compute_coalesce(const Eval *eval, const Node *call, Value *ret_value) {
    for (size_t i = 0; i < call->n_args; i++) {
        if (eval_node(eval, call->args[i], ret_value)) return 1;
        if (ret_value->kind != VALUE_BLANK) break;
    }
    return 0;
}

int compute_empty(const Eval *eval, const Node *call, Value *ret_value) {
    Value value;
    if (eval_node(eval, call->args[0], &value)) return 1;
    return yes(ret_value, value.kind == VALUE_BLANK || (value.kind == VALUE_TEXT && !*value.text));
}

/* --- days --- */

int compute_today(const Given *given, Value *ret_value) {
    *ret_value = VALUE_OF_DATE(given->eval->params->today);
    return 0;
}

int compute_period_start(const Given *given, Value *ret_value) {
    *ret_value = VALUE_OF_DATE(given->eval->params->period.start);
    return 0;
}

int compute_period_end(const Given *given, Value *ret_value) {
    *ret_value = VALUE_OF_DATE(given->eval->params->period.end);
    return 0;
}

static Value year_of(Date date) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    return VALUE_OF_INT(year);
}

int compute_year(const Given *given, Value *ret_value) {
    *ret_value = year_of(given->args[0].date);
    return 0;
}

int compute_period_year(const Given *given, Value *ret_value) {
    *ret_value = year_of(given->eval->params->period.start);
    return 0;
}

int compute_period(const Given *given, Value *ret_value) {
    char *text = mem_array(given->eval->ctx, char, PERIOD_SIZE);
    period_format(given->eval->params->period, text);
    *ret_value = VALUE_OF_TEXT(text);
    return 0;
}

int compute_date_in_period(const Given *given, Value *ret_value) {
    Period period = given->eval->params->period;
    return yes(ret_value, given->args[0].date >= period.start && given->args[0].date <= period.end);
}

/* Months as text order themselves: YYYY-MM..YYYY-MM. */
int compute_period_in_period(const Given *given, Value *ret_value) {
    char outer[PERIOD_SIZE];
    const char *inner = given->args[0].text;
    period_format(given->eval->params->period, outer);
    if (strlen(inner) + 1 != PERIOD_SIZE) return yes(ret_value, false);
    return yes(ret_value, strncmp(inner, outer, COMPUTE_MONTH_SIZE) >= 0 &&
                              strcmp(inner + COMPUTE_PERIOD_END, outer + COMPUTE_PERIOD_END) <= 0);
}

int compute_days(const Given *given, Value *ret_value) {
    *ret_value = VALUE_OF_INT((int64_t)given->args[1].date - given->args[0].date);
    return 0;
}

/* Mondays to Fridays, both ends inside: 1970-01-01 was a Thursday. */
static int64_t count_weekdays(Date start, Date end) {
    int64_t weeks = ((int64_t)end - start + 1) / WEEK, count = weeks * WEEK_WORKDAYS;
    for (int64_t day = start + weeks * WEEK; day <= end; day++)
        count += ((day + 3) % WEEK + WEEK) % WEEK < WEEK_WORKDAYS;
    return count;
}

int compute_workdays(const Given *given, Value *ret_value) {
    Date start = given->args[0].date, end = given->args[1].date;
    const Calendar *calendar = given->eval->params->calendar;
    if (calendar)
        *ret_value = VALUE_OF_INT(calendar_count_workdays(calendar, start, end));
    else
        *ret_value = VALUE_OF_INT(start <= end ? count_weekdays(start, end) : -count_weekdays(end, start));
    return 0;
}

static int shift(Date date, int64_t days, Value *ret_value) {
    int64_t day;
    if (__builtin_add_overflow(date, days, &day)) return 1;
    *ret_value = VALUE_OF_DATE((Date)day);
    return day < date_make(1900, 1, 1) || day > date_make(2199, 12, 31);
}

int compute_days_after(const Given *given, Value *ret_value) {
    return shift(given->args[0].date, given->args[1].units, ret_value);
}

int compute_days_before(const Given *given, Value *ret_value) {
    return given->args[1].units == INT64_MIN || shift(given->args[0].date, -given->args[1].units, ret_value);
}
