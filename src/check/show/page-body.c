/* check/show/page-body.c: the checked text as HTML: every claim a link to its facts, every remark a wavy line with a
 * note.
 */
#include "base/mem.h"
#include "check/show/page.h"
#include "doc/markup.h"

#define LEVEL_MOST       5  /* of headings */
#define BLANK_CELLS_MOST 64 /* filled in where a row leaves columns out */

typedef struct Body {
    const Checked *checked;
    const bool *broken;      /* by claim: a relation that it is in fails */
    const size_t *next_note; /* by remark: as show_cut() places their signs */
    bool lower;              /* headings go a level below the title */
    Buf *out;
    const Part *row; /* the cell that was written last, while its table is open */
    unsigned next_column;
} Body;

/* --- the pieces of a part --- */

static bool is_blank(uint32_t rune) { return rune == ' ' || rune == '\t' || rune == 0xA0 || rune == 0x3000; }

static void add_glyphs(Body *body, size_t from, size_t to) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf text = BUF_INIT(scratch);
    show_glyphs(&text, body->checked->reading, from, to);
    markup_add(body->out, buf_text(&text));
}

/* The sign is drawn by the style; who listens hears the verdict. */
static void add_claim(Body *body, const Stretch *stretch) {
    const Claim *claim = &body->checked->claims[stretch->claim];
    buf_printf(body->out, "<a class=\"figure %s%s\" id=\"" PAGE_CLAIM "%zu\" href=\"#" PAGE_CLAIM_FACTS "%zu\">",
               verdict_name(claim->verdict), body->broken[stretch->claim] ? " broken" : "", stretch->claim,
               stretch->claim);
    if (stretch->from == stretch->to)
        markup_add(body->out, claim->text);
    else
        add_glyphs(body, stretch->from, stretch->to);
    buf_add(body->out, "<span class=\"heard\">");
    markup_add(body->out, label_text((Label){"（", " ("}));
    markup_add(body->out, label_text(show_verdict(claim->verdict)));
    if (body->broken[stretch->claim]) markup_add(body->out, label_text((Label){"，算式不成立", ", sum does not hold"}));
    markup_add(body->out, label_text((Label){"）", ")"}));
    buf_add(body->out, "</span></a>");
}

static void add_notes(Body *body, size_t first) {
    for (size_t i = first; i != NO_REMARK; i = body->next_note[i]) {
        buf_printf(body->out, "<a class=\"figure note\" id=\"" PAGE_REMARK "%zu\" href=\"#" PAGE_REMARK_FACTS "%zu\">",
                   i, i);
        buf_add(body->out, SHOW_REMARK_SIGN "<span class=\"heard\">");
        markup_add(body->out, label_text((Label){"提示", "remark"}));
        buf_add(body->out, "</span></a>");
    }
}

/* What indents a paragraph of a docx or a page is its style, not the blanks before it; plain text stands as typed. */
static size_t skip_blanks(const Body *body, const ShownPart *part, const Stretch *stretch) {
    const Reading *reading = body->checked->reading;
    size_t from = stretch->from;
    if (reading->form == READING_TEXT || stretch != part->stretches) return from;
    while (from < stretch->to && is_blank(reading->glyphs[from].rune)) from++;
    return from;
}

static void add_plain(Body *body, const ShownPart *part, const Stretch *stretch) {
    if (stretch->remarked) buf_add(body->out, "<span class=\"remarked\">");
    add_glyphs(body, skip_blanks(body, part, stretch), stretch->to);
    if (stretch->remarked) buf_add(body->out, "</span>");
}

static void add_pieces(Body *body, const ShownPart *part) {
    for (size_t i = 0; i < part->n_stretches; i++) {
        const Stretch *stretch = &part->stretches[i];
        if (stretch->claim == NO_CLAIM)
            add_plain(body, part, stretch);
        else
            add_claim(body, stretch);
        add_notes(body, stretch->note);
    }
}

/* --- parts --- */

static void end_table(Body *body) {
    if (body->row) buf_add(body->out, "</td></tr></table></div>\n");
    body->row = NULL;
}

/* Opens what the cell stands in: a table, a row, the columns the row leaves out. */
static void begin_cell(Body *body, const Part *cell) {
    bool same_table = body->row && body->row->table == cell->table;
    bool same_row = same_table && body->row->row == cell->row;
    if (!same_table) end_table(body);
    buf_add(body->out, same_row     ? "</td>"
                       : same_table ? "</td></tr>\n<tr>"
                                    : "<div class=\"table\" tabindex=\"0\"><table><tr>");
    if (!same_row) body->next_column = 0;
    for (unsigned i = 0; body->next_column < cell->column && i < BLANK_CELLS_MOST; i++, body->next_column++)
        buf_add(body->out, "<td></td>");
    buf_add(body->out, "<td>");
    body->row = cell;
    body->next_column = cell->column + 1;
}

static bool is_same_cell(const Part *cell, const Part *part) {
    return cell && cell->table == part->table && cell->row == part->row && cell->column == part->column;
}

/* The title of a text stands above its headings, also where the document gives both the same level. */
static bool has_headings_like_its_title(const Reading *reading) {
    for (size_t i = 1; i < reading->n_parts; i++)
        if (reading->parts[i].kind == PART_HEADING && reading->parts[i].level <= 1) return true;
    return false;
}

static unsigned level_of(const Body *body, const Part *part) {
    bool title = part == body->checked->reading->parts;
    unsigned level = (part->level ? part->level : 1) + (!title && body->lower ? 1 : 0);
    return level < LEVEL_MOST ? level : LEVEL_MOST;
}

static void add_part(Body *body, const ShownPart *shown) {
    const Part *part = shown->part;
    if (part->kind == PART_CELL) {
        if (is_same_cell(body->row, part))
            buf_add(body->out, "<br>");
        else
            begin_cell(body, part);
        add_pieces(body, shown);
        return;
    }
    end_table(body);
    unsigned level = level_of(body, part);
    if (part->kind == PART_HEADING)
        buf_printf(body->out, "<h%u>", level);
    else
        buf_add(body->out, part->kind == PART_NOTE ? "<p class=\"footnote\">" : "<p>");
    add_pieces(body, shown);
    if (part->kind == PART_HEADING)
        buf_printf(body->out, "</h%u>\n", level);
    else
        buf_add(body->out, "</p>\n");
}

void check_page_body(const void *ctx, const Checked *checked, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(ctx);
    bool *broken = mem_array(scratch, bool, checked->n_claims + 1);
    for (size_t i = 0; i < checked->n_relations; i++) {
        const Relation *relation = &checked->relations[i];
        for (size_t k = 0; !relation->holds && k < relation->n_claims; k++) broken[relation->claims[k]] = true;
    }
    const Shown *shown = show_cut(scratch, checked);
    Body body = {.checked = checked, .broken = broken, .next_note = shown->next_note, .out = out};
    body.lower = has_headings_like_its_title(checked->reading);
    for (size_t i = 0; i < shown->n_parts; i++) add_part(&body, &shown->parts[i]);
    end_table(&body);
}
