/* doc/doc.c: the tree of a document and the numbers of its headings.
 *
 * Owns: blocks, cells and runs, all in the talloc context of the Doc.
 * Promises: the text of every run is well-formed UTF-8 that XML may carry, without control characters. */
#include "doc/doc.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define HAN_NUMBER_MAX 99u

const DocFonts doc_fonts_standard = {
    .song = "宋体", .hei = "黑体", .kai = "楷体_GB2312", .fang = "仿宋_GB2312", .title = "方正小标宋简体"};

Doc *doc_new(const void *ctx) {
    Doc *doc = mem_new(ctx, Doc);
    doc->title = "";
    doc->lang = "zh-CN";
    return doc;
}

Block *doc_add(Doc *doc, BlockKind kind) {
    Block *block = mem_push(doc, doc->blocks, doc->n_blocks);
    block->kind = kind;
    return block;
}

static bool is_printable(unsigned rune) {
    return rune >= ' ' && !(rune >= 0x7F && rune < 0xA0) && rune != 0xFFFE && rune != 0xFFFF;
}

static char *printable_text(const void *ctx, const char *text) {
    Buf buf = BUF_INIT(ctx);
    const char *end = text + strlen(text);
    for (unsigned rune; (rune = text_next(&text, end)) != 0;) buf_rune(&buf, is_printable(rune) ? rune : ' ');
    return buf.data ? buf.data : mem_strdup(ctx, "");
}

static Run *add_run(Doc *doc, Run **runs, size_t *n_runs, const char *text) {
    Run *run = mem_push(doc, *runs, *n_runs);
    run->text = printable_text(doc, text);
    return run;
}

Run *block_add_run(Doc *doc, Block *block, const char *text) {
    return add_run(doc, &block->runs, &block->n_runs, text);
}

Run *cell_add_run(Doc *doc, DocCell *cell, const char *text) { return add_run(doc, &cell->runs, &cell->n_runs, text); }

void block_make_table(Doc *doc, Block *block, size_t n_rows, size_t n_columns) {
    block->cells = mem_array(doc, DocCell, n_rows * n_columns);
    block->n_rows = n_rows;
    block->n_columns = n_columns;
}

DocCell *block_cell(const Block *block, size_t row, size_t column) {
    return &block->cells[row * block->n_columns + column];
}

int block_level(const Block *heading) {
    return heading->level < 1 ? 1 : heading->level > DOC_LEVELS ? DOC_LEVELS : heading->level;
}

/* Puts text before the first run; a run of its own where that one carries a link, an anchor or weight. */
static void put_before(Doc *doc, Block *block, const char *text) {
    Run *first = block->n_runs ? &block->runs[0] : NULL;
    if (first && !first->link && !first->anchor && !first->strong) {
        first->text = mem_printf(doc, "%s%s", text, first->text);
        return;
    }
    block_add_run(doc, block, text);
    Run added = block->runs[block->n_runs - 1];
    memmove(block->runs + 1, block->runs, (block->n_runs - 1) * sizeof *block->runs);
    block->runs[0] = added;
}

static const char *chinese_number(const void *ctx, int level, const unsigned counts[DOC_LEVELS]) {
    static const char *const shapes[DOC_LEVELS] = {"%s、", "（%s）", "%s.", "（%s）"};
    unsigned n = counts[level - 1];
    const char *digits = level <= 2 && n <= HAN_NUMBER_MAX ? text_han_number(n) : mem_printf(ctx, "%u", n);
    return mem_printf(ctx, shapes[level - 1], digits);
}

/* 1. at the first level, 1.2 below; a level that was left out is left out of the number too. */
static const char *english_number(const void *ctx, int level, const unsigned counts[DOC_LEVELS]) {
    Buf number = BUF_INIT(ctx);
    for (int i = 0; i < level; i++)
        if (counts[i]) buf_printf(&number, "%s%u", number.size ? "." : "", counts[i]);
    buf_add(&number, level == 1 ? ". " : " ");
    return number.data;
}

static void number_heading(Doc *doc, Block *block, bool chinese, unsigned counts[DOC_LEVELS]) {
    int level = block_level(block);
    counts[level - 1]++;
    for (int i = level; i < DOC_LEVELS; i++) counts[i] = 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    put_before(doc, block, (chinese ? chinese_number : english_number)(scratch, level, counts));
}

static size_t count_kind(const Doc *doc, BlockKind kind) {
    size_t n = 0;
    for (size_t i = 0; i < doc->n_blocks; i++) n += doc->blocks[i].kind == kind;
    return n;
}

void doc_number_headings(Doc *doc) {
    bool chinese = strncmp(doc->lang, "en", 2) != 0;
    bool one_annex = count_kind(doc, BLOCK_ANNEX) == 1;
    unsigned counts[DOC_LEVELS] = {0};
    unsigned annexes = 0;
    for (size_t i = 0; i < doc->n_blocks; i++) {
        Block *block = &doc->blocks[i];
        if (block->kind == BLOCK_HEADING) number_heading(doc, block, chinese, counts);
        if (block->kind != BLOCK_ANNEX) continue;
        annexes++;
        memset(counts, 0, sizeof counts);
        if (block->n_runs) continue;
        const char *word = chinese ? "附件" : "Annex";
        char label[32];
        snprintf(label, sizeof label, one_annex ? "%s" : chinese ? "%s%u" : "%s %u", word, annexes);
        block_add_run(doc, block, label);
    }
}
