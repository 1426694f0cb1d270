/* doc/test-docx-correct.c: corrections as tracked changes: struck out, put in, all else as it was. */
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doc/test-docx-file.h"

#define LENGTH(array)   (sizeof(array) / sizeof *(array))
#define BOLD            "<w:rPr><w:b/></w:rPr>"
#define SPACED          " xml:space=\"preserve\">"
#define BY(id)          " w:id=\"" id "\" w:author=\"王&amp;明\" w:date=\"2020-07-06T01:02:03Z\">"
#define OUT(id, p, old) "<w:del" BY(id) "<w:r>" p "<w:delText" SPACED old "</w:delText></w:r></w:del>"
#define IN(id, p, new)  "<w:ins" BY(id) "<w:r>" p "<w:t" SPACED new "</w:t></w:r></w:ins>"

typedef struct Case {
    const char *body;
    DocxCorrection list[2];
    size_t n, done;
    const char *expected, *given;
} Case;

#define NEW(start, end, text)                                                                                          \
    { start, end, text, "王&明", "2020-07-06T01:02:03.456Z" }

static const Case cases[] = {
    /* Within a run; what stands beside it keeps its properties, and so do the new words. */
    {"<w:p><w:r>" BOLD "<w:t>登记148件。</w:t></w:r></w:p>",
     {NEW(2, 6, "170件")},
     1,
     1,
     "<w:p><w:r>" BOLD "<w:t" SPACED "登记</w:t></w:r>" OUT("1", BOLD, "148件")
         IN("2", BOLD, "170件") "<w:r>" BOLD "<w:t" SPACED "。</w:t></w:r></w:p>",
     "登记170件。\n"},
    /* Over two runs: each part is struck out in its own, the new words stand once; numbers of marks go on. */
    {"<w:p><w:bookmarkStart w:id=\"8\" w:name=\"a\"/><w:r><w:t>共14</w:t></w:r><w:r>" BOLD "<w:t>8件</w:t></w:r></w:p>",
     {NEW(1, 5, "<9>")},
     1,
     1,
     "<w:p><w:bookmarkStart w:id=\"8\" w:name=\"a\"/><w:r><w:t" SPACED "共</w:t></w:r>" OUT(
         "9", "", "14") "<w:r><w:t" SPACED "</w:t></w:r><w:r>" BOLD "<w:t" SPACED "</w:t></w:r>" OUT("10", BOLD, "8件")
         IN("11", BOLD, "&lt;9&gt;") "<w:r>" BOLD "<w:t" SPACED "</w:t></w:r></w:p>",
     "共<9>\n"},
    /* Two in one run. */
    {"<w:p><w:r><w:t>1、2、3</w:t></w:r></w:p>",
     {NEW(0, 1, "一"), NEW(2, 3, "二")},
     2,
     2,
     "<w:p><w:r><w:t" SPACED "</w:t></w:r>" OUT("1", "", "1") IN("2", "", "一") "<w:r><w:t" SPACED "、</w:t></w:r>" OUT(
         "3", "", "2") IN("4", "", "二") "<w:r><w:t" SPACED "、3</w:t></w:r></w:p>",
     "一、二、3\n"},
    /* A text box stays, what stands beside it does not. */
    {"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框1</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>文2"
     "</w:t></w:r></w:p>",
     {NEW(1, 2, "二"), NEW(4, 5, "一")},
     2,
     1,
     "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框1</w:t></w:r></w:p></w:txbxContent></w:pict></"
     "w:r><w:r><w:t" SPACED "文</w:t></w:r>" OUT("1", "", "2") IN("2", "", "二") "<w:r><w:t" SPACED
                                                                                 "</w:t></w:r></w:p>",
     "文二\n框1\n"},
    /* A tab in between and a formula cannot be divided: nothing is done by halves. */
    {"<w:p><w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p>",
     {NEW(0, 3, "一")},
     1,
     0,
     "<w:p><w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p>",
     "1\t2\n"},
    {"<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>",
     {NEW(0, 2, "一")},
     1,
     0,
     "<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>",
     "12\n"},
};

static void changes_are_tracked(void **state) {
    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        const Case *one = &cases[i];
        char *path = write_test_docx(ctx, one->body, NULL), *copy = mem_printf(ctx, "%s.copy.docx", path);
        size_t done;
        assert_int_equal(docx_correct(path, copy, one->list, one->n, diag_new(ctx), &done), 0);
        assert_int_equal(done, one->done);
        char *document = test_part(ctx, copy, "word/document.xml");
        char *expected = test_xml(ctx, "document", mem_printf(ctx, "<w:body>%s</w:body>", one->expected));
        assert_string_equal(document, expected);
        assert_string_equal(open_reading(ctx, copy)->given, one->given);
    }
}

/* The office suite reads the changes as its own, and prints the struck words and the new ones. */
static void office_suite_knows_them(void **state) {
    (void)state;
    if (!has_program("soffice")) skip();
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *path = our_document(ctx), *copy = mem_printf(ctx, "%s.copy.docx", path), *folder = folder_new(ctx);
    uint32_t at = place_of(ctx, open_reading(ctx, path), "170件");
    const DocxCorrection correction = NEW(at, at + 4, "171件");
    size_t done;
    assert_int_equal(docx_correct(path, copy, &correction, 1, diag_new(ctx), &done), 0);
    assert_int_equal(done, 1);
    output_of(ctx, mem_printf(ctx,
                              "soffice -env:UserInstallation=file://%s/profile --headless --convert-to odt "
                              "--outdir '%s' '%s' 2>&1",
                              folder, folder, copy));
    char *written = test_part(ctx, mem_printf(ctx, "%s/a.docx.copy.odt", folder), "content.xml");
    assert_int_equal(count_of(written, "<text:deletion>"), 1);
    assert_int_equal(count_of(written, "<text:insertion>"), 1);
    assert_int_equal(count_of(written, "<dc:creator>王&amp;明</dc:creator>"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(changes_are_tracked),
                                       cmocka_unit_test(office_suite_knows_them)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
