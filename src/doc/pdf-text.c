/* doc/pdf-text.c: text in lines.
 *
 * Pango shapes and measures; the lines are ours, because the page is a grid: a full-width character takes one cell
 * of 156/28 mm, and what a line lacks is shared among its gaps. Each piece of a line that belongs to one run is
 * shaped again when it is drawn, with its glyphs moved to where the line wants them. */
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/text.h"
#include "doc/pdf.h"

#define FULL_WIDTH_ERROR 0.02 /* em by which a full-width glyph may differ from an em */
#define STRETCH_MAX      0.6  /* em a gap may grow; beyond it a short line stays short */

static void use_font(Pdf *pdf, const Look *look, bool strong) {
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, pdf->families[look->face]);
    pango_font_description_set_absolute_size(font, look->print_points * PANGO_SCALE);
    pango_font_description_set_weight(font, strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(pdf->layout, font);
    pango_font_description_free(font);
}

static void add_chars(PdfText *text, size_t run, size_t start) {
    const char *at = text->runs[run].text, *end = at + strlen(at);
    while (at < end) {
        PdfChar *c = mem_push(text, text->chars, text->n_chars);
        c->at = start + (size_t)(at - text->runs[run].text);
        c->run = run;
        c->rune = text_next(&at, end);
    }
}

/* Shapes the run whose characters begin at index `first` and notes their widths. Items come in visual order, so
 * that the search for an item's characters may have to go back. */
static void measure_run(Pdf *pdf, PdfText *text, size_t run, size_t first) {
    if (first == text->n_chars) return;
    use_font(pdf, text->look, text->runs[run].strong);
    pango_layout_set_text(pdf->layout, text->runs[run].text, -1);
    const PangoLayoutLine *line = pango_layout_get_line_readonly(pdf->layout, 0);
    size_t index = first;
    for (GSList *item = line->runs; item; item = item->next) {
        PangoLayoutRun *glyphs = item->data;
        size_t at = text->chars[first].at + (size_t)glyphs->item->offset;
        while (index > first && text->chars[index].at > at) index--;
        while (text->chars[index].at < at) index++;
        int n = glyphs->item->num_chars;
        int *widths = mem_array(text, int, n);
        pango_glyph_item_get_logical_widths(glyphs, text->runs[run].text, widths);
        for (int i = 0; i < n; i++) text->chars[index + (size_t)i].natural = (double)widths[i] / PANGO_SCALE;
        talloc_free(widths);
    }
}

/* A full-width character of the body takes a cell of the grid. */
static void put_on_grid(PdfText *text) {
    double em = text->look->print_points;
    double cell = em == LAYOUT_BODY_POINTS ? LAYOUT_CHAR_POINTS : em;
    for (size_t i = 0; i < text->n_chars; i++) {
        PdfChar *c = &text->chars[i];
        c->advance = fabs(c->natural - em) < em * FULL_WIDTH_ERROR ? cell : c->natural;
    }
}

/* The character behind a line that begins at `first`: the last place to break that fits, or else whatever fits,
 * and at least one character. Spaces may hang over the end. */
static size_t find_line_end(const PdfText *text, size_t first, double room) {
    double width = 0;
    size_t end = 0, i = first;
    for (; i < text->n_chars; i++) {
        const PdfChar *c = &text->chars[i];
        width += c->advance;
        if (width > room + PDF_ROUNDING && c->rune != ' ') break;
        if (c->breaks_after) end = i + 1;
    }
    if (i == text->n_chars) return i;
    if (!end) end = i > first ? i : first + 1;
    while (end < text->n_chars && text->chars[end].rune == ' ') end++;
    return end;
}

static void break_lines(PdfText *text) {
    double indent = text->look->indent * LAYOUT_CHAR_POINTS;
    size_t first = 0;
    do {
        PdfLine *line = mem_push(text, text->lines, text->n_lines);
        line->first = first;
        line->indent = first ? 0 : indent;
        line->end = find_line_end(text, first, text->width - line->indent);
        size_t seen = line->end;
        while (seen > first && text->chars[seen - 1].rune == ' ') seen--;
        for (size_t i = first; i < seen; i++) line->width += text->chars[i].advance;
        first = line->end;
    } while (first < text->n_chars);
}

PdfText *pdf_text_set(Pdf *pdf, const void *ctx, const Look *look, const Run *runs, size_t n_runs, double width) {
    PdfText *text = mem_new(ctx, PdfText);
    text->look = look;
    text->runs = runs;
    text->width = width;
    text->text = layout_text(text, runs, n_runs);
    size_t start = 0;
    for (size_t run = 0; run < n_runs; run++) {
        size_t first = text->n_chars;
        add_chars(text, run, start);
        measure_run(pdf, text, run, first);
        start += strlen(runs[run].text);
    }
    put_on_grid(text);
    pdf_find_breaks(text);
    break_lines(text);
    return text;
}

/* What every gap of a full line grows by. The last line keeps its width. */
static double stretch_of(const PdfText *text, const PdfLine *line) {
    if (line->end == text->n_chars) return 0;
    size_t gaps = 0;
    for (size_t i = line->first; i + 1 < line->end; i++) gaps += text->chars[i].stretches;
    if (!gaps) return 0;
    double stretch = (text->width - line->indent - line->width) / (double)gaps;
    return stretch > 0 && stretch < STRETCH_MAX * text->look->print_points ? stretch : 0;
}

/* Widens the glyphs of one item to the advances of its characters, from `chars` on. Returns the width. */
static double widen(PangoLayoutRun *item, const char *piece, const PdfChar *chars, double stretch) {
    bool forward = item->item->analysis.level % 2 == 0;
    PangoGlyphItemIter cluster;
    for (gboolean more = pango_glyph_item_iter_init_start(&cluster, item, piece); more && forward;
         more = pango_glyph_item_iter_next_cluster(&cluster)) {
        double extra = 0;
        for (int i = cluster.start_char; i < cluster.end_char; i++)
            extra += chars[i].advance - chars[i].natural + (chars[i].stretches ? stretch : 0);
        item->glyphs->glyphs[cluster.end_glyph - 1].geometry.width += (int)lround(extra * PANGO_SCALE);
    }
    double width = 0;
    for (int i = 0; i < item->glyphs->num_glyphs; i++) width += item->glyphs->glyphs[i].geometry.width;
    return width / PANGO_SCALE;
}

/* Draws the characters first … end of one run. Returns their width. */
static double draw_piece(Pdf *pdf, const PdfText *text, size_t first, size_t end, double x, double baseline,
                         double stretch) {
    const char *piece = text->text + text->chars[first].at;
    size_t behind = end < text->n_chars ? text->chars[end].at : strlen(text->text);
    use_font(pdf, text->look, text->runs[text->chars[first].run].strong);
    pango_layout_set_text(pdf->layout, piece, (int)(behind - text->chars[first].at));
    const char *copy = pango_layout_get_text(pdf->layout);
    double width = 0;
    for (GSList *item = pango_layout_get_line(pdf->layout, 0)->runs; item; item = item->next) {
        PangoLayoutRun *glyphs = item->data;
        size_t skipped = (size_t)g_utf8_pointer_to_offset(copy, copy + glyphs->item->offset);
        double wide = widen(glyphs, copy, &text->chars[first + skipped], stretch);
        cairo_move_to(pdf->cr, x + width, baseline);
        pango_cairo_show_glyph_item(pdf->cr, copy, glyphs);
        width += wide;
    }
    return width;
}

/* Attributes of a link tag, or NULL where the run leads nowhere. */
static char *link_attributes(const void *ctx, Pdf *pdf, const Run *run) {
    const char *bookmark = link_find(pdf->anchors, run->link);
    if (bookmark) return mem_printf(ctx, "dest='%s'", bookmark);
    if (link_kind(run->link) != LINK_WEB) return NULL;
    return mem_printf(ctx, "uri='%s'", link_address(ctx, run->link));
}

static double draw_tagged(Pdf *pdf, const PdfText *text, size_t first, size_t end, double x, double baseline,
                          double stretch) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Run *run = &text->runs[text->chars[first].run];
    const char *bookmark = link_claim(pdf->anchors, run->anchor);
    const char *link = link_attributes(scratch, pdf, run);
    if (bookmark) cairo_tag_begin(pdf->cr, CAIRO_TAG_DEST, mem_printf(scratch, "name='%s'", bookmark));
    if (link) cairo_tag_begin(pdf->cr, CAIRO_TAG_LINK, link);
    double width = draw_piece(pdf, text, first, end, x, baseline, stretch);
    if (link) cairo_tag_end(pdf->cr, CAIRO_TAG_LINK);
    if (bookmark) cairo_tag_end(pdf->cr, CAIRO_TAG_DEST);
    return width;
}

void pdf_text_draw(Pdf *pdf, const PdfText *text, size_t index, double x, double y, double height, Align align,
                   double right) {
    const PdfLine *line = &text->lines[index];
    double em = text->look->print_points;
    double baseline = y + (height - em) / 2 + em * PDF_EM_ASCENT;
    double slack = text->width - line->width;
    double stretch = align == ALIGN_BOTH ? stretch_of(text, line) : 0;
    x += line->indent;
    if (align == ALIGN_CENTRE) x += slack / 2;
    if (align == ALIGN_RIGHT) x += slack - right;
    for (size_t first = line->first, end; first < line->end; first = end) {
        for (end = first; end < line->end && text->chars[end].run == text->chars[first].run;) end++;
        x += draw_tagged(pdf, text, first, end, x, baseline, stretch);
    }
}
