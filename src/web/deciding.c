/* web/deciding.c: see deciding.h. */
#include "web/deciding.h"

#include <string.h>

#include "base/mem.h"
#include "web/jobs.h"
#include "web/listing.h"
#include "web/step.h"
#include "web/url.h"
#include "web/write.h"

/* --- which records --- */

typedef struct Found {
    const void *ctx;
    int64_t *ids;
    size_t count;
} Found;

static int note_id(const Record *record, void *data) {
    Found *found = data;
    *mem_push(found->ctx, found->ids, found->count) = record->id;
    return 0;
}

int deciding_find(Visit *visit, int64_t **ret_ids, size_t *ret_count) {
    Query query;
    Found found = {.ctx = visit->ctx};
    int result = listing_read(visit, &query);
    if (result) return result;
    query.most = DECIDING_MOST + 1;
    result = query_each(visit->store, &query, note_id, &found);
    *ret_ids = found.ids;
    *ret_count = found.count;
    return result;
}

/* --- the job --- */

typedef struct Order {
    const char *ledger, *transition, *reason; /* transition NULL: withdrawn */
    HttpFields query;
} Order;

static Order *order_new(const Visit *visit, const Decision *decision) {
    Order *order = mem_new(visit->ctx, Order);
    const Transition *transition = decision->transition;
    order->ledger = mem_strdup(order, decision->ledger->name.text);
    order->transition = transition ? mem_strdup(order, transition->name.text) : NULL;
    order->reason = mem_strdup(order, decision->reason);
    order->query = http_fields_copy(order, &visit->request->query);
    return order;
}

/* A chunk of records in one transaction. */
typedef struct Chunk {
    const Visit *visit;
    const Decision *decision;
    const int64_t *ids;
    size_t n;
    Diag **diags; /* one for each record: why it stays */
    size_t n_going;
} Chunk;

static int do_chunk(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)diag;
    Chunk *chunk = data;
    int fault = 0;
    chunk->n_going = 0; /* it may be done once more, when another's work in the same commit failed */
    for (size_t i = 0; !fault && i < chunk->n; i++) {
        bool goes;
        chunk->diags[i] = diag_new(chunk->visit->ctx);
        fault = decision_take(writer, store, chunk->decision, chunk->ids[i], 0, chunk->diags[i], &goes);
        chunk->n_going += goes;
    }
    return fault;
}

/* "JL-2026-0160 青禾恒信: …", for each that stays. */
static int tell_refused(Visit *visit, const Chunk *chunk) {
    for (size_t i = 0; i < chunk->n; i++) {
        Diag *why = chunk->diags[i];
        if (!why->errors) continue;
        Record *record;
        int result = record_load(visit->ctx, visit->store, visit->ledger, chunk->ids[i], NULL, &record);
        if (result < 0) return result;
        const char *title = result ? "" : record_title(visit->ctx, visit->store, record);
        const char *number = result || !record->number ? "" : record->number;
        step_word_findings(visit, chunk->decision->transition, why);
        for (size_t k = 0; k < why->count; k++) {
            const Finding *finding = &why->list[k];
            if (finding->level != DIAG_ERROR) continue;
            const char *words = mem_printf(visit->ctx, "%s %s: %s", number, title, label_text(finding->say));
            diag_add(visit->diag, DIAG_ERROR, PLACE_NONE, finding->code, NULL, (Label){words, words});
        }
    }
    return 0;
}

/* Where so many stay that they can no longer be named, something else is wrong: the rest is left. */
static bool goes_on(const JobRun *run) {
    return !job_is_cancelled(run) && run->visit->diag->errors < JOB_FINDINGS - DECIDING_CHUNK;
}

static int say_result(const JobRun *run, size_t going, size_t done, size_t all) {
    char zh[200], en[200];
    size_t size_zh = (size_t)snprintf(zh, sizeof zh, "共%zu条，已办%zu条，未办%zu条", all, going, all - going);
    size_t size_en =
        (size_t)snprintf(en, sizeof en, "%zu records: %zu done, %zu left as they are", all, going, all - going);
    if (done < all) {
        (void)snprintf(zh + size_zh, sizeof zh - size_zh, "；未办成的太多，最后%zu条没有再试", all - done);
        (void)snprintf(en + size_en, sizeof en - size_en, "; so many stayed that the last %zu were not tried",
                       all - done);
    }
    return job_say(run, (Label){zh, en});
}

static int decide_all(JobRun *run, const Decision *decision) {
    Visit *visit = run->visit;
    int64_t *ids;
    size_t n = 0, done = 0, going = 0;
    int result = deciding_find(visit, &ids, &n);
    if (n > DECIDING_MOST) n = DECIDING_MOST;
    while (!result && done < n && goes_on(run)) {
        Diag *diags[DECIDING_CHUNK];
        Chunk chunk = {visit, decision, ids + done, n - done < DECIDING_CHUNK ? n - done : DECIDING_CHUNK, diags, 0};
        result = write_run(visit, do_chunk, &chunk);
        if (!result) result = tell_refused(visit, &chunk);
        done += chunk.n;
        going += chunk.n_going;
        job_progress(run, (double)done / (double)n, (int64_t)done);
    }
    return result ? result : say_result(run, going, done, n);
}

static int run_decision(JobRun *run, void *data) {
    const Order *order = data;
    Visit *visit = run->visit;
    visit->ledger = catalog_find_ledger(visit->store->catalog, order->ledger);
    visit->request->query = order->query;
    Decision decision = {.ledger = visit->ledger, .reason = order->reason};
    if (visit->ledger && order->transition)
        decision.transition = ledger_find_transition(visit->ledger, order->transition);
    if (visit->ledger && (decision.transition || !order->transition)) return decide_all(run, &decision);
    diag_error(visit->diag, PLACE_NONE, "not-defined", "the ledger has no such step any more; look at the list again");
    return 1;
}

int deciding_start(Visit *visit, const Decision *decision, int64_t *ret_job) {
    const char *step = decision->transition ? label_text(decision->transition->label) : _("Withdraw");
    const JobOrder order = {.kind = "decision",
                            .title = mem_printf(visit->ctx, "%s: %s", label_text(visit->ledger->title), step),
                            .back = url_list(visit->ctx, visit->ledger)};
    return job_start(visit, &order, run_decision, order_new(visit, decision), ret_job);
}
