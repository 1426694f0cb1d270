/* ledger/batch.c: the statements about batches. A record has few changes and a batch many: +batch keeps a planner that
 * has no statistics from looking for one record through all of the batch. */
#include "ledger/batch.h"

#include "base/mem.h"

int batch_add(Store *store, const Batch *batch) {
    return store_run(
        store,
        "INSERT INTO batch (org, id, ledger, file, file_hash, sheet, at, actor, created, updated, unchanged, refused)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        DB_VALUES(VALUE_OF_INT(batch->id), VALUE_OF_TEXT(batch->ledger), VALUE_OF_TEXT(batch->file),
                  VALUE_OF_TEXT(batch->file_hash), VALUE_OF_TEXT(batch->sheet), VALUE_OF_TEXT(batch->at),
                  VALUE_OF_TEXT(batch->actor), VALUE_OF_INT(batch->created), VALUE_OF_INT(batch->updated),
                  VALUE_OF_INT(batch->unchanged), VALUE_OF_INT(batch->refused)));
}

#define BATCH_COLUMNS                                                                                                  \
    "id, ledger, file, file_hash, sheet, at, actor, created, updated, unchanged, refused, undone_at FROM batch"

static Batch batch_from_row(const void *ctx, const Stmt *stmt) {
    return (Batch){
        .id = stmt_int(stmt, 0),
        .ledger = mem_strdup(ctx, stmt_text(stmt, 1)),
        .file = mem_strdup(ctx, stmt_text(stmt, 2)),
        .file_hash = mem_strdup(ctx, stmt_text(stmt, 3)),
        .sheet = mem_strdup(ctx, stmt_text(stmt, 4)),
        .at = mem_strdup(ctx, stmt_text(stmt, 5)),
        .actor = mem_strdup(ctx, stmt_text(stmt, 6)),
        .created = stmt_int(stmt, 7),
        .updated = stmt_int(stmt, 8),
        .unchanged = stmt_int(stmt, 9),
        .refused = stmt_int(stmt, 10),
        .undone_at = stmt_copy(ctx, stmt, 11),
    };
}

int batch_load(const void *ctx, Store *store, int64_t id, Batch *ret_batch) {
    Stmt *stmt;
    int fault =
        store_ask(store, "SELECT " BATCH_COLUMNS " WHERE org = ?1 AND id = ?2", DB_VALUES(VALUE_OF_INT(id)), &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_batch = batch_from_row(ctx, stmt);
    return stmt_end_found(stmt, step);
}

int batch_each(Store *store, int64_t before, BatchEach take, void *data) {
    Stmt *stmt;
    int step, answer = 0;
    int fault = store_ask(store, "SELECT " BATCH_COLUMNS " WHERE org = ?1 AND id < ?2 ORDER BY id DESC",
                          DB_VALUES(VALUE_OF_INT(before)), &stmt);
    if (fault) return fault;
    while (!answer && (step = stmt_step(stmt)) == DB_ROW) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        const Batch batch = batch_from_row(scratch, stmt);
        answer = take(&batch, data);
    }
    stmt_reset(stmt);
    return answer ? answer : step;
}

int batch_mark_undone(Store *store, int64_t id) {
    char now[INSTANT_SIZE];
    instant_now(now);
    return store_run(store, "UPDATE batch SET undone_at = ?3 WHERE org = ?1 AND id = ?2",
                     DB_VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(now)));
}

int batch_find_row(Store *store, int64_t id, int64_t record, uint32_t *ret_row) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT row FROM change WHERE org = ?1 AND record = ?2 AND +batch = ?3",
                          DB_VALUES(VALUE_OF_INT(record), VALUE_OF_INT(id)), &stmt);
    if (fault) return fault;
    int64_t row;
    fault = stmt_number(stmt, &row);
    *ret_row = (uint32_t)row;
    return fault;
}

int batch_changes(Store *store, int64_t id, int64_t before, ChangeRow *ret_rows, size_t most, size_t *ret_count) {
    Stmt *stmt;
    int fault = store_ask(store,
                          "SELECT seq, record, version FROM change WHERE org = ?1 AND batch = ?2 AND seq < ?3"
                          " ORDER BY seq DESC LIMIT ?4",
                          DB_VALUES(VALUE_OF_INT(id), VALUE_OF_INT(before), VALUE_OF_INT((int64_t)most)), &stmt);
    if (fault) return fault;
    size_t n = 0;
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW)
        ret_rows[n++] =
            (ChangeRow){.seq = stmt_int(stmt, 0), .record = stmt_int(stmt, 1), .version = stmt_int(stmt, 2)};
    *ret_count = n;
    return step;
}

int batch_each_later(Store *store, int64_t id, BatchTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_prepare(scratch, store->db,
                           "SELECT later.seq, later.record, later.at, later.actor, later.action FROM change b"
                           " JOIN change later ON later.org = b.org AND later.record = b.record AND later.seq > b.seq"
                           " WHERE b.org = ?1 AND b.batch = ?2 AND (later.batch IS NULL OR later.batch <> ?2)"
                           " ORDER BY later.record, later.seq DESC",
                           &stmt);
    if (fault) return fault;
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_INT(store->org), VALUE_OF_INT(id)));
    stmt_stream(stmt);
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        ChangeRow row = {.seq = stmt_int(stmt, 0),
                         .record = stmt_int(stmt, 1),
                         .at = stmt_text(stmt, 2),
                         .actor = stmt_text(stmt, 3),
                         .action = stmt_text(stmt, 4)};
        take(&row, data);
    }
    return step;
}

/* Records of one ledger that refer through one field to what the batch created. */
static int each_referrer_through(Store *store, const Ledger *ledger, const Field *field, int64_t id, BatchReferrer take,
                                 void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_prepare(
        scratch, store->db,
        mem_printf(scratch,
                   "SELECT r.id FROM change b JOIN %s r ON r.org = b.org AND r.%s = b.record AND r.recorded_to IS NULL"
                   " WHERE b.org = ?1 AND b.batch = ?2 AND b.version = 1 AND NOT EXISTS"
                   " (SELECT 1 FROM change own WHERE own.org = ?1 AND own.record = r.id AND +own.batch = ?2)",
                   ledger->table, field->column),
        &stmt);
    if (fault) return fault;
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_INT(store->org), VALUE_OF_INT(id)));
    stmt_stream(stmt);
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) take(ledger, stmt_int(stmt, 0), data);
    return step;
}

int batch_each_referrer(Store *store, const Ledger *target, int64_t id, BatchReferrer take, void *data) {
    int fault = 0;
    for (size_t i = 0; i < store->catalog->n_ledgers; i++) {
        const Ledger *ledger = &store->catalog->ledgers[i];
        for (size_t k = 0; !fault && k < ledger->n_fields; k++)
            if (ledger->fields[k].to == target)
                fault = each_referrer_through(store, ledger, &ledger->fields[k], id, take, data);
    }
    return fault;
}
