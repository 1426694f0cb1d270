/* doc/read-docx.c: the body of a docx in the order of the document: its tables, and the notes and text boxes beside it;
 * paragraphs and runs are in read-docx-text.c. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "doc/docx-events.h"

#define FLOWS_MAX 8u /* text boxes within one another; what is deeper is part of the drawing around it */
#define NOTES_MAX 65536u
#define SPAN_MAX  1000u
#define NO_DEPTH  UINT32_MAX

/* --- tables --- */

static void start_table(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    Flow *flow = docx->flow;
    if (flow->table && flow->table->in_cell && flow->table->paragraphs) flow_new_line(flow);
    FlowTable *table = mem_new(flow, FlowTable);
    *table = (FlowTable){.outer = flow->table, .number = ++docx->n_tables};
    flow->table = table;
}

static void end_table(Docx *docx) {
    FlowTable *table = docx->flow->table;
    if (!table) return;
    docx->flow->table = table->outer;
    if (table->outer) table->outer->paragraphs++;
    talloc_free(table);
}

static void start_row(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    FlowTable *table = docx->flow->table;
    if (!table) return;
    table->row = table->rows++;
    table->next = table->cells = 0;
}

static void end_row(Docx *docx) {
    if (docx->flow->table) flow_break(docx->flow, '\n');
}

static void start_cell(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    FlowTable *table = docx->flow->table;
    if (!table) return;
    if (table->cells++ > 0) flow_break(docx->flow, '\t');
    table->column = table->next++;
    table->paragraphs = 0;
    table->in_cell = true;
    table->cell_depth = docx->depth;
}

static void end_cell(Docx *docx) {
    if (docx->flow->table) docx->flow->table->in_cell = false;
}

static unsigned span_of(const XmlAttributes *attributes) {
    unsigned n = xml_attribute_number(attributes, "val", 1);
    return n < SPAN_MAX ? n : SPAN_MAX;
}

static void on_span(Docx *docx, const XmlAttributes *attributes) {
    FlowTable *table = docx->flow->table;
    unsigned span = span_of(attributes);
    if (table && table->in_cell && !docx->former) table->next = table->column + (span ? span : 1);
}

static void on_before(Docx *docx, const XmlAttributes *attributes) {
    FlowTable *table = docx->flow->table;
    if (table && !docx->former && table->cells == 0) table->next = span_of(attributes);
}

/* What a cell holds that is merged into the one above it does not show. */
static void on_merge(Docx *docx, const XmlAttributes *attributes) {
    char value[16] = "continue";
    xml_attribute(attributes, "val", value, sizeof value);
    FlowTable *table = docx->flow->table;
    if (table && table->in_cell && !docx->former && strcmp(value, "continue") == 0) docx->skip = table->cell_depth;
}

/* --- streams beside the body --- */

static void enter_flow(Docx *docx, Flow *flow) {
    flow->outer = docx->flow;
    docx->flow = flow;
    docx->n_flows++;
}

static Flow *leave_flow(Docx *docx) {
    Flow *flow = docx->flow;
    docx->flow = flow->outer;
    docx->n_flows--;
    return flow;
}

static void start_drawing(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->flow->drawings++;
}

static void end_drawing(Docx *docx) { docx->flow->drawings--; }

static void start_box(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    if (docx->n_flows == FLOWS_MAX)
        docx->boxes++;
    else
        enter_flow(docx, flow_new(docx->ctx, docx->reader, docx->flow->kind));
}

static void end_box(Docx *docx) {
    if (docx->boxes) {
        docx->boxes--;
        return;
    }
    Flow *box = leave_flow(docx);
    if (docx->flow->paragraphs)
        flow_put_behind(docx->flow, box, docx->flow->unit);
    else
        talloc_free(box);
}

static void start_note(Docx *docx, const XmlAttributes *attributes) {
    char type[16];
    bool made = xml_attribute(attributes, "type", type, sizeof type) && strcmp(type, "normal") != 0;
    if (!docx->notes || docx->flow != docx->body) return;
    if (docx->notes->n == NOTES_MAX) docx->reader->overfull = true;
    if (made || docx->reader->overfull) {
        docx_skip(docx, attributes); /* the line above the notes is one too */
        return;
    }
    Flow *flow = flow_new(docx->ctx, docx->reader, PART_NOTE);
    *mem_push(docx->ctx, docx->notes->list, docx->notes->n) =
        (Note){.id = xml_attribute_number(attributes, "id", 0), .flow = flow};
    enter_flow(docx, flow);
}

static void end_note(Docx *docx) {
    if (docx->notes && docx->flow != docx->body) leave_flow(docx);
}

static int compare_notes(const void *a, const void *b) {
    unsigned left = ((const Note *)a)->id, right = ((const Note *)b)->id;
    return (left > right) - (left < right);
}

/* A note is read where it is called first. */
static void call_note(Docx *docx, Notes *notes, const XmlAttributes *attributes) {
    Note key = {.id = xml_attribute_number(attributes, "id", 0)};
    if (docx->notes || !notes->n || !docx_is_read(docx)) return;
    Note *note = bsearch(&key, notes->list, notes->n, sizeof key, compare_notes);
    if (!note || !note->flow) return;
    flow_put_behind(docx->flow, note->flow, docx->flow->unit);
    note->flow = NULL;
}

static void on_footnote(Docx *docx, const XmlAttributes *attributes) { call_note(docx, &docx->footnotes, attributes); }

static void on_endnote(Docx *docx, const XmlAttributes *attributes) { call_note(docx, &docx->endnotes, attributes); }

/* --- the parts --- */

/* In the order of names. */
static const Tag TAGS[] = {
    {"drawing", start_drawing, end_drawing, true},
    {"endnote", start_note, end_note, false},
    {"endnoteReference", on_endnote, NULL, false},
    {"footnote", start_note, end_note, false},
    {"footnoteReference", on_footnote, NULL, false},
    {"gridBefore", on_before, NULL, false},
    {"gridSpan", on_span, NULL, false},
    {"object", start_drawing, end_drawing, true},
    {"pict", start_drawing, end_drawing, true},
    {"tbl", start_table, end_table, false},
    {"tc", start_cell, end_cell, false},
    {"tr", start_row, end_row, false},
    {"txbxContent", start_box, end_box, true},
    {"vMerge", on_merge, NULL, false},
};

static int compare_tags(const void *name, const void *tag) { return strcmp(name, ((const Tag *)tag)->name); }

static const Tag *find_tag(const Docx *docx, const char *name) {
    const Tag *tag = bsearch(name, docx_text_tags, docx_n_text_tags, sizeof *tag, compare_tags);
    if (!tag) tag = bsearch(name, TAGS, sizeof TAGS / sizeof *TAGS, sizeof *TAGS, compare_tags);
    return tag && (tag->drawn || !docx->flow->drawings) ? tag : NULL;
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    Docx *docx = data;
    docx->element = docx->n_elements++;
    if (docx->depth++ == 0) docx->is_document = strcmp(name, "document") == 0;
    if (docx->depth > docx->skip) return;
    const Tag *tag = find_tag(docx, name);
    if (tag && tag->start) tag->start(docx, attributes);
}

static void on_end(void *data, const char *name) {
    Docx *docx = data;
    if (docx->depth-- > docx->skip) return;
    bool skipped = docx->depth + 1 == docx->skip;
    if (skipped) docx->skip = NO_DEPTH;
    const Tag *tag = find_tag(docx, name);
    if (tag && tag->end) tag->end(docx);
}

static void on_text(void *data, const char *bytes, size_t size) {
    Docx *docx = data;
    if (!docx->in_text || docx->depth > docx->skip) return;
    for (const char *at = bytes, *end = bytes + size; at < end;) flow_rune(docx->flow, text_next(&at, end));
}

static int read_part(Docx *docx, const DocxParts *parts, const char *part, Diag *diag) {
    static const XmlEvents EVENTS = {.start = on_start, .end = on_end, .text = on_text};
    docx->skip = NO_DEPTH;
    docx->depth = docx->n_elements = 0;
    return part ? xml_read_part(parts->package, part, &EVENTS, docx, diag) : 0;
}

static int read_notes(Docx *docx, const DocxParts *parts, const char *part, Notes *notes, Diag *diag) {
    docx->notes = notes;
    int r = read_part(docx, parts, part, diag);
    if (notes->n) qsort(notes->list, notes->n, sizeof *notes->list, compare_notes);
    docx->notes = NULL;
    return r;
}

static int read_parts(Docx *docx, const DocxParts *parts, Diag *diag) {
    if (docx_styles_read(docx->ctx, parts, diag, &docx->styles) != 0 ||
        docx_numbering_read(docx->ctx, parts, diag, &docx->numbering) != 0 ||
        read_notes(docx, parts, parts->footnotes, &docx->footnotes, diag) != 0 ||
        read_notes(docx, parts, parts->endnotes, &docx->endnotes, diag) != 0 ||
        read_part(docx, parts, parts->document, diag) != 0)
        return 1;
    return docx->is_document ? 0 : reader_refuse(docx->reader, "reading-kind", READING_NO_DOCUMENT);
}

int docx_read(Reader *reader, const DocxParts *parts, DocxLeaves *ret_leaves) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Reading *reading = reader->reading;
    Docx *docx = mem_new(scratch, Docx);
    docx->ctx = scratch;
    docx->reader = reader;
    docx->body = docx->flow = mem_new(scratch, Flow);
    *docx->body = (Flow){.reader = reader, .kind = PART_TEXT, .given = BUF_INIT(reading), .label = BUF_INIT(scratch)};
    if (read_parts(docx, parts, reader->diag) != 0) return 1;
    reading->form = READING_DOCX;
    reading->encoding = "UTF-8";
    reading->given = buf_text(&docx->body->given);
    reading->n_given = docx->body->n_given;
    *ret_leaves = (DocxLeaves){talloc_steal(reading, docx->body->leaves), docx->body->n_leaves};
    return 0;
}

int read_docx(Reader *reader, const char *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    DocxParts parts;
    DocxLeaves leaves;
    if (docx_open(scratch, reader->name, bytes, size, reader->diag, &parts) != 0) return 1;
    if (docx_read(reader, &parts, &leaves) != 0) return 1;
    talloc_free(leaves.list);
    return 0;
}
