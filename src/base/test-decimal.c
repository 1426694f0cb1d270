/* base/test-decimal.c: reading, writing and exact arithmetic, by cases and by properties over random values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

__extension__ typedef __int128 Wide;

static void test_parse(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        int64_t units;
    } CASES[] = {
        {"0", 0, 0},
        {"15", 0, 15},
        {"1,234.50", 2, 123450},
        {"1234.5", 2, 123450},
        {"1,234,567", 0, 1234567},
        {"-0.05", 2, -5},
        {"+7", 1, 70},
        {".5", 2, 50},
        {"12.", 2, 1200},
        {"3.6200", 2, 362},
        {"０１２．５０", 2, 1250},
        {"－１，２３４", 0, -1234},
        {"−3", 0, -3},
        {"＋8", 0, 8},
        {" 　9\t", 0, 9},
        {"0000000000000000000000001", 0, 1},
        {"9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775808", 0, INT64_MIN},
        {"-92233720368547758.08", 2, INT64_MIN},
        {"1.0000000000000000000000000000000000000000", 9, 1000000000},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t units = 77;
        if (decimal_parse(CASES[i].text, CASES[i].scale, &units) != DECIMAL_OK) fail_msg("%s", CASES[i].text);
        assert_int_equal(units, CASES[i].units);
    }
}

static void test_parse_refuses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        DecimalResult result;
    } CASES[] = {
        {"", 2, DECIMAL_NOT_A_NUMBER},
        {" ", 2, DECIMAL_NOT_A_NUMBER},
        {".", 2, DECIMAL_NOT_A_NUMBER},
        {"-", 2, DECIMAL_NOT_A_NUMBER},
        {"--1", 2, DECIMAL_NOT_A_NUMBER},
        {"1 2", 2, DECIMAL_NOT_A_NUMBER},
        {"- 1", 2, DECIMAL_NOT_A_NUMBER},
        {"1.2.3", 2, DECIMAL_NOT_A_NUMBER},
        {"1e5", 2, DECIMAL_NOT_A_NUMBER},
        {"15万", 2, DECIMAL_NOT_A_NUMBER},
        {"15%", 2, DECIMAL_NOT_A_NUMBER},
        {",123", 2, DECIMAL_NOT_A_NUMBER},
        {"1,23", 2, DECIMAL_NOT_A_NUMBER},
        {"1,2345", 2, DECIMAL_NOT_A_NUMBER},
        {"1234,567", 2, DECIMAL_NOT_A_NUMBER},
        {"1,23.5", 2, DECIMAL_NOT_A_NUMBER},
        {"1.5,000", 2, DECIMAL_NOT_A_NUMBER},
        {"1,234,", 2, DECIMAL_NOT_A_NUMBER},
        {"1.234", 2, DECIMAL_TOO_FINE},
        {"0.5", 0, DECIMAL_TOO_FINE},
        {"9223372036854775808", 0, DECIMAL_TOO_LARGE},
        {"-9223372036854775809", 0, DECIMAL_TOO_LARGE},
        {"92233720368547758.08", 2, DECIMAL_TOO_LARGE},
        {"9223372036854775807", 9, DECIMAL_TOO_LARGE},
        {"99999999999999999999999999999999999999999999999999999999999999", 9, DECIMAL_TOO_LARGE},
        {"99999999999999999999999999999999999999999999999999999999999999x", 9, DECIMAL_NOT_A_NUMBER},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t units = 77;
        if (decimal_parse(CASES[i].text, CASES[i].scale, &units) != CASES[i].result) fail_msg("%s", CASES[i].text);
        assert_int_equal(units, 77);
    }
}

static void test_format(void **state) {
    (void)state;
    static const struct {
        Decimal value;
        const char *plain, *fixed;
    } CASES[] = {
        {{973650000, 2}, "9736500", "9736500.00"},
        {{362, 2}, "3.62", "3.62"},
        {{150, 1}, "15", "15.0"},
        {{-5, 2}, "-0.05", "-0.05"},
        {{-50, 2}, "-0.5", "-0.50"},
        {{0, 0}, "0", "0"},
        {{0, 9}, "0", "0.000000000"},
        {{100, 0}, "100", "100"},
        {{INT64_MAX, 0}, "9223372036854775807", "9223372036854775807"},
        {{INT64_MIN, 9}, "-9223372036.854775808", "-9223372036.854775808"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[DECIMAL_SIZE];
        decimal_format(CASES[i].value, text);
        assert_string_equal(text, CASES[i].plain);
        decimal_format_fixed(CASES[i].value, text);
        assert_string_equal(text, CASES[i].fixed);
    }
}

static void assert_value(bool fits, Decimal value, const char *expected) {
    char text[DECIMAL_SIZE] = "does not fit";
    if (fits) decimal_format(value, text);
    assert_string_equal(text, expected);
}

static void test_rounding(void **state) {
    (void)state;
    Decimal r = {0};
    assert_value(decimal_rescale((Decimal){25, 1}, 0, &r), r, "3");
    assert_value(decimal_rescale((Decimal){-25, 1}, 0, &r), r, "-3");
    assert_value(decimal_rescale((Decimal){24, 1}, 0, &r), r, "2");
    assert_value(decimal_rescale((Decimal){-24, 1}, 0, &r), r, "-2");
    assert_value(decimal_rescale((Decimal){2449, 3}, 1, &r), r, "2.4");
    assert_value(decimal_rescale((Decimal){INT64_MAX, 0}, 1, &r), r, "does not fit");
    assert_value(decimal_rescale((Decimal){INT64_MIN, 9}, 0, &r), r, "-9223372037");
    assert_value(decimal_divide((Decimal){2, 0}, (Decimal){3, 0}, 4, &r), r, "0.6667");
    assert_value(decimal_divide((Decimal){-1, 0}, (Decimal){2, 0}, 0, &r), r, "-1");
    assert_value(decimal_divide((Decimal){1, 0}, (Decimal){-3, 0}, 2, &r), r, "-0.33");
    assert_value(decimal_divide((Decimal){1, 9}, (Decimal){1, 0}, 0, &r), r, "0");
    assert_value(decimal_divide((Decimal){170, 0}, (Decimal){200, 0}, 3, &r), r, "0.85");
    assert_value(decimal_divide((Decimal){INT64_MIN, 0}, (Decimal){INT64_MIN, 9}, 9, &r), r, "1000000000");
    assert_value(decimal_divide((Decimal){INT64_MIN, 0}, (Decimal){-1, 0}, 0, &r), r, "does not fit");
}

static void test_exact_results(void **state) {
    (void)state;
    Decimal r = {0};
    assert_value(decimal_add((Decimal){1, 1}, (Decimal){2, 1}, &r), r, "0.3");
    assert_value(decimal_add((Decimal){5, 0}, (Decimal){25, 2}, &r), r, "5.25");
    assert_value(decimal_subtract((Decimal){5, 0}, (Decimal){525, 2}, &r), r, "-0.25");
    assert_value(decimal_multiply((Decimal){15, 1}, (Decimal){-4, 0}, &r), r, "-6");
    assert_value(decimal_multiply((Decimal){5, 9}, (Decimal){1, 1}, &r), r, "0.000000001"); /* half away from zero */
    assert_value(decimal_multiply((Decimal){1000000000000000000, 9}, (Decimal){1000000000, 9}, &r), r, "1000000000");
    assert_value(decimal_multiply((Decimal){1000000000000000000, 2}, (Decimal){10000, 2}, &r), r,
                 "1000000000000000000");
    assert_value(decimal_multiply((Decimal){INT64_MIN, 0}, (Decimal){INT64_MIN, 0}, &r), r, "does not fit");
    assert_value(decimal_add((Decimal){INT64_MAX, 0}, (Decimal){1, 0}, &r), r, "does not fit");
    assert_value(decimal_subtract((Decimal){INT64_MIN, 0}, (Decimal){1, 0}, &r), r, "does not fit");
    assert_value(decimal_add((Decimal){INT64_MAX, 0}, (Decimal){0, 9}, &r), r, "9223372036854775807");
    r = (Decimal){7, 0};
    assert_false(decimal_divide((Decimal){1, 0}, (Decimal){0, 3}, 2, &r));
    assert_value(true, r, "7");
}

static uint64_t seed = 20200630;

/* Any size of number is as likely as any other. */
static Decimal any(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    int shift = (int)(seed >> 58);
    return (Decimal){.units = (int64_t)seed >> shift, .scale = (int)((seed >> 20) % (DECIMAL_SCALE_MAX + 1))};
}

static Wide widened(Decimal value) {
    Wide units = value.units;
    for (int i = value.scale; i < DECIMAL_SCALE_MAX; i++) units *= 10;
    return units;
}

static void test_what_is_written_is_read_back(void **state) {
    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal value = any();
        char text[DECIMAL_SIZE];
        int64_t units = 0;
        decimal_format(value, text);
        assert_int_equal(decimal_parse(text, value.scale, &units), DECIMAL_OK);
        assert_int_equal(units, value.units);
        decimal_format_fixed(value, text);
        assert_int_equal(decimal_parse(text, value.scale, &units), DECIMAL_OK);
        assert_int_equal(units, value.units);
    }
}

static void test_results_agree_with_wide_integers(void **state) {
    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = any(), b = any(), r;
        Wide x = widened(a), y = widened(b);
        int order = decimal_compare(a, b);
        assert_int_equal(order < 0, x < y);
        assert_int_equal(order > 0, x > y);
        assert_int_equal(decimal_compare(b, a), -order);
        if (decimal_add(a, b, &r)) assert_true(widened(r) == x + y);
        if (decimal_subtract(a, b, &r)) assert_true(widened(r) == x - y);
        if (a.scale + b.scale <= DECIMAL_SCALE_MAX && decimal_multiply(a, b, &r)) {
            Wide exact = (Wide)a.units * b.units;
            for (int s = a.scale + b.scale; s < DECIMAL_SCALE_MAX; s++) exact *= 10;
            assert_true(widened(r) == exact);
        }
    }
}

/* Rescaling and back changes nothing when digits were only added, and at most half a unit when some fell away. */
static void test_rescale_agrees_with_compare(void **state) {
    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = any(), r;
        int scale = any().scale;
        if (!decimal_rescale(a, scale, &r)) continue;
        assert_int_equal(r.scale, scale);
        if (scale >= a.scale) assert_int_equal(decimal_compare(a, r), 0);
        Wide off = widened(r) - widened(a);
        Wide unit = widened((Decimal){1, scale});
        assert_true(2 * (off < 0 ? -off : off) <= (scale >= a.scale ? 0 : unit));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_refuses),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_exact_results),
        cmocka_unit_test(test_what_is_written_is_read_back),
        cmocka_unit_test(test_results_agree_with_wide_integers),
        cmocka_unit_test(test_rescale_agrees_with_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
