/* doc/html-out.c: a document as a fragment of HTML. Every text is escaped; only followed links become links. */
#include <string.h>

#include "doc/doc.h"
#include "doc/link.h"
#include "doc/markup.h"

typedef struct Writer {
    Buf *out;
    LinkAnchors *anchors;
    void *scratch;
    DocHref href; /* of figures */
    void *data;
} Writer;

/* One row a kind of block; `element` of a heading is made of its level. */
typedef struct Shape {
    void (*write)(Writer *writer, const struct Shape *shape, const Block *block);
    const char *element;
    const char *class;
} Shape;

static const char *href_here(const void *ctx, const char *name, void *data) {
    (void)data;
    return mem_printf(ctx, "#%s", link_html_id(ctx, name));
}

/* Whether there is somewhere to lead to. */
static bool open_link(Writer *writer, const char *target, LinkKind kind) {
    if (kind == LINK_NONE) return false;
    const char *name = kind == LINK_FIGURE ? link_figure(target) : NULL;
    const char *href = name ? writer->href(writer->scratch, name, writer->data) : link_address(writer->scratch, target);
    if (!href) return false;
    buf_printf(writer->out, "<a%s href=\"", name ? " class=\"figure\"" : "");
    markup_add(writer->out, href);
    if (name) {
        buf_add(writer->out, "\" data-figure=\"");
        markup_add(writer->out, name);
    }
    buf_add(writer->out, "\">");
    return true;
}

static void write_run(Writer *writer, const Run *run) {
    bool anchored = link_claim(writer->anchors, run->anchor) != NULL;
    if (anchored) buf_printf(writer->out, "<span id=\"%s\">", link_html_id(writer->scratch, run->anchor));
    bool leads = open_link(writer, run->link, link_kind(run->link));
    if (run->strong) buf_add(writer->out, "<strong>");
    markup_add(writer->out, run->text);
    if (run->strong) buf_add(writer->out, "</strong>");
    if (leads) buf_add(writer->out, "</a>");
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

void doc_to_html_leading(const Doc *doc, DocHref href, void *data, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Writer writer = {
        .out = out, .anchors = link_anchors_of(scratch, doc), .scratch = scratch, .href = href, .data = data};
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Shape *shape = &SHAPES[doc->blocks[i].kind];
        shape->write(&writer, shape, &doc->blocks[i]);
    }
}

void doc_to_html(const Doc *doc, Buf *out) { doc_to_html_leading(doc, href_here, NULL, out); }
