/* csv and xlsx out, and marked copies: read back with our own reader, and part by part where that does not reach. */
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/file.h"
#include "sheet/test-sheet.h"

static const char *const CLASSES[] = {"国家级", "省级", "市级"};
static const SheetColumn COLUMNS[] = {
    {.heading = "名称", .required = true, .note = "全称，与营业执照一致"},
    {.heading = "身份证号", .kind = SHEET_AS_TEXT, .width = 20},
    {.heading = "级别", .choices = CLASSES, .n_choices = 3},
    {.heading = "人数", .kind = SHEET_AS_INT},
    {.heading = "金额（万元）", .kind = SHEET_AS_DECIMAL, .scale = 2},
    {.heading = "日期", .kind = SHEET_AS_DATE},
};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

/* A part of a zip file as text. */
static const char *read_part(const void *ctx, const char *path, const char *name) {
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    zip_stat_t about;
    assert_int_equal(zip_stat(zip, name, 0, &about), 0);
    char *text = mem_array(ctx, char, about.size + 1);
    zip_file_t *part = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(part, text, about.size), about.size);
    zip_fclose(part);
    zip_discard(zip);
    return text;
}

static void assert_part_has(const char *path, const char *name, const char *words) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *text = read_part(scratch, path, name);
    if (!strstr(text, words)) fail_msg("%s has no %s in %s", name, words, text);
}

/* Files in the folder of path whose names begin as path's. */
static int count_beside(const char *path) {
    DIR *folder = opendir("/tmp");
    int n = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        n += strncmp(entry->d_name, file_base_name(path), strlen(file_base_name(path))) == 0;
    }
    closedir(folder);
    return n;
}

static SheetWriter *open_writer(const void *ctx, const char *path, const char *format) {
    Diag *diag = diag_new(ctx);
    SheetWriter *writer = NULL;
    assert_int_equal(sheet_writer_open(ctx, path, format, "名单", COLUMNS, N_COLUMNS, diag, &writer), 0);
    return writer;
}

static void put_example(SheetWriter *writer) {
    char name[] = "青禾县丰登农机\"有限\"公司,一";
    sheet_put_text(writer, 0, name);
    name[0] = '\0'; /* the writer has its own copy */
    sheet_put_text(writer, 1, "349901199001010010");
    sheet_put_text(writer, 2, "省级");
    sheet_put_number(writer, 3, 17);
    sheet_put_number(writer, 4, 15.5);
    sheet_put_date(writer, 5, date_make(2020, 6, 30));
    assert_int_equal(sheet_end_row(writer), 0);
}

static void close_writer(const void *ctx, SheetWriter *writer) {
    Diag *diag = diag_new(ctx);
    assert_int_equal(sheet_writer_close(writer, diag), 0);
    assert_int_equal(diag->count, 0);
}

static void test_csv(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = test_path(scratch, "out.csv"), *bytes;
    size_t size;
    SheetWriter *writer = open_writer(scratch, path, "csv");
    put_example(writer);
    sheet_put_number(writer, 3, 2);
    assert_int_equal(sheet_end_row(writer), 0);
    close_writer(scratch, writer);
    assert_int_equal(file_read(scratch, path, 4096, diag_new(scratch), &bytes, &size), 0);
    assert_string_equal(bytes, "\xEF\xBB\xBF名称,身份证号,级别,人数,金额（万元）,日期\r\n"
                               "\"青禾县丰登农机\"\"有限\"\"公司,一\",349901199001010010,省级,17,15.5,2020-06-30\r\n"
                               ",,,2,,\r\n");
    unlink(path);
}

static const char *csv_line(const void *ctx, const char *path, size_t number) {
    char *bytes, *state = NULL;
    size_t size;
    assert_int_equal(file_read(ctx, path, SHEET_FILE_MAX, diag_new(ctx), &bytes, &size), 0);
    char *line = strtok_r(bytes, "\n", &state);
    while (number--) line = strtok_r(NULL, "\n", &state);
    return line;
}

/* What somebody wrote is never a formula of whoever opens the file, and is read back as it was. */
static void test_formulas_are_text(void **state) {
    (void)state;
    static const char *const texts[] = {"=1+1",   "+86 139", "-5", "@SUM(A1)", "=HYPERLINK(\"x\",\"y\")",
                                        "=\"a\"", "\t=1"};
    static const char *const formats[] = {"csv", "xlsx"};
    for (size_t k = 0; k < 2; k++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        const char *path = mem_printf(scratch, "/tmp/kezhang-formulas-%d.%s", (int)getpid(), formats[k]);
        SheetWriter *writer = open_writer(scratch, path, formats[k]);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            sheet_put_text(writer, 0, texts[i]);
            assert_int_equal(sheet_end_row(writer), 0);
        }
        close_writer(scratch, writer);
        SheetFile *file;
        uint32_t row;
        const Cell *cells;
        size_t n;
        Diag *diag = diag_new(scratch);
        assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
        assert_int_equal(sheet_select(file, 0, diag), 0);
        assert_int_equal(sheet_next(file, diag, &row, &cells, &n), 1);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            assert_int_equal(sheet_next(file, diag, &row, &cells, &n), 1);
            assert_string_equal(cells[0].text, texts[i]);
            assert_false(cells[0].formula);
        }
        if (!k) assert_string_equal(csv_line(scratch, path, 1), "\"=\"\"=1+1\"\"\",,,,,\r");
        unlink(path);
    }
}

static void test_xlsx(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = test_path(scratch, "out.xlsx");
    SheetWriter *writer = open_writer(scratch, path, "xlsx");
    put_example(writer);
    sheet_put_text(writer, 0, "甲");
    assert_int_equal(sheet_end_row(writer), 0);
    close_writer(scratch, writer);
    assert_string_equal(
        test_sheet(scratch, path, 0),
        "1 t:名称 t:身份证号 t:级别 t:人数 t:金额（万元） t:日期\n"
        "2 t:青禾县丰登农机\"有限\"公司,一 t:349901199001010010 t:省级 n:17 n:15.5 d:2020-06-30\n3 t:甲\n");
    assert_string_equal(test_sheet(scratch, path, 1), "1 -: -: t:国家级\n2 -: -: t:省级\n3 -: -: t:市级\n");
    Diag *diag = diag_new(scratch);
    SheetFile *file;
    assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
    assert_string_equal(sheet_name(file, 0), "名单");
    assert_string_equal(sheet_name(file, 1), "代码");
    assert_true(sheet_is_hidden(file, 1));
    static const char SHEET[] = "xl/worksheets/sheet1.xml";
    assert_part_has(path, SHEET, "<pane ySplit=\"1\"");
    assert_part_has(path, SHEET, "<autoFilter ref=\"A1:F3\"/>");
    assert_part_has(path, SHEET, "<dataValidation type=\"list\" allowBlank=\"1\"");
    assert_part_has(path, SHEET, "sqref=\"C2:C1048576\"><formula1>'代码'!$C$1:$C$3</formula1>");
    assert_part_has(path, "xl/styles.xml", "FFF8CBAD");
    assert_part_has(path, "xl/styles.xml", "formatCode=\"@\"");
    assert_part_has(path, "xl/comments1.xml", "全称，与营业执照一致");
    unlink(path);
}

/* Names Excel would refuse are made to fit, and the hidden sheet gives way. */
static void test_sheet_names(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const struct {
        const char *asked, *got;
    } CASES[] = {{"代码", "代码"},
                 {"a/b:c*[d]?'", "a_b_c__d___"},
                 {"", "Sheet"},
                 {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
                  "一二三四五六七八九十一二三四五六七八九十一二三四五…"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char *path = test_path(scratch, "names.xlsx");
        Diag *diag = diag_new(scratch);
        SheetWriter *writer;
        SheetFile *file;
        assert_int_equal(sheet_writer_open(scratch, path, "xlsx", CASES[i].asked, COLUMNS, N_COLUMNS, diag, &writer),
                         0);
        close_writer(scratch, writer);
        assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
        assert_string_equal(sheet_name(file, 0), CASES[i].got);
        assert_int_equal(sheet_count(file), 2);
        unlink(path);
    }
}

/* What does not get finished leaves nothing behind, and not even the old file's content changes. */
static void test_abandoned(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const FORMATS[] = {"xlsx", "csv"};
    for (size_t i = 0; i < 2; i++) {
        char *path = test_write(scratch, "kept", "old", 3), *bytes;
        size_t size;
        SheetWriter *writer = open_writer(scratch, path, FORMATS[i]);
        put_example(writer);
        assert_int_equal(count_beside(path), 2);
        talloc_free(writer);
        assert_int_equal(count_beside(path), 1);
        assert_int_equal(file_read(scratch, path, 16, diag_new(scratch), &bytes, &size), 0);
        assert_string_equal(bytes, "old");
        unlink(path);
    }
}

static void test_refused(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetWriter *writer;
    assert_int_equal(
        sheet_writer_open(scratch, "/tmp/no/such/folder/x.xlsx", "xlsx", "名单", COLUMNS, N_COLUMNS, diag, &writer), 1);
    assert_int_equal(sheet_writer_open(scratch, "/tmp/x.pdf", "pdf", "名单", COLUMNS, N_COLUMNS, diag, &writer), 1);
    assert_int_equal(diag->count, 2);
    char *path = test_path(scratch, "long.xlsx");
    char *text = mem_array(scratch, char, SHEET_CELL_MAX + 2);
    memset(text, 'x', SHEET_CELL_MAX + 1);
    writer = open_writer(scratch, path, "xlsx");
    put_example(writer);
    sheet_put_text(writer, 0, text);
    assert_int_equal(sheet_end_row(writer), 1);
    assert_int_equal(sheet_writer_close(writer, diag), 1);
    assert_string_equal(diag->list[2].code, "sheet-text");
    assert_int_equal(diag->list[2].at.row, 3);
    assert_int_equal(count_beside(path), 0);
}

/* A full disk, played by a limit on the size of files: told, and nothing is left. */
static void test_disk_full(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const FORMATS[] = {"xlsx", "csv"};
    static const rlim_t LIMITS[] = {100, 100000, 1000000, 1300000};
    struct rlimit before, limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < 8; i++) {
        Diag *diag = diag_new(scratch);
        char *path = test_path(scratch, "full");
        SheetWriter *writer = open_writer(scratch, path, FORMATS[i % 2]);
        limit = (struct rlimit){.rlim_cur = LIMITS[i / 2], .rlim_max = before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        for (int row = 0; row < 20000; row++) {
            sheet_put_text(writer, 0, "青禾县丰登农机有限公司");
            sheet_put_text(writer, 1, "349901199001010010");
            sheet_put_number(writer, 4, row * 1.37);
            if (sheet_end_row(writer) != 0) break;
        }
        int r = sheet_writer_close(writer, diag);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(r, 1);
        assert_string_equal(diag->list[0].code, "sheet-write");
        assert_int_equal(count_beside(path), 0);
    }
}

/* Rows beyond what a sheet holds go on in another one. */
static void test_two_sheets(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    enum { SHEET_ROWS = 1048576, ROWS = SHEET_ROWS + 1 };
    char *path = test_path(scratch, "two.xlsx");
    static const SheetColumn NUMBER[] = {{.heading = "序号", .kind = SHEET_AS_INT}};
    Diag *diag = diag_new(scratch);
    SheetWriter *writer;
    assert_int_equal(sheet_writer_open(scratch, path, "xlsx", "名单", NUMBER, 1, diag, &writer), 0);
    for (int i = 1; i <= ROWS; i++) {
        sheet_put_number(writer, 0, i);
        assert_int_equal(sheet_end_row(writer), 0);
    }
    close_writer(scratch, writer);
    SheetFile *file;
    assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
    assert_int_equal(sheet_count(file), 2);
    assert_string_equal(sheet_name(file, 1), "名单 (2)");
    assert_int_equal(sheet_select(file, 1, diag), 0);
    assert_string_equal(test_rows(scratch, file, diag), "1 t:序号\n2 n:1048576\n3 n:1048577\n");
    unlink(path);
}

/* --- marked copies --- */

static void expect_copy(const char *from, size_t sheet, const SheetMark *marks, size_t n, const char *rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = test_path(scratch, "marked.xlsx");
    Diag *diag = diag_new(scratch);
    assert_int_equal(sheet_write_marked(test_file(scratch, from), sheet, path, marks, n, diag), 0);
    assert_int_equal(diag->count, 0);
    assert_string_equal(test_sheet(scratch, path, 0), rows);
    SheetFile *file;
    assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
    assert_int_equal(sheet_count(file), 1);
}

static void test_marked(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const SheetMark MARKS[] = {
        {2, 3, "标题"}, {4, 1, "信用代码校验不符"}, {4, 3, "太小"}, {4, 3, "单位不对"}, {7, 4, "空行"}};
    expect_copy(
        "merged-title.xlsx", 0, MARKS, 5,
        "1 t:青禾县高新技术企业名单\n2 t:企业 -: t:认定\n3 t:名称 t:统一社会信用代码 t:年度 t:营业收入（万元）\n"
        "4 t:青禾县丰登农机有限公司 t:91349901MA0000000X n:2020 n:15.5\n"
        "5 -: t:91349901MA0000001X n:2019 n:362\n");
    char *path = test_path(scratch, "marked.xlsx");
    assert_part_has(path, "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A1:D1\"/>");
    assert_part_has(path, "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A4:A5\"/>");
    assert_part_has(path, "xl/worksheets/sheet1.xml", "<c r=\"E7\" s=");
    assert_part_has(path, "xl/comments1.xml", "<comment ref=\"B4\"");
    assert_part_has(path, "xl/comments1.xml", "太小\n单位不对");
    assert_part_has(path, "xl/comments1.xml", "<comment ref=\"E7\"");
    assert_part_has(path, "xl/styles.xml", "FFFF7C80");
    unlink(path);
}

/* Every kind of value arrives as it was; formulas as what they gave. */
static void test_copies(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const SheetMark MARK = {1, 0, "看这里"};
    expect_copy("1904.xlsx", 0, &MARK, 1, "1 d:2020-06-30\n");
    expect_copy("strict.xlsx", 0, &MARK, 1, "1 d:2020-06-30 d:2020-06-30 12:30:00 n:44012\n");
    expect_copy("formulas.xlsx", 0, &MARK, 1, "1 n:17 n:12 n:29\n2 t:青禾 t:#DIV/0! b:TRUE\n4 b:FALSE\n");
    expect_copy("long-codes.xlsx", 0, NULL, 0,
                "1 t:数字 t:文本\n2 n:349901199001010000 t:349901199001010010\n3 n:0.3 n:0.0000001\n"
                "4 n:1.234567890123457e+23 n:-0.5\n");
    expect_copy("gbk.csv", 0, &MARK, 1, "1 t:名称 t:数量 t:备注\n2 t:青禾县丰登农机有限公司 t:17 t:正常\n");
    expect_copy("old.xls", 1, NULL, 0, "1 -: t:乙\n");
    unlink(test_path(scratch, "marked.xlsx"));
}

static void test_not_copied(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = test_path(scratch, "uncopied.xlsx");
    static const char *const BROKEN[] = {"wide.xlsx", "truncated.xlsx", "unclosed.csv"};
    for (size_t i = 0; i < 3; i++) {
        Diag *diag = diag_new(scratch);
        assert_int_equal(sheet_write_marked(test_file(scratch, BROKEN[i]), 0, path, NULL, 0, diag), 1);
        assert_int_equal(diag->count, 1);
        assert_int_equal(count_beside(path), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),         cmocka_unit_test(test_xlsx),
        cmocka_unit_test(test_sheet_names), cmocka_unit_test(test_formulas_are_text),
        cmocka_unit_test(test_abandoned),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_disk_full),   cmocka_unit_test(test_two_sheets),
        cmocka_unit_test(test_marked),      cmocka_unit_test(test_copies),
        cmocka_unit_test(test_not_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
