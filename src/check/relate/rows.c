/* check/relate/rows.c: columns of a table of which one is made of two others, row by row: 年初 + 新增 = 年末, 决算 ÷
 * 预算 = 执行率.
 *
 * No head says so; that it comes out in every row does. Where it comes out in all rows but one, that one is a mistake.
 */
#include <string.h>

#include "check/relate/parts.h"

#define ROWS_MAX     64
#define COLUMNS_MAX  10
#define ROWS_LEAST   3 /* in which it must come out */
#define ROWS_MANY    5 /* of which one may not */
#define SHARES_LEAST 2 /* rows in which a share must */

/* The amounts and percentages of a table by row and column: claims, SIZE_MAX where a cell holds none. */
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
        bool number = fact_is_amount(&work->checked->claims[i]) || work->checked->claims[i].kind == CLAIM_PERCENT;
        if (grid->rows > ROWS_MAX || cell->column >= COLUMNS_MAX || !number) continue;
        grid->cells[grid->rows - 1][cell->column] = i;
        if (cell->column >= grid->columns) grid->columns = cell->column + 1;
    }
    if (grid->rows > ROWS_MAX) grid->rows = ROWS_MAX;
    return i;
}

/* --- sums --- */

/* The whole and the two parts of a row; false when a cell is empty or counts otherwise. */
static bool row_parts(const Work *work, const Grid *grid, size_t row, const size_t columns[3], Parts *parts) {
    const Claim *claims = work->checked->claims;
    *parts = (Parts){.count = 3};
    for (size_t i = 0; i < 3; i++) {
        parts->list[i] = grid->cells[row][columns[i]];
        if (parts->list[i] == SIZE_MAX || strcmp(claims[parts->list[i]].unit, claims[parts->list[0]].unit))
            return false;
        if (!fact_is_amount(&claims[parts->list[i]])) return false;
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

/* --- shares --- */

/* The percentage, the part and the whole of a row; false when a cell is empty or counts otherwise. */
static bool row_share(const Work *work, const Grid *grid, size_t row, const size_t columns[3], size_t ret_cells[3]) {
    const Claim *claims = work->checked->claims;
    for (size_t i = 0; i < 3; i++) {
        ret_cells[i] = grid->cells[row][columns[i]];
        if (ret_cells[i] == SIZE_MAX || claims[ret_cells[i]].bound != BOUND_EXACT) return false;
    }
    return claims[ret_cells[0]].kind == CLAIM_PERCENT && fact_is_amount(&claims[ret_cells[1]]) &&
           fact_is_amount(&claims[ret_cells[2]]) && !strcmp(claims[ret_cells[1]].unit, claims[ret_cells[2]].unit);
}

/* In how many rows a column is the share of two others, and of how many. */
static size_t count_shares(const Work *work, const Grid *grid, const size_t columns[3], size_t *ret_rows) {
    const Claim *claims = work->checked->claims;
    size_t holds = 0, cells[3];
    *ret_rows = 0;
    for (size_t row = 0; row < grid->rows; row++) {
        if (!row_share(work, grid, row, columns, cells)) continue;
        ++*ret_rows;
        holds += fact_share_holds(&claims[cells[0]], &claims[cells[1]], &claims[cells[2]]);
    }
    return holds;
}

static void add_shares(Work *work, const Grid *grid, const size_t columns[3], bool *said) {
    const Claim *claims = work->checked->claims;
    size_t cells[3];
    for (size_t row = 0; row < grid->rows; row++) {
        if (!row_share(work, grid, row, columns, cells)) continue;
        bool holds = fact_share_holds(&claims[cells[0]], &claims[cells[1]], &claims[cells[2]]);
        relation_add_equation(work, RELATION_SHARE, cells[0], cells[1], cells[2], holds);
        said[cells[0]] = true;
    }
}

/* Its head says 增长: a share of no two amounts. */
static bool column_grows(const Work *work, const Grid *grid, size_t column) {
    for (size_t row = 0; row < grid->rows; row++)
        if (grid->cells[row][column] != SIZE_MAX) return fact_cell_grows(work, grid->cells[row][column]);
    return false;
}

/* The two columns of which a column of percentages is the share in the most rows, the nearest of them. */
static void relate_share_column(Work *work, const Grid *grid, size_t percent, bool *said) {
    size_t best[3] = {percent}, most = 0, rows_of_best = 0;
    if (column_grows(work, grid, percent)) return;
    for (size_t part = grid->columns; part-- > 0;)
        for (size_t whole = grid->columns; whole-- > 0;) {
            size_t columns[3] = {percent, part, whole}, rows, holds;
            if (part == whole || part == percent || whole == percent) continue;
            holds = count_shares(work, grid, columns, &rows);
            if (holds > most) most = holds, rows_of_best = rows, memcpy(best, columns, sizeof best);
        }
    bool all = most >= SHARES_LEAST && most == rows_of_best, slip = most >= ROWS_LEAST && most + 1 == rows_of_best;
    if (all || slip) add_shares(work, grid, best, said);
}

void relate_share_rows(Work *work, bool *said) {
    Grid grid;
    for (size_t first = 0; first < work->checked->n_claims;) {
        if (!cell_of(work, first)) {
            first++;
            continue;
        }
        first = read_grid(work, first, &grid);
        for (size_t percent = 0; percent < grid.columns; percent++) relate_share_column(work, &grid, percent, said);
    }
}
