/* procedure/taker.c: see taker.h. */
#include "procedure/taker.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/change.h"
#include "people/rows.h"

typedef struct Gathering {
    const void *ctx;
    const People *people;
    const Ask *ask;
    const char *asker, *maker;
    ExprRow row;
    ExprParams params;
    Takers *takers;
    int fault;
} Gathering;

static bool reaches(Gathering *gathering, const Mandate *mandate, const Grant *grant) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    RowScope scope;
    Mandate one = *mandate;
    if (!strcmp(grant->scope, "county")) return true;
    one.grants = (Grant[]){*grant};
    one.n_grants = 1;
    gathering->fault = rows_scope(scratch, gathering->people, &one, gathering->ask, &scope);
    return !gathering->fault && rows_has(&scope, &gathering->row, gathering->maker, &gathering->params);
}

/* Grants come by login: one more role of the last person, or another person. */
static void gather(const Mandate *mandate, const Grant *grant, void *data) {
    Gathering *gathering = data;
    Takers *takers = gathering->takers;
    if (gathering->fault || !strcmp(mandate->login, gathering->asker) || !reaches(gathering, mandate, grant)) return;
    const char *role = label_text(grant->role->label);
    Taker *last = takers->count ? &takers->list[takers->count - 1] : NULL;
    if (last && !strcmp(last->login, mandate->login)) {
        if (!strstr(last->roles, role)) last->roles = mem_printf(gathering->ctx, _("%s, %s"), last->roles, role);
        return;
    }
    Taker *taker = mem_push(gathering->ctx, takers->list, takers->count);
    *taker = (Taker){mem_strdup(gathering->ctx, mandate->login), mem_strdup(gathering->ctx, mandate->name),
                     mem_strdup(gathering->ctx, role)};
}

int taker_list(const void *ctx, Store *store, const Record *record, const char *asker, const char *now,
               Takers *ret_takers) {
    const People people = store_people(store);
    const Ask ask = {.word = "ledger:read", .ledger = record->ledger};
    Gathering gathering = {.ctx = ctx,
                           .people = &people,
                           .ask = &ask,
                           .asker = asker,
                           .row = record_row(store, record),
                           .params = store_params(store, (Period){0}),
                           .takers = ret_takers};
    *ret_takers = (Takers){0};
    int fault = change_maker(ctx, store, record->id, &gathering.maker);
    if (!fault) fault = permission_who(&people, &ask, now, gather, &gathering);
    return fault ? fault : gathering.fault;
}
