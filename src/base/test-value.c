/* base/test-value.c: equality, canonical text and copies of values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/value.h"

static void test_equal(void **state) {
    (void)state;
    assert_true(value_equal(VALUE_OF_BLANK, VALUE_OF_BLANK));
    assert_true(value_equal(VALUE_OF_DECIMAL(150, 1), VALUE_OF_INT(15)));
    assert_false(value_equal(VALUE_OF_DECIMAL(151, 1), VALUE_OF_INT(15)));
    assert_true(value_equal(VALUE_OF_TEXT("青禾县"), VALUE_OF_TEXT("青禾县")));
    assert_false(value_equal(VALUE_OF_TEXT("青禾县"), VALUE_OF_TEXT("青禾")));
    assert_true(value_equal(VALUE_OF_DATE(5), VALUE_OF_DATE(5)));
    assert_false(value_equal(VALUE_OF_BOOL(true), VALUE_OF_BOOL(false)));
}

/* Blank, 0, no, the empty text and "not applicable" are all different. */
static void test_kinds_differ(void **state) {
    (void)state;
    const Value values[] = {VALUE_OF_BLANK,       VALUE_OF_INT(0),  {.kind = VALUE_NA},
                            VALUE_OF_BOOL(false), VALUE_OF_DATE(0), VALUE_OF_TEXT("")};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (size_t j = 0; j < sizeof values / sizeof *values; j++)
            assert_int_equal(value_equal(values[i], values[j]), i == j);
}

static void test_text(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_null(value_text(scratch, VALUE_OF_BLANK));
    assert_string_equal(value_text(scratch, (Value){.kind = VALUE_NA}), "n/a");
    assert_string_equal(value_text(scratch, VALUE_OF_BOOL(true)), "1");
    assert_string_equal(value_text(scratch, VALUE_OF_BOOL(false)), "0");
    assert_string_equal(value_text(scratch, VALUE_OF_DECIMAL(-150, 2)), "-1.5");
    assert_string_equal(value_text(scratch, VALUE_OF_INT(9736500)), "9736500");
    assert_string_equal(value_text(scratch, VALUE_OF_DATE(date_make(2020, 6, 3))), "2020-06-03");
    assert_string_equal(value_text(scratch, VALUE_OF_TEXT("青禾县")), "青禾县");
}

static void test_copy(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char text[] = "a";
    Value copy = value_copy(scratch, VALUE_OF_TEXT(text));
    text[0] = 'b';
    assert_string_equal(copy.text, "a");
    assert_true(value_equal(value_copy(scratch, VALUE_OF_DECIMAL(5, 1)), VALUE_OF_DECIMAL(5, 1)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_kinds_differ),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
