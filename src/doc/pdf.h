/* doc/pdf.h: the parts of the PDF writer. Points throughout; y counts down from the top of the type area. */
#ifndef DOC_PDF_H
#define DOC_PDF_H

#include <cairo.h>
#include <pango/pango.h>

#include "doc/layout.h"
#include "doc/link.h"

#define PDF_AREA_WIDTH  (LAYOUT_AREA_WIDTH_MM * LAYOUT_POINTS_PER_MM)
#define PDF_AREA_HEIGHT (LAYOUT_AREA_HEIGHT_MM * LAYOUT_POINTS_PER_MM)
#define PDF_EM_ASCENT   0.88 /* of an em box above the baseline, in Han fonts */
#define PDF_ROUNDING    0.01 /* points by which a full line or page may seem too large */

/* A document being drawn. */
typedef struct Pdf {
    const Doc *doc;
    const char *families[FACE_COUNT];
    LinkAnchors *anchors;
    cairo_surface_t *surface;
    cairo_t *cr; /* its origin is the top left of the type area */
    PangoContext *pango;
    PangoLayout *layout; /* used again for every piece of text */
    int page;            /* from 1 */
    bool numbered;       /* lines carry their number */
    double y;            /* where the next thing may stand */
} Pdf;

/* The family to use for one asked for: itself where it is installed, else the first installed one of a list, with
 * a note. Lent, as long as `asked`. */
const char *pdf_find_family(Face face, const char *asked, Diag *diag);

/* A new page where less than `height` is left on this one. */
void pdf_need(Pdf *pdf, double height);
void pdf_break_page(Pdf *pdf);

typedef struct PdfChar {
    size_t at; /* byte in the text */
    unsigned rune;
    size_t run;        /* index */
    double natural;    /* width as the font has it */
    double advance;    /* on the grid of the page */
    bool breaks_after; /* a line may end behind it */
    bool stretches;    /* the gap behind it may grow to fill a line */
} PdfChar;

typedef struct PdfLine {
    size_t first, end; /* characters */
    double indent;
    double width; /* without spaces at the end */
} PdfLine;

/* Text set in lines. */
typedef struct PdfText {
    const Look *look;
    const Run *runs;
    char *text;
    PdfChar *chars;
    size_t n_chars;
    PdfLine *lines;
    size_t n_lines;
    double width; /* to fill */
} PdfText;

/* Owned by ctx; the runs are lent. At least one line, which may be empty. */
PdfText *pdf_text_set(Pdf *pdf, const void *ctx, const Look *look, const Run *runs, size_t n_runs, double width);
/* Draws one line with its em boxes in the middle of `height`. `right` is kept free at the right margin. */
void pdf_text_draw(Pdf *pdf, const PdfText *text, size_t line, double x, double y, double height, Align align,
                   double right);
/* Tells behind which characters a line may end, and which gaps may grow. */
void pdf_find_breaks(PdfText *text);

void pdf_table_draw(Pdf *pdf, const Block *table);
/* Of the heading row and the one after it: what must stand together with a heading above. */
double pdf_table_start_height(Pdf *pdf, const Block *table);

#endif
