/* summary/proof.c: a text on its way as it is printed to be read and signed: 发文稿纸 first, 送审稿 behind it. */
#include "base/mem.h"
#include "summary/summary.h"

static const Label sheet_title = {"发文稿纸", "Sheet for signing"}, proof_mark = {"送审稿", "Proof"};

static const Label columns[] = {{"环节", "Step"}, {"姓名", "Name"}, {"意见", "Opinion"}, {"日期", "Date"}};
#define ROW_LINES 3 /* so that an opinion can be written by hand */
#define N_COLUMNS (sizeof columns / sizeof *columns)
static const double widths[N_COLUMNS] = {0.3, 0.16, 0.3, 0.24};

static void add_lines(Doc *doc, const ProofLine *lines, size_t n) {
    Block *table = doc_add(doc, BLOCK_TABLE);
    block_make_table(doc, table, n + 1, N_COLUMNS);
    table->widths = widths;
    table->row_lines = ROW_LINES;
    for (size_t i = 0; i < N_COLUMNS; i++) cell_add_run(doc, block_cell(table, 0, i), label_text(columns[i]));
    for (size_t row = 0; row < n; row++) {
        const char *cells[N_COLUMNS] = {lines[row].part, lines[row].who, lines[row].words, lines[row].at};
        for (size_t i = 0; i < N_COLUMNS; i++) cell_add_run(doc, block_cell(table, row + 1, i), cells[i]);
    }
}

static void add_fact(Doc *doc, Label name, const char *words) {
    block_add_run(doc, doc_add(doc, BLOCK_FLUSH), mem_printf(doc, "%s%s", label_text(name), words));
}

static void add_sheet(Doc *doc, const Summary *summary, const ProofLine *lines, size_t n) {
    block_add_run(doc, doc_add(doc, BLOCK_TITLE), label_text(sheet_title));
    add_fact(doc, (Label){"标题：", "Title: "}, summary->title);
    add_fact(doc, (Label){"期间：", "Period: "}, period_words(doc, summary->ask.period, lang_current()));
    add_fact(doc, (Label){"文中数字：", "Figures in it: "}, mem_printf(doc, "%zu", summary->n_figures));
    add_lines(doc, lines, n);
}

Doc *summary_proof(const void *ctx, const Summary *summary, const ProofLine *lines, size_t n) {
    Doc *doc = doc_new(ctx);
    Lang before = lang_current();
    doc->title = summary->title;
    doc->lang = summary->doc->lang;
    lang_use(summary_is_chinese(summary->ask.report) ? LANG_ZH : LANG_EN);
    add_sheet(doc, summary, lines, n);
    block_add_run(doc, doc_add(doc, BLOCK_ANNEX), label_text(proof_mark));
    doc->numbered_behind = doc->n_blocks - 1;
    for (size_t i = 0; i < summary->doc->n_blocks; i++)
        *doc_add(doc, summary->doc->blocks[i].kind) = summary->doc->blocks[i];
    lang_use(before);
    return doc;
}
