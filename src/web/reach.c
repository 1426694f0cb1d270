/* web/reach.c: see reach.h. */
#include "web/reach.h"

#include "base/mem.h"
#include "ledger/change.h"

/* Whoever made the first change of a record entered it. */
static int find_enterer(const Visit *visit, const Record *record, const char **ret_login) {
    ChangeRow *rows;
    size_t n;
    int fault = change_history(visit->ctx, visit->store, record->ledger, record->id, &rows, &n);
    if (!fault) *ret_login = n ? rows[n - 1].actor : NULL;
    return fault;
}

int reach_holds(const Visit *visit, const Ask *ask, const Record *record, bool *ret_holds) {
    RowScope scope;
    const char *login = NULL;
    int fault = rows_scope(visit->ctx, &visit->people, visit->mandate, ask, &scope);
    if (!fault && !scope.all) fault = find_enterer(visit, record, &login);
    if (fault) return fault;
    ExprRow row = record_row(visit->store, record);
    ExprParams params = store_params(visit->store, (Period){DATE_NONE, DATE_NONE});
    *ret_holds = rows_has(&scope, &row, login, &params);
    return 0;
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
