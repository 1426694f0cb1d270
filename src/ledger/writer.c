/* ledger/writer.c: one transaction that writes, and the rows of one write: close the old version, add the new one, its
 * spans and its search tokens, and one row of the log. On a server new rows gather and go by COPY. Whether a write may
 * be is asked before, in transition.c. */
#include "ledger/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/cache.h"
#include "ledger/change.h"
#include "ledger/schema.h"
#include "ledger/span.h"

#define SCRATCH_SIZE ((size_t)16 << 10) /* what most writes need */

#define ANALYZE_FIRST  1000u /* versions written before statistics are taken, and by how much they then grow */
#define ANALYZE_GROWTH 8u

/* What is prepared for writing into one ledger. */
typedef struct Desk {
    const Ledger *ledger;
    DbBulk *versions;
    Stmt *close;
    size_t added, analyze_at; /* versions; see keep_plans */
    struct Desk *next;
} Desk;

/* --- the writer: one transaction --- */

static int undo_unless_committed(Writer *writer) {
    if (writer->open) db_rollback(writer->store->db);
    return 0;
}

/* Takes the row of the bureau: its seq and hash are the end of the log, and whoever holds it writes alone. */
static int take_head(Writer *writer) {
    Stmt *stmt;
    Store *store = writer->store;
    const char *sql = db_dialect(store->db)->is_server ? "SELECT seq, hash FROM org WHERE org = ?1 FOR UPDATE"
                                                       : "SELECT seq, hash FROM org WHERE org = ?1";
    int fault = store_ask(store, sql, NULL, 0, &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) {
        size_t size;
        const void *hash = stmt_blob(stmt, 1, &size);
        writer->seq = stmt_int(stmt, 0);
        if (size == HASH_SIZE) memcpy(writer->head, hash, HASH_SIZE);
        if (writer->options.batch == WRITER_NEW_BATCH) writer->options.batch = writer->seq + 1;
    }
    fault = stmt_end_found(stmt, step);
    return fault > 0 ? DB_FAULT : fault;
}

static int open_tables(Writer *writer) {
    static const char *const change_columns[] = {"org",    "seq",    "at",     "actor",   "behalf", "batch",    "row",
                                                 "action", "ledger", "record", "version", "reason", "row_hash", "hash"};
    static const char *const span_columns[] = {"org",   "record",     "seq",     "n",
                                               "state", "entered_on", "left_on", "recorded_from"};
    Db *db = writer->store->db;
    int fault = db_bulk_open(writer, db, "change", change_columns, 14, &writer->changes);
    if (!fault) fault = db_bulk_open(writer, db, "state_span", span_columns, 8, &writer->spans);
    if (!fault)
        fault = db_prepare(
            writer, db, "UPDATE state_span SET recorded_to = ?1 WHERE org = ?2 AND record = ?3 AND recorded_to IS NULL",
            &writer->close_spans);
    if (!fault) fault = search_writer_open(writer, writer->store, &writer->search);
    if (!fault) fault = term_writer_open(writer, writer->store, &writer->terms);
    return fault;
}

int writer_open(const void *ctx, Store *store, const WriterOptions *options, Diag *diag, Writer **ret_writer) {
    Writer *writer = mem_new(ctx, Writer);
    writer->store = store;
    writer->options = *options;
    writer->scratch = mem_pool(writer, SCRATCH_SIZE);
    writer->hash = hash_new(writer, store->hash_kind);
    writer->numbers = numbers_new(writer, store);
    writer->permits = permits_new(writer, store, &writer->options.actor);
    int fault = db_begin(store->db, DB_WRITE);
    writer->open = !fault;
    talloc_set_destructor(writer, undo_unless_committed);
    const char *by_index = db_dialect(store->db)->by_index;
    if (!fault && by_index) fault = db_exec(store->db, by_index);
    if (!fault) fault = take_head(writer);
    instant_now(writer->at); /* not before the one who held the place has ended: versions follow each other in time */
    if (!fault) fault = open_tables(writer);
    if (fault) {
        (void)store_fault(store, fault, diag);
        talloc_free(writer);
        return fault;
    }
    *ret_writer = writer;
    return 0;
}

int64_t writer_batch(const Writer *writer) { return writer->options.batch; }

/* A server plans by statistics that no one takes while a transaction fills a table: without them it would read all the
 * thousands of rows that are new to find one. So they are taken here whenever the table has grown many times over. */
static int keep_plans(const Writer *writer, Desk *desk) {
    const char *analyze = db_dialect(writer->store->db)->analyze;
    if (!analyze || desk->added < desk->analyze_at) return 0;
    desk->analyze_at *= ANALYZE_GROWTH;
    return db_execf(writer->store->db, analyze, desk->ledger->table, "org, id, recorded_to");
}

int writer_show(Writer *writer) {
    int fault = 0;
    for (Desk *desk = writer->desks; !fault && desk; desk = desk->next) {
        fault = db_bulk_flush(desk->versions);
        if (!fault) fault = keep_plans(writer, desk);
    }
    return fault;
}

int writer_flush(Writer *writer) {
    int fault = db_bulk_flush(writer->changes);
    if (!fault) fault = db_bulk_flush(writer->spans);
    if (!fault) fault = search_flush(writer->search);
    if (!fault) fault = term_flush(writer->terms);
    return fault ? fault : writer_show(writer);
}

/* The search tokens go last, being the most work for a server. */
int writer_send(Writer *writer) {
    int fault = db_bulk_send(writer->changes);
    if (!fault) fault = db_bulk_send(writer->spans);
    return fault ? fault : search_send(writer->search);
}

static int move_ledger_seqs(Writer *writer) {
    Stmt *stmt;
    int fault = db_cached(writer->store->db,
                          "INSERT INTO ledger_seq (org, ledger, seq) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT (org, ledger) DO UPDATE SET seq = excluded.seq",
                          &stmt);
    for (Desk *desk = writer->desks; !fault && desk; desk = desk->next) {
        stmt_bind_values(stmt, 1,
                         DB_VALUES(VALUE_OF_INT(writer->store->org), VALUE_OF_TEXT(desk->ledger->name.text),
                                   VALUE_OF_INT(writer->seq)));
        fault = stmt_run(stmt);
    }
    return fault;
}

static int move_head(Writer *writer) {
    Stmt *stmt;
    int fault = store_ask(writer->store, "UPDATE org SET seq = ?2, hash = ?3 WHERE org = ?1",
                          DB_VALUES(VALUE_OF_INT(writer->seq)), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 3, writer->head, HASH_SIZE);
    return stmt_run(stmt);
}

int writer_commit(Writer *writer, Diag *diag) {
    int fault = writer_flush(writer);
    if (!fault) fault = move_ledger_seqs(writer);
    if (!fault) fault = move_head(writer);
    if (!fault) fault = numbers_keep(writer->numbers);
    if (!fault) {
        fault = db_commit(writer->store->db);
        writer->open = false; /* a commit that fails has already undone everything */
    }
    return fault ? store_fault(writer->store, fault, diag) : 0;
}

static int find_desk(Writer *writer, const Ledger *ledger, Desk **ret_desk) {
    for (Desk *desk = writer->desks; desk; desk = desk->next)
        if (desk->ledger == ledger) {
            *ret_desk = desk;
            return 0;
        }
    Desk *desk = mem_new(writer, Desk);
    desk->ledger = ledger;
    desk->analyze_at = ANALYZE_FIRST;
    size_t n = SCHEMA_COMMON + ledger->n_fields;
    const char **columns = mem_array(desk, const char *, n);
    for (size_t i = 0; i < n; i++)
        columns[i] = i < SCHEMA_COMMON ? schema_common_columns[i] : ledger->fields[i - SCHEMA_COMMON].name.text;
    int fault = db_bulk_open(desk, writer->store->db, ledger->table, columns, n, &desk->versions);
    if (!fault)
        fault = db_prepare(
            desk, writer->store->db,
            mem_printf(
                desk,
                "UPDATE %s SET recorded_to = ?1 WHERE org = ?2 AND id = ?3 AND version = ?4 AND recorded_to IS NULL",
                ledger->table),
            &desk->close);
    if (fault) return fault;
    desk->next = writer->desks;
    writer->desks = desk;
    *ret_desk = desk;
    return 0;
}

/* --- the rows of one write --- */

static int add_version(const Writer *writer, Desk *desk, const Record *record) {
    DbBulk *bulk = desk->versions;
    desk->added++;
    const Value common[SCHEMA_COMMON] = {
        VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record->id),
        VALUE_OF_INT(record->version),    VALUE_OF_TEXT(record->state->name.text),
        value_of_text(record->number),    value_of_text(record_na(writer->scratch, record)),
        VALUE_OF_TEXT(writer->at),        VALUE_OF_BLANK,
    };
    for (size_t i = 0; i < SCHEMA_COMMON; i++) db_bulk_value(bulk, i, common[i]);
    for (size_t i = 0; i < desk->ledger->n_fields; i++)
        db_bulk_value(bulk, SCHEMA_COMMON + i,
                      record_to_stored(writer->scratch, writer->store, &desk->ledger->fields[i], record->values[i]));
    return db_bulk_row(bulk);
}

bool writer_has_written(const Writer *writer, const Record *record) {
    return !record->recorded_from || !strcmp(record->recorded_from, writer->at);
}

/* A version that somebody else has ended meanwhile cannot be ended again. */
static int close_version(Writer *writer, const Desk *desk, const Record *record) {
    int fault = writer_has_written(writer, record) ? db_bulk_flush(desk->versions) : 0;
    if (fault) return fault;
    stmt_bind_values(desk->close, 1,
                     DB_VALUES(VALUE_OF_TEXT(writer->at), VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record->id),
                               VALUE_OF_INT(record->version)));
    fault = stmt_run(desk->close);
    return fault ? fault : stmt_changes(desk->close) == 1 ? 0 : DB_FAULT_CONSTRAINT;
}

static int close_spans(Writer *writer, const Record *record) {
    int fault = writer_has_written(writer, record) ? db_bulk_flush(writer->spans) : 0;
    if (fault) return fault;
    stmt_bind_values(writer->close_spans, 1,
                     DB_VALUES(VALUE_OF_TEXT(writer->at), VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record->id)));
    return stmt_run(writer->close_spans);
}

static int add_spans(Writer *writer, const Record *record) {
    int fault = 0;
    for (size_t i = 0; !fault && i < record->n_spans; i++) {
        const Span *span = &record->spans[i];
        const Value row[] = {VALUE_OF_INT(writer->store->org),
                             VALUE_OF_INT(record->id),
                             VALUE_OF_INT(writer->seq),
                             VALUE_OF_INT((int64_t)i),
                             VALUE_OF_TEXT(span->state->name.text),
                             value_of_date(span->entered_on),
                             value_of_date(span->left_on),
                             VALUE_OF_TEXT(writer->at)};
        fault = db_bulk_add(writer->spans, row, sizeof row / sizeof row[0]);
    }
    return fault;
}

/* The next row of the log: its place in the chain comes from the row before. */
static int add_change(Writer *writer, const char *action, const Record *record, const char *reason, uint32_t file_row) {
    const Actor *actor = &writer->options.actor;
    ChangeRow row = {.seq = writer->seq,
                     .at = writer->at,
                     .actor = actor->name,
                     .behalf = actor->behalf,
                     .batch = writer->options.batch,
                     .row = file_row,
                     .action = action,
                     .ledger = record->ledger->name.text,
                     .record = record->id,
                     .version = record->version,
                     .reason = reason};
    record_hash(writer->store, record, writer->hash, row.row_hash);
    change_hash(writer->hash, writer->head, &row, writer->head);
    const Value values[] = {VALUE_OF_INT(writer->store->org),
                            VALUE_OF_INT(row.seq),
                            VALUE_OF_TEXT(row.at),
                            VALUE_OF_TEXT(row.actor),
                            value_of_text(row.behalf),
                            row.batch ? VALUE_OF_INT(row.batch) : VALUE_OF_BLANK,
                            file_row ? VALUE_OF_INT(file_row) : VALUE_OF_BLANK,
                            VALUE_OF_TEXT(action),
                            VALUE_OF_TEXT(row.ledger),
                            VALUE_OF_INT(row.record),
                            VALUE_OF_INT(row.version),
                            value_of_text(reason)};
    const size_t n = sizeof values / sizeof values[0];
    for (size_t i = 0; i < n; i++) db_bulk_value(writer->changes, i, values[i]);
    db_bulk_blob(writer->changes, n, row.row_hash, HASH_SIZE);
    db_bulk_blob(writer->changes, n + 1, writer->head, HASH_SIZE);
    return db_bulk_row(writer->changes);
}

int writer_put(Writer *writer, const Record *before, Record *record, const char *action, const char *reason,
               uint32_t file_row) {
    Desk *desk;
    int fault = find_desk(writer, record->ledger, &desk);
    if (fault) return fault;
    writer->seq++;
    record->id = before ? before->id : writer->seq;
    record->version = before ? before->version + 1 : 1;
    if (before) fault = close_version(writer, desk, before);
    if (!fault) fault = add_version(writer, desk, record);
    bool new_spans = !before || !span_same(before, record);
    if (!fault && before && new_spans) fault = close_spans(writer, before);
    if (!fault && new_spans) fault = add_spans(writer, record);
    if (!fault) fault = search_write(writer->search, before, record);
    if (!fault) fault = term_write(writer->terms, before, record);
    if (!fault) fault = add_change(writer, action, record, reason, file_row);
    if (before) cache_forget(writer->store, record->ledger, record->id);
    return fault;
}

/* A withdrawn record has no open version any more; the log says who ended it and why. */
int writer_end(Writer *writer, const Record *record, const char *reason) {
    Desk *desk;
    int fault = find_desk(writer, record->ledger, &desk);
    if (fault) return fault;
    writer->seq++;
    fault = close_version(writer, desk, record);
    if (!fault) fault = close_spans(writer, record);
    if (!fault) fault = search_write(writer->search, record, NULL);
    if (!fault) fault = term_write(writer->terms, record, NULL);
    if (!fault) fault = add_change(writer, "withdraw", record, reason, 0);
    cache_forget(writer->store, record->ledger, record->id);
    return fault;
}

int writer_put_back(Writer *writer, Record *record, const char *reason) {
    Desk *desk;
    int fault = find_desk(writer, record->ledger, &desk);
    if (fault) return fault;
    writer->seq++;
    record->version++;
    fault = add_version(writer, desk, record);
    if (!fault) fault = add_spans(writer, record);
    if (!fault) fault = search_write(writer->search, NULL, record);
    if (!fault) fault = term_write(writer->terms, NULL, record);
    if (!fault) fault = add_change(writer, "restore", record, reason, 0);
    cache_forget(writer->store, record->ledger, record->id);
    return fault;
}
