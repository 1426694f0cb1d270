/* sheet/row.h: the row being read: its cells and, in one buffer, their text.
 *
 * Between row_begin() and row_end() the text of cells may still move, so Cell.text is set by row_end().
 * Text comes in pieces: row_text() adds to the text pending, row_add_text() makes a cell of it. */
#ifndef SHEET_ROW_H
#define SHEET_ROW_H

#include "base/buf.h"
#include "sheet/sheet.h"

typedef struct Row {
    uint32_t number; /* from 1 */
    bool hidden;
    size_t count;    /* cells up to the last that is not empty */
    Cell cells[SHEET_COLUMNS_MAX];
    size_t starts[SHEET_COLUMNS_MAX]; /* of a cell's text in `text` */
    Buf text;
    size_t pending; /* where the text of the cell being read begins */
} Row;

void row_begin(Row *row, const void *ctx, uint32_t number);

/* All columns must be below SHEET_COLUMNS_MAX. Empty text makes no cell. */
void row_text(Row *row, const char *bytes, size_t size);
void row_add_text(Row *row, size_t column, CellKind kind);
void row_add_number(Row *row, size_t column, double number);
void row_add_bool(Row *row, size_t column, bool yes);
void row_add_date(Row *row, size_t column, double serial, bool since_1904); /* a number where it is no date */
void row_set_formula(Row *row, size_t column);

size_t row_pending_size(const Row *row);
char *row_pending(Row *row);                 /* lent until text is added */
void row_pending_cut(Row *row, size_t size); /* shortens it */
bool row_pending_is_long(const Row *row);    /* longer than a cell may be */

/* Points the cells at their text. True when there is any cell. */
bool row_end(Row *row);

#endif
