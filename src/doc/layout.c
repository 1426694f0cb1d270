/* doc/layout.c: the table of looks, and the little arithmetic of tables and signatures. Widths are estimated in
 * columns of half a character (a Han character is two), so that docx and PDF agree. */
#include "doc/layout.h"

#include <string.h>

#include "base/text.h"

#define FIRST_AMBIGUOUS     0x2010u /* dashes, quotation marks, ellipses */
#define LAST_AMBIGUOUS      0x2027u
#define DATE_INDENT         4.0 /* characters right of the date */
#define SIGNATURE_LINES_MAX 20u
#define NARROW_COLUMNS      16u  /* a cell up to eight characters is short */
#define SURE_COLUMNS        16u  /* what every column may have before long ones share the rest */
#define LONGEST_COLUMNS     120u /* beyond which a cell weighs no more */
#define PADDING_COLUMNS     3u

static const Look LOOKS[] = {
    [BLOCK_TITLE] = {"Title", FACE_TITLE, 22, 22, ALIGN_CENTRE, 0, 0, 1, true},
    [BLOCK_PARAGRAPH] = {"BodyText", FACE_FANG, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 2, 0, 0, false},
    [BLOCK_FLUSH] = {"Flush", FACE_FANG, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 0, 0, 0, false},
    [BLOCK_SIGNATURE] = {"Signature", FACE_FANG, 16, LAYOUT_BODY_POINTS, ALIGN_RIGHT, 0, 1, 0, false},
    [BLOCK_TABLE] = {"TableText", FACE_FANG, LAYOUT_TABLE_POINTS, LAYOUT_TABLE_POINTS, ALIGN_LEFT, 0, 0, 0, false},
    [BLOCK_ANNEX] = {"Annex", FACE_HEI, 16, LAYOUT_BODY_POINTS, ALIGN_LEFT, 0, 0, 1, true},
};

static const Look HEADING_LOOKS[DOC_LEVELS] = {
    {"Heading1", FACE_HEI, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 2, 0, 0, true},
    {"Heading2", FACE_KAI, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 2, 0, 0, true},
    {"Heading3", FACE_FANG, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 2, 0, 0, true},
    {"Heading4", FACE_FANG, 16, LAYOUT_BODY_POINTS, ALIGN_BOTH, 2, 0, 0, true},
};

const Look layout_table_heading = {"TableText", FACE_HEI, LAYOUT_TABLE_POINTS, LAYOUT_TABLE_POINTS, ALIGN_CENTRE, 0, 0,
                                   0,           true};

const Look *layout_look(const Block *block) {
    return block->kind == BLOCK_HEADING ? &HEADING_LOOKS[block_level(block) - 1] : &LOOKS[block->kind];
}

const char *layout_family(const DocFonts *fonts, Face face) {
    const char *families[FACE_COUNT] = {[FACE_SONG] = fonts->song,
                                        [FACE_HEI] = fonts->hei,
                                        [FACE_KAI] = fonts->kai,
                                        [FACE_FANG] = fonts->fang,
                                        [FACE_TITLE] = fonts->title};
    return families[face];
}

int layout_lines_between(const Block *above, const Block *below) {
    if (above->kind == below->kind) return 0;
    int after = layout_look(above)->lines_after, before = layout_look(below)->lines_before;
    return after > before ? after : before;
}

char *layout_text(const void *ctx, const Run *runs, size_t n_runs) {
    Buf buf = BUF_INIT(ctx);
    buf_add(&buf, "");
    for (size_t i = 0; i < n_runs; i++) buf_add(&buf, runs[i].text);
    return buf.data;
}

size_t layout_columns(const char *text) {
    size_t columns = text_width(text);
    const char *end = text + strlen(text);
    for (unsigned rune; (rune = text_next(&text, end)) != 0;)
        columns += rune >= FIRST_AMBIGUOUS && rune <= LAST_AMBIGUOUS;
    return columns;
}

static size_t runs_width(const Run *runs, size_t n_runs) {
    size_t width = 0;
    for (size_t i = 0; i < n_runs; i++) width += layout_columns(runs[i].text);
    return width;
}

double layout_signature_indent(const Doc *doc, size_t index) {
    size_t last = index;
    while (last - index < SIGNATURE_LINES_MAX && last + 1 < doc->n_blocks &&
           doc->blocks[last + 1].kind == BLOCK_SIGNATURE)
        last++;
    const Block *line = &doc->blocks[index], *date = &doc->blocks[last];
    double line_chars = (double)runs_width(line->runs, line->n_runs) / 2;
    double date_chars = (double)runs_width(date->runs, date->n_runs) / 2;
    double indent = DATE_INDENT + (date_chars - line_chars) / 2;
    return indent > 0 ? indent : 0;
}

static size_t column_width(const Block *table, size_t column) {
    size_t widest = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const DocCell *cell = block_cell(table, row, column);
        size_t width = runs_width(cell->runs, cell->n_runs);
        if (width > widest) widest = width;
    }
    return widest < LONGEST_COLUMNS ? widest : LONGEST_COLUMNS;
}

/* Short columns get what they need, long ones share what is left of the line. */
void layout_widths(const Block *table, double *ret_shares) {
    static const double line = LAYOUT_AREA_WIDTH_MM * LAYOUT_POINTS_PER_MM * 2 / LAYOUT_TABLE_POINTS;
    double sure = 0, more = 0, sum = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        double width = (double)column_width(table, i);
        ret_shares[i] = width;
        sure += (width < SURE_COLUMNS ? width : SURE_COLUMNS) + PADDING_COLUMNS;
        more += width > SURE_COLUMNS ? width - SURE_COLUMNS : 0;
    }
    double left = line > sure ? line - sure : 0;
    double granted = more > left ? left / more : 1;
    for (size_t i = 0; i < table->n_columns; i++) {
        double width = ret_shares[i];
        double extra = width > SURE_COLUMNS ? width - SURE_COLUMNS : 0;
        ret_shares[i] = table->widths ? table->widths[i] : width - extra + PADDING_COLUMNS + extra * granted;
        sum += ret_shares[i];
    }
    for (size_t i = 0; i < table->n_columns; i++) ret_shares[i] /= sum;
}

void layout_aligns(const Block *table, Align *ret_aligns) {
    for (size_t i = 0; i < table->n_columns; i++)
        ret_aligns[i] = column_width(table, i) <= NARROW_COLUMNS ? ALIGN_CENTRE : ALIGN_LEFT;
}
