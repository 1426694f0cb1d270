/* sheet/merges.h: merged ranges of an xlsx sheet. */
#ifndef SHEET_MERGES_H
#define SHEET_MERGES_H

#include "base/xml.h"
#include "sheet/backend.h"

/* Reads "B12" into a row from 1 and a column from 0. False when it is no cell. */
bool merges_read_cell(const char *name, uint32_t *ret_row, size_t *ret_column);

/* By the row, then the column of their first cells, for qsort() and bsearch(). */
int merges_compare(const void *a, const void *b);

/* In that order, the first 65,536 that the file names; owned by ctx. They stand behind the cells, so the part is
 * unpacked once for them alone; where it is too large for that there are none. 0, 1 with findings. */
int merges_read(const void *ctx, Package *package, const char *part, Diag *diag, SheetMerge **ret_merges,
                size_t *ret_n);

#endif
