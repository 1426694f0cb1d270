/* defn/compile.c: conditions and measures into expressions, once all scopes stand. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "defn/parts.h"

#define STATED_SCALE 4 /* decimals of a fact that others publish */

typedef struct Compiling {
    Catalog *catalog;
    const DefnSources *sources;
    Diag *diag;
} Compiling;

/* What is compiled at the moment, for its findings: they count characters from its beginning. */
typedef struct Part {
    const Compiling *compiling;
    const Name *text;
    size_t before; /* characters of the text that stand before it */
} Part;

static void report_in_place(const Finding *finding, void *data) {
    const Part *part = data;
    Place at = defn_place(part->compiling->sources, part->text, part->before + finding->at.column - 1);
    diag_add(part->compiling->diag, finding->level, at, finding->code, finding->value, finding->say);
}

/* Compiles what stands in a text from an offset on. NULL with findings, or when there is nothing to compile. */
static Expr *compile_from(const Compiling *compiling, const Name *text, size_t offset, const Ledger *ledger,
                          ExprType want) {
    if (!text->text || !ledger) return NULL;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Part part = {compiling, text, text_count(mem_strndup(scratch, text->text, offset))};
    Diag diag = {.on_add = report_in_place, .data = &part};
    Expr *expr = NULL;
    (void)expr_compile(compiling->catalog, text->text + offset, (Place){.column = 1}, &ledger->scope, want, &diag,
                       &expr);
    return expr;
}

static Expr *compile_condition(const Compiling *compiling, const Name *text, const Ledger *ledger) {
    return compile_from(compiling, text, 0, ledger, TYPE_BOOL);
}

/* The first own field a condition names: where a form or a sheet shows its finding. */
static void note_first_field(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    const Field **first = data;
    if (!*first && !depth) *first = symbol->tag;
}

static void compile_ledger(const Compiling *compiling, Ledger *ledger) {
    for (size_t i = 0; i < ledger->n_checks; i++) {
        Check *check = &ledger->checks[i];
        check->when = compile_condition(compiling, &check->when_text, ledger);
        if (check->when) expr_visit(check->when, note_first_field, &check->field);
    }
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        Transition *transition = &ledger->transitions[i];
        transition->guard = compile_condition(compiling, &transition->guard_text, ledger);
    }
}

/* "sum amount": what stands behind the first word is the field that is measured. */
static void compile_measure(const Compiling *compiling, Indicator *indicator) {
    const Name *text = &indicator->measure_text;
    size_t rest = strcspn(text->text, " ");
    rest += strspn(text->text + rest, " ");
    bool wants_field = indicator->measure == MEASURE_SUM || indicator->measure == MEASURE_AVG ||
                       indicator->measure == MEASURE_DISTINCT;
    ExprType want = indicator->measure == MEASURE_DISTINCT ? TYPE_ANY : TYPE_NUMBER;
    if (wants_field != (text->text[rest] != '\0'))
        diag_error(compiling->diag, text->at, "bad-measure",
                   wants_field ? "the measure needs a field; write 'sum FIELD', 'avg FIELD' or 'distinct FIELD'"
                               : "this measure takes no field; remove it");
    else if (wants_field)
        indicator->field = compile_from(compiling, text, rest, indicator->of, want);
}

/* A flow that does not ask for its period would be the same in every one. */
static void check_flow(const Compiling *compiling, const Indicator *indicator) {
    bool lacks = indicator->where ? !expr_uses_period(indicator->where) : !indicator->where_text.text;
    if (indicator->kind == INDICATOR_FLOW && lacks)
        diag_error(
            compiling->diag, indicator->kind_name.at, "no-period",
            "a flow counts what happened in the period, and its condition does not ask for it; write 'DATE in period', "
            "or make it a stock");
}

static void compile_indicator(const Compiling *compiling, Indicator *indicator) {
    if (!indicator->of) return; /* computed from others, or not linked */
    indicator->where = compile_condition(compiling, &indicator->where_text, indicator->of);
    compile_measure(compiling, indicator);
    check_flow(compiling, indicator);
}

/* --- boards --- */

static void note_last_field(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    (void)depth;
    *(const Field **)data = symbol->tag;
}

const Field *field_named_by(const Expr *expr) {
    const Field *field = NULL;
    expr_visit(expr, note_last_field, &field);
    return field;
}

static void note_personal(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    (void)depth;
    const Field *field = symbol->tag;
    *(bool *)data |= field && (field->personal || field->kind->sealed);
}

/* What divides: each record gives one word, reference or whole number, and none that is masked elsewhere. */
static void check_division(const Compiling *compiling, const Picture *picture) {
    int scale = 0;
    bool personal = false;
    ExprType type = expr_type(picture->by, &scale);
    bool divides = type == TYPE_TEXT || type == TYPE_CODE || type == TYPE_STATE || type == TYPE_REF ||
                   (type == TYPE_NUMBER && !scale);
    expr_visit(picture->by, note_personal, &personal);
    if (!divides || (picture->kind == PICTURE_MAP && type != TYPE_REF))
        diag_error(compiling->diag, picture->by_text.at, "bad-picture",
                   picture->kind == PICTURE_MAP
                       ? "the places of a map are records; divide by a reference to them"
                       : "this does not divide records; use a code, a text, a state, a reference or a year");
    else if (personal)
        diag_error(compiling->diag, picture->by_text.at, "bad-picture",
                   "a personal field is masked wherever it is shown; divide by another");
}

static void compile_picture(const Compiling *compiling, Picture *picture) {
    const Ledger *ledger = picture->n_of ? picture->of[0]->of : NULL;
    picture->by = compile_from(compiling, &picture->by_text, 0, ledger, TYPE_ANY);
    if (!picture->by) return;
    check_division(compiling, picture);
    const Field *last = field_named_by(picture->by);
    picture->places = last && picture->kind == PICTURE_MAP ? last->to : NULL;
    picture->within = compile_from(compiling, &picture->within_text, 0, picture->places, TYPE_TEXT);
}

static void compile_boards(const Compiling *compiling) {
    const Catalog *catalog = compiling->catalog;
    for (size_t i = 0; i < catalog->n_boards; i++)
        for (size_t k = 0; k < catalog->boards[i].n_pictures; k++)
            compile_picture(compiling, &catalog->boards[i].pictures[k]);
}

/* How many decimals a value has: a count none, a sum those of its field. Ratios and growth say so themselves. */
static int value_scale(const Indicator *indicator) {
    int scale = 0;
    switch (indicator->measure) {
    case MEASURE_COUNT:
    case MEASURE_DISTINCT:
        return 0;
    case MEASURE_SUM:
        if (indicator->field) (void)expr_type(indicator->field, &scale);
        return scale;
    case MEASURE_STATED:
        return STATED_SCALE;
    case MEASURE_AVG:
    case MEASURE_RATIO:
    case MEASURE_GROWTH:
        break;
    }
    return indicator->scale;
}

static void compile_list(const Compiling *compiling, ReportList *list) {
    list->where = compile_condition(compiling, &list->where_text, list->of);
    list->order = compile_from(compiling, &list->order_text, 0, list->of, TYPE_ANY);
}

void defn_compile(Catalog *catalog, const DefnSources *sources, Diag *diag) {
    const Compiling compiling = {catalog, sources, diag};
    for (size_t i = 0; i < catalog->n_ledgers; i++) compile_ledger(&compiling, &catalog->ledgers[i]);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        compile_indicator(&compiling, &catalog->indicators[i]);
        catalog->indicators[i].scale = value_scale(&catalog->indicators[i]);
    }
    for (size_t i = 0; i < catalog->n_reports; i++) {
        for (size_t k = 0; k < catalog->reports[i].n_lists; k++)
            compile_list(&compiling, &catalog->reports[i].lists[k]);
    }
    compile_boards(&compiling);
}
