/* doc/test-docx.c: the package is read back with other libraries, and with LibreOffice where it is installed. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <zip.h>

#include <cmocka.h>

#include "base/file.h"
#include "doc/doc.h"
#include "doc/test-files.h"
#include "doc/test-page.h"

#define WORD      "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char SOURCE[] =
    "# 青禾县科学技术局关于2020年上半年工作情况和下半年工作安排的报告\n\n> 县人民政府：\n\n## 主要工作\n\n### 成果\n\n"
    "#### "
    "登记\n\n上半年登记成果[170件](figure:a@2020H1)，**增长**“3.6%”以上，见[网站](https://example.org/?a=1&b=<2>)、"
    "[别处](figure:none)。\n\n^ 青禾县科学技术局\n^ 2020年7月5日\n\n---\n\n> 附件\n\n"
    "| 指标 | 数值 |\n|---|---|\n| [成果登记](<> \"a@2020H1\") | 170<件>&\"’ |\n| 其他 |  |\n";

/* A written document and its parts. */
typedef struct Package {
    char *path;
    zip_t *archive;
} Package;

static int package_drop(Package *package) {
    zip_discard(package->archive);
    return 0;
}

static Package *package_of(const void *ctx, const char *source) {
    Package *package = mem_new(ctx, Package);
    package->path = mem_printf(package, "%s/a.docx", folder_new(ctx));
    Doc *doc = doc_new(ctx);
    doc->title = "题目 <&>\x01!";
    Diag *diag = diag_new(ctx);
    assert_int_equal(doc_from_markdown(doc, source, strlen(source), diag), 0);
    doc_number_headings(doc);
    assert_int_equal(doc_to_docx(doc, &doc_fonts_standard, package->path, diag), 0);
    assert_int_equal(diag->count, 0);
    package->archive = zip_open(package->path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(package->archive);
    talloc_set_destructor(package, package_drop);
    return package;
}

static char *part_of(const void *ctx, Package *package, const char *name, size_t *ret_size) {
    zip_stat_t stat;
    assert_int_equal(zip_stat(package->archive, name, 0, &stat), 0);
    char *bytes = mem_array(ctx, char, stat.size + 1);
    zip_file_t *file = zip_fopen(package->archive, name, 0);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    *ret_size = (size_t)stat.size;
    return bytes;
}

typedef struct Xml {
    xmlDoc *tree;
    xmlXPathContext *xpath;
} Xml;

static int xml_drop(Xml *xml) {
    xmlXPathFreeContext(xml->xpath);
    xmlFreeDoc(xml->tree);
    return 0;
}

static Xml *xml_of(const void *ctx, Package *package, const char *name) {
    Xml *xml = mem_new(ctx, Xml);
    size_t size;
    char *bytes = part_of(xml, package, name, &size);
    xml->tree = xmlReadMemory(bytes, (int)size, name, NULL, XML_PARSE_NONET);
    assert_non_null(xml->tree);
    xml->xpath = xmlXPathNewContext(xml->tree);
    xmlXPathRegisterNs(xml->xpath, BAD_CAST "w", BAD_CAST WORD);
    xmlXPathRegisterNs(xml->xpath, BAD_CAST "r", BAD_CAST RELATIONS);
    talloc_set_destructor(xml, xml_drop);
    return xml;
}

static char *value_of(Xml *xml, const char *path) {
    char *expression = mem_printf(xml, "string(%s)", path);
    xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST expression, xml->xpath);
    assert_non_null(found);
    char *value = mem_strdup(xml, (const char *)found->stringval);
    xmlXPathFreeObject(found);
    return value;
}

static void assert_value(Xml *xml, const char *path, const char *expected) {
    assert_string_equal(value_of(xml, path), expected);
}

static void page_is_that_of_the_standard(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Xml *xml = xml_of(ctx, package_of(ctx, SOURCE), "word/document.xml");
    assert_value(xml, "//w:pgSz/@w:w", "11906");
    assert_value(xml, "//w:pgSz/@w:h", "16838");
    assert_value(xml, "//w:pgMar/@w:top", "2098");    /* 37 mm */
    assert_value(xml, "//w:pgMar/@w:left", "1587");   /* 28 mm */
    assert_value(xml, "//w:pgMar/@w:bottom", "1984"); /* 35 mm */
    assert_value(xml, "//w:pgMar/@w:right", "1474");  /* 26 mm */
    assert_value(xml, "//w:docGrid/@w:type", "linesAndChars");
    int line = atoi(value_of(xml, "//w:docGrid/@w:linePitch"));
    assert_int_equal((16838 - 2098 - 1984) / line, 22);
    double pitch = 16 + atof(value_of(xml, "//w:docGrid/@w:charSpace")) / 4096;
    assert_int_equal((int)((11906 - 1587 - 1474) / 20.0 / pitch), 28);
    assert_value(xml, "//w:pgMar/@w:footer", "1447"); /* 35 − 7 mm − half of 14 pt */
}

static void every_run_names_its_fonts_and_size(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Xml *xml = xml_of(ctx, package_of(ctx, SOURCE), "word/document.xml");
    assert_value(xml, "count(//w:r[w:t])",
                 value_of(xml, "count(//w:r[w:t][w:rPr/w:rFonts[@w:ascii and @w:hAnsi and "
                               "@w:eastAsia and @w:cs]][w:rPr/w:sz and w:rPr/w:szCs])"));
    assert_value(xml, "count(//@*[contains(name(), 'Theme')])", "0");
    static const char *const expected[][3] = {{"Title", "方正小标宋简体", "44"}, {"Flush", "仿宋_GB2312", "32"},
                                              {"Heading1", "黑体", "32"},        {"Heading2", "楷体_GB2312", "32"},
                                              {"Heading3", "仿宋_GB2312", "32"}, {"BodyText", "仿宋_GB2312", "32"},
                                              {"Annex", "黑体", "32"},           {"TableText", "黑体", "24"}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *run = mem_printf(ctx, "//w:p[w:pPr/w:pStyle/@w:val='%s'][1]//w:r/w:rPr", expected[i][0]);
        assert_value(xml, mem_printf(ctx, "%s/w:rFonts/@w:eastAsia", run), expected[i][1]);
        assert_value(xml, mem_printf(ctx, "%s/w:sz/@w:val", run), expected[i][2]);
    }
}

static void styles_hold_the_lines_and_indents(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Package *package = package_of(ctx, SOURCE);
    Xml *document = xml_of(ctx, package, "word/document.xml"), *styles = xml_of(ctx, package, "word/styles.xml");
    assert_value(styles, "//w:style[@w:styleId='Normal']//w:spacing/@w:line",
                 value_of(document, "//w:docGrid/@w:linePitch"));
    assert_value(styles, "//w:style[@w:styleId='Normal']//w:spacing/@w:lineRule", "exact");
    assert_value(styles, "//w:style[@w:styleId='BodyText']//w:ind/@w:firstLineChars", "200");
    assert_value(styles, "//w:style[@w:styleId='BodyText']//w:ind/@w:firstLine", "632");
    assert_value(styles, "//w:style[@w:styleId='Title']//w:jc/@w:val", "center");
    assert_value(styles, "//w:docDefaults//w:rFonts/@w:eastAsia", "仿宋_GB2312");
    assert_value(styles, "count(//@*[contains(., '@')])", "0");
    int used = atoi(value_of(document, "count(//w:pStyle)"));
    for (int i = 1; i <= used; i++) {
        char *style = value_of(document, mem_printf(ctx, "(//w:pStyle)[%d]/@w:val", i));
        assert_value(styles, mem_printf(ctx, "count(//w:style[@w:styleId='%s'])", style), "1");
    }
}

static void tables_have_their_grid(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Xml *xml = xml_of(ctx, package_of(ctx, SOURCE), "word/document.xml");
    assert_value(xml, "sum(//w:gridCol/@w:w)", "8845");
    assert_value(xml, "count(//w:tc)", "6");
    assert_value(xml, "count(//w:tc[w:tcPr/w:tcW/@w:w > 0][w:p])", "6");
    assert_value(xml, "//w:tr[2]/w:tc[1]/w:tcPr/w:tcW/@w:w", value_of(xml, "//w:gridCol[1]/@w:w"));
    assert_value(xml, "count(//w:tr[w:trPr/w:tblHeader])", "1");
    assert_value(xml, "count(//w:tr[w:trPr/w:cantSplit])", "3");
    assert_value(xml, "//w:tr[2]/w:tc[2]//w:t", "170<件>&\"’");
    assert_value(xml, "count(//w:tbl/following-sibling::w:p)", "1");
}

static void numbers_lead_to_the_annex(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Package *package = package_of(ctx, SOURCE);
    Xml *xml = xml_of(ctx, package, "word/document.xml");
    assert_value(xml, "count(//w:bookmarkStart)", "1");
    assert_value(xml, "//w:hyperlink[@w:anchor]/@w:anchor", value_of(xml, "//w:bookmarkStart/@w:name"));
    assert_value(xml, "//w:hyperlink[@w:anchor]//w:t", "170件");
    assert_value(xml, "count(//w:bookmarkEnd[@w:id=//w:bookmarkStart/@w:id])", "1");
    assert_value(xml, "count(//w:hyperlink)", "2");
    assert_value(xml, "count(//w:hyperlink//w:u | //w:hyperlink//w:color)", "0");
    Xml *relations = xml_of(ctx, package, "word/_rels/document.xml.rels");
    assert_value(relations, "//*[@TargetMode='External']/@Target", "https://example.org/?a=1&b=%3C2%3E");
    assert_value(relations, "//*[@TargetMode='External']/@Id", value_of(xml, "//w:hyperlink/@r:id"));
}

static void every_part_is_there_and_named(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Package *package = package_of(ctx, SOURCE);
    assert_string_equal(zip_get_name(package->archive, 0, 0), "[Content_Types].xml");
    Xml *types = xml_of(ctx, package, "[Content_Types].xml");
    zip_int64_t n = zip_get_num_entries(package->archive, 0);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)n; i++) {
        const char *name = zip_get_name(package->archive, i, 0);
        xml_of(ctx, package, name);
        if (strstr(name, ".rels") || strstr(name, "[Content")) continue;
        assert_value(types, mem_printf(ctx, "count(//*[@PartName='/%s'])", name), "1");
    }
    Xml *relations = xml_of(ctx, package, "word/_rels/document.xml.rels");
    int parts = atoi(value_of(relations, "count(//*[@Target][not(@TargetMode)])"));
    assert_int_equal(parts, 5);
    for (int i = 1; i <= parts; i++) {
        char *target = value_of(relations, mem_printf(ctx, "(//*[@Target][not(@TargetMode)])[%d]/@Target", i));
        assert_true(zip_name_locate(package->archive, mem_printf(ctx, "word/%s", target), 0) >= 0);
    }
    assert_value(xml_of(ctx, package, "docProps/core.xml"), "//*[local-name()='title']", "题目 <&> !");
}

static void page_numbers_stand_outside(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Package *package = package_of(ctx, SOURCE);
    assert_value(xml_of(ctx, package, "word/settings.xml"), "count(//w:evenAndOddHeaders)", "1");
    static const char *const sides[][2] = {{"word/footer1.xml", "right"}, {"word/footer2.xml", "left"}};
    for (size_t i = 0; i < 2; i++) {
        Xml *footer = xml_of(ctx, package, sides[i][0]);
        assert_value(footer, "//w:jc/@w:val", sides[i][1]);
        assert_value(footer, mem_printf(ctx, "//w:ind/@w:%sChars", sides[i][1]), "100");
        assert_value(footer, "normalize-space(//w:p)", "— PAGE 1 —");
        assert_value(footer, "//w:rFonts/@w:eastAsia", "宋体");
        assert_value(footer, "//w:sz/@w:val", "28");
    }
}

static void same_document_gives_the_same_bytes(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *first, *second;
    size_t first_size, second_size;
    setenv("TZ", "Asia/Shanghai", 1);
    const char *path = package_of(ctx, SOURCE)->path;
    assert_int_equal(file_read(ctx, path, 1 << 20, diag_new(ctx), &first, &first_size), 0);
    setenv("TZ", "America/New_York", 1);
    path = package_of(ctx, SOURCE)->path;
    assert_int_equal(file_read(ctx, path, 1 << 20, diag_new(ctx), &second, &second_size), 0);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
}

/* LibreOffice's text, without the line breaks it and the title bring. */
static void office_suite_reads_all_text(void **state) {
    (void)state;
    if (!has_program("soffice")) skip();
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *folder = folder_new(ctx);
    Package *package = package_of(ctx, SOURCE);
    output_of(ctx, mem_printf(ctx,
                              "soffice -env:UserInstallation=file://%s/profile --headless --convert-to "
                              "txt:Text:UTF8 --outdir '%s' '%s' 2>&1",
                              folder, folder, package->path));
    char *bytes;
    size_t size;
    assert_int_equal(file_read(ctx, mem_printf(ctx, "%s/a.txt", folder), 1 << 20, diag_new(ctx), &bytes, &size), 0);
    Buf text = BUF_INIT(ctx);
    for (size_t i = 0; i < size; i++)
        if (!strchr("\r\n\t", bytes[i])) buf_char(&text, bytes[i]);
    const char *start = strncmp(buf_text(&text), "\xEF\xBB\xBF", 3) == 0 ? text.data + 3 : text.data;
    assert_string_equal(start, "青禾县科学技术局关于2020年上半年工作情况和下半年工作安排的报告县人民政府：一、主要工作"
                               "（一）成果1.登记上半年登记成果170件，增长“3.6%”以上，见网站、别处。青禾县科学技术局"
                               "2020年7月5日附件指标数值成果登记170<件>&\"’其他");
}

/* A page full of Han characters comes out of the office suite as it does of our own PDF writer. */
static void office_suite_keeps_the_grid(void **state) {
    (void)state;
    if (!has_program("soffice") || !has_program("pdftotext")) skip();
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *folder = folder_new(ctx);
    Buf source = BUF_INIT(ctx);
    for (int i = 0; i < 30 * 28; i++) buf_add(&source, i % 28 == 0 ? "青" : "禾");
    Package *package = package_of(ctx, mem_printf(ctx, "> %s\n", source.data));
    output_of(ctx, mem_printf(ctx,
                              "soffice -env:UserInstallation=file://%s/profile --headless --convert-to pdf "
                              "--outdir '%s' '%s' 2>&1",
                              folder, folder, package->path));
    size_t n_lines;
    const PageLine *lines = page_lines_of(ctx, mem_printf(ctx, "%s/a.pdf", folder), &n_lines);
    assert_int_equal(n_lines, 30);
    for (size_t i = 0; i < n_lines; i++) {
        assert_int_equal(lines[i].page, i < 22 ? 1 : 2);
        assert_int_equal(lines[i].n_chars, 28);
        assert_true(strncmp(lines[i].text, "青", strlen("青")) == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_is_that_of_the_standard),      cmocka_unit_test(every_run_names_its_fonts_and_size),
        cmocka_unit_test(styles_hold_the_lines_and_indents), cmocka_unit_test(tables_have_their_grid),
        cmocka_unit_test(numbers_lead_to_the_annex),         cmocka_unit_test(every_part_is_there_and_named),
        cmocka_unit_test(page_numbers_stand_outside),        cmocka_unit_test(same_document_gives_the_same_bytes),
        cmocka_unit_test(office_suite_reads_all_text),       cmocka_unit_test(office_suite_keeps_the_grid),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
