/* ledger/verify.c: the log replayed against the tables.
 *
 * One pass over the log in order. Beside it runs, for each ledger, what its changes have written, in the order of the
 * same changes and asked for in windows of the log, so that a server is not asked once a change. Each version is hashed
 * as it is stored. A version that was followed by another must have ended when that one began, so with the numbers of
 * versions and of open ones, counted at the end, nothing can be there that the log does not tell of. Definitions are
 * not asked: columns whose fields are gone count as they did. */
#include "ledger/verify.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/attachment.h"
#include "ledger/change.h"
#include "ledger/logs.h"
#include "ledger/schema.h"
#include "ledger/verify-spans.h"

#define PROGRESS_ROWS 1000
#define WINDOW        250 /* changes whose versions are asked for at once */

/* A ledger's table as it stands in the database. */
typedef struct Table {
    const char *ledger; /* its name in the log */
    const char *name;
    char **columns; /* what is hashed, in that order */
    size_t n_columns;
    Stmt *written;          /* a row for each change of a window: see WRITTEN_… */
    int64_t until;          /* the window ends before this change */
    int64_t versions, open; /* as the log has them */
    struct Table *next;
} Table;

typedef struct Verifying {
    Store *store;
    Diag *diag;
    VerifyResult *result;
    Hash *hash;
    Table *tables;
    int64_t seq;             /* of the row before */
    uint8_t head[HASH_SIZE]; /* its hash */
    TALLOC_CTX *scratch;
} Verifying;

/* --- what can be wrong with a change --- */

typedef enum {
    BAD_LOG,
    BAD_LEDGER,
    BAD_MISSING,
    BAD_CONTENT,
    BAD_BEGIN,
    BAD_OPEN,
    BAD_END,
} Bad;

static const struct {
    const char *code, *english;
} bads[] = {
    [BAD_LOG] = {"log-altered", N_("change %lld (%s %lld, version %lld, %s): "
                                   "this row of the log was altered; compare it with a backup")},
    [BAD_LEDGER] = {"ledger-missing", N_("change %lld (%s %lld, version %lld, %s): "
                                         "there is no table for this ledger; restore a backup")},
    [BAD_MISSING] = {"version-missing", N_("change %lld (%s %lld, version %lld, %s): "
                                           "this version is gone from the table; compare it with a backup")},
    [BAD_CONTENT] = {"version-altered", N_("change %lld (%s %lld, version %lld, %s): "
                                           "the content of this version was altered; compare it with a backup")},
    [BAD_BEGIN] = {"version-time", N_("change %lld (%s %lld, version %lld, %s): "
                                      "this version does not begin when it was written; compare it with a backup")},
    [BAD_OPEN] = {"version-open", N_("change %lld (%s %lld, version %lld, %s): "
                                     "the version before this change is still open; compare it with a backup")},
    [BAD_END] = {"version-time", N_("change %lld (%s %lld, version %lld, %s): "
                                    "the version before this change did not end with it; compare it with a backup")},
};

static int tell(const Verifying *verifying, const ChangeRow *row, Bad bad) {
    diag_error(verifying->diag, PLACE_NONE, bads[bad].code, bads[bad].english, (long long)row->seq, row->ledger,
               (long long)row->record, (long long)row->version, row->at);
    return 0;
}

/* --- tables --- */

static bool is_hashed(const char *column) {
    static const char *const left_out[] = {"org",         "id",    "version", "recorded_from",
                                           "recorded_to", "state", "number",  "na"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (!strcmp(left_out[i], column)) return false;
    return true;
}

/* State, number and na come first, then the fields by name: see record_hash. */
static int load_columns(Table *table, Db *db) {
    static const char *const first[] = {"state", "number", "na"};
    const size_t n_first = sizeof first / sizeof first[0];
    char **columns;
    size_t n;
    int fault = db_columns(table, db, table->name, &columns, &n);
    if (fault) return fault;
    table->columns = mem_array(table, char *, n_first + n);
    for (size_t i = 0; i < n_first; i++) table->columns[i] = mem_strdup(table, first[i]);
    table->n_columns = n_first;
    for (size_t i = 0; i < n; i++)
        if (is_hashed(columns[i])) table->columns[table->n_columns++] = columns[i];
    return 0;
}

/* What a row of `written` holds: the change; the version it wrote, NULL when that is gone, with its beginning; the
 * version before, NULL when there was none, with its end; then the columns that are hashed. */
enum { WRITTEN_SEQ, WRITTEN_VERSION, WRITTEN_FROM, WRITTEN_BEFORE, WRITTEN_TO, WRITTEN_COLUMNS };

/* A withdrawal writes no version: the one it names is the one it ends. What was withdrawn comes back without ending
 * one. */
static int prepare_table(Table *table, Db *db) {
    Buf sql = BUF_INIT(table);
    buf_add(&sql, "SELECT c.seq, r.version, r.recorded_from, e.version, e.recorded_to");
    for (size_t i = 0; i < table->n_columns; i++) buf_printf(&sql, ", r.\"%s\"", table->columns[i]);
    buf_printf(
        &sql,
        " FROM change c LEFT JOIN \"%s\" r ON r.org = c.org AND r.id = c.record AND r.version = c.version"
        " LEFT JOIN \"%s\" e ON e.org = c.org AND e.id = c.record"
        " AND e.version = CASE c.action WHEN 'withdraw' THEN c.version WHEN 'restore' THEN 0 ELSE c.version - 1 END"
        " WHERE c.org = ?1 AND c.seq >= ?2 AND c.seq < ?3 AND c.ledger = ?4 ORDER BY c.seq",
        table->name, table->name);
    return db_prepare(table, db, sql.data, &table->written);
}

static int open_tables(Verifying *verifying, const void *ctx) {
    Db *db = verifying->store->db;
    const size_t prefix = strlen(SCHEMA_LEDGER_PREFIX);
    char **names;
    size_t n;
    int fault = db_tables(ctx, db, &names, &n);
    for (size_t i = 0; !fault && i < n; i++) {
        if (strncmp(names[i], SCHEMA_LEDGER_PREFIX, prefix)) continue;
        Table *table = mem_new(ctx, Table);
        *table = (Table){.ledger = names[i] + prefix, .name = names[i]};
        fault = load_columns(table, db);
        if (!fault) fault = prepare_table(table, db);
        table->next = verifying->tables;
        verifying->tables = table;
    }
    return fault;
}

static Table *find_table(const Verifying *verifying, const char *ledger) {
    for (Table *table = verifying->tables; table; table = table->next)
        if (!strcmp(table->ledger, ledger)) return table;
    return NULL;
}

/* --- one change --- */

/* Moves `written` to the row of this change, into the next window when the last one is over. A fault when there is no
 * such row: log and tables are read from one unchanging state. */
static int move_to(const Verifying *verifying, Table *table, const ChangeRow *row) {
    if (row->seq >= table->until) {
        stmt_reset(table->written);
        table->until = row->seq + WINDOW;
        stmt_bind_int(table->written, 1, verifying->store->org);
        stmt_bind_int(table->written, 2, row->seq);
        stmt_bind_int(table->written, 3, table->until);
        stmt_bind_text(table->written, 4, table->ledger);
    }
    int step = stmt_step(table->written);
    if (step == DB_ROW && stmt_int(table->written, WRITTEN_SEQ) == row->seq) return 0;
    return step < 0 ? step : DB_FAULT;
}

/* As record_hash does it, from the row a statement stands on. */
static bool has_content(const Verifying *verifying, const Table *table, const ChangeRow *row) {
    Hash *hash = verifying->hash;
    uint8_t digest[HASH_SIZE];
    hash_start(hash);
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *text = stmt_text(table->written, WRITTEN_COLUMNS + (int)i);
        if (!text) continue;
        hash_add(hash, table->columns[i], strlen(table->columns[i]) + 1);
        hash_add(hash, text, strlen(text) + 1);
    }
    hash_end(hash, digest);
    return !memcmp(digest, row->row_hash, HASH_SIZE);
}

static void check_version(const Verifying *verifying, const Table *table, const ChangeRow *row, bool is_withdrawal) {
    if (stmt_is_null(table->written, WRITTEN_VERSION))
        tell(verifying, row, BAD_MISSING);
    else if (!has_content(verifying, table, row))
        tell(verifying, row, BAD_CONTENT);
    else if (!is_withdrawal && strcmp(stmt_text(table->written, WRITTEN_FROM), row->at))
        tell(verifying, row, BAD_BEGIN);
    verifying->result->versions += !is_withdrawal;
}

/* The version that this change ended. A missing one was told of when its own change was looked at. */
static void check_ended(const Verifying *verifying, const Table *table, const ChangeRow *row) {
    if (stmt_is_null(table->written, WRITTEN_BEFORE)) return;
    const char *to = stmt_text(table->written, WRITTEN_TO);
    if (!to)
        tell(verifying, row, BAD_OPEN);
    else if (strcmp(to, row->at))
        tell(verifying, row, BAD_END);
}

static int check_tables(const Verifying *verifying, const ChangeRow *row) {
    Table *table = find_table(verifying, row->ledger);
    if (!table) return tell(verifying, row, BAD_LEDGER);
    int fault = move_to(verifying, table, row);
    if (fault) return fault;
    bool is_withdrawal = !strcmp(row->action, "withdraw");
    table->versions += !is_withdrawal;
    bool opens = !is_withdrawal && (row->version == 1 || !strcmp(row->action, "restore"));
    table->open += opens - is_withdrawal;
    check_version(verifying, table, row, is_withdrawal);
    check_ended(verifying, table, row);
    return 0;
}

/* After a broken link the chain goes on from what is stored, so that each break is named once. */
static void check_link(Verifying *verifying, const ChangeRow *row, const void *stored) {
    uint8_t hash[HASH_SIZE];
    change_hash(verifying->hash, verifying->head, row, hash);
    if (row->seq != verifying->seq + 1)
        diag_error(verifying->diag, PLACE_NONE, "log-gap",
                   "the log has no change between %lld and %lld: rows were taken out; compare it with a backup",
                   (long long)verifying->seq, (long long)row->seq);
    else if (memcmp(hash, stored, HASH_SIZE))
        tell(verifying, row, BAD_LOG);
    memcpy(verifying->head, stored, HASH_SIZE);
    verifying->seq = row->seq;
}

static const uint8_t *digest_or_zeros(const Stmt *stmt, int column) {
    static const uint8_t zeros[HASH_SIZE];
    size_t size;
    const uint8_t *bytes = stmt_blob(stmt, column, &size);
    return size == HASH_SIZE ? bytes : zeros;
}

static int check_change(Verifying *verifying, const Stmt *stmt) {
    ChangeRow row = change_lent(stmt);
    memcpy(row.row_hash, digest_or_zeros(stmt, 11), HASH_SIZE);
    check_link(verifying, &row, digest_or_zeros(stmt, 12));
    verifying->result->changes++;
    return check_tables(verifying, &row);
}

/* --- the whole log --- */

static int replay(Verifying *verifying, VerifyProgress progress, void *data) {
    int64_t seq = 0;
    uint8_t head[HASH_SIZE] = {0};
    Stmt *stmt;
    int fault = change_head(verifying->store, &seq, head);
    if (!fault)
        fault = db_prepare(verifying->scratch, verifying->store->db,
                           "SELECT " CHANGE_COLUMNS ", row_hash, hash FROM change WHERE org = ?1 ORDER BY seq", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, verifying->store->org);
    stmt_stream(stmt);
    int step;
    while (!fault && (step = stmt_step(stmt)) != 0) {
        fault = step < 0 ? step : check_change(verifying, stmt);
        if (progress && verifying->result->changes % PROGRESS_ROWS == 0)
            progress(verifying->result->changes, seq, data);
    }
    if (!fault && progress) progress(seq, seq, data);
    if (fault) return fault;
    if (verifying->seq != seq || memcmp(verifying->head, head, HASH_SIZE))
        diag_error(
            verifying->diag, PLACE_NONE, "head",
            "the log ends with change %lld, but the bureau's head is change %lld: the end of the log was altered; "
            "compare it with a backup",
            (long long)verifying->seq, (long long)seq);
    return 0;
}

/* --- what the log does not tell of --- */

/* Versions of which the condition, in words of r and of the log c, holds for no row of the log. */
static int name_versions(const Verifying *verifying, const Table *table, const char *where, const char *link,
                         const char *code, const char *english) {
    Stmt *stmt;
    int fault = db_prepare(
        verifying->scratch, verifying->store->db,
        mem_printf(verifying->scratch,
                   "SELECT r.id, r.version, r.recorded_from FROM \"%s\" r WHERE r.org = ?1 AND %s AND NOT EXISTS"
                   " (SELECT 1 FROM change c WHERE c.org = r.org AND c.record = r.id AND c.ledger = ?2 AND %s)"
                   " ORDER BY r.id, r.version",
                   table->name, where, link),
        &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, verifying->store->org);
    stmt_bind_text(stmt, 2, table->ledger);
    stmt_stream(stmt);
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW)
        diag_error(verifying->diag, PLACE_NONE, code, english, table->ledger, (long long)stmt_int(stmt, 0),
                   (long long)stmt_int(stmt, 1), stmt_text(stmt, 2));
    return step;
}

static int name_strays(const Verifying *verifying, const Table *table) {
    return name_versions(
        verifying, table, "r.version > 0", "c.version = r.version AND c.action <> 'withdraw'", "version-stray",
        N_("%s %lld, version %lld, %s: the log does not tell of this version; compare it with a backup"));
}

static int name_closed(const Verifying *verifying, const Table *table) {
    return name_versions(verifying, table, "r.recorded_to IS NOT NULL",
                         "c.at = r.recorded_to AND (c.version = r.version + 1 OR c.action = 'withdraw')",
                         "version-closed",
                         N_("%s %lld, version %lld, %s: this version has ended, but the log does not tell of it; "
                            "compare it with a backup"));
}

static int count_versions(const Verifying *verifying, const Table *table, int64_t *ret_versions, int64_t *ret_open) {
    Stmt *stmt;
    const char *sql = "SELECT count(*), count(*) - count(recorded_to) FROM \"%s\" WHERE org = ?1";
    int fault =
        db_prepare(verifying->scratch, verifying->store->db, mem_printf(verifying->scratch, sql, table->name), &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, verifying->store->org);
    int step = stmt_step(stmt);
    if (step < 0) return step;
    *ret_versions = stmt_int(stmt, 0);
    *ret_open = stmt_int(stmt, 1);
    return 0;
}

/* The log's own versions were all found; so only when the numbers differ is there something to name. */
static int check_counts(const Verifying *verifying, const Table *table) {
    int64_t versions = 0, open = 0;
    int fault = count_versions(verifying, table, &versions, &open);
    if (!fault && versions != table->versions) fault = name_strays(verifying, table);
    if (!fault && open != table->open) fault = name_closed(verifying, table);
    return fault;
}

static int check_log(Verifying *verifying, VerifyProgress progress, void *data) {
    int fault = open_tables(verifying, verifying->scratch);
    if (!fault) fault = replay(verifying, progress, data);
    for (const Table *table = verifying->tables; !fault && table; table = table->next)
        fault = check_counts(verifying, table);
    return fault;
}

/* --- the door --- */

int verify_tables(Store *store, VerifyProgress progress, void *data, Diag *diag, VerifyResult *ret_result) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t before = diag->errors;
    *ret_result = (VerifyResult){0};
    Verifying verifying = {.store = store, .diag = diag, .result = ret_result, .scratch = scratch};
    verifying.hash = hash_new(scratch, store->hash_kind);
    int fault = db_begin(store->db, DB_SNAPSHOT);
    if (fault) return fault;
    const char *by_index = db_dialect(store->db)->by_index; /* a server may know nothing yet of what was just filled */
    fault = by_index ? db_exec(store->db, by_index) : 0;
    if (!fault) fault = check_log(&verifying, progress, data);
    if (!fault) fault = verify_spans(store, diag);
    if (!fault) fault = logs_check(store, diag, &ret_result->rows);
    TALLOC_FREE(scratch); /* its statements end before the transaction */
    db_rollback(store->db);
    ret_result->bad = (int64_t)(diag->errors - before);
    return fault;
}

int verify_store(Store *store, VerifyProgress progress, void *data, Diag *diag, VerifyResult *ret_result) {
    int fault = verify_tables(store, progress, data, diag, ret_result);
    if (fault) return fault;
    size_t before = diag->errors;
    fault = attachment_check(store, DIAG_ERROR, diag, &ret_result->attachments);
    ret_result->bad += (int64_t)(diag->errors - before);
    return fault;
}
