/* check/scan/cell.c: what a bare number in a cell counts, by the heads of its column and row, the column 单位, and what
 * stands above the table. */
#include <string.h>

#include "check/work.h"

#define YEAR_FROM 1900
#define YEAR_TO   2100

Heads work_cell_heads(const Work *work, size_t paragraph) {
    return table_heads(work->text, work->lexicon, table_of(&work->tables, paragraph), paragraph);
}

bool work_cell_says(const Work *work, const WordSet *set, size_t cell) {
    if (cell == NO_CELL) return false;
    const Paragraph *it = &work->text->paragraphs[cell];
    return work_says(work, set, it->from, it->to);
}

bool work_cell_is_total(const Work *work, size_t cell) {
    if (cell == NO_CELL) return false;
    const Paragraph *it = &work->text->paragraphs[cell];
    const uint32_t *at = work->text->runes + it->from;
    const Word *area = words_at(work->lexicon->area, at);
    return words_at(work->lexicon->altogether, at) || (area && area->size == it->to - it->from);
}

/* --- the measure that a head names --- */

static const Measure *measure_of(const Work *work, const Word *word) { return &work->lexicon->list[word->tag]; }

/* 金额（万元）, 单位：万元, 金额/万元: within brackets, or behind a mark, alone: 单位：期、人次 says nothing. */
static const Measure *measure_in(const Work *work, size_t head, int *ret_power) {
    static const uint32_t opening[] = {'(', ':', '/', '['};
    const uint32_t *runes = work->text->runes;
    const Paragraph *it = &work->text->paragraphs[head];
    for (size_t i = it->from + 1; i < it->to; i++) {
        bool opens = false;
        for (size_t k = 0; k < sizeof opening / sizeof opening[0]; k++) opens |= runes[i - 1] == opening[k];
        if (!opens) continue;
        int power = runes[i] == 0x4E07 ? 4 : runes[i] == 0x4EBF ? 8 : 0; /* 万, 亿 */
        const Word *word = words_at(work->lexicon->measures, runes + i + (power ? 1 : 0));
        size_t end = i + (power ? 1 : 0) + (word ? word->size : 0);
        if (!word || (end < it->to && runes[end] != ')' && runes[end] != ']')) continue;
        *ret_power = power;
        return measure_of(work, word);
    }
    return NULL;
}

/* 参加人次, of two characters at least, since many words end in one; 特派员人数, 成果件数: what is counted, and 数. */
static const Measure *measure_at_end(const Work *work, size_t head) {
    const Paragraph *it = &work->text->paragraphs[head];
    const uint32_t *from = work->text->runes + it->from, *to = work->text->runes + it->to;
    bool number = to - from > 1 && to[-1] == 0x6570; /* 数 */
    const Word *word = words_before(work->lexicon->measures, from, to - number);
    return word && (number || word->size > 1) ? measure_of(work, word) : NULL;
}

static const Measure *percent_of(const Work *work) {
    for (size_t i = 0; i < work->lexicon->n_measures; i++)
        if (work->lexicon->list[i].kind == CLAIM_PERCENT) return &work->lexicon->list[i];
    return NULL;
}

/* 完成率, 研发投入强度, and not 高强度材料研制. */
static bool names_ratio(const Work *work, size_t head) {
    const uint32_t *from = work->text->runes + work->text->paragraphs[head].from, *to = from;
    const uint32_t *end = work->text->runes + work->text->paragraphs[head].to;
    while (to < end && *to != '(') to++;
    return words_before(work->lexicon->ratio, from, to) != NULL;
}

/* What a head says by itself; ratios are percentages though they do not write the sign. */
static const Measure *measure_of_head(const Work *work, size_t head, int *ret_power) {
    if (head == NO_CELL) return NULL;
    const Measure *measure = measure_in(work, head, ret_power);
    if (!measure) measure = measure_at_end(work, head);
    return measure || !names_ratio(work, head) ? measure : percent_of(work);
}

/* The cell "单位" of a row: a measure and nothing else. */
static const Measure *measure_of_row(const Work *work, size_t paragraph, int *ret_power) {
    const Paragraph *paragraphs = work->text->paragraphs;
    const Part *cell = paragraphs[paragraph].part;
    for (size_t i = paragraph; i--;) {
        const Part *part = paragraphs[i].part;
        if (part->kind != PART_CELL || part->table != cell->table || part->row != cell->row) return NULL;
        const uint32_t *at = work->text->runes + paragraphs[i].from;
        int power = *at == 0x4E07 ? 4 : *at == 0x4EBF ? 8 : 0;
        const Word *word = words_at(work->lexicon->measures, at + (power ? 1 : 0));
        if (!word || paragraphs[i].to - paragraphs[i].from != word->size + (power ? 1 : 0)) continue;
        *ret_power = power;
        return measure_of(work, word);
    }
    return NULL;
}

/* 单位：项、万元: of several, the one of money, or the only other. */
static const Measure *measure_among(const Work *work, size_t line, bool money, int *ret_power) {
    const uint32_t *runes = work->text->runes;
    const Paragraph *it = &work->text->paragraphs[line];
    const Measure *found = NULL;
    for (size_t i = it->from + 1; i < it->to; i++) {
        if (runes[i - 1] != ':' && runes[i - 1] != 0x3001 && runes[i - 1] != ',') continue; /* 、 */
        int power = runes[i] == 0x4E07 ? 4 : runes[i] == 0x4EBF ? 8 : 0;
        const Word *word = words_at(work->lexicon->measures, runes + i + (power ? 1 : 0));
        if (!word || (measure_of(work, word)->kind == CLAIM_MONEY) != money) continue;
        if (found) return NULL;
        found = measure_of(work, word);
        *ret_power = power;
    }
    return found;
}

/* 单位：万元 above the table, or in a row over its whole width. */
static const Measure *measure_above(const Work *work, const Table *table, size_t column, int *ret_power) {
    const Measure *measure = NULL;
    for (size_t i = table->first; !measure && i < table->end && work->text->paragraphs[i].part->row < table->head; i++)
        measure = measure_in(work, i, ret_power);
    if (measure || table->units == NO_CELL) return measure;
    measure = measure_in(work, table->units, ret_power);
    if (measure || table->units == table->caption) return measure;
    return measure_among(work, table->units, work_cell_says(work, work->lexicon->money, column), ret_power);
}

/* --- what a cell's number is --- */

/* Of the heads of a cell, one says a word of a set. */
static bool heads_say(const Work *work, const WordSet *set, const Heads *heads) {
    return work_cell_says(work, set, heads->column) || work_cell_says(work, set, heads->name) ||
           work_cell_says(work, set, heads->detail);
}

static bool is_year(const Work *work, size_t paragraph) {
    int64_t value = 0;
    const Paragraph *cell = &work->text->paragraphs[paragraph];
    for (size_t i = cell->from; i < cell->to && value <= YEAR_TO; i++) {
        if (work->text->runes[i] < '0' || work->text->runes[i] > '9') return false;
        value = 10 * value + (work->text->runes[i] - '0');
    }
    return value >= YEAR_FROM && value <= YEAR_TO;
}

/* 序号, 编号, 得分 but not 得分（分）, and what has no name and no head. */
static bool counts_nothing(const Work *work, const Heads *heads) {
    int power;
    if (heads->name == NO_CELL) return true;
    if (heads->column != NO_CELL && measure_in(work, heads->column, &power)) return false;
    return work_cell_says(work, work->lexicon->unmeasured, heads->column) ||
           work_cell_says(work, work->lexicon->phone, heads->column);
}

CellNumber work_cell_number(const Work *work, size_t paragraph) {
    CellNumber number = {.reads = CELL_NOTHING};
    const Table *table = table_of(&work->tables, paragraph);
    if (!table) return number;
    Heads heads = table_heads(work->text, work->lexicon, table, paragraph);
    if (counts_nothing(work, &heads)) return number;
    if (heads_say(work, work->lexicon->rank_head, &heads)) {
        number.reads = CELL_RANK;
        return number;
    }
    const size_t list[] = {heads.column, heads.group, heads.detail, heads.name};
    for (size_t i = 0; i < 2 && !number.measure; i++) number.measure = measure_of_head(work, list[i], &number.power);
    if (!number.measure) number.measure = measure_of_row(work, paragraph, &number.power);
    for (size_t i = 2; i < 4 && !number.measure; i++) number.measure = measure_of_head(work, list[i], &number.power);
    if (!number.measure) number.measure = measure_above(work, table, heads.column, &number.power);
    number.reads = number.measure ? CELL_MEASURED : is_year(work, paragraph) ? CELL_NOTHING : CELL_BARE;
    return number;
}
