/* people/rows.c: see rows.h. What tells where a record belongs is data: `belongs` in roles.yaml. */
#include "people/rows.h"

#include <string.h>

#include "base/mem.h"
#include "people/unit.h"

#define TOWN "town"

typedef struct Scoping {
    const void *ctx;
    const Catalog *catalog;
    const Ledger *ledger;
    Units units;
    RowScope *scope;
} Scoping;

/* --- names of units --- */

static void add_value(const void *ctx, RowTerm *term, const char *value) {
    *mem_push(ctx, term->values, term->n_values) = mem_strdup(ctx, value);
}

/* Records name a unit by its name or its code. */
static void add_unit(const void *ctx, RowTerm *term, const Unit *unit) {
    add_value(ctx, term, unit->name);
    add_value(ctx, term, unit->code);
}

/* --- terms --- */

/* One term for each expression of the belonging that this ledger knows; those that it does not know are no mistake. */
static void add_terms(const Scoping *scoping, const char *to, const RowTerm *model) {
    if (!model->n_values) return;
    for (size_t i = 0; i < scoping->catalog->n_belongings; i++) {
        const Belonging *belonging = &scoping->catalog->belongings[i];
        for (size_t k = 0; !strcmp(belonging->to.text, to) && k < belonging->by.count; k++) {
            MEM_SCRATCH scratch = talloc_new(NULL);
            RowTerm term = *model;
            Expr *expr = NULL;
            if (expr_compile(scoping->ctx, belonging->by.list[k].text, PLACE_NONE, &scoping->ledger->scope, TYPE_TEXT,
                             diag_new(scratch), &expr))
                continue;
            term.of = expr;
            *mem_push(scoping->ctx, scoping->scope->terms, scoping->scope->n_terms) = term;
        }
    }
}

/* What he entered, and what names his account. */
static void add_own(const Scoping *scoping, const Grant *grant) {
    RowTerm named = {0};
    *mem_push(scoping->ctx, scoping->scope->terms, scoping->scope->n_terms) =
        (RowTerm){.entered_by = mem_strdup(scoping->ctx, grant->holder)};
    add_value(scoping->ctx, &named, grant->holder);
    add_terms(scoping, "own", &named);
}

static void add_units(const Scoping *scoping, const Grant *grant, bool below) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    RowTerm term = {0};
    Units units = {0};
    const Unit *unit = unit_among(&scoping->units, grant->unit);
    if (unit && below) unit_below(scratch, &scoping->units, grant->unit, &units);
    for (size_t i = 0; i < units.count; i++) add_unit(scoping->ctx, &term, &units.list[i]);
    if (unit && !below) add_unit(scoping->ctx, &term, unit);
    add_terms(scoping, "unit", &term);
}

/* The town that was said, or that of the holder's unit. */
static void add_town(const Scoping *scoping, const Grant *grant) {
    RowTerm term = {0};
    const Unit *unit = unit_among(&scoping->units, grant->unit);
    const char *colon = strchr(grant->scope, ':');
    const char *code = colon ? colon + 1 : unit ? unit->town : NULL;
    const Unit *town = unit_among(&scoping->units, code);
    if (town)
        add_unit(scoping->ctx, &term, town);
    else if (code)
        add_value(scoping->ctx, &term, code);
    add_terms(scoping, TOWN, &term);
}

static void add_grant(const Scoping *scoping, const Grant *grant) {
    if (!strcmp(grant->scope, "county")) scoping->scope->all = true;
    if (!strcmp(grant->scope, "own")) add_own(scoping, grant);
    if (!strcmp(grant->scope, "unit")) add_units(scoping, grant, false);
    if (!strcmp(grant->scope, "subtree")) add_units(scoping, grant, true);
    if (!strncmp(grant->scope, TOWN, strlen(TOWN))) add_town(scoping, grant);
}

int rows_scope(const void *ctx, const People *people, const Mandate *mandate, const Ask *ask, RowScope *ret_scope) {
    *ret_scope = (RowScope){0};
    Scoping scoping = {.ctx = ctx, .catalog = people->catalog, .ledger = ask->ledger, .scope = ret_scope};
    int fault = unit_list(ctx, people, &scoping.units);
    for (size_t i = 0; !fault && i < mandate->n_grants; i++)
        if (role_gives(mandate->grants[i].role, ask)) add_grant(&scoping, &mandate->grants[i]);
    return fault;
}

/* --- one record --- */

static bool holds(const RowTerm *term, const ExprRow *row, const char *entered_by, const ExprParams *params) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Value value;
    if (term->entered_by) return entered_by && !strcmp(term->entered_by, entered_by);
    if (expr_eval(scratch, term->of, row, params, &value) || value.kind != VALUE_TEXT) return false;
    for (size_t i = 0; i < term->n_values; i++)
        if (!strcmp(term->values[i], value.text)) return true;
    return false;
}

bool rows_has(const RowScope *scope, const ExprRow *row, const char *entered_by, const ExprParams *params) {
    for (size_t i = 0; !scope->all && i < scope->n_terms; i++)
        if (holds(&scope->terms[i], row, entered_by, params)) return true;
    return scope->all;
}
