/* doc/read-docx.c: the body of a docx in the order of the document, as it shows when every change is accepted.
 *
 * Elements come as events; XML is well-formed, so what is open is kept in counters. What is not read (deleted text, the
 * second of two alternatives, cells merged into another) is skipped by the depth of its element. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xml.h"
#include "doc/docx-flow.h"
#include "doc/docx-read.h"

#define FLOWS_MAX  8u /* text boxes within one another; what is deeper is part of the drawing around it */
#define NOTES_MAX  65536u
#define SPAN_MAX   1000u
#define NO_DEPTH   UINT32_MAX
#define CHOICE_MAX 64u /* alternatives within one another */

typedef struct Note {
    unsigned id;
    Flow *flow; /* NULL once it was called */
} Note;

typedef struct Notes {
    Note *list; /* by id */
    size_t n;
} Notes;

typedef struct Docx {
    const void *ctx;
    Reader *reader;
    DocxStyles *styles;
    DocxNumbering *numbering;
    Notes footnotes, endnotes;
    Notes *notes; /* being read, or NULL in the body */
    Flow *body;   /* or, of notes, around them */
    Flow *flow;   /* being read */
    unsigned n_flows;
    unsigned n_tables;
    uint32_t element; /* the number of the one whose event this is */
    uint32_t n_elements;
    unsigned depth;
    unsigned skip;  /* what is deeper than this is not read */
    unsigned boxes; /* open ones deeper than FLOWS_MAX */
    bool is_document;
    bool in_text;
    /* properties of the open paragraph */
    unsigned properties, former; /* former: as they were before a change */
    char *style;
    int outline, number, level;
    /* alternatives */
    unsigned alternatives;
    uint64_t taken; /* a bit for each: one was read */
} Docx;

typedef struct Tag {
    const char *name;
    void (*start)(Docx *docx, const XmlAttributes *attributes); /* or NULL */
    void (*end)(Docx *docx);                                    /* or NULL */
    bool drawn;                                                 /* means the same within a drawing */
} Tag;

/* --- paragraphs --- */

static void start_paragraph(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    if (docx->flow->paragraphs++ > 0) return;
    talloc_free(docx->style);
    docx->style = NULL;
    docx->outline = docx->number = docx->level = -1;
    flow_paragraph(docx->flow);
}

static void end_paragraph(Docx *docx) {
    if (--docx->flow->paragraphs == 0) flow_end_paragraph(docx->flow);
}

static void start_properties(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->properties++;
}

/* Heading or list: what the paragraph says itself comes before what its style says. */
static void end_properties(Docx *docx) {
    Flow *flow = docx->flow;
    if (--docx->properties > 0 || flow->paragraphs != 1) return;
    const DocxStyle *style = docx_style(docx->styles, docx->style);
    int outline = docx->outline >= 0 || !style ? docx->outline : style->outline;
    int number = docx->number >= 0 || !style ? docx->number : style->number;
    int level = docx->level >= 0 ? docx->level : style && docx->number < 0 ? style->level : docx->number >= 0 ? 0 : -1;
    Part *part = &flow->reader->part;
    if (outline > 0 && part->kind == PART_TEXT) {
        part->kind = PART_HEADING;
        part->level = (unsigned)outline;
    }
    buf_clear(&flow->label);
    docx_number_next(docx->numbering, number, level, docx->style, &flow->label);
}

static bool says_of_paragraph(const Docx *docx) {
    return docx->properties == 1 && docx->former == 0 && docx->flow->paragraphs == 1;
}

static void on_style(Docx *docx, const XmlAttributes *attributes) {
    if (says_of_paragraph(docx) && !docx->style) docx->style = xml_attribute_copy(docx->ctx, attributes, "val");
}

static void on_outline(Docx *docx, const XmlAttributes *attributes) {
    unsigned level = xml_attribute_number(attributes, "val", DOCX_LEVELS);
    if (says_of_paragraph(docx)) docx->outline = level < DOCX_LEVELS ? (int)level + 1 : 0;
}

static void on_number(Docx *docx, const XmlAttributes *attributes) {
    if (says_of_paragraph(docx)) docx->number = (int)(xml_attribute_number(attributes, "val", 0) & 0xFFFFFF);
}

static void on_level(Docx *docx, const XmlAttributes *attributes) {
    if (says_of_paragraph(docx)) docx->level = (int)(xml_attribute_number(attributes, "val", 0) % DOCX_LEVELS);
}

static void start_former(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->former++;
}

static void end_former(Docx *docx) { docx->former--; }

/* --- what is not read --- */

static void skip(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->skip = docx->depth;
}

/* Text that was deleted or moved away; among the properties of a paragraph it is the paragraph's end that was. */
static void start_deleted(Docx *docx, const XmlAttributes *attributes) {
    if (says_of_paragraph(docx))
        docx->flow->joined = true;
    else
        skip(docx, attributes);
}

static void start_alternatives(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    unsigned i = docx->alternatives++;
    if (i < CHOICE_MAX) docx->taken &= ~(UINT64_C(1) << i);
}

static void end_alternatives(Docx *docx) { docx->alternatives--; }

/* Of the alternatives the first is read. */
static void start_alternative(Docx *docx, const XmlAttributes *attributes) {
    unsigned i = docx->alternatives - 1;
    if (docx->alternatives == 0 || i >= CHOICE_MAX) return;
    if (docx->taken >> i & 1) skip(docx, attributes);
    docx->taken |= UINT64_C(1) << i;
}

/* --- runs --- */

static void start_unit(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    Flow *flow = docx->flow;
    if (flow->units++ == 0) flow->unit = docx->element;
}

static void end_unit(Docx *docx) {
    if (docx->flow->units) docx->flow->units--;
}

static void start_run(Docx *docx, const XmlAttributes *attributes) {
    start_unit(docx, attributes);
    docx->flow->hidden = false;
}

static void start_formula(Docx *docx, const XmlAttributes *attributes) {
    start_unit(docx, attributes);
    docx->flow->formulas++;
}

static void end_formula(Docx *docx) {
    docx->flow->formulas--;
    end_unit(docx);
}

static void on_vanish(Docx *docx, const XmlAttributes *attributes) {
    char value[8] = "1";
    xml_attribute(attributes, "val", value, sizeof value);
    bool off = strcmp(value, "0") == 0 || strcmp(value, "false") == 0 || strcmp(value, "off") == 0;
    if (docx->flow->units && !docx->properties && !docx->former) docx->flow->hidden = !off;
}

/* Whether an instruction of a field is open. */
static bool in_instruction(const Flow *flow) {
    uint64_t open = flow->fields >= 64 ? UINT64_MAX : (UINT64_C(1) << flow->fields) - 1;
    return (flow->separated & open) != open;
}

static bool is_read(const Docx *docx) {
    const Flow *flow = docx->flow;
    return flow->paragraphs && flow->units && !docx->properties && !flow->hidden && !in_instruction(flow);
}

static void on_field(Docx *docx, const XmlAttributes *attributes) {
    Flow *flow = docx->flow;
    char type[16] = "";
    xml_attribute(attributes, "fldCharType", type, sizeof type);
    unsigned i = flow->fields - 1; /* the innermost */
    if (strcmp(type, "begin") == 0) {
        if (flow->fields++ < 64) flow->separated &= ~(UINT64_C(1) << (flow->fields - 1));
    } else if (flow->fields && strcmp(type, "separate") == 0) {
        if (i < 64) flow->separated |= UINT64_C(1) << i;
    } else if (flow->fields && strcmp(type, "end") == 0) {
        flow->fields--;
    }
}

static void start_text(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->in_text = is_read(docx);
    if (docx->in_text) flow_leaf_begin(docx->flow, docx->element);
}

static void end_text(Docx *docx) {
    if (docx->in_text) flow_leaf_end(docx->flow);
    docx->in_text = false;
}

static void add_one(Docx *docx, uint32_t rune) {
    if (!is_read(docx)) return;
    flow_leaf_begin(docx->flow, docx->element);
    flow_rune(docx->flow, rune);
    flow_leaf_end(docx->flow);
}

static void on_tab(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    add_one(docx, '\t');
}

static void on_break(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    add_one(docx, '\n');
}

static void on_hyphen(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    add_one(docx, '-');
}

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
        skip(docx, attributes); /* the line above the notes is one too */
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
    if (docx->notes || !notes->n || !is_read(docx)) return;
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
    {"AlternateContent", start_alternatives, end_alternatives, true},
    {"Choice", start_alternative, NULL, true},
    {"Fallback", start_alternative, NULL, true},
    {"br", on_break, NULL, false},
    {"cr", on_break, NULL, false},
    {"del", start_deleted, NULL, false},
    {"drawing", start_drawing, end_drawing, true},
    {"endnote", start_note, end_note, false},
    {"endnoteReference", on_endnote, NULL, false},
    {"fldChar", on_field, NULL, false},
    {"footnote", start_note, end_note, false},
    {"footnoteReference", on_footnote, NULL, false},
    {"gridBefore", on_before, NULL, false},
    {"gridSpan", on_span, NULL, false},
    {"ilvl", on_level, NULL, false},
    {"moveFrom", start_deleted, NULL, false},
    {"noBreakHyphen", on_hyphen, NULL, false},
    {"numId", on_number, NULL, false},
    {"oMath", start_formula, end_formula, false},
    {"oMathPara", start_formula, end_formula, false},
    {"object", start_drawing, end_drawing, true},
    {"outlineLvl", on_outline, NULL, false},
    {"p", start_paragraph, end_paragraph, false},
    {"pPr", start_properties, end_properties, false},
    {"pPrChange", start_former, end_former, false},
    {"pStyle", on_style, NULL, false},
    {"pict", start_drawing, end_drawing, true},
    {"ptab", on_tab, NULL, false},
    {"r", start_run, end_unit, false},
    {"rPrChange", start_former, end_former, false},
    {"rt", skip, NULL, false},
    {"t", start_text, end_text, false},
    {"tab", on_tab, NULL, false},
    {"tbl", start_table, end_table, false},
    {"tblPrChange", start_former, end_former, false},
    {"tc", start_cell, end_cell, false},
    {"tcPrChange", start_former, end_former, false},
    {"tr", start_row, end_row, false},
    {"trPrChange", start_former, end_former, false},
    {"txbxContent", start_box, end_box, true},
    {"vMerge", on_merge, NULL, false},
    {"vanish", on_vanish, NULL, false},
};

static int compare_tags(const void *name, const void *tag) { return strcmp(name, ((const Tag *)tag)->name); }

static const Tag *find_tag(const Docx *docx, const char *name) {
    const Tag *tag = bsearch(name, TAGS, sizeof TAGS / sizeof *TAGS, sizeof *TAGS, compare_tags);
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
