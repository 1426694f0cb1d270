/* check/relate/total.c: what tables add up: the rows of a 合计 or 小计, above it or below, the columns of one, and the
 * rows that 其中 parts another into. */
#include "check/relate/parts.h"

#define HEAD_RUNES 4 /* that 合计 and the like have at most */

/* 合计, 三年累计, 全县, 小计 */
static bool is_total_head(const Work *work, size_t cell) {
    if (cell == NO_CELL) return false;
    const Paragraph *head = &work->text->paragraphs[cell];
    size_t to = head->from;
    while (to < head->to && work->text->runes[to] != '(') to++; /* 小计（个） */
    return to - head->from <= HEAD_RUNES &&
           (work_cell_is_total(work, cell) || work_cell_says(work, work->lexicon->altogether, cell) ||
            work_cell_says(work, work->lexicon->subtotal, cell));
}

/* The cell that heads the row of a claim, when it says 合计 or 小计; NO_CELL when it does not. */
static size_t total_head_of(const Work *work, size_t index) {
    Heads heads = work_cell_heads(work, work->mentions[index].paragraph);
    return is_total_head(work, heads.name) ? heads.name : is_total_head(work, heads.detail) ? heads.detail : NO_CELL;
}

static const Part *cell_of(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part;
}

static bool in_table(const Work *work, size_t index, unsigned table) {
    return index < work->checked->n_claims && cell_of(work, index)->kind == PART_CELL &&
           cell_of(work, index)->table == table;
}

/* Where the parts of a total are looked for. */
typedef struct Walk {
    bool down;     /* the total stands first */
    bool subtotal; /* it is a 小计 */
} Walk;

/* The amounts that a total adds up: of its column above it, or below; in place of those under a 小计 that alone, of a
 * 小计 no further than the one before. */
static void gather_column(const Work *work, size_t index, Walk walk, Parts *parts) {
    const Part *cell = cell_of(work, index);
    bool counted = false; /* a 小计 has counted it */
    *parts = (Parts){.list = {index}, .count = 1};
    size_t step = walk.down ? 1 : SIZE_MAX; /* on, or back */
    for (size_t i = index + step; in_table(work, i, cell->table) && parts->count <= PARTS_MAX; i += step) {
        const Part *other = cell_of(work, i);
        if (other->column != cell->column || work->checked->claims[i].kind != work->checked->claims[index].kind)
            continue;
        bool total = total_head_of(work, i) != NO_CELL;
        if (total && walk.subtotal) return;
        if (total || !counted) parts->list[parts->count++] = i;
        counted |= total && !walk.down;
    }
}

/* Percentages are shares of a total or rates of each row: only what adds up is a sum. */
static bool settle(Work *work, const Parts *parts, bool sure) {
    if (parts->count < 3 || !parts_are_exact(work, parts, parts->count)) return false;
    bool holds = parts_equal(work, parts, parts->count);
    bool rate = work->checked->claims[parts->list[0]].kind == CLAIM_PERCENT;
    if (holds || (sure && !rate)) parts_add(work, parts, parts->count, holds);
    return holds || (sure && !rate);
}

/* A row headed 合计: what stands above it, or where nothing does, below. */
static void relate_row(Work *work, size_t index) {
    size_t head = total_head_of(work, index);
    if (head == NO_CELL) return;
    Parts parts;
    Walk walk = {.subtotal = work_cell_says(work, work->lexicon->subtotal, head)};
    gather_column(work, index, walk, &parts);
    if (parts.count > 1) {
        (void)settle(work, &parts, true);
        return;
    }
    walk.down = true;
    gather_column(work, index, walk, &parts);
    (void)settle(work, &parts, !walk.subtotal);
}

/* A column headed 合计: the amounts before it in its row, or where there are none, behind it. */
static void relate_column(Work *work, size_t index) {
    const Part *cell = cell_of(work, index);
    if (!is_total_head(work, work_cell_heads(work, work->mentions[index].paragraph).column)) return;
    Parts parts = {.list = {index}, .count = 1};
    for (size_t way = 0, step = SIZE_MAX; way < 2 && parts.count == 1; way++, step = 1) /* back, then on */
        for (size_t i = index + step; in_table(work, i, cell->table) && cell_of(work, i)->row == cell->row; i += step)
            if (parts.count <= PARTS_MAX && parts_can_be(work, index, i)) parts.list[parts.count++] = i;
    (void)settle(work, &parts, true);
}

/* 其中：首次认定: the rows from here on are parts of the one above, as many of them as make it. */
static void relate_among(Work *work, size_t index) {
    const Part *cell = cell_of(work, index);
    Heads heads = work_cell_heads(work, work->mentions[index].paragraph);
    if (!work_cell_says(work, work->lexicon->among, heads.name)) return;
    Parts parts = {.count = 0};
    size_t whole = index;
    while (whole-- && in_table(work, whole, cell->table) && cell_of(work, whole)->column != cell->column) {}
    if (whole == SIZE_MAX || !in_table(work, whole, cell->table)) return;
    parts.list[parts.count++] = whole;
    for (size_t i = index; in_table(work, i, cell->table) && parts.count <= PARTS_MAX; i++) {
        if (cell_of(work, i)->column != cell->column || !parts_can_be(work, whole, i)) continue;
        parts.list[parts.count++] = i;
        if (settle(work, &parts, false)) return;
    }
}

void relate_totals(Work *work, size_t index) {
    if (cell_of(work, index)->kind != PART_CELL) return;
    relate_row(work, index);
    relate_column(work, index);
    relate_among(work, index);
}
