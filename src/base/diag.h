/* base/diag.h: what is wrong with the user's input, as a list with places.
 *
 * A return code says whether a function could do its work; a Diag says what is wrong with what the
 * user gave, all of it at once. Rule for the text of a finding: what is wrong; what to do. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/label.h"

#define DIAG_MAX 10000u /* findings kept; later ones are only counted */

typedef enum { DIAG_NOTE, DIAG_WARN, DIAG_ERROR } DiagLevel;

/* Where: a file with line and column (from 1), or a sheet with row and column name; zero or NULL = not said. */
typedef struct Place {
    const char *file;
    unsigned line;
    unsigned column;
    const char *sheet;
    uint64_t row;
    const char *field; /* column heading or field name */
} Place;

typedef struct Finding {
    DiagLevel level;
    Place at;
    const char *code;  /* stable word for programs: "unknown-field" */
    const char *value; /* the offending value as given, or NULL */
    Label say;
} Finding;

typedef struct Diag {
    Finding *list;
    size_t count;  /* kept */
    size_t errors; /* all, kept or not */
    size_t warnings;
    size_t dropped;                                     /* beyond DIAG_MAX */
    void (*on_add)(const Finding *finding, void *data); /* optional: streams findings; they are then not kept */
    void *data;
} Diag;

Diag *diag_new(const void *ctx);

/* Adds a finding; the format is English with its translation in lang/. Place strings are copied. */
void diag_error(Diag *diag, Place at, const char *code, const char *english, ...) __attribute__((format(printf, 4, 5)));
void diag_warn(Diag *diag, Place at, const char *code, const char *english, ...) __attribute__((format(printf, 4, 5)));
void diag_note(Diag *diag, Place at, const char *code, const char *english, ...) __attribute__((format(printf, 4, 5)));
/* The general form: level, offending value (or NULL) and a label made elsewhere (a check of a definition, say). */
void diag_add(Diag *diag, DiagLevel level, Place at, const char *code, const char *value, Label say);

/* Writes findings to a stream as `file:line:column: what; what to do` (or `file:sheet:row:column: …`), in the current
 * language. */
void diag_print(const Diag *diag, FILE *out);
void diag_print_one(const Finding *finding, FILE *out);
/* The same line as text owned by ctx. */
char *diag_line(const void *ctx, const Finding *finding);

#define PLACE_NONE       ((Place){0})
#define PLACE_FILE(name) ((Place){.file = (name)})

#endif
