/* check/relate/sum.c: sums of all kinds: lists, increases, and the row 合计 of a table. */
#include "check/relate/parts.h"

/* --- tables --- */

static bool is_total_head(const Work *work, size_t paragraph) {
    const Paragraph *cell = &work->text->paragraphs[paragraph];
    return cell->to - cell->from <= 4 && work_says(work, work->lexicon->altogether, cell->from, cell->to);
}

/* The column above a cell whose row is headed 合计. Percentages are shares of it or rates of each row: only what adds
 * up is a sum. */
static void relate_total(Work *work, size_t index) {
    size_t paragraph = work->mentions[index].paragraph, column, row;
    const Part *cell = work->text->paragraphs[paragraph].part;
    if (cell->kind != PART_CELL) return;
    work_cell_heads(work, paragraph, &column, &row);
    if (row == SIZE_MAX || !is_total_head(work, row)) return;
    Parts parts = {.list = {index}, .count = 1};
    for (size_t i = index; i-- && parts.count <= PARTS_MAX;) {
        const Part *other = work->text->paragraphs[work->mentions[i].paragraph].part;
        if (other->table != cell->table) break;
        const Claim *claim = &work->checked->claims[i];
        if (other->column == cell->column && other->row < cell->row && claim->kind == work->checked->claims[index].kind)
            parts.list[parts.count++] = i;
    }
    if (parts.count < 3 || !parts_are_exact(work, &parts, parts.count)) return;
    bool holds = parts_equal(work, &parts, parts.count);
    if (holds || work->checked->claims[index].kind != CLAIM_PERCENT) parts_add(work, &parts, parts.count, holds);
}

void relate_sums(Work *work) {
    relate_kinds(work);
    relate_rows(work);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        const Claim *claim = &work->checked->claims[i];
        relate_total(work, i);
        relate_increase(work, i);
        if (fact_is_amount(claim) && claim->face != FACE_GROWTH) relate_lists(work, i);
        if (fact_is_amount(claim) && claim->face != FACE_GROWTH) relate_rest(work, i);
    }
}
