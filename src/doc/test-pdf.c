/* doc/test-pdf.c: what poppler measures in the PDF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "doc/doc.h"
#include "doc/test-files.h"
#include "doc/test-page.h"

#define LEFT_MM  28.0
#define RIGHT_MM 184.0
#define TOP_MM   37.0
#define CLOSE_MM 0.3

/* For the leak checker: cairo 1.16 forgets 768 bytes with every PDF that has text; fontconfig keeps its cache. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libcairo.so\nleak:libfontconfig.so\n"; }

static bool is_near(double a, double b) { return fabs(a - b) <= CLOSE_MM; }

static const char *pdf_of(const void *ctx, const char *source, Diag *diag) {
    const char *path = mem_printf(ctx, "%s/a.pdf", folder_new(ctx));
    Doc *doc = doc_new(ctx);
    doc->title = "题目";
    assert_int_equal(doc_from_markdown(doc, source, strlen(source), diag), 0);
    assert_int_equal(doc_to_pdf(doc, &doc_fonts_standard, path, diag), 0);
    assert_int_equal(diag->errors, 0);
    return path;
}

static PageLine *lines_of(const void *ctx, const char *source, size_t *ret_n) {
    return page_lines_of(ctx, pdf_of(ctx, source, diag_new(ctx)), ret_n);
}

/* Source text: n copies of a piece behind a start. */
static char *repeated(const void *ctx, const char *start, const char *piece, int n) {
    Buf buf = BUF_INIT(ctx);
    buf_add(&buf, start);
    for (int i = 0; i < n; i++) buf_add(&buf, piece);
    return buf.data;
}

static int needs_poppler(void **state) {
    (void)state;
    unsetenv("SOURCE_DATE_EPOCH");
    if (has_program("pdftotext") && has_program("pdfinfo") && has_program("pdffonts")) return 0;
    puts("SKIP: poppler-utils is not installed");
    exit(77);
}

static void full_page_is_22_lines_of_28_characters(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, "> ", "青禾县科技局", 28 * 50 / 6 + 1), &n);
    assert_int_equal(n, 51);
    for (size_t i = 0; i + 1 < n; i++) {
        assert_int_equal(lines[i].page, 1 + i / 22);
        assert_int_equal(lines[i].n_chars, 28);
        assert_true(is_near(lines[i].left, LEFT_MM));
        assert_true(is_near(lines[i].right, RIGHT_MM));
        assert_true(is_near((lines[i].right - lines[i].left) / 28, 156.0 / 28));
        if (i % 22) assert_true(is_near(lines[i].top - lines[i - 1].top, 225.0 / 22));
        if (i % 22) assert_true(is_near(lines[i].top - lines[i - i % 22].top, (double)(i % 22) * 225.0 / 22));
    }
    double middle = (lines[0].top + lines[0].bottom) / 2;
    assert_true(middle > TOP_MM && middle < TOP_MM + 225.0 / 22);
}

static void a_line_that_is_not_full_keeps_the_grid_too(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, "> ", "青", 27), &n);
    assert_int_equal(n, 1);
    assert_true(is_near(lines[0].right, LEFT_MM + 27 * 156.0 / 28));
}

static void first_line_is_indented_by_two(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, "", "青", 26 + 28 + 5), &n);
    assert_int_equal(n, 3);
    assert_int_equal(lines[0].n_chars, 26);
    assert_true(is_near(lines[0].left, LEFT_MM + 2 * 156.0 / 28));
    assert_int_equal(lines[1].n_chars, 28);
    assert_true(is_near(lines[1].left, LEFT_MM));
    assert_int_equal(lines[2].n_chars, 5);
}

static bool starts_with_any(const char *text, const char *const *marks) {
    for (; *marks; marks++)
        if (strncmp(text, *marks, strlen(*marks)) == 0) return true;
    return false;
}

static bool ends_with_any(const char *text, const char *const *marks) {
    for (; *marks; marks++)
        if (strlen(text) >= strlen(*marks) && strcmp(text + strlen(text) - strlen(*marks), *marks) == 0) return true;
    return false;
}

/* Shifted by one character a paragraph, so that every mark comes to every end of a line. */
static void lines_keep_the_rules_of_chinese(void **state) {
    (void)state;
    static const char *const closing[] = {"，", "。", "、", "；", "：", "！", "？", "）",
                                          "》", "”",  "’",  "%",  "…",  "—",  NULL};
    static const char *const opening[] = {"（", "《", "“", "‘", NULL};
    static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "%", NULL};
    static const char *const units[] = {"件", "名", "万", "余", "年", "月", "以", "家", NULL};
    static const char piece[] = "上半年“登记”成果170件，《汇编》（2020年版）8000余册；1—4月增长3.6%以上、"
                                "新增‘小巨人’1.2万家：好！对？是……——完。培训1500名";
    MEM_SCRATCH ctx = talloc_new(NULL);
    Buf source = BUF_INIT(ctx);
    for (int shift = 0; shift < 28; shift++)
        buf_printf(&source, "%s\n\n", repeated(ctx, repeated(ctx, "", "青", shift), piece, 4));
    size_t n;
    PageLine *lines = lines_of(ctx, source.data, &n);
    assert_true(n > 28 * 8);
    size_t full = 0;
    for (size_t i = 0; i < n; i++) {
        bool paragraph = lines[i].left > LEFT_MM + 5;
        assert_false(!paragraph && starts_with_any(lines[i].text, closing));
        assert_false(ends_with_any(lines[i].text, opening));
        if (i + 1 == n || lines[i + 1].left > LEFT_MM + 5) continue;
        assert_false(ends_with_any(lines[i].text, digits) && starts_with_any(lines[i + 1].text, units));
        assert_true(is_near(lines[i].right, RIGHT_MM));
        full++;
    }
    assert_true(full > 28 * 6);
}

static void long_words_break_where_the_line_ends(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, "> ", "x", 300), &n);
    assert_true(n >= 4);
    for (size_t i = 0; i < n; i++) assert_true(lines[i].right < RIGHT_MM + CLOSE_MM);
}

static void headings_stay_with_their_text(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, repeated(ctx, "", "青\n\n", 20), "## 甲\n\n### 乙\n\n丙\n", 1), &n);
    assert_int_equal(n, 23);
    assert_int_equal(lines[19].page, 1);
    assert_string_equal(lines[20].text, "甲");
    assert_int_equal(lines[20].page, 2);
    assert_true(is_near(lines[20].left, LEFT_MM + 2 * 156.0 / 28));
}

static void titles_are_centred_and_leave_a_line(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines =
        lines_of(ctx, "# 青禾县科学技术局关于2020年上半年工作情况和下半年工作安排的报告\n\n> 县政府：\n", &n);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < 2; i++) assert_true(is_near(lines[i].left - LEFT_MM, RIGHT_MM - lines[i].right));
    assert_true(lines[0].right - lines[0].left > lines[1].right - lines[1].left);
    double height = lines[2].bottom - lines[1].bottom;
    assert_true(height > 1.6 * 225.0 / 22 && height < 2.4 * 225.0 / 22);
}

static void signatures_end_four_characters_from_the_margin(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, "正文。\n\n^ 青禾县科学技术局\n^ 二零二零年七月五日\n", &n);
    assert_int_equal(n, 3);
    assert_true(is_near(lines[2].right, RIGHT_MM - 4 * 156.0 / 28));
    assert_true(is_near((lines[1].left + lines[1].right) / 2, (lines[2].left + lines[2].right) / 2));
    assert_true(is_near(lines[1].top - lines[0].top, 2 * 225.0 / 22));
}

static void annexes_begin_a_page(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, "甲\n\n---\n\n> 附件1\n\n# 乙\n", &n);
    assert_int_equal(n, 3);
    assert_int_equal(lines[1].page, 2);
    assert_true(is_near(lines[1].left, LEFT_MM));
    double height = lines[2].bottom - lines[1].bottom; /* the title stands in the third line */
    assert_true(height > 1.6 * 225.0 / 22 && height < 2.4 * 225.0 / 22);
}

static void page_numbers_stand_outside_seven_millimetres_below(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    const char *path = pdf_of(ctx, repeated(ctx, "", "青\n\n", 50), diag_new(ctx));
    PageLine *numbers = page_numbers_of(ctx, path, &n);
    assert_int_equal(n, 3);
    double blank = 14 / POINTS_PER_MM, middle = (numbers[0].top + numbers[0].bottom) / 2;
    assert_string_equal(numbers[0].text, "—1—");
    assert_string_equal(numbers[1].text, "—2—");
    assert_true(is_near(numbers[0].right, RIGHT_MM - blank));
    assert_true(is_near(numbers[1].left, LEFT_MM + blank));
    assert_true(is_near(numbers[2].right, RIGHT_MM - blank));
    assert_true(fabs(middle - (AREA_BOTTOM_MM + 7)) < 1);
}

static void tables_repeat_their_heading(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t n;
    PageLine *lines = lines_of(ctx, repeated(ctx, "| 表头 | 数 |\n|---|---|\n", "| 行 | 7 |\n", 90), &n);
    assert_true(lines[n - 1].page >= 3);
    assert_int_equal(n, 90 + (size_t)lines[n - 1].page);
    for (size_t i = 0; i < n; i++) {
        bool first = i == 0 || lines[i].page != lines[i - 1].page;
        assert_string_equal(lines[i].text, first ? "表头数" : "行7");
        assert_true(lines[i].left > LEFT_MM && lines[i].right < RIGHT_MM && lines[i].bottom < AREA_BOTTOM_MM);
    }
}

static void a_row_taller_than_a_page_is_cut(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    char *cell = repeated(ctx, "| 甲 | 乙 |\n|---|---|\n| 丙 | ", "青", 3000);
    size_t n, found = 0;
    PageLine *lines = lines_of(ctx, mem_printf(ctx, "%s |\n", cell), &n);
    assert_true(lines[n - 1].page >= 2);
    for (size_t i = 0; i < n; i++) found += count_of(lines[i].text, "青");
    assert_int_equal(found, 3000);
    for (size_t i = 0; i < n; i++) assert_true(lines[i].bottom < AREA_BOTTOM_MM);
}

static void numbers_lead_to_their_row(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const char *path = pdf_of(ctx,
                              "[170件](figure:a@2020H1)[无](figure:none)[网](https://example.org/a\\(b?c='d)\n\n"
                              "| 甲 |\n|---|\n| [乙](<> \"a@2020H1\") |\n| [丙](<> \"a@2020H1\") |\n",
                              diag_new(ctx));
    char *names = output_of(ctx, mem_printf(ctx, "pdfinfo -dests '%s'", path));
    assert_int_equal(count_of(names, "\"f_a_2020H1_"), 1);
    char *urls = output_of(ctx, mem_printf(ctx, "pdfinfo -url '%s'", path));
    assert_non_null(strstr(urls, "https://example.org/a%28b?c=%27d"));
    assert_int_equal(atoi(output_of(ctx, mem_printf(ctx, "grep -a -c '/Subtype /Link' '%s'", path))), 2);
}

static void file_carries_its_fonts_and_title(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    Diag *diag = diag_new(ctx);
    const char *path = pdf_of(ctx, "# 甲\n\n## 乙\n\n丙**丁**\n", diag);
    char *info = output_of(ctx, mem_printf(ctx, "pdfinfo '%s'", path));
    assert_null(strstr(info, "CreationDate"));
    assert_non_null(strstr(info, "题目"));
    assert_non_null(strstr(info, "A4"));
    char *fonts = output_of(ctx, mem_printf(ctx, "pdffonts '%s' | tail -n +3", path));
    assert_true(count_of(fonts, "\n") >= 1);
    assert_int_equal(count_of(fonts, " yes yes yes "), count_of(fonts, "\n"));
    for (size_t i = 0; i < diag->count; i++) assert_string_not_equal(diag->list[i].code, "font-missing");
    assert_true(diag->count <= 5);
}

static char *bytes_of(const void *ctx, const char *source, size_t *ret_size) {
    char *bytes;
    const char *path = pdf_of(ctx, source, diag_new(ctx));
    assert_int_equal(file_read(ctx, path, 1 << 24, diag_new(ctx), &bytes, ret_size), 0);
    return bytes;
}

static void same_document_gives_the_same_bytes(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    size_t first_size, second_size;
    char *first = bytes_of(ctx, "# 甲\n\n乙\n", &first_size);
    setenv("SOURCE_DATE_EPOCH", "1593914400", 1);
    const char *dated = pdf_of(ctx, "# 甲\n\n乙\n", diag_new(ctx));
    assert_non_null(
        strstr(output_of(ctx, mem_printf(ctx, "TZ=UTC pdfinfo -isodates '%s'", dated)), "2020-07-05T02:00:00"));
    unsetenv("SOURCE_DATE_EPOCH");
    sleep(1);
    char *second = bytes_of(ctx, "# 甲\n\n乙\n", &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_page_is_22_lines_of_28_characters),
        cmocka_unit_test(a_line_that_is_not_full_keeps_the_grid_too),
        cmocka_unit_test(first_line_is_indented_by_two),
        cmocka_unit_test(lines_keep_the_rules_of_chinese),
        cmocka_unit_test(long_words_break_where_the_line_ends),
        cmocka_unit_test(headings_stay_with_their_text),
        cmocka_unit_test(titles_are_centred_and_leave_a_line),
        cmocka_unit_test(signatures_end_four_characters_from_the_margin),
        cmocka_unit_test(annexes_begin_a_page),
        cmocka_unit_test(page_numbers_stand_outside_seven_millimetres_below),
        cmocka_unit_test(tables_repeat_their_heading),
        cmocka_unit_test(a_row_taller_than_a_page_is_cut),
        cmocka_unit_test(numbers_lead_to_their_row),
        cmocka_unit_test(file_carries_its_fonts_and_title),
        cmocka_unit_test(same_document_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, needs_poppler, NULL);
}
