/* base/test-date.c: days and instants. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"

static void assert_day(Date date, const char *expected) {
    char text[DATE_ISO_SIZE] = "none";
    if (date != DATE_NONE) date_format_iso(date, text);
    assert_string_equal(text, expected);
}

/* Every day of the span against the C library. */
static void test_agrees_with_the_c_library(void **state) {
    (void)state;
    Date last = date_make(2199, 12, 31);
    for (Date date = date_make(1900, 1, 1); date <= last; date++) {
        time_t seconds = (time_t)date * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        int year, month, day;
        date_split(date, &year, &month, &day);
        assert_true(year == tm.tm_year + 1900 && month == tm.tm_mon + 1 && day == tm.tm_mday);
        assert_int_equal(date_make(year, month, day), date);
    }
}

static void test_make_refuses(void **state) {
    (void)state;
    static const int NONE[][3] = {{1899, 12, 31}, {2200, 1, 1},  {2020, 0, 1},  {2020, 13, 1}, {2020, 1, 0},
                                  {2020, 4, 31},  {2021, 2, 29}, {1900, 2, 29}, {2100, 2, 29}, {2020, -1, 1}};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_int_equal(date_make(NONE[i][0], NONE[i][1], NONE[i][2]), DATE_NONE);
    assert_int_equal(date_make(1970, 1, 1), 0);
    assert_int_equal(date_make(2000, 2, 29), 11016);
}

static void test_parse_iso(void **state) {
    (void)state;
    assert_day(date_parse_iso("2020-06-30"), "2020-06-30");
    static const char *const NONE[] = {
        "",         "2020-6-30", "2020-06-31",  "2020/06/30",  "2020-06-30 ", " 2020-06-30", "2020-06-3O",
        "20200630", "2020-06",   "２020-06-30", "2020-06-301", "+020-06-30",  "-2020-06-30"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) assert_int_equal(date_parse_iso(NONE[i]), DATE_NONE);
}

static void test_parse_lenient(void **state) {
    (void)state;
    static const char *const SAME[] = {"2020-06-03",   "2020-6-3",          "2020/6/3",         "2020.6.3",
                                       "2020年6月3日", "2020年06月03日",    "20200603",         "２０２０年６月３日",
                                       " 2020-6-3　",  "2020 年 6 月 3 日", "２０２０－６－３", "2020年6月3号"};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) assert_day(date_parse_lenient(SAME[i]), "2020-06-03");
    static const char *const NONE[] = {
        "",           "2020",
        "2020年6月",  "2020-6/3",
        "3/6/2020",   "20-6-3",
        "2020063",    "202006030",
        "2020-13-1",  "六月三日",
        "2020-6-3-1", "2020-06-031",
        "2020-6-31",  "12345678901234567890123456789012345678901234567890123456789012345"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) assert_int_equal(date_parse_lenient(NONE[i]), DATE_NONE);
}

static void test_format_zh(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(date_format_zh(scratch, date_make(2020, 6, 3)), "2020年6月3日");
    assert_string_equal(date_format_zh(scratch, date_make(2020, 11, 30)), "2020年11月30日");
}

static void test_excel_serials(void **state) {
    (void)state;
    assert_day(date_from_excel(1, false), "1900-01-01");
    assert_day(date_from_excel(59, false), "1900-02-28");
    assert_day(date_from_excel(60, false), "none");
    assert_day(date_from_excel(60.5, false), "none");
    assert_day(date_from_excel(61, false), "1900-03-01");
    assert_day(date_from_excel(44012, false), "2020-06-30");
    assert_day(date_from_excel(44012.99, false), "2020-06-30");
    assert_day(date_from_excel(0.5, false), "none");
    assert_day(date_from_excel(-1, false), "none");
    assert_day(date_from_excel(109574, false), "2199-12-31");
    assert_day(date_from_excel(109575, false), "none");
    assert_day(date_from_excel(1e300, false), "none");
    assert_day(date_from_excel(NAN, false), "none");
    assert_day(date_from_excel(0, true), "1904-01-01");
    assert_day(date_from_excel(42550, true), "2020-06-30");
    assert_day(date_from_excel(108112, true), "2199-12-31");
    assert_day(date_from_excel(108113, true), "none");
    assert_day(date_from_excel(-0.5, true), "none");
}

static void test_today(void **state) {
    (void)state;
    setenv("KEZHANG_TODAY", "2020-07-05", 1);
    assert_day(date_today(), "2020-07-05");
    unsetenv("KEZHANG_TODAY");
    time_t before = time(NULL) + 8 * 3600;
    Date today = date_today();
    time_t after = time(NULL) + 8 * 3600;
    assert_in_range(today, before / 86400, after / 86400);
}

static void test_instants_move(void **state) {
    static const struct {
        const char *from;
        int64_t seconds;
        const char *to;
    } cases[] = {
        {"2020-07-05T02:11:09.123Z", 51, "2020-07-05T02:12:00.123Z"},
        {"2020-02-28T23:59:59.999Z", 1, "2020-02-29T00:00:00.999Z"},
        {"2020-03-01T00:00:00.000Z", -1, "2020-02-29T23:59:59.000Z"},
        {"1970-01-01T00:00:00.000Z", -86400, "1969-12-31T00:00:00.000Z"},
        {"2020-07-05T02:11:09.123Z", 90 * 86400, "2020-10-03T02:11:09.123Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char to[INSTANT_SIZE];
        instant_add(cases[i].from, cases[i].seconds, to);
        assert_string_equal(to, cases[i].to);
        assert_int_equal(instant_seconds(to) - instant_seconds(cases[i].from), cases[i].seconds);
    }
    assert_day(instant_day("2020-07-05T15:59:59.999Z"), "2020-07-05");
    assert_day(instant_day("2020-07-05T16:00:00.000Z"), "2020-07-06");
}

static void test_instants(void **state) {
    (void)state;
    char end[INSTANT_SIZE], now[INSTANT_SIZE], later[INSTANT_SIZE];
    instant_end_of(date_make(2020, 7, 5), end);
    assert_string_equal(end, "2020-07-05T15:59:59.999Z");
    time_t seconds = time(NULL);
    instant_now(now);
    struct tm tm = {0};
    const char *rest = strptime(now, "%Y-%m-%dT%H:%M:%S", &tm);
    assert_non_null(rest);
    assert_int_equal(strlen(rest), strlen(".000Z"));
    assert_true(rest[0] == '.' && rest[4] == 'Z');
    assert_in_range(timegm(&tm), seconds, seconds + 5);
    instant_now(later);
    assert_true(strcmp(now, later) <= 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_the_c_library),
        cmocka_unit_test(test_make_refuses),
        cmocka_unit_test(test_parse_iso),
        cmocka_unit_test(test_parse_lenient),
        cmocka_unit_test(test_format_zh),
        cmocka_unit_test(test_excel_serials),
        cmocka_unit_test(test_today),
        cmocka_unit_test(test_instants),
        cmocka_unit_test(test_instants_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
