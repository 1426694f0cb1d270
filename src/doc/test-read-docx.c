/* doc/test-read-docx.c: docx files read for what a reader sees; ours and the office suite's read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/file.h"
#include "doc/doc.h"
#include "doc/docx-read.h"
#include "doc/reading.h"
#include "doc/test-files.h"
#include "doc/test-package.h"
#include "doc/test-reading.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define P(content)    "<w:p>" content "</w:p>"
#define R(text)       "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define T(text)       P(R(text))
#define CELL(text)    "<w:tc>" T(text) "</w:tc>"
#define BOX(content)  "<w:txbxContent>" content "</w:txbxContent>"
#define FIELD(type)   "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"

static int try_docx(const void *ctx, const char *body, const TestPart *parts, Diag *diag, Reading **ret_reading) {
    size_t size;
    char *bytes = test_docx(ctx, body, parts, &size);
    return reading_from_bytes(ctx, "a.docx", bytes, size, diag, ret_reading);
}

static Reading *read_body(const void *ctx, const char *body, const TestPart *parts) {
    Reading *reading;
    Diag *diag = diag_new(ctx);
    if (try_docx(ctx, body, parts, diag, &reading) != 0) fail_msg("%s", diag_line(ctx, &diag->list[0]));
    assert_int_equal(diag->count, 0);
    assert_int_equal(reading->form, READING_DOCX);
    assert_sound(reading);
    for (size_t i = 0; i < reading->n_glyphs; i++) {
        const Glyph *glyph = &reading->glyphs[i];
        Buf rune = BUF_INIT(ctx);
        buf_rune(&rune, glyph->rune);
        if (glyph->end > glyph->start)
            assert_string_equal(given_at(ctx, reading, glyph->start, glyph->end), buf_text(&rune));
    }
    return reading;
}

typedef struct Case {
    const char *body, *lines, *given;
} Case;

static void check_cases(const Case *cases, size_t n, const TestPart *parts) {
    for (size_t i = 0; i < n; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Reading *reading = read_body(ctx, cases[i].body, parts);
        assert_string_equal(lines_of(ctx, reading), cases[i].lines);
        if (cases[i].given) assert_string_equal(reading->given, cases[i].given);
    }
}

static void paragraphs_are_lines(void **state) {
    (void)state;
    static const Case cases[] = {
        {T("一") P("") P("<w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r>" R("70&amp;")), "一\n170&\n", "一\n\n170&\n"},
        {P("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
           "<w:noBreakHyphen/></w:r>"),
         "a\tb\n-\n", "a\tb\n-\n"},
        {P("<w:hyperlink>" R("链") "</w:hyperlink><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" R(
             "控") "</w:sdtContent></w:sdt><w:smartTag>" R("标") "</w:smartTag>") "<w:sdt><w:sdtContent>" T("块") "</"
                                                                                                                  "w:"
                                                                                                                  "sdtC"
                                                                                                                  "onte"
                                                                                                                  "nt><"
                                                                                                                  "/w:"
                                                                                                                  "sdt"
                                                                                                                  ">",
         "链控标\n块\n", NULL},
        {P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>见"
           "</w:t></w:r>" R("也")),
         "见也\n", NULL},
        {P("<w:r><w:ruby><w:rt>" R("ke") "</w:rt><w:rubyBase>" R("科") "</w:rubyBase></w:ruby></w:r>"), "科\n", NULL},
        {P(R("设") "<m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath>"), "设x=3\n", NULL},
    };
    check_cases(cases, LENGTH(cases), NULL);
}

static void changes_show_as_accepted(void **state) {
    (void)state;
    static const Case cases[] = {
        {P("<w:ins>" R("1") "</w:ins><w:del><w:r><w:delText>2</w:delText></w:r></w:del><w:moveFrom>" R(
             "3") "</w:moveFrom><w:moveTo>" R("4") "</w:moveTo>"),
         "14\n", "14\n"},
        {P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("一")) T("二") T("三"), "一二\n三\n", "一二\n三\n"},
        {P("<w:pPr><w:pStyle w:val='a'/><w:pPrChange><w:pPr><w:pStyle w:val='h'/></w:pPr></w:pPrChange></w:pPr>" R(
             "文")),
         "文\n", NULL},
    };
    static const TestPart parts[] = {
        {"styles", "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>"}, {0}};
    check_cases(cases, LENGTH(cases), parts);
}

static void fields_show_their_results(void **state) {
    (void)state;
    static const Case cases[] = {
        {P(FIELD("begin") "<w:r><w:instrText>PAGE</w:instrText></w:r>" R("藏") FIELD("separate") R("7") FIELD("end")
               R("页")),
         "7页\n", NULL},
        {P(FIELD("begin") R("藏") FIELD("begin") R("藏") FIELD("separate") R("藏") FIELD("end") FIELD("separate") R("8")
               FIELD("end")),
         "8\n", NULL},
        {P("<w:fldSimple w:instr='DATE'>" R("5日") "</w:fldSimple>"), "5日\n", NULL},
        {P(FIELD("begin") R("藏")) T("后"), "后\n", NULL}, /* never closed */
    };
    check_cases(cases, LENGTH(cases), NULL);
}

static void tables_have_their_grid(void **state) {
    (void)state;
    static const Case cases[] = {
        {"<w:tbl><w:tr>" CELL("a") CELL("b") "</w:tr><w:tr>" CELL("") CELL("d") "</w:tr></w:tbl>" T("后"),
         "1:0,0 a\n1:0,1 b\n1:1,1 d\n后\n", "a\tb\n\td\n后\n"},
        {"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" T("a")
             T("a2") "</w:tc><w:tc><w:tcPr><w:vMerge "
                     "w:val='restart'/></w:tcPr>" T("b") "</w:tc></w:tr><w:tr><w:trPr><w:gridBefore "
                                                         "w:val='1'/></w:trPr>" CELL(
                                                             "c") "<w:tc><w:tcPr><w:vMerge/></"
                                                                  "w:tcPr>" T("藏") "</"
                                                                                    "w:tc>" CELL("d") "</"
                                                                                                      "w:"
                                                                                                      "tr>"
                                                                                                      "</"
                                                                                                      "w:"
                                                                                                      "tbl"
                                                                                                      ">",
         "1:0,0 a\n1:0,0 a2\n1:0,2 b\n1:1,1 c\n1:1,3 d\n", "a\na2\tb\nc\t\td\n"},
        {"<w:tbl><w:tr><w:tc>" T("a") "<w:tbl><w:tr>" CELL("1") "</w:tr></w:tbl>" T("b") "</w:tc>" CELL(
             "c") "</w:tr></w:tbl>",
         "1:0,0 a\n2:0,0 1\n1:0,0 b\n1:0,1 c\n", "a\n1\nb\tc\n"},
    };
    check_cases(cases, LENGTH(cases), NULL);
}

#define DRAWN(box)                                                                                                     \
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><a:p xmlns:a='a'><a:r><a:t>藏</a:t></a:r></a:p>"  \
    "<wps:txbx>" BOX(box) "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" BOX(                   \
        box) "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"

static void boxes_and_notes_stand_behind_their_paragraph(void **state) {
    (void)state;
    static const Case cases[] = {
        {P(R("登记17") DRAWN(T("框") T("内")) R("0件")) T("后"), "登记170件\n框\n内\n后\n", "登记170件\n框\n内\n后\n"},
        {P("<w:r><w:pict><v:textbox>" BOX(P(R("外") DRAWN(T("里")))) "</v:textbox></w:pict></w:r>" R("文")),
         "文\n外\n里\n", NULL},
        {P(R("登记17") "<w:r><w:footnoteReference w:id='2'/></w:r>" R("0件"))
             P(R("末") "<w:r><w:endnoteReference w:id='2'/><w:footnoteReference w:id='2'/></w:r>"),
         "登记170件\n* 脚注\n* 二段\n末\n* 尾注\n", "登记170件\n脚注\n二段\n末\n尾注\n"},
        {"<w:tbl><w:tr><w:tc>" P(R("a") "<w:r><w:footnoteReference w:id='2'/></w:r>") "</w:tc>" CELL(
             "b") "</w:tr></w:tbl>",
         "1:0,0 a\n* 脚注\n* 二段\n1:0,1 b\n", "a\n脚注\n二段\n\tb\n"},
    };
    static const TestPart parts[] = {
        {"footnotes", "<w:footnote w:type='separator' w:id='0'>" T("线") "</w:footnote><w:footnote w:id='2'>" P(
                          "<w:r><w:footnoteRef/></w:r>" R("脚注")) T("二段") "</w:footnote>"},
        {"endnotes", "<w:endnote w:id='2'>" T("尾注") "</w:endnote>"},
        {0}};
    check_cases(cases, LENGTH(cases), parts);
}

#define STYLED(style, text) P("<w:pPr><w:pStyle w:val='" style "'/></w:pPr>" R(text))
#define STYLE(id, content)  "<w:style w:type='paragraph' w:styleId='" id "'>" content "</w:style>"

static void headings_are_found_by_style(void **state) {
    (void)state;
    static const TestPart parts[] = {
        {"styles", STYLE("1", "<w:name w:val='heading 1'/>") STYLE("2", "<w:name w:val='标题 2'/>")
                       STYLE("Heading3", "<w:name w:val='x'/>") STYLE("own", "<w:pPr><w:outlineLvl w:val='3'/></w:pPr>")
                           STYLE("on", "<w:basedOn w:val='own'/>") STYLE("t", "<w:name w:val='Title'/>")
                               STYLE("b", "<w:name w:val='heading 5'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr>")},
        {0}};
    static const Case cases[] = {
        {STYLED("1", "一") STYLED("2", "二") STYLED("Heading3", "三") STYLED("own", "四") STYLED("on", "四")
             STYLED("t", "题") STYLED("none", "文"),
         "# 一\n## 二\n### 三\n#### 四\n#### 四\n# 题\n文\n", NULL},
        {P("<w:pPr><w:outlineLvl w:val='1'/></w:pPr>" R("二"))
             P("<w:pPr><w:pStyle w:val='1'/><w:outlineLvl w:val='9'/></w:pPr>" R("文")) STYLED("b", "文"),
         "## 二\n文\n文\n", NULL},
    };
    check_cases(cases, LENGTH(cases), parts);
}

#define LEVEL(n, format, text, more)                                                                                   \
    "<w:lvl w:ilvl='" n "'><w:start w:val='1'/><w:numFmt w:val='" format "'/><w:lvlText w:val='" text "'/>" more       \
    "</w:lvl>"
#define ITEM(use, level, text)                                                                                         \
    P("<w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" use "'/></w:numPr></w:pPr>" R(text))

static void lists_are_numbered(void **state) {
    (void)state;
    static const TestPart parts[] = {
        {"styles", STYLE("n", "<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>")},
        {"numbering",
         "<w:abstractNum w:abstractNumId='7'>" LEVEL("0", "chineseCounting", "%1、", "<w:suff w:val='nothing'/>")
             LEVEL("1", "decimal", "%1.%2", "<w:isLgl/>") LEVEL(
                 "2", "bullet", "●",
                 "") "</w:abstractNum>"
                     "<w:abstractNum w:abstractNumId='8'>" LEVEL("0", "decimalEnclosedCircle", "%1",
                                                                 "<w:suff w:val='space'/>")
                         LEVEL("1", "lowerLetter", "(%2)",
                               "<w:pStyle w:val='n'/>") "</w:abstractNum>"
                                                        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
                                                        "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride "
                                                        "w:ilvl='0'><w:startOverride w:val='9'/>"
                                                        "</w:lvlOverride></w:num><w:num w:numId='3'><w:abstractNumId "
                                                        "w:val='8'/></w:num>"},
        {0}};
    static const Case cases[] = {
        {ITEM("1", "0", "甲") ITEM("1", "1", "子") ITEM("1", "1", "丑") ITEM("1", "2", "点") ITEM("1", "0", "乙")
             ITEM("1", "1", "寅") ITEM("2", "0", "丙") ITEM("2", "0", "丁") ITEM("0", "0", "无") ITEM("99", "0", "无"),
         "一、甲\n1.1 子\n1.2 丑\n点\n二、乙\n2.1 寅\n九、丙\n十、丁\n无\n无\n",
         "甲\n子\n丑\n点\n乙\n寅\n丙\n丁\n无\n无\n"},
        {ITEM("3", "0", "甲") STYLED("n", "子") STYLED("n", "丑"), "① 甲\n(a) 子\n(b) 丑\n", NULL},
    };
    check_cases(cases, LENGTH(cases), parts);
}

static void every_way_of_counting(void **state) {
    (void)state;
    static const struct {
        const char *format;
        unsigned n;
        const char *text;
    } cases[] = {
        {"decimal", 12, "12"},
        {"decimalZero", 3, "03"},
        {"upperRoman", 1994, "MCMXCIV"},
        {"lowerRoman", 4, "iv"},
        {"upperLetter", 28, "BB"},
        {"lowerLetter", 26, "z"},
        {"chineseCounting", 10, "十"},
        {"chineseCountingThousand", 23, "二十三"},
        {"chineseCountingThousand", 101, "一百零一"},
        {"chineseCountingThousand", 110, "一百一十"},
        {"chineseCountingThousand", 2000, "二千"},
        {"chineseLegalSimplified", 15, "壹拾伍"},
        {"ideographDigital", 20, "二〇"},
        {"decimalEnclosedCircle", 20, "⑳"},
        {"decimalEnclosedCircle", 21, "21"},
        {"decimalEnclosedParen", 1, "⑴"},
        {"decimalFullWidth", 10, "１０"},
        {"ideographTraditional", 2, "乙"},
        {"ideographZodiac", 12, "亥"},
        {"bullet", 1, ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Buf out = BUF_INIT(ctx);
        docx_count_write(&out, cases[i].format, cases[i].n);
        assert_string_equal(buf_text(&out), cases[i].text);
    }
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *body, *code;
    } cases[] = {
        {"", "reading-empty"},
        {P(""), "reading-empty"},
        {"<w:p>", "reading-damaged"},
        {T("&x;"), "reading-damaged"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Diag *diag = diag_new(ctx);
        Reading *reading;
        assert_int_equal(try_docx(ctx, cases[i].body, NULL, diag, &reading), 1);
        assert_int_equal(diag->count, 1);
        assert_string_equal(diag->list[0].code, cases[i].code);
    }
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t size;
    char *bytes = test_docx(ctx, T("一"), NULL, &size);
    for (size_t cut = 4; cut < size; cut += 7) {
        Diag *diag = diag_new(ctx);
        Reading *reading;
        assert_int_equal(reading_from_bytes(ctx, "a.docx", bytes, cut, diag, &reading), 1);
        assert_int_equal(diag->count, 1);
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *repeat(const void *ctx, const char *open, const char *middle, const char *close, size_t n) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < n; i++) buf_add(&out, open);
    buf_add(&out, middle);
    for (size_t i = 0; i < n; i++) buf_add(&out, close);
    return out.data;
}

/* Each ends with a finding or a reading, and soon. */
static void hostile_files_end_soon(void **state) {
    (void)state;
    static const struct {
        const char *open, *middle, *close;
        size_t n;
    } cases[] = {
        {"<w:p/>", T("一"), "", 1000000},
        {"<w:tbl><w:tr><w:tc>", T("一"), "</w:tc></w:tr></w:tbl>", 3000},
        {"<w:tbl><w:tr><w:tc>", T("一"), "</w:tc></w:tr></w:tbl>", 100000},
        {"<w:p><w:r><w:txbxContent>", T("一"), "</w:txbxContent></w:r></w:p>", 3000},
        {"<w:sdt>", T("一"), "</w:sdt>", 9000},
        {FIELD("begin"), T("一"), "", 100000},
        {"<mc:AlternateContent><mc:Choice>", T("一"), "</mc:Choice></mc:AlternateContent>", 4000},
        {"", P("<w:r><w:footnoteReference w:id='1'/></w:r>"), "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>",
         100000},
    };
    static const TestPart parts[] = {{"footnotes", "<w:footnote w:id='1'>" T("注") "</w:footnote>"}, {0}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        const char *body = repeat(ctx, cases[i].open, cases[i].middle, cases[i].close, cases[i].n);
        Diag *diag = diag_new(ctx);
        Reading *reading;
        double before = seconds();
        int r = try_docx(ctx, body, parts, diag, &reading);
        assert_int_equal(diag->count, r);
        if (seconds() - before > 5) fail_msg("%s: %.1f s", cases[i].open, seconds() - before);
    }
}

static void a_zip_bomb_is_refused(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Diag *diag = diag_new(ctx);
    Reading *reading;
    Buf body = BUF_INIT(ctx);
    while (body.size < (size_t)80 << 20)
        buf_add(&body, "                                                                ");
    assert_int_equal(try_docx(ctx, body.data, NULL, diag, &reading), 1);
    assert_int_equal(diag->count, 1);
    assert_string_equal(diag->list[0].code, "reading-size");
}

static const char SOURCE[] =
    "# 关于2020年上半年工作的报告\n\n> 县人民政府：\n\n## 主要工作\n\n### 成果\n\n"
    "上半年登记[170件](figure:a@2020H1)，**增长**“3.6%”。\n\n1. 一\n2. 二\n\n^ 2020年7月5日\n\n---\n\n"
    "| 指标 | 数值 |\n|---|---|\n| 登记 | 170 |\n";
static const char LINES[] = "# 关于2020年上半年工作的报告\n县人民政府：\n# 一、主要工作\n## （一）成果\n"
                            "上半年登记170件，增长“3.6%”。\n1.一\n2.二\n2020年7月5日\n附件\n"
                            "1:0,0 指标\n1:0,1 数值\n1:1,0 登记\n1:1,1 170\n";

static Reading *open_file(const void *ctx, const char *path) {
    Reading *reading;
    Diag *diag = diag_new(ctx);
    if (reading_open(ctx, path, diag, &reading) != 0) fail_msg("%s", diag_line(ctx, &diag->list[0]));
    assert_sound(reading);
    return reading;
}

static void our_documents_read_back(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    char *path = mem_printf(ctx, "%s/a.docx", folder_new(ctx));
    assert_int_equal(doc_from_markdown(doc, SOURCE, strlen(SOURCE), diag_new(ctx)), 0);
    doc_number_headings(doc);
    assert_int_equal(doc_to_docx(doc, &doc_fonts_standard, path, diag_new(ctx)), 0);
    assert_string_equal(lines_of(ctx, open_file(ctx, path)), LINES);
}

static void documents_of_the_office_suite_read_back(void **state) {
    (void)state;
    if (!has_program("soffice")) skip();
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *folder = folder_new(ctx);
    static const char PAGE[] = "<html><meta charset=utf-8><h1>报告</h1><h2>一、工作</h2><p>登记<b>1</b>70件<p>一<br>二"
                               "<ol><li>甲<li>乙<ol type=a><li>子<li>丑</ol><li>丙</ol><ul><li>点</ul>"
                               "<table><tr><th>指标<th colspan=2>数<tr><td rowspan=2>登记<td>170<td>件<tr><td>180<td>项"
                               "</table><p>后";
    assert_int_equal(file_write(mem_printf(ctx, "%s/a.html", folder), PAGE, strlen(PAGE), diag_new(ctx)), 0);
    output_of(ctx, mem_printf(ctx,
                              "soffice -env:UserInstallation=file://%s/profile --headless --convert-to "
                              "docx:'MS Word 2007 XML' --outdir '%s' '%s/a.html' 2>&1",
                              folder, folder, folder));
    assert_string_equal(lines_of(ctx, open_file(ctx, mem_printf(ctx, "%s/a.docx", folder))),
                        "# 报告\n## 一、工作\n登记170件\n一\n二\n1. 甲\n2. 乙\na. 子\nb. 丑\n3. 丙\n点\n"
                        "1:0,0 指标\n1:0,1 数\n1:1,0 登记\n1:1,1 170\n1:1,2 件\n1:2,1 180\n1:2,2 项\n后\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_lines),
        cmocka_unit_test(changes_show_as_accepted),
        cmocka_unit_test(fields_show_their_results),
        cmocka_unit_test(tables_have_their_grid),
        cmocka_unit_test(boxes_and_notes_stand_behind_their_paragraph),
        cmocka_unit_test(headings_are_found_by_style),
        cmocka_unit_test(lists_are_numbered),
        cmocka_unit_test(every_way_of_counting),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(hostile_files_end_soon),
        cmocka_unit_test(a_zip_bomb_is_refused),
        cmocka_unit_test(our_documents_read_back),
        cmocka_unit_test(documents_of_the_office_suite_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
