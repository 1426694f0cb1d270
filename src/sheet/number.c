/* sheet/number.c: floats to text without noise; serial days to dates; what formats show. */
#include "sheet/number.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_SURE    15 /* every decimal of so many digits survives a double */
#define DIGITS_MAX     17 /* and so many always suffice to name one */
#define PLAIN_EXPONENT 21
#define INTEGER_SURE   1e15

/* Appends n zeros. */
static char *put_zeros(char *at, int n) {
    memset(at, '0', (size_t)n);
    return at + n;
}

static char *put_digits(char *at, const char *digits, int n) {
    memcpy(at, digits, (size_t)n);
    return at + n;
}

/* Writes 0.d1d2d3… × 10^point without an exponent. */
static char *put_plain(char *at, const char *digits, int n, int point) {
    if (point <= 0) {
        *at++ = '0';
        *at++ = '.';
        return put_digits(put_zeros(at, -point), digits, n);
    }
    if (n <= point) return put_zeros(put_digits(at, digits, n), point - n);
    at = put_digits(at, digits, point);
    *at++ = '.';
    return put_digits(at, digits + point, n - point);
}

/* Writes the shortest "d.ddde±xx" that reads back as the same number; the digits it takes. */
static int write_scientific(double number, char text[NUMBER_SIZE]) {
    for (int digits = DIGITS_SURE;; digits++) {
        snprintf(text, NUMBER_SIZE, "%.*e", digits - 1, number);
        if (digits == DIGITS_MAX || strtod(text, NULL) == number) return digits;
    }
}

void number_text(double number, char ret_text[NUMBER_SIZE]) {
    if (fabs(number) < INTEGER_SURE && number == trunc(number)) {
        snprintf(ret_text, NUMBER_SIZE, "%lld", (long long)number);
        return;
    }
    if (!isfinite(number)) {
        snprintf(ret_text, NUMBER_SIZE, "%f", number);
        return;
    }
    char scientific[NUMBER_SIZE];
    int needed = write_scientific(fabs(number), scientific);
    int exponent = (int)strtol(strchr(scientific, 'e') + 1, NULL, 10);
    if (abs(exponent) >= PLAIN_EXPONENT) {
        snprintf(ret_text, NUMBER_SIZE, "%.*g", needed, number);
        return;
    }
    char digits[NUMBER_SIZE];
    int n = 0;
    for (const char *at = scientific; *at != 'e'; at++) {
        if (*at != '.') digits[n++] = *at;
    }
    while (n > 1 && digits[n - 1] == '0') n--;
    char *at = ret_text;
    if (number < 0) *at++ = '-';
    *put_plain(at, digits, n, exponent + 1) = '\0';
}

MomentKind number_moment(double serial, bool since_1904, Date *ret_date, char ret_text[MOMENT_SIZE]) {
    if (!(serial >= 0 && serial < 1e6)) return MOMENT_NONE;
    double day = floor(serial);
    unsigned seconds = (unsigned)lround((serial - day) * DAY_SECONDS);
    if (seconds == DAY_SECONDS) {
        day += 1;
        seconds = 0;
    }
    char time[MOMENT_SIZE];
    snprintf(time, sizeof time, "%02u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (day < 1 && seconds > 0) {
        memcpy(ret_text, time, sizeof time);
        return MOMENT_TIME;
    }
    Date date = date_from_excel(day, since_1904);
    if (date == DATE_NONE) return MOMENT_NONE;
    char iso[DATE_ISO_SIZE];
    date_format_iso(date, iso);
    snprintf(ret_text, MOMENT_SIZE, "%s%s%.8s", iso, seconds ? " " : "", seconds ? time : "");
    *ret_date = date;
    return MOMENT_DATE;
}

double number_of_date(Date date) {
    static const int DAYS_TO_1970 = 25569;      /* 1970-01-01 in the 1900 system */
    static const Date TRUE_SINCE = -25569 + 61; /* 1900-03-01: before it stands a leap day that never was */
    return date + DAYS_TO_1970 - (date < TRUE_SINCE);
}

void number_percent_text(double number, char ret_text[NUMBER_SIZE]) {
    (void)snprintf(ret_text, NUMBER_SIZE, "%.*g%%", DIGITS_SURE, number * 100);
}

NumberShows number_format_id_shows(unsigned id) {
    static const struct {
        unsigned first, last;
        NumberShows shows;
    } FORMATS[] = {/* ECMA-376 18.8.30, with the ids of Chinese Excel */
                   {9, 10, SHOWS_PERCENT},
                   {14, 22, SHOWS_DATE},
                   {27, 36, SHOWS_DATE},
                   {45, 47, SHOWS_DATE},
                   {50, 58, SHOWS_DATE}};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        if (id >= FORMATS[i].first && id <= FORMATS[i].last) return FORMATS[i].shows;
    }
    return SHOWS_NUMBER;
}

/* Passes over what stands at `at` literally: quoted text, [brackets], an escaped, padded or repeated character. */
static const char *skip_literal(const char *at) {
    const char *end = NULL;
    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        break;
    case '[':
        end = strchr(at + 1, ']');
        break;
    case '\\':
    case '_':
    case '*':
        end = at + 1;
        break;
    default:
        return at;
    }
    if (!end || !*end) return at + strlen(at);
    return end + 1;
}

NumberShows number_format_shows(const char *code) {
    static const char *const DURATIONS[] = {"[h", "[m]", "[mm]", "[s"}; /* time that has passed, not a moment */
    for (size_t i = 0; i < sizeof DURATIONS / sizeof *DURATIONS; i++) {
        if (strcasestr(code, DURATIONS[i])) return SHOWS_NUMBER;
    }
    while (*code) {
        const char *after = skip_literal(code);
        if (after == code && strchr("yYmMdD", *code)) return SHOWS_DATE;
        if (after == code && *code == '%') return SHOWS_PERCENT;
        code = after == code ? code + 1 : after;
    }
    return SHOWS_NUMBER;
}
