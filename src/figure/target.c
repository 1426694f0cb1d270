/* figure/target.c: the target of a figure: the record of the ledger `target` for its indicator whose period
 * contains the one asked for; of several the shortest, then the latest assigned. */
#include "figure/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "figure/body.h"

const Ledger *target_ledger(const Catalog *catalog) { return catalog_find_ledger(catalog, "target"); }

int figure_find_target(Store *store, Figure *figure) {
    const Ledger *ledger = target_ledger(store->catalog);
    if (!ledger) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = store_ask(store,
                          mem_printf(scratch,
                                     "SELECT for_period, value, direction FROM %s WHERE org = ?1 AND indicator = ?2"
                                     " AND recorded_to IS NULL ORDER BY id",
                                     ledger->table),
                          DB_VALUES(VALUE_OF_TEXT(figure->ask.indicator->name.text)), &stmt);
    if (fault) return fault;
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
    return stmt_end(stmt, step);
}

/* --- all of them --- */

typedef struct Listing {
    const void *ctx;
    Store *store;
    Period period;
    Target *list;
    size_t count;
} Listing;

static int take_target(const Record *record, void *data) {
    Listing *listing = data;
    Target target = {.indicator = catalog_find_indicator(listing->store->catalog, record_text_in(record, "indicator"))};
    if (!target.indicator || !period_parse(record_text_in(record, "for_period"), &target.period)) return 0;
    if (target.period.end < listing->period.start || target.period.start > listing->period.end) return 0;
    target.record = record = record_copy(listing->ctx, record);
    target.assigned_by = record_text_in(record, "assigned_by");
    target.responsible = record_text_in(record, "responsible");
    target.next_step = record_text_in(record, "next_step");
    *mem_push(listing->ctx, listing->list, listing->count) = target;
    return 0;
}

/* In the order of the catalog, which is that of the kinds of work; of one indicator the longest period first. */
static int compare_targets(const void *a, const void *b) {
    const Target *one = a, *other = b;
    if (one->indicator != other->indicator) return one->indicator < other->indicator ? -1 : 1;
    return period_months(other->period) - period_months(one->period);
}

int target_list(const void *ctx, Store *store, Period period, Target **ret_targets, size_t *ret_count) {
    Listing listing = {.ctx = ctx, .store = store, .period = period};
    const Query all = {.ledger = target_ledger(store->catalog)};
    int fault = all.ledger ? query_each(store, &all, take_target, &listing) : 0;
    if (listing.count) qsort(listing.list, listing.count, sizeof *listing.list, compare_targets);
    *ret_targets = listing.list;
    *ret_count = listing.count;
    return fault;
}
