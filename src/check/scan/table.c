/* check/scan/table.c: how a table is laid out, read off what its cells hold: heads are words, the body has numbers;
 * what is merged stands once, at its first row and column. */
#include "check/scan/table.h"

#include "base/mem.h"
#include "check/scan/numeral.h"

#define HEAD_ROWS_MAX 3
#define YEAR_DIGITS   4
#define MERGED_MAX    400 /* cells that are looked back for the one that a row shares with those above */

static const Part *part_of(const Text *text, size_t paragraph) { return text->paragraphs[paragraph].part; }

/* --- cells --- */

static bool is_year(const uint32_t *at, size_t size) { return size == YEAR_DIGITS && (*at == '1' || *at == '2'); }

bool table_is_number(const Text *text, const Lexicon *lexicon, size_t paragraph) {
    const Paragraph *cell = &text->paragraphs[paragraph];
    const uint32_t *at = text->runes + cell->from, *end = text->runes + cell->to;
    Numeral numeral;
    if (*at == '-' || *at == '+') at++;
    if (*at < '0' || *at > '9' || !numeral_read(at, &numeral)) return false;
    const Word *measure = words_at(lexicon->measures, at + numeral.size);
    if (at + numeral.size == end) return !is_year(at, numeral.size);
    return measure && at + numeral.size + measure->size == end && !is_year(at, numeral.size);
}

/* A measure and nothing else: the column 单位. */
static bool is_measure(const Text *text, const Lexicon *lexicon, size_t paragraph) {
    const Paragraph *cell = &text->paragraphs[paragraph];
    const uint32_t *at = text->runes + cell->from;
    size_t power = *at == 0x4E07 || *at == 0x4EBF; /* 万, 亿 */
    const Word *word = words_at(lexicon->measures, at + power);
    return word && cell->from + power + word->size == cell->to;
}

/* It can name what its row is of. */
static bool names(const Text *text, const Lexicon *lexicon, size_t paragraph) {
    return !table_is_number(text, lexicon, paragraph) && !is_measure(text, lexicon, paragraph);
}

/* --- rows --- */

typedef struct Row {
    size_t first, end, cells;
    bool numbers;
} Row;

static Row row_at(const Text *text, const Lexicon *lexicon, size_t first, size_t end) {
    Row row = {.first = first, .end = first};
    unsigned number = part_of(text, first)->row, column = UINT32_MAX;
    for (; row.end < end && part_of(text, row.end)->row == number; row.end++) {
        row.cells += part_of(text, row.end)->column != column;
        column = part_of(text, row.end)->column;
        row.numbers |= table_is_number(text, lexicon, row.end);
    }
    return row;
}

static bool same_words(const Text *text, size_t one, size_t other) {
    const Paragraph *a = &text->paragraphs[one], *b = &text->paragraphs[other];
    if (a->to - a->from != b->to - b->from) return false;
    for (size_t i = 0; i < a->to - a->from; i++)
        if (text->runes[a->from + i] != text->runes[b->from + i]) return false;
    return true;
}

/* A row of heads goes on with the one above: what is merged down is missing in it, or said again; what is merged across
 * is missing above. */
static bool goes_on(const Text *text, const Row *above, const Row *row) {
    if (row->numbers) return false;
    bool merged = part_of(text, row->first)->column > 0 || same_words(text, above->first, row->first);
    return merged || row->cells > above->cells;
}

static unsigned width_of(const Text *text, const Table *table) {
    unsigned width = 0;
    for (size_t i = table->first; i < table->end; i++)
        if (part_of(text, i)->column >= width) width = part_of(text, i)->column + 1;
    return width;
}

/* Which rows are heads. A table that begins with numbers has none: its rows are names and numbers in turn. */
static void lay_out(const Text *text, const Lexicon *lexicon, Table *table) {
    unsigned width = width_of(text, table);
    Row row = row_at(text, lexicon, table->first, table->end);
    while (row.cells == 1 && width > 1 && row.end < table->end && !row.numbers)
        row = row_at(text, lexicon, row.end, table->end);
    table->head = table->body = part_of(text, row.first)->row;
    for (unsigned n = 0; n < HEAD_ROWS_MAX && !row.numbers; n++) {
        table->body = part_of(text, row.first)->row + 1;
        if (row.end >= table->end) return;
        Row next = row_at(text, lexicon, row.end, table->end);
        if (!goes_on(text, &row, &next)) return;
        row = next;
    }
}

/* 单位：万元, （单位：项、万元） */
static bool says_units(const Text *text, size_t paragraph) {
    const uint32_t *at = text->runes + text->paragraphs[paragraph].from;
    at += *at == '(';
    return at[0] == 0x5355 && at[1] == 0x4F4D; /* 单位 */
}

Tables tables_find(const void *ctx, const Text *text, const Lexicon *lexicon) {
    Tables tables = {0};
    for (size_t i = 0; i < text->n_paragraphs;) {
        Table table = {.first = i, .end = i, .caption = i ? i - 1 : NO_CELL, .units = i ? i - 1 : NO_CELL};
        if (part_of(text, i)->kind == PART_CELL)
            while (table.end < text->n_paragraphs && part_of(text, table.end)->kind == PART_CELL &&
                   part_of(text, table.end)->table == part_of(text, i)->table)
                table.end++;
        i = table.end > i ? table.end : i + 1;
        if (table.end == table.first) continue;
        if (table.first > 1 && says_units(text, table.units)) table.caption--;
        lay_out(text, lexicon, &table);
        *mem_push(ctx, tables.list, tables.count) = table;
    }
    return tables;
}

const Table *table_of(const Tables *tables, size_t paragraph) {
    size_t low = 0, high = tables->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tables->list[middle].end <= paragraph)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tables->count && tables->list[low].first <= paragraph ? &tables->list[low] : NULL;
}

/* --- heads --- */

/* The cell of a row of heads that stands over a column, merged across or not; NO_CELL. */
static size_t covering(const Text *text, const Table *table, unsigned row, unsigned column) {
    size_t found = NO_CELL;
    for (size_t i = table->first; i < table->end && part_of(text, i)->row <= row; i++)
        if (part_of(text, i)->row == row && part_of(text, i)->column <= column) found = i;
    return found;
}

/* From the lowest row of heads up: what stands in the very column is its head, and over that a group of columns. */
static void find_above(const Text *text, const Table *table, unsigned column, Heads *heads) {
    for (unsigned row = table->body; row-- > table->head;) {
        size_t cell = covering(text, table, row, column);
        if (cell == NO_CELL) continue;
        bool exact = part_of(text, cell)->column == column;
        if (heads->column != NO_CELL && heads->group == NO_CELL)
            heads->group = cell;
        else if (heads->column == NO_CELL && (exact || row == table->head))
            heads->column = cell;
    }
}

/* The cell of the first column that a row shares with those above it. */
static size_t shared_name(const Text *text, const Table *table, size_t paragraph) {
    for (size_t i = paragraph, n = 0; i-- > table->first && n < MERGED_MAX; n++)
        if (part_of(text, i)->row < table->body)
            return NO_CELL;
        else if (!part_of(text, i)->column)
            return i;
    return NO_CELL;
}

/* The cells before it that name its row: the first two; where no heads are, the last one is all. */
static void find_before(const Text *text, const Lexicon *lexicon, const Table *table, size_t paragraph, Heads *heads) {
    const Part *cell = part_of(text, paragraph);
    size_t first = paragraph;
    while (first > table->first && part_of(text, first - 1)->row == cell->row) first--;
    if (cell->row < table->body || cell->column == 0) return;
    if (part_of(text, first)->column > 0 && table->body > table->head)
        heads->name = shared_name(text, table, first);
    for (size_t i = first; i < paragraph && part_of(text, i)->column < cell->column; i++) {
        if (!names(text, lexicon, i)) continue;
        if (heads->name == NO_CELL || table->body == table->head)
            heads->name = i;
        else if (heads->detail == NO_CELL)
            heads->detail = i;
    }
}

Heads table_heads(const Text *text, const Lexicon *lexicon, const Table *table, size_t paragraph) {
    Heads heads = {NO_CELL, NO_CELL, NO_CELL, NO_CELL};
    if (!table) return heads;
    const Part *cell = part_of(text, paragraph);
    if (cell->row >= table->body) find_above(text, table, cell->column, &heads);
    find_before(text, lexicon, table, paragraph, &heads);
    return heads;
}
