/* check/relate/sum.c: sums of all kinds: lists, increases, and the row 合计 of a table. */
#include "check/relate/parts.h"

/* --- tables --- */

static bool is_total_head(const Work *work, size_t paragraph) {
    const Paragraph *cell = &work->text->paragraphs[paragraph];
    return cell->to - cell->from <= 4 && (work_says(work, work->lexicon->altogether, cell->from, cell->to) ||
                                          work_says(work, work->lexicon->subtotal, cell->from, cell->to));
}

/* The cell of a claim, when its row is headed 合计 or 小计; SIZE_MAX when it is not. */
static size_t total_head_of(const Work *work, size_t index) {
    size_t column, row;
    work_cell_heads(work, work->mentions[index].paragraph, &column, &row);
    return row != SIZE_MAX && is_total_head(work, row) ? row : SIZE_MAX;
}

/* The amounts that a total adds up: of its column above it, in place of those under a 小计 that alone; of a 小计 no
 * further than the one before. */
static void gather_column(const Work *work, size_t index, bool subtotal, Parts *parts) {
    const Part *cell = work->text->paragraphs[work->mentions[index].paragraph].part;
    bool counted = false; /* a 小计 has counted it */
    *parts = (Parts){.list = {index}, .count = 1};
    for (size_t i = index; i-- && parts->count <= PARTS_MAX;) {
        const Part *other = work->text->paragraphs[work->mentions[i].paragraph].part;
        if (other->table != cell->table) return;
        bool column = other->column == cell->column && other->row < cell->row;
        if (!column || work->checked->claims[i].kind != work->checked->claims[index].kind) continue;
        bool total = total_head_of(work, i) != SIZE_MAX;
        if (total && subtotal) return;
        if (total || !counted) parts->list[parts->count++] = i;
        counted |= total;
    }
}

/* The column above a cell whose row is headed 合计. Percentages are shares of it or rates of each row: only what adds
 * up is a sum. */
static void relate_total(Work *work, size_t index) {
    if (work->text->paragraphs[work->mentions[index].paragraph].part->kind != PART_CELL) return;
    size_t head = total_head_of(work, index);
    if (head == SIZE_MAX) return;
    Parts parts;
    const Paragraph *cell = &work->text->paragraphs[head];
    gather_column(work, index, work_says(work, work->lexicon->subtotal, cell->from, cell->to), &parts);
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
