/* check/bound.c: what the words around a number allow the exact number to be.
 *
 * The phrases of official prose: 近N is from nine tenths of N up to below it; N余 is above N by less than one unit of
 * its last significant digit; 以上 and 不少于 include N, 超过 and 不足 do not (Civil Code, art. 1259); 约N is within 5 %. */
#include "check/bound.h"

#define TENTHS_SLACK 2 /* points that 八成 and 三分之一 may be off */

Decimal power_of_ten(int power) {
    Decimal value = {1, power < 0 ? -power : 0};
    for (; power > 0; power--) value.units *= 10;
    return value;
}

static bool within(Decimal value, Decimal claimed, Decimal slack) {
    Decimal low, high;
    return decimal_subtract(claimed, slack, &low) && decimal_add(claimed, slack, &high) &&
           decimal_compare(value, low) >= 0 && decimal_compare(value, high) <= 0;
}

/* One unit of the last digit of a number that is not zero: 8000 → 1000, 12000 → 1000, 3.6 → 0.1. */
static Decimal last_unit(Decimal value) {
    Decimal unit = {1, value.scale};
    while (value.units && value.units % 10 == 0) {
        value.units /= 10;
        if (unit.scale)
            unit.scale--;
        else
            unit.units *= 10;
    }
    return unit;
}

/* By how much 余 may exceed a claim: 超过三分之一 by a tenth, for 33.33 was not written. */
static Decimal over_unit(const Claim *claim) {
    Decimal last = last_unit(claim->value), written = power_of_ten(claim->precision);
    return decimal_compare(last, written) < 0 ? written : last;
}

static Decimal percent_of(Decimal value, int percent) {
    Decimal part;
    return decimal_multiply(value, (Decimal){percent, 2}, &part) ? part : (Decimal){0};
}

Decimal bound_slack(const Claim *claim) {
    Decimal half;
    if (claim->kind == CLAIM_PERCENT && claim->precision > 0) return (Decimal){TENTHS_SLACK, 0};
    if (claim->precision == 0 && claim->kind == CLAIM_COUNT) return (Decimal){0};
    return decimal_multiply(power_of_ten(claim->precision), (Decimal){5, 1}, &half) ? half : (Decimal){0};
}

/* 3.6% of 3.62, 156万元 of 1560042 yuan: equal when rounded to the digits that were written. */
static bool equals_as_written(const Claim *claim, Decimal value) {
    return within(value, claim->value, bound_slack(claim));
}

bool bound_holds(const Claim *claim, Decimal value) {
    int order = decimal_compare(value, claim->value);
    Decimal next;
    switch (claim->bound) {
    case BOUND_EXACT: return equals_as_written(claim, value);
    case BOUND_OVER:
        return order > 0 && decimal_add(claim->value, over_unit(claim), &next) &&
               decimal_compare(value, next) < 0;
    case BOUND_NEAR: return order < 0 && decimal_compare(value, percent_of(claim->value, 90)) >= 0;
    case BOUND_AT_LEAST: return order >= 0;
    case BOUND_AT_MOST: return order <= 0;
    case BOUND_LESS: return order < 0;
    case BOUND_ABOUT: return within(value, claim->value, percent_of(claim->value, 5));
    }
    return false;
}

/* --- intervals --- */

/* From low to high; far: without an upper end. */
typedef struct Range {
    Decimal low, high;
    bool far;
} Range;

static Decimal plus(Decimal a, Decimal b) {
    Decimal sum;
    return decimal_add(a, b, &sum) ? sum : a;
}

static Decimal minus(Decimal a, Decimal b) {
    Decimal rest;
    return decimal_subtract(a, b, &rest) ? rest : a;
}

static Range range_of(const Claim *claim) {
    Decimal value = claim->value, slack = bound_slack(claim), zero = {0};
    switch (claim->bound) {
    case BOUND_EXACT: return (Range){minus(value, slack), plus(value, slack), false};
    case BOUND_OVER: return (Range){value, plus(value, over_unit(claim)), false};
    case BOUND_NEAR: return (Range){percent_of(value, 90), value, false};
    case BOUND_AT_LEAST: return (Range){value, value, true};
    case BOUND_AT_MOST:
    case BOUND_LESS: return (Range){zero, value, false};
    case BOUND_ABOUT: return (Range){minus(value, percent_of(value, 5)), plus(value, percent_of(value, 5)), false};
    }
    return (Range){value, value, false};
}

bool bound_meets(const Claim *claim, const Claim *other) {
    Range a = range_of(claim), b = range_of(other);
    return (a.far || decimal_compare(b.low, a.high) <= 0) && (b.far || decimal_compare(a.low, b.high) <= 0);
}
