/* doc/test-doc.c: the tree, its numbers, and the parts every printed form shares. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "doc/layout.h"
#include "doc/link.h"

static Doc *doc_of_headings(const void *ctx, const char *lang, const int *levels) {
    Doc *doc = doc_new(ctx);
    doc->lang = lang;
    for (; *levels; levels++) {
        Block *block = doc_add(doc, BLOCK_HEADING);
        block->level = *levels;
        block_add_run(doc, block, "x");
    }
    return doc;
}

static void assert_texts(const Doc *doc, const char *const *texts) {
    for (size_t i = 0; i < doc->n_blocks; i++) {
        char *text = layout_text(NULL, doc->blocks[i].runs, doc->blocks[i].n_runs);
        assert_string_equal(text, texts[i]);
        talloc_free(text);
    }
}

static void headings_are_numbered_as_in_official_documents(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const int levels[] = {1, 2, 2, 3, 4, 4, 1, 2, 3, 0};
    Doc *doc = doc_of_headings(ctx, "zh-CN", levels);
    doc_number_headings(doc);
    const char *const texts[] = {"一、x", "（一）x", "（二）x", "1.x", "（1）x", "（2）x", "二、x", "（一）x", "1.x"};
    assert_texts(doc, texts);
}

static void english_headings_are_numbered_by_points(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const int levels[] = {1, 2, 2, 3, 1, 3, 0};
    Doc *doc = doc_of_headings(ctx, "en", levels);
    doc_number_headings(doc);
    const char *const texts[] = {"1. x", "1.1 x", "1.2 x", "1.2.1 x", "2. x", "2.1 x"};
    assert_texts(doc, texts);
}

static void number_stays_outside_a_link(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const int levels[] = {1, 0};
    Doc *doc = doc_of_headings(ctx, "zh-CN", levels);
    doc->blocks[0].runs[0].link = "https://example.org/";
    doc_number_headings(doc);
    assert_int_equal(doc->blocks[0].n_runs, 2);
    assert_string_equal(doc->blocks[0].runs[0].text, "一、");
    assert_null(doc->blocks[0].runs[0].link);
    assert_string_equal(doc->blocks[0].runs[1].link, "https://example.org/");
}

static void annexes_get_labels_unless_they_have_one(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *one = doc_new(ctx), *three = doc_new(ctx);
    doc_add(one, BLOCK_ANNEX);
    doc_number_headings(one);
    assert_texts(one, (const char *const[]){"附件"});
    doc_add(three, BLOCK_ANNEX);
    block_add_run(three, doc_add(three, BLOCK_ANNEX), "附表");
    doc_add(three, BLOCK_ANNEX);
    doc_number_headings(three);
    assert_texts(three, (const char *const[]){"附件1", "附表", "附件3"});
}

static void text_is_made_fit_to_print(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    Run *run = block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH),
                             "a\nb\x01"
                             "c\xFF"
                             "d\xEF\xBF\xBF"
                             "e青");
    assert_string_equal(run->text, "a b c\xEF\xBF\xBD"
                                   "d e青");
}

static void only_known_schemes_are_followed(void **state) {
    (void)state;
    assert_int_equal(link_kind("figure:a@2020H1"), LINK_FIGURE);
    assert_int_equal(link_kind("HTTPS://example.org/"), LINK_WEB);
    assert_int_equal(link_kind("mailto:a@example.org"), LINK_WEB);
    assert_int_equal(link_kind("javascript:alert(1)"), LINK_NONE);
    assert_int_equal(link_kind("//example.org"), LINK_NONE);
    assert_int_equal(link_kind(NULL), LINK_NONE);
}

static void names_become_ids_that_stay_apart(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    assert_string_equal(link_html_id(ctx, "a_b-1@2020H1"), "f-a_b-1.402020H1");
    assert_string_equal(link_address(ctx, "http://e.org/a b'(青)?x=%20"), "http://e.org/a%20b%27%28%E9%9D%92%29?x=%20");
    assert_string_equal(link_bookmark(ctx, "achievements_2020H1"), "f_achievements_2020H1");
    const char *names[] = {"a@2020H1", "a-2020H1", "a_2020H1", "a_name_that_is_far_too_long_for_a_bookmark_of_word",
                           "a_name_that_is_far_too_long_for_a_bookmark_of_wpsx"};
    for (size_t i = 0; i < 5; i++) {
        const char *bookmark = link_bookmark(ctx, names[i]);
        assert_true(strlen(bookmark) <= LINK_BOOKMARK_MAX);
        assert_int_equal(strspn(bookmark, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
                         strlen(bookmark));
        assert_string_equal(bookmark, link_bookmark(ctx, names[i]));
        for (size_t j = 0; j < i; j++) assert_string_not_equal(bookmark, link_bookmark(ctx, names[j]));
    }
}

static void a_name_is_claimed_once(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    for (int i = 0; i < 2; i++) block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH), "x")->anchor = "a";
    LinkAnchors *anchors = link_anchors_of(ctx, doc);
    assert_string_equal(link_find(anchors, "figure:a"), "f_a");
    assert_null(link_find(anchors, "figure:b"));
    assert_null(link_find(anchors, "https://a"));
    assert_string_equal(link_claim(anchors, "a"), "f_a");
    assert_null(link_claim(anchors, "a"));
}

static void titles_break_between_words_and_taper(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    Block *title = doc_add(doc, BLOCK_TITLE);
    block_add_run(doc, title, "青禾县科学技术局关于2020年上半年工作");
    block_add_run(doc, title, "情况和下半年工作安排的报告");
    size_t n_lines;
    DocCell *lines = layout_title_lines(ctx, title, &n_lines);
    assert_int_equal(n_lines, 2);
    char *first = layout_text(ctx, lines[0].runs, lines[0].n_runs);
    char *second = layout_text(ctx, lines[1].runs, lines[1].n_runs);
    assert_string_equal(mem_printf(ctx, "%s%s", first, second), layout_text(ctx, title->runs, title->n_runs));
    assert_true(layout_columns(first) >= layout_columns(second) + 2);
    assert_true(layout_columns(second) * 2 > layout_columns(first));
    static const char *const words[] = {"青禾县", "科学", "技术", "上半年", "工作", "情况", "下半年", "安排", "报告"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(strstr(first, words[i]) || strstr(second, words[i]));
}

static void titles_keep_marks_and_units_with_their_words(void **state) {
    (void)state;
    static const char *const apart[] = {"《", "（", "2", "0", NULL};
    MEM_SCRATCH ctx = talloc_new(NULL);
    for (int shift = 0; shift < 24; shift++) {
        Doc *doc = doc_new(ctx);
        Block *title = doc_add(doc, BLOCK_TITLE);
        for (int i = 0; i < shift; i++) block_add_run(doc, title, "青");
        block_add_run(doc, title, "印发《科技（奖励）办法》2020年通知，请执行。关于《科技（奖励）办法》2020年通知");
        size_t n_lines;
        DocCell *lines = layout_title_lines(ctx, title, &n_lines);
        assert_true(n_lines >= 2);
        for (size_t i = 0; i < n_lines; i++) {
            char *line = layout_text(ctx, lines[i].runs, lines[i].n_runs);
            for (size_t k = 0; i + 1 < n_lines && apart[k]; k++)
                assert_string_not_equal(line + strlen(line) - strlen(apart[k]), apart[k]);
            assert_false(strncmp(line, "》", 3) == 0 || strncmp(line, "）", 3) == 0 || strncmp(line, "，", 3) == 0);
        }
    }
}

static void short_titles_stay_whole(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    Block *title = doc_add(doc, BLOCK_TITLE);
    size_t n_lines;
    layout_title_lines(ctx, title, &n_lines);
    assert_int_equal(n_lines, 1);
    block_add_run(doc, title, "数据口径与来源");
    layout_title_lines(ctx, title, &n_lines);
    assert_int_equal(n_lines, 1);
}

static void date_ends_four_characters_from_the_margin(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    block_add_run(doc, doc_add(doc, BLOCK_SIGNATURE), "青禾县科学技术局");
    block_add_run(doc, doc_add(doc, BLOCK_SIGNATURE), "2020年7月5日");
    assert_true(layout_signature_indent(doc, 1) == 4);
    assert_true(layout_signature_indent(doc, 0) == 4 + (6 - 8) / 2.0);
}

static void columns_share_the_whole_width(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    Block *table = doc_add(doc, BLOCK_TABLE);
    block_make_table(doc, table, 2, 3);
    cell_add_run(doc, block_cell(table, 0, 0), "指标");
    cell_add_run(doc, block_cell(table, 1, 1),
                 "本期内已拨付的奖补资金合计，以财政国库支付凭证为准，不含上年结转的部分");
    cell_add_run(doc, block_cell(table, 1, 2), "2020年1—6月");
    double shares[3];
    Align aligns[3];
    layout_widths(table, shares);
    layout_aligns(table, aligns);
    double sum = shares[0] + shares[1] + shares[2];
    assert_true(sum > 0.999999 && sum < 1.000001);
    assert_true(shares[1] > shares[2] && shares[2] > shares[0]);
    assert_int_equal(aligns[0], ALIGN_CENTRE);
    assert_int_equal(aligns[1], ALIGN_LEFT);
    static const double widths[] = {2, 1, 1};
    table->widths = widths;
    layout_widths(table, shares);
    assert_true(shares[0] == 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_numbered_as_in_official_documents),
        cmocka_unit_test(english_headings_are_numbered_by_points),
        cmocka_unit_test(number_stays_outside_a_link),
        cmocka_unit_test(annexes_get_labels_unless_they_have_one),
        cmocka_unit_test(text_is_made_fit_to_print),
        cmocka_unit_test(only_known_schemes_are_followed),
        cmocka_unit_test(names_become_ids_that_stay_apart),
        cmocka_unit_test(a_name_is_claimed_once),
        cmocka_unit_test(titles_break_between_words_and_taper),
        cmocka_unit_test(titles_keep_marks_and_units_with_their_words),
        cmocka_unit_test(short_titles_stay_whole),
        cmocka_unit_test(date_ends_four_characters_from_the_margin),
        cmocka_unit_test(columns_share_the_whole_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
