/* doc/docx-flow.h: a stream of text of a docx: the body, a note or a text box.
 *
 * Notes and text boxes are streams of their own, since they stand in the middle of a paragraph in the file but behind
 * it in the text; when the paragraph ends they are appended to it. */
#ifndef DOC_DOCX_FLOW_H
#define DOC_DOCX_FLOW_H

#include "doc/docx-read.h"

/* A table that is open in a stream. */
typedef struct FlowTable {
    struct FlowTable *outer;
    unsigned number, rows;
    unsigned row, column, next; /* next: first column behind the cell */
    unsigned cells;             /* of the row, begun */
    unsigned paragraphs;        /* of the cell, begun */
    bool in_cell;
    unsigned cell_depth; /* of the element */
} FlowTable;

typedef struct Flow Flow;
struct Flow {
    Flow *outer; /* whose paragraph it stands in */
    Reader *reader;
    PartKind kind; /* of its paragraphs: PART_TEXT or PART_NOTE */
    Buf given;
    uint32_t n_given;
    DocxLeaf *leaves;
    size_t n_leaves;
    FlowTable *table; /* innermost, or NULL */
    /* the open paragraph */
    unsigned paragraphs; /* open within one another */
    bool joined;         /* its end is deleted: the next goes on with it */
    bool join_next;
    Buf label;         /* stands before its first character */
    Flow **behind;     /* to be appended when it ends */
    uint32_t *callers; /* of these: elements */
    size_t n_behind, n_callers;
    /* the open run */
    unsigned units; /* runs and formulas open within one another */
    uint32_t unit;  /* the outermost of them: its element */
    unsigned formulas, drawings;
    bool hidden;
    unsigned fields;    /* open within one another */
    uint64_t separated; /* a bit for each: its instruction is over */
};

/* A stream with a reading of its own; owned by ctx. */
Flow *flow_new(const void *ctx, const Reader *like, PartKind kind);
void flow_rune(Flow *flow, uint32_t rune); /* a character that is seen */
void flow_break(Flow *flow, char divider); /* between lines and cells: no glyph */
void flow_new_line(Flow *flow);            /* unless one begins here */
/* Around an element that gives text. */
void flow_leaf_begin(Flow *flow, uint32_t element);
void flow_leaf_end(Flow *flow);
void flow_paragraph(Flow *flow); /* begins one, in the cell if it is in one */
void flow_put_behind(Flow *flow, Flow *other, uint32_t caller);
void flow_end_paragraph(Flow *flow);

#endif
