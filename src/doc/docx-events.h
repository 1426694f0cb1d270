/* doc/docx-events.h: a docx while its XML comes as events.
 *
 * XML is well-formed, so what is open is kept in counters. What is not read (deleted text, the second of two
 * alternatives, cells merged into another) is skipped by the depth of its element. */
#ifndef DOC_DOCX_EVENTS_H
#define DOC_DOCX_EVENTS_H

#include "base/xml.h"
#include "doc/docx-flow.h"
#include "doc/docx-read.h"

typedef struct Note {
    unsigned id;
    Flow *flow; /* NULL once it was called */
} Note;

typedef struct Notes {
    Note *list; /* by id */
    size_t n;
} Notes;

typedef struct Docx Docx;

struct Docx {
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
};

/* What an element means. */
typedef struct Tag {
    const char *name;
    void (*start)(Docx *docx, const XmlAttributes *attributes); /* or NULL */
    void (*end)(Docx *docx);                                    /* or NULL */
    bool drawn;                                                 /* means the same within a drawing */
} Tag;

/* Paragraphs, runs and what is left out of them, in the order of names. */
extern const Tag docx_text_tags[];
extern const size_t docx_n_text_tags;

/* What stands within the element whose start this is will not be read. */
void docx_skip(Docx *docx, const XmlAttributes *attributes);
/* Whether text that stands here is seen. */
bool docx_is_read(const Docx *docx);

#endif
