/* figure/target.c: the target of a figure: the record of the ledger `target` for its indicator whose period
 * contains the one asked for; of several the shortest, then the latest assigned. */
#include <string.h>

#include "base/mem.h"
#include "figure/body.h"

int figure_find_target(Store *store, Figure *figure) {
    const Ledger *ledger = catalog_find_ledger(store->catalog, BODY_TARGET_LEDGER);
    if (!ledger) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_cached(store->db,
                          mem_printf(scratch,
                                     "SELECT for_period, value, direction FROM %s WHERE org = ?1 AND indicator = ?2"
                                     " AND recorded_to IS NULL ORDER BY id", ledger->table), &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_text(stmt, 2, figure->ask.indicator->name.text);
    int step, shortest = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Period period;
        if (!period_parse(stmt_text(stmt, 0), &period) || !period_contains(period, figure->ask.period)) continue;
        int months = period_months(period);
        if (shortest && months > shortest) continue;
        shortest = months;
        figure->target = (FigureNumber){true, {stmt_int(stmt, 1), ledger_find_field(ledger, "value")->scale}};
        figure->target_period = period;
        figure->target_at_most = !stmt_is_null(stmt, 2) && !strcmp(stmt_text(stmt, 2), "at_most");
    }
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}
