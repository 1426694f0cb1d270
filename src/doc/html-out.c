/* doc/html-out.c: a document as a fragment of HTML. Every text is escaped; only followed links become links. */
#include <string.h>

#include "doc/doc.h"
#include "doc/link.h"
#include "doc/markup.h"

typedef struct Writer {
    Buf *out;
    LinkAnchors *anchors;
    void *scratch;
} Writer;

/* One row a kind of block; `element` of a heading is made of its level. */
typedef struct Shape {
    void (*write)(Writer *writer, const struct Shape *shape, const Block *block);
    const char *element;
    const char *class;
} Shape;

static void open_link(Writer *writer, const char *target, LinkKind kind) {
    if (kind == LINK_FIGURE) {
        const char *name = link_figure(target);
        buf_printf(writer->out, "<a class=\"figure\" href=\"#%s\" data-figure=\"", link_html_id(writer->scratch, name));
        markup_add(writer->out, name);
    } else {
        buf_add(writer->out, "<a href=\"");
        markup_add(writer->out, link_address(writer->scratch, target));
    }
    buf_add(writer->out, "\">");
}

static void write_run(Writer *writer, const Run *run) {
    LinkKind kind = link_kind(run->link);
    bool anchored = link_claim(writer->anchors, run->anchor) != NULL;
    if (anchored) buf_printf(writer->out, "<span id=\"%s\">", link_html_id(writer->scratch, run->anchor));
    if (kind != LINK_NONE) open_link(writer, run->link, kind);
    if (run->strong) buf_add(writer->out, "<strong>");
    markup_add(writer->out, run->text);
    if (run->strong) buf_add(writer->out, "</strong>");
    if (kind != LINK_NONE) buf_add(writer->out, "</a>");
    if (anchored) buf_add(writer->out, "</span>");
}

static void write_runs(Writer *writer, const Run *runs, size_t n_runs) {
    for (size_t i = 0; i < n_runs; i++) write_run(writer, &runs[i]);
}

static void write_text(Writer *writer, const Shape *shape, const Block *block) {
    buf_printf(writer->out, "<%s", shape->element);
    if (shape->class) buf_printf(writer->out, " class=\"%s\"", shape->class);
    buf_char(writer->out, '>');
    write_runs(writer, block->runs, block->n_runs);
    buf_printf(writer->out, "</%s>\n", shape->element);
}

static void write_heading(Writer *writer, const Shape *shape, const Block *block) {
    static const char *const elements[DOC_LEVELS] = {"h2", "h3", "h4", "h5"};
    write_text(writer, &(Shape){.element = elements[block_level(block) - 1], .class = shape->class}, block);
}

static void write_row(Writer *writer, const Block *block, size_t row, const char *element) {
    buf_add(writer->out, "<tr>");
    for (size_t column = 0; column < block->n_columns; column++) {
        const DocCell *cell = block_cell(block, row, column);
        buf_printf(writer->out, "<%s>", element);
        write_runs(writer, cell->runs, cell->n_runs);
        buf_printf(writer->out, "</%s>", element);
    }
    buf_add(writer->out, "</tr>\n");
}

static void write_table(Writer *writer, const Shape *shape, const Block *block) {
    if (!block->n_rows) return;
    buf_printf(writer->out, "<%s>\n<thead>\n", shape->element);
    write_row(writer, block, 0, "th");
    buf_add(writer->out, "</thead>\n<tbody>\n");
    for (size_t row = 1; row < block->n_rows; row++) write_row(writer, block, row, "td");
    buf_printf(writer->out, "</tbody>\n</%s>\n", shape->element);
}

static const Shape SHAPES[] = {
    [BLOCK_TITLE] = {write_text, "h1", NULL},           [BLOCK_HEADING] = {write_heading, NULL, NULL},
    [BLOCK_PARAGRAPH] = {write_text, "p", NULL},        [BLOCK_FLUSH] = {write_text, "p", "flush"},
    [BLOCK_SIGNATURE] = {write_text, "p", "signature"}, [BLOCK_TABLE] = {write_table, "table", NULL},
    [BLOCK_ANNEX] = {write_text, "p", "annex"},
};

void doc_to_html(const Doc *doc, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Writer writer = {.out = out, .anchors = link_anchors_of(scratch, doc), .scratch = scratch};
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Shape *shape = &SHAPES[doc->blocks[i].kind];
        shape->write(&writer, shape, &doc->blocks[i]);
    }
}
