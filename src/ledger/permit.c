/* ledger/permit.c: see permit.h. Which records a mandate reaches is asked once for each thing that is done. */
#include "ledger/permit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/reach.h"

typedef struct Permit {
    Ask ask;
    RowScope rows;
    struct Permit *next;
} Permit;

struct Permits {
    Store *store;
    const Actor *actor;
    Permit *list;
};

Permits *permits_new(const void *ctx, Store *store, const Actor *actor) {
    Permits *permits = mem_new(ctx, Permits);
    *permits = (Permits){.store = store, .actor = actor};
    return permits;
}

static bool same_ask(const Ask *a, const Ask *b) {
    return a->ledger == b->ledger && a->transition == b->transition && (a->transition || !strcmp(a->word, b->word));
}

static int find_rows(Permits *permits, const Ask *ask, const RowScope **ret_rows) {
    Permit *permit = permits->list;
    while (permit && !same_ask(&permit->ask, ask)) permit = permit->next;
    if (!permit) {
        const People people = store_people(permits->store);
        permit = mem_new(permits, Permit);
        *permit = (Permit){.ask = *ask, .next = permits->list};
        int fault = rows_scope(permit, &people, permits->actor->mandate, ask, &permit->rows);
        if (fault) return fault;
        permits->list = permit;
    }
    *ret_rows = &permit->rows;
    return 0;
}

static void refuse_role(const Permits *permits, const Ask *ask, Place at, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(diag, at, "not-permitted", "%s may not do this; it is for: %s; ask one of them", permits->actor->name,
               permission_roles(scratch, permits->store->catalog, ask));
}

/* "企业（本单位）": by which of his grants he may do it to other records. */
static const char *own_grants(const void *ctx, const Mandate *mandate, const Ask *ask) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < mandate->n_grants; i++)
        if (role_gives(mandate->grants[i].role, ask))
            buf_printf(&out, "%s%s", out.size ? _(", ") : "", grant_words(ctx, &mandate->grants[i]));
    return buf_text(&out);
}

static void refuse_record(const Permits *permits, const Ask *ask, bool as_it_was, Place at, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *grants = own_grants(scratch, permits->actor->mandate, ask);
    if (as_it_was)
        diag_error(diag, at, "out-of-reach",
                   "%s may do this, but not to this record: as %s; ask somebody who has it in his charge",
                   permits->actor->name, grants);
    else
        diag_error(
            diag, at, "out-of-reach",
            "as it would be, the record is not one of those that %s may write: as %s; correct what tells whose it "
            "is, or ask somebody else",
            permits->actor->name, grants);
}

int permits_check(Permits *permits, const Ask *ask, const Record *before, const Record *after, Place at, Diag *diag) {
    const RowScope *rows;
    if (permits->actor->owner) return 0;
    if (!actor_may(permits->actor, ask)) return refuse_role(permits, ask, at, diag), 1;
    int fault = find_rows(permits, ask, &rows);
    if (fault || rows->all) return fault;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *maker = permits->actor->name; /* of a new one */
    int64_t id = before ? before->id : after->id;
    if (id) fault = change_maker(scratch, permits->store, id, &maker);
    if (fault) return fault;
    bool was = !before || reach_has(permits->store, rows, before, maker);
    bool is = !after || reach_has(permits->store, rows, after, maker);
    if (!was || !is) refuse_record(permits, ask, !was, at, diag);
    return !was || !is;
}
