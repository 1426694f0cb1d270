/* web/reach.c: see reach.h. */
#include "web/reach.h"

#include <string.h>

#include "ledger/change.h"

int reach_open(Visit *visit, const char *word, const Ledger *ledger, Reach *ret_reach) {
    ret_reach->ledger = ledger;
    return rows_scope(visit->ctx, &visit->people, visit->mandate, &(Ask){.word = word, .ledger = ledger},
                      &ret_reach->scope);
}

/* Whoever made the first change; asked for only where it decides. */
static const char *entered_by(Visit *visit, const Reach *reach, const Record *record) {
    bool decides = false;
    for (size_t i = 0; i < reach->scope.n_terms; i++) decides |= reach->scope.terms[i].entered_by != NULL;
    ChangeRow *rows;
    size_t n;
    if (!decides || change_history(visit->ctx, visit->store, record->ledger, record->id, &rows, &n) || !n) return NULL;
    return rows[n - 1].actor;
}

bool reach_has(Visit *visit, const Reach *reach, const Record *record) {
    if (reach->scope.all) return true;
    const ExprRow row = record_row(visit->store, record);
    const ExprParams params = store_params(visit->store, (Period){0});
    return rows_has(&reach->scope, &row, entered_by(visit, reach, record), &params);
}

/* A withdrawn record has no current version; the change that withdrew it names its last. */
static int load_last(Visit *visit, const Ledger *ledger, int64_t id, Record **ret_record) {
    int result = record_load(visit->ctx, visit->store, ledger, id, NULL, ret_record);
    if (result != RECORD_E_NONE) return result;
    ChangeRow *rows;
    size_t n;
    result = change_history(visit->ctx, visit->store, ledger, id, &rows, &n);
    if (result || !n) return result ? result : RECORD_E_NONE;
    return record_load_version(visit->ctx, visit->store, ledger, id, rows[0].version, ret_record);
}

int reach_load(Visit *visit, const char *word, const Ledger *ledger, int64_t id, Record **ret_record) {
    Reach reach;
    int result = id ? load_last(visit, ledger, id, ret_record) : RECORD_E_NONE;
    if (result) return result < 0 ? result : WEB_MISSING;
    result = reach_open(visit, word, ledger, &reach);
    if (result) return result;
    return reach_has(visit, &reach, *ret_record) ? 0 : WEB_MISSING;
}
