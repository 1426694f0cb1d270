/* web/step.c: see step.h. */
#include "web/step.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "figure/condition.h"
#include "ledger/signature.h"
#include "web/cells.h"
#include "web/reach.h"

const char *step_guard_words(const Visit *visit, const Transition *transition) {
    return condition_words(visit->ctx, visit->ledger, transition->guard);
}

void step_word_findings(const Visit *visit, const Transition *transition, Diag *diag) {
    for (size_t i = 0; transition && i < diag->count; i++) {
        if (strcmp(diag->list[i].code, "guard")) continue;
        const char *words = mem_printf(visit->ctx, _("'%s' is not possible yet. The condition is: %s"),
                                       label_text(transition->label), step_guard_words(visit, transition));
        diag->list[i].say = (Label){words, words};
    }
}

/* The fields that it needs and that are blank still. */
static const char *missing_words(const Visit *visit, const Transition *transition, const Record *record) {
    Buf out = BUF_INIT(visit->ctx);
    for (size_t i = 0; i < transition->n_needs; i++) {
        const Field *field = transition->needs[i];
        if (record->values[field->index].kind == VALUE_BLANK)
            buf_printf(&out, "%s%s", out.size ? _(", ") : "", label_text(field->label));
    }
    return buf_text(&out);
}

static bool is_guarded(const Visit *visit, const Transition *transition, const Record *record) {
    if (!transition->guard) return false;
    ExprRow row = record_row(visit->store, record);
    ExprParams params = store_params(visit->store, (Period){DATE_NONE, DATE_NONE});
    return !expr_is_true(visit->ctx, transition->guard, &row, &params);
}

static json_t *step_json(const Transition *transition) {
    json_t *step = page_object();
    page_set_text(step, "name", transition->name.text);
    page_set_text(step, "label", label_text(transition->label));
    page_set(step, "reason", json_boolean(transition->reason));
    page_set(step, "returns", json_boolean(transition->returns != NULL));
    page_set(step, "ends", json_boolean(transition->to->final));
    return step;
}

json_t *step_list_json(Visit *visit, const Record *record) {
    json_t *steps = page_array();
    const Ledger *ledger = record->ledger;
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        const Transition *transition = &ledger->transitions[i];
        const Ask ask = {.ledger = ledger, .transition = transition};
        bool holds = false;
        if (!transition_leads_from(transition, record->state) || !permission_holds(visit->mandate, &ask)) continue;
        if (reach_holds(visit, &ask, record, &holds) || !holds) continue;
        json_t *step = step_json(transition);
        const char *path = cell_record_url(visit, ledger, record->id);
        page_set_text(step, "url", mem_printf(visit->ctx, "%s/steps/%s", path, transition->name.text));
        page_set_text(step, "needs", missing_words(visit, transition, record));
        bool waits = is_guarded(visit, transition, record);
        page_set_text(step, "guard", waits ? step_guard_words(visit, transition) : NULL);
        json_array_append_new(steps, step);
    }
    return steps;
}

int step_add_signatures(Visit *visit, const Record *record, json_t *model) {
    Signatures signatures;
    int fault = signature_load(visit->ctx, visit->store, record->id, &signatures);
    if (fault) return fault;
    const Errands *awaited = &signatures.awaited, *against = &signatures.against;
    if (awaited->count)
        page_set_text(model, "waits",
                      mem_printf(visit->ctx,
                                 _("waits for %s to sign; no step before, unless %s takes the request back"),
                                 signature_takers(visit->ctx, visit->store, awaited),
                                 signature_askers(visit->ctx, visit->store, awaited)));
    if (against->count)
        page_set_text(model, "against",
                      mem_printf(visit->ctx,
                                 _("%s signed against it; a step needs the reason why it goes on all the same"),
                                 signature_takers(visit->ctx, visit->store, against)));
    return 0;
}

json_t *step_choices_json(const Visit *visit) {
    json_t *steps = page_array();
    for (size_t i = 0; i < visit->ledger->n_transitions; i++) {
        const Transition *transition = &visit->ledger->transitions[i];
        if (permission_holds(visit->mandate, &(Ask){.ledger = visit->ledger, .transition = transition}))
            json_array_append_new(steps, step_json(transition));
    }
    return steps;
}
