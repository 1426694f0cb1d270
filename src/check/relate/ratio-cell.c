/* check/relate/ratio-cell.c: percentages in tables: of two amounts of a row, or of one and the total of its column. */
#include <string.h>

#include "check/relate/ratio.h"

static const Part *cell_of(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part;
}

/* The amounts of the row of a cell, in the order of the text. */
static size_t amounts_of_row(const Work *work, size_t index, size_t amounts[AMOUNTS_MAX]) {
    const Part *cell = cell_of(work, index);
    size_t n = 0, first = index;
    while (first && cell_of(work, first - 1)->table == cell->table && cell_of(work, first - 1)->row == cell->row)
        first--;
    for (size_t i = first; i < work->checked->n_claims && n < AMOUNTS_MAX; i++) {
        const Part *other = cell_of(work, i);
        if (other->table != cell->table || other->row != cell->row) break;
        if (fact_is_amount(&work->checked->claims[i])) amounts[n++] = i;
    }
    return n;
}

/* The cell below in the row 合计 of the same column; SIZE_MAX when there is none. */
static size_t total_of_column(const Work *work, size_t index) {
    const Part *cell = cell_of(work, index);
    for (size_t i = index + 1; i < work->checked->n_claims && cell_of(work, i)->table == cell->table; i++) {
        if (cell_of(work, i)->column != cell->column) continue;
        Heads heads = work_cell_heads(work, work->mentions[i].paragraph);
        if (work_cell_says(work, work->lexicon->altogether, heads.name)) return i;
    }
    return SIZE_MAX;
}

bool fact_cell_grows(const Work *work, size_t index) {
    size_t column = work_cell_heads(work, work->mentions[index].paragraph).column;
    return work_cell_says(work, work->lexicon->rise, column) || work_cell_says(work, work->lexicon->fall, column);
}

/* A percentage in a table: of two amounts of its row, else of one of them and the total of its column. */
void share_of_cell(Work *work, size_t index) {
    size_t amounts[AMOUNTS_MAX], n = fact_cell_grows(work, index) ? 0 : amounts_of_row(work, index, amounts);
    const Claim *claims = work->checked->claims, *percent = &claims[index];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (i != k && !strcmp(claims[amounts[i]].unit, claims[amounts[k]].unit) &&
                fact_share_holds(percent, &claims[amounts[i]], &claims[amounts[k]])) {
                relation_add_equation(work, RELATION_SHARE, index, amounts[i], amounts[k], true);
                return;
            }
    for (size_t i = n; i-- > 0;) {
        size_t total = total_of_column(work, amounts[i]);
        if (total == SIZE_MAX || !fact_share_holds(percent, &claims[amounts[i]], &claims[total])) continue;
        relation_add_equation(work, RELATION_SHARE, index, amounts[i], total, true);
        return;
    }
    bool two = n == 2 && !strcmp(claims[amounts[0]].unit, claims[amounts[1]].unit) && amounts[1] < index;
    if (two && total_of_column(work, amounts[1]) == SIZE_MAX)
        relation_add_equation(work, RELATION_SHARE, index, amounts[1], amounts[0], false);
}
