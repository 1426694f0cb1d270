/* ledger/signature.c: see signature.h. */
#include "ledger/signature.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/change.h"
#include "people/account.h"

/* --- who has said what --- */

/* Whether a newer answer of the same person stands before it in the list. */
static bool is_outdated(const Errands *errands, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (errands->list[i].answer != ERRAND_TAKEN_BACK && !strcmp(errands->list[i].taker, errands->list[at].taker))
            return true;
    return false;
}

static void sort_out(const void *ctx, const Errands *errands, const char *last_step, Signatures *signatures) {
    for (size_t i = 0; i < errands->count; i++) {
        const Errand *errand = &errands->list[i];
        bool counts = errand->answer == ERRAND_DISAGREED && strcmp(errand->answered_at, last_step) > 0;
        if (errand->answer == ERRAND_OPEN)
            *mem_push(ctx, signatures->awaited.list, signatures->awaited.count) = *errand;
        else if (counts && !is_outdated(errands, i))
            *mem_push(ctx, signatures->against.list, signatures->against.count) = *errand;
    }
}

int signature_load(const void *ctx, Store *store, int64_t record, Signatures *ret_signatures) {
    const ErrandAsk ask = {
        .by = ERRANDS_OF_RECORD, .record = record, .kinds = 1u << ERRAND_SIGN, .most = SIGNATURES_MOST};
    Errands errands;
    const char *last_step = NULL;
    *ret_signatures = (Signatures){0};
    int fault = errand_list(ctx, store, &ask, &errands);
    if (!fault && errands.count) fault = change_last_step(ctx, store, record, &last_step);
    if (!fault) sort_out(ctx, &errands, last_step ? last_step : "", ret_signatures);
    return fault;
}

/* --- in words --- */

/* An account that is gone has at least its login. */
static const char *name_of(const void *ctx, Store *store, const char *login) {
    const People people = store_people(store);
    Account *account;
    return account_find(ctx, &people, login, &account) ? login : account->name;
}

static const char *taker_of(const Errand *errand) { return errand->taker; }

static const char *asker_of(const Errand *errand) { return errand->asker; }

/* The oldest first; who stands there several times one after the other, once. */
static const char *list_names(const void *ctx, Store *store, const Errands *errands,
                              const char *(*login_of)(const Errand *)) {
    Buf out = BUF_INIT(ctx);
    const char *last = "";
    for (size_t i = errands->count; i-- > 0;) {
        const char *login = login_of(&errands->list[i]);
        if (strcmp(last, login)) buf_printf(&out, "%s%s", out.size ? _(", ") : "", name_of(ctx, store, login));
        last = login;
    }
    return buf_text(&out);
}

const char *signature_takers(const void *ctx, Store *store, const Errands *errands) {
    return list_names(ctx, store, errands, taker_of);
}

const char *signature_askers(const void *ctx, Store *store, const Errands *errands) {
    return list_names(ctx, store, errands, asker_of);
}

int signature_check(Store *store, const Record *record, const char *reason, Place at, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Signatures signatures;
    int fault = signature_load(scratch, store, record->id, &signatures);
    if (fault) return fault;
    if (signatures.awaited.count) {
        diag_error(diag, at, "not-signed", "it waits for %s to sign; wait, or let %s take the request back",
                   signature_takers(scratch, store, &signatures.awaited),
                   signature_askers(scratch, store, &signatures.awaited));
        return 1;
    }
    if (!signatures.against.count || (reason && *reason)) return 0;
    diag_error(diag, at, "signed-against", "%s signed that he does not agree; write why it goes on all the same",
               signature_takers(scratch, store, &signatures.against));
    return 1;
}
