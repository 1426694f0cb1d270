/* base/decimal.c: exact arithmetic. Intermediate results are 128 bits wide, which holds the product of any two values
 * and any value times 10^18, so nothing overflows before the final check. */
#include "base/decimal.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

__extension__ typedef __int128 Wide;

#define POWER_MAX 18

static const int64_t POWERS[POWER_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

static bool fits(Wide units) { return units >= INT64_MIN && units <= INT64_MAX; }

/* Half away from zero; b is not 0. */
static Wide divide_rounded(Wide a, Wide b) {
    bool negative = (a < 0) != (b < 0);
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    Wide quotient = a / b + (a % b >= b - a % b);
    return negative ? -quotient : quotient;
}

/* Zeros at the end fall away where the value would not fit otherwise, or where more than the highest scale is kept. */
static bool narrow(Wide units, int scale, Decimal *ret) {
    if (scale > DECIMAL_SCALE_MAX) {
        units = divide_rounded(units, POWERS[scale - DECIMAL_SCALE_MAX]);
        scale = DECIMAL_SCALE_MAX;
    }
    for (; scale > 0 && !fits(units) && units % 10 == 0; scale--) units /= 10;
    if (!fits(units)) return false;
    *ret = (Decimal){.units = (int64_t)units, .scale = scale};
    return true;
}

/* The units of a value at a scale not below its own. */
static Wide widen(Decimal value, int scale) { return (Wide)value.units * POWERS[scale - value.scale]; }

static int larger_scale(Decimal a, Decimal b) { return a.scale > b.scale ? a.scale : b.scale; }

int64_t decimal_power(int n) {
    assert(n <= POWER_MAX);
    return POWERS[n < 0 ? 0 : n];
}

bool decimal_rescale(Decimal value, int scale, Decimal *ret) {
    Wide units = scale >= value.scale ? widen(value, scale) : divide_rounded(value.units, POWERS[value.scale - scale]);
    if (!fits(units)) return false;
    *ret = (Decimal){.units = (int64_t)units, .scale = scale};
    return true;
}

bool decimal_add(Decimal a, Decimal b, Decimal *ret) {
    int scale = larger_scale(a, b);
    return narrow(widen(a, scale) + widen(b, scale), scale, ret);
}

bool decimal_subtract(Decimal a, Decimal b, Decimal *ret) {
    int scale = larger_scale(a, b);
    return narrow(widen(a, scale) - widen(b, scale), scale, ret);
}

bool decimal_multiply(Decimal a, Decimal b, Decimal *ret) {
    return narrow((Wide)a.units * b.units, a.scale + b.scale, ret);
}

bool decimal_divide(Decimal a, Decimal b, int scale, Decimal *ret) {
    if (b.units == 0) return false;
    int shift = scale + b.scale - a.scale; /* -9 … 18 */
    Wide dividend = (Wide)a.units * POWERS[shift > 0 ? shift : 0];
    Wide divisor = (Wide)b.units * POWERS[shift < 0 ? -shift : 0];
    Wide units = divide_rounded(dividend, divisor);
    if (!fits(units)) return false;
    *ret = (Decimal){.units = (int64_t)units, .scale = scale};
    return true;
}

int decimal_compare(Decimal a, Decimal b) {
    if (a.scale == b.scale) return (a.units > b.units) - (a.units < b.units);
    int scale = larger_scale(a, b);
    Wide x = widen(a, scale);
    Wide y = widen(b, scale);
    return (x > y) - (x < y);
}

/* What reading a number has found so far. */
typedef struct Reading {
    Wide units;
    int digits;   /* before the point */
    int decimals; /* -1 before the point */
    int group;    /* digits since the last comma, -1 before the first */
    int scale;
    bool too_fine;
    bool too_large;
} Reading;

static void read_digit(Reading *r, int digit) {
    if (r->decimals < 0) {
        r->digits++;
        if (r->group >= 0) r->group++;
    } else if (++r->decimals > r->scale) {
        r->too_fine = r->too_fine || digit != 0;
        return;
    }
    r->units = r->units * 10 + digit;
    if (r->units > (Wide)INT64_MAX + 1) {
        r->too_large = true;
        r->units = 0;
    }
}

/* Commas part groups of three digits, the first of one to three. */
static bool read_comma(Reading *r) {
    bool first = r->group < 0;
    if (r->decimals >= 0 || (first ? r->digits < 1 || r->digits > 3 : r->group != 3)) return false;
    r->group = 0;
    return true;
}

static bool read_point(Reading *r) {
    if (r->decimals >= 0 || (r->group >= 0 && r->group != 3)) return false;
    r->decimals = 0;
    r->group = -1;
    return true;
}

/* A full-width character, space or minus as its plain one. */
static unsigned plain(unsigned rune) {
    if (rune >= 0xFF01 && rune <= 0xFF5E) return rune - 0xFF01 + '!';
    if (rune == 0x2212) return '-';
    return rune == 0x3000 || rune == 0x00A0 || rune == '\t' ? ' ' : rune;
}

static bool read_rune(Reading *r, unsigned rune) {
    if (rune == ',') return read_comma(r);
    if (rune == '.') return read_point(r);
    if (rune < '0' || rune > '9') return false;
    read_digit(r, (int)(rune - '0'));
    return true;
}

/* The number that was read, as units of its scale. */
static DecimalResult finish(const Reading *r, bool negative, int64_t *ret_units) {
    if (r->digits + (r->decimals > 0 ? r->decimals : 0) == 0) return DECIMAL_NOT_A_NUMBER;
    if (r->group >= 0 && r->group != 3) return DECIMAL_NOT_A_NUMBER;
    if (r->too_fine) return DECIMAL_TOO_FINE;
    int decimals = r->decimals < 0 ? 0 : r->decimals > r->scale ? r->scale : r->decimals;
    Wide units = r->units * POWERS[r->scale - decimals];
    if (negative) units = -units;
    if (r->too_large || !fits(units)) return DECIMAL_TOO_LARGE;
    *ret_units = (int64_t)units;
    return DECIMAL_OK;
}

DecimalResult decimal_parse(const char *text, int scale, int64_t *ret_units) {
    assert(scale >= 0 && scale <= DECIMAL_SCALE_MAX);
    const char *end = text + strlen(text);
    unsigned rune = plain(text_next(&text, end));
    while (rune == ' ') rune = plain(text_next(&text, end));
    bool negative = rune == '-';
    if (negative || rune == '+') rune = plain(text_next(&text, end));
    Reading reading = {.decimals = -1, .group = -1, .scale = scale};
    for (; rune && rune != ' '; rune = plain(text_next(&text, end)))
        if (!read_rune(&reading, rune)) return DECIMAL_NOT_A_NUMBER;
    while (rune == ' ') rune = plain(text_next(&text, end));
    return rune ? DECIMAL_NOT_A_NUMBER : finish(&reading, negative, ret_units);
}

void decimal_format_fixed(Decimal value, char ret_text[DECIMAL_SIZE]) {
    char reversed[DECIMAL_SIZE];
    size_t size = 0;
    uint64_t rest = value.units < 0 ? -(uint64_t)value.units : (uint64_t)value.units;
    for (int place = 0; rest > 0 || place <= value.scale; place++, rest /= 10) {
        if (place == value.scale && place > 0) reversed[size++] = '.';
        reversed[size++] = (char)('0' + rest % 10);
    }
    if (value.units < 0) reversed[size++] = '-';
    for (size_t i = 0; i < size; i++) ret_text[i] = reversed[size - 1 - i];
    ret_text[size] = '\0';
}

void decimal_format(Decimal value, char ret_text[DECIMAL_SIZE]) {
    while (value.scale > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.scale--;
    }
    decimal_format_fixed(value, ret_text);
}

char *decimal_text(const void *ctx, Decimal value) {
    char text[DECIMAL_SIZE];
    decimal_format(value, text);
    return mem_strdup(ctx, text);
}
