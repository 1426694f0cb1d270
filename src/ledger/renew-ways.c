/* ledger/renew-ways.c: through the one door, a chunk of records at a time.
 *
 * Nothing else of a record changes, so it is written without its checks: what stands in it was valid when it was
 * entered. */
#include "ledger/renew-ways.h"

#include "base/mem.h"
#include "ledger/transition.h"

typedef struct Renewal {
    Store *store;
    const Ledger *ledger;
    Diag *diag;
    Writer *writer;
    RecordFinder *finder;
    Stmt *open;   /* ids and states of the next open records */
    int64_t last; /* id of the record before them */
    bool ended;
    size_t n;
    int64_t ids[RECORD_CHUNK];
    Record *records[RECORD_CHUNK];
} Renewal;

/* The next open records, without those whose state was taken away by force: nobody knows where they stand. */
static int find_chunk(Renewal *renewal) {
    Stmt *stmt = renewal->open;
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_INT(renewal->store->org), VALUE_OF_INT(renewal->last)));
    renewal->n = 0;
    renewal->ended = true;
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        renewal->ended = false;
        renewal->last = stmt_int(stmt, 0);
        if (ledger_find_state(renewal->ledger, stmt_text(stmt, 1))) renewal->ids[renewal->n++] = renewal->last;
    }
    return step;
}

/* The door lays the way; a record whose way is the same it leaves alone. */
static int renew(const Renewal *renewal, const Record *record) {
    const Write write = {.ledger = renewal->ledger,
                         .before = record,
                         .state = record->state,
                         .values = record->values,
                         .effective = DATE_NONE,
                         .reason = _("the definitions of the states have changed")};
    Written written;
    return transition_apply(renewal->writer, &write, renewal->diag, &written);
}

static int renew_all(Renewal *renewal) {
    int fault = 0;
    do {
        MEM_SCRATCH scratch = talloc_new(NULL);
        fault = find_chunk(renewal);
        if (!fault) fault = record_load_all(scratch, renewal->finder, renewal->ids, renewal->n, renewal->records);
        for (size_t i = 0; !fault && i < renewal->n; i++) fault = renew(renewal, renewal->records[i]);
        if (!fault) fault = writer_flush(renewal->writer);
    } while (!fault && !renewal->ended);
    return fault;
}

int ways_renew(Store *store, const Ledger *ledger, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Renewal *renewal = mem_new(scratch, Renewal);
    *renewal = (Renewal){.store = store, .ledger = ledger, .diag = diag};
    const WriterOptions options = {.actor = actor_at_command_line(scratch), .skip_checks = true};
    int fault = writer_open(scratch, store, &options, diag, &renewal->writer);
    if (fault) return 1; /* it has been told */
    renewal->finder = record_finder_new(scratch, store, ledger);
    fault = db_prepare(scratch, store->db,
                       mem_printf(scratch,
                                  "SELECT id, state FROM %s WHERE org = ?1 AND id > ?2 AND recorded_to IS NULL"
                                  " ORDER BY id LIMIT %u",
                                  ledger->table, RECORD_CHUNK),
                       &renewal->open);
    if (!fault) fault = renew_all(renewal);
    return fault ? fault : writer_commit(renewal->writer, diag) ? 1 : 0;
}
