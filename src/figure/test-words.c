/* The round form of figures: the examples of the design and the edges between its rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "figure/figure.h"

static const Indicator things = {.unit = "件"};
static const Indicator money = {.unit = "元"};
static const Indicator percent = {.unit = "%"};

static void check_about(const Indicator *indicator, int64_t units, int scale, const char *wanted) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(figure_about(scratch, indicator, (FigureNumber){true, {units, scale}}), wanted);
}

static void test_about(void **state) {
    (void)state;
    check_about(&things, 968, 0, "近1000件");
    check_about(&things, 8136, 0, "8000余件");
    check_about(&things, 156, 0, "150余件");
    check_about(&things, 12460, 0, "1.2万余件");
    check_about(&things, 318, 0, "300余件");
    check_about(&things, 106, 0, "100余件");
    check_about(&things, 96, 0, "近100件");
    check_about(&things, 95, 0, "近100件");
    check_about(&things, 94, 0, "90余件");
    check_about(&things, 1000, 0, "1000件");
    check_about(&things, 170, 0, "170件");
    check_about(&things, 199, 0, "近200件");
    check_about(&things, 111, 0, "100余件");
    check_about(&things, 112, 0, "110余件");
    check_about(&things, 9, 0, "9件");
    check_about(&things, 0, 0, "0件");
    check_about(&things, 20000, 0, "2万件");
    check_about(&money, 973650000, 2, "近1000万元");
    check_about(&money, 156000000, 2, "150万余元");
    check_about(&percent, 362, 2, "3.6%以上");
    check_about(&percent, 360, 2, "3.6%");
    check_about(&percent, 150, 1, "15%");
}

static void check_print(const Indicator *indicator, int64_t units, int scale, const char *wanted) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(figure_print(scratch, indicator, (FigureNumber){true, {units, scale}}), wanted);
}

static void test_print(void **state) {
    (void)state;
    check_print(&things, 12460, 0, "12460件");
    check_print(&money, 973650000, 2, "973.65万元");
    check_print(&money, 156000000, 2, "156万元");
    check_print(&money, 999999, 2, "9999.99元");
    check_print(&money, 1234567000000, 2, "123.4567亿元");
    check_print(&money, 1234567800000, 2, "1234567.8万元");
    check_print(&money, 14509103500, 2, "14509.1035万元");
    check_print(&money, 7708333, 2, "77083.33元");
    check_print(&percent, 3090, 2, "30.9%");
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(figure_print(scratch, &things, (FigureNumber){0}), "");
}

/* Whatever is printed is never more than the truth. */
static void test_never_upgrades(void **state) {
    (void)state;
    for (int64_t x = 1; x < 30000; x += 7) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        const char *about = figure_about_number(scratch, &things, (FigureNumber){true, {x, 0}});
        if (!strncmp(about, "近", strlen("近"))) continue;
        char digits[32];
        strncpy(digits, about, sizeof digits - 1);
        digits[sizeof digits - 1] = '\0';
        char *wan = strstr(digits, "万"), *more = strstr(digits, "余");
        if (more) *more = '\0';
        if (wan) *wan = '\0';
        int64_t shown;
        assert_int_equal(decimal_parse(digits, wan ? 4 : 0, &shown), DECIMAL_OK);
        assert_true(more ? shown < x : shown == x);
        assert_true(shown * 10 > x * 8);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_about),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_never_upgrades),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
