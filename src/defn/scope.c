/* defn/scope.c: the names each ledger lends to expressions: its fields, its states, and what every record has.
 * `state` is not among them: expressions know it from the states. */
#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "defn/parts.h"

static ExprSymbol field_symbol(const Field *field) {
    return (ExprSymbol){
        .name = field->name.text,
        .type = field->kind->type,
        .scale = field->kind->type == TYPE_NUMBER ? field->scale : 0,
        .column = field->name.text,
        .to = field->to       ? &field->to->scope
              : field->n_rows ? &field->rows_scope
                              : NULL,
        .codes = field->list ? field->list->words : NULL,
        .n_codes = field->list ? field->list->n_codes : 0,
        .tag = field,
    };
}

/* A field whose name or kind could not be read lends nothing. */
static bool is_named(const Field *field) { return field->name.text && field->kind; }

static void build_rows_scope(const Catalog *catalog, Field *field) {
    ExprSymbol *symbols = mem_array(catalog, ExprSymbol, field->n_rows + 1);
    size_t n = 0;
    for (size_t i = 0; i < field->n_rows; i++)
        if (is_named(&field->rows[i])) symbols[n++] = field_symbol(&field->rows[i]);
    field->rows_scope = (ExprScope){.name = field->name.text, .symbols = symbols, .n_symbols = n};
}

static const ExprSymbol *find_symbol(const ExprSymbol *symbols, size_t n, const Field *field) {
    for (size_t i = 0; i < n; i++)
        if (symbols[i].tag == field) return &symbols[i];
    return NULL;
}

static void build_scope(const Catalog *catalog, Ledger *ledger) {
    static const ExprSymbol common[] = {
        {.name = "number", .type = TYPE_TEXT, .column = "number"},
        {.name = "id", .type = TYPE_NUMBER, .column = "id"},
    };
    const size_t n_common = sizeof common / sizeof common[0];
    ExprSymbol *symbols = mem_array(catalog, ExprSymbol, ledger->n_fields + n_common);
    ExprState *states = mem_array(catalog, ExprState, ledger->n_states);
    size_t n = 0, n_states = 0;
    for (size_t i = 0; i < ledger->n_fields; i++) {
        Field *field = &ledger->fields[i];
        if (!is_named(field)) continue;
        if (field->n_rows) build_rows_scope(catalog, field);
        symbols[n++] = field_symbol(field);
    }
    memcpy(symbols + n, common, sizeof common);
    for (size_t i = 0; i < ledger->n_states; i++) {
        const State *state = &ledger->states[i];
        if (!state->name.text) continue;
        states[n_states++] = (ExprState){state->name.text, state->date ? find_symbol(symbols, n, state->date) : NULL};
    }
    ledger->scope = (ExprScope){.name = ledger->name.text,
                                .table = ledger->table,
                                .symbols = symbols,
                                .n_symbols = n + n_common,
                                .states = states,
                                .n_states = n_states};
}

void defn_build_scopes(Catalog *catalog) {
    for (size_t i = 0; i < catalog->n_ledgers; i++) build_scope(catalog, &catalog->ledgers[i]);
}
