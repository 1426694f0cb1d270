/* bench/xlsx-bench.c: a table into a workbook by the two libraries alone: the yardstick of an export.
 *
 *   xlsx-bench FILE.db TABLE FILE.xlsx
 *
 * Constant memory; numbers as numbers, everything else as text, nothing for NULL. */
#include <sqlite3.h>
#include <stdio.h>
#include <xlsxwriter.h>

#define SQL_MAX 256

static lxw_error write_cell(lxw_worksheet *sheet, lxw_row_t row, sqlite3_stmt *stmt, int column) {
    lxw_col_t to = (lxw_col_t)column;
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL: return LXW_NO_ERROR;
    case SQLITE_INTEGER: return worksheet_write_number(sheet, row, to, sqlite3_column_double(stmt, column), NULL);
    default: return worksheet_write_string(sheet, row, to, (const char *)sqlite3_column_text(stmt, column), NULL);
    }
}

static int write_table(sqlite3 *db, const char *table, const char *path) {
    char sql[SQL_MAX];
    sqlite3_stmt *stmt;
    (void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" WHERE recorded_to IS NULL ORDER BY id", table);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL)) return 1;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_error error = LXW_NO_ERROR;
    int n = sqlite3_column_count(stmt);
    for (lxw_row_t row = 0; !error && sqlite3_step(stmt) == SQLITE_ROW; row++)
        for (int column = 0; !error && column < n; column++) error = write_cell(sheet, row, stmt, column);
    (void)sqlite3_finalize(stmt);
    return workbook_close(book) || error;
}

int main(int argc, char **argv) {
    sqlite3 *db = NULL;
    if (argc != 4) return (void)fputs("xlsx-bench FILE.db TABLE FILE.xlsx\n", stderr), 2;
    int result = sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) || write_table(db, argv[2], argv[3]);
    if (result) (void)fprintf(stderr, "xlsx-bench: %s\n", sqlite3_errmsg(db));
    (void)sqlite3_close(db);
    return result;
}
