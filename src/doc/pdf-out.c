/* doc/pdf-out.c: blocks onto pages.
 *
 * Text stands in the 22 lines of the page, tables where they end; what follows a table goes on at the next line.
 * The file is made in memory; the same document with the same fonts gives the same bytes. */
#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "doc/pdf.h"

#define DASH_HEIGHT 0.38 /* em of the middle of a dash above the baseline */
#define DATE_SIZE   32

#define LINE_NUMBER_POINTS 9.0
#define LINE_NUMBER_WIDTH  24.0 /* points, of which the rest is the gap to the text */
#define LINE_NUMBER_GAP    10.0
#define LINE_NUMBER_GREY   0.45

static const Look PAGE_NUMBER_LOOK = {NULL, FACE_SONG, LAYOUT_NUMBER_POINTS, LAYOUT_NUMBER_POINTS, ALIGN_LEFT, 0, 0,
                                      0,    false};

/* The number of a line, outside of the type area and as pale as it may be. */
static const Look LINE_NUMBER_LOOK = {NULL, FACE_SONG, LINE_NUMBER_POINTS, LINE_NUMBER_POINTS, ALIGN_RIGHT, 0, 0,
                                      0,    false};

static int pdf_drop(Pdf *pdf) {
    if (pdf->layout) g_object_unref(pdf->layout);
    if (pdf->pango) g_object_unref(pdf->pango);
    if (pdf->cr) cairo_destroy(pdf->cr);
    if (pdf->surface) cairo_surface_destroy(pdf->surface);
    return 0;
}

static cairo_status_t write_bytes(void *out, const unsigned char *bytes, unsigned size) {
    buf_add_bytes(out, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

/* The date of the file is that of the build environment, if it says one, else none: it says nothing of the text. */
static void set_metadata(Pdf *pdf) {
    char date[DATE_SIZE] = "";
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t moment = epoch ? (time_t)strtoll(epoch, NULL, 10) : 0;
    struct tm parts;
    if (epoch && gmtime_r(&moment, &parts)) strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &parts);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, pdf->doc->title);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Kezhang");
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

/* Glyphs stay where the outlines want them: a page is not a screen. */
static void open_pango(Pdf *pdf) {
    pdf->pango = pango_cairo_create_context(pdf->cr);
    pango_cairo_context_set_resolution(pdf->pango, 72);
    pango_context_set_round_glyph_positions(pdf->pango, FALSE);
    pango_context_set_language(pdf->pango, pango_language_from_string("zh-cn"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(pdf->pango, options);
    cairo_font_options_destroy(options);
    pdf->layout = pango_layout_new(pdf->pango);
    pango_layout_set_single_paragraph_mode(pdf->layout, TRUE);
}

static Pdf *pdf_open(const void *ctx, const Doc *doc, const DocFonts *fonts, Buf *out, Diag *diag) {
    Pdf *pdf = mem_new(ctx, Pdf);
    talloc_set_destructor(pdf, pdf_drop);
    pdf->doc = doc;
    pdf->anchors = link_anchors_of(pdf, doc);
    for (Face face = 0; face < FACE_COUNT; face++)
        pdf->families[face] = pdf_find_family(face, layout_family(fonts, face), diag);
    pdf->surface = cairo_pdf_surface_create_for_stream(write_bytes, out, LAYOUT_PAGE_WIDTH_MM * LAYOUT_POINTS_PER_MM,
                                                       LAYOUT_PAGE_HEIGHT_MM * LAYOUT_POINTS_PER_MM);
    set_metadata(pdf);
    pdf->cr = cairo_create(pdf->surface);
    cairo_translate(pdf->cr, LAYOUT_LEFT_MM * LAYOUT_POINTS_PER_MM, LAYOUT_TOP_MM * LAYOUT_POINTS_PER_MM);
    pdf->page = 1;
    open_pango(pdf);
    return pdf;
}

/* — 1 — with one character free outside: right on odd pages, left on even ones. */
static void draw_page_number(Pdf *pdf) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Run run = {.text = mem_printf(scratch, "— %d —", pdf->page)};
    PdfText *text = pdf_text_set(pdf, scratch, &PAGE_NUMBER_LOOK, &run, 1, PDF_AREA_WIDTH - 2 * LAYOUT_NUMBER_POINTS);
    double dash = PDF_AREA_HEIGHT + LAYOUT_NUMBER_BELOW_MM * LAYOUT_POINTS_PER_MM;
    double top = dash - (PDF_EM_ASCENT - DASH_HEIGHT) * LAYOUT_NUMBER_POINTS;
    Align align = pdf->page % 2 ? ALIGN_RIGHT : ALIGN_LEFT;
    pdf_text_draw(pdf, text, 0, LAYOUT_NUMBER_POINTS, top, LAYOUT_NUMBER_POINTS, align, 0);
}

static void end_page(Pdf *pdf) {
    draw_page_number(pdf);
    cairo_show_page(pdf->cr);
}

void pdf_break_page(Pdf *pdf) {
    end_page(pdf);
    pdf->page++;
    pdf->y = 0;
}

void pdf_need(Pdf *pdf, double height) {
    if (pdf->y > 0 && pdf->y + height > PDF_AREA_HEIGHT + PDF_ROUNDING) pdf_break_page(pdf);
}

static void go_to_line(Pdf *pdf) { pdf->y = ceil((pdf->y - PDF_ROUNDING) / LAYOUT_LINE_POINTS) * LAYOUT_LINE_POINTS; }

static void draw_line_number(Pdf *pdf) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Run run = {.text = mem_printf(scratch, "%ld", lround(pdf->y / LAYOUT_LINE_POINTS) + 1)};
    PdfText *text = pdf_text_set(pdf, scratch, &LINE_NUMBER_LOOK, &run, 1, LINE_NUMBER_WIDTH);
    cairo_save(pdf->cr);
    cairo_set_source_rgb(pdf->cr, LINE_NUMBER_GREY, LINE_NUMBER_GREY, LINE_NUMBER_GREY);
    pdf_text_draw(pdf, text, 0, -LINE_NUMBER_WIDTH - LINE_NUMBER_GAP, pdf->y, LAYOUT_LINE_POINTS, ALIGN_RIGHT, 0);
    cairo_restore(pdf->cr);
}

static void draw_lines(Pdf *pdf, const PdfText *text, double right) {
    for (size_t i = 0; i < text->n_lines; i++) {
        pdf_need(pdf, LAYOUT_LINE_POINTS);
        if (pdf->numbered) draw_line_number(pdf);
        pdf_text_draw(pdf, text, i, 0, pdf->y, LAYOUT_LINE_POINTS, text->look->align, right);
        pdf->y += LAYOUT_LINE_POINTS;
    }
}

static void draw_runs(Pdf *pdf, const Block *block, const Run *runs, size_t n_runs, double right) {
    PdfText *text = pdf_text_set(pdf, pdf, layout_look(block), runs, n_runs, PDF_AREA_WIDTH);
    draw_lines(pdf, text, right);
    talloc_free(text);
}

static void draw_plain(Pdf *pdf, const Block *block) { draw_runs(pdf, block, block->runs, block->n_runs, 0); }

static void draw_title(Pdf *pdf, const Block *block) {
    size_t n_lines;
    DocCell *lines = layout_title_lines(pdf, block, &n_lines);
    for (size_t i = 0; i < n_lines; i++) draw_runs(pdf, block, lines[i].runs, lines[i].n_runs, 0);
    talloc_free(lines);
}

static void draw_signature(Pdf *pdf, const Block *block) {
    double indent = layout_signature_indent(pdf->doc, (size_t)(block - pdf->doc->blocks));
    draw_runs(pdf, block, block->runs, block->n_runs, indent * LAYOUT_CHAR_POINTS);
}

static void draw_annex(Pdf *pdf, const Block *block) {
    if (pdf->y > 0) pdf_break_page(pdf);
    if (block->n_runs) draw_plain(pdf, block);
}

/* One row a kind of block. */
static void (*const DRAWERS[])(Pdf *pdf, const Block *block) = {
    [BLOCK_TITLE] = draw_title, [BLOCK_HEADING] = draw_plain,       [BLOCK_PARAGRAPH] = draw_plain,
    [BLOCK_FLUSH] = draw_plain, [BLOCK_SIGNATURE] = draw_signature, [BLOCK_TABLE] = pdf_table_draw,
    [BLOCK_ANNEX] = draw_annex,
};

/* What must stand together from a block on: headings and the first line of what they head. */
static double together(Pdf *pdf, const Block *block) {
    const Block *end = pdf->doc->blocks + pdf->doc->n_blocks;
    double height = 0;
    for (; block < end && height < PDF_AREA_HEIGHT; block++) {
        if (block->kind == BLOCK_TABLE) return height + pdf_table_start_height(pdf, block);
        if (!layout_look(block)->keep_next) return height + LAYOUT_LINE_POINTS;
        PdfText *text = pdf_text_set(pdf, pdf, layout_look(block), block->runs, block->n_runs, PDF_AREA_WIDTH);
        height += (double)text->n_lines * LAYOUT_LINE_POINTS;
        if (block + 1 < end) height += layout_lines_between(block, block + 1) * LAYOUT_LINE_POINTS;
        talloc_free(text);
    }
    return height;
}

static void draw_block(Pdf *pdf, size_t index) {
    const Block *block = &pdf->doc->blocks[index];
    pdf->numbered = pdf->doc->numbered_behind && index > pdf->doc->numbered_behind;
    go_to_line(pdf);
    if (index && pdf->y > 0) pdf->y += layout_lines_between(block - 1, block) * LAYOUT_LINE_POINTS;
    double height = block->kind == BLOCK_ANNEX ? 0 : together(pdf, block);
    if (height <= PDF_AREA_HEIGHT) pdf_need(pdf, height);
    DRAWERS[block->kind](pdf, block);
}

int doc_to_pdf(const Doc *doc, const DocFonts *fonts, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf out = BUF_INIT(scratch);
    Pdf *pdf = pdf_open(scratch, doc, fonts, &out, diag);
    for (size_t i = 0; i < doc->n_blocks; i++) draw_block(pdf, i);
    end_page(pdf);
    cairo_surface_finish(pdf->surface);
    cairo_status_t status = cairo_surface_status(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_status(pdf->cr);
    if (status != CAIRO_STATUS_SUCCESS) {
        diag_error(diag, PLACE_FILE(path), "pdf", "the PDF cannot be made (%s); try the docx",
                   cairo_status_to_string(status));
        return 1;
    }
    return file_write(path, out.data, out.size, diag);
}
