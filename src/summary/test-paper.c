/* A template cut into the blocks that people write, and who may do what with a draft. Pure functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "summary/paper.h"

static void check_cut(const char *text, const char *const *titles, size_t n_titles) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char **blocks;
    size_t n = paper_cut(scratch, text, &blocks);
    Buf joined = BUF_INIT(scratch);
    assert_int_equal(n, n_titles);
    for (size_t i = 0; i < n; i++) {
        buf_add(&joined, blocks[i]);
        assert_string_equal(paper_block_title(scratch, blocks[i]), titles[i]);
    }
    assert_string_equal(buf_text(&joined), text);
}
#define CHECK_CUT(text, ...)                                                                                           \
    check_cut(text, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void test_cut(void **state) {
    (void)state;
    check_cut("", NULL, 0);
    CHECK_CUT("无标题\n", "");
    CHECK_CUT("# 总结\n\n开头\n\n## 一\n\n文\n", "总结", "一");
    CHECK_CUT("## 工作情况\n\n### 平台\n\n文\n\n### 企业\n文", "平台", "企业"); /* a heading goes with what follows */
    CHECK_CUT("### 平台\n文\n#### 细项\n文\n##不是标题\n", "平台", "细项");
    CHECK_CUT("##### 深处\n文\n###### 更深\n文\n####### 不是标题\n", "深处", "更深");
    CHECK_CUT("## 一\r\n\r\n文\r\n## 二\r\n", "一", "二");
    CHECK_CUT("## 只有标题", "只有标题");
}

static void test_headings(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    PaperHeading *headings;
    assert_int_equal(paper_block_headings(scratch, "## 工作情况\n\n#### 平台\r\n\n文\n### 后面\n", &headings), 2);
    assert_int_equal(headings[0].level, 2);
    assert_string_equal(headings[0].words, "工作情况");
    assert_int_equal(headings[1].level, 4);
    assert_string_equal(headings[1].words, "平台");
    assert_int_equal(paper_block_headings(scratch, "文\n", &headings), 0);
}

/* --- turns --- */

static Name signatories[] = {{.text = "section_head"}, {.text = "director"}};
static const Report signed_report = {.signed_by = {signatories, 2}}, unsigned_report = {0};

static bool can_as(const Report *report, const Paper *paper, PaperAction action, const char *login, const char *role) {
    const Role held = {.name = {.text = role}};
    Grant grant = {.role = &held};
    return paper_can(report, paper, action, &(Mandate){.login = login, .grants = &grant, .n_grants = 1});
}

static bool can(const Report *report, int64_t stage, PaperAction action, const char *role) {
    return can_as(report, &(Paper){.last = {.stage = stage, .actor = "chen"}}, action, "li", role);
}

static void test_turns(void **state) {
    (void)state;
    assert_true(can(&signed_report, 0, PAPER_SUBMIT, "clerk"));
    assert_false(can(&signed_report, 0, PAPER_ISSUE, "director"));
    assert_true(can(&signed_report, 1, PAPER_AGREE, "section_head"));
    assert_false(can(&signed_report, 1, PAPER_AGREE, "director"));
    assert_false(can(&signed_report, 1, PAPER_ISSUE, "section_head"));
    assert_true(can(&signed_report, 2, PAPER_ISSUE, "director"));
    assert_true(can(&signed_report, 2, PAPER_RETURN, "director"));
    assert_false(can(&signed_report, 2, PAPER_AGREE, "director"));
    assert_false(can(&signed_report, 2, PAPER_RETURN, "section_head"));
    assert_false(can(&signed_report, 1, PAPER_SUBMIT, "clerk"));
}

static void test_nobody_signs(void **state) {
    (void)state;
    assert_true(can(&unsigned_report, 1, PAPER_ISSUE, "director"));
    assert_false(can(&unsigned_report, 1, PAPER_RETURN, "city_viewer"));
}

/* Whoever handed it in may take it back while nobody has signed it. */
static void test_taken_back(void **state) {
    (void)state;
    Paper paper = {.last = {.stage = 1, .actor = "chen"}};
    assert_true(can_as(&signed_report, &paper, PAPER_RETURN, "chen", "clerk"));
    paper.last.stage = 2;
    assert_false(can_as(&signed_report, &paper, PAPER_RETURN, "chen", "clerk"));
    paper.issue = 7;
    assert_int_equal(paper_place(&paper), PAPER_ISSUED);
    assert_false(can_as(&signed_report, &paper, PAPER_RETURN, "chen", "clerk"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cut), cmocka_unit_test(test_headings),
                                       cmocka_unit_test(test_turns), cmocka_unit_test(test_nobody_signs),
                                       cmocka_unit_test(test_taken_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
