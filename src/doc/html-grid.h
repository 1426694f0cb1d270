/* doc/html-grid.h: where the cells of an HTML table stand, merged ones counted. */
#ifndef DOC_HTML_GRID_H
#define DOC_HTML_GRID_H

#include <stdbool.h>

#include "base/mem.h"

#define GRID_COLUMNS_MAX 1024u /* cells merged downwards are known so far right */
#define GRID_SPAN_MAX    65534u

typedef struct Grid {
    struct Grid *outer;   /* the table whose cell this one stands in */
    unsigned number;      /* of the table in the document, from 1 */
    unsigned rows;        /* begun */
    unsigned row, column; /* of the cell being read */
    unsigned next;        /* first column behind it */
    bool in_row, in_cell;
    unsigned *taken; /* a column: rows above this number are taken by a cell from further up */
    size_t n_taken;
} Grid;

void grid_row(Grid *grid);
/* The next cell of the row; a row is begun where there is none. A rowspan of 0 reaches to the end. */
void grid_cell(Grid *grid, unsigned rowspan, unsigned colspan);

#endif
