/* figure/words.c: figures as official prose writes them.
 *
 * Money in 万元 from ten thousand yuan on, 亿元 from a hundred million, as long as four decimals hold it; everything
 * else in its unit. The round form
 * follows the conventions of reports (design: never upgrade a number): x = N prints N; 0.95 N ≤ x < N with N the next
 * number of one significant digit prints 近N; else it is cut to one significant digit where that loses under a tenth,
 * otherwise to two, with 余; a percentage is cut to one decimal with 以上. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "figure/figure.h"

#define DECIMALS_READ 4 /* of an amount in 万元 or 亿元 */

bool figure_number_same(FigureNumber a, FigureNumber b) {
    return a.known == b.known && (!a.known || decimal_compare(a.value, b.value) == 0);
}

char *figure_decimal(const void *ctx, FigureNumber number) {
    return number.known ? decimal_text(ctx, number.value) : NULL;
}

/* --- exact --- */

typedef struct Magnitude {
    int64_t least; /* whole units from which it is used */
    int power;
    const char *word;
} Magnitude;

static const Magnitude money_magnitudes[] = {{100000000, 8, "亿"}, {10000, 4, "万"}, {0, 0, ""}};

/* value ÷ 10^power, exactly: the digits move, none is lost unless more than DECIMAL_SCALE_MAX would be needed. */
static Decimal shift(Decimal value, int power) {
    while (power > 0 && value.units % 10 == 0) {
        value.units /= 10;
        power--;
    }
    if (value.scale + power <= DECIMAL_SCALE_MAX) {
        value.scale += power;
        return value;
    }
    Decimal cut;
    int64_t divisor = 1;
    for (int i = value.scale + power; i > DECIMAL_SCALE_MAX; i--) divisor *= 10;
    cut = (Decimal){value.units / divisor, DECIMAL_SCALE_MAX};
    return cut;
}

static bool is_money(const Indicator *indicator) { return !strcmp(indicator->unit, "元"); }
bool figure_is_percent(const Indicator *indicator) { return !strcmp(indicator->unit, "%"); }

static int64_t whole_units(Decimal value) {
    for (; value.scale > 0; value.scale--) value.units /= 10;
    return value.units < 0 ? -value.units : value.units;
}

/* Whether a value ÷ 10^power has no more decimals than people read. */
static bool is_readable(Decimal value, int power) {
    int64_t units = value.units;
    int decimals = value.scale + power;
    for (; decimals > DECIMALS_READ && units % 10 == 0; units /= 10) decimals--;
    return decimals <= DECIMALS_READ;
}

static const Magnitude *magnitude_of(Decimal value) {
    const Magnitude *magnitude = money_magnitudes;
    while (whole_units(value) < magnitude->least || (magnitude->power && !is_readable(value, magnitude->power)))
        magnitude++;
    return magnitude;
}

char *figure_print(const void *ctx, const Indicator *indicator, FigureNumber number) {
    if (!number.known) return mem_strdup(ctx, "");
    char text[DECIMAL_SIZE];
    if (!is_money(indicator)) {
        decimal_format(number.value, text);
        return mem_printf(ctx, "%s%s", text, indicator->unit);
    }
    const Magnitude *magnitude = magnitude_of(number.value);
    decimal_format(shift(number.value, magnitude->power), text);
    return mem_printf(ctx, "%s%s%s", text, magnitude->word, indicator->unit);
}

/* --- round --- */

static int count_digits(int64_t number) {
    int digits = 1;
    for (; number >= 10; number /= 10) digits++;
    return digits;
}

/* A round number in words: 12000 → 1.2万, 10000000 → 1000万, 968 → 968. */
static char *round_words(const void *ctx, int64_t number) {
    if (number < 10000) return mem_printf(ctx, "%" PRId64, number);
    bool huge = number >= 100000000;
    char text[DECIMAL_SIZE];
    decimal_format(shift((Decimal){number, 0}, huge ? 8 : 4), text);
    return mem_printf(ctx, "%s%s", text, huge ? "亿" : "万");
}

/* The number cut to its first `digits` digits. */
static int64_t cut_to(int64_t number, int digits) {
    int64_t step = decimal_power(count_digits(number) - digits);
    return step > 1 ? number / step * step : number;
}

static char *about_whole(const void *ctx, int64_t number, bool has_fraction) {
    int64_t step = decimal_power(count_digits(number) - 1);
    int64_t next = (number + has_fraction + step - 1) / step * step; /* one significant digit, at or above */
    if (next == number && !has_fraction) return round_words(ctx, number);
    if ((__int128)number * 20 >= (__int128)next * 19) return mem_printf(ctx, "近%s", round_words(ctx, next));
    int64_t one = cut_to(number, 1), two = cut_to(number, 2);
    int64_t cut = (number - one) * 10 < number ? one : two;
    if (cut == number && !has_fraction) return round_words(ctx, number);
    return mem_printf(ctx, "%s余", round_words(ctx, cut));
}

/* 3.62 → 3.6以上; 3.6 → 3.6. */
static char *about_percent(const void *ctx, Decimal value) {
    char text[DECIMAL_SIZE];
    int64_t step = decimal_power(value.scale > 1 ? value.scale - 1 : 0);
    Decimal cut = {value.units / step, value.scale > 1 ? 1 : value.scale};
    decimal_format(cut, text);
    return mem_printf(ctx, "%s%s", text, cut.units * step == value.units ? "" : "以上");
}

char *figure_about_number(const void *ctx, const Indicator *indicator, FigureNumber number) {
    if (!number.known) return mem_strdup(ctx, "");
    if (number.value.units <= 0) return figure_decimal(ctx, number);
    if (figure_is_percent(indicator)) return about_percent(ctx, number.value);
    int64_t whole = whole_units(number.value);
    bool has_fraction = number.value.units != whole * decimal_power(number.value.scale);
    return whole < 10 ? figure_decimal(ctx, number) : about_whole(ctx, whole, has_fraction);
}

char *figure_about(const void *ctx, const Indicator *indicator, FigureNumber number) {
    char *about = figure_about_number(ctx, indicator, number);
    if (!*about) return about;
    static const char above[] = "以上";
    size_t size = strlen(about), tail = strlen(above);
    if (size > tail && !strcmp(about + size - tail, above)) /* 3.6%以上: the unit stands before the bound */
        return mem_printf(ctx, "%.*s%s%s", (int)(size - tail), about, indicator->unit, above);
    return mem_printf(ctx, "%s%s", about, indicator->unit);
}

/* --- periods and days --- */

char *period_words(const void *ctx, Period period, Lang lang) {
    return lang == LANG_ZH ? period_format_zh(ctx, period) : period_format_short(ctx, period);
}

char *day_words(const void *ctx, Date date, Lang lang) {
    return lang == LANG_ZH ? date_format_zh(ctx, date) : date_iso(ctx, date);
}

/* --- the fold --- */

Label figure_fold(const Indicator *indicator) {
    switch (indicator->measure) {
    case MEASURE_COUNT:
        return (Label){"每行计1，合计即为数值", "each row counts 1; together they are the value"};
    case MEASURE_DISTINCT:
        return (Label){"同一对象只在首行计1，其余行计0", "the first row of each thing counts 1, its other rows 0"};
    case MEASURE_SUM:
        return (Label){"各行数额相加即为数值，空的不计",
                       "the amounts of the rows add up to the value; blank ones are left out"};
    case MEASURE_AVG:
        return (Label){"各行数额的平均数，空的不计", "the mean of the amounts of the rows; blank ones are left out"};
    case MEASURE_RATIO:
        return (Label){"第0部分合计（分子）除以第1部分合计（分母）",
                       "part 0 (numerator) divided by part 1 (denominator)"};
    case MEASURE_GROWTH:
        return (Label){"第0部分（本期）减第1部分（上年同期），再除以第1部分",
                       "part 0 (this period) less part 1 (a year before), divided by part 1"};
    case MEASURE_STATED:
        return (Label){"由外部公布，数值取自该条记录及其来源文件",
                       "published by others: the value of the record and its source document"};
    }
    return (Label){0};
}
