/* Buckets of calls: empty after so many, filled again by time, of one caller alone, bounded in number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"
#include "web/rate.h"

#define PER_MINUTE 60u

static void test_bucket(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Rates *rates = rates_new(scratch);
    unsigned seconds = 0;
    for (unsigned i = 0; i < PER_MINUTE; i++) assert_true(rates_take(rates, "a", PER_MINUTE, 0, &seconds));
    assert_false(rates_take(rates, "a", PER_MINUTE, 0, &seconds));
    assert_int_equal(seconds, 2);
    assert_true(rates_take(rates, "b", PER_MINUTE, 0, &seconds)); /* has its own */
    assert_false(rates_take(rates, "a", PER_MINUTE, 900, &seconds));
    assert_true(rates_take(rates, "a", PER_MINUTE, 2000, &seconds));
}

static void test_bound(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Rates *rates = rates_new(scratch);
    unsigned seconds = 0;
    assert_true(rates_take(rates, "first", 1, 0, &seconds));
    for (unsigned i = 0; i < RATE_CALLERS - 1; i++)
        assert_true(rates_take(rates, mem_printf(scratch, "%u", i), 1, 0, &seconds));
    assert_false(rates_take(rates, "first", 1, 0, &seconds)); /* still known, and now the last used */
    assert_true(rates_take(rates, "one more", 1, 0, &seconds));
    assert_false(rates_take(rates, "first", 1, 0, &seconds));
    assert_true(rates_take(rates, "0", 1, 0, &seconds)); /* the longest silent was forgotten */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bucket), cmocka_unit_test(test_bound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
