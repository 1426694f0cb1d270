/* base/test-calendar.c: working days of 2020 by the State Council's two notices, and what a list must look like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"

typedef struct Span {
    const char *from, *to;
} Span;

static const Span OFF[] = {
    {"2020-01-01", "2020-01-01"}, {"2020-01-24", "2020-02-02"}, {"2020-04-04", "2020-04-06"},
    {"2020-05-01", "2020-05-05"}, {"2020-06-25", "2020-06-27"}, {"2020-10-01", "2020-10-08"},
};
static const Span MADE_UP[] = {
    {"2020-01-19", "2020-01-19"}, {"2020-04-26", "2020-04-26"}, {"2020-05-09", "2020-05-09"},
    {"2020-06-28", "2020-06-28"}, {"2020-09-27", "2020-09-27"}, {"2020-10-10", "2020-10-10"},
};

static void add_days(Buf *json, const char *name, const Span *spans, size_t n) {
    buf_printf(json, "\"%s\": {", name);
    const char *comma = "";
    for (size_t i = 0; i < n; i++) {
        for (Date date = date_parse_iso(spans[i].from); date <= date_parse_iso(spans[i].to); date++) {
            char text[DATE_ISO_SIZE];
            date_format_iso(date, text);
            buf_printf(json, "%s\"%s\": \"…\"", comma, text);
            comma = ", ";
        }
    }
    buf_char(json, '}');
}

static int set_up(void **state) {
    TALLOC_CTX *ctx = talloc_new(NULL);
    Buf json = BUF_INIT(ctx);
    buf_char(&json, '{');
    add_days(&json, "holidays", OFF, sizeof OFF / sizeof *OFF);
    buf_char(&json, ',');
    add_days(&json, "workdays", MADE_UP, sizeof MADE_UP / sizeof *MADE_UP);
    buf_add(&json, ", \"inLieuDays\": {}}");
    Calendar *calendar = NULL;
    int result = calendar_read(NULL, json.data, json.size, diag_new(ctx), &calendar);
    *state = calendar;
    talloc_free(ctx);
    return result;
}

static int tear_down(void **state) {
    talloc_free(*state);
    return 0;
}

static Date day(const char *text) { return date_parse_iso(text); }

static void test_single_days(void **state) {
    assert_true(calendar_is_workday(*state, day("2020-06-24")));
    assert_false(calendar_is_workday(*state, day("2020-06-25")));
    assert_true(calendar_is_workday(*state, day("2020-06-28")));  /* Sunday made up */
    assert_false(calendar_is_workday(*state, day("2020-06-20"))); /* Saturday */
    assert_true(calendar_is_workday(*state, day("1969-12-31")));
    assert_false(calendar_is_workday(*state, day("1969-12-28")));
}

static void test_counts(void **state) {
    assert_int_equal(calendar_count_workdays(*state, day("2020-01-01"), day("2020-12-31")), 249);
    assert_int_equal(calendar_count_workdays(*state, day("2020-01-01"), day("2020-06-30")), 121);
    assert_int_equal(calendar_count_workdays(*state, day("2020-06-30"), day("2020-01-01")), -121);
    assert_int_equal(calendar_count_workdays(*state, day("2020-06-25"), day("2020-06-25")), 0);
    assert_int_equal(calendar_count_workdays(*state, day("2020-06-24"), day("2020-06-24")), 1);
}

static void test_terms(void **state) {
    static const struct {
        const char *start;
        int n;
        const char *last;
    } CASES[] = {
        {"2020-05-09", 5, "2020-05-14"},  {"2020-04-27", 5, "2020-05-06"},  {"2020-09-25", 5, "2020-09-30"},
        {"2020-01-20", 5, "2020-02-03"},  {"2020-09-30", 5, "2020-10-13"},  {"2020-06-27", 5, "2020-07-02"},
        {"2020-06-22", 10, "2020-07-06"}, {"2020-01-22", 10, "2020-02-12"}, {"2020-06-24", 1, "2020-06-24"},
        {"2020-06-25", 1, "2020-06-28"},  {"2020-06-25", 0, "2020-06-25"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[DATE_ISO_SIZE];
        date_format_iso(calendar_add_workdays(*state, day(CASES[i].start), CASES[i].n), text);
        assert_string_equal(text, CASES[i].last);
    }
    assert_int_equal(calendar_add_workdays(*state, day("2199-12-30"), 10), DATE_NONE);
}

/* A term of n days that starts on a working day counts n days to its end. */
static void test_terms_agree_with_counts(void **state) {
    for (Date start = day("2020-01-01"); start <= day("2020-12-31"); start++)
        for (int n = 1; n <= 30; n++)
            assert_int_equal(calendar_count_workdays(*state, start, calendar_add_workdays(*state, start, n)), n);
}

static void test_covered_years(void **state) {
    assert_true(calendar_covers(*state, day("2020-01-01")));
    assert_true(calendar_covers(*state, day("2020-12-31")));
    assert_false(calendar_covers(*state, day("2019-12-31")));
    assert_false(calendar_covers(*state, day("2021-01-01")));
    assert_true(calendar_is_workday(*state, day("2021-01-01"))); /* a Friday, no list: provisional */
}

static void test_ends_of_the_span(void **state) {
    (void)state;
    static const char JSON[] =
        "{\"holidays\": {\"1900-01-01\": \"\", \"2199-12-31\": \"\"}, \"workdays\": {\"2199-12-29\": \"\"}}";
    MEM_SCRATCH scratch = talloc_new(NULL);
    Calendar *calendar = NULL;
    assert_int_equal(calendar_read(scratch, JSON, strlen(JSON), diag_new(scratch), &calendar), 0);
    assert_false(calendar_is_workday(calendar, day("1900-01-01"))); /* a Monday */
    assert_false(calendar_is_workday(calendar, day("2199-12-31"))); /* a Tuesday */
    assert_true(calendar_is_workday(calendar, day("2199-12-29")));  /* a Sunday */
    assert_true(calendar_covers(calendar, day("1900-05-01")));
    assert_false(calendar_covers(calendar, day("2199-05-01")));
}

static void test_refuses(void **state) {
    (void)state;
    static const char *const BROKEN[] = {
        "",
        "[]",
        "{\"holidays\": {}}",
        "{\"holidays\": {}, \"workdays\": []}",
        "{\"holidays\": {\"2020-02-30\": \"\"}, \"workdays\": {}}",
        "{\"holidays\": {}, \"workdays\": {\"1 May\": \"\"}}",
        "{\"holidays\": {}, \"workdays\": {}} x",
    };
    for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Diag *diag = diag_new(scratch);
        Calendar *calendar = NULL;
        assert_int_equal(calendar_read(scratch, BROKEN[i], strlen(BROKEN[i]), diag, &calendar), 1);
        assert_int_equal(diag->errors, 1);
        assert_null(calendar);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_days),   cmocka_unit_test(test_counts),
        cmocka_unit_test(test_terms),         cmocka_unit_test(test_terms_agree_with_counts),
        cmocka_unit_test(test_covered_years), cmocka_unit_test(test_ends_of_the_span),
        cmocka_unit_test(test_refuses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
