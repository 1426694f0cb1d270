/* ledger/query-text.c: conditions, orders and places of lists out of what a person or a browser sends, and places as
 * text. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/query.h"

#define PLACE_MARK '~' /* between the id and the value of a place as text */

int query_compile(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr) {
    return expr_compile(ctx, text, (Place){.file = "--where", .line = 1, .column = 1}, &ledger->scope, TYPE_BOOL, diag,
                        ret_expr);
}

static void note_sealed(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    (void)depth;
    const Field *field = symbol->tag;
    if (field && field->kind->sealed) *(bool *)data = true;
}

int query_compile_order(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr) {
    const Place at = {.file = "--order", .line = 1, .column = 1};
    if (expr_compile(ctx, text, at, &ledger->scope, TYPE_ANY, diag, ret_expr)) return 1;
    int scale;
    bool sealed = false;
    expr_visit(*ret_expr, note_sealed, &sealed);
    if (expr_type(*ret_expr, &scale) != TYPE_ROWS && !sealed) return 0;
    diag_error(diag, at, "no-order", "a list cannot be ordered by '%s'; choose another column", text);
    return 1;
}

/* --- places --- */

char *query_place_text(const void *ctx, const QueryPlace *place) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Value value = place->value;
    if (value.kind == VALUE_BLANK) return mem_printf(ctx, "%" PRId64, place->id);
    if (value.kind == VALUE_NUMBER) value.scale = 0; /* its whole units */
    return mem_printf(ctx, "%" PRId64 "%c%s", place->id, PLACE_MARK, value_text(scratch, value));
}

static bool parse_whole(const char *text, char end, int64_t *ret_number, const char **ret_rest) {
    char *rest;
    long long number = strtoll(text, &rest, 10);
    *ret_number = number;
    *ret_rest = rest;
    return rest != text && (*rest == end || !*rest) && strspn(text, " \t\n\r+") == 0;
}

bool query_place_parse(const void *ctx, const Query *query, const char *text, QueryPlace *ret_place) {
    const char *rest;
    int64_t units;
    int scale = 0;
    *ret_place = (QueryPlace){.value = VALUE_OF_BLANK};
    if (!parse_whole(text, PLACE_MARK, &ret_place->id, &rest)) return false;
    if (!*rest) return true;
    if (!query->order) return false;
    rest++;
    switch (expr_type(query->order, &scale)) {
    case TYPE_BOOL:
    case TYPE_REF:
    case TYPE_NUMBER:
        if (!parse_whole(rest, '\0', &units, &rest)) return false;
        ret_place->value = VALUE_OF_DECIMAL(units, scale);
        return true;
    case TYPE_DATE:
        ret_place->value = VALUE_OF_DATE(date_parse_iso(rest));
        return ret_place->value.date != DATE_NONE;
    default:
        ret_place->value = VALUE_OF_TEXT(mem_strdup(ctx, rest));
        return true;
    }
}
