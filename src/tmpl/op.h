/* tmpl/op.h: a compiled template: one flat array of operations. Private to this folder. */
#ifndef TMPL_OP_H
#define TMPL_OP_H

#include "tmpl/tmpl.h"

typedef enum {
    OP_TEXT,     /* text, size */
    OP_LINE,     /* a line begins here that is not empty: a partial's indent is written */
    OP_VARIABLE, /* names; raw */
    OP_SECTION,  /* names; other: its OP_END */
    OP_INVERTED, /* the same */
    OP_END,      /* other: its OP_SECTION or OP_INVERTED */
    OP_PARTIAL,  /* text: its name; indent */
} OpKind;

typedef struct Op {
    OpKind kind;
    bool raw;
    const char *text;
    size_t size;
    const char *indent; /* of a partial alone on its line: what stands before it; else NULL */
    const char **names; /* the parts of a dotted name; none for {{.}} */
    size_t n_names;
    size_t other;
} Op;

struct Tmpl {
    const char *name;
    Op *ops;
    size_t n_ops;
    TmplName *names;
    size_t n_names;
};

#endif
