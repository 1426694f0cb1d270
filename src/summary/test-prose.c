/* What is left of a text when figures are empty. Pure functions: text in, text out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "summary/prose.h"

#define HOLE PROSE_HOLE

typedef struct Case {
    const char *given, *left;
} Case;

static void check_paragraphs(const Case *cases, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; i < n; i++) assert_string_equal(prose_settle_paragraph(scratch, cases[i].given), cases[i].left);
}
#define CHECK(cases) check_paragraphs(cases, sizeof(cases) / sizeof *(cases))

static void test_sentences(void **state) {
    (void)state;
    static const Case cases[] = {
        {"全县登记成果" HOLE "。申报15家。", "申报15家。"},
        {"申报15家。全县登记成果" HOLE "。", "申报15家。"},
        {"登记" HOLE "；申报15家；培育20家。", "申报15家；培育20家。"},
        {"申报15家；登记" HOLE "。", "申报15家。"},
        {"登记" HOLE, ""},
        {"没有句号的话", "没有句号的话"},
        {"会议指出“要抓紧。要落实" HOLE "。”并部署。共3次。", "共3次。"},
        {"（一处。两处" HOLE "）三处。四处。", "四处。"},
        {"《办法。" HOLE "》印发。好！好吗？", "好！好吗？"},
        {"登记[170件](figure:a)；申报" HOLE "。", "登记[170件](figure:a)。"},
        {"名为[a。" HOLE "b](record:x/1)的事项。完。", "完。"},
        {"写作\\（不是括号。" HOLE "。", "写作\\（不是括号。"},
        {"Filed 15. Registered " HOLE ". Paid 3.5 million.", "Filed 15. Paid 3.5 million."},
        {"Filed 15; registered " HOLE ".", "Filed 15."},
    };
    CHECK(cases);
}

static void test_run_in_items(void **state) {
    (void)state;
    static const Case cases[] = {
        {"一是甲；二是乙；三是丙。", "一是甲；二是乙；三是丙。"},
        {"一是甲" HOLE "；二是乙；三是丙。", "一是乙；二是丙。"},
        {"一是甲；二是乙；三是丙" HOLE "。", "一是甲；二是乙。"},
        {"一是甲；一是乙；一是丙；", "一是甲；二是乙；三是丙。"},
        {"一是甲" HOLE "；二是乙。", "乙。"},
        {"一是甲" HOLE "。又做了丁。二是乙。", "一是又做了丁。二是乙。"},
        {"主要工作：一是甲" HOLE "；二是乙；三是丙。", "主要工作：一是乙；二是丙。"},
        {"主要工作：一是甲" HOLE "；二是乙" HOLE "。", ""},
        {"有一是一，二是二。一是甲；二是乙。", "有一是一，二是二。一是甲；二是乙。"},
        {"一是甲；二是乙；三是丙；四是丁；五是戊；六是己；七是庚；八是辛；九是壬；十是癸；十一是子" HOLE "；十二是丑。",
         "一是甲；二是乙；三是丙；四是丁；五是戊；六是己；七是庚；八是辛；九是壬；十是癸；十一是丑。"},
    };
    CHECK(cases);
}

static void test_leads(void **state) {
    (void)state;
    static const Case cases[] = {
        {"**一是加快平台建设**。已建3个。**二是抓好培训**。举办" HOLE "。", "**加快平台建设**。已建3个。"},
        {"**一是加快平台建设**。已建" HOLE "。**二是抓好培训**。举办2期。**三是兑现**。付3项。",
         "**一是抓好培训**。举办2期。**二是兑现**。付3项。"},
        {"一是**加快平台建设**。已建" HOLE "。二是**抓好培训**。举办2期。", "**抓好培训**。举办2期。"},
        {"**只有这一句。**", "**只有这一句。**"},
    };
    CHECK(cases);
}

static void test_marks(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记170件，，占目标85%。", "登记170件，占目标85%。"},
        {"登记170件，。", "登记170件。"},
        {"登记170件（）。", "登记170件。"},
        {"，登记170件。", "登记170件。"},
        {"。登记170件。", "登记170件。"},
        {"推进甲、乙、。", "推进甲、乙。"},
        {"（，共2个）登记。", "（共2个）登记。"},
    };
    CHECK(cases);
}

/* Headings go with their content; what stands alone stays. */
static void test_blocks(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const Case cases[] = {
        {"# 题目\n\n开头。\n", "# 题目\n\n开头。\n"},
        {"# 题" HOLE "目\n", "# 题目\n"},
        {"## 甲\n\n### 乙\n登记" HOLE "。\n\n### 丙\n有话。\n", "## 甲\n\n### 丙\n\n有话。\n"},
        {"## 甲\n\n### 乙\n登记" HOLE "。\n\n## 丙\n有话。\n", "## 丙\n\n有话。\n"},
        {"## 甲\n\n## 丙\n\n^ 某局\n\n^ 2020年7月5日\n", "^ 某局\n\n^ 2020年7月5日\n"},
        {"第一行\n第二行。\n", "第一行第二行。\n"},
        {"first line\nsecond line.\n", "first line second line.\n"},
        {"| 甲 | 乙 |\n| --- | --- |\n| 1 | " HOLE " |\n| 2 | 3 |\n", "| 甲 | 乙 |\n| --- | --- |\n| 2 | 3 |\n"},
        {"- 甲\n- 乙" HOLE "\n- 丙\n", "- 甲\n- 丙\n"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(prose_settle(scratch, cases[i].given), cases[i].left);
}

static void test_settling_twice_changes_nothing(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *given = "# 题\n\n## 甲\n\n工作：一是甲" HOLE "；二是**乙**。丙，。\n\n## 空\n\n## 丁\n一是a；二是b；\n";
    const char *once = prose_settle(scratch, given);
    assert_string_equal(prose_settle(scratch, once), once);
}

/* Sections that vanish leave lines that became empty: the paragraph goes on. */
static void test_lines_of_templates(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *template = "# 题\n\n甲。\n{{#a}}乙。{{/a}}\n丙。\n \n丁。";
    const char *marked = prose_mark_lines(scratch, template, strlen(template));
    assert_string_equal(marked, "# 题" PROSE_LINE "\n\n甲。" PROSE_LINE "\n{{#a}}乙。{{/a}}" PROSE_LINE
                                "\n丙。" PROSE_LINE "\n \n丁。" PROSE_LINE);
    assert_string_equal(
        prose_settle(scratch, "# 题" PROSE_LINE "\n\n甲。" PROSE_LINE "\n" PROSE_LINE "\n丙。" PROSE_LINE "\n \n丁。"),
        "# 题\n\n甲。丙。\n\n丁。\n");
}

static void check_escape(const char *given, const char *written) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf out = BUF_INIT(scratch);
    prose_escape(&out, given, strlen(given));
    assert_string_equal(buf_text(&out), written);
}

static void test_escape(void **state) {
    (void)state;
    check_escape("某公司", "某公司");
    check_escape("a*b_[c](d)", "a\\*b\\_\\[c\\](d)");
    check_escape("1. 甲", "1\\. 甲");
    check_escape("3.6%", "3.6%");
    check_escape("^ 甲", "\\^ 甲");
    check_escape("- 甲-乙", "\\- 甲-乙");
    check_escape("甲" HOLE "乙\n丙", "甲乙 丙");
    check_escape("<b>&amp;", "\\<b\\>\\&amp;");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_run_in_items),
        cmocka_unit_test(test_leads),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_settling_twice_changes_nothing),
        cmocka_unit_test(test_lines_of_templates),
        cmocka_unit_test(test_escape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
