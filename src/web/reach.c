/* web/reach.c: see reach.h. */
#include "web/reach.h"

#include "ledger/reach.h"

int reach_open(const Visit *visit, const char *word, const Ledger *ledger, RowScope *ret_scope) {
    *ret_scope = (RowScope){0};
    if (!visit_may(visit, word, ledger)) return 0; /* nor by a token that was not given the word */
    return rows_scope(visit->ctx, &visit->people, visit->mandate, &(Ask){.word = word, .ledger = ledger}, ret_scope);
}

int reach_holds(const Visit *visit, const Ask *ask, const Record *record, bool *ret_holds) {
    RowScope scope;
    const char *maker = NULL;
    int fault = rows_scope(visit->ctx, &visit->people, visit->mandate, ask, &scope);
    if (!fault && !scope.all) fault = change_maker(visit->ctx, visit->store, record->id, &maker);
    if (!fault) *ret_holds = reach_has(visit->store, &scope, record, maker);
    return fault;
}

static int missing_or(int result) { return result == RECORD_E_NONE ? WEB_MISSING : result; }

int reach_record(const Visit *visit, const Ask *ask, int64_t id, Record **ret_record) {
    RowScope scope;
    if (!id) return WEB_MISSING;
    int fault = rows_scope(visit->ctx, &visit->people, visit->mandate, ask, &scope);
    return fault ? fault : missing_or(reach_load(visit->ctx, visit->store, ask->ledger, id, &scope, ret_record));
}

int reach_named(const Visit *visit, const char *word, Record **ret_record) {
    const Ask ask = {.word = word, .ledger = visit->ledger};
    return reach_record(visit, &ask, visit_number(visit_segment(visit, "id")), ret_record);
}

int reach_named_ever(const Visit *visit, const char *word, Record **ret_record) {
    RowScope scope;
    int64_t id = visit_number(visit_segment(visit, "id"));
    int result = id ? reach_open(visit, word, visit->ledger, &scope) : WEB_MISSING;
    if (result) return result;
    result = reach_load(visit->ctx, visit->store, visit->ledger, id, &scope, ret_record);
    if (result == RECORD_E_NONE)
        result = reach_load_withdrawn(visit->ctx, visit->store, visit->ledger, id, &scope, ret_record);
    return missing_or(result);
}
