/* ledger/verify-spans.c: spans are derived; what was derived must still follow from the record.
 *
 * The definitions asked are those that the tables fit, kept in the folder. Only the columns that spans are laid from
 * are read, one record at a time. */
#include "ledger/verify-spans.h"

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/migrate.h"
#include "ledger/span.h"

typedef struct Spans {
    Store *store;
    Diag *diag;
    Stmt *stored;
    int64_t open; /* rows of open records */
} Spans;

/* Open records: id, state, then the date of each state that has one. */
static const char *select_records(const void *ctx, const Ledger *ledger) {
    Buf sql = BUF_INIT(ctx);
    buf_add(&sql, "SELECT id, state");
    for (size_t i = 0; i < ledger->n_states; i++)
        buf_printf(&sql, ", %s", ledger->states[i].date ? ledger->states[i].date->column : "NULL");
    buf_printf(&sql, " FROM %s WHERE org = ?1 AND recorded_to IS NULL ORDER BY id", ledger->table);
    return sql.data;
}

static void read_record(Record *record, const Stmt *stmt) {
    const Ledger *ledger = record->ledger;
    record->id = stmt_int(stmt, 0);
    record->state = ledger_find_state(ledger, stmt_text(stmt, 1));
    for (size_t i = 0; i < ledger->n_states; i++) {
        const Field *date = ledger->states[i].date;
        Date day = date ? stmt_date(stmt, (int)i + 2) : DATE_NONE;
        if (date) record->values[date->index] = day == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(day);
    }
}

/* *ret_known: every state is one of the definitions; otherwise nothing can be said. */
static int load_stored(Spans *spans, Record *record, bool *ret_known) {
    Stmt *stmt = spans->stored;
    stmt_bind_int(stmt, 1, spans->store->org);
    stmt_bind_int(stmt, 2, record->id);
    *ret_known = record->state != NULL;
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const State *state = ledger_find_state(record->ledger, stmt_text(stmt, 0));
        *mem_push(record, record->spans, record->n_spans) = (Span){state, stmt_date(stmt, 1), stmt_date(stmt, 2)};
        *ret_known &= state != NULL;
        spans->open++;
    }
    return step;
}

/* A stored way laid once more comes out as it was. */
static bool is_sound(const Record *stored) {
    Record *again = record_copy(stored, stored);
    Date last = stored->n_spans ? stored->spans[stored->n_spans - 1].entered_on : DATE_NONE;
    span_lay(again, stored, last);
    return span_same(again, stored);
}

static int check_record(Spans *spans, const Ledger *ledger, const Stmt *stmt) {
    Record *record = record_new(NULL, ledger);
    bool known;
    read_record(record, stmt);
    int fault = load_stored(spans, record, &known);
    if (!fault && known && !is_sound(record))
        diag_error(spans->diag, PLACE_NONE, "spans",
                   "%s %lld: its way through the states does not follow from the record; compare it with a backup",
                   ledger->name.text, (long long)record->id);
    talloc_free(record);
    return fault;
}

static int check_ledger(Spans *spans, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_prepare(scratch, spans->store->db, select_records(scratch, ledger), &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, spans->store->org);
    stmt_stream(stmt);
    int step;
    while (!fault && (step = stmt_step(stmt)) != 0) fault = step < 0 ? step : check_record(spans, ledger, stmt);
    return fault;
}

/* Ledgers that are defined no more keep their spans: these are not of the records looked at. Rows that no change wrote
 * are. */
static int count_open(const Spans *spans, const Catalog *catalog, int64_t *ret_count) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault =
        db_prepare(scratch, spans->store->db,
                   "SELECT c.ledger, count(*) FROM state_span s LEFT JOIN change c ON c.org = s.org AND c.seq = s.seq"
                   " WHERE s.org = ?1 AND s.recorded_to IS NULL GROUP BY c.ledger",
                   &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, spans->store->org);
    int step;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        if (stmt_is_null(stmt, 0) || catalog_find_ledger(catalog, stmt_text(stmt, 0))) *ret_count += stmt_int(stmt, 1);
    return step;
}

static int check_all(Spans *spans, const Catalog *catalog) {
    int fault = 0;
    int64_t open;
    for (size_t i = 0; !fault && i < catalog->n_ledgers; i++) fault = check_ledger(spans, &catalog->ledgers[i]);
    if (!fault) fault = count_open(spans, catalog, &open);
    if (!fault && open != spans->open)
        diag_error(spans->diag, PLACE_NONE, "spans",
                   "table state_span has %lld open rows, the records have %lld; compare it with a backup",
                   (long long)open, (long long)spans->open);
    return fault;
}

int verify_spans(Store *store, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = migrate_kept_catalog(scratch, store, diag);
    if (!catalog) return 0; /* what is wrong with them has been said */
    Spans spans = {.store = store, .diag = diag};
    int fault = db_prepare(scratch, store->db,
                           "SELECT state, entered_on, left_on FROM state_span"
                           " WHERE org = ?1 AND record = ?2 AND recorded_to IS NULL ORDER BY n",
                           &spans.stored);
    return fault ? fault : check_all(&spans, catalog);
}
