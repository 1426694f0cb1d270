/* ledger/validate.c: one rule engine for form, import and API. */
#include "ledger/validate.h"

#include "base/mem.h"
#include "ledger/span.h"
#include "ledger/transition.h"

typedef struct Validation {
    Store *store;
    const Record *record;
    Place at;
    Diag *diag;
    size_t errors, warnings;
    bool reported[DEFN_FIELDS_MAX]; /* fields: one thing that is wrong is said once */
} Validation;

static Place place_of(const Validation *validation, const Field *field) {
    Place at = validation->at;
    if (field) at.field = label_text(field->label);
    return at;
}

static void need(Validation *validation, const Field *field, const State *state) {
    if (validation->record->values[field->index].kind != VALUE_BLANK) return;
    validation->reported[field->index] = true;
    validation->errors++;
    if (state)
        diag_error(validation->diag, place_of(validation, field), "needed-in-state",
                   "'%s' is needed in the state '%s'; fill it", label_text(field->label), label_text(state->label));
    else
        diag_error(validation->diag, place_of(validation, field), "required", "'%s' is missing; fill it",
                   label_text(field->label));
}

/* What a state needs stays needed in all states behind it on the path, unless the path has ended. */
static void check_needs(Validation *validation) {
    const Ledger *ledger = validation->record->ledger;
    for (size_t i = 0; i < ledger->n_fields; i++)
        if (ledger->fields[i].required) need(validation, &ledger->fields[i], NULL);
    const State *state = validation->record->state;
    for (size_t i = 0; i < state->n_needs; i++) need(validation, state->needs[i], state);
    if (state->number && !state->number->required) need(validation, state->number, state);
}

static void check_dates(Validation *validation) {
    const State *beyond = span_contradiction(validation->record, date_today());
    if (!beyond) return;
    validation->errors++;
    validation->reported[beyond->date->index] = true;
    diag_error(validation->diag, place_of(validation, beyond->date), "state-contradiction",
               "a date is given for '%s', but the state is '%s'; correct the one or the other",
               label_text(beyond->label), label_text(validation->record->state->label));
}

static void run_checks(Validation *validation) {
    const Ledger *ledger = validation->record->ledger;
    if (!ledger->n_checks) return;
    MEM_SCRATCH scratch = talloc_new(NULL);
    ExprRow row = record_row(validation->store, validation->record);
    ExprParams params = store_params(validation->store, (Period){DATE_NONE, DATE_NONE});
    for (size_t i = 0; i < ledger->n_checks; i++) {
        const Check *check = &ledger->checks[i];
        if (check->field && validation->reported[check->field->index]) continue;
        if (!expr_is_true(scratch, check->when, &row, &params)) continue;
        *(check->level == DIAG_ERROR ? &validation->errors : &validation->warnings) += 1;
        diag_add(validation->diag, check->level, place_of(validation, check->field), "check", NULL, check->say);
    }
    talloc_free((void *)(uintptr_t)row.data);
}

size_t validate_record(Store *store, const Record *record, Place at, Diag *diag, size_t *ret_warnings) {
    Validation validation = {.store = store, .record = record, .at = at, .diag = diag};
    check_needs(&validation);
    check_dates(&validation);
    run_checks(&validation);
    *ret_warnings = validation.warnings;
    return validation.errors;
}
