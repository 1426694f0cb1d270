/* doc/test-docx-comment.c: comments put into a docx; the text and all else stays, and the office suite shows them. */
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doc/reading.h"
#include "doc/test-docx-file.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define BOLD          "<w:rPr><w:b/></w:rPr>"
#define START(id)     "<w:commentRangeStart w:id=\"" id "\"/>"
#define END(id)       "<w:commentRangeEnd w:id=\"" id "\"/><w:r><w:commentReference w:id=\"" id "\"/></w:r>"
#define SPACED        " xml:space=\"preserve\">"

/* The copy with its comments; its text is that of the original. */
static char *comment(const void *ctx, char *path, const DocxComment *comments, size_t n) {
    char *copy = mem_printf(ctx, "%s.copy.docx", path);
    Diag *diag = diag_new(ctx);
    if (docx_comment(path, copy, "校对 <1>", comments, n, diag) != 0) fail_msg("%s", diag_line(ctx, &diag->list[0]));
    Reading *before = open_reading(ctx, path), *after = open_reading(ctx, copy);
    assert_string_equal(after->given, before->given);
    assert_string_equal(lines_of(ctx, after), lines_of(ctx, before));
    return copy;
}

typedef struct Case {
    const char *body;
    DocxComment comments[3];
    size_t n;
    const char *expected;
} Case;

static void marks_stand_at_their_places(void **state) {
    (void)state;
    static const Case cases[] = {
        /* A whole run. */
        {"<w:p><w:r><w:t>一</w:t></w:r></w:p>",
         {{0, 1, "a"}},
         1,
         "<w:p>" START("0") "<w:r><w:t>一</w:t></w:r>" END("0") "</w:p>"},
        /* Within a run, which keeps its properties on both sides. */
        {"<w:p><w:r>" BOLD "<w:t>登记170件</w:t></w:r></w:p>",
         {{2, 5, "a"}},
         1,
         "<w:p><w:r>" BOLD "<w:t" SPACED "登记</w:t></w:r>" START("0") "<w:r>" BOLD "<w:t" SPACED "170</w:t></w:r>" END(
             "0") "<w:r>" BOLD "<w:t" SPACED "件</w:t></w:r></w:p>"},
        /* Over several runs, references and other elements of a run. */
        {"<w:p><w:r w:x='>'><w:t "
         "xml:space='preserve'>a&amp;b</w:t><w:tab/><w:t>c</w:t></w:r><w:r><w:t>d</w:t></w:r></w:p>",
         {{2, 3, "a"}, {3, 4, "b"}, {4, 6, "c"}},
         3,
         "<w:p><w:r w:x='>'><w:t xml:space='preserve'>a&amp;</w:t></w:r>" START(
             "0") "<w:r><w:t" SPACED "b</w:t></w:r>" END("0") START("1") "<w:r><w:tab/></w:r>" END("1")
             START("2") "<w:r><w:t>c</w:t></w:r><w:r><w:t>d</w:t></w:r>" END("2") "</w:p>"},
        /* Overlapping ones, and over paragraphs. */
        {"<w:p><w:r><w:t>一二</w:t></w:r></w:p><w:p><w:r><w:t>三四</w:t></w:r></w:p>",
         {{0, 4, "a"}, {1, 2, "b"}},
         2,
         "<w:p>" START("0") "<w:r><w:t" SPACED "一</w:t></w:r>" START("1") "<w:r><w:t" SPACED "二</w:t></w:r>" END(
             "1") "</w:p><w:p><w:r><w:t" SPACED "三</w:t></w:r>" END("0") "<w:r><w:t" SPACED "四</w:t></w:r></w:p>"},
        /* A place without extent; one behind a paragraph or behind all is its last words. */
        {"<w:p><w:r><w:t>一二</w:t></w:r></w:p>",
         {{2, 3, "a"}, {0, 0, "b"}, {99, 99, "c"}},
         3,
         "<w:p>" START("0") START("1") START("2") "<w:r><w:t" SPACED "一</w:t></w:r>" END(
             "1") "<w:r><w:t" SPACED "二</w:t></w:r>" END("0") END("2") "</w:p>"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        char *copy = comment(ctx, write_test_docx(ctx, cases[i].body, NULL), cases[i].comments, cases[i].n);
        char *document = test_part(ctx, copy, "word/document.xml");
        if (!strstr(document, cases[i].expected)) fail_msg("%zu: %s", i, document);
    }
}

/* Each comment, however odd its place, begins before it ends, once, in sound XML. */
static void odd_places_are_sound(void **state) {
    (void)state;
    static const char BODY[] =
        "<w:p><w:r><w:t>前</w:t></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:pict><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
        "<w:ins><w:r><w:t><![CDATA[<后>]]></w:t></w:r></w:ins><w:r><w:footnoteReference w:id='3'/></w:r></w:p><w:tbl>"
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        "<w:p><w:hyperlink><w:r><w:t>链&#x63A5;</w:t><w:br/></w:r></w:hyperlink></w:p>";
    static const TestPart parts[] = {
        {"footnotes", "<w:footnote w:id='3'><w:p><w:r><w:t>注文</w:t></w:r></w:p></w:footnote>"}, {0}};
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *path = write_test_docx(ctx, BODY, parts);
    uint32_t n = open_reading(ctx, path)->n_given;
    for (uint32_t start = 0; start <= n; start++) {
        for (uint32_t end = start; end <= n; end++) {
            MEM_SCRATCH one = talloc_new(ctx);
            char *copy = comment(one, path, &(DocxComment){start, end, "a"}, 1);
            char *document = test_part(one, copy, "word/document.xml");
            xmlDoc *tree = xmlReadMemory(document, (int)strlen(document), "d", NULL, XML_PARSE_NONET);
            assert_non_null(tree);
            xmlFreeDoc(tree);
            const char *begins = strstr(document, "commentRangeStart"), *ends = strstr(document, "commentRangeEnd");
            assert_true(begins && ends && begins < ends);
            assert_int_equal(count_of(document, "commentRangeStart"), 1);
            assert_int_equal(count_of(document, "commentReference"), 1);
        }
    }
}

static void comments_that_are_there_stay(void **state) {
    (void)state;
    static const TestPart parts[] = {{"styles", ""}, {"comments", "<w:comment w:id='7'><w:p/></w:comment>"}, {0}};
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *path = write_test_docx(ctx, "<w:p><w:r><w:t>一二</w:t></w:r></w:p>", parts);
    char *copy = comment(ctx, path, (DocxComment[]){{0, 1, "甲\n<乙>"}, {1, 2, "丙"}}, 2);
    char *comments = test_part(ctx, copy, "word/comments.xml");
    assert_non_null(strstr(comments, "<w:comment w:id='7'><w:p/></w:comment><w:comment "));
    assert_non_null(strstr(comments,
                           "w:id=\"8\" w:author=\"校对 &lt;1&gt;\"><w:p><w:r><w:t xml:space=\"preserve\">甲</w:t>"
                           "</w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">&lt;乙&gt;</w:t></w:r></w:p>"));
    assert_non_null(strstr(comments, "w:id=\"9\""));
    assert_string_equal(test_part(ctx, copy, "[Content_Types].xml"), test_part(ctx, path, "[Content_Types].xml"));
    copy = comment(ctx, copy, &(DocxComment){0, 2, "再"}, 1); /* once more, over what was divided */
    assert_non_null(strstr(test_part(ctx, copy, "word/comments.xml"), "w:id=\"10\""));
}

static char *raw_entry(const void *ctx, const char *path, zip_uint64_t index, const char **ret_name, size_t *ret_size) {
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_stat_t about;
    assert_int_equal(zip_stat_index(zip, index, 0, &about), 0);
    char *bytes = mem_array(ctx, char, about.comp_size + 1);
    zip_file_t *file = zip_fopen_index(zip, index, ZIP_FL_COMPRESSED);
    assert_int_equal(zip_fread(file, bytes, about.comp_size), about.comp_size);
    *ret_name = mem_strdup(ctx, about.name);
    *ret_size = (size_t)about.comp_size;
    zip_fclose(file);
    zip_discard(zip);
    return bytes;
}

static DocxComment remark(const void *ctx, const Reading *reading, const char *stretch, const char *text) {
    uint32_t start = place_of(ctx, reading, stretch);
    return (DocxComment){start, start + (uint32_t)text_count(stretch), text};
}

static void other_entries_stay_byte_for_byte(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *path = our_document(ctx);
    char *copy = comment(ctx, path, &(DocxComment){0, 2, "a"}, 1);
    static const char *const changed[] = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"};
    for (zip_uint64_t i = 0; i < 11; i++) {
        const char *name, *same;
        size_t size, copy_size;
        char *bytes = raw_entry(ctx, path, i, &name, &size), *copied = raw_entry(ctx, copy, i, &same, &copy_size);
        assert_string_equal(name, same);
        bool may = false;
        for (size_t k = 0; k < LENGTH(changed); k++) may = may || strcmp(name, changed[k]) == 0;
        if (may) continue;
        assert_int_equal(size, copy_size);
        assert_memory_equal(bytes, copied, size);
    }
}

/* The office suite writes the comments anew, each around the words it was put on, and the text is the same. */
static void office_suite_keeps_them(void **state) {
    (void)state;
    if (!has_program("soffice")) skip();
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *path = our_document(ctx);
    Reading *reading = open_reading(ctx, path);
    DocxComment comments[] = {remark(ctx, reading, "170", "甲：应为171"), remark(ctx, reading, "3.6%”以", "乙"),
                              remark(ctx, reading, "\t170\n", "丙")};
    char *copy = comment(ctx, path, comments, LENGTH(comments)), *folder = folder_new(ctx);
    output_of(ctx, mem_printf(ctx,
                              "soffice -env:UserInstallation=file://%s/profile --headless --convert-to "
                              "docx:'MS Word 2007 XML' --outdir '%s' '%s' 2>&1",
                              folder, folder, copy));
    char *again = mem_printf(ctx, "%s/%s", folder, file_base_name(copy));
    assert_string_equal(open_reading(ctx, again)->given, reading->given);
    char *written = test_part(ctx, again, "word/comments.xml");
    assert_non_null(strstr(written, "甲：应为171"));
    assert_int_equal(count_of(written, "<w:comment "), LENGTH(comments));
    char *document = test_part(ctx, again, "word/document.xml");
    const char *from = strstr(document, "commentRangeStart"), *to = strstr(document, "commentRangeEnd");
    assert_true(from && to && from < to);
    const char *number = strstr(from, ">170<");
    assert_true(number && number < to);
}

static void what_is_no_docx_is_refused(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *folder = folder_new(ctx), *path = mem_printf(ctx, "%s/a.docx", folder);
    Diag *diag = diag_new(ctx);
    assert_int_equal(file_write(path, "PK\x03\x04 text", 9, diag), 0);
    assert_int_equal(docx_comment(path, mem_printf(ctx, "%s/b.docx", folder), "a", NULL, 0, diag), 1);
    assert_int_equal(diag->count, 1);
    assert_string_equal(diag->list[0].code, "reading-damaged");
    assert_int_not_equal(access(mem_printf(ctx, "%s/b.docx", folder), F_OK), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stand_at_their_places),  cmocka_unit_test(odd_places_are_sound),
        cmocka_unit_test(comments_that_are_there_stay), cmocka_unit_test(other_entries_stay_byte_for_byte),
        cmocka_unit_test(office_suite_keeps_them),      cmocka_unit_test(what_is_no_docx_is_refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
