/* base/period.c: reporting periods. A period is always whole months; the named ones are parts of one year. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/pattern.h"

/* How a period may be written. The first number is the year. A form of a named part of the year says how many months
 * such a part has and which one it is (0: the second number says so); a range reads its months from the text. */
typedef struct Form {
    const char *pattern;
    int months; /* 0 for a range */
    int part;
} Form;

static const Form FORMS[] = {
    {"Y", 12, 1},       {"Y年", 12, 1},          {"YHN", 6, 0},      {"Y年上半年", 6, 1},  {"Y年下半年", 6, 2},
    {"YQN", 3, 0},      {"Y年第N季度", 3, 0},    {"Y年N季度", 3, 0}, {"Y-M", 1, 0},        {"Y年M月", 1, 0},
    {"Y-M..Y-M", 0, 0}, {"Y年M月-Y年M月", 0, 0}, {"Y年M-M月", 0, 0}, {"Y年M月-M月", 0, 0},
};

static int last_day(int year, int month) {
    Date next = month == 12 ? date_make(year, 12, 31) + 1 : date_make(year, month + 1, 1);
    int day;
    date_split(next - 1, &year, &month, &day);
    return day;
}

/* False when a month does not exist or the range runs backwards. */
static bool make_period(int from_year, int from_month, int to_year, int to_month, Period *ret_period) {
    Date start = date_make(from_year, from_month, 1);
    Date to = date_make(to_year, to_month, 1);
    if (start == DATE_NONE || to == DATE_NONE || to < start) return false;
    *ret_period = (Period){.start = start, .end = to + last_day(to_year, to_month) - 1};
    return true;
}

/* The period that a matched form and its numbers mean. */
static bool form_period(const Form *form, const int numbers[PATTERN_NUMBERS_MAX], Period *ret_period) {
    int year = numbers[0];
    if (form->months) {
        int part = form->part ? form->part : numbers[1];
        if (part < 1 || part > 12 / form->months) return false;
        int to_month = part * form->months;
        return make_period(year, to_month - form->months + 1, year, to_month, ret_period);
    }
    bool two_years = strchr(strchr(form->pattern, 'Y') + 1, 'Y');
    if (two_years) return make_period(year, numbers[1], numbers[2], numbers[3], ret_period);
    return make_period(year, numbers[1], year, numbers[2], ret_period);
}

bool period_parse(const char *text, Period *ret_period) {
    char folded[PATTERN_SIZE];
    int numbers[PATTERN_NUMBERS_MAX];
    if (!pattern_fold(text, folded)) return false;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (pattern_match(folded, FORMS[i].pattern, numbers)) return form_period(&FORMS[i], numbers, ret_period);
    return false;
}

typedef struct Months {
    int from_year, from_month;
    int to_year, to_month;
} Months;

static Months split(Period period) {
    Months m;
    int day;
    date_split(period.start, &m.from_year, &m.from_month, &day);
    date_split(period.end, &m.to_year, &m.to_month, &day);
    return m;
}

void period_format(Period period, char ret_text[PERIOD_SIZE]) {
    char start[DATE_ISO_SIZE], end[DATE_ISO_SIZE];
    date_format_iso(period.start, start);
    date_format_iso(period.end, end);
    snprintf(ret_text, PERIOD_SIZE, "%.7s..%.7s", start, end);
}

/* Which part of its year a period is when parts have `months` months: 1 … 12 / months, or 0 when it is none. */
static int part_of_year(Months m, int months) {
    if (m.from_year != m.to_year || m.to_month - m.from_month + 1 != months || m.to_month % months != 0) return 0;
    return m.to_month / months;
}

char *period_format_short(const void *ctx, Period period) {
    Months m = split(period);
    if (part_of_year(m, 12)) return mem_printf(ctx, "%d", m.from_year);
    if (part_of_year(m, 6)) return mem_printf(ctx, "%dH%d", m.from_year, part_of_year(m, 6));
    if (part_of_year(m, 3)) return mem_printf(ctx, "%dQ%d", m.from_year, part_of_year(m, 3));
    if (part_of_year(m, 1)) return mem_printf(ctx, "%d-%02d", m.from_year, m.from_month);
    char stored[PERIOD_SIZE];
    period_format(period, stored);
    return mem_strdup(ctx, stored);
}

char *period_format_zh(const void *ctx, Period period) {
    static const char *const HALVES[] = {"上半年", "下半年"};
    static const char *const QUARTERS[] = {"第一季度", "第二季度", "第三季度", "第四季度"};
    Months m = split(period);
    if (part_of_year(m, 12)) return mem_printf(ctx, "%d年", m.from_year);
    if (part_of_year(m, 6)) return mem_printf(ctx, "%d年%s", m.from_year, HALVES[part_of_year(m, 6) - 1]);
    if (part_of_year(m, 3)) return mem_printf(ctx, "%d年%s", m.from_year, QUARTERS[part_of_year(m, 3) - 1]);
    if (part_of_year(m, 1)) return mem_printf(ctx, "%d年%d月", m.from_year, m.from_month);
    if (m.from_year == m.to_year) return mem_printf(ctx, "%d年%d—%d月", m.from_year, m.from_month, m.to_month);
    return mem_printf(ctx, "%d年%d月—%d年%d月", m.from_year, m.from_month, m.to_year, m.to_month);
}

Period period_year_before(Period period) {
    Months m = split(period);
    Period before = {DATE_NONE, DATE_NONE};
    make_period(m.from_year - 1, m.from_month, m.to_year - 1, m.to_month, &before);
    return before;
}

Period period_move(Period period, int months) {
    Months m = split(period);
    int from = m.from_year * 12 + m.from_month - 1 + months, to = m.to_year * 12 + m.to_month - 1 + months;
    Period moved = {DATE_NONE, DATE_NONE};
    make_period(from / 12, from % 12 + 1, to / 12, to % 12 + 1, &moved);
    return moved;
}

Period period_around(Date day, int months) {
    int year, month, date;
    date_split(day, &year, &month, &date);
    int first = (month - 1) / months * months + 1;
    Period around = {DATE_NONE, DATE_NONE};
    make_period(year, first, year, first + months - 1, &around);
    return around;
}

bool period_is_same(Period a, Period b) { return a.start == b.start && a.end == b.end; }

bool period_contains(Period outer, Period inner) { return outer.start <= inner.start && inner.end <= outer.end; }

int period_months(Period period) {
    Months m = split(period);
    return (m.to_year - m.from_year) * 12 + m.to_month - m.from_month + 1;
}
