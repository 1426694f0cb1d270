/* doc/reading.h: a finished document read for its text: what a reader of it sees, character by character, each with
 * the place where it stands in the text as given.
 *
 * The text as given: of plain text and Markdown the whole file, of HTML its source with all tags, of a docx its text in
 * document order (a line a paragraph, the cells of a table row divided by tabs, a note behind the paragraph that calls
 * it). Positions count its code points from 0. Nothing is interpreted here: characters are as the author wrote them. */
#ifndef DOC_READING_H
#define DOC_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

#define READING_FILE_MAX   ((size_t)64 << 20) /* bytes of a file */
#define READING_GLYPHS_MAX ((size_t)20000000)
#define READING_PARTS_MAX  1000000u
#define READING_DEPTH_MAX  256 /* elements within one another; what is deeper is read as if it stood at this depth */

/* One character that a reader sees. */
typedef struct Glyph {
    uint32_t rune;
    uint32_t start, end; /* in the text as given; equal where the document makes it, as the numbers of a list */
} Glyph;

typedef enum {
    PART_TEXT,    /* a paragraph, or a line of plain text */
    PART_HEADING, /* where the document says so: level from 1 */
    PART_CELL,    /* of a table */
    PART_NOTE,    /* a footnote or endnote */
} PartKind;

/* A stretch of glyphs that belongs together. Parts follow one another in the order of the document; none is empty or
 * white space alone. The paragraphs of a cell are parts of their own with the same place. */
typedef struct Part {
    PartKind kind;
    size_t from, to;      /* its glyphs: [from, to) */
    unsigned level;       /* of a heading */
    unsigned table;       /* of a cell, from 1; 0 for others */
    unsigned row, column; /* of a cell, from 0; a merged cell stands at its first row and column */
    bool apart;           /* of a line of plain text: an empty one stands before it */
} Part;

typedef enum { READING_TEXT, READING_HTML, READING_DOCX } ReadingForm;

typedef struct Reading {
    ReadingForm form;
    const char *encoding; /* as found, lent for ever */
    const char *given;    /* the text as given, UTF-8 */
    uint32_t n_given;     /* its code points */
    Glyph *glyphs;
    size_t n_glyphs;
    Part *parts;
    size_t n_parts;
} Reading;

/* Reads a file; its form is found from its bytes, not its name, but that text in a file .md is Markdown, as is
 * any text with a table of it. Owned by ctx.
 * 0, or 1 with one finding that names the file: not a document, empty, encrypted, too large, damaged. */
int reading_open(const void *ctx, const char *path, Diag *diag, Reading **ret_reading);
/* The same from bytes; name is for findings. */
int reading_from_bytes(const void *ctx, const char *name, const char *bytes, size_t size, Diag *diag,
                       Reading **ret_reading);

/* A remark beside a stretch of a docx. */
typedef struct DocxComment {
    uint32_t start, end; /* in the text as given */
    const char *text;    /* lines divided by \n become paragraphs */
} DocxComment;

/* A copy of a docx with a comment at each place (they may overlap), everything else as it was; renamed into place when
 * whole. 0, or 1 with findings. */
int docx_comment(const char *path, const char *copy, const char *author, const DocxComment *comments, size_t n,
                 Diag *diag);

/* New words for a stretch of a docx, as somebody decided. */
typedef struct DocxCorrection {
    uint32_t start, end; /* in the text as given; not empty */
    const char *text, *author;
    const char *at; /* UTC instant */
} DocxCorrection;

/* A copy of a docx with each as a tracked change, everything else as it was; they are in the order of the text and do
 * not overlap. Where a place is not text alone it stays; *ret_done counts the others. 0, or 1 with findings. */
int docx_correct(const char *path, const char *copy, const DocxCorrection *list, size_t n, Diag *diag,
                 size_t *ret_done);

#endif
