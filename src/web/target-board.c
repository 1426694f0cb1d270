/* web/target-board.c: see target-board.h. */
#include "web/target-board.h"

#include "base/mem.h"
#include "web/measure.h"
#include "web/sight.h"

static int measure(Visit *visit, const Target *target, Period period, TargetSeen *ret_seen) {
    const FigureAsk ask = {
        .indicator = target->indicator, .as_at = DATE_NONE, .period = light_period(target->period, period.end)};
    Figure *figure;
    int fault = measure_total(visit, &ask, &figure);
    if (!fault) *ret_seen = (TargetSeen){target, figure, light_of(figure, date_today())};
    return fault;
}

int target_board_read(Visit *visit, Period period, TargetSeen **ret_list, size_t *ret_count) {
    Target *targets;
    size_t n = 0;
    Sight sight = {.visit = visit};
    int fault = target_list(visit->ctx, visit->store, period, &targets, &n);
    *ret_list = mem_array(visit->ctx, TargetSeen, n + 1);
    *ret_count = 0;
    for (size_t i = 0; i < n && !fault; i++) {
        fault = sight_turn(&sight, targets[i].record->ledger);
        if (fault || targets[i].period.start > period.end || !sight_has(&sight, targets[i].record)) continue;
        fault = measure(visit, &targets[i], period, &(*ret_list)[*ret_count]);
        *ret_count += !fault;
    }
    return fault;
}
