/* exchange/undo.c: a batch back, in chunks from its last change to its first. */
#include "base/mem.h"
#include "exchange/findings.h"
#include "exchange/import.h"
#include "ledger/batch.h"

typedef struct Undo {
    Store *store;
    Batch batch;
    const Ledger *ledger;
    const char *reason;
    Diag *diag;
    Writer *writer;
    RecordFinder *finder;
    ImportResult *result;
    int64_t last_record; /* that a finding was about */
} Undo;

/* --- may it be undone --- */

static int load_batch(const void *ctx, Undo *undo, int64_t id) {
    int found = batch_load(ctx, undo->store, id, &undo->batch);
    if (found < 0) return store_fault(undo->store, found, undo->diag);
    if (found) {
        diag_error(undo->diag, PLACE_NONE, "no-batch",
                   "there is no import %lld; look for its number in the list of imports", (long long)id);
        return 1;
    }
    undo->ledger = catalog_find_ledger(undo->store->catalog, undo->batch.ledger);
    if (!undo->ledger) {
        diag_error(undo->diag, PLACE_NONE, "no-ledger",
                   "the ledger '%s' of this import is no longer defined; bring its definition back",
                   undo->batch.ledger);
        return 1;
    }
    undo->result->ledger = undo->ledger;
    if (!undo->batch.undone_at) return 0;
    diag_error(undo->diag, PLACE_FILE(undo->batch.file), "undone",
               "import %lld was taken back already at %s; nothing is left to do", (long long)id, undo->batch.undone_at);
    return 1;
}

static const char *title_of(const void *ctx, const Undo *undo, const Ledger *ledger, int64_t id) {
    Record *record;
    if (record_load(ctx, undo->store, ledger, id, NULL, &record)) return mem_printf(ctx, "#%lld", (long long)id);
    return record_title(ctx, undo->store, record);
}

static void report_later(const ChangeRow *row, void *data) {
    Undo *undo = data;
    if (row->record == undo->last_record) return; /* its latest change was named */
    undo->last_record = row->record;
    undo->result->refused++;
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(
        undo->diag, PLACE_FILE(undo->batch.file), "changed-since",
        "'%s' was changed after the import by %s at %s (%s); take that back first, or correct the record by hand",
        title_of(scratch, undo, undo->ledger, row->record), row->actor, row->at, row->action);
}

static void report_referrer(const Ledger *ledger, int64_t record, void *data) {
    Undo *undo = data;
    undo->result->refused++;
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(undo->diag, PLACE_FILE(undo->batch.file), "referred-to",
               "'%s' in %s refers to a record of this import; take that back first, or change the reference",
               title_of(scratch, undo, ledger, record), label_text(ledger->title));
}

/* Asked when nobody else can write any more. */
static int check_untouched(Undo *undo) {
    int fault = batch_each_later(undo->store, undo->batch.id, report_later, undo);
    if (!fault) fault = batch_each_referrer(undo->store, undo->ledger, undo->batch.id, report_referrer, undo);
    if (fault) return store_fault(undo->store, fault, undo->diag);
    return undo->result->refused > 0;
}

/* --- undoing --- */

static int restore(const void *ctx, Undo *undo, const ChangeRow *change, Record *current) {
    Record *former;
    int fault = record_load_version(ctx, undo->store, undo->ledger, change->record, change->version - 1, &former);
    if (!fault) fault = record_load_spans_before(former, undo->store, former, change->seq);
    if (fault) return fault < 0 ? fault : DB_FAULT;
    const Write write = {.ledger = undo->ledger,
                         .before = current,
                         .restored = former,
                         .values = former->values,
                         .effective = DATE_NONE,
                         .reason = undo->reason,
                         .at = PLACE_FILE(undo->batch.file)};
    Written written;
    fault = transition_apply(undo->writer, &write, undo->diag, &written);
    undo->result->updated += written.outcome == WRITTEN_UPDATED;
    undo->result->refused += written.outcome == WRITTEN_REFUSED;
    return fault;
}

static int undo_change(const void *ctx, Undo *undo, const ChangeRow *change, Record *current) {
    undo->result->read++;
    if (!current) return 0;
    if (change->version > 1) return restore(ctx, undo, change, current);
    int result = transition_withdraw(undo->writer, current, undo->reason, undo->diag);
    undo->result->created += !result;
    undo->result->refused += result > 0;
    return result < 0 ? result : 0;
}

static int undo_some(Undo *undo, const ChangeRow *changes, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (!undo->finder) undo->finder = record_finder_new(undo->writer, undo->store, undo->ledger);
    int64_t *ids = mem_array(scratch, int64_t, n);
    Record **current = mem_array(scratch, Record *, n);
    for (size_t i = 0; i < n; i++) ids[i] = changes[i].record;
    int fault = record_load_all(scratch, undo->finder, ids, n, current);
    for (size_t i = 0; i < n && !fault; i++) fault = undo_change(scratch, undo, &changes[i], current[i]);
    return fault;
}

/* 0, 1 when a record was refused, or a fault. */
static int undo_all(const void *ctx, Undo *undo) {
    ChangeRow *changes = mem_array(ctx, ChangeRow, RECORD_CHUNK);
    int64_t before = INT64_MAX;
    size_t n = RECORD_CHUNK;
    int fault = 0;
    while (!fault && n == RECORD_CHUNK) {
        fault = batch_changes(undo->store, undo->batch.id, before, changes, RECORD_CHUNK, &n);
        if (fault || !n) break;
        before = changes[n - 1].seq;
        fault = undo_some(undo, changes, n);
    }
    if (!fault) fault = batch_mark_undone(undo->store, undo->batch.id);
    if (fault) return store_fault(undo->store, fault, undo->diag);
    return undo->result->refused > 0;
}

int import_undo(Store *store, int64_t batch, const Actor *actor, Diag *diag, ImportResult *ret_result) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    *ret_result = (ImportResult){.batch = batch};
    Undo undo = {.store = store,
                 .diag = diag,
                 .result = ret_result,
                 .reason = mem_printf(scratch, "undo of batch %lld", (long long)batch)};
    const WriterOptions options = {.actor = *actor, .skip_checks = true};
    int result = writer_open(scratch, store, &options, diag, &undo.writer);
    if (!result) result = load_batch(scratch, &undo, batch);
    if (!result && !import_is_permitted(actor, undo.ledger, undo.batch.file, diag)) result = 1;
    if (!result) result = check_untouched(&undo);
    if (!result) result = undo_all(scratch, &undo);
    return result ? result : writer_commit(undo.writer, diag);
}
