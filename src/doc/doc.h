/* doc/doc.h: a document as a tree of blocks, and its three printed forms.
 *
 * Markdown in; HTML, docx and PDF out. Official documents follow GB/T 9704-2012 (A4, 37/35/28/26 mm margins,
 * 156 × 225 mm type area, 22 lines of 28 characters, page number — 1 — outside). A link whose target begins with
 * "figure:" is a number that opens; in docx and PDF it leads to the row of the annex with that name. */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

#define DOC_SOURCE_MAX (16u << 20) /* bytes of Markdown */
#define DOC_DEPTH_MAX  32          /* blocks and emphasis within one another */
#define DOC_CELLS_MAX  250000u     /* of all tables of a source */
#define DOC_LEVELS     4           /* of headings */

typedef enum {
    BLOCK_TITLE,     /* document title: 2号 小标宋, centred */
    BLOCK_HEADING,   /* level 1…4: 一、 黑体; （一） 楷体; 1. 仿宋; （1） 仿宋 */
    BLOCK_PARAGRAPH, /* body: 3号 仿宋, first line indented by two characters */
    BLOCK_FLUSH,     /* a paragraph without indent: addressee */
    BLOCK_SIGNATURE, /* set to the right: unit, then date */
    BLOCK_TABLE,     /* rows of cells; the first row is the heading */
    BLOCK_ANNEX,     /* begins a new page; its runs are the label at the top left: 附件1 */
} BlockKind;

typedef struct Run {
    const char *text;
    const char *link;   /* "figure:NAME@…", a URL, or NULL */
    const char *anchor; /* name that links can lead to, or NULL */
    bool strong;
} Run;

typedef struct DocCell {
    Run *runs;
    size_t n_runs;
} DocCell;

typedef struct Block {
    BlockKind kind;
    int level; /* of a heading */
    Run *runs; /* of all kinds but tables */
    size_t n_runs;
    DocCell *cells; /* of a table: n_rows × n_columns */
    size_t n_rows, n_columns;
    const double *widths; /* of a table: shares that add up to 1, or NULL */
    size_t row_lines; /* of a table: room that a row has at least in the PDF, for what is written by hand; 0: none */
} Block;

typedef struct Doc {
    const char *title;      /* for metadata */
    const char *lang;       /* "zh-CN" or "en" */
    size_t numbered_behind; /* the block behind which lines of text carry their number in the margin of the PDF, as a
                               proof is talked about by page and line; 0: none do */
    Block *blocks;
    size_t n_blocks;
} Doc;

Doc *doc_new(const void *ctx);
Block *doc_add(Doc *doc, BlockKind kind); /* lent until the next block is added */
/* Text is copied, control characters and bad bytes replaced, so that it is fit for every form. The run is lent
 * until the next run of the same block or cell is added; link and anchor are the caller's to set, and to keep. */
Run *block_add_run(Doc *doc, Block *block, const char *text);
void block_make_table(Doc *doc, Block *block, size_t n_rows, size_t n_columns); /* of empty cells */
DocCell *block_cell(const Block *block, size_t row, size_t column);             /* lent */
Run *cell_add_run(Doc *doc, DocCell *cell, const char *text);
int block_level(const Block *heading); /* 1 … DOC_LEVELS, whatever was asked for */

/* From Markdown (CommonMark with tables): `# ` is the title, `## ` to `##### ` headings 1 to 4, a paragraph
 * that begins with `> ` the flush paragraph, `---` begins an annex and a flush paragraph right behind it is its
 * label (an empty `>` says there is none), a paragraph of the form `^ text` a signature line. The title of a link
 * is the anchor: [text](figure:NAME), [text](<> "ANCHOR"). A hard line break begins a new block, lists become
 * paragraphs, raw HTML is text, pictures are refused. Headings carry no number: doc_number_headings writes it.
 * Appends to doc. 0, or 1 with findings (what could be read is there all the same). */
int doc_from_markdown(Doc *doc, const char *source, size_t size, Diag *diag);

/* Numbers headings as official documents do: 一、 （一） 1. （1）; English documents 1. 1.1 …; and gives annexes
 * without a label theirs: 附件, or 附件1 附件2 … where there are several. */
void doc_number_headings(Doc *doc);

/* HTML of the body (a fragment); figure links become <a class="figure" href="#f-NAME" data-figure="NAME">, the
 * NAME in href written with bytes other than letters, digits, - and _ as .hh (hexadecimal), so that it is an id. */
void doc_to_html(const Doc *doc, Buf *out);
/* The same with figure links that lead elsewhere: href gives the address for a NAME, owned by ctx; NULL: no link. */
typedef const char *(*DocHref)(const void *ctx, const char *name, void *data);
void doc_to_html_leading(const Doc *doc, DocHref href, void *data, Buf *out);

/* Where the fonts are not installed a printed form falls back along this list and says so in a note. */
typedef struct DocFonts {
    const char *song, *hei, *kai, *fang, *title; /* family names asked for */
} DocFonts;
extern const DocFonts doc_fonts_standard; /* 宋体 黑体 楷体_GB2312 仿宋_GB2312 方正小标宋简体 */

/* Complete files, renamed into place when whole. 0, or 1 with findings. */
int doc_to_docx(const Doc *doc, const DocFonts *fonts, const char *path, Diag *diag);
int doc_to_pdf(const Doc *doc, const DocFonts *fonts, const char *path, Diag *diag);

#endif
