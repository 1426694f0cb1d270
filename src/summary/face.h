/* summary/face.h: the faces of a figure, as a text prints them. Private to summary/. */
#ifndef SUMMARY_FACE_H
#define SUMMARY_FACE_H

#include "summary/summary.h"

/* One row a face: {{INDICATOR.name}}. */
typedef struct Face {
    const char *name;
    enum { FACE_LINKED, FACE_SO_FAR, FACE_PLAIN } leads; /* to its figure, to that of the year so far, nowhere */
    Label title;
    /* NULL or "" when it is not known. Owned by ctx. Written in the current language. */
    const char *(*print)(const void *ctx, const SummaryFigure *figure);
} Face;

extern const Face faces[]; /* ends with a zeroed row */
const Face *face_find(const char *name);

/* What {{INDICATOR}} prints: the value, but nothing where nothing happened: an official text does not report 0 items.
 */
const char *face_print(const void *ctx, const SummaryFigure *figure);

#endif
