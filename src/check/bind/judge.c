/* check/bind/judge.c: what the ledger says of each claim that has an indicator, and whether the claim holds under its
 * bound.
 *
 * Where it does not, the nearest period for which the ledger has the claimed number is looked for. */
#include <string.h>

#include "base/mem.h"
#include "check/bound.h"
#include "check/work.h"

/* A figure of an indicator asked for once, and those asked for before it. */
typedef struct Asked {
    Period period;
    Figure *figure;
    struct Asked *before;
} Asked;

typedef struct Judging {
    Work *work;
    Asked **asked; /* the last of each indicator of the catalog, or NULL */
    const void *ctx;
} Judging;

/* 0, or a fault of the store. */
static int figure_of(Judging *judging, const Indicator *indicator, Period period, Figure **ret_figure) {
    Asked **last = &judging->asked[indicator - judging->work->ask->catalog->indicators];
    for (const Asked *asked = *last; asked; asked = asked->before) {
        if (asked->period.start != period.start || asked->period.end != period.end) continue;
        *ret_figure = asked->figure;
        return 0;
    }
    const FigureAsk ask = {.indicator = indicator, .period = period, .as_at = DATE_NONE};
    int fault = figure_total(judging->ctx, judging->work->ask->store, &ask, ret_figure);
    if (!fault) fault = figure_faces(judging->work->ask->store, *ret_figure);
    if (fault) return fault;
    Asked *asked = mem_new(judging->ctx, Asked);
    *asked = (Asked){period, *ret_figure, *last};
    *last = asked;
    return 0;
}

/* --- numbers --- */

/* What a growth in units is: the value less that of a year before. */
static FigureNumber increase_of(const Figure *figure) {
    FigureNumber increase = {0};
    increase.known = figure->value.known && figure->before.known &&
                     decimal_subtract(figure->value.value, figure->before.value, &increase.value);
    return increase;
}

static FigureNumber number_of(const Claim *claim, const Figure *figure) {
    switch (claim->face) {
    case FACE_VALUE:
        return figure->value;
    case FACE_TARGET:
        return figure->target;
    case FACE_SHARE:
        return figure->share;
    case FACE_RANK:
        return figure->rank;
    case FACE_GROWTH:
        return claim->kind == CLAIM_PERCENT ? figure->growth : increase_of(figure);
    }
    return (FigureNumber){0};
}

/* 平均84天 of 84.2: a mean is written in whole ones. */
static bool rounds_mean(const Claim *claim, Decimal value) {
    Decimal gap;
    bool whole = claim->kind == CLAIM_COUNT && !claim->precision && claim->bound == BOUND_EXACT;
    if (!whole || claim->indicator->measure != MEASURE_AVG || !decimal_subtract(value, claim->value, &gap))
        return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_compare(gap, (Decimal){5, 1}) <= 0;
}

/* A fall may be written without its sign: 下降2.8% of -2.8. */
static bool holds_number(const Claim *claim, FigureNumber number) {
    Decimal value = number.value;
    if (claim->face == FACE_GROWTH && value.units < 0) value.units = -value.units;
    return number.known && (bound_holds(claim, value) || rounds_mean(claim, value));
}

/* --- verdicts --- */

#define MONEY_LARGE 10000 /* yuan, from which on Chinese prose counts in ten thousand of them */

static Label differs_words(Work *work, const Claim *claim) {
    char number[DECIMAL_SIZE], large[DECIMAL_SIZE];
    Decimal value = claim->ledger.value;
    bool in_large = claim->kind == CLAIM_MONEY && decimal_compare(value, (Decimal){MONEY_LARGE, 0}) >= 0;
    decimal_format(value, number);
    decimal_format(in_large ? (Decimal){value.units, value.scale + 4} : value, large);
    const char *unit = claim->kind == CLAIM_RANK ? "" : claim->kind == CLAIM_PERCENT ? "%" : claim->indicator->unit;
    Label title = claim->indicator->title, period = work_name_period(work, claim->period);
    return (Label){work_printf(work, "台账中%s（%s）为%s%s%s", title.zh, period.zh, large, in_large ? "万" : "", unit),
                   work_printf(work, "the ledger has %s%s for %s (%s)", number, unit, title.en, period.en)};
}

/* With the period for which the ledger has the number of the text. */
static Label name_match(Work *work, Label why, Period match) {
    if (match.start == DATE_NONE) return why;
    Label period = work_name_period(work, match);
    return (Label){work_printf(work, "%s；文中的数是%s的", why.zh, period.zh),
                   work_printf(work, "%s, the text has that of %s", why.en, period.en)};
}

#define PERIODS_NEAR 7

/* Periods for which a number is often taken by mistake: a year before, all of that year, the year, the parts of it. */
static size_t near_periods(Period period, Period ret_periods[PERIODS_NEAR]) {
    int year, month, day, last;
    date_split(period.end, &year, &last, &day);
    date_split(period.start, &year, &month, &day);
    size_t n = 0;
    ret_periods[n++] = period_year_before(period);
    if (month > 1 || last < 12) ret_periods[n++] = (Period){date_make(year - 1, 1, 1), date_make(year - 1, 12, 31)};
    const int parts[][2] = {{1, 12}, {1, last - 1}, {1, last - 2}, {last - 2, last}, {last, last}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i][0] < 1 || parts[i][1] < parts[i][0] || parts[i][1] > 12) continue;
        Date from = date_make(year, parts[i][0], 1);
        Date to = parts[i][1] == 12 ? date_make(year, 12, 31) : date_make(year, parts[i][1] + 1, 1) - 1;
        if (from == period.start && to == period.end) continue;
        if (n < PERIODS_NEAR) ret_periods[n++] = (Period){from, to};
    }
    return n;
}

static int find_period(Judging *judging, const Claim *claim, Period *ret_period) {
    Period periods[PERIODS_NEAR];
    size_t n = near_periods(claim->period, periods);
    *ret_period = (Period){DATE_NONE, DATE_NONE};
    for (size_t i = 0; i < n; i++) {
        Figure *figure;
        int fault = figure_of(judging, claim->indicator, periods[i], &figure);
        if (fault) return fault;
        if (!holds_number(claim, number_of(claim, figure))) continue;
        *ret_period = periods[i];
        return 0;
    }
    return 0;
}

/* A month that a sentence names is when the thing was done; what was done in it may be all of the document's period. A
 * year that it names may be only a term of what there is now: 其中6家年内到期. */
static bool may_mean_document(const Claim *claim, Period document) {
    bool term = claim->indicator->kind == INDICATOR_STOCK && claim->face == FACE_VALUE && !claim->plan &&
                period_contains(claim->period, document);
    return document.start != DATE_NONE && (period_months(claim->period) == 1 || term);
}

static int try_document(Judging *judging, Claim *claim, bool *ret_holds) {
    Figure *figure;
    Period document = judging->work->checked->period;
    *ret_holds = false;
    if (!may_mean_document(claim, document)) return 0;
    int fault = figure_of(judging, claim->indicator, document, &figure);
    if (fault) return fault;
    *ret_holds = holds_number(claim, number_of(claim, figure));
    if (*ret_holds) {
        claim->period = document;
        claim->ledger = number_of(claim, figure);
    }
    return 0;
}

static Label cannot_words(Work *work, const Claim *claim) {
    if (claim->period.start == DATE_NONE)
        return (Label){"文中没有写明所属时期，无法核对；可用--period指定",
                       "the text does not say its period; give --period"};
    Label title = claim->indicator->title, period = work_name_period(work, claim->period);
    return (Label){work_printf(work, "台账中没有%s（%s）的这个数", title.zh, period.zh),
                   work_printf(work, "the ledger has no such number of %s (%s)", title.en, period.en)};
}

static int judge_claim(Judging *judging, Claim *claim, Mention *mention) {
    claim->verdict = VERDICT_CANNOT;
    if (claim->period.start == DATE_NONE) {
        claim->why = cannot_words(judging->work, claim);
        return 0;
    }
    Figure *figure;
    int fault = figure_of(judging, claim->indicator, claim->period, &figure);
    if (fault) return fault;
    claim->ledger = number_of(claim, figure);
    bool match = holds_number(claim, claim->ledger);
    if (!match) fault = try_document(judging, claim, &match);
    claim->verdict = match ? VERDICT_MATCH : claim->ledger.known ? VERDICT_DIFFERS : VERDICT_CANNOT;
    if (match || fault) return fault;
    if (claim->face != FACE_TARGET) fault = find_period(judging, claim, &mention->matches);
    claim->why = claim->ledger.known ? differs_words(judging->work, claim) : cannot_words(judging->work, claim);
    claim->why = name_match(judging->work, claim->why, mention->matches);
    return fault;
}

int work_judge(Work *work) {
    static const Label unbound = {"没有找到与这个数对应的指标", "no indicator was found that this number is of"};
    MEM_SCRATCH scratch = talloc_new(NULL);
    Judging judging = {.work = work, .ctx = scratch};
    judging.asked = mem_array(scratch, Asked *, work->ask->catalog->n_indicators + 1);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        Claim *claim = &work->checked->claims[i];
        claim->why = unbound;
        int fault = claim->indicator ? judge_claim(&judging, claim, &work->mentions[i]) : 0;
        if (fault) return fault;
    }
    return 0;
}
