/* check/scan/cell.c: what the head of a column and the head of a row say of a cell. */
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
        if (*ret_row == SIZE_MAX && other->row == cell->row && other->column < cell->column && !other->column)
            *ret_row = i;
        if (other->row < cell->row && other->row == 0 && other->column == cell->column) *ret_column = i;
    }
}

/* The measure that ends a head without a bracket: 参加人次, of two characters at least, since many words end in one. */
static const Measure *unit_at_end(const Work *work, size_t paragraph) {
    const Paragraph *head = &work->text->paragraphs[paragraph];
    const uint32_t *runes = work->text->runes;
    const Word *word = words_before(work->lexicon->measures, runes + head->from, runes + head->to);
    return word && word->size > 1 && word->size < head->to - head->from ? &work->lexicon->list[word->tag] : NULL;
}

/* The measure that a head names: within brackets, or behind 单位:. */
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

/* The cell "单位" of a row: a measure and nothing else. */
static const Measure *unit_of_row(const Work *work, size_t paragraph, int *ret_power) {
    const Part *cell = part_of(work, paragraph);
    for (size_t i = paragraph; i-- && part_of(work, i)->table == cell->table && part_of(work, i)->row == cell->row;) {
        const Paragraph *other = &work->text->paragraphs[i];
        const uint32_t *at = work->text->runes + other->from;
        int power = *at == 0x4E07 ? 4 : *at == 0x4EBF ? 8 : 0;
        const Word *word = words_at(work->lexicon->measures, at + (power ? 1 : 0));
        if (!word || other->to - other->from != word->size + (power ? 1 : 0)) continue;
        *ret_power = power;
        return &work->lexicon->list[word->tag];
    }
    return NULL;
}

/* 完成率, 占比: a percentage though its head does not write the sign. */
static const Measure *unit_of_ratio(const Work *work, size_t column) {
    if (column == SIZE_MAX) return NULL;
    const Paragraph *head = &work->text->paragraphs[column];
    if (!work_says(work, work->lexicon->ratio, head->from, head->to)) return NULL;
    for (size_t i = 0; i < work->lexicon->n_measures; i++)
        if (work->lexicon->list[i].kind == CLAIM_PERCENT) return &work->lexicon->list[i];
    return NULL;
}

/* 得分, 权重: its numbers are of the row, and measured in nothing that the row is. */
static bool is_unmeasured(const Work *work, size_t column) {
    const Paragraph *head = &work->text->paragraphs[column];
    return work_says(work, work->lexicon->unmeasured, head->from, head->to);
}

const Measure *work_cell_unit(const Work *work, size_t paragraph, int *ret_power) {
    size_t column, row, caption = caption_of(work, paragraph);
    work_cell_heads(work, paragraph, &column, &row);
    *ret_power = 0;
    const Measure *measure = column == SIZE_MAX ? NULL : unit_in(work, column, ret_power);
    if (!measure && column != SIZE_MAX) measure = unit_at_end(work, column);
    if (!measure) measure = unit_of_ratio(work, column);
    if (!measure && column != SIZE_MAX && is_unmeasured(work, column)) return NULL;
    if (!measure) measure = unit_of_row(work, paragraph, ret_power);
    if (!measure && row != SIZE_MAX) measure = unit_in(work, row, ret_power);
    if (!measure && caption != SIZE_MAX) measure = unit_in(work, caption, ret_power);
    return measure;
}
