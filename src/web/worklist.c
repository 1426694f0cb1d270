/* web/worklist.c: see worklist.h. */
#include "web/worklist.h"

#include <inttypes.h>

#include "base/mem.h"
#include "web/reach.h"

#define ERRANDS_MOST 50u /* of what waits; more are seldom */

static int (*const works[WORKLISTS])(const void *, Store *, const Mandate *, const QueryPlace *, WorkPage *) = {
    [WORKLIST_TODO] = work_todo,
    [WORKLIST_DONE] = work_done,
    [WORKLIST_STARTED] = work_started,
};

static int read_work(Visit *visit, WorklistKind kind, Worklist *list) {
    QueryPlace place;
    WorkPage page;
    const char *text = visit_query(visit, "after");
    bool goes_on = kind == WORKLIST_TODO ? query_place_parse_day(text, &place)
                                         : query_place_parse(visit->ctx, &(Query){0}, text, &place);
    int fault = works[kind](visit->ctx, visit->store, visit->mandate, goes_on ? &place : NULL, &page);
    if (fault) return fault;
    list->items = page.items;
    list->n_items = page.count;
    if (page.has_after) list->after = query_place_text(visit->ctx, &page.last);
    return 0;
}

static int add_errand(Visit *visit, const Errand *errand, Worklist *list) {
    Record *record;
    const Ask ask = {.word = "ledger:read", .ledger = catalog_find_ledger(visit->store->catalog, errand->ledger)};
    int result = ask.ledger ? reach_record(visit, &ask, errand->record, &record) : WEB_MISSING;
    if (!result) *mem_push(visit->ctx, list->errands, list->n_errands) = (WorklistErrand){*errand, record};
    return result < 0 ? result : 0;
}

static int read_errands(Visit *visit, const ErrandAsk *ask, Worklist *list, int64_t *ret_last) {
    Errands errands;
    int fault = errand_list(visit->ctx, visit->store, ask, &errands);
    for (size_t i = 0; i < errands.count && !fault; i++) fault = add_errand(visit, &errands.list[i], list);
    *ret_last = !fault && errands.count == ask->most ? errands.list[errands.count - 1].id : 0;
    return fault;
}

/* What others ask of him, and he has not answered yet. */
static ErrandAsk asked_of(const Visit *visit) {
    return (ErrandAsk){.by = ERRANDS_OF_TAKER,
                       .login = visit->mandate->login,
                       .open = true,
                       .most = ERRANDS_MOST,
                       .kinds = 1u << ERRAND_HAND_ON | 1u << ERRAND_SIGN};
}

static int read_todo(Visit *visit, Worklist *list) {
    const ErrandAsk ask = asked_of(visit);
    int64_t last;
    int fault = *visit_query(visit, "after") ? 0 : read_errands(visit, &ask, list, &last);
    return fault ? fault : read_work(visit, WORKLIST_TODO, list);
}

static int read_copied(Visit *visit, Worklist *list) {
    const ErrandAsk ask = {.by = ERRANDS_OF_TAKER,
                           .login = visit->mandate->login,
                           .most = WORK_PAGE,
                           .kinds = 1u << ERRAND_COPY,
                           .after = visit_number(visit_query(visit, "after"))};
    int64_t last;
    int fault = read_errands(visit, &ask, list, &last);
    if (!fault && last) list->after = mem_printf(visit->ctx, "%" PRId64, last);
    return fault;
}

int worklist_read(Visit *visit, WorklistKind kind, Worklist *ret_list) {
    *ret_list = (Worklist){0};
    if (kind == WORKLIST_TODO) return read_todo(visit, ret_list);
    return kind == WORKLIST_COPIED ? read_copied(visit, ret_list) : read_work(visit, kind, ret_list);
}

int worklist_count(Visit *visit, WorkCount *ret_count) {
    const ErrandAsk ask = asked_of(visit);
    Errands errands;
    int fault = work_count(visit->store, visit->mandate, ret_count);
    if (!fault) fault = errand_list(visit->ctx, visit->store, &ask, &errands);
    if (!fault) ret_count->waiting += (int64_t)errands.count;
    return fault;
}
