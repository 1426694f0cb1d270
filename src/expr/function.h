/* expr/function.h: the table of everything that computes a value from values. Private to this folder. */
#ifndef EXPR_FUNCTION_H
#define EXPR_FUNCTION_H

#include "expr/compute.h"
#include "expr/node.h"

/* What an argument must be. */
typedef enum {
    TAKE_NONE,
    TAKE_BOOL,
    TAKE_NUMBER,
    TAKE_WHOLE, /* a number without decimals */
    TAKE_TEXT,
    TAKE_DATE,
    TAKE_PERIOD,
    TAKE_CODE,
    TAKE_CODES,
    TAKE_ROWS,
    TAKE_ANY,     /* one value, of whatever type */
    TAKE_SAME,    /* one value, of the same type as the other arguments marked so */
    TAKE_ORDERED, /* the same, and a number or a date */
} Take;

/* The scale of a number that comes out: none; the common one to which all numbers are brought first; the sum of
 * both; COMPUTE_QUOTIENT_SCALE after bringing both to one. */
typedef enum { SCALE_NONE, SCALE_COMMON, SCALE_SUM, SCALE_QUOTIENT } ScaleRule;

/* One row. Without SQL it has no meaning over fields: its arguments must be known when the SQL is made. */
struct Function {
    const char *name;
    Take takes[COMPUTE_ARGS_MAX];
    bool more;       /* the last argument may be repeated */
    bool gives_same; /* the result has the type of the arguments marked same */
    bool reads_period;
    ExprType gives; /* else; a condition unless it says otherwise */
    ScaleRule scale;
    unsigned repeats; /* how often the SQL says an argument at most, when more than once */

    /* In memory, one of the two. */
    Compute *known;    /* is called when no argument is blank; if one is, so is the result */
    ComputeTree *lazy; /* takes the arguments it wants by itself */

    /* In SQL, one of the two. */
    const char *sql; /* pattern for printf over the arguments */
    char *(*emit)(const Emit *emit, const Node *call);
};

extern const Function FUNCTION_RESCALE; /* brings a number to a finer scale; no name: check.c puts it in */

/* The row of that name for these arguments. NULL: none; *ret_named says whether there is one for others. */
const Function *function_find(const char *name, Node *const *args, size_t n, bool *ret_named);
const Function *function_find_word(const char *name); /* a reserved word: called without brackets; or NULL */
Take function_take(const Function *function, size_t index);
bool function_has_sql(const Function *function);
char *function_emit(const Function *function, const Emit *emit, const Node *call);

/* For messages: names that are called with brackets; what the rows of a name take, "(date, date) or (text)"; a type. */
size_t function_names(const void *ctx, const char ***ret_names);
char *function_forms(const void *ctx, const char *name);
const char *type_name(ExprType type);

#endif
