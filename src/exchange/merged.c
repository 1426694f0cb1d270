/* exchange/merged.c: keeps, by column, the last cell that reaches beyond its row, and lays it over the rows that it
 * reaches. */
#include "exchange/merged.h"

#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"

typedef struct Above {
    Cell cell; /* with a text of its own */
    uint32_t last_row;
    bool seen; /* the column had a value in a row above */
} Above;

struct Merged {
    const SheetFile *file;
    const Heading *heading;
    Place sheet;
    Diag *diag;
    bool tells; /* the format has merged ranges, or it was said that it has none */
    Above *above; /* by column of the heading */
    Cell filled[SHEET_COLUMNS_MAX];
};

Merged *merged_new(const void *ctx, const SheetFile *file, const Heading *heading, Place sheet, Diag *diag) {
    Merged *merged = mem_new(ctx, Merged);
    bool tells = !strcmp(sheet_format(file), "xlsx");
    *merged = (Merged){.file = file, .heading = heading, .sheet = sheet, .diag = diag, .tells = tells};
    merged->above = mem_array(merged, Above, heading->n_columns);
    return merged;
}

/* Years, batches and rounds tell rows apart; what has decimals or a unit adds up. */
static bool is_amount(const Field *field) {
    return field && field->kind->type == TYPE_NUMBER && (field->scale || field->unit);
}

static Place place_of(const Merged *merged, const Column *column, uint32_t row) {
    Place at = merged->sheet;
    at.row = row;
    at.field = column->text;
    return at;
}

static void warn_of_amount(const Merged *merged, const Column *column, uint32_t row, uint32_t last_row) {
    diag_warn(merged->diag, place_of(merged, column, row), "merged-amount",
              "the amount is merged over the rows to %u and was read for this row alone; divide it if it is of all",
              last_row);
}

/* Remembers a cell that reaches further down. */
static void keep(Merged *merged, size_t i, uint32_t row, const Cell *cell) {
    const Column *column = &merged->heading->columns[i];
    Above *above = &merged->above[i];
    uint32_t last_row = sheet_merged_to(merged->file, row, column->place);
    above->seen = true;
    if (last_row == row) return;
    if (is_amount(column->meaning.field)) {
        warn_of_amount(merged, column, row, last_row);
        return;
    }
    *above = (Above){.cell = *cell, .last_row = last_row, .seen = true};
    above->cell.text = mem_strdup(merged->above, cell->text);
}

static bool is_blank(const Cell *cells, size_t n, size_t place) {
    return place >= n || cells[place].kind == CELL_EMPTY;
}

/* Whether the row says anything itself: an empty one stays empty. */
static bool speaks(const Merged *merged, const Cell *cells, size_t n) {
    for (size_t i = 0; i < merged->heading->n_columns; i++)
        if (!is_blank(cells, n, merged->heading->columns[i].place)) return true;
    return false;
}

static void lay_over(Merged *merged, const Above *above, size_t place, const Cell *cells, size_t *count) {
    if (cells != merged->filled) memcpy(merged->filled, cells, *count * sizeof *cells);
    static const Cell empty = {.kind = CELL_EMPTY, .text = "", .date = DATE_NONE};
    for (; *count <= place; ++*count) merged->filled[*count] = empty;
    merged->filled[place] = above->cell;
}

const Cell *merged_fill(Merged *merged, uint32_t row, const Cell *cells, size_t *count) {
    if (!speaks(merged, cells, *count)) return cells;
    for (size_t i = 0; i < merged->heading->n_columns; i++) {
        size_t place = merged->heading->columns[i].place;
        if (!is_blank(cells, *count, place)) {
            keep(merged, i, row, &cells[place]);
        } else if (row <= merged->above[i].last_row) {
            lay_over(merged, &merged->above[i], place, cells, count);
            cells = merged->filled;
        }
    }
    return cells;
}

static bool may_be_merged(const Merged *merged, size_t i, const Cell *cells, size_t count) {
    const Column *column = &merged->heading->columns[i];
    return column->meaning.field && column->meaning.field->required && merged->above[i].seen &&
           is_blank(cells, count, column->place);
}

void merged_doubt(Merged *merged, uint32_t row, const Cell *cells, size_t count) {
    for (size_t i = 0; i < merged->heading->n_columns && !merged->tells; i++) {
        if (!may_be_merged(merged, i, cells, count)) continue;
        merged->tells = true;
        diag_warn(merged->diag, place_of(merged, &merged->heading->columns[i], row), "merged-untold",
                  "a %s file does not say which cells are merged; if this one is, save it as xlsx and import that",
                  sheet_format(merged->file));
    }
}
