/* web/record-course.c: the step bar: the states a record went through, with who, when and what was said, where it is
 * now, and those that come if all goes well. */
#include <string.h>

#include "base/mem.h"
#include "ledger/term.h"
#include "web/record.h"
#include "web/step.h"
#include "web/term.h"
#include "web/words.h"

static json_t *step_json(json_t *stages, const State *state, const char *tone) {
    json_t *step = page_object();
    page_set_text(step, "label", label_text(state->label));
    page_set_text(step, "tone", tone);
    page_set(step, "is_past", json_boolean(!strcmp(tone, "past")));
    page_set(step, "is_now", json_boolean(!strcmp(tone, "now")));
    json_array_append_new(stages, step);
    return step;
}

/* --- the way it went --- */

/* The change that took the record into a state, from the one before *at on (changes stand newest first); NULL when it
 * was entered there. */
static const ChangeRow *find_change(const RecordPage *page, const State *state, size_t *at) {
    const Ledger *ledger = page->record->ledger;
    for (size_t i = *at; i-- > 0;) {
        const Transition *transition = ledger_find_transition(ledger, page->changes[i].action);
        if (!transition || transition->to != state) continue;
        *at = i;
        return &page->changes[i];
    }
    return NULL;
}

static void add_change(const RecordPage *page, json_t *step, const ChangeRow *change) {
    if (!change) return;
    page_set_text(step, "who", words_person(page->visit, change->actor));
    page_set_text(step, "opinion", change->reason);
}

/* How long it may stand where it stands. */
static void add_term(const RecordPage *page, json_t *stage) {
    page_set(stage, "light", term_json(page->visit, term_due(page->record, page->visit->store->calendar)));
}

/* A record without spans (as it was before they were laid) has at least its state. */
static json_t *add_past(const RecordPage *page, json_t *stages) {
    const Record *record = page->record;
    size_t at = page->n_changes;
    json_t *step = NULL;
    for (size_t i = 0; i < record->n_spans; i++) {
        bool is_last = i + 1 == record->n_spans;
        const Span *span = &record->spans[i];
        step = step_json(stages, span->state, is_last ? "now" : "past");
        page_set_text(step, "day", words_day(page->visit->ctx, span->entered_on));
        add_change(page, step, find_change(page, span->state, &at));
    }
    return step ? step : step_json(stages, record->state, "now");
}

/* --- the way it will go --- */

/* A step that keeps its day is one of the ways meant to be gone; of several the next. From a state that keeps none
 * (to be completed, suspended) it goes back to the way. */
static const State *next_state(const Ledger *ledger, const State *from, const bool *is_passed) {
    const State *next = NULL;
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        const Transition *transition = &ledger->transitions[i];
        const State *to = transition->to;
        bool leads = transition_leads_from(transition, from);
        bool is_onward = to->date && !is_passed[to->index] && (to->index > from->index || !from->date);
        if (leads && is_onward && (!next || to->index < next->index)) next = to;
    }
    return next;
}

/* Records of the registers that all work shares go no way: they are there until something happens. */
static void add_future(const RecordPage *page, json_t *stages) {
    const Ledger *ledger = page->record->ledger;
    bool *is_passed = mem_array(page->visit->ctx, bool, ledger->n_states);
    if (!ledger->area) return;
    for (const State *state = page->record->state; (state = next_state(ledger, state, is_passed));) {
        is_passed[state->index] = true;
        (void)step_json(stages, state, "next");
    }
}

int record_add_course(const RecordPage *page, json_t *model) {
    json_t *stages = page_array(), *now = add_past(page, stages);
    bool is_past = page->withdrawn || page->as_at != DATE_NONE;
    int fault = is_past ? 0 : step_add_signatures(page->visit, page->record, now);
    if (!is_past) add_term(page, now);
    if (!is_past) add_future(page, stages);
    page_set(model, "has_course", json_boolean(json_array_size(stages) > 1));
    page_set(model, "course", stages);
    return fault;
}
