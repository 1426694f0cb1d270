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

/* One stay in a state, and how it came there. */
typedef struct Stay {
    const Span *span;
    const ChangeRow *change; /* the step that took it there; NULL: it was entered there */
    int64_t seq;             /* its place in the log */
} Stay;

/* The step that last took the record into a state before *at, which moves on to it (changes stand newest first). */
static const ChangeRow *find_change(const RecordPage *page, const State *state, size_t *at) {
    while (*at < page->n_changes) {
        const ChangeRow *change = &page->changes[(*at)++];
        const Transition *transition = ledger_find_transition(page->record->ledger, change->action);
        if (transition && transition->to == state) return change;
    }
    return NULL;
}

/* A dated state that no step led to came with the one before it; one without a date was there from the beginning. */
static int64_t place_in_log(const Stay *stay, const Stay *before) {
    if (stay->change) return stay->change->seq;
    return stay->span->state->date && before ? before->seq : 0;
}

/* In the order of the log, whatever days the steps were given; what came in at once stays in the order of its days. */
static void sort_stays(Stay *stays, size_t n) {
    for (size_t i = 1; i < n; i++) {
        for (size_t k = i; k && stays[k].seq < stays[k - 1].seq; k--) {
            Stay later = stays[k - 1];
            stays[k - 1] = stays[k];
            stays[k] = later;
        }
    }
}

/* The stays of the record; the last one in its present state stands at the end. */
static Stay *find_stays(const RecordPage *page) {
    const Record *record = page->record;
    size_t *at = mem_array(page->visit->ctx, size_t, record->ledger->n_states);
    Stay *stays = mem_array(page->visit->ctx, Stay, record->n_spans), *present = NULL;
    for (size_t i = record->n_spans; i-- > 0;) {
        const State *state = record->spans[i].state;
        stays[i] = (Stay){.span = &record->spans[i], .change = find_change(page, state, &at[state->index])};
        if (!present && state == record->state) present = &stays[i];
    }
    for (size_t i = 0; i < record->n_spans; i++) stays[i].seq = place_in_log(&stays[i], i ? &stays[i - 1] : NULL);
    if (present) present->seq = INT64_MAX;
    sort_stays(stays, record->n_spans);
    return stays;
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

/* The step where it stands comes last. A record without spans (as it was before they were laid) has at least that. */
static json_t *add_past(const RecordPage *page, json_t *stages) {
    const Record *record = page->record;
    const Stay *stays = find_stays(page);
    json_t *step = NULL;
    bool is_now = false;
    for (size_t i = 0; i < record->n_spans; i++) {
        is_now = i + 1 == record->n_spans && stays[i].span->state == record->state;
        step = step_json(stages, stays[i].span->state, is_now ? "now" : "past");
        page_set_text(step, "day", date_iso(page->visit->ctx, stays[i].span->entered_on));
        add_change(page, step, stays[i].change);
    }
    return is_now ? step : step_json(stages, record->state, "now");
}

/* --- the way it will go --- */

/* Whether a step is one of those meant to be gone: it leads on to a state that keeps its day, and nobody asks why. From
 * a state that keeps none (to be completed, suspended) it goes back to the way. */
static bool leads_on(const Transition *step, const State *from) {
    return step->to->date && (!from->date || (step->to->index > from->index && !step->reason));
}

/* Of several the next. */
static const State *next_state(const Ledger *ledger, const State *from, const bool *is_passed) {
    const State *next = NULL;
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        const Transition *step = &ledger->transitions[i];
        bool leads = transition_leads_from(step, from) && leads_on(step, from) && !is_passed[step->to->index];
        if (leads && (!next || step->to->index < next->index)) next = step->to;
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
