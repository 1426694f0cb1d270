/* procedure/decision.c: see decision.h. */
#include "procedure/decision.h"

#include "base/mem.h"

Ask decision_ask(const Decision *decision) {
    if (decision->transition) return (Ask){.ledger = decision->ledger, .transition = decision->transition};
    return (Ask){.ledger = decision->ledger, .word = PERMISSION_EDIT};
}

bool decision_asks_reason(const Decision *decision) { return !decision->transition || decision->transition->reason; }

static int move(Writer *writer, const Decision *decision, const Record *record, Diag *diag, bool *ret_goes) {
    const Write write = {.ledger = decision->ledger,
                         .before = record,
                         .transition = decision->transition,
                         .values = record->values,
                         .effective = DATE_NONE,
                         .reason = decision->reason,
                         .keep_warnings = true};
    Written written;
    int fault = transition_apply(writer, &write, diag, &written);
    *ret_goes = !fault && written.outcome == WRITTEN_UPDATED;
    return fault;
}

static int withdraw(Writer *writer, const Decision *decision, const Record *record, Diag *diag, bool *ret_goes) {
    int result = transition_withdraw(writer, record, decision->reason, diag);
    *ret_goes = !result;
    return result < 0 ? result : 0;
}

int decision_take(Writer *writer, Store *store, const Decision *decision, int64_t record, int64_t version, Diag *diag,
                  bool *ret_goes) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Record *now;
    *ret_goes = false;
    int result = record_load(scratch, store, decision->ledger, record, NULL, &now);
    if (!result) result = record_load_spans(scratch, store, now);
    if (result < 0) return result;
    if (result || (version && now->version != version)) {
        diag_error(diag, PLACE_NONE, "changed", "somebody has changed this record meanwhile; look at it again");
        return 0;
    }
    return decision->transition ? move(writer, decision, now, diag, ret_goes)
                                : withdraw(writer, decision, now, diag, ret_goes);
}
