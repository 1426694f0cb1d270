/* base/test-translit.c: the quick results for single code points against those of ICU. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/translit.h"

static void assert_agrees(Translit *translit, unsigned rune) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf alone = BUF_INIT(scratch);
    buf_rune(&alone, rune);
    const char *result = translit_text(scratch, translit, alone.data);
    bool kept = strcmp(result, alone.data) != 0 && strlen(result) < TRANSLIT_RUNE_SIZE;
    assert_string_equal(translit_rune(translit, rune), kept ? result : "");
}

/* The last of a block is wrong when any line before it was lost or added. */
static void test_last_of_every_block(void **state) {
    (void)state;
    for (unsigned rune = TRANSLIT_BLOCK - 1; rune < 0x10000; rune += TRANSLIT_BLOCK) {
        if (rune >= 0xA000 && rune < 0xF900) continue; /* not in the tables */
        assert_agrees(&translit_latin, rune);
        assert_agrees(&translit_simplify, rune);
    }
}

static void test_whole_blocks(void **state) {
    (void)state;
    static const unsigned FIRSTS[] = {0x0000, 0x2000, 0x4E00, 0x9700, 0xF900};
    for (size_t i = 0; i < sizeof FIRSTS / sizeof *FIRSTS; i++)
        for (unsigned rune = FIRSTS[i]; rune < FIRSTS[i] + TRANSLIT_BLOCK; rune++)
            if (rune >= 0x80) assert_agrees(&translit_latin, rune);
}

static void test_ascii_stays(void **state) {
    (void)state;
    for (unsigned rune = 0; rune < 0x80; rune++) assert_string_equal(translit_rune(&translit_latin, rune), "");
}

static void test_text(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(translit_text(scratch, &translit_simplify, "瀋陽"), "沈阳");
    assert_string_equal(translit_text(scratch, &translit_latin, "重庆"), "chong qing");
    assert_string_equal(translit_text(scratch, &translit_latin, ""), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_of_every_block),
        cmocka_unit_test(test_whole_blocks),
        cmocka_unit_test(test_ascii_stays),
        cmocka_unit_test(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
