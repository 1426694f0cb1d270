/* doc/test-markdown.c: reading Markdown, and HTML of what was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "doc/doc.h"

static Doc *read_text(const void *ctx, const char *source) {
    Doc *doc = doc_new(ctx);
    assert_int_equal(doc_from_markdown(doc, source, strlen(source), diag_new(ctx)), 0);
    return doc;
}

static void add_runs(Buf *out, const Run *runs, size_t n_runs) {
    for (size_t i = 0; i < n_runs; i++)
        buf_printf(out, "{%s|%s|%s|%d}", runs[i].text, runs[i].link ? runs[i].link : "",
                   runs[i].anchor ? runs[i].anchor : "", runs[i].strong);
}

/* The whole tree as one line a block, for comparing. */
static const char *dump(const void *ctx, const Doc *doc) {
    static const char *const kinds[] = {
        [BLOCK_TITLE] = "title", [BLOCK_HEADING] = "heading",     [BLOCK_PARAGRAPH] = "paragraph",
        [BLOCK_FLUSH] = "flush", [BLOCK_SIGNATURE] = "signature", [BLOCK_TABLE] = "table",
        [BLOCK_ANNEX] = "annex"};
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Block *block = &doc->blocks[i];
        buf_printf(&out, "%s %d ", kinds[block->kind], block->level);
        add_runs(&out, block->runs, block->n_runs);
        for (size_t c = 0; c < block->n_rows * block->n_columns; c++) {
            buf_add(&out, c % block->n_columns ? " / " : "; ");
            add_runs(&out, block->cells[c].runs, block->cells[c].n_runs);
        }
        buf_char(&out, '\n');
    }
    return buf_text(&out);
}

static void assert_read(const char *source, const char *expected) {
    MEM_SCRATCH ctx = talloc_new(NULL);
    assert_string_equal(dump(ctx, read_text(ctx, source)), expected);
}

static void every_kind_of_block_is_read(void **state) {
    (void)state;
    assert_read("# 标题\n\n> 县政府：\n\n## 一\n\n##### 四\n\n正文。\n\n^ 科技局\n^ 2020年7月5日\n\n---\n\n> "
                "附件1\n\n> 各单位：\n",
                "title 0 {标题|||0}\nflush 0 {县政府：|||0}\nheading 1 {一|||0}\nheading 4 {四|||0}\n"
                "paragraph 0 {正文。|||0}\nsignature 0 {科技局|||0}\nsignature 0 {2020年7月5日|||0}\n"
                "annex 0 {附件1|||0}\nflush 0 {各单位：|||0}\n");
    assert_read("| a | b |\n|---|---|\n| **c** | [d](figure:e) |\n",
                "table 0 ; {a|||0} / {b|||0}; {c|||1} / {d|figure:e||0}\n");
}

static void links_and_anchors_are_read(void **state) {
    (void)state;
    assert_read("共[170件](figure:a@2020H1 \"b\")和[x](<> \"c\")。\n",
                "paragraph 0 {共|||0}{170件|figure:a@2020H1|b|0}{和|||0}{x||c|0}{。|||0}\n");
}

static void lines_of_chinese_join_without_a_space(void **state) {
    (void)state;
    assert_read("第一行\n第二行**粗**\n“四”\nfive\nsix\n",
                "paragraph 0 {第一行第二行|||0}{粗|||1}{“四” five six|||0}\n");
    assert_read("^ Bureau\nof **Science**\nand\n^ 2020\n",
                "signature 0 {Bureau of |||0}{Science|||1}{ and|||0}\nsignature 0 {2020|||0}\n");
    assert_read("第一行  \n第二行\n", "paragraph 0 {第一行|||0}\nparagraph 0 {第二行|||0}\n");
}

static void lists_become_paragraphs(void **state) {
    (void)state;
    assert_read("3. a\n4. b\n   - c\n   - d\n5. e\n\n   f\n",
                "paragraph 0 {3.a|||0}\nparagraph 0 {4.b|||0}\nparagraph 0 {c|||0}\nparagraph 0 {d|||0}\n"
                "paragraph 0 {5.e|||0}\nparagraph 0 {f|||0}\n");
    assert_read("0. a\n1. b\n2.\n\n# t\n\nc\n",
                "paragraph 0 {0.a|||0}\nparagraph 0 {1.b|||0}\ntitle 0 {t|||0}\nparagraph 0 {c|||0}\n");
}

static void raw_html_and_code_are_text(void **state) {
    (void)state;
    assert_read("a <b onclick=\"x\">c</b> `d`\n\n<script>\nalert(1)\n</script>\n\n    e\n    f\n",
                "paragraph 0 {a <b onclick=\"x\">c</b> d|||0}\nparagraph 0 {<script>|||0}\nparagraph 0 {alert(1)|||0}\n"
                "paragraph 0 {</script>|||0}\nparagraph 0 {e|||0}\nparagraph 0 {f|||0}\n");
}

static const Finding *only_finding(const void *ctx, const char *source, size_t size, int expected) {
    Diag *diag = diag_new(ctx);
    assert_int_equal(doc_from_markdown(doc_new(ctx), source, size, diag), expected);
    assert_int_equal(diag->count, 1);
    return &diag->list[0];
}

static void pictures_are_refused_with_their_line(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const char *source = "a\n\nb ![c](d.png)\n";
    const Finding *finding = only_finding(ctx, source, strlen(source), 1);
    assert_string_equal(finding->code, "picture");
    assert_int_equal(finding->at.line, 3);
}

static void unknown_targets_are_left_out_with_a_warning(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const char *source = "[a](javascript:alert)\n";
    assert_string_equal(only_finding(ctx, source, strlen(source), 0)->code, "link-target");
}

static void sources_are_bounded(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    assert_string_equal(only_finding(ctx, "\xFF", 1, 1)->code, "not-utf8");
    assert_string_equal(only_finding(ctx, "", (size_t)DOC_SOURCE_MAX + 1, 1)->code, "too-large");
    static const char *const markers[] = {">", "> ", "- ", "1. ", "23)\t"};
    for (size_t m = 0; m < sizeof markers / sizeof *markers; m++) {
        Buf deep = BUF_INIT(ctx);
        for (int i = 0; i <= DOC_DEPTH_MAX; i++) buf_add(&deep, markers[m]);
        assert_string_equal(only_finding(ctx, deep.data, deep.size, 1)->code, "too-deep");
    }
    Buf wide = BUF_INIT(ctx), strong = BUF_INIT(ctx);
    for (int i = 0; i < 1000; i++) buf_add(&wide, "|a");
    buf_char(&wide, '\n');
    for (int i = 0; i < 1000; i++) buf_add(&wide, "|-");
    for (int i = 0; i < 1000; i++) buf_add(&wide, "\n|");
    assert_string_equal(only_finding(ctx, wide.data, wide.size, 1)->code, "too-many-cells");
    for (int i = 0; i < DOC_DEPTH_MAX; i++) buf_add(&strong, "**a ");
    for (int i = 0; i < DOC_DEPTH_MAX; i++) buf_add(&strong, " b**");
    assert_string_equal(only_finding(ctx, strong.data, strong.size, 1)->code, "too-deep");
}

static void rules_numbers_and_dots_are_not_deep(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Buf dots = BUF_INIT(ctx), dashes = BUF_INIT(ctx);
    buf_add(&dashes, "1");
    for (int i = 0; i <= DOC_DEPTH_MAX; i++) {
        buf_add(&dots, ". ");
        buf_add(&dashes, " -");
    }
    assert_int_equal(read_text(ctx, buf_text(&dots))->n_blocks, 1);
    assert_int_equal(read_text(ctx, buf_text(&dashes))->n_blocks, 1);
    Doc *doc = read_text(ctx, "a\n\n------------------------------------------------------------\n\n"
                              "1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7\n");
    assert_int_equal(doc->n_blocks, 3);
    assert_int_equal(doc->blocks[1].kind, BLOCK_ANNEX);
}

/* What stands at an end of a text is part of it, however it is written. */
static void ends_of_texts_are_kept(void **state) {
    (void)state;
    assert_read("[x](<figure:a> \"\\a\\&#92;\")\n", "paragraph 0 {x|figure:a|\\a\\|0}\n");
    assert_read("[x](<figure:a&#32;> \"b&#32;\")\n", "paragraph 0 {x|figure:a |b |0}\n");
    assert_read("（**&#12288;二&nbsp;**）\n", "paragraph 0 {（|||0}{\u3000二\u00a0|||1}{）|||0}\n");
    assert_read("&#65279;x\n", "paragraph 0 {\uFEFFx|||0}\n");
}

static void assert_html(const char *source, const char *expected) {
    MEM_SCRATCH ctx = talloc_new(NULL);
    Buf html = BUF_INIT(ctx);
    doc_to_html(read_text(ctx, source), &html);
    assert_string_equal(buf_text(&html), expected);
}

static void html_has_the_kinds_as_elements_and_classes(void **state) {
    (void)state;
    assert_html("# a\n\n## b\n\n##### c\n\nd\n\n> e\n\n^ f\n\n---\n\n> g\n",
                "<h1>a</h1>\n<h2>b</h2>\n<h5>c</h5>\n<p>d</p>\n<p class=\"flush\">e</p>\n<p class=\"signature\">f</p>\n"
                "<p class=\"annex\">g</p>\n");
    assert_html("| a |\n|---|\n| b |\n",
                "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n<tr><td>b</td></tr>\n"
                "</tbody>\n</table>\n");
}

static void html_escapes_every_text(void **state) {
    (void)state;
    assert_html("<i>\"'&\n", "<p>&lt;i&gt;&quot;&#39;&amp;</p>\n");
    assert_html("[<i>](<figure:\"\\>\\<i\\>> \"'<i>\")\n",
                "<p><span id=\"f-.27.3ci.3e\"><a class=\"figure\" href=\"#f-.22.3e.3ci.3e\" "
                "data-figure=\"&quot;&gt;&lt;i&gt;\">&lt;i&gt;</a></span></p>\n");
    assert_html("[a](https://b/?c=\"d\"&e='f')\n", "<p><a href=\"https://b/?c=%22d%22&amp;e=%27f%27\">a</a></p>\n");
}

static void html_follows_no_other_link(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH), "a")->link = "javascript:alert(1)";
    Buf html = BUF_INIT(ctx);
    doc_to_html(doc, &html);
    assert_string_equal(buf_text(&html), "<p>a</p>\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_block_is_read),
        cmocka_unit_test(links_and_anchors_are_read),
        cmocka_unit_test(lines_of_chinese_join_without_a_space),
        cmocka_unit_test(lists_become_paragraphs),
        cmocka_unit_test(raw_html_and_code_are_text),
        cmocka_unit_test(pictures_are_refused_with_their_line),
        cmocka_unit_test(unknown_targets_are_left_out_with_a_warning),
        cmocka_unit_test(sources_are_bounded),
        cmocka_unit_test(rules_numbers_and_dots_are_not_deep),
        cmocka_unit_test(ends_of_texts_are_kept),
        cmocka_unit_test(html_has_the_kinds_as_elements_and_classes),
        cmocka_unit_test(html_escapes_every_text),
        cmocka_unit_test(html_follows_no_other_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
