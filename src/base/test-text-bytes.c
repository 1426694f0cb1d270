/* base/test-text-bytes.c: encodings as the field's files have them. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static const char TABLE[] =
    "企业名称,统一社会信用代码,研发投入（万元）\n青禾县绿源生物科技有限公司,91340000MA2,1234.5\n";

/* UTF-8 in another encoding. */
static char *encoded(const void *ctx, const char *text, const char *encoding, size_t *ret_size) {
    iconv_t converter = iconv_open(encoding, "UTF-8");
    char *in = (char *)(uintptr_t)text;
    size_t left = strlen(text), room = left * 4 + 8;
    char *bytes = mem_array(ctx, char, room);
    char *at = bytes;
    assert_int_equal(iconv(converter, &in, &left, &at, &room), 0);
    iconv_close(converter);
    *ret_size = (size_t)(at - bytes);
    return bytes;
}

static void test_encodings(void **state) {
    (void)state;
    static const struct {
        const char *text, *made_as, *mark, *found;
    } CASES[] = {
        {TABLE, "UTF-8", "", "UTF-8"},
        {TABLE, "UTF-8", "\xEF\xBB\xBF", "UTF-8"},
        {"", "UTF-8", "", "UTF-8"},
        {"", "UTF-8", "\xEF\xBB\xBF", "UTF-8"},
        {TABLE, "UTF-16LE", "\xFF\xFE", "UTF-16LE"},
        {TABLE, "UTF-16BE", "\xFE\xFF", "UTF-16BE"},
        {TABLE, "GBK", "", "GB18030"},
        {TABLE, "GB18030", "\x84\x31\x95\x33", "GB18030"},
        {"姓名,乡镇\n张某,城关镇\n", "GBK", "", "GB18030"},
        {"成果", "GBK", "", "GB18030"},
        {"备注：无", "GBK", "", "GB18030"},
        {"name,town\nabc,城关镇\n", "GBK", "", "GB18030"},
        {"企業名稱,統一社會信用代碼\n青禾縣綠源生物科技有限公司", "BIG5", "", "BIG5"},
        {"Le café est fermé à midi, voilà déjà l’été.", "WINDOWS-1252", "", "WINDOWS-1252"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        size_t size;
        char *body = encoded(scratch, CASES[i].text, CASES[i].made_as, &size);
        Buf bytes = BUF_INIT(scratch);
        buf_add(&bytes, CASES[i].mark);
        buf_add_bytes(&bytes, body, size);
        const char *found = NULL;
        char *text = text_from_bytes(scratch, bytes.data, bytes.size, &found);
        assert_non_null(text);
        assert_string_equal(text, CASES[i].text);
        assert_string_equal(found, CASES[i].found);
    }
}

/* Only the beginning is looked at, yet all of it must convert. */
static void test_all_bytes_are_checked(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t size;
    char *line = encoded(scratch, TABLE, "GBK", &size);
    Buf bytes = BUF_INIT(scratch);
    while (bytes.size < 200000) buf_add_bytes(&bytes, line, size);
    const char *found = NULL;
    char *text = text_from_bytes(scratch, bytes.data, bytes.size, &found);
    assert_non_null(text);
    assert_int_equal(strlen(text), bytes.size / size * strlen(TABLE));
    buf_char(&bytes, (char)0xFF);
    assert_null(text_from_bytes(scratch, bytes.data, bytes.size, &found));
}

static void test_refuses(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } CASES[] = {
        {"a\0b", 3}, /* NUL */
        {"\xFF\xFE"
         "a\0\0\0",
         6}, /* NUL in UTF-16 */
        {"\xFF\xFE"
         "a",
         3},                     /* half a unit */
        {"\xEF\xBB\xBF\xFF", 4}, /* marked as UTF-8 and is not */
        {"\x00\x01\x02\xFF\xD8", 5},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *found = "untouched";
        assert_null(text_from_bytes(NULL, CASES[i].bytes, CASES[i].size, &found));
        assert_string_equal(found, "untouched");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_all_bytes_are_checked),
        cmocka_unit_test(test_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
