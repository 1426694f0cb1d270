/* base/test-text.c: walking, measuring, cleaning and comparing texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

typedef char *Form(const void *ctx, const char *text);

typedef struct Case {
    const char *text;
    const char *expected;
} Case;

/* Checks a form on all cases, and that it has nothing to do on its own results. */
static void check_form(Form *form, const Case *cases, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; i < n; i++) {
        char *result = form(scratch, cases[i].text);
        assert_string_equal(result, cases[i].expected);
        assert_string_equal(form(scratch, result), result);
        assert_ptr_equal(talloc_parent(result), scratch);
    }
}

static void test_every_code_point_is_walked(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf all = BUF_INIT(scratch);
    for (unsigned rune = 1; rune <= 0x10FFFF; rune++)
        if (rune < 0xD800 || rune > 0xDFFF) buf_rune(&all, rune);
    const char *at = all.data;
    const char *end = at + all.size;
    for (unsigned rune = 1; rune <= 0x10FFFF; rune++)
        if (rune < 0xD800 || rune > 0xDFFF) assert_int_equal(text_next(&at, end), rune);
    assert_int_equal(text_next(&at, end), 0);
    assert_ptr_equal(at, end);
    assert_true(text_is_valid(all.data, all.size));
    assert_int_equal(text_count(all.data), 0x10FFFF - 0x800);
}

static void test_bad_bytes_are_passed_over(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        size_t runes; /* until the end */
    } CASES[] = {
        {"\x80", 1, 1},
        {"\xC0\x80", 2, 2},
        {"\xC1\xBF", 2, 2},
        {"\xE0\x80\x80", 3, 3},
        {"\xED\xA0\x80", 3, 3},
        {"\xF4\x90\x80\x80", 4, 4},
        {"\xF0\x80\x80\x80", 4, 4},
        {"\xF5\x80\x80\x80", 4, 4},
        {"\xE9\x9D", 2, 2},
        {"\xE9\x9Dx", 3, 3},
        {"a\0b", 3, 3},
        {"\xFF", 1, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *at = CASES[i].bytes;
        const char *end = at + CASES[i].size;
        size_t runes = 0;
        for (; at < end; runes++) assert_int_not_equal(text_next(&at, end), 0);
        assert_int_equal(runes, CASES[i].runes);
        assert_false(text_is_valid(CASES[i].bytes, CASES[i].size));
    }
    assert_true(text_is_valid("\xEF\xBF\xBD", 3)); /* U+FFFD itself is fine */
    assert_true(text_is_valid("", 0));
}

static void test_measures(void **state) {
    (void)state;
    assert_int_equal(text_count("青禾a"), 3);
    assert_int_equal(text_width("青禾a"), 5);
    assert_int_equal(text_width("（，"), 4);
    assert_int_equal(text_width("e\xCC\x81"), 1); /* combining accent */
    assert_int_equal(text_width("a\tb"), 2);
    assert_int_equal(text_width("\xF0\xA0\x80\x80"), 2);
    assert_true(text_is_han(0x9752));
    assert_true(text_is_han(0x20000));
    assert_true(text_is_han(0x3007)); /* 〇 */
    assert_false(text_is_han('a'));
    assert_false(text_is_han(0x3002)); /* 。 */
    assert_false(text_is_han(0x3042)); /* あ */
}

static void test_shorten(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(text_shorten(scratch, "青禾县", 3), "青禾县");
    assert_string_equal(text_shorten(scratch, "青禾县", 2), "青…");
    assert_string_equal(text_shorten(scratch, "青禾县", 1), "…");
    assert_string_equal(text_shorten(scratch, "青禾县", 0), "");
    assert_string_equal(text_shorten(scratch, "", 0), "");
}

static void test_clean(void **state) {
    (void)state;
    static const Case CASES[] = {
        {"", ""},
        {"青禾县科技局", "青禾县科技局"},
        {"plain words, 12.5%", "plain words, 12.5%"},
        {"  两边  空格 ", "两边 空格"},
        {"　全角　空格　", "全角 空格"},
        {"ＧＲ２０２０（１）：，", "GR2020(1):,"},
        {"a\t\r\n b\xC2\xA0", "a b"},
        {"《办法》“一”、二。", "《办法》“一”、二。"},
        {"\xEF\xBB\xBF青\xE2\x80\x8B禾\xC2\xAD", "青禾"},
        {"\x01"
         "a\x7F",
         "a"},
        {"e\xCC\x81", "\xC3\xA9"},
        {"e\xE2\x80\x8B\xCC\x81", "\xC3\xA9"},
        {"①㎡", "1m2"},
        {"\xEF\xA4\x80", "豈"}, /* compatibility ideograph */
        {" ", ""},
        {"a\xE2\x80\x8E\xE2\x81\xA0"
         "b",
         "ab"}, /* left-to-right mark, word joiner */
        {"a\xE2\x80\xA8"
         "b",
         "a b"},                                                          /* line separator */
        {"\xE8\x91\x9B\xF3\xA0\x84\x80", "\xE8\x91\x9B\xF3\xA0\x84\x80"}, /* a variant of 葛 */
        {"㍿㍿㍿㍿㍿㍿㍿㍿㍿㍿", "株式会社株式会社株式会社株式会社株式会社株式会社株式会社株式会社株式会社株式会社"},
    };
    check_form(text_clean, CASES, sizeof CASES / sizeof *CASES);
}

static void test_simplified(void **state) {
    (void)state;
    static const Case CASES[] = {
        {"青禾縣綠源生物科技", "青禾县绿源生物科技"},
        {"软件著作权", "软件著作权"},
        {"軟件著作權", "软件著作权"},
        {"瀋陽", "沈阳"},
        {"plain 青禾", "plain 青禾"},
        {"", ""},
    };
    check_form(text_simplified, CASES, sizeof CASES / sizeof *CASES);
}

static void test_fold(void **state) {
    (void)state;
    static const Case CASES[] = {
        {"青禾縣（綠源）生物科技 有限公司", "青禾县绿源生物科技有限公司"},
        {"青禾县(绿源)生物科技有限公司", "青禾县绿源生物科技有限公司"},
        {"ＡＢＣ-Tech, Ltd.", "abctechltd"},
        {"C++", "c++"},
        {"。，", ""},
    };
    check_form(text_fold, CASES, sizeof CASES / sizeof *CASES);
}

/* Any bytes at all give valid text. */
static void test_forms_survive_anything(void **state) {
    (void)state;
    static Form *const FORMS[] = {text_clean,  text_fold,     text_simplified,
                                  text_pinyin, text_initials, text_search_tokens};
    unsigned seed = 7;
    for (int i = 0; i < 2000; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        char bytes[40] = {0};
        for (size_t j = 0; j < sizeof bytes - 1; j++) {
            seed = seed * 1103515245 + 12345;
            bytes[j] = (char)(seed >> 16);
        }
        for (size_t j = 0; j < sizeof FORMS / sizeof *FORMS; j++) {
            char *result = FORMS[j](scratch, bytes);
            if (FORMS[j] != text_simplified) assert_true(text_is_valid(result, strlen(result)));
        }
    }
}

/* The distance without a band. */
static size_t plain_distance(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    size_t table[12][12];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t least = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (table[i - 1][j] + 1 < least) least = table[i - 1][j] + 1;
            if (table[i][j - 1] + 1 < least) least = table[i][j - 1] + 1;
            table[i][j] = least;
        }
    }
    return table[n][m];
}

static void test_distance_agrees_with_the_plain_one(void **state) {
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        char words[2][11] = {{0}};
        for (int w = 0; w < 2; w++) {
            seed = seed * 1103515245 + 12345;
            size_t length = (seed >> 16) % 11;
            for (size_t i = 0; i < length; i++) {
                seed = seed * 1103515245 + 12345;
                words[w][i] = (char)('a' + (seed >> 16) % 3);
            }
        }
        size_t exact = plain_distance(words[0], words[1]);
        for (size_t limit = 0; limit <= 11; limit++)
            assert_int_equal(text_distance(words[0], words[1], limit), exact <= limit ? exact : limit + 1);
    }
}

static void test_distance_of_han(void **state) {
    (void)state;
    assert_int_equal(text_distance("青禾县", "青河县", 5), 1);
    assert_int_equal(text_distance("青禾县", "", 5), 3);
    assert_int_equal(text_distance("a", "b", SIZE_MAX), 1);
}

static void test_nearest(void **state) {
    (void)state;
    static const char *const NAMES[] = {"登记日期", "完成日期", "成果名称", "title", "owner"};
    const size_t n = sizeof NAMES / sizeof *NAMES;
    assert_string_equal(text_nearest("成果名稱", NAMES, n), "成果名称");
    assert_string_equal(text_nearest("登记日", NAMES, n), "登记日期");
    assert_string_equal(text_nearest("Titel ", NAMES, 4) ? "near" : "none", "none"); /* two edits in five letters */
    assert_string_equal(text_nearest("TITLES", NAMES, n), "title");
    assert_null(text_nearest("研发投入", NAMES, n));
    static const char *const FIRMS[] = {"青禾县云云环保科技有限公司"};
    assert_null(text_nearest("青禾县不存在科技有限公司", FIRMS, 1));
    assert_non_null(text_nearest("青禾县云环保科枝有限公司", FIRMS, 1));
    assert_null(text_nearest("", NAMES, n));
    assert_null(text_nearest("x", NULL, 0));
}

static void test_han_numbers(void **state) {
    (void)state;
    static const struct {
        unsigned n;
        const char *text;
    } CASES[] = {{0, "〇"},    {1, "一"},      {9, "九"},      {10, "十"},   {12, "十二"},
                 {20, "二十"}, {21, "二十一"}, {55, "五十五"}, {90, "九十"}, {99, "九十九"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(text_han_number(CASES[i].n), CASES[i].text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point_is_walked),
        cmocka_unit_test(test_bad_bytes_are_passed_over),
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_shorten),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_simplified),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_forms_survive_anything),
        cmocka_unit_test(test_distance_agrees_with_the_plain_one),
        cmocka_unit_test(test_distance_of_han),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_han_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
