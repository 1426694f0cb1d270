/* doc/docx-flow.c: streams of text, and how one is appended to another. */
#include "doc/docx-flow.h"

#include <string.h>

#include "base/text.h"

#define BEHIND_MAX 10000u   /* notes and boxes of a paragraph */
#define LEAVES_MAX 8000000u /* one block of memory holds them */

Flow *flow_new(const void *ctx, const Reader *like, PartKind kind) {
    Flow *flow = mem_new(ctx, Flow);
    flow->reader = mem_new(flow, Reader);
    *flow->reader = (Reader){.name = like->name, .diag = like->diag};
    reader_begin(flow->reader, flow, READING_DOCX);
    flow->kind = kind;
    flow->given = flow->label = BUF_INIT(flow);
    return flow;
}

static void add_given(Flow *flow, uint32_t rune) {
    buf_rune(&flow->given, rune);
    flow->n_given++;
}

static void add_label(Flow *flow, const char *label) {
    const char *at = label, *end = label + strlen(label);
    while (at < end) reader_glyph(flow->reader, text_next(&at, end), flow->n_given, flow->n_given);
}

void flow_rune(Flow *flow, uint32_t rune) {
    if (flow->reader->overfull) return;
    if (flow->label.size && !rune_is_space(rune)) {
        add_label(flow, buf_text(&flow->label));
        buf_clear(&flow->label);
    }
    reader_glyph(flow->reader, rune, flow->n_given, flow->n_given + 1);
    add_given(flow, rune);
}

void flow_break(Flow *flow, char divider) {
    if (!flow->reader->overfull) add_given(flow, (unsigned char)divider);
}

void flow_new_line(Flow *flow) {
    if (flow->given.size && flow->given.data[flow->given.size - 1] != '\n') flow_break(flow, '\n');
}

static void add_leaf(Flow *flow, DocxLeaf leaf) {
    if (flow->n_leaves == LEAVES_MAX) flow->reader->overfull = true;
    if (!flow->reader->overfull) *mem_push(flow, flow->leaves, flow->n_leaves) = leaf;
}

void flow_leaf_begin(Flow *flow, uint32_t element) {
    bool formula = flow->formulas > 0;
    add_leaf(flow, (DocxLeaf){.start = flow->n_given, .element = formula ? flow->unit : element, .whole = formula});
}

void flow_leaf_end(Flow *flow) {
    if (flow->reader->overfull || !flow->n_leaves) return;
    DocxLeaf *leaf = &flow->leaves[flow->n_leaves - 1];
    leaf->end = flow->n_given;
    if (leaf->start == leaf->end) flow->n_leaves--;
}

void flow_paragraph(Flow *flow) {
    FlowTable *table = flow->table;
    flow->separated = UINT64_MAX; /* an instruction ends with its paragraph: one that is not closed hides no more */
    if (flow->join_next) {
        flow->join_next = false;
        return;
    }
    if (table && table->in_cell) {
        if (table->paragraphs++ > 0) flow_new_line(flow);
        reader_cell(flow->reader, table->number, table->row, table->column);
    } else {
        reader_part(flow->reader, flow->kind, 0);
    }
}

void flow_put_behind(Flow *flow, Flow *other, uint32_t caller) {
    if (flow->n_behind == BEHIND_MAX) flow->reader->overfull = true;
    if (flow->reader->overfull) return;
    *mem_push(flow, flow->behind, flow->n_behind) = other;
    *mem_push(flow, flow->callers, flow->n_callers) = caller;
}

static void append_part(Flow *flow, const Reading *from, const Part *part, bool note) {
    Reader *reader = flow->reader;
    reader_part(reader, note && part->kind != PART_CELL ? PART_NOTE : part->kind, note ? 0 : part->level);
    reader->part.table = part->table;
    reader->part.row = part->row;
    reader->part.column = part->column;
    for (size_t i = part->from; i < part->to; i++) {
        const Glyph *glyph = &from->glyphs[i];
        reader_glyph(reader, glyph->rune, glyph->start + flow->n_given, glyph->end + flow->n_given);
    }
}

/* Everything of another stream, which ends. */
static void append(Flow *flow, Flow *other, uint32_t caller) {
    flow_new_line(flow);
    reader_part(other->reader, PART_TEXT, 0);
    const Reading *from = other->reader->reading;
    flow->reader->overfull = flow->reader->overfull || other->reader->overfull;
    for (size_t i = 0; i < from->n_parts; i++) append_part(flow, from, &from->parts[i], other->kind == PART_NOTE);
    if (flow->reader->overfull) return;
    if (other->n_given)
        add_leaf(flow, (DocxLeaf){flow->n_given, flow->n_given + other->n_given, .element = caller, .whole = true});
    buf_add_bytes(&flow->given, buf_text(&other->given), other->given.size);
    flow->n_given += other->n_given;
    flow_new_line(flow);
}

void flow_end_paragraph(Flow *flow) {
    if (flow->joined) {
        flow->joined = false;
        flow->join_next = true;
        return;
    }
    buf_clear(&flow->label);
    if (!flow->table || !flow->table->in_cell) flow_break(flow, '\n');
    for (size_t i = 0; i < flow->n_behind; i++) {
        append(flow, flow->behind[i], flow->callers[i]);
        talloc_free(flow->behind[i]);
    }
    if (flow->n_behind) reader_part(flow->reader, flow->kind, 0);
    flow->n_behind = flow->n_callers = 0;
}
