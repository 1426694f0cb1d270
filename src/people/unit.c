/* people/unit.c: see unit.h. A county has some hundred units: the tree is read whole and walked in memory. */
#include "people/unit.h"

#include <string.h>

#include "base/mem.h"
#include "people/journal.h"

static Unit unit_from_row(const void *ctx, const Stmt *stmt) {
    return (Unit){stmt_copy(ctx, stmt, 0), stmt_copy(ctx, stmt, 1), stmt_copy(ctx, stmt, 2), stmt_copy(ctx, stmt, 3)};
}

int unit_list(const void *ctx, const People *people, Units *ret_units) {
    Stmt *stmt;
    int step =
        people_ask(people, "SELECT code, parent, name, town FROM unit WHERE org = ?1 ORDER BY code", NULL, 0, &stmt);
    if (step) return step;
    *ret_units = (Units){0};
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Unit unit = unit_from_row(ctx, stmt);
        *mem_push(ctx, ret_units->list, ret_units->count) = unit;
    }
    return step;
}

const Unit *unit_among(const Units *units, const char *code) {
    for (size_t i = 0; code && i < units->count; i++)
        if (!strcmp(units->list[i].code, code)) return &units->list[i];
    return NULL;
}

static bool stands_under(const Units *units, const Unit *unit, const char *code) {
    for (unsigned depth = 0; unit && depth < UNIT_DEPTH_MAX; depth++, unit = unit_among(units, unit->parent))
        if (!strcmp(unit->code, code)) return true;
    return false;
}

void unit_below(const void *ctx, const Units *units, const char *code, Units *ret_units) {
    *ret_units = (Units){0};
    for (size_t i = 0; i < units->count; i++)
        if (stands_under(units, &units->list[i], code))
            *mem_push(ctx, ret_units->list, ret_units->count) = units->list[i];
}

int unit_find(const void *ctx, const People *people, const char *code, Unit *ret_unit) {
    static const char sql[] = "SELECT code, parent, name, town FROM unit WHERE org = ?1 AND code = ?2";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(code)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) *ret_unit = unit_from_row(ctx, stmt);
    return stmt_end_found(stmt, step);
}

int unit_is_known(const People *people, const char *code, bool *ret_known) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Unit unit;
    int result = unit_find(scratch, people, code, &unit);
    if (result >= 0) *ret_known = result == 0;
    return result < 0 ? result : 0;
}

static unsigned depth_of(const Units *units, const Unit *unit) {
    unsigned depth = 0;
    for (; unit && depth < UNIT_DEPTH_MAX; unit = unit_among(units, unit->parent)) depth++;
    return depth;
}

/* 0, 1 with findings, or a fault. */
static int check(const People *people, const Unit *unit, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Units units;
    int fault = unit_list(scratch, people, &units);
    if (fault) return fault;
    size_t before = diag->errors;
    const Unit *parent = unit_among(&units, unit->parent);
    if (!*unit->code || !*unit->name)
        diag_error(diag, (Place){.field = "name"}, "no-name", "a unit needs a code and a name; write both");
    if (unit->parent && !parent)
        diag_error(diag, (Place){.field = "parent"}, "no-unit", "there is no unit '%s'; make it first", unit->parent);
    if (parent && (stands_under(&units, parent, unit->code) || depth_of(&units, parent) >= UNIT_DEPTH_MAX - 1))
        diag_error(diag, (Place){.field = "parent"}, "unit-circle",
                   "'%s' stands under '%s' itself, or too deep; choose another place", unit->parent, unit->code);
    return diag->errors > before;
}

int unit_put(const People *people, const Unit *unit, const char *actor, const char *now, Diag *diag) {
    static const char sql[] = "INSERT INTO unit (org, code, parent, name, town) VALUES (?1, ?2, ?3, ?4, ?5)"
                              " ON CONFLICT (org, code) DO UPDATE SET parent = excluded.parent, name = excluded.name,"
                              " town = excluded.town";
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = check(people, unit, diag);
    if (!result)
        result = people_run(people, sql,
                            DB_VALUES(VALUE_OF_TEXT(unit->code), value_of_text(unit->parent), VALUE_OF_TEXT(unit->name),
                                      value_of_text(unit->town)),
                            NULL);
    if (!result) result = journal_account(people, now, actor, unit->code, "unit", unit->name);
    return db_settle(people->db, result);
}
