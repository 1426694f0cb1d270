/* doc/docx-read.h: the pieces of the docx reader: styles, numbers of lists, streams of text, and the body they serve.
 */
#ifndef DOC_DOCX_READ_H
#define DOC_DOCX_READ_H

#include "base/buf.h"
#include "base/package.h"
#include "doc/reader.h"

#define DOCX_LEVELS 9u /* of lists */

extern const PackageTerms docx_terms;

/* A package known to be a docx, with the parts that matter here; NULL where there is none. */
typedef struct DocxParts {
    Package *package;
    const char *document, *styles, *numbering, *footnotes, *endnotes, *comments;
} DocxParts;

/* Owned by ctx. 0, 1 with a finding. */
int docx_open(const void *ctx, const char *name, const char *bytes, size_t size, Diag *diag, DocxParts *ret_parts);

/* --- styles of paragraphs --- */

typedef struct DocxStyle {
    const char *id, *base; /* base: or NULL */
    int outline;           /* heading level from 1; 0 says body text, -1 says nothing */
    int number, level;     /* of a list; -1 says nothing */
} DocxStyle;

typedef struct DocxStyles {
    DocxStyle *list; /* by id, what they inherit filled in */
    size_t n;
} DocxStyles;

int docx_styles_read(const void *ctx, const DocxParts *parts, Diag *diag, DocxStyles **ret_styles);
const DocxStyle *docx_style(const DocxStyles *styles, const char *id); /* lent, or NULL */

/* --- numbers of lists --- */

typedef struct DocxNumbering DocxNumbering;

int docx_numbering_read(const void *ctx, const DocxParts *parts, Diag *diag, DocxNumbering **ret_numbering);
/* Counts one more paragraph of a list and appends what stands before it. level -1: that which the style has. */
void docx_number_next(DocxNumbering *numbering, int number, int level, const char *style, Buf *out);
/* Appends n in a way of counting by the name WordprocessingML has for it; nothing for bullets and unknown ones. */
void docx_count_write(Buf *out, const char *format, unsigned n);

/* --- text as given, with where it comes from --- */

/* A stretch of the text as given that is one element of document.xml. */
typedef struct DocxLeaf {
    uint32_t start, end;
    uint32_t element; /* its number among all elements of the part, from 0 */
    bool whole;       /* stands elsewhere: the element is the run that calls it */
} DocxLeaf;

typedef struct DocxLeaves {
    DocxLeaf *list;
    size_t n;
} DocxLeaves;

/* As read_docx; ret_leaves, owned by the reading, in the order of the text. */
int docx_read(Reader *reader, const DocxParts *parts, DocxLeaves *ret_leaves);

#endif
