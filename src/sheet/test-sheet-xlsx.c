/* xlsx and xls in: kinds of cells, what programs leave out, what is refused. */
#include <xlsxwriter.h>

#include "sheet/test-sheet.h"

static void expect(const char *name, size_t sheet, const char *rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(test_sheet(scratch, test_file(scratch, name), sheet), rows);
}

static SheetFile *open_file(const void *ctx, const char *name, Diag *diag) {
    SheetFile *file = NULL;
    assert_int_equal(sheet_open(ctx, test_file(ctx, name), diag, &file), 0);
    return file;
}

static void test_kinds(void **state) {
    (void)state;
    expect("dates.xlsx", 0,
           "1 d:2020-06-30\n2 d:2020-06-30\n3 d:2020-06-30\n4 d:2020-06-30 12:30:00\n5 d:2020-06-30\n6 t:12:00:00\n"
           "7 n:1.5\n8 n:43.5\n9 n:1200\n10 n:-1\n11 d:1900-01-01\n");
    expect("1904.xlsx", 0, "1 d:2020-06-30\n");
    expect("long-codes.xlsx", 0,
           "1 t:数字 t:文本\n2 n:349901199001010000 t:349901199001010010\n3 n:0.3 n:0.0000001\n"
           "4 n:1.234567890123457e+23 n:-0.5\n");
    expect("formulas.xlsx", 0, "1 n:17 n:12 n=:29\n2 t=:青禾 e=:#DIV/0! b=:TRUE\n3 u=:=\n4 b:FALSE\n");
    expect("rich-text.xlsx", 0, "1 t:科技 成果 t:行一\r\n行二 & _x41_ -: t:内联\n");
}

static void test_date_value(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file = open_file(scratch, "1904.xlsx", diag);
    uint32_t row;
    const Cell *cells;
    size_t count;
    assert_int_equal(sheet_select(file, 0, diag), 0);
    assert_int_equal(sheet_next(file, diag, &row, &cells, &count), 1);
    assert_int_equal(cells[0].date, date_make(2020, 6, 30));
    assert_true(cells[0].number == 42550);
}

/* What is only formatted is no row. */
static void test_empty_rows(void **state) {
    (void)state;
    expect("empty-rows.xlsx", 0, "1 t:名称\n7 -: t:第七行\n");
}

static void test_variants(void **state) {
    (void)state;
    expect("bare.xlsx", 0, "1 n:1 t:二\n3 -: b:TRUE e:#N/A e:#NUM!\n");
    expect("prefixed.xlsx", 0, "3 -: t:前缀\n");
    expect("strict.xlsx", 0, "1 d:2020-06-30 d:2020-06-30 12:30:00 n:44012\n");
}

static void test_sheets(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file = open_file(scratch, "merged-title.xlsx", diag);
    assert_int_equal(sheet_count(file), 3);
    assert_string_equal(sheet_name(file, 0), "企业名单");
    assert_string_equal(sheet_name(file, 1), "代码");
    assert_false(sheet_is_hidden(file, 0));
    assert_true(sheet_is_hidden(file, 1));
    assert_int_equal(sheet_select(file, 2, diag), 0);
    assert_string_equal(test_rows(scratch, file, diag), "");
    assert_int_equal(sheet_select(file, 1, diag), 0);
    assert_string_equal(test_rows(scratch, file, diag), "1 t:是\n");
    assert_true(sheet_is_hidden(open_file(scratch, "prefixed.xlsx", diag), 0)); /* its chart sheet is none */
    assert_string_equal(sheet_name(open_file(scratch, "rich-text.xlsx", diag), 0), "甲&乙");
}

static void test_merges(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file = open_file(scratch, "merged-title.xlsx", diag);
    uint32_t row = 0;
    size_t column = 9, last = 9;
    assert_int_equal(sheet_select(file, 0, diag), 0);
    assert_true(sheet_merge_at(file, 1, 3, &row, &column, &last));
    assert_int_equal(row, 1);
    assert_int_equal(column, 0);
    assert_int_equal(last, 3);
    assert_true(sheet_merge_at(file, 2, 2, &row, &column, &last));
    assert_int_equal(column, 2);
    assert_true(sheet_merge_at(file, 5, 0, &row, &column, &last));
    assert_int_equal(row, 4);
    assert_false(sheet_merge_at(file, 3, 0, &row, &column, &last));
    assert_int_equal(sheet_select(file, 1, diag), 0);
    assert_false(sheet_merge_at(file, 1, 3, &row, &column, &last));
    file = open_file(scratch, "prefixed.xlsx", diag);
    assert_int_equal(sheet_select(file, 0, diag), 0);
    assert_true(sheet_merge_at(file, 4, 2, &row, &column, &last));
}

static void test_refused(void **state) {
    (void)state;
    expect("wide.xlsx", 0, "2 n:1\n! row 3 sheet-columns\n");
    expect("unordered.xlsx", 0, "5 n:5\n! row 2 sheet-damaged\n");
    expect("entities.xlsx", 0, "! row 0 sheet-damaged\n");
    expect("deep.xlsx", 0, "! row 0 sheet-damaged\n");
    expect("bomb.xlsx", 0, "! sheet-bomb\n");
    expect("liar.xlsx", 0, "! sheet-bomb\n");
    expect("truncated.xlsx", 0, "! sheet-damaged\n");
    expect("not-a-sheet.docx", 0, "! sheet-kind\n");
    expect("open-document.ods", 0, "! sheet-kind\n");
    expect("no-such-file", 0, "! sheet-file\n");
    expect(".", 0, "! sheet-file\n");
}

/* More shared texts than are kept in memory, in the order of the sheet and against it. */
static void test_many_texts(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    enum { TEXTS = 200000 };
    char *path = test_path(scratch, "texts.xlsx"), text[2][96];
    static const char FORMAT[] = "青禾县科技局第%06d号文件所附企业名单中的一行";
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    for (int i = 0; i < TEXTS; i++) {
        snprintf(text[0], sizeof text[0], FORMAT, i);
        snprintf(text[1], sizeof text[1], FORMAT, TEXTS - 1 - i);
        worksheet_write_string(sheet, (lxw_row_t)i, 0, text[0], NULL);
        worksheet_write_string(sheet, (lxw_row_t)i, 1, text[1], NULL);
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    Diag *diag = diag_new(scratch);
    SheetFile *file;
    uint32_t row = 0;
    const Cell *cells;
    size_t count;
    assert_int_equal(sheet_open(scratch, path, diag, &file), 0);
    assert_int_equal(sheet_select(file, 0, diag), 0);
    while (sheet_next(file, diag, &row, &cells, &count) > 0) {
        snprintf(text[0], sizeof text[0], FORMAT, (int)row - 1);
        snprintf(text[1], sizeof text[1], FORMAT, TEXTS - (int)row);
        assert_string_equal(cells[0].text, text[0]);
        assert_string_equal(cells[1].text, text[1]);
    }
    assert_int_equal(row, TEXTS);
    unlink(path);
}

static void test_xls(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file = open_file(scratch, "old.xls", diag);
    assert_int_equal(sheet_count(file), 2);
    assert_string_equal(sheet_name(file, 1), "第二张");
    expect("old.xls", 0,
           "1 t:名称 t:数量 t:金额 t:日期 t:时间\n"
           "3 t:青禾县丰登农机有限公司 n:17 n:3.62 d:2020-06-30 d:2020-06-30 12:30:00\n");
    expect("old.xls", 1, "1 -: t:乙\n");
    expect("truncated.xls", 0, "! sheet-damaged\n");
    expect("encrypted-like.xls", 0, "! sheet-encrypted\n");
    expect("word-document.xls", 0, "! sheet-kind\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),    cmocka_unit_test(test_date_value), cmocka_unit_test(test_empty_rows),
        cmocka_unit_test(test_variants), cmocka_unit_test(test_sheets),     cmocka_unit_test(test_merges),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_many_texts), cmocka_unit_test(test_xls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
