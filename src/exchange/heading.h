/* exchange/heading.h: where the heading of a sheet stands, and which column means which field. Private to exchange/. */
#ifndef EXCHANGE_HEADING_H
#define EXCHANGE_HEADING_H

#include "exchange/import.h"
#include "exchange/words.h"
#include "sheet/sheet.h"

#define COLUMN_GIVEN SIZE_MAX /* the place of a column that the sheet does not have */

typedef struct Column {
    size_t place;     /* in the sheet, from 0, or COLUMN_GIVEN */
    const char *text; /* the heading as it stands there */
    Meaning meaning;  /* a field, the state or the number */
    int power;        /* of ten that one of the column is in the field's own unit */
    Cell given;       /* of COLUMN_GIVEN: what stands in every row */
} Column;

typedef struct Heading {
    size_t sheet;      /* from 0 */
    bool broken;       /* the file could not be read, which was said */
    uint32_t last_row; /* records stand below */
    Column *columns;
    size_t n_columns;
} Heading;

/* Finds the heading of a ledger as it is wanted: in a sheet or in the first visible one where it fits, in a row or
 * where it names most, with columns that mean what their headings say or what the caller says. Findings: columns that
 * are not understood (warnings), no heading, two columns of one field, needed columns missing. Leaves the file at the
 * sheet's first row. Owned by ctx. 0, or 1 with findings; last_row is 0 then when there is no heading at all. */
int heading_find(const void *ctx, SheetFile *file, const char *path, const ImportMapping *wanted, const Ledger *ledger,
                 Diag *diag, Heading *ret_heading);

/* Whether no row can be taken without a value for the field. */
bool heading_needs(const Field *field);
/* The column of a field by its label or heading, as findings name it; NULL when it has none. */
const Column *heading_column(const Heading *heading, const char *name);

#endif
