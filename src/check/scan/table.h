/* check/scan/table.h: the tables of a text: where each begins, which of its rows are heads, and which of those say of
 * what a cell is. Private to check/. */
#ifndef CHECK_TABLE_H
#define CHECK_TABLE_H

#include "check/scan/lexicon.h"
#include "check/scan/text.h"

#define NO_CELL SIZE_MAX

typedef struct Table {
    size_t first, end;   /* its cells: paragraphs [first, end) */
    size_t caption;      /* the paragraph above it, NO_CELL at the beginning of the text; */
    size_t units;        /* and that between them, 单位：万元; else the same */
    unsigned head, body; /* the first row of the heads, and the first behind them; alike where it has no heads. Above
                            the heads may stand titles: one cell over the whole width */
} Table;

typedef struct Tables {
    Table *list; /* in the order of the text */
    size_t count;
} Tables;

/* What stands above a cell and before it, as paragraphs; NO_CELL where there is none. */
typedef struct Heads {
    size_t column, group; /* the head of its column, and of the columns it is one of: 期数, 培训 */
    size_t name, detail;  /* the name of its row, and what else names it: 产出, 新认定高企 */
} Heads;

/* All tables of a text, owned by ctx. */
Tables tables_find(const void *ctx, const Text *text, const Lexicon *lexicon);
/* The table that a paragraph is a cell of; NULL for others. */
const Table *table_of(const Tables *tables, size_t paragraph);
/* The heads of a cell of it. */
Heads table_heads(const Text *text, const Lexicon *lexicon, const Table *table, size_t paragraph);
/* The cell holds a number, with its measure or without, and nothing else; a year is none. */
bool table_is_number(const Text *text, const Lexicon *lexicon, size_t paragraph);

#endif
