/* ledger/transition.c: the one door.
 *
 * Reads as the order of things: may he, can the record go there, have all signed, may it stand so, is anything
 * different, then write (writer.c). */
#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/cache.h"
#include "ledger/signature.h"
#include "ledger/span.h"
#include "ledger/validate.h"
#include "ledger/writer.h"

/* --- may he, can it --- */

/* 0, 1 with a finding, or a fault. after NULL: the record ends. */
static int check_permitted(Writer *writer, const Ask *ask, const Record *before, const Record *after, Place at,
                           Diag *diag) {
    int fault = before && writer_has_written(writer, before) ? writer_flush(writer) : 0;
    return fault ? fault : permits_check(writer->permits, ask, before, after, at, diag);
}

static Ask ask_of(const Write *write) {
    return write->transition ? (Ask){.ledger = write->ledger, .transition = write->transition}
                             : (Ask){.ledger = write->ledger, .word = PERMISSION_EDIT};
}

static bool has_needed(const Write *write, const Record *record, Diag *diag) {
    const Transition *transition = write->transition;
    bool fine = true;
    for (size_t i = 0; i < transition->n_needs; i++) {
        const Field *field = transition->needs[i];
        if (record->values[field->index].kind != VALUE_BLANK) continue;
        fine = false;
        Place at = write->at;
        at.field = label_text(field->label);
        diag_error(diag, at, "needed", "'%s' is needed for '%s'; fill it", at.field, label_text(transition->label));
    }
    if (transition->reason && (!write->reason || !*write->reason)) {
        fine = false;
        diag_error(diag, write->at, "reason-needed", "'%s' asks for a reason; write it", label_text(transition->label));
    }
    return fine;
}

static bool is_guarded(const Writer *writer, const Write *write, const Record *record) {
    if (!write->transition->guard) return false;
    ExprRow row = record_row(writer->store, record);
    ExprParams params = store_params(writer->store, (Period){DATE_NONE, DATE_NONE});
    return !expr_is_true(writer->scratch, write->transition->guard, &row, &params);
}

static bool can_go(const Writer *writer, const Write *write, const Record *record, Diag *diag) {
    const Transition *transition = write->transition;
    if (!transition) return true;
    if (!write->before || !transition_leads_from(transition, write->before->state)) {
        diag_error(diag, write->at, "wrong-state", "'%s' cannot be done from the state '%s'",
                   label_text(transition->label), write->before ? label_text(write->before->state->label) : "-");
        return false;
    }
    if (!has_needed(write, record, diag)) return false;
    if (!is_guarded(writer, write, record)) return true;
    diag_error(diag, write->at, "guard", "'%s' is not possible yet: %s does not hold", label_text(transition->label),
               expr_text(transition->guard));
    return false;
}

/* A step by whatever door, and a state that an edit or an import leads it to, wait for those who are to sign. 0, 1 with
 * a finding, or a fault. */
static int check_signed(const Writer *writer, const Write *write, const Record *record, Diag *diag) {
    bool moves = write->before && (write->transition || write->before->state != record->state);
    if (!moves || writer->options.skip_checks) return 0;
    return signature_check(writer->store, write->before, write->reason, write->at, diag);
}

/* A former version in the place of the current one. */
static Record *draw_restored(const Writer *writer, const Write *write) {
    assert(write->before);
    Record *record = record_copy(writer->scratch, write->restored);
    record->number = write->before->number;
    return record;
}

/* The day its present state was entered: said, or as before while it stays there, or today. */
static Date effective_day(const Write *write, const Record *record, Date today) {
    const Record *before = write->before;
    if (write->effective != DATE_NONE) return write->effective;
    if (write->transition || !before || before->state != record->state || !before->n_spans) return today;
    return before->spans[before->n_spans - 1].entered_on;
}

/* The record as it would be: values as given, state by transition, by what was said, or by its dates. */
static Record *draw(const Writer *writer, const Write *write) {
    if (write->restored) return draw_restored(writer, write);
    Record *record = record_new(writer->scratch, write->ledger);
    memcpy(record->values, write->values, write->ledger->n_fields * sizeof(Value));
    Date today = date_today();
    Date effective = write->effective == DATE_NONE ? today : write->effective;
    if (write->before) record->number = write->before->number;
    if (write->transition) {
        record->state = write->transition->to;
        const Field *date = record->state->date;
        if (date && record->values[date->index].kind == VALUE_BLANK)
            record->values[date->index] = VALUE_OF_DATE(effective);
    } else if (write->state) {
        record->state = write->state;
    } else {
        const State *by_dates = span_state_by_dates(record, today);
        bool says_nothing = by_dates == &write->ledger->states[0];
        record->state = write->before && says_nothing ? write->before->state : by_dates;
    }
    bool unknown = !write->before && write->effective == DATE_NONE && writer->options.batch;
    span_lay(record, write->before, unknown ? DATE_NONE : effective_day(write, record, today));
    return record;
}

static bool is_unchanged(const Record *before, const Record *record) {
    if (before->state != record->state || !span_same(before, record)) return false;
    for (size_t i = 0; i < record->ledger->n_fields; i++)
        if (!value_equal(before->values[i], record->values[i])) return false;
    return true;
}

/* Errors refuse; warnings refuse too, until somebody keeps them with a reason. */
static bool may_stand(const Writer *writer, const Write *write, const Record *record, Diag *diag) {
    if (writer->options.skip_checks) return true;
    size_t warnings, errors = validate_record(writer->store, record, write->at, diag, &warnings);
    if (errors) return false;
    return !warnings || write->keep_warnings || (write->reason && *write->reason);
}

/* Without the key nothing new can be sealed; what was read sealed goes back as it is. */
static bool can_be_sealed(const Writer *writer, const Write *write, const Record *record, Diag *diag) {
    for (size_t i = 0; !seal_has_key(writer->store->seal) && i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        Value value = record->values[i];
        if (value.kind != VALUE_TEXT ||
            record_to_stored(writer->scratch, writer->store, field, value).kind == VALUE_TEXT)
            continue;
        Place at = write->at;
        at.field = label_text(field->label);
        diag_error(diag, at, "no-key", "'%s' cannot be sealed: the key file is missing; put back your copy of it",
                   at.field);
        return false;
    }
    return true;
}

/* What is fine is written. */
static int write_down(Writer *writer, const Write *write, Record *record, Written *ret_written) {
    if (write->before && is_unchanged(write->before, record)) {
        *ret_written = (Written){WRITTEN_UNCHANGED, write->before->id, write->before->version};
        return 0;
    }
    if (!record->number) record->number = numbers_next(writer->scratch, writer->numbers, write->ledger);
    const char *action = write->transition ? write->transition->name.text : write->before ? "edit" : "create";
    int fault = writer_put(writer, write->before, record, action, write->reason, write->row);
    *ret_written = (Written){write->before ? WRITTEN_UPDATED : WRITTEN_CREATED, record->id, record->version};
    return fault;
}

int transition_apply(Writer *writer, const Write *write, Diag *diag, Written *ret_written) {
    *ret_written = (Written){.outcome = WRITTEN_REFUSED, .id = write->before ? write->before->id : 0};
    Record *record = draw(writer, write);
    const Ask ask = ask_of(write);
    int result = check_permitted(writer, &ask, write->before, record, write->at, diag);
    if (!result && !can_go(writer, write, record, diag)) result = 1;
    if (!result) result = check_signed(writer, write, record, diag);
    if (!result && may_stand(writer, write, record, diag) && can_be_sealed(writer, write, record, diag))
        result = write_down(writer, write, record, ret_written);
    talloc_free_children(writer->scratch);
    return result < 0 ? result : 0;
}

/* --- taking out and putting back --- */

/* 0, 1 with a finding, or a fault. */
static int check_back(Writer *writer, const Record *before, const Record *after, const char *reason, Diag *diag) {
    const Record *record = before ? before : after;
    const Ask ask = {.ledger = record->ledger, .word = PERMISSION_EDIT};
    if (reason && *reason) return check_permitted(writer, &ask, before, after, PLACE_NONE, diag);
    diag_error(diag, PLACE_NONE, "reason-needed", "write why '%s' is taken out or put back",
               record_title(writer->scratch, writer->store, record));
    return 1;
}

int transition_withdraw(Writer *writer, const Record *record, const char *reason, Diag *diag) {
    int result = check_back(writer, record, NULL, reason, diag);
    if (!result) result = writer_end(writer, record, reason);
    talloc_free_children(writer->scratch);
    return result;
}

/* Another record may have taken its key meanwhile. 0, 1 with a finding, or a fault. */
static int check_key_is_free(Writer *writer, const Record *record, Diag *diag) {
    int64_t other;
    int result = record_find_key(writer->store, record, &other);
    if (result) return result == RECORD_E_NONE ? 0 : result;
    diag_error(diag, PLACE_NONE, "key-taken",
               "'%s' cannot come back: #%lld has the same key now; change or withdraw that one first",
               record_title(writer->scratch, writer->store, record), (long long)other);
    return 1;
}

/* What it refers to may be gone. */
static int check_references(Writer *writer, const Record *record, Diag *diag) {
    int result = 0;
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        const Value value = record->values[i];
        if (!field->to || value.kind != VALUE_NUMBER || cache_find(writer->store, field->to, value.units)) continue;
        const Place at = {.field = label_text(field->label)};
        diag_error(diag, at, "reference-gone", "'%s' names a record that is gone; bring #%lld back first", at.field,
                   (long long)value.units);
        result = 1;
    }
    return result;
}

int transition_restore(Writer *writer, const Record *record, const char *reason, Diag *diag) {
    assert(record->recorded_to);
    Record *back = record_copy(writer->scratch, record);
    back->recorded_to = NULL;
    int result = writer_flush(writer);
    if (!result) result = check_back(writer, NULL, back, reason, diag);
    if (!result) result = check_key_is_free(writer, back, diag);
    if (!result) result = check_references(writer, back, diag);
    if (!result) result = record_load_spans_before(back, writer->store, back, writer->seq + 1);
    if (!result) result = writer_put_back(writer, back, reason);
    talloc_free_children(writer->scratch);
    return result;
}
