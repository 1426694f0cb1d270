/* ledger/reach.c: see reach.h. */
#include "ledger/reach.h"

#include <string.h>

#include "base/mem.h"

bool reach_has(Store *store, const RowScope *rows, const Record *record, const char *maker) {
    const ExprRow row = record_row(store, record);
    const ExprParams params = store_params(store, (Period){DATE_NONE, DATE_NONE});
    return rows_has(rows, &row, maker, &params);
}

/* 0, RECORD_E_NONE, or a fault. */
static int check_reach(Store *store, const RowScope *rows, const Record *record) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *maker;
    if (!rows || rows->all) return 0;
    int fault = change_maker(scratch, store, record->id, &maker);
    return fault ? fault : reach_has(store, rows, record, maker) ? 0 : RECORD_E_NONE;
}

int reach_load(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const RowScope *rows,
               Record **ret_record) {
    int result = record_load(ctx, store, ledger, id, NULL, ret_record);
    if (!result) result = record_load_spans(*ret_record, store, *ret_record);
    return result ? result : check_reach(store, rows, *ret_record);
}

int reach_load_withdrawn(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const RowScope *rows,
                         Record **ret_record) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    ChangeRow last;
    int result = change_last(scratch, store, ledger, id, &last);
    if (result || strcmp(last.action, "withdraw")) return result < 0 ? result : RECORD_E_NONE;
    result = record_load_version(ctx, store, ledger, id, last.version, ret_record);
    if (!result) result = record_load_spans_before(*ret_record, store, *ret_record, last.seq);
    return result ? result : check_reach(store, rows, *ret_record);
}
