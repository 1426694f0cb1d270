/* expr/node.h: the tree of one expression. Private to this folder.
 *
 * parse.c makes it of names and calls; check.c settles in place what each name means, which row of the function
 * table each call is and at what scale each number stands; eval.c and emit.c then only read it. */
#ifndef EXPR_NODE_H
#define EXPR_NODE_H

#include "expr/expr.h"

#define NODE_HEIGHT_MAX 200u   /* of a tree: chains like a + b + c … are as high as they are long */
#define NODE_WEIGHT_MAX 20000u /* parts of the SQL text one expression may become */

typedef struct Node Node;
typedef struct Function Function;

typedef enum {
    NODE_LITERAL, /* value */
    NODE_NAME,    /* names, as written; gone once checked */
    NODE_CALL,    /* function over args: operators and reserved words too */
    NODE_FIELD,   /* path, symbol */
    NODE_STATE,   /* path; the state now, or on the day args[0] */
    NODE_ENTERED, /* path, and value: the state whose day is asked for; symbol: the field that holds it, if one does */
    NODE_NA,      /* path, symbol */
    NODE_ROWS,    /* path, symbol; the child rows for which `where` holds: their number, or the sum of their `member` */
} NodeKind;

/* The references followed from the row at hand before the name itself. */
typedef struct Path {
    const ExprSymbol *refs[EXPR_FOLLOW_MAX];
    unsigned n;
} Path;

typedef struct Name {
    const char *text;
    unsigned start;
} Name;

/* What a bare word beside a code or a state may be; an open list (NULL) takes any. */
typedef struct Words {
    const char *const *list;
    size_t n;
} Words;

/* The text an expression was written in, and where what is wrong with it is said. */
typedef struct Source {
    const void *ctx;
    const char *text;
    size_t size;
    Place at;
    Diag *diag;
} Source;

struct Node {
    NodeKind kind;
    ExprType type;
    int scale;      /* of TYPE_NUMBER */
    bool constant;  /* no field below it: eval.c knows its value without a row */
    unsigned start; /* bytes of the source */
    unsigned end;
    unsigned height;
    unsigned weight;
    Words words;
    const ExprScope *to; /* of TYPE_REF */

    Name *names; /* NODE_NAME, NODE_STATE: "owner", "town"; NODE_CALL: that of the function */
    size_t n_names;
    Value value;
    const Function *function;
    Path path;
    const ExprSymbol *symbol;
    const ExprSymbol *member;
    Node **args;
    size_t n_args;
    Node *where;
};

struct Expr {
    const char *text;
    const ExprScope *scope;
    const Node *root;
    const Expr **parts; /* itself alone, unless `and` joins several */
    size_t n_parts;
};

/* --- parse.c, check.c --- */

Node *parse_source(const Source *source); /* NULL with a finding */
bool parse_is_operator(const char *word); /* and, or, not, in …: stands between values, or before one */
/* Settles the whole tree. False with findings. */
bool check_tree(const Source *source, const ExprScope *scope, ExprType want, Node *root);

/* --- eval.c --- */

/* What a running evaluation has at hand. */
typedef struct Eval {
    const void *ctx;
    const ExprRow *row; /* NULL: only constants are asked for */
    const ExprParams *params;
} Eval;

/* 0, or 1 for a number too large. "Not applicable" comes out as blank. */
int eval_node(const Eval *eval, const Node *node, Value *ret_value);

/* --- emit.c --- */

typedef struct From From;

/* What an emission has at hand. */
typedef struct Emit {
    ExprSql *sql; /* owns every text made */
    const DbDialect *dialect;
    const ExprParams *params;
    From *from; /* where names are looked up */
} Emit;

char *emit_node(const Emit *emit, const Node *node);
/* A parameter (or NULL for a blank) within the cast of its type. */
char *emit_value(const Emit *emit, ExprType type, Value value);

#endif
