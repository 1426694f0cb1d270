/* sheet/row.c: the row being read. Keeps its buffer from row to row, so that reading allocates nothing. */
#include "sheet/row.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "sheet/number.h"

#define TEXT_KEPT    ((size_t)1 << 20) /* a larger buffer is given back before the next row */
#define NOT_A_NUMBER "#NUM!"           /* as Excel shows it */

void row_begin(Row *row, const void *ctx, uint32_t number) {
    if (row->text.room > TEXT_KEPT) {
        talloc_free(row->text.data);
        row->text = BUF_INIT(ctx);
    }
    row->text.ctx = ctx;
    buf_clear(&row->text);
    row->number = number;
    row->hidden = false;
    row->count = 0;
    row->pending = 0;
}

void row_text(Row *row, const char *bytes, size_t size) { buf_add_bytes(&row->text, bytes, size); }

size_t row_pending_size(const Row *row) { return row->text.size - row->pending; }

char *row_pending(Row *row) { return row->text.data + row->pending; }

void row_pending_cut(Row *row, size_t size) {
    row->text.size = row->pending + size;
    row->text.data[row->text.size] = '\0';
}

bool row_pending_is_long(const Row *row) {
    size_t size = row_pending_size(row);
    if (size <= SHEET_CELL_MAX) return false;
    return size > (size_t)SHEET_CELL_MAX * 4 || text_count(row->text.data + row->pending) > SHEET_CELL_MAX;
}

/* Makes a cell of the pending text; what lies between it and the last cell is empty. */
static Cell *add_cell(Row *row, size_t column, CellKind kind) {
    while (row->count <= column) row->cells[row->count++] = (Cell){.kind = CELL_EMPTY, .date = DATE_NONE};
    row->starts[column] = row->pending;
    buf_char(&row->text, '\0');
    row->pending = row->text.size;
    Cell *cell = &row->cells[column];
    *cell = (Cell){.kind = kind, .date = DATE_NONE};
    return cell;
}

void row_add_text(Row *row, size_t column, CellKind kind) {
    if (row_pending_size(row) > 0) add_cell(row, column, kind);
}

void row_add_number(Row *row, size_t column, double number) {
    if (!isfinite(number)) {
        row_text(row, NOT_A_NUMBER, strlen(NOT_A_NUMBER));
        row_add_text(row, column, CELL_ERROR);
        return;
    }
    char text[NUMBER_SIZE];
    number_text(number, text);
    row_text(row, text, strlen(text));
    add_cell(row, column, CELL_NUMBER)->number = number;
}

void row_add_bool(Row *row, size_t column, bool yes) {
    const char *word = yes ? "TRUE" : "FALSE";
    row_text(row, word, strlen(word));
    add_cell(row, column, CELL_BOOL)->number = yes;
}

void row_add_date(Row *row, size_t column, double serial, bool since_1904) {
    char text[MOMENT_SIZE];
    Date date = DATE_NONE;
    MomentKind kind = number_moment(serial, since_1904, &date, text);
    if (kind == MOMENT_NONE) {
        row_add_number(row, column, serial);
        return;
    }
    row_text(row, text, strlen(text));
    Cell *cell = add_cell(row, column, kind == MOMENT_DATE ? CELL_DATE : CELL_TEXT);
    cell->number = serial;
    cell->date = date;
}

void row_set_formula(Row *row, size_t column) {
    if (column < row->count) row->cells[column].formula = true;
}

bool row_end(Row *row) {
    for (size_t i = 0; i < row->count; i++) {
        row->cells[i].text = row->cells[i].kind == CELL_EMPTY ? "" : row->text.data + row->starts[i];
    }
    return row->count > 0;
}
