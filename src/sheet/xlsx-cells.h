/* sheet/xlsx-cells.h: the cells of a workbook on their own way into its file. Private to this folder. */
#ifndef SHEET_XLSX_CELLS_H
#define SHEET_XLSX_CELLS_H

#include <xlsxwriter.h>

#include "sheet/out.h"

typedef struct XlsxCells XlsxCells;

/* Takes what the sheets have in their temporary files; of each the library keeps the last row, which it has not written
 * yet. NULL, with the reason, when a file was cut off. Owned by ctx. */
XlsxCells *xlsx_cells_take(const void *ctx, lxw_worksheet *const *sheets, size_t n, const char **ret_reason);
/* Puts them into the file that the library has made of the rest. NULL, or the reason why not; lent by ctx. */
const char *xlsx_cells_put(const void *ctx, XlsxCells *cells, const char *path);

#endif
