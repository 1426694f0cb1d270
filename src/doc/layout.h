/* doc/layout.h: what an official document looks like, shared by the printed forms (GB/T 9704-2012).
 *
 * The type area is 156 × 225 mm: 22 lines of 28 characters. With 16 pt characters (what word processors call 3号)
 * 28 of them are wider than the area, so print uses the traditional 15.75 pt and both use the pitch of the grid. */
#ifndef DOC_LAYOUT_H
#define DOC_LAYOUT_H

#include "doc/doc.h"

#define LAYOUT_PAGE_WIDTH_MM   210.0
#define LAYOUT_PAGE_HEIGHT_MM  297.0
#define LAYOUT_TOP_MM          37.0
#define LAYOUT_LEFT_MM         28.0
#define LAYOUT_BOTTOM_MM       35.0
#define LAYOUT_RIGHT_MM        26.0
#define LAYOUT_AREA_WIDTH_MM   156.0
#define LAYOUT_AREA_HEIGHT_MM  225.0
#define LAYOUT_LINES           22
#define LAYOUT_CHARS           28
#define LAYOUT_NUMBER_BELOW_MM 7.0 /* the dashes of the page number, below the type area */

#define LAYOUT_POINTS_PER_MM (72.0 / 25.4)
#define LAYOUT_CHAR_POINTS   (LAYOUT_AREA_WIDTH_MM * LAYOUT_POINTS_PER_MM / LAYOUT_CHARS)
#define LAYOUT_LINE_POINTS   (LAYOUT_AREA_HEIGHT_MM * LAYOUT_POINTS_PER_MM / LAYOUT_LINES)
#define LAYOUT_BODY_POINTS   15.75 /* 3号 as type is cast */
#define LAYOUT_TABLE_POINTS  12.0  /* 小4 */
#define LAYOUT_NUMBER_POINTS 14.0  /* 4号 */

typedef enum { FACE_SONG, FACE_HEI, FACE_KAI, FACE_FANG, FACE_TITLE, FACE_COUNT } Face;
typedef enum { ALIGN_BOTH, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

/* One row a kind of text block; headings have one a level. */
typedef struct Look {
    const char *style; /* its name in the docx */
    Face face;
    double word_points;  /* as word processors name the size */
    double print_points; /* as type is cast */
    Align align;
    int indent;       /* of the first line, characters */
    int lines_before; /* left blank unless the block before is of the same kind */
    int lines_after;
    bool keep_next;
} Look;

extern const Look layout_table_heading; /* of the first row of a table; layout_look gives that of the others */
const Look *layout_look(const Block *block);
const char *layout_family(const DocFonts *fonts, Face face);

/* Blank lines between two blocks that follow one another. */
int layout_lines_between(const Block *above, const Block *below);

/* How far the line ends from the right margin, in characters: the last line of a signature (the date) by four, the
 * others centred over it. `index` is that of a signature block. */
double layout_signature_indent(const Doc *doc, size_t index);

/* Shares of the columns, from their contents where the table does not say. Room for n_columns. */
void layout_widths(const Block *table, double *ret_shares);
/* How the cells of each column stand: short ones centred, longer ones to the left. */
void layout_aligns(const Block *table, Align *ret_aligns);

/* A title broken between words into lines of decreasing length, as few as it needs (at least one), each with its
 * part of the runs. Owned by ctx. */
DocCell *layout_title_lines(const void *ctx, const Block *title, size_t *ret_lines);

/* Columns of half a character; dashes, ellipses and quotation marks are full-width in Han fonts. */
size_t layout_columns(const char *text);
/* All runs as one string, owned by ctx. */
char *layout_text(const void *ctx, const Run *runs, size_t n_runs);

#endif
