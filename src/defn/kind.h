/* defn/kind.h: the kinds of field, one const row and one file (kinds/NAME.c) each.
 *
 * A kind knows how a person writes such a value, how it is kept, how it is shown, and which attributes its
 * fields may have. Forms, imports, exports, pages and the API all go through these rows. */
#ifndef DEFN_KIND_H
#define DEFN_KIND_H

#include "base/buf.h"
#include "defn/model.h"

struct json_t;

typedef enum { STORE_INT, STORE_TEXT, STORE_DATE, STORE_JSON } Storage;

/* Attributes that fields of a kind may have besides those that all have. */
enum { USES_MIN = 1, USES_MAX = 2, USES_SCALE = 4, USES_UNIT = 8, USES_LIST = 16, USES_TO = 32, USES_ROWS = 64 };

/* What came in: always the text a person sees; from a spreadsheet also the typed cell. */
typedef struct FieldInput {
    const char *text;
    bool is_number; /* the cell holds a float */
    double number;
    Date date; /* of a date cell, else DATE_NONE */
    int power; /* the heading's unit as a power of ten: 4 for 万元 */
} FieldInput;

/* What is wrong with an input, if anything: an error refuses it, a warning keeps it. */
typedef struct FieldProblem {
    DiagLevel level; /* DIAG_NOTE: nothing is wrong */
    const char *code;
    Label say;
} FieldProblem;

struct FieldKind {
    const char *name;
    Label label;
    ExprType type;
    Storage storage;
    unsigned uses;
    int scale;        /* decimals when the definition says none */
    bool sealed;      /* encrypted at rest, masked when shown */
    bool digits_only; /* long digit strings that must arrive as text */
    /* Reads an input that is neither blank nor "not applicable". Texts live in ctx. A reference gives the
     * words it was named by: the ledger finds the record. On an error *ret_value is untouched. */
    FieldProblem (*parse)(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value);
    /* The value as a person reads it; never called for blank or n/a. Owned by ctx. */
    char *(*show)(const void *ctx, const Field *field, Value value);
    /* The value with all but the least hidden, for personal fields; NULL: by number of characters. */
    char *(*mask)(const void *ctx, const char *shown);
};

const FieldKind *kind_find(const char *name);
/* All kinds, ending with NULL. */
extern const FieldKind *const kind_all[];

/* The whole way of an input: blank and "not applicable" marks, the kind's parse, then min and max. */
FieldProblem field_parse(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value);
/* The value for a person: "" for blank, 不适用 or n/a, else the kind's show. */
char *field_show(const void *ctx, const Field *field, Value value);
/* The same, masked when the field is personal. */
char *field_show_masked(const void *ctx, const Field *field, Value value);

/* A cell of a child row in the form of sheets: what divides cells and rows stands escaped. */
void field_add_cell(Buf *out, const char *text);
/* One cell of a child row: from its member in the JSON (NULL: blank; texts are lent by it), and a new one, NULL for
 * what is not kept. */
Value field_cell(const Field *column, const struct json_t *member);
struct json_t *field_cell_json(const void *ctx, Value value);

/* For kinds: a problem with bilingual words, and none. */
FieldProblem field_wrong(const void *ctx, const char *code, const char *english, ...)
    __attribute__((format(printf, 3, 4)));
FieldProblem field_warn(const void *ctx, const char *code, const char *english, ...)
    __attribute__((format(printf, 3, 4)));
#define FIELD_FINE ((FieldProblem){.level = DIAG_NOTE})

#endif
