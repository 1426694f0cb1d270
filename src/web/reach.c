/* web/reach.c: see reach.h. */
#include "web/reach.h"

#include "base/mem.h"
#include "ledger/change.h"

int reach_open(const Visit *visit, const char *word, const Ledger *ledger, RowScope *ret_scope) {
    return rows_scope(visit->ctx, &visit->people, visit->mandate, &(Ask){.word = word, .ledger = ledger}, ret_scope);
}

int reach_has(const Visit *visit, const RowScope *scope, const Record *record, bool *ret_has) {
    const char *maker = NULL;
    int fault = scope->all ? 0 : change_maker(visit->ctx, visit->store, record->id, &maker);
    if (fault) return fault;
    ExprRow row = record_row(visit->store, record);
    ExprParams params = store_params(visit->store, (Period){DATE_NONE, DATE_NONE});
    *ret_has = rows_has(scope, &row, maker, &params);
    return 0;
}

int reach_holds(const Visit *visit, const Ask *ask, const Record *record, bool *ret_holds) {
    RowScope scope;
    int fault = rows_scope(visit->ctx, &visit->people, visit->mandate, ask, &scope);
    return fault ? fault : reach_has(visit, &scope, record, ret_holds);
}

int reach_record(const Visit *visit, const Ask *ask, int64_t id, Record **ret_record) {
    Record *record;
    bool holds = false;
    if (!id) return WEB_MISSING;
    int result = record_load(visit->ctx, visit->store, ask->ledger, id, NULL, &record);
    if (!result) result = record_load_spans(visit->ctx, visit->store, record);
    if (!result) result = reach_holds(visit, ask, record, &holds);
    if (result < 0) return result;
    if (result || !holds) return WEB_MISSING;
    *ret_record = record;
    return 0;
}

int reach_named(const Visit *visit, const char *word, Record **ret_record) {
    const Ask ask = {.word = word, .ledger = visit->ledger};
    return reach_record(visit, &ask, visit_number(visit_segment(visit, "id")), ret_record);
}

/* The change that withdrew a record names its last version. */
static int load_last(const Visit *visit, int64_t id, Record **ret_record) {
    ChangeRow last;
    int result = record_load(visit->ctx, visit->store, visit->ledger, id, NULL, ret_record);
    if (result != RECORD_E_NONE) return result;
    result = change_last(visit->ctx, visit->store, visit->ledger, id, &last);
    return result ? result : record_load_version(visit->ctx, visit->store, visit->ledger, id, last.version, ret_record);
}

int reach_named_ever(const Visit *visit, const char *word, Record **ret_record) {
    bool holds = false;
    int64_t id = visit_number(visit_segment(visit, "id"));
    int result = id ? load_last(visit, id, ret_record) : RECORD_E_NONE;
    if (!result) result = reach_holds(visit, &(Ask){.word = word, .ledger = visit->ledger}, *ret_record, &holds);
    if (result < 0) return result;
    return result || !holds ? WEB_MISSING : 0;
}
