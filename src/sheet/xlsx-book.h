/* sheet/xlsx-book.h: an xlsx file being written: sheets, looks of cells, comments, and whether all of it reached the
 * disk. Rows must be written from above down (libxlsxwriter keeps only the one at hand). */
#ifndef SHEET_XLSX_BOOK_H
#define SHEET_XLSX_BOOK_H

#include <stdbool.h>
#include <xlsxwriter.h>

#include "sheet/out.h"

#define XLSX_COMMENTS_MAX 20000u /* in a book: they stay in memory; further marks are only coloured */

typedef struct XlsxBook XlsxBook;

typedef enum { LOOK_PLAIN, LOOK_MARKED, LOOK_HEADING, LOOK_REQUIRED } XlsxLook;

XlsxBook *xlsx_book_new(const void *ctx, OutFile *out);
/* Names that Excel does not take are made to fit; serial from 1 is told in the name from 2 on. NULL when it fails,
 * which xlsx_book_close() then reports. */
lxw_worksheet *xlsx_book_add_sheet(XlsxBook *book, const char *name, unsigned serial);
/* The format of a look with a number format such as "0.00"; the same arguments give the same format. */
lxw_format *xlsx_book_format(XlsxBook *book, XlsxLook look, const char *number_format);
void xlsx_book_comment(XlsxBook *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *words);
/* Writes the file and checks that nothing is missing in it. The book is of no use afterwards. 0, 1 with findings. */
int xlsx_book_close(XlsxBook *book, Diag *diag);

#endif
