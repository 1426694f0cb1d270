/* summary/annex.c: the annex of numbers. */
#include "summary/annex.h"

#include <string.h>

#include "base/mem.h"

static const Label annex_title = {"数据来源表", "Where the numbers come from"};
static const Label annex_as_at = {"各数均按台账截至%s的记录计算。",
                                  "All numbers are counted from the records as at %s."};
static const Label annex_note = {"附件：数据来源表", "Annex: Where the numbers come from"};

Date annex_day(const Summary *summary) { return summary->ask.as_at == DATE_NONE ? date_today() : summary->ask.as_at; }

const char *annex_cut_off(const void *ctx, const Summary *summary) {
    return day_words(ctx, annex_day(summary), lang_current());
}

const char *annex_period(const void *ctx, const SummaryFigure *figure) {
    return period_words(ctx, figure->figure->ask.period, lang_current());
}

/* --- columns --- */

static const char *cell_title(const void *ctx, const AnnexRow *row) {
    (void)ctx;
    return row->title;
}

static const char *cell_value(const void *ctx, const AnnexRow *row) {
    (void)ctx;
    return row->value;
}

static const char *cell_caliber(const void *ctx, const AnnexRow *row) {
    (void)ctx;
    return row->caliber;
}

/* 2020年 上半年: so that it breaks behind the year. */
static const char *cell_period(const void *ctx, const AnnexRow *row) {
    const char *period = period_words(ctx, row->period, lang_current()), *year = strstr(period, "年");
    if (!year || !year[strlen("年")]) return period;
    size_t size = (size_t)(year - period) + strlen("年");
    return mem_printf(ctx, "%.*s %s", (int)size, period, period + size);
}

static const char *cell_count(const void *ctx, const AnnexRow *row) {
    return mem_printf(ctx, "%lld", (long long)row->count);
}

static const char *cell_hash(const void *ctx, const AnnexRow *row) {
    int half = ANNEX_HASH_SHOWN / 2;
    return mem_printf(ctx, "%.*s %.*s", half, row->hash, half, row->hash + half); /* so that it breaks in the middle */
}

/* Behind the number of the row. */
static const struct Column {
    Label title;
    double width;
    const char *(*print)(const void *ctx, const AnnexRow *row);
} columns[] = {
    {{"指标", "Indicator"}, 0.18, cell_title},         {{"数值", "Value"}, 0.13, cell_value},
    {{"口径", "What it counts"}, 0.245, cell_caliber}, {{"期间", "Period"}, 0.135, cell_period},
    {{"记录数", "Records"}, 0.08, cell_count},         {{"校验码", "Fingerprint"}, 0.17, cell_hash},
};
#define N_COLUMNS    (sizeof columns / sizeof *columns)
#define NUMBER_WIDTH 0.06

static void fill_head(Doc *doc, Block *table) {
    double *widths = mem_array(doc, double, N_COLUMNS + 1);
    widths[0] = NUMBER_WIDTH;
    cell_add_run(doc, block_cell(table, 0, 0), label_text((Label){"序号", "No."}));
    for (size_t i = 0; i < N_COLUMNS; i++) {
        widths[i + 1] = columns[i].width;
        cell_add_run(doc, block_cell(table, 0, i + 1), label_text(columns[i].title));
    }
    table->widths = widths;
}

static void fill_row(Doc *doc, const Block *table, size_t place, const AnnexRow *row) {
    cell_add_run(doc, block_cell(table, place, 0), mem_printf(doc, "%zu", place))->anchor = row->name;
    for (size_t i = 0; i < N_COLUMNS; i++)
        cell_add_run(doc, block_cell(table, place, i + 1), columns[i].print(doc, row));
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

void annex_add(Doc *doc, const AnnexRow *rows, size_t n, Date cut_off) {
    if (!n) return;
    add_note(doc);
    doc_add(doc, BLOCK_ANNEX);
    block_add_run(doc, doc_add(doc, BLOCK_TITLE), label_text(annex_title));
    const char *as_at = mem_printf(doc, label_text(annex_as_at), day_words(doc, cut_off, lang_current()));
    block_add_run(doc, doc_add(doc, BLOCK_PARAGRAPH), as_at);
    Block *table = doc_add(doc, BLOCK_TABLE);
    block_make_table(doc, table, n + 1, N_COLUMNS + 1);
    fill_head(doc, table);
    for (size_t i = 0; i < n; i++) fill_row(doc, table, i + 1, &rows[i]);
}
