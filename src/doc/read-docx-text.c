/* doc/read-docx-text.c: paragraphs and runs of a docx, as they show when every change is accepted. */
#include <string.h>

#include "doc/docx-events.h"

#define CHOICE_MAX 64u /* alternatives within one another */
#define FIELDS_MAX 64u /* fields */

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

void docx_skip(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->skip = docx->depth;
}

/* Text that was deleted or moved away; among the properties of a paragraph it is the paragraph's end that was. */
static void start_deleted(Docx *docx, const XmlAttributes *attributes) {
    if (says_of_paragraph(docx))
        docx->flow->joined = true;
    else
        docx_skip(docx, attributes);
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
    if (docx->taken >> i & 1) docx_skip(docx, attributes);
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
    uint64_t open = flow->fields >= FIELDS_MAX ? UINT64_MAX : (UINT64_C(1) << flow->fields) - 1;
    return (flow->separated & open) != open;
}

bool docx_is_read(const Docx *docx) {
    const Flow *flow = docx->flow;
    return flow->paragraphs && flow->units && !docx->properties && !flow->hidden && !in_instruction(flow);
}

static void on_field(Docx *docx, const XmlAttributes *attributes) {
    Flow *flow = docx->flow;
    char type[16] = "";
    xml_attribute(attributes, "fldCharType", type, sizeof type);
    unsigned i = flow->fields - 1; /* the innermost */
    if (strcmp(type, "begin") == 0) {
        if (flow->fields++ < FIELDS_MAX) flow->separated &= ~(UINT64_C(1) << (flow->fields - 1));
    } else if (flow->fields && strcmp(type, "separate") == 0) {
        if (i < FIELDS_MAX) flow->separated |= UINT64_C(1) << i;
    } else if (flow->fields && strcmp(type, "end") == 0) {
        flow->fields--;
    }
}

static void start_text(Docx *docx, const XmlAttributes *attributes) {
    (void)attributes;
    docx->in_text = docx_is_read(docx);
    if (docx->in_text) flow_leaf_begin(docx->flow, docx->element);
}

static void end_text(Docx *docx) {
    if (docx->in_text) flow_leaf_end(docx->flow);
    docx->in_text = false;
}

static void add_one(Docx *docx, uint32_t rune) {
    if (!docx_is_read(docx)) return;
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

const Tag docx_text_tags[] = {
    {"AlternateContent", start_alternatives, end_alternatives, true},
    {"Choice", start_alternative, NULL, true},
    {"Fallback", start_alternative, NULL, true},
    {"br", on_break, NULL, false},
    {"cr", on_break, NULL, false},
    {"del", start_deleted, NULL, false},
    {"fldChar", on_field, NULL, false},
    {"ilvl", on_level, NULL, false},
    {"moveFrom", start_deleted, NULL, false},
    {"noBreakHyphen", on_hyphen, NULL, false},
    {"numId", on_number, NULL, false},
    {"oMath", start_formula, end_formula, false},
    {"oMathPara", start_formula, end_formula, false},
    {"outlineLvl", on_outline, NULL, false},
    {"p", start_paragraph, end_paragraph, false},
    {"pPr", start_properties, end_properties, false},
    {"pPrChange", start_former, end_former, false},
    {"pStyle", on_style, NULL, false},
    {"ptab", on_tab, NULL, false},
    {"r", start_run, end_unit, false},
    {"rPrChange", start_former, end_former, false},
    {"rt", docx_skip, NULL, false},
    {"t", start_text, end_text, false},
    {"tab", on_tab, NULL, false},
    {"tblPrChange", start_former, end_former, false},
    {"tcPrChange", start_former, end_former, false},
    {"trPrChange", start_former, end_former, false},
    {"vanish", on_vanish, NULL, false},
};
const size_t docx_n_text_tags = sizeof docx_text_tags / sizeof *docx_text_tags;
