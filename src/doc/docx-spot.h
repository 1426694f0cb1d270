/* doc/docx-spot.h: where elements of document.xml stand in its bytes. */
#ifndef DOC_DOCX_SPOT_H
#define DOC_DOCX_SPOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Slice {
    size_t from, to;
} Slice;

/* A run around an element. */
typedef struct SpotRun {
    Slice all, inside; /* with its tags, and what they enclose behind its properties */
    Slice name;        /* "w:r" */
    Slice properties;  /* empty when it has none */
    unsigned depth;
    bool used; /* by a spot */
} SpotRun;

typedef struct Spot {
    uint32_t element; /* asked for: its number among all elements */
    Slice all, inside;
    Slice name;         /* "w:t" */
    const SpotRun *run; /* that it stands in, or NULL */
} Spot;

/* Fills spots, which are ordered by element, from XML that is known to be well-formed and without a document type.
 * Runs are owned by ctx. Returns the largest id of the marks of comments that are there. */
int64_t spots_find(const void *ctx, const char *xml, size_t size, Spot *spots, size_t n);

/* The byte in the content of an element before which so many characters stand; SIZE_MAX when markup stands among
 * them. */
size_t spot_byte(const char *xml, Slice inside, size_t n_runes);

#endif
