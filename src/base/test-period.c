/* base/test-period.c: the written forms of reporting periods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"

typedef struct Written {
    const char *text;
    const char *stored;
} Written;

static Period parsed(const char *text) {
    Period period = {DATE_NONE, DATE_NONE};
    if (!period_parse(text, &period)) fail_msg("\"%s\" is not read", text);
    return period;
}

static void test_parse(void **state) {
    (void)state;
    static const Written CASES[] = {
        {"2020", "2020-01..2020-12"},
        {"2020年", "2020-01..2020-12"},
        {"2020H1", "2020-01..2020-06"},
        {"2020h2", "2020-07..2020-12"},
        {"2020年上半年", "2020-01..2020-06"},
        {"2020年下半年", "2020-07..2020-12"},
        {"2020Q1", "2020-01..2020-03"},
        {"2020Q4", "2020-10..2020-12"},
        {"2020年第二季度", "2020-04..2020-06"},
        {"2020年二季度", "2020-04..2020-06"},
        {"2020年第3季度", "2020-07..2020-09"},
        {"2020-06", "2020-06..2020-06"},
        {"2020年6月", "2020-06..2020-06"},
        {"2020年12月", "2020-12..2020-12"},
        {"2020-01..2020-04", "2020-01..2020-04"},
        {"2019-11..2020-02", "2019-11..2020-02"},
        {"2020年1—4月", "2020-01..2020-04"},
        {"2020年1-4月", "2020-01..2020-04"},
        {"2020年1～4月", "2020-01..2020-04"},
        {"２０２０年１－４月", "2020-01..2020-04"},
        {"2020年1月至4月", "2020-01..2020-04"},
        {"2019年11月—2020年2月", "2019-11..2020-02"},
        {" 2020 年 上半年 ", "2020-01..2020-06"},
        {"2199", "2199-01..2199-12"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char stored[PERIOD_SIZE];
        period_format(parsed(CASES[i].text), stored);
        assert_string_equal(stored, CASES[i].stored);
    }
}

static void test_refuses(void **state) {
    (void)state;
    static const char *const NONE[] = {
        "",
        "2020H3",
        "2020H0",
        "2020Q0",
        "2020Q5",
        "2020-13",
        "2020-00",
        "1899",
        "2200",
        "2020-04..2020-01",
        "2020-05..2019-06",
        "2020年4-1月",
        "2020年0月",
        "2020年13月",
        "2020年1季",
        "20200",
        "202",
        "2020-01..",
        "..2020-01",
        "2020-1-1",
        "上半年",
        "2020H",
        "2020HH1",
        "2020Q12",
        "2020年第五季度",
        "2020年1-13月",
        "2020-01-04",
    };
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        Period period = {1, 2};
        if (period_parse(NONE[i], &period)) fail_msg("\"%s\" is read", NONE[i]);
        assert_true(period.start == 1 && period.end == 2);
    }
}

static void test_ends(void **state) {
    (void)state;
    Period february = parsed("2020-02");
    assert_int_equal(february.start, date_make(2020, 2, 1));
    assert_int_equal(february.end, date_make(2020, 2, 29));
    assert_int_equal(parsed("2199").end, date_make(2199, 12, 31));
}

/* Every period of whole months within three years is read back from each of its forms. */
static void test_forms_are_read_back(void **state) {
    (void)state;
    for (int from = 0; from < 36; from++) {
        for (int to = from; to < 36; to++) {
            MEM_SCRATCH scratch = talloc_new(NULL);
            char stored[PERIOD_SIZE];
            const char *text =
                mem_printf(scratch, "%d-%02d..%d-%02d", 2019 + from / 12, from % 12 + 1, 2019 + to / 12, to % 12 + 1);
            Period period = parsed(text);
            period_format(period, stored);
            assert_string_equal(stored, text);
            assert_int_equal(period_months(period), to - from + 1);
            Period again = parsed(period_format_short(scratch, period));
            assert_memory_equal(&again, &period, sizeof period);
            again = parsed(period_format_zh(scratch, period));
            assert_memory_equal(&again, &period, sizeof period);
        }
    }
}

static void test_readable_forms(void **state) {
    (void)state;
    static const struct {
        const char *text, *brief, *zh;
    } CASES[] = {
        {"2020-01..2020-12", "2020", "2020年"},
        {"2020-01..2020-06", "2020H1", "2020年上半年"},
        {"2020-07..2020-12", "2020H2", "2020年下半年"},
        {"2020-04..2020-06", "2020Q2", "2020年第二季度"},
        {"2020-06..2020-06", "2020-06", "2020年6月"},
        {"2020-01..2020-04", "2020-01..2020-04", "2020年1—4月"},
        {"2020-02..2020-04", "2020-02..2020-04", "2020年2—4月"},
        {"2019-11..2020-02", "2019-11..2020-02", "2019年11月—2020年2月"},
        {"2019-07..2020-06", "2019-07..2020-06", "2019年7月—2020年6月"},
    };
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(period_format_short(scratch, parsed(CASES[i].text)), CASES[i].brief);
        assert_string_equal(period_format_zh(scratch, parsed(CASES[i].text)), CASES[i].zh);
    }
}

static void test_year_before_and_contains(void **state) {
    (void)state;
    char stored[PERIOD_SIZE];
    Period before = period_year_before(parsed("2021-02"));
    period_format(before, stored);
    assert_string_equal(stored, "2020-02..2020-02");
    assert_int_equal(before.end, date_make(2020, 2, 29));
    assert_int_equal(period_year_before(parsed("1900")).start, DATE_NONE);
    assert_true(period_contains(parsed("2020"), parsed("2020H1")));
    assert_true(period_contains(parsed("2020H1"), parsed("2020H1")));
    assert_false(period_contains(parsed("2020H1"), parsed("2020")));
    assert_false(period_contains(parsed("2020H1"), parsed("2020-06..2020-07")));
}

static void test_move_and_around(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const struct {
        const char *from, *to;
        int months;
    } CASES[] = {{"2020H1", "2019H2", -6}, {"2020-01", "2019-12", -1}, {"2020-12", "2021-02", 2}, {"2020", "2020", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(period_format_short(scratch, period_move(parsed(CASES[i].from), CASES[i].months)),
                            CASES[i].to);
    assert_int_equal(period_move(parsed("1900"), -12).start, DATE_NONE);
    assert_string_equal(period_format_short(scratch, period_around(date_make(2020, 6, 30), 6)), "2020H1");
    assert_string_equal(period_format_short(scratch, period_around(date_make(2020, 7, 1), 3)), "2020Q3");
    assert_string_equal(period_format_short(scratch, period_around(date_make(2020, 7, 1), 12)), "2020");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_forms_are_read_back),
        cmocka_unit_test(test_readable_forms),
        cmocka_unit_test(test_year_before_and_contains),
        cmocka_unit_test(test_move_and_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
