/* check/cell.c: what the head of a column and the head of a row say of a cell. */
#include <string.h>

#include "check/work.h"

static const Part *part_of(const Work *work, size_t paragraph) { return work->text->paragraphs[paragraph].part; }

void work_cell_heads(const Work *work, size_t paragraph, size_t *ret_column, size_t *ret_row) {
    const Part *cell = part_of(work, paragraph);
    *ret_column = *ret_row = SIZE_MAX;
    if (cell->kind != PART_CELL) return;
    for (size_t i = paragraph; i--;) {
        const Part *other = part_of(work, i);
        if (other->table != cell->table) return;
        if (*ret_row == SIZE_MAX && other->row == cell->row && other->column < cell->column && !other->column) *ret_row = i;
        if (other->row < cell->row && other->row == 0 && other->column == cell->column) *ret_column = i;
    }
}

/* The measure that a head names: within brackets, behind 单位:, or as its last word. */
static const Measure *unit_in(const Work *work, size_t paragraph, int *ret_power) {
    const uint32_t *runes = work->text->runes;
    const Paragraph *head = &work->text->paragraphs[paragraph];
    for (size_t i = head->from; i < head->to; i++) {
        bool open = i > head->from && (runes[i - 1] == '(' || runes[i - 1] == ':' || runes[i - 1] == 0x3001);
        if (!open) continue;
        int power = runes[i] == 0x4E07 ? 4 : runes[i] == 0x4EBF ? 8 : 0; /* 万, 亿 */
        const Word *word = words_at(work->lexicon->measures, runes + i + (power ? 1 : 0));
        if (!word) continue;
        *ret_power = power;
        return &work->lexicon->list[word->tag];
    }
    return NULL;
}

/* The paragraph right before the table: 单位：万元. */
static size_t caption_of(const Work *work, size_t paragraph) {
    unsigned table = part_of(work, paragraph)->table;
    while (paragraph && part_of(work, paragraph)->table == table) paragraph--;
    return part_of(work, paragraph)->kind == PART_CELL ? SIZE_MAX : paragraph;
}

const Measure *work_cell_unit(const Work *work, size_t paragraph, int *ret_power) {
    size_t places[3];
    work_cell_heads(work, paragraph, &places[0], &places[1]);
    places[2] = caption_of(work, paragraph);
    *ret_power = 0;
    /* A column "单位" beside the name says it for the row. */
    const Part *cell = part_of(work, paragraph);
    for (size_t i = paragraph; i-- && part_of(work, i)->table == cell->table && part_of(work, i)->row == cell->row;) {
        const Paragraph *other = &work->text->paragraphs[i];
        int power = work->text->runes[other->from] == 0x4E07 ? 4 : work->text->runes[other->from] == 0x4EBF ? 8 : 0;
        const Word *word = words_at(work->lexicon->measures, work->text->runes + other->from + (power ? 1 : 0));
        if (!word || other->to - other->from != word->size + (power ? 1 : 0)) continue;
        *ret_power = power;
        return &work->lexicon->list[word->tag];
    }
    for (size_t i = 0; i < 3; i++) {
        const Measure *measure = places[i] == SIZE_MAX ? NULL : unit_in(work, places[i], ret_power);
        if (measure) return measure;
    }
    return NULL;
}
