/* doc/test-reading.c: text, Markdown and HTML read for what a reader sees, and where it stands. */
#include "doc/test-reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "doc/reading.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static Reading *read_bytes(const void *ctx, const char *name, const char *bytes, size_t size) {
    Reading *reading;
    Diag *diag = diag_new(ctx);
    if (reading_from_bytes(ctx, name, bytes, size, diag, &reading) != 0) fail_msg("%s", diag_line(ctx, &diag->list[0]));
    assert_int_equal(diag->count, 0);
    assert_sound(reading);
    return reading;
}

static Reading *read_string(const void *ctx, const char *name, const char *text) {
    return read_bytes(ctx, name, text, strlen(text));
}

typedef struct Case {
    const char *source, *lines;
} Case;

static void check_cases(const char *name, ReadingForm form, const Case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Reading *reading = read_string(ctx, name, cases[i].source);
        assert_int_equal(reading->form, form);
        assert_string_equal(lines_of(ctx, reading), cases[i].lines);
    }
}

/* Every glyph of a form without references is the code point that stands at its place. */
static void assert_in_place(const void *ctx, const Reading *reading) {
    for (size_t i = 0; i < reading->n_glyphs; i++) {
        Buf rune = BUF_INIT(ctx);
        buf_rune(&rune, reading->glyphs[i].rune);
        assert_string_equal(given_at(ctx, reading, reading->glyphs[i].start, reading->glyphs[i].end), buf_text(&rune));
    }
}

static void a_line_is_a_part(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记170件", "登记170件\n"}, {"一\n二\r\n三\r四\n", "一\n二\n三\n四\n"}, {"\n\n一\n \t\n　\n二", "一\n二\n"},
        {" 一 二 ", " 一 二 \n"},     {"# 一\n**二**", "# 一\n**二**\n"},         {"1 < 2\n<一>", "1 < 2\n<一>\n"},
    };
    check_cases("a.txt", READING_TEXT, cases, LENGTH(cases));
    MEM_SCRATCH ctx = talloc_new(NULL);
    assert_in_place(ctx, read_string(ctx, "a.txt", "一\r\n\r\n二𠀀3\n"));
}

static void encodings_are_found(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *encoding;
    } cases[] = {
        {"\xE7\xA7\x91\xE6\x8A\x80"
         "1\n",
         8, "UTF-8"},
        {"\xEF\xBB\xBF\xE7\xA7\x91\xE6\x8A\x80"
         "1\n",
         11, "UTF-8"},
        {"\xFF\xFE\xD1\x79\x80\x62"
         "1\0\n\0",
         10, "UTF-16LE"},
        {"\xFE\xFF\x79\xD1\x62\x80\0"
         "1\0\n",
         10, "UTF-16BE"},
        {"\xBF\xC6\xBC\xBC"
         "1\n",
         6, "GB18030"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Reading *reading = read_bytes(ctx, "a.txt", cases[i].bytes, cases[i].size);
        assert_string_equal(reading->encoding, cases[i].encoding);
        assert_string_equal(reading->given, "科技1\n");
        assert_int_equal(reading->n_given, 4);
        assert_int_equal(reading->glyphs[2].start, 2);
        assert_in_place(ctx, reading);
    }
}

static void markdown_loses_its_marks(void **state) {
    (void)state;
    static const Case cases[] = {
        {"# 报告\n\n## 一、工作 ##\n#不是\n", "# 报告\n## 一、工作\n#不是\n"},
        {"登记[170件](figure:a@2020H1)，**增长**`15`%", "登记170件，增长15%\n"},
        {"3*5*2 [一] (二) 1\\*2", "3*5*2 [一] (二) 1*2\n"},
        {"- 一\n* 二\n> > 三\n1. 四\n-5\n^ 青禾县", "一\n二\n三\n1. 四\n-5\n青禾县\n"},
        {"一\n\n---\n***\n二", "一\n二\n"},
        {"| 指标 | 数 |\n|---|:-:|\n| 登记 | [170](figure:a) |\n| 其他 |  |\n\n|甲|",
         "1:0,0 指标 \n1:0,1 数 \n1:1,0 登记 \n1:1,1 170 \n1:2,0 其他 \n2:0,0 甲\n"},
        {"```\n**1**\n```\n**2**", "**1**\n2\n"},
        {"![图](a.png)见[网", "图见[网\n"},
    };
    check_cases("a.md", READING_TEXT, cases, LENGTH(cases));
    MEM_SCRATCH ctx = talloc_new(NULL);
    assert_in_place(ctx, read_string(ctx, "a.MD", cases[1].source));
    assert_in_place(ctx, read_string(ctx, "a.md", cases[5].source));
}

#define PAGE(body) "<!DOCTYPE html>" body

static void html_is_read_as_it_is_seen(void **state) {
    (void)state;
    static const Case cases[] = {
        {PAGE("<title>题</title><p>一 \n 二<p>三<br>四<br/>五"), "一 二\n三\n四\n五\n"},
        {PAGE("1<b>5</b>0<sup>0</sup>&#20214;&nbsp;&lt;&#x4e00;&ldquo;&AMP;&copy2&foo;& &#0;"),
         "1500件\u00A0<一“&©2&foo;& \uFFFD\n"},
        {PAGE("<h1>报告</h1><h2>一、<b>工作</b></h3>文<div><h6>六</h6></div>"), "# 报告\n## 一、工作\n文\n###### 六\n"},
        {PAGE("<pre>a  b\nc</pre> <ul><li>一<li>二</ul>三"), "a  b\nc\n一\n二\n三\n"},
        {PAGE("<ruby>科<rp>(</rp><rt>ke</rt></ruby>技<wbr>局<img alt=x>"), "科技局\n"},
        {PAGE("a<!-- > b -->c<!x>d<?y?>e</>f<!--g"), "acdef\n"},
        {PAGE("1 < 2 <3 </ x>4"), "1 < 2 <3 4\n"},
        {"\n<!-- c -->\n<div title=\"a>b\">一<i title='>'>二</i></div>", "一二\n"},
        {"<?xml version='1.0'?><html><p>一</html>二", "一\n二\n"},
        {"<P>一<SCRIPT>if (a</b) '<p>二'</SCRIPTX></SCRIPT >三", "一三\n"},
    };
    check_cases("a.html", READING_HTML, cases, LENGTH(cases));
}

static void what_is_not_seen_is_dropped(void **state) {
    (void)state;
    static const char *const dropped[] = {
        "<script>1<p></script>",
        "<style>p</style>",
        "<noscript><p>1</noscript>",
        "<template><p>1</template>",
        "<nav><ul><li>1</ul></nav>",
        "<header><h2>1</h2></header>",
        "<footer>1</footer>",
        "<aside><h1>1</h1></aside>",
        "<form><input value=1>1</form>",
        "<button>1</button>",
        "<select><option>1</select>",
        "<p hidden>1</p>",
        "<div style='color:red;DISPLAY : none'>1<p>2</div>",
        "<textarea><p>1</textarea>",
        "<svg><text>1</text></svg>",
    };
    for (size_t i = 0; i < LENGTH(dropped); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        const char *source = mem_printf(ctx, "<html><p>登记成果一百七十件</p>%s<p>文</p>", dropped[i]);
        assert_string_equal(lines_of(ctx, read_string(ctx, "a", source)), "登记成果一百七十件\n文\n");
    }
}

static void cells_stand_where_they_are_seen(void **state) {
    (void)state;
    static const Case cases[] = {
        {PAGE("<table><tr><th>甲<th>乙<tr><td>1<td>2</table>三"), "1:0,0 甲\n1:0,1 乙\n1:1,0 1\n1:1,1 2\n三\n"},
        {PAGE("<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</tr><tr><td>e</table>"),
         "1:0,0 a\n1:0,1 b\n1:1,1 c\n1:1,2 d\n1:2,0 e\n"},
        {PAGE("<table><tr><td>a<td rowspan=0 colspan=0>b<tbody><tr><td>c<td>d</table>"),
         "1:0,0 a\n1:0,1 b\n1:1,0 c\n1:1,2 d\n"},
        {PAGE("<table><tr><td>a<table><td>1</td></table>b<td>c</table><table><td>x</table>"),
         "1:0,0 a\n2:0,0 1\n1:0,0 b\n1:0,1 c\n3:0,0 x\n"},
        {PAGE("<table><caption>题</caption><td><p>a<p>b</div></td><td></td><td>c</table>"),
         "题\n1:0,0 a\n1:0,0 b\n1:0,2 c\n"},
    };
    check_cases("a.html", READING_HTML, cases, LENGTH(cases));
}

#define PROSE "上半年全县登记科技成果170件，同比增长15.6%，完成年度目标任务的85%。"

static void the_body_of_a_page_is_found(void **state) {
    (void)state;
    static const Case cases[] = {
        {PAGE("<header><h1>题</h1></header><div><a>首页</a><p>网</p></div><article><p>" PROSE "</article><p>版权"),
         "# 题\n" PROSE "\n"},
        {PAGE("<main><article>" PROSE "</article><p>来源" PROSE "<p>" PROSE "<p>" PROSE "</main>"), PROSE "\n"},
        {PAGE("<main><article>" PROSE "</article><article>" PROSE "</article></main>版"), PROSE "\n" PROSE "\n"},
        {PAGE("<h1>题</h1><div><div>当前位置</div><div><p>" PROSE "<p>" PROSE "</div></div><div>版权</div>"),
         "# 题\n" PROSE "\n" PROSE "\n"},
        /* What would be missed keeps the page whole. */
        {PAGE("<div><p>" PROSE "<p>" PROSE "<p>" PROSE "</div><p>下半年计划登记200件。"),
         PROSE "\n" PROSE "\n" PROSE "\n下半年计划登记200件。\n"},
        {PAGE("<div><p>" PROSE "<p>" PROSE "</div><table><td>合计<td>170</table>"),
         PROSE "\n" PROSE "\n1:0,0 合计\n1:0,1 170\n"},
        /* A table for the layout is none. */
        {PAGE("<table><tr><td>导航<td><p>题<p>" PROSE "<table><td>1</table><p>" PROSE "</table>"),
         "题\n" PROSE "\n2:0,0 1\n" PROSE "\n"},
        /* A form around the whole page is its body. */
        {PAGE("<form><div><p>" PROSE "</div></form><p>一"), PROSE "\n"},
    };
    check_cases("a.html", READING_HTML, cases, LENGTH(cases));
}

static void glyphs_of_html_span_their_source(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Reading *reading = read_string(ctx, "a.html", "<p>成 \n果1<b>&#53;</b>0&nbsp;");
    static const char *const spans[] = {"成", " ", "果", "1", "&#53;", "0", "&nbsp;"};
    assert_int_equal(reading->n_glyphs, LENGTH(spans));
    for (size_t i = 0; i < LENGTH(spans); i++)
        assert_string_equal(given_at(ctx, reading, reading->glyphs[i].start, reading->glyphs[i].end), spans[i]);
}

static void html_says_its_encoding(void **state) {
    (void)state;
    static const struct {
        const char *source, *encoding, *lines;
    } cases[] = {
        {"<meta charset=gbk><p>\xBF\xC6\xBC\xBC", "GB18030", "科技\n"},
        {"<html><meta http-equiv=Content-Type content='text/html; charset=GB2312'>\xBF\xC6", "GB18030", "科\n"},
        {"<html><meta charset=\"utf-8\"><p>\xE7\xA7\x91", "UTF-8", "科\n"},
        {"<meta charset=utf-8><p>\xBF\xC6\xBC\xBC\xBE\xD6\xD2\xBB", "GB18030", "科技局一\n"}, /* it says wrong */
        {"\xEF\xBB\xBF<meta charset=gbk><p>\xE7\xA7\x91", "UTF-8", "科\n"},
        {"<html><p>\xE7\xA7\x91", "UTF-8", "科\n"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Reading *reading = read_string(ctx, "a", cases[i].source);
        assert_string_equal(reading->encoding, cases[i].encoding);
        assert_string_equal(lines_of(ctx, reading), cases[i].lines);
    }
}

static void what_is_no_document_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *code;
    } cases[] = {
        {"", 0, "reading-empty"},
        {" \r\n\t", 4, "reading-empty"},
        {"<html><nav>a</nav>", 18, "reading-empty"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "reading-locked"},
        {"%PDF-1.4\n", 9, "reading-kind"},
        {"\x89PNG\r\n\x1A\n", 8, "reading-kind"},
        {"a\0b", 3, "reading-kind"},
        {"\x7F"
         "ELF\2\1\1\3",
         8, "reading-kind"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Diag *diag = diag_new(ctx);
        Reading *reading;
        assert_int_equal(reading_from_bytes(ctx, "甲.docx", cases[i].bytes, cases[i].size, diag, &reading), 1);
        assert_int_equal(diag->count, 1);
        assert_string_equal(diag->list[0].code, cases[i].code);
        assert_string_equal(diag->list[0].at.file, "甲.docx");
    }
}

static char *repeat(const void *ctx, const char *head, const char *piece, size_t size) {
    Buf out = BUF_INIT(ctx);
    buf_add(&out, head);
    while (out.size < size) buf_add(&out, piece);
    return out.data;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Sources that a parser could be lost in: none may take longer than a second for 4 MB, in sanitized builds too. */
static void hostile_sources_end_soon(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "<div>",
        "<b>",
        "<p>",
        "<b></b>",
        "<",
        "&",
        "</p>",
        "<table>",
        "<td>",
        "<table><td>",
        "<a href=\"",
        "<!--",
        "<script>",
        "<form>",
        "<li><div>",
        "<i x=y>1</b>",
        "<tr><td rowspan=65534 colspan=1000>1",
        "<article>1</article>",
        "&nbsp",
        "<p style=':::::::'>",
        "</",
        "<h1>1",
    };
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Reading *reading;
        const char *source = repeat(ctx, "<html>一", pieces[i], 4 << 20);
        double before = seconds();
        (void)reading_from_bytes(ctx, "a", source, strlen(source), diag_new(ctx), &reading);
        if (seconds() - before > 5) fail_msg("%s: %.1f s", pieces[i], seconds() - before);
    }
    MEM_SCRATCH ctx = talloc_new(NULL);
    Reading *reading;
    static const char *const marks[] = {"[", "[](", "**", "|", "# ", "> ", "`", "\\"};
    for (size_t i = 0; i < LENGTH(marks); i++) {
        const char *source = repeat(ctx, "一", marks[i], 4 << 20);
        double before = seconds();
        (void)reading_from_bytes(ctx, "a.md", source, strlen(source), diag_new(ctx), &reading);
        if (seconds() - before > 5) fail_msg("%s: %.1f s", marks[i], seconds() - before);
    }
}

static void text_behind_the_depth_is_read(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Buf source = BUF_INIT(ctx);
    buf_add(&source, "<html>");
    for (int i = 0; i < 1000; i++) buf_add(&source, "<div>");
    buf_add(&source, "甲<b>1</b>2");
    for (int i = 0; i < 1000; i++) buf_add(&source, "</div>");
    buf_add(&source, "乙3。");
    assert_string_equal(lines_of(ctx, read_string(ctx, "a", source.data)), "甲12\n乙3。\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_part),
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(markdown_loses_its_marks),
        cmocka_unit_test(html_is_read_as_it_is_seen),
        cmocka_unit_test(what_is_not_seen_is_dropped),
        cmocka_unit_test(cells_stand_where_they_are_seen),
        cmocka_unit_test(the_body_of_a_page_is_found),
        cmocka_unit_test(glyphs_of_html_span_their_source),
        cmocka_unit_test(html_says_its_encoding),
        cmocka_unit_test(what_is_no_document_is_refused),
        cmocka_unit_test(hostile_sources_end_soon),
        cmocka_unit_test(text_behind_the_depth_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
