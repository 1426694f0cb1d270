/* ledger/span.c: spans are derived: dates that stand in fields are facts of the record; only states without a date
 * field remember the day of their transition here. */
#include "ledger/span.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static Date state_date(const Record *record, const State *state) {
    if (!state->date) return DATE_NONE;
    Value value = record->values[state->date->index];
    return value.kind == VALUE_DATE ? value.date : DATE_NONE;
}

const State *span_state_by_dates(const Record *record, Date today) {
    const State *latest = &record->ledger->states[0];
    Date since = DATE_NONE;
    for (size_t i = 0; i < record->ledger->n_states; i++) {
        const State *state = &record->ledger->states[i];
        Date date = state_date(record, state);
        if (date == DATE_NONE || date > today || date < since) continue;
        latest = state;
        since = date;
    }
    return latest;
}

const State *span_contradiction(const Record *record, Date today) {
    Date since = state_date(record, record->state);
    for (size_t i = record->state->index + 1; i < record->ledger->n_states; i++) {
        const State *state = &record->ledger->states[i];
        Date date = state_date(record, state);
        bool shares_field = state->date && state->date == record->state->date;
        if (date != DATE_NONE && date <= today && date >= since && !shares_field) return state;
    }
    return NULL;
}

static int compare_spans(const void *a, const void *b) {
    const Span *one = a, *other = b;
    if (one->entered_on != other->entered_on) return one->entered_on < other->entered_on ? -1 : 1;
    return one->state->index < other->state->index ? -1 : one->state->index > other->state->index;
}

/* The undated state that a record stays in keeps the day it was entered: laid again at the end, whatever sorts behind
 * it. */
static bool goes_on(const Record *record, const Record *before) {
    if (!before || !before->n_spans) return false;
    const State *last = before->spans[before->n_spans - 1].state;
    return last == record->state && !last->date;
}

/* Earlier spans stay, but for the last one of a state whose day stands in a field: the field has it. */
static void keep_earlier(Record *record, const Record *before, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const Span *span = &before->spans[i];
        bool is_last = true;
        for (size_t k = i + 1; k < before->n_spans; k++) is_last &= before->spans[k].state != span->state;
        if (span->state->date && is_last) continue;
        *mem_push(record, record->spans, record->n_spans) = *span;
    }
}

static void add_dated(Record *record) {
    for (size_t i = 0; i < record->ledger->n_states; i++) {
        const State *state = &record->ledger->states[i];
        Date date = state_date(record, state);
        if (date == DATE_NONE) continue;
        bool there = false; /* the same day of an earlier entry that was kept */
        for (size_t k = 0; k < record->n_spans; k++)
            there |= record->spans[k].state == state && record->spans[k].entered_on == date;
        if (!there) *mem_push(record, record->spans, record->n_spans) = (Span){state, date, DATE_NONE};
    }
}

/* The present state without a date of its own comes last: on the day it was entered, when other days are known. */
static void end_with_present(Record *record, Date effective) {
    const Span *last = record->n_spans ? &record->spans[record->n_spans - 1] : NULL;
    if ((last && last->state == record->state) || state_date(record, record->state) != DATE_NONE) return;
    Date entered = effective;
    if (last && entered != DATE_NONE && last->entered_on > entered) entered = last->entered_on;
    *mem_push(record, record->spans, record->n_spans) = (Span){record->state, entered, DATE_NONE};
}

void span_lay(Record *record, const Record *before, Date effective) {
    record->spans = NULL;
    record->n_spans = 0;
    size_t n = before ? before->n_spans : 0;
    if (goes_on(record, before)) effective = before->spans[--n].entered_on;
    keep_earlier(record, before, n);
    add_dated(record);
    if (record->n_spans) qsort(record->spans, record->n_spans, sizeof(Span), compare_spans);
    end_with_present(record, effective);
    for (size_t i = 0; i < record->n_spans; i++)
        record->spans[i].left_on = i + 1 < record->n_spans ? record->spans[i + 1].entered_on : DATE_NONE;
}

bool span_same(const Record *a, const Record *b) {
    if (a->n_spans != b->n_spans) return false;
    for (size_t i = 0; i < a->n_spans; i++) {
        const Span *one = &a->spans[i], *other = &b->spans[i];
        if (one->state != other->state || one->entered_on != other->entered_on || one->left_on != other->left_on)
            return false;
    }
    return true;
}
