/* doc/docx-body.c: word/document.xml.
 *
 * Written so that Word and WPS show the same: every run names its fonts (no theme), every table has its grid and
 * every cell its width, and nothing waits to be updated. The section declares the grid of 22 × 28; the styles do not
 * snap to it but reach it by exact lines and characters set 0.3 pt closer, because LibreOffice gives a character that
 * is wider than its cell (16 pt in 15.79) two of them. */
#include <math.h>

#include "doc/docx.h"
#include "doc/layout.h"
#include "doc/link.h"
#include "doc/markup.h"

#define TWIPS_PER_MM     (1440 / 25.4)
#define TWIPS_PER_POINT  20
#define TWIPS(mm)        ((int)((mm)*TWIPS_PER_MM + 0.5))
#define AREA_TWIPS       (TWIPS(LAYOUT_PAGE_WIDTH_MM) - TWIPS(LAYOUT_LEFT_MM) - TWIPS(LAYOUT_RIGHT_MM))
#define LINE_PITCH       ((int)(LAYOUT_LINE_POINTS * TWIPS_PER_POINT)) /* down: 22 lines of 580 would not fit */
#define BODY_POINTS      16   /* of the style Normal, which the pitch of the grid is counted from */
#define CHAR_SPACE_UNITS 4096 /* of w:charSpace in a point */

typedef struct Writer {
    const Doc *doc;
    const DocFonts *fonts;
    Buf *out;
    Buf *relations;
    LinkAnchors *anchors;
    void *scratch;
    unsigned n_links, n_bookmarks;
} Writer;

static void write_run_properties(Writer *writer, const Look *look, bool strong) {
    Buf family = BUF_INIT(writer->scratch);
    markup_add(&family, layout_family(writer->fonts, look->face));
    const char *name = buf_text(&family);
    int half_points = (int)lround(look->word_points * 2);
    buf_printf(writer->out,
               "<w:rPr><w:rFonts w:ascii=\"%s\" w:hAnsi=\"%s\" w:eastAsia=\"%s\" w:cs=\"%s\" w:hint=\"eastAsia\"/>%s"
               "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>",
               name, name, name, name, strong ? "<w:b/><w:bCs/>" : "", half_points, half_points);
}

static void write_text(Writer *writer, const Look *look, bool strong, const char *text) {
    buf_add(writer->out, "<w:r>");
    write_run_properties(writer, look, strong);
    buf_add(writer->out, "<w:t xml:space=\"preserve\">");
    markup_add(writer->out, text);
    buf_add(writer->out, "</w:t></w:r>");
}

/* True where a hyperlink was opened; it looks like the text around it. */
static bool open_link(Writer *writer, const char *target) {
    const char *bookmark = link_find(writer->anchors, target);
    if (bookmark) {
        buf_printf(writer->out, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">", bookmark);
        return true;
    }
    if (link_kind(target) != LINK_WEB) return false;
    unsigned id = ++writer->n_links;
    buf_printf(writer->out, "<w:hyperlink r:id=\"rIdLink%u\" w:history=\"1\">", id);
    buf_printf(writer->relations,
               "<Relationship Id=\"rIdLink%u\" TargetMode=\"External\" "
               "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"",
               id);
    markup_add(writer->relations, link_address(writer->scratch, target));
    buf_add(writer->relations, "\"/>\n");
    return true;
}

static void write_run(Writer *writer, const Look *look, const Run *run) {
    const char *bookmark = link_claim(writer->anchors, run->anchor);
    unsigned id = writer->n_bookmarks;
    if (bookmark) {
        buf_printf(writer->out, "<w:bookmarkStart w:id=\"%u\" w:name=\"%s\"/>", id, bookmark);
        writer->n_bookmarks++;
    }
    bool linked = open_link(writer, run->link);
    write_text(writer, look, run->strong, run->text);
    if (linked) buf_add(writer->out, "</w:hyperlink>");
    if (bookmark) buf_printf(writer->out, "<w:bookmarkEnd w:id=\"%u\"/>", id);
}

static void write_runs(Writer *writer, const Look *look, const Run *runs, size_t n_runs) {
    for (size_t i = 0; i < n_runs; i++) write_run(writer, look, &runs[i]);
}

static void open_paragraph(Writer *writer, const Look *look) {
    buf_printf(writer->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", look->style);
}

static void write_plain(Writer *writer, const Block *block) {
    const Look *look = layout_look(block);
    open_paragraph(writer, look);
    buf_add(writer->out, "</w:pPr>");
    write_runs(writer, look, block->runs, block->n_runs);
    buf_add(writer->out, "</w:p>\n");
}

static void write_title(Writer *writer, const Block *block) {
    const Look *look = layout_look(block);
    size_t n_lines;
    const DocCell *lines = layout_title_lines(writer->scratch, block, &n_lines);
    open_paragraph(writer, look);
    buf_add(writer->out, "</w:pPr>");
    for (size_t i = 0; i < n_lines; i++) {
        if (i) buf_add(writer->out, "<w:r><w:br/></w:r>");
        write_runs(writer, look, lines[i].runs, lines[i].n_runs);
    }
    buf_add(writer->out, "</w:p>\n");
}

static void write_signature(Writer *writer, const Block *block) {
    const Look *look = layout_look(block);
    double indent = layout_signature_indent(writer->doc, (size_t)(block - writer->doc->blocks));
    open_paragraph(writer, look);
    buf_printf(writer->out, "<w:ind w:rightChars=\"%d\" w:right=\"%d\"/></w:pPr>", (int)lround(indent * 100),
               (int)lround(indent * LAYOUT_CHAR_POINTS * TWIPS_PER_POINT));
    write_runs(writer, look, block->runs, block->n_runs);
    buf_add(writer->out, "</w:p>\n");
}

/* Widths in twips that add up to the type area. */
static int *grid_of(Writer *writer, const Block *block) {
    double *shares = mem_array(writer->scratch, double, block->n_columns);
    int *grid = mem_array(writer->scratch, int, block->n_columns);
    layout_widths(block, shares);
    double share = 0;
    int used = 0;
    for (size_t i = 0; i < block->n_columns; i++) {
        share += shares[i];
        grid[i] = (int)lround(share * AREA_TWIPS) - used;
        used += grid[i];
    }
    return grid;
}

static void open_table(Writer *writer, const Block *block, const int *grid) {
    static const char *const edges[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    buf_printf(writer->out, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>",
               AREA_TWIPS);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        buf_printf(writer->out, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", edges[i]);
    buf_add(writer->out, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
                         "<w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>"
                         "<w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/>"
                         "</w:tblCellMar></w:tblPr>\n<w:tblGrid>");
    for (size_t i = 0; i < block->n_columns; i++) buf_printf(writer->out, "<w:gridCol w:w=\"%d\"/>", grid[i]);
    buf_add(writer->out, "</w:tblGrid>\n");
}

static void write_cell(Writer *writer, const Look *look, const DocCell *cell, int width, Align align) {
    buf_printf(writer->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
               width);
    open_paragraph(writer, look);
    buf_printf(writer->out, "<w:jc w:val=\"%s\"/></w:pPr>", align == ALIGN_CENTRE ? "center" : "left");
    write_runs(writer, look, cell->runs, cell->n_runs);
    buf_add(writer->out, "</w:p></w:tc>\n");
}

static void write_table(Writer *writer, const Block *block) {
    if (!block->n_rows || !block->n_columns) return;
    const int *grid = grid_of(writer, block);
    Align *aligns = mem_array(writer->scratch, Align, block->n_columns);
    layout_aligns(block, aligns);
    open_table(writer, block, grid);
    for (size_t row = 0; row < block->n_rows; row++) {
        bool heading = row == 0;
        const Look *look = heading ? &layout_table_heading : layout_look(block);
        buf_printf(writer->out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", heading ? "<w:tblHeader/>" : "");
        for (size_t i = 0; i < block->n_columns; i++)
            write_cell(writer, look, block_cell(block, row, i), grid[i], heading ? ALIGN_CENTRE : aligns[i]);
        buf_add(writer->out, "</w:tr>\n");
    }
    buf_add(writer->out, "</w:tbl>\n");
    const Block *next = block + 1, *end = writer->doc->blocks + writer->doc->n_blocks;
    if (next == end || next->kind == BLOCK_TABLE)
        buf_add(writer->out, "<w:p><w:pPr><w:pStyle w:val=\"TableEnd\"/></w:pPr></w:p>\n");
}

static void write_section(Writer *writer) {
    double footer_mm = LAYOUT_BOTTOM_MM - LAYOUT_NUMBER_BELOW_MM - LAYOUT_NUMBER_POINTS / LAYOUT_POINTS_PER_MM / 2;
    buf_printf(writer->out,
               "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdOdd\"/>"
               "<w:footerReference w:type=\"even\" r:id=\"rIdEven\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"/>"
               "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"851\" w:footer=\"%d\" "
               "w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
               "<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"%d\" w:charSpace=\"%d\"/></w:sectPr>\n",
               TWIPS(LAYOUT_PAGE_WIDTH_MM), TWIPS(LAYOUT_PAGE_HEIGHT_MM), TWIPS(LAYOUT_TOP_MM), TWIPS(LAYOUT_RIGHT_MM),
               TWIPS(LAYOUT_BOTTOM_MM), TWIPS(LAYOUT_LEFT_MM), TWIPS(footer_mm), LINE_PITCH,
               (int)floor((LAYOUT_CHAR_POINTS - BODY_POINTS) * CHAR_SPACE_UNITS));
}

/* One row a kind of block. */
static void (*const WRITERS[])(Writer *writer, const Block *block) = {
    [BLOCK_TITLE] = write_title,         [BLOCK_HEADING] = write_plain, [BLOCK_PARAGRAPH] = write_plain,
    [BLOCK_FLUSH] = write_plain,         [BLOCK_TABLE] = write_table,   [BLOCK_ANNEX] = write_plain,
    [BLOCK_SIGNATURE] = write_signature,
};

void docx_write_document(const Doc *doc, const DocFonts *fonts, Buf *out, Buf *out_relations) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Writer writer = {.doc = doc,
                     .fonts = fonts,
                     .out = out,
                     .relations = out_relations,
                     .anchors = link_anchors_of(scratch, doc),
                     .scratch = scratch};
    buf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                 "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                 "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\n<w:body>\n");
    for (size_t i = 0; i < doc->n_blocks; i++) WRITERS[doc->blocks[i].kind](&writer, &doc->blocks[i]);
    write_section(&writer);
    buf_add(out, "</w:body>\n</w:document>\n");
}
