/* ledger/change.c: the hash of a row of the log, and reading the log. Rows are written by the door alone. */
#include "ledger/change.h"

#include <string.h>

#include "base/mem.h"

void change_hash(Hash *hash, const uint8_t previous[HASH_SIZE], const ChangeRow *row, uint8_t ret_hash[HASH_SIZE]) {
    hash_start(hash);
    hash_add(hash, previous, HASH_SIZE);
    hash_add_number(hash, row->seq);
    hash_add_text(hash, row->at);
    hash_add_text(hash, row->actor);
    hash_add_text(hash, row->behalf);
    hash_add_number(hash, row->batch);
    hash_add_number(hash, row->row);
    hash_add_text(hash, row->action);
    hash_add_text(hash, row->ledger);
    hash_add_number(hash, row->record);
    hash_add_number(hash, row->version);
    hash_add_text(hash, row->reason);
    hash_add(hash, row->row_hash, HASH_SIZE);
    hash_end(hash, ret_hash);
}

int change_head(Store *store, int64_t *ret_seq, uint8_t ret_hash[HASH_SIZE]) {
    Stmt *stmt;
    int step = store_ask(store, "SELECT seq, hash FROM org WHERE org = ?1", NULL, 0, &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) {
        size_t size;
        const void *hash = stmt_blob(stmt, 1, &size);
        *ret_seq = stmt_int(stmt, 0);
        if (size == HASH_SIZE) memcpy(ret_hash, hash, HASH_SIZE);
    }
    return stmt_end(stmt, step);
}

ChangeRow change_lent(const Stmt *stmt) {
    return (ChangeRow){.seq = stmt_int(stmt, 0),
                       .at = stmt_text(stmt, 1),
                       .actor = stmt_text(stmt, 2),
                       .behalf = stmt_text(stmt, 3),
                       .batch = stmt_int(stmt, 4),
                       .row = stmt_int(stmt, 5),
                       .action = stmt_text(stmt, 6),
                       .ledger = stmt_text(stmt, 7),
                       .record = stmt_int(stmt, 8),
                       .version = stmt_int(stmt, 9),
                       .reason = stmt_text(stmt, 10)};
}

static ChangeRow copy_row(const void *ctx, const Ledger *ledger, const Stmt *stmt) {
    ChangeRow row = change_lent(stmt);
    row.at = stmt_copy(ctx, stmt, 1);
    row.actor = stmt_copy(ctx, stmt, 2);
    row.behalf = stmt_copy(ctx, stmt, 3);
    row.action = stmt_copy(ctx, stmt, 6);
    row.ledger = ledger->name.text;
    row.reason = stmt_copy(ctx, stmt, 10);
    return row;
}

static int ask_history(Store *store, int64_t record, Stmt **ret_stmt) {
    return store_ask(store, "SELECT " CHANGE_COLUMNS " FROM change WHERE org = ?1 AND record = ?2 ORDER BY seq DESC",
                     DB_VALUES(VALUE_OF_INT(record)), ret_stmt);
}

int change_history(const void *ctx, Store *store, const Ledger *ledger, int64_t record, ChangeRow **ret_rows,
                   size_t *ret_count) {
    Stmt *stmt;
    int step = ask_history(store, record, &stmt);
    if (step) return step;
    ChangeRow *rows = NULL;
    size_t n = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        ChangeRow row = copy_row(ctx, ledger, stmt);
        *mem_push(ctx, rows, n) = row;
    }
    *ret_rows = rows;
    *ret_count = n;
    return step;
}

int change_last(const void *ctx, Store *store, const Ledger *ledger, int64_t record, ChangeRow *ret_row) {
    Stmt *stmt;
    int step = ask_history(store, record, &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) *ret_row = copy_row(ctx, ledger, stmt);
    return stmt_end_found(stmt, step);
}

#define NEWEST(where)                                                                                                  \
    "SELECT " CHANGE_COLUMNS " FROM change WHERE org = ?1 AND seq < ?2" where " ORDER BY seq DESC LIMIT ?3"

int change_each(Store *store, const char *actor, int64_t before, size_t most, ChangeTake take, void *data) {
    Stmt *stmt;
    int step = store_ask(store, actor ? NEWEST(" AND actor = ?4") : NEWEST(""),
                         DB_VALUES(VALUE_OF_INT(before ? before : INT64_MAX), VALUE_OF_INT((int64_t)most)), &stmt);
    if (step) return step;
    if (actor) stmt_bind_text(stmt, 4, actor);
    int result = 0;
    while (!result && (step = stmt_step(stmt)) == DB_ROW) {
        const ChangeRow row = change_lent(stmt);
        result = take(&row, data);
    }
    stmt_reset(stmt);
    return step < 0 ? step : result;
}

/* The one column of the one row that a statement gives for the bureau and a record; NULL when there is none. */
static int ask_text(const void *ctx, Store *store, const char *sql, int64_t record, const char **ret_text) {
    Stmt *stmt;
    int step = store_ask(store, sql, DB_VALUES(VALUE_OF_INT(record)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    *ret_text = step == DB_ROW ? stmt_copy(ctx, stmt, 0) : NULL;
    return stmt_end(stmt, step);
}

int change_maker(const void *ctx, Store *store, int64_t record, const char **ret_login) {
    return ask_text(ctx, store, "SELECT actor FROM change WHERE org = ?1 AND seq = ?2", record, ret_login);
}

int change_last_step(const void *ctx, Store *store, int64_t record, const char **ret_at) {
    static const char sql[] = "SELECT at FROM change WHERE org = ?1 AND record = ?2"
                              " AND action NOT IN ('create', 'edit', 'withdraw', 'restore')"
                              " ORDER BY seq DESC LIMIT 1";
    return ask_text(ctx, store, sql, record, ret_at);
}
