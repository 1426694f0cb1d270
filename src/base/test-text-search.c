/* base/test-text-search.c: pinyin and search tokens. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static void test_pinyin(void **state) {
    (void)state;
    static const struct {
        const char *text, *pinyin, *initials;
    } CASES[] = {
        {"青禾县", "qinghexian", "qhx"},
        {"绿源（ＡＢ１２）", "luyuanab12", "lyab12"},
        {"創新基地", "chuangxinjidi", "cxjd"},
        {"成都", "chengdu", "cd"},
        {"沈", "shen", "s"},
        {"Abc，。 -9", "abc9", "abc9"},
        {"\xF0\xA0\x80\x80", "", ""}, /* beyond the basic plane: found by itself, not by its reading */
        {"々", "", ""},
        {"", "", ""},
    };
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(text_pinyin(scratch, CASES[i].text), CASES[i].pinyin);
        assert_string_equal(text_initials(scratch, CASES[i].text), CASES[i].initials);
    }
}

static void test_tokens(void **state) {
    (void)state;
    static const struct {
        const char *text, *tokens;
    } CASES[] = {
        {"", ""},
        {" ，。", ""},
        {"县", "县| xian x"},
        {"青禾县", "青禾 禾县 县| qinghexian qhx"},
        {"青禾縣", "青禾 禾县 县| qinghexian qhx"},
        {"GR202034000123", "gr202034000123"},
        {"ＧＲ２０２０", "gr2020"},
        {"CG-2020 成果", "cg 2020 成果 果| chengguo cg"},
        {"A青B", "a 青| qing q b"},
        {"青，禾", "青| qing q 禾| he h"},
        {"々", "々|"},
    };
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(text_search_tokens(scratch, CASES[i].text), CASES[i].tokens);
}

static void test_tokens_are_bounded(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf text = BUF_INIT(scratch);
    for (int i = 0; i < 300; i++) buf_add(&text, "青");
    buf_char(&text, ' ');
    for (int i = 0; i < 3000; i++) buf_char(&text, 'a');
    buf_char(&text, ' ');
    for (int i = 0; i < 300; i++) buf_add(&text, "\xC3\xA9");
    char *tokens = text_search_tokens(scratch, text.data);
    size_t count = 0;
    for (char *token = strtok(tokens, " "); token; token = strtok(NULL, " "), count++) {
        assert_in_range(strlen(token), 1, 255);
        assert_true(text_is_valid(token, strlen(token)));
    }
    assert_int_equal(count, 299 + 1 + 2 + 1 + 1);
}

#define THREADS 8

static void *spell_block(void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf text = BUF_INIT(scratch);
    for (unsigned rune = 0x4E00; rune < 0x5200; rune++) buf_rune(&text, rune);
    *(char **)data = text_search_tokens(NULL, text.data);
    return NULL;
}

/* Threads that fill the table at the same time all see it whole. */
static void test_threads_agree(void **state) {
    (void)state;
    pthread_t threads[THREADS];
    char *results[THREADS] = {NULL};
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, spell_block, &results[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 1; i < THREADS; i++) assert_string_equal(results[i], results[0]);
    assert_true(strlen(results[0]) > 1000);
    for (int i = 0; i < THREADS; i++) talloc_free(results[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_agree), /* first, while the table is empty */
        cmocka_unit_test(test_pinyin),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_tokens_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
