/* sheet/workbook.h: what an xlsx file says about its sheets: order, names, hidden, parts, and which styles are dates.
 */
#ifndef SHEET_WORKBOOK_H
#define SHEET_WORKBOOK_H

#include "base/package.h"
#include "sheet/backend.h"

typedef struct Workbook {
    SheetInfo *sheets; /* worksheets only, in the order of the tabs */
    char **parts;      /* name of each sheet's part */
    size_t n_sheets;
    const char *texts_part;  /* shared texts; NULL when there are none */
    const char *styles_part; /* NULL when there are none */
    bool since_1904;
    bool *is_date; /* by style */
    size_t n_styles;
} Workbook;

/* Owned by ctx. 0, 1 with findings. */
int workbook_read(const void *ctx, Package *package, Diag *diag, Workbook **ret_workbook);

#endif
