/* base/date.c: days and instants.
 *
 * The conversion between day numbers and civil dates counts years from March, so that the leap day ends a year
 * (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
#include "base/date.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/pattern.h"

#define DAYS_PER_ERA         146097        /* 400 years */
#define DAYS_TO_EPOCH        719468        /* from 0000-03-01 to 1970-01-01 */
#define CHINA_OFFSET         (8 * 60 * 60) /* seconds ahead of UTC, all year */
#define DAY_SIZE             10u           /* of an instant: its day */
#define TIME_SIZE            19u           /* and its second */
#define EXCEL_FALSE_LEAP_DAY 60            /* the 1900 system counts a 29 February 1900 */

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in_month(int year, int month) {
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

Date date_make(int year, int month, int day) {
    if (year < DATE_YEAR_FIRST || year > DATE_YEAR_LAST || month < 1 || month > 12) return DATE_NONE;
    if (day < 1 || day > days_in_month(year, month)) return DATE_NONE;
    int from_march = (month + 9) % 12;
    int y = month <= 2 ? year - 1 : year;
    int year_of_era = y % 400;
    int day_of_year = (153 * from_march + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return y / 400 * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

bool date_is_valid(Date date) {
    return date >= date_make(DATE_YEAR_FIRST, 1, 1) && date <= date_make(DATE_YEAR_LAST, 12, 31);
}

void date_split(Date date, int *ret_year, int *ret_month, int *ret_day) {
    assert(date_is_valid(date));
    int days = date + DAYS_TO_EPOCH;
    int day_of_era = days % DAYS_PER_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *ret_day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *ret_month = from_march < 10 ? from_march + 3 : from_march - 9;
    *ret_year = days / DAYS_PER_ERA * 400 + year_of_era + (*ret_month <= 2);
}

/* The date of the first pattern that matches a folded text. */
static Date match_date(const char *folded, const char *const *patterns, size_t n) {
    int numbers[PATTERN_NUMBERS_MAX];
    for (size_t i = 0; i < n; i++)
        if (pattern_match(folded, patterns[i], numbers)) return date_make(numbers[0], numbers[1], numbers[2]);
    return DATE_NONE;
}

Date date_parse_iso(const char *text) {
    static const char *const ISO = "Y-2-2";
    return match_date(text, &ISO, 1);
}

Date date_parse_lenient(const char *text) {
    static const char *const PATTERNS[] = {"Y-M-M", "Y/M/M", "Y.M.M", "Y年M月M日", "Y年M月M号", "Y22"};
    char folded[PATTERN_SIZE];
    if (!pattern_fold(text, folded)) return DATE_NONE;
    return match_date(folded, PATTERNS, sizeof PATTERNS / sizeof *PATTERNS);
}

static void put_digits(char *end, int number, int digits) {
    while (digits--) {
        *--end = (char)('0' + number % 10);
        number /= 10;
    }
}

/* By hand: an import writes a million of them. */
void date_format_iso(Date date, char ret_text[DATE_ISO_SIZE]) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    memcpy(ret_text, "0000-00-00", DATE_ISO_SIZE);
    put_digits(ret_text + 4, year, 4);
    put_digits(ret_text + 7, month, 2);
    put_digits(ret_text + 10, day, 2);
}

char *date_iso(const void *ctx, Date date) {
    char text[DATE_ISO_SIZE] = "";
    if (date != DATE_NONE) date_format_iso(date, text);
    return mem_strdup(ctx, text);
}

char *date_format_zh(const void *ctx, Date date) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    return mem_printf(ctx, "%d年%d月%d日", year, month, day);
}

Date date_from_excel(double serial, bool since_1904) {
    Date first = since_1904 ? date_make(1904, 1, 1) : date_make(1900, 1, 1);
    double least = since_1904 ? 0 : 1;
    if (!(serial >= least && serial < DAYS_PER_ERA)) return DATE_NONE;
    int days = (int)serial; /* the time of day falls away */
    if (!since_1904 && days == EXCEL_FALSE_LEAP_DAY) return DATE_NONE;
    if (!since_1904) days -= days < EXCEL_FALSE_LEAP_DAY ? 1 : 2;
    return date_is_valid(first + days) ? first + days : DATE_NONE;
}

Date date_today(void) {
    const char *override = getenv("KEZHANG_TODAY");
    Date today = override ? date_parse_iso(override) : DATE_NONE;
    if (today != DATE_NONE) return today;
    return (Date)((time(NULL) + CHINA_OFFSET) / DAY_SECONDS);
}

/* By hand as well: a page asks a dozen times until when something holds. */
static void put_time(char *text, int second) {
    memcpy(text, "T00:00:00", 9);
    put_digits(text + 3, second / 3600, 2);
    put_digits(text + 6, second / 60 % 60, 2);
    put_digits(text + 9, second % 60, 2);
}

static int two_digits(const char *text) {
    assert(isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]));
    return (text[0] - '0') * 10 + text[1] - '0';
}

void instant_now(char ret_text[INSTANT_SIZE]) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    date_format_iso((Date)(now.tv_sec / DAY_SECONDS), ret_text);
    put_time(ret_text + DAY_SIZE, (int)(now.tv_sec % DAY_SECONDS));
    memcpy(ret_text + TIME_SIZE, ".000Z", sizeof ".000Z");
    put_digits(ret_text + TIME_SIZE + 4, (int)(now.tv_nsec / 1000000), 3);
}

void instant_end_of(Date date, char ret_text[INSTANT_SIZE]) {
    date_format_iso(date, ret_text);
    memcpy(ret_text + DAY_SIZE, "T15:59:59.999Z", sizeof "T15:59:59.999Z");
}

int64_t instant_seconds(const char *instant) {
    char day[DAY_SIZE + 1] = "";
    assert(strlen(instant) >= TIME_SIZE);
    memcpy(day, instant, DAY_SIZE);
    Date date = date_parse_iso(day);
    assert(date != DATE_NONE);
    const char *time = instant + DAY_SIZE + 1;
    return (int64_t)date * DAY_SECONDS + two_digits(time) * 3600 + two_digits(time + 3) * 60 + two_digits(time + 6);
}

void instant_add(const char *instant, int64_t seconds, char ret_text[INSTANT_SIZE]) {
    int64_t sum = instant_seconds(instant) + seconds, day = sum / DAY_SECONDS, rest = sum % DAY_SECONDS;
    if (rest < 0) day--, rest += DAY_SECONDS;
    assert(date_is_valid((Date)day));
    date_format_iso((Date)day, ret_text);
    put_time(ret_text + DAY_SIZE, (int)rest);
    snprintf(ret_text + TIME_SIZE, INSTANT_SIZE - TIME_SIZE, "%s", instant + TIME_SIZE);
}

Date instant_day(const char *instant) {
    char there[INSTANT_SIZE];
    instant_add(instant, CHINA_OFFSET, there);
    there[10] = '\0';
    return date_parse_iso(there);
}

void instant_local(const char *instant, char ret_text[INSTANT_LOCAL_SIZE]) {
    char there[INSTANT_SIZE];
    instant_add(instant, CHINA_OFFSET, there);
    memcpy(ret_text, there, INSTANT_LOCAL_SIZE - 1);
    ret_text[10] = ' '; /* for the T */
    ret_text[INSTANT_LOCAL_SIZE - 1] = '\0';
}
