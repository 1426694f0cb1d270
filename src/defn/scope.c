/* defn/scope.c: the names each ledger lends to expressions: its fields, its states, and what every record has. */
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
        .to = field->to ? &field->to->scope : field->n_rows ? &field->rows_scope : NULL,
        .codes = field->list ? field->list->words : NULL,
        .n_codes = field->list ? field->list->n_codes : 0,
        .tag = field,
    };
}

static void build_rows_scope(const Catalog *catalog, Field *field) {
    ExprSymbol *symbols = mem_array(catalog, ExprSymbol, field->n_rows + 1);
    for (size_t i = 0; i < field->n_rows; i++) symbols[i] = field_symbol(&field->rows[i]);
    field->rows_scope = (ExprScope){.name = field->name.text, .symbols = symbols, .n_symbols = field->n_rows};
}

static void build_scope(const Catalog *catalog, Ledger *ledger) {
    static const ExprSymbol common[] = {
        {.name = "state", .type = TYPE_STATE, .column = "state"},
        {.name = "number", .type = TYPE_TEXT, .column = "number"},
        {.name = "id", .type = TYPE_NUMBER, .column = "id"},
    };
    const size_t n_common = sizeof common / sizeof common[0];
    ExprSymbol *symbols = mem_array(catalog, ExprSymbol, ledger->n_fields + n_common);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        if (ledger->fields[i].n_rows) build_rows_scope(catalog, &ledger->fields[i]);
        symbols[i] = field_symbol(&ledger->fields[i]);
    }
    memcpy(symbols + ledger->n_fields, common, sizeof common);
    ExprState *states = mem_array(catalog, ExprState, ledger->n_states);
    for (size_t i = 0; i < ledger->n_states; i++)
        states[i] = (ExprState){ledger->states[i].name.text,
                                ledger->states[i].date ? &symbols[ledger->states[i].date->index] : NULL};
    ledger->scope = (ExprScope){.name = ledger->name.text,
                                .table = ledger->table,
                                .symbols = symbols,
                                .n_symbols = ledger->n_fields + n_common,
                                .states = states,
                                .n_states = ledger->n_states};
}

void defn_build_scopes(Catalog *catalog) {
    for (size_t i = 0; i < catalog->n_ledgers; i++) build_scope(catalog, &catalog->ledgers[i]);
}
