/* sheet/workbook.h: what an xlsx file says about its sheets: order, names, hidden, parts, and what its styles show. */
#ifndef SHEET_WORKBOOK_H
#define SHEET_WORKBOOK_H

#include "base/package.h"
#include "sheet/backend.h"
#include "sheet/number.h"

typedef struct Workbook {
    SheetInfo *sheets; /* worksheets only, in the order of the tabs */
    char **parts;      /* name of each sheet's part */
    size_t n_sheets;
    const char *texts_part;  /* shared texts; NULL when there are none */
    const char *styles_part; /* NULL when there are none */
    bool since_1904;
    NumberShows *shows; /* by style */
    size_t n_styles;
} Workbook;

/* Owned by ctx. 0, 1 with findings. */
int workbook_read(const void *ctx, Package *package, Diag *diag, Workbook **ret_workbook);

#endif
