/* defn/compile.c: conditions and measures into expressions, once all scopes stand. */
#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "defn/parts.h"

static Expr *compile(Catalog *catalog, const Name *text, const Ledger *ledger, ExprType want, Diag *diag) {
    Expr *expr = NULL;
    if (text->text && ledger) (void)expr_compile(catalog, text->text, text->at, &ledger->scope, want, diag, &expr);
    return expr;
}

/* The first own field a condition names: where a form or a sheet shows its finding. */
static void note_first_field(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    const Field **first = data;
    if (!*first && !depth) *first = symbol->tag;
}

static void compile_ledger(Catalog *catalog, Ledger *ledger, Diag *diag) {
    for (size_t i = 0; i < ledger->n_checks; i++) {
        Check *check = &ledger->checks[i];
        check->when = compile(catalog, &check->when_text, ledger, TYPE_BOOL, diag);
        if (check->when) expr_visit(check->when, note_first_field, &check->field);
    }
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        Transition *transition = &ledger->transitions[i];
        transition->guard = compile(catalog, &transition->guard_text, ledger, TYPE_BOOL, diag);
    }
}

/* "sum amount": what stands behind the first word is the field that is measured. */
static void compile_measure(Catalog *catalog, Indicator *indicator, Diag *diag) {
    const Name *text = &indicator->measure_text;
    size_t word = strcspn(text->text, " ");
    const char *rest = text->text + word + strspn(text->text + word, " ");
    bool wants_field = indicator->measure == MEASURE_SUM || indicator->measure == MEASURE_AVG ||
                       indicator->measure == MEASURE_DISTINCT;
    if (wants_field != (*rest != '\0')) {
        diag_error(diag, text->at, "bad-measure",
                   wants_field ? "the measure needs a field: 'sum FIELD', 'avg FIELD', 'distinct FIELD'"
                               : "this measure takes no field; remove it");
        return;
    }
    if (!wants_field) return;
    Name field = {rest, text->at};
    field.at.column += (unsigned)(rest - text->text);
    indicator->field =
        compile(catalog, &field, indicator->of, indicator->measure == MEASURE_DISTINCT ? TYPE_ANY : TYPE_NUMBER, diag);
}

static void compile_indicator(Catalog *catalog, Indicator *indicator, Diag *diag) {
    indicator->where = compile(catalog, &indicator->where_text, indicator->of, TYPE_BOOL, diag);
    if (indicator->of && indicator->measure_text.text) compile_measure(catalog, indicator, diag);
}

/* How many decimals a value has: a count none, a sum those of its field. Ratios and growth say so themselves. */
static int value_scale(const Indicator *indicator) {
    int scale = 0;
    switch (indicator->measure) {
    case MEASURE_COUNT:
    case MEASURE_DISTINCT: return 0;
    case MEASURE_SUM:
        if (indicator->field) (void)expr_type(indicator->field, &scale);
        return scale;
    case MEASURE_STATED: return 4;
    case MEASURE_AVG:
    case MEASURE_RATIO:
    case MEASURE_GROWTH: break;
    }
    return indicator->scale;
}

void defn_compile(Catalog *catalog, Diag *diag) {
    for (size_t i = 0; i < catalog->n_ledgers; i++) compile_ledger(catalog, &catalog->ledgers[i], diag);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        compile_indicator(catalog, &catalog->indicators[i], diag);
        catalog->indicators[i].scale = value_scale(&catalog->indicators[i]);
    }
    for (size_t i = 0; i < catalog->n_reports; i++) {
        const Report *report = &catalog->reports[i];
        for (size_t k = 0; k < report->n_lists; k++)
            report->lists[k].where = compile(catalog, &report->lists[k].where_text, report->lists[k].of, TYPE_BOOL, diag);
    }
}
