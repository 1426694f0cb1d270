/* doc/docx-edit.h: some parts of a docx replaced, all others as they are packed. */
#ifndef DOC_DOCX_EDIT_H
#define DOC_DOCX_EDIT_H

#include "doc/docx-read.h"

/* What the first element of document.xml says of names. */
typedef struct DocxMain {
    const char *namespace; /* of WordprocessingML: there are two */
    const char *prefix;    /* of its elements: "w" */
    const char *declare;   /* for an element that is written with the prefix w: "" where the prefix is known */
    bool strict;
} DocxMain;

DocxMain docx_main(const void *ctx, const char *xml, size_t size);

typedef struct DocxEdit {
    void *ctx;
    const DocxParts *parts;
    const DocxMain *main;
    Diag *diag;
    struct EditPart *list; /* the parts that change, or are new */
    size_t n;
} DocxEdit;

/* A whole part of at most max bytes, NUL-terminated. 0, 1 with a finding. */
int docx_part_bytes(const void *ctx, Package *package, const char *name, size_t max, Diag *diag, char **ret_bytes,
                    size_t *ret_size);
/* Text fit for XML. */
const char *docx_sound_text(const void *ctx, const char *text);

/* Name and bytes live as long as the edit. */
void edit_replace(DocxEdit *edit, const char *name, const char *bytes, size_t size);
/* Adds comments behind those that are there; where there are none, the part for them, and what names it. 0, 1 with a
 * finding. */
int edit_add_comments(DocxEdit *edit, const char *comments);
/* The package of these bytes with what was replaced, renamed into place when whole. 0, 1 with a finding. */
int edit_write(DocxEdit *edit, const char *bytes, size_t size, const char *copy);

#endif
