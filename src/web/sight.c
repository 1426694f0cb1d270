/* web/sight.c: see sight.h. */
#include "web/sight.h"

#include "base/mem.h"
#include "ledger/change.h"
#include "web/reach.h"

int sight_turn(Sight *sight, const Ledger *ledger) {
    if (sight->ledger == ledger) return 0;
    sight->ledger = ledger;
    return reach_open(sight->visit, sight->word ? sight->word : "ledger:read", ledger, &sight->scope);
}

/* The login that made the first change of a record; "" when the log does not say. */
static const char *entered_by(const Sight *sight, const void *ctx, const Record *record) {
    ChangeRow *rows;
    size_t n;
    bool known = !change_history(ctx, sight->visit->store, record->ledger, record->id, &rows, &n) && n;
    return known ? rows[n - 1].actor : "";
}

bool sight_has(const Sight *sight, const Record *record) {
    if (sight->scope.all || !sight->scope.n_terms) return sight->scope.all;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store = sight->visit->store;
    ExprRow row = record_row(store, record);
    ExprParams params = store_params(store, period_around(date_today(), 12));
    return rows_has(&sight->scope, &row, entered_by(sight, scratch, record), &params);
}
