/* doc/pdf-table.c: tables over pages. The heading row is drawn again on every page; a row moves to the next page as
 * a whole unless it is taller than a page, which is then cut between lines. */
#include "doc/pdf.h"

#define LINE_HEIGHT 16.0 /* of 12 pt text */
#define PADDING_X   4.5
#define PADDING_Y   3.0
#define RULE_WIDTH  0.5
#define HEADING_MAX (PDF_AREA_HEIGHT / 3) /* a taller heading row is not repeated */

typedef struct Row {
    PdfText **cells;
    size_t n_lines;
    bool heading;
} Row;

typedef struct Table {
    Pdf *pdf;
    const Block *block;
    double *widths;
    Align *aligns;
    Row heading;
} Table;

static double lines_height(size_t n_lines) { return (double)n_lines * LINE_HEIGHT + 2 * PADDING_Y; }

static Row set_row(const void *ctx, const Table *table, size_t index) {
    size_t n_columns = table->block->n_columns;
    Row row = {.cells = mem_array(ctx, PdfText *, n_columns), .n_lines = 1, .heading = index == 0};
    if (!row.heading && table->block->row_lines) row.n_lines = table->block->row_lines;
    const Look *look = row.heading ? &layout_table_heading : layout_look(table->block);
    for (size_t i = 0; i < n_columns; i++) {
        const DocCell *cell = block_cell(table->block, index, i);
        double width = table->widths[i] - 2 * PADDING_X;
        row.cells[i] = pdf_text_set(table->pdf, row.cells, look, cell->runs, cell->n_runs, width);
        if (row.cells[i]->n_lines > row.n_lines) row.n_lines = row.cells[i]->n_lines;
    }
    return row;
}

static void draw_cell(const Table *table, const PdfText *cell, Align align, double x, size_t first, size_t n_lines) {
    size_t end = cell->n_lines < first + n_lines ? cell->n_lines : first + n_lines;
    double y = table->pdf->y + PADDING_Y;
    if (end > first) y += (double)(n_lines - (end - first)) * LINE_HEIGHT / 2;
    for (size_t line = first; line < end; line++, y += LINE_HEIGHT)
        pdf_text_draw(table->pdf, cell, line, x + PADDING_X, y, LINE_HEIGHT, align, 0);
}

/* Draws lines first … first + n_lines of a row where the page stands. */
static void draw_slice(const Table *table, const Row *row, size_t first, size_t n_lines) {
    Pdf *pdf = table->pdf;
    double x = 0, height = lines_height(n_lines);
    for (size_t i = 0; i < table->block->n_columns; i++) {
        cairo_rectangle(pdf->cr, x, pdf->y, table->widths[i], height);
        cairo_stroke(pdf->cr);
        draw_cell(table, row->cells[i], row->heading ? ALIGN_CENTRE : table->aligns[i], x, first, n_lines);
        x += table->widths[i];
    }
    pdf->y += height;
}

static bool repeats_heading(const Table *table) { return lines_height(table->heading.n_lines) <= HEADING_MAX; }

static void continue_on_new_page(const Table *table) {
    pdf_break_page(table->pdf);
    cairo_set_line_width(table->pdf->cr, RULE_WIDTH);
    if (repeats_heading(table)) draw_slice(table, &table->heading, 0, table->heading.n_lines);
}

static size_t lines_that_fit(double room) {
    double lines = (room - 2 * PADDING_Y + PDF_ROUNDING) / LINE_HEIGHT;
    return lines > 0 ? (size_t)lines : 0;
}

static void draw_row(const Table *table, const Row *row) {
    double repeated = repeats_heading(table) ? lines_height(table->heading.n_lines) : 0;
    size_t page_lines = lines_that_fit(PDF_AREA_HEIGHT - (row->heading ? 0 : repeated));
    for (size_t done = 0; done < row->n_lines;) {
        size_t left = row->n_lines - done;
        size_t fit = lines_that_fit(PDF_AREA_HEIGHT - table->pdf->y);
        if (fit < left && (left <= page_lines || fit == 0)) {
            continue_on_new_page(table);
            continue;
        }
        size_t n_lines = left < fit ? left : fit;
        draw_slice(table, row, done, n_lines);
        done += n_lines;
    }
}

static Table table_new(const void *ctx, Pdf *pdf, const Block *block) {
    Table table = {.pdf = pdf,
                   .block = block,
                   .widths = mem_array(ctx, double, block->n_columns),
                   .aligns = mem_array(ctx, Align, block->n_columns)};
    layout_widths(block, table.widths);
    layout_aligns(block, table.aligns);
    for (size_t i = 0; i < block->n_columns; i++) table.widths[i] *= PDF_AREA_WIDTH;
    table.heading = set_row(ctx, &table, 0);
    return table;
}

void pdf_table_draw(Pdf *pdf, const Block *block) {
    if (!block->n_rows || !block->n_columns) return;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Table table = table_new(scratch, pdf, block);
    pdf_need(pdf, pdf_table_start_height(pdf, block));
    cairo_set_line_width(pdf->cr, RULE_WIDTH);
    draw_row(&table, &table.heading);
    for (size_t i = 1; i < block->n_rows; i++) {
        Row row = set_row(scratch, &table, i);
        draw_row(&table, &row);
        talloc_free(row.cells);
    }
}

double pdf_table_start_height(Pdf *pdf, const Block *block) {
    if (!block->n_rows || !block->n_columns) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Table table = table_new(scratch, pdf, block);
    double height = lines_height(table.heading.n_lines);
    if (block->n_rows > 1) height += lines_height(set_row(scratch, &table, 1).n_lines);
    return height < PDF_AREA_HEIGHT ? height : 0;
}
