/* sheet/xlsx-row.h: rows of cells as XML, straight into the temporary file of a sheet.
 *
 * The library formats each cell by several printfs, which is half of the time of a large export. It makes the looks,
 * the columns and all that stands around the cells (xlsx-book.h); those of a sheet come either from it or from here.
 */
#ifndef SHEET_XLSX_ROW_H
#define SHEET_XLSX_ROW_H

#include <xlsxwriter.h>

typedef struct XlsxRow XlsxRow;

/* How a cell looks. Made once, by xlsx_style. */
typedef struct XlsxStyle {
    lxw_format *format;
    char index[12]; /* among the looks of the book, which counts those that are used; "" before that */
} XlsxStyle;

XlsxStyle xlsx_style(lxw_format *format);

/* For sheets with up to n columns, one row at a time. Owned by ctx. */
XlsxRow *xlsx_row_new(const void *ctx, size_t n);
/* Rows and columns count from 0; cells come from the left. */
void xlsx_row_begin(XlsxRow *row, lxw_row_t number);
void xlsx_row_text(XlsxRow *row, size_t column, XlsxStyle *style, const char *text);
void xlsx_row_number(XlsxRow *row, size_t column, XlsxStyle *style, double number);
/* A row without cells is none. Whether the file took it shows when the book is closed. */
void xlsx_row_end(XlsxRow *row, lxw_worksheet *sheet);

#endif
