/* exchange/row-in.h: from the cells of a row to the values of a record. Private to exchange/. */
#ifndef EXCHANGE_ROW_IN_H
#define EXCHANGE_ROW_IN_H

#include "exchange/heading.h"
#include "exchange/refer.h"

/* A row that may go to the door: what its columns say; all other values are blank. */
typedef struct ImportRow {
    uint32_t number;    /* in the sheet */
    Record *record;     /* its own number, when the sheet has one, is record->number */
    const State *state; /* NULL: not said */
    bool *masked;       /* by field: a cell with *** in it, which leaves a personal value as it is; NULL: none */
} ImportRow;

typedef struct RowReader RowReader;

RowReader *row_reader_new(const void *ctx, Store *store, const Ledger *ledger, const Heading *heading, Place sheet,
                          Diag *diag);
/* Whether the sheet has a column for the field. */
bool row_reader_has(const RowReader *reader, const Field *field);

enum {
    ROW_E_NOTHING = 1, /* no record: empty, a total, a note */
    ROW_E_REFUSED = 2, /* findings say why, all of them */
    ROW_E_WAITS = 3,   /* refers to a record of its own ledger that is not there yet: take the rows before it, then read
                          it again */
};
/* Owned by ctx. is_last: there are no rows before it to wait for. 0, one of the above, or a fault. */
int row_read(RowReader *reader, const void *ctx, uint32_t number, const Cell *cells, size_t n, bool is_last,
             ImportRow *ret_row);
/* Gives a new record the values that its definition has for what nobody said. */
void row_fill_defaults(const RowReader *reader, Record *record);

#endif
