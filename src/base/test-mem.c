/* base/test-mem.c: growing arrays and strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"

static void test_push_keeps_and_zeroes(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int *list = NULL;
    size_t n = 0;
    for (int i = 0; i < 1000; i++) {
        int *slot = mem_push(scratch, list, n);
        assert_int_equal(*slot, 0);
        *slot = i + 1;
    }
    assert_int_equal(n, 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(list[i], i + 1);
}

static void test_push_zeroes_used_room(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int *list = NULL;
    size_t n = 0;
    *mem_push(scratch, list, n) = 7;
    n = 0;
    assert_int_equal(*mem_push(scratch, list, n), 0);
}

static void test_array_ends_with_its_context(void **state) {
    (void)state;
    TALLOC_CTX *ctx = talloc_new(NULL);
    char *text = mem_printf(ctx, "%s%d", "a", 1);
    assert_string_equal(text, "a1");
    assert_ptr_equal(talloc_parent(text), ctx);
    assert_ptr_equal(talloc_parent(mem_strndup(ctx, "abc", 2)), ctx);
    assert_int_equal(talloc_total_blocks(ctx), 3);
    talloc_free(ctx);
}

static void test_buf_starts_empty(void **state) {
    (void)state;
    Buf buf = BUF_INIT(NULL);
    assert_string_equal(buf_text(&buf), "");
    buf_clear(&buf);
    assert_string_equal(buf_text(&buf), "");
}

static void test_buf_adds_all_kinds(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf buf = BUF_INIT(scratch);
    buf_add(&buf, "青禾");
    buf_rune(&buf, 0x53BF); /* 县 */
    buf_char(&buf, ' ');
    buf_printf(&buf, "%d-%s", 2020, "H1");
    buf_add_bytes(&buf, "xyz", 1);
    assert_string_equal(buf.data, "青禾县 2020-H1x");
    assert_int_equal(buf.size, strlen(buf.data));
    buf_clear(&buf);
    buf_rune(&buf, 0x7F);
    buf_rune(&buf, 0x80);
    buf_rune(&buf, 0x7FF);
    buf_rune(&buf, 0x800);
    buf_rune(&buf, 0xFFFF);
    buf_rune(&buf, 0x10000);
    buf_rune(&buf, 0x10FFFF);
    assert_string_equal(buf.data, "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

static void test_buf_grows_by_any_step(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf buf = BUF_INIT(scratch);
    for (int i = 0; i < 500; i++) buf_printf(&buf, "%0*d", i, 0);
    assert_int_equal(buf.size, 1 + 499 * 500 / 2); /* a width of 0 still prints one digit */
    assert_int_equal(strlen(buf.data), buf.size);
    assert_true(buf.size < buf.room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push_keeps_and_zeroes),       cmocka_unit_test(test_push_zeroes_used_room),
        cmocka_unit_test(test_array_ends_with_its_context), cmocka_unit_test(test_buf_starts_empty),
        cmocka_unit_test(test_buf_adds_all_kinds),          cmocka_unit_test(test_buf_grows_by_any_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
