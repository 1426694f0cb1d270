/* base/test-label.c: the reader of translations, the current language and labels. */
#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/label.h"
#include "base/mem.h"

static const char PO[] = "# a comment\n"
                         "msgid \"\"\n"
                         "msgstr \"\"\n"
                         "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                         "\n"
                         "#: somewhere.c:1\n"
                         "#, c-format\n"
                         "msgid \"%d rows are refused; see \\\"%s\\\"\"\n"
                         "msgstr \"%1$d 行未通过；见“%2$s”\"\n"
                         "\n"
                         "msgid \"\"\n"
                         "\"a long \"\n"
                         "\"message\\n\"\n"
                         "msgstr \"\"\n"
                         "\"长\"\n"
                         "\"消息\\n\"\n"
                         "msgid \"no blank line before\"\n"
                         "msgstr \"前无空行\"\n"
                         "\n"
                         "#, c-format\n"
                         "msgid \"%<PRId64> of %<PRIu64>; <PRI> 5 < 6\"\n"
                         "msgstr \"%2$<PRIu64>之%1$<PRId64>；<PRI>5 < 6\"\n"
                         "\n"
                         "#, fuzzy\n"
                         "msgid \"fuzzy\"\n"
                         "msgstr \"不确定\"\n"
                         "\n"
                         "msgctxt \"menu\"\n"
                         "msgid \"context\"\n"
                         "msgstr \"上下文\"\n"
                         "\n"
                         "msgid \"one row\"\n"
                         "msgid_plural \"%d rows\"\n"
                         "msgstr[0] \"行\"\n"
                         "\n"
                         "msgid \"untranslated\"\n"
                         "msgstr \"\"\n"
                         "\n"
                         "#~ msgid \"obsolete\"\n"
                         "#~ msgstr \"过时\"\n"
                         "\n"
                         "msgid \"last\"\r\n"
                         "msgstr \"最后\"";

static void assert_chinese(const char *english, const char *chinese) {
    assert_string_equal(lang_tr(LANG_ZH, english), chinese);
    assert_ptr_equal(lang_tr(LANG_EN, english), english);
}

static void test_po_entries(void **state) {
    (void)state;
    assert_chinese("a long message\n", "长消息\n");
    assert_chinese("no blank line before", "前无空行");
    assert_chinese("%" PRId64 " of %" PRIu64 "; <PRI> 5 < 6", "%2$" PRIu64 "之%1$" PRId64 "；<PRI>5 < 6");
    assert_chinese("last", "最后");
}

static void test_po_passes_over(void **state) {
    (void)state;
    static const char *const KEPT[] = {"", "fuzzy", "context", "one row", "untranslated", "obsolete", "unknown"};
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) assert_ptr_equal(lang_tr(LANG_ZH, KEPT[i]), KEPT[i]);
}

static void test_later_file_wins(void **state) {
    (void)state;
    static const char MORE[] = "msgid \"twice\"\nmsgstr \"一\"\n\nmsgid \"twice\"\nmsgstr \"二\"\n";
    lang_load_po(MORE, sizeof MORE - 1);
    assert_chinese("twice", "二");
}

static void test_broken_po_is_harmless(void **state) {
    (void)state;
    static const char *const BROKEN[] = {"msgid", "msgid \"x", "msgid \"x\"\nmsgstr \"\\", "\"stray\"\nmsgstr \"y\"",
                                         "msgstr"};
    for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) lang_load_po(BROKEN[i], strlen(BROKEN[i]));
    assert_chinese("last", "最后");
}

static void test_label_in_both_languages(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Label label = label_format(scratch, "%d rows are refused; see \"%s\"", 3, "a");
    assert_string_equal(label.en, "3 rows are refused; see \"a\"");
    assert_string_equal(label.zh, "3 行未通过；见“a”");
}

static void test_label_text(void **state) {
    (void)state;
    lang_use(LANG_ZH);
    assert_string_equal(label_text((Label){.zh = "成果", .en = "results"}), "成果");
    assert_string_equal(label_text((Label){.zh = "", .en = "results"}), "results");
    assert_string_equal(_("last"), "最后");
    lang_use(LANG_EN);
    assert_string_equal(label_text((Label){.zh = "成果", .en = "results"}), "results");
    assert_string_equal(label_text((Label){.zh = "成果"}), "成果");
    assert_string_equal(label_text((Label){0}), "");
}

static void *other_thread(void *data) {
    *(Lang *)data = lang_current();
    lang_use(LANG_EN);
    return NULL;
}

static void test_language_of_environment_and_thread(void **state) {
    (void)state;
    static const struct {
        const char *kezhang, *all, *messages, *lang;
        Lang expected;
    } CASES[] = {
        {"zh", "en_US", "", "", LANG_ZH}, {"en", "zh_CN.UTF-8", "", "", LANG_EN}, {"", "zh_CN.UTF-8", "", "C", LANG_ZH},
        {"", "", "zh_CN", "en", LANG_ZH}, {"", "", "", "zh_TW", LANG_ZH},         {"", "", "", "", LANG_EN},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        setenv("KEZHANG_LANG", CASES[i].kezhang, 1);
        setenv("LC_ALL", CASES[i].all, 1);
        setenv("LC_MESSAGES", CASES[i].messages, 1);
        setenv("LANG", CASES[i].lang, 1);
        lang_from_environment();
        assert_int_equal(lang_current(), CASES[i].expected);
    }
    setenv("LANG", "zh_CN", 1);
    lang_from_environment();
    Lang seen = LANG_EN;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, other_thread, &seen), 0);
    pthread_join(thread, NULL);
    assert_int_equal(seen, LANG_ZH);
    assert_int_equal(lang_current(), LANG_ZH); /* what the other thread chose is its own */
}

static int load(void **state) {
    (void)state;
    lang_load_po(PO, sizeof PO - 1);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_po_entries),
        cmocka_unit_test(test_po_passes_over),
        cmocka_unit_test(test_later_file_wins),
        cmocka_unit_test(test_broken_po_is_harmless),
        cmocka_unit_test(test_label_in_both_languages),
        cmocka_unit_test(test_label_text),
        cmocka_unit_test(test_language_of_environment_and_thread),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
