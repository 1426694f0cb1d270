/* doc/html-grid.c: places of cells. */
#include "doc/html-grid.h"

#include <limits.h>

void grid_row(Grid *grid) {
    grid->row = grid->rows++;
    grid->next = 0;
    grid->in_row = true;
    grid->in_cell = false;
}

static void take(Grid *grid, unsigned from, unsigned to, unsigned until) {
    if (to > GRID_COLUMNS_MAX) to = GRID_COLUMNS_MAX;
    while (grid->n_taken < to) *mem_push(grid, grid->taken, grid->n_taken) = 0;
    for (; from < to; from++) grid->taken[from] = until;
}

void grid_cell(Grid *grid, unsigned rowspan, unsigned colspan) {
    if (!grid->in_row) grid_row(grid);
    while (grid->next < grid->n_taken && grid->taken[grid->next] > grid->row) grid->next++;
    grid->column = grid->next;
    if (colspan == 0) colspan = 1;
    grid->next = grid->next > UINT_MAX - colspan ? UINT_MAX : grid->next + colspan;
    if (rowspan != 1) take(grid, grid->column, grid->next, rowspan ? grid->row + rowspan : UINT_MAX);
    grid->in_cell = true;
}
