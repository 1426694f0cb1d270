/* csv in: encodings, separators, quotation marks, damage, sizes. */
#include "base/text.h"
#include "sheet/test-sheet.h"

static void expect_file(const char *name, const char *rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(test_sheet(scratch, test_file(scratch, name), 0), rows);
}

static void expect_bytes(const char *bytes, size_t size, const char *rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = test_write(scratch, "in.csv", bytes, size);
    assert_string_equal(test_sheet(scratch, path, 0), rows);
    unlink(path);
}

static void expect_text(const char *text, const char *rows) { expect_bytes(text, strlen(text), rows); }

static void test_encodings(void **state) {
    (void)state;
    static const char ROWS[] = "1 t:名称 t:数量 t:备注\n2 t:青禾县丰登农机有限公司 t:17 t:正常\n";
    expect_file("bom.csv", ROWS);
    expect_file("gbk.csv", ROWS);
    expect_file("utf16.csv", ROWS);
    expect_file("utf16-bare.csv", ROWS);
}

static void test_separators(void **state) {
    (void)state;
    expect_file("semicolon.csv", "1 t:名称 t:金额\n2 t:甲 t:1,5\n3 t:乙 t:2,25\n");
    expect_file("full-width.csv", "1 t:名称 t:金额\n2 t:甲 t:1\n");
    expect_text("a，b\n，，\n", "1 t:a t:b\n");
}

/* Records are rows, whatever lines they take; blank ones count and are passed over. */
static void test_quotes(void **state) {
    (void)state;
    expect_file("quotes.csv", "1 t:名称 t:说明\n2 t:甲,乙 t:他说\"好\"\n4 t:第一行\r\n第二行 t:三\n5 t:丙 t:00123\n"
                              "6 t:丁 t:0042\n7 t:戊己 t:庚\"辛\n");
    expect_file("unclosed.csv", "1 t:名称\n2 t:甲\n! row 3 sheet-quote\n");
    expect_text("a,\"\"\n\"\",\"\"\n\"\",b", "1 t:a\n3 -: t:b\n");
    expect_text("a,\"b\"", "1 t:a t:b\n");
    expect_text("a,=\"\"\n=\"x\"y\",=\"1", "1 t:a\n2 t:=\"x\"y\" t:=\"1\n");
}

static void test_line_ends(void **state) {
    (void)state;
    expect_text("a\rb\r\rc", "1 t:a\n2 t:b\n4 t:c\n");
    expect_text("a\r\nb\n\r\nc\r", "1 t:a\n2 t:b\n4 t:c\n");
    expect_text("\n\n", "");
    expect_text(",,,\n,,x\n", "2 -: -: t:x\n");
}

static void test_not_text(void **state) {
    (void)state;
    expect_file("binary.csv", "! sheet-kind\n");
    expect_bytes("a,b\n\0", 5, "1 t:a t:b\n! row 2 sheet-encoding\n");
    expect_text("", "! sheet-file\n");
    expect_text("%PDF-1.4\n", "! sheet-kind\n");
    expect_file("web-page.xls", "! sheet-kind\n");
}

/* Where the text ends to be text is told as byte and row. */
static void test_bad_byte(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file;
    assert_int_equal(sheet_open(scratch, test_file(scratch, "bad-byte.csv"), diag, &file), 0);
    assert_int_equal(sheet_select(file, 0, diag), 0);
    assert_string_equal(test_rows(scratch, file, diag), "1 t:青禾县科技局\n2 t:甲乙丙\n! row 3 sheet-encoding\n");
    assert_non_null(strstr(diag->list[0].say.en, "byte 33 is not text in UTF-8"));
}

/* The same for text long enough that characters are cut at every possible place between two pieces. */
static void expect_long(const char *encoding, const char *line, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    enum { ROWS = 30000 };
    Buf bytes = BUF_INIT(scratch);
    for (size_t shift = 0; shift < 4; shift++) {
        buf_clear(&bytes);
        for (size_t i = 0; i < shift; i++) buf_char(&bytes, 'x');
        for (int i = 0; i < ROWS; i++) buf_add_bytes(&bytes, line, size);
        char *path = test_write(scratch, encoding, bytes.data, bytes.size);
        Diag *diag = diag_new(scratch);
        SheetFile *file;
        assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
        assert_int_equal(sheet_select(file, 0, diag), 0);
        uint32_t row = 0;
        const Cell *cells;
        size_t count;
        while (sheet_next(file, diag, &row, &cells, &count) > 0) {
            if (row == 1) continue;
            assert_int_equal(count, 2);
            assert_string_equal(cells[0].text, "青禾县𠮷");
            assert_string_equal(cells[1].text, "é");
        }
        assert_int_equal(diag->count, 0);
        assert_int_equal(row, ROWS);
        unlink(path);
    }
}

static void test_cut_characters(void **state) {
    (void)state;
    static const char UTF8_LINE[] = "青禾县𠮷,é\n";
    static const char GB_LINE[] = "\xC7\xE0\xBA\xCC\xCF\xD8\x95\x34\xB2\x35,\xA8\xA6\n"; /* GB18030 */
    expect_long("utf8.csv", UTF8_LINE, sizeof UTF8_LINE - 1);
    expect_long("gb.csv", GB_LINE, sizeof GB_LINE - 1);
}

/* A file that begins in ASCII may still be in any encoding. */
static void test_late_decision(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf bytes = BUF_INIT(scratch);
    for (int i = 0; i < 20000; i++) buf_add(&bytes, "abcdef,1\n");
    buf_add_bytes(&bytes, "\xC7\xE0\xBA\xCC,2\n", 7);
    char *path = test_write(scratch, "late.csv", bytes.data, bytes.size);
    const char *rows = test_sheet(scratch, path, 0);
    assert_non_null(strstr(rows, "\n20001 t:青禾 t:2\n"));
    unlink(path);
}

static void test_sizes(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf bytes = BUF_INIT(scratch);
    for (unsigned i = 0; i < SHEET_CELL_MAX; i++) buf_add(&bytes, "青");
    buf_add(&bytes, "\n");
    char *path = test_write(scratch, "fits.csv", bytes.data, bytes.size);
    assert_int_equal(text_count(test_sheet(scratch, path, 0)), SHEET_CELL_MAX + 5);
    unlink(path);
    bytes.data[bytes.size - 1] = 'x';
    expect_bytes(bytes.data, bytes.size, "! row 1 sheet-text\n");
    buf_clear(&bytes);
    for (unsigned i = 0; i < SHEET_COLUMNS_MAX; i++) buf_char(&bytes, ',');
    expect_bytes(bytes.data, bytes.size, "");
    buf_char(&bytes, 'x');
    expect_bytes(bytes.data, bytes.size, "! row 1 sheet-columns\n");
}

static void test_rows_max(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf bytes = BUF_INIT(scratch);
    for (unsigned i = 0; i < SHEET_ROWS_MAX; i++) buf_char(&bytes, '\n');
    expect_bytes(bytes.data, bytes.size, "");
    buf_add(&bytes, "x\n");
    expect_bytes(bytes.data, bytes.size, "! row 0 sheet-rows\n");
}

/* A sheet can be read again from its start; what is told about the file holds. */
static void test_again(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file;
    assert_int_equal(sheet_open(scratch, test_file(scratch, "bom.csv"), diag, &file), 0);
    assert_int_equal(sheet_count(file), 1);
    assert_string_equal(sheet_name(file, 0), "bom.csv");
    assert_false(sheet_is_hidden(file, 0));
    assert_int_equal(sheet_select(file, 0, diag), 0);
    const char *first = test_rows(scratch, file, diag);
    assert_true(sheet_progress(file) == 1);
    assert_int_equal(sheet_select(file, 0, diag), 0);
    assert_string_equal(test_rows(scratch, file, diag), first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),      cmocka_unit_test(test_separators),    cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_line_ends),      cmocka_unit_test(test_not_text),      cmocka_unit_test(test_bad_byte),
        cmocka_unit_test(test_cut_characters), cmocka_unit_test(test_late_decision), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_rows_max),       cmocka_unit_test(test_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
