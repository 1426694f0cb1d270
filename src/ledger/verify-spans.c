/* ledger/verify-spans.c: spans are derived; what was derived must still follow from the record.
 *
 * The definitions asked are those that the tables fit, kept in the folder. Only the columns that spans are laid from
 * are read, with the spans beside them: one stream a ledger, one record of it in memory. */
#include "ledger/verify-spans.h"

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/migrate.h"
#include "ledger/span.h"

typedef struct Spans {
    Store *store;
    Diag *diag;
    int64_t open; /* rows of open records */
} Spans;

/* The record that the rows of a stream are of. */
typedef struct Reading {
    Record *record; /* NULL before the first */
    bool known;     /* every state is one of the definitions; otherwise nothing can be said */
} Reading;

enum { ROW_ID, ROW_STATE, ROW_SPAN_STATE, ROW_ENTERED, ROW_LEFT, ROW_DATES };

/* Open records with their open spans, a row for each of these; then the date of each state that has one. */
static const char *select_records(const void *ctx, const Ledger *ledger) {
    Buf sql = BUF_INIT(ctx);
    buf_add(&sql, "SELECT r.id, r.state, s.state, s.entered_on, s.left_on");
    for (size_t i = 0; i < ledger->n_states; i++)
        buf_printf(&sql, ", %s%s", ledger->states[i].date ? "r." : "",
                   ledger->states[i].date ? ledger->states[i].date->column : "NULL");
    buf_printf(&sql,
               " FROM %s r LEFT JOIN state_span s ON s.org = r.org AND s.record = r.id AND s.recorded_to IS NULL"
               " WHERE r.org = ?1 AND r.recorded_to IS NULL ORDER BY r.id, s.n",
               ledger->table);
    return sql.data;
}

static Record *read_record(const void *ctx, const Ledger *ledger, const Stmt *stmt) {
    Record *record = record_new(ctx, ledger);
    record->id = stmt_int(stmt, ROW_ID);
    record->state = ledger_find_state(ledger, stmt_text(stmt, ROW_STATE));
    for (size_t i = 0; i < ledger->n_states; i++) {
        const Field *date = ledger->states[i].date;
        Date day = date ? stmt_date(stmt, ROW_DATES + (int)i) : DATE_NONE;
        if (date) record->values[date->index] = day == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(day);
    }
    return record;
}

static void read_span(Spans *spans, Reading *reading, const Stmt *stmt) {
    Record *record = reading->record;
    if (stmt_is_null(stmt, ROW_SPAN_STATE)) return;
    const State *state = ledger_find_state(record->ledger, stmt_text(stmt, ROW_SPAN_STATE));
    *mem_push(record, record->spans, record->n_spans) =
        (Span){state, stmt_date(stmt, ROW_ENTERED), stmt_date(stmt, ROW_LEFT)};
    reading->known &= state != NULL;
    spans->open++;
}

/* A stored way laid once more comes out as it was. */
static bool is_sound(const Record *stored) {
    Record *again = record_copy(stored, stored);
    Date last = stored->n_spans ? stored->spans[stored->n_spans - 1].entered_on : DATE_NONE;
    span_lay(again, stored, last);
    return span_same(again, stored);
}

/* All rows of the record have been read. */
static void end_record(const Spans *spans, Reading *reading) {
    const Record *record = reading->record;
    if (record && reading->known && !is_sound(record))
        diag_error(spans->diag, PLACE_NONE, "spans",
                   "%s %lld: its way through the states does not follow from the record; compare it with a backup",
                   record->ledger->name.text, (long long)record->id);
    TALLOC_FREE(reading->record);
}

static int check_ledger(Spans *spans, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_prepare(scratch, spans->store->db, select_records(scratch, ledger), &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, spans->store->org);
    stmt_stream(stmt);
    Reading reading = {0};
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        if (reading.record && reading.record->id != stmt_int(stmt, ROW_ID)) end_record(spans, &reading);
        if (!reading.record) {
            reading.record = read_record(scratch, ledger, stmt);
            reading.known = reading.record->state != NULL;
        }
        read_span(spans, &reading, stmt);
    }
    if (!step) end_record(spans, &reading);
    return step;
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
    return check_all(&spans, catalog);
}
