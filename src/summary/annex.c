/* summary/annex.c: the annex of numbers. */
#include "summary/annex.h"

#include <string.h>

#include "base/mem.h"
#include "summary/composer.h"

static const Label annex_title = {"数据来源表", "Where the numbers come from"};
static const Label annex_as_at = {"各数均按台账截至%s的记录计算。",
                                  "All numbers are counted from the records as at %s."};
static const Label annex_note = {"附件：数据来源表", "Annex: Where the numbers come from"};

static Date cut_off(const Summary *summary) {
    return summary->ask.as_at == DATE_NONE ? date_today() : summary->ask.as_at;
}

const char *annex_cut_off(const void *ctx, const Summary *summary) {
    return day_words(ctx, cut_off(summary), lang_current());
}

const char *annex_period(const void *ctx, const SummaryFigure *figure) {
    return period_words(ctx, figure->figure->ask.period, lang_current());
}

/* --- columns --- */

typedef struct Cell {
    const Summary *summary;
    const SummaryFigure *figure;
    size_t row;
} Cell;

static const char *cell_number(const void *ctx, const Cell *cell) { return mem_printf(ctx, "%zu", cell->row); }

static const char *cell_title(const void *ctx, const Cell *cell) {
    (void)ctx;
    return label_text(cell->figure->figure->ask.indicator->title);
}

static const char *cell_value(const void *ctx, const Cell *cell) {
    const Figure *figure = cell->figure->figure;
    return figure->value.known ? figure_print(ctx, figure->ask.indicator, figure->value) : "—";
}

static const char *cell_caliber(const void *ctx, const Cell *cell) {
    (void)ctx;
    return label_text(cell->figure->figure->ask.indicator->caliber);
}

/* 2020年 上半年: so that it breaks behind the year. */
static const char *cell_period(const void *ctx, const Cell *cell) {
    const char *period = annex_period(ctx, cell->figure), *year = strstr(period, "年");
    if (!year || !year[strlen("年")]) return period;
    size_t size = (size_t)(year - period) + strlen("年");
    return mem_printf(ctx, "%.*s %s", (int)size, period, period + size);
}

static const char *cell_count(const void *ctx, const Cell *cell) {
    return mem_printf(ctx, "%lld", (long long)cell->figure->figure->count);
}

static const char *cell_hash(const void *ctx, const Cell *cell) {
    const char *hash = cell->figure->figure->hash;
    int half = ANNEX_HASH_SHOWN / 2;
    return mem_printf(ctx, "%.*s %.*s", half, hash, half, hash + half); /* so that it breaks in the middle */
}

static const struct Column {
    Label title;
    double width;
    const char *(*print)(const void *ctx, const Cell *cell);
} columns[] = {
    {{"序号", "No."}, 0.06, cell_number},      {{"指标", "Indicator"}, 0.18, cell_title},
    {{"数值", "Value"}, 0.13, cell_value},     {{"口径", "What it counts"}, 0.245, cell_caliber},
    {{"期间", "Period"}, 0.135, cell_period},   {{"记录数", "Records"}, 0.08, cell_count},
    {{"校验码", "Fingerprint"}, 0.17, cell_hash},
};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static void fill_row(Summary *summary, const Block *table, const Cell *cell) {
    for (size_t column = 0; column < N_COLUMNS; column++) {
        Run *run =
            cell_add_run(summary->doc, block_cell(table, cell->row, column), columns[column].print(summary, cell));
        if (column == 0) run->anchor = cell->figure->name;
    }
}

/* The text names its annex before the signature. */
static void add_note(Doc *doc) {
    size_t place = 0;
    while (place < doc->n_blocks && doc->blocks[place].kind != BLOCK_SIGNATURE) place++;
    block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH), label_text(annex_note));
    Block note = doc->blocks[doc->n_blocks - 1];
    memmove(&doc->blocks[place + 1], &doc->blocks[place], (doc->n_blocks - 1 - place) * sizeof note);
    doc->blocks[place] = note;
}

bool annex_is_note(const Block *block) {
    if (block->kind != BLOCK_PARAGRAPH || block->n_runs != 1) return false;
    return !strcmp(block->runs[0].text, annex_note.zh) || !strcmp(block->runs[0].text, annex_note.en);
}

void annex_add(Summary *summary) {
    if (!summary->n_figures) return;
    Doc *doc = summary->doc;
    add_note(doc);
    doc_add(doc, BLOCK_ANNEX);
    block_add_run(doc, doc_add(doc, BLOCK_TITLE), label_text(annex_title));
    const char *as_at = mem_printf(doc, label_text(annex_as_at), annex_cut_off(doc, summary));
    block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH), as_at);
    Block *table = doc_add(doc, BLOCK_TABLE);
    block_make_table(doc, table, summary->n_figures + 1, N_COLUMNS);
    double *widths = mem_array(doc, double, N_COLUMNS);
    for (size_t column = 0; column < N_COLUMNS; column++) {
        widths[column] = columns[column].width;
        cell_add_run(doc, block_cell(table, 0, column), label_text(columns[column].title));
    }
    table->widths = widths;
    for (size_t i = 0; i < summary->n_figures; i++)
        fill_row(summary, table, &(Cell){summary, &summary->figures[i], i + 1});
}
