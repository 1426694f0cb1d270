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
        size_t column, row;
        if (cell_of(work, i)->column != cell->column) continue;
        work_cell_heads(work, work->mentions[i].paragraph, &column, &row);
        const Paragraph *head = row == SIZE_MAX ? NULL : &work->text->paragraphs[row];
        if (head && work_says(work, work->lexicon->altogether, head->from, head->to)) return i;
    }
    return SIZE_MAX;
}

/* The column says how much it grew: 同比增长. */
static bool heads_growth(const Work *work, size_t index) {
    size_t column, row;
    work_cell_heads(work, work->mentions[index].paragraph, &column, &row);
    const Paragraph *head = column == SIZE_MAX ? NULL : &work->text->paragraphs[column];
    return head && (work_says(work, work->lexicon->rise, head->from, head->to) ||
                    work_says(work, work->lexicon->fall, head->from, head->to));
}

/* A percentage in a table: of two amounts of its row, else of one of them and the total of its column. */
void share_of_cell(Work *work, size_t index) {
    size_t amounts[AMOUNTS_MAX], n = heads_growth(work, index) ? 0 : amounts_of_row(work, index, amounts);
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
