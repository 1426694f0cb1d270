/* check/relate/rows.c: columns of a table of which one is the sum of two others, row by row: 年初 + 新增 = 年末.
 *
 * No head says so; that it comes out in every row does. Where it comes out in all rows but one, that one is a mistake. */
#include <string.h>

#include "check/relate/parts.h"

#define ROWS_MAX    64
#define COLUMNS_MAX 10
#define ROWS_LEAST  3 /* in which it must come out */
#define ROWS_MANY   5 /* of which one may not */

/* The amounts of a table by row and column: claims, SIZE_MAX where a cell holds none. */
typedef struct Grid {
    size_t cells[ROWS_MAX][COLUMNS_MAX];
    size_t rows, columns;
} Grid;

static const Part *cell_of(const Work *work, size_t index) {
    const Paragraph *paragraph = &work->text->paragraphs[work->mentions[index].paragraph];
    return paragraph->part->kind == PART_CELL ? paragraph->part : NULL;
}

/* Reads the table that a claim begins; the first claim behind it. */
static size_t read_grid(const Work *work, size_t first, Grid *grid) {
    unsigned table = cell_of(work, first)->table, row = 0;
    size_t i = first;
    memset(grid, 0xFF, sizeof *grid);
    grid->rows = grid->columns = 0;
    for (const Part *cell; i < work->checked->n_claims && (cell = cell_of(work, i)) && cell->table == table; i++) {
        if (!grid->rows || cell->row != row) grid->rows++;
        row = cell->row;
        if (grid->rows > ROWS_MAX || cell->column >= COLUMNS_MAX || !fact_is_amount(&work->checked->claims[i])) continue;
        grid->cells[grid->rows - 1][cell->column] = i;
        if (cell->column >= grid->columns) grid->columns = cell->column + 1;
    }
    if (grid->rows > ROWS_MAX) grid->rows = ROWS_MAX;
    return i;
}

/* The whole and the two parts of a row; false when a cell is empty or counts otherwise. */
static bool row_parts(const Work *work, const Grid *grid, size_t row, const size_t columns[3], Parts *parts) {
    const Claim *claims = work->checked->claims;
    *parts = (Parts){.count = 3};
    for (size_t i = 0; i < 3; i++) {
        parts->list[i] = grid->cells[row][columns[i]];
        if (parts->list[i] == SIZE_MAX || strcmp(claims[parts->list[i]].unit, claims[parts->list[0]].unit)) return false;
    }
    return parts_are_exact(work, parts, 3);
}

/* Says of each row that it comes out, when enough do. */
static void relate_columns(Work *work, const Grid *grid, const size_t columns[3]) {
    size_t whole = 0, holds = 0, telling = 0;
    Parts parts;
    for (size_t row = 0; row < grid->rows; row++) {
        if (!row_parts(work, grid, row, columns, &parts)) continue;
        const Claim *claims = work->checked->claims;
        whole++;
        holds += parts_equal(work, &parts, 3);
        telling += claims[parts.list[1]].value.units && claims[parts.list[2]].value.units;
    }
    bool all = holds >= ROWS_LEAST && holds == whole, slip = whole >= ROWS_MANY && holds + 1 == whole;
    if (telling < ROWS_LEAST || (!all && !slip)) return;
    for (size_t row = 0; row < grid->rows; row++)
        if (row_parts(work, grid, row, columns, &parts)) parts_add(work, &parts, 3, parts_equal(work, &parts, 3));
}

void relate_rows(Work *work) {
    Grid grid;
    for (size_t first = 0; first < work->checked->n_claims;) {
        if (!cell_of(work, first)) {
            first++;
            continue;
        }
        first = read_grid(work, first, &grid);
        for (size_t whole = 0; whole < grid.columns; whole++)
            for (size_t one = 0; one < grid.columns; one++)
                for (size_t other = one + 1; other < grid.columns; other++)
                    if (one != whole && other != whole)
                        relate_columns(work, &grid, (const size_t[]){whole, one, other});
    }
}
