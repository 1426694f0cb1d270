/* summary/issue.c: a text that goes out is frozen: its words, its figures, and the version of every record they count.
 *
 * One write transaction. Rows stream; memory does not grow with them. Issues are no ledger: they are never changed. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "summary/digest.h"

#define MOVED 1

typedef struct Issuing {
    Store *store;
    const Summary *summary;
    Diag *diag;
    int64_t id;
    DbBulk *rows;
    char period[PERIOD_SIZE]; /* of the figure whose rows are written */
    const Indicator *indicator;
    Hash *hash; /* over those rows */
} Issuing;

static int next_id(Store *store, int64_t *ret_id) {
    Stmt *stmt;
    int fault = db_cached(store->db, "SELECT coalesce(max(id), 0) + 1 FROM issue WHERE org = ?1", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_id = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

static int write_issue(const void *ctx, Issuing *issuing, const Actor *actor) {
    Store *store = issuing->store;
    const Summary *summary = issuing->summary;
    int64_t seq;
    int fault = next_id(store, &issuing->id);
    if (!fault) fault = store_seq(store, &seq);
    Stmt *stmt;
    if (!fault)
        fault = db_cached(store->db,
                          "INSERT INTO issue (org, id, report, period, at, actor, seq, body, hash)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", &stmt);
    if (fault) return fault;
    char period[PERIOD_SIZE], now[INSTANT_SIZE];
    period_format(summary->ask.period, period);
    instant_now(now);
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, issuing->id);
    stmt_bind_text(stmt, 3, summary->ask.report->name.text);
    stmt_bind_text(stmt, 4, period);
    stmt_bind_text(stmt, 5, now);
    stmt_bind_text(stmt, 6, actor->name);
    stmt_bind_int(stmt, 7, seq);
    stmt_bind_text(stmt, 8, summary->markdown);
    stmt_bind_text(stmt, 9, digest_summary(ctx, store, summary));
    return stmt_run(stmt);
}

/* --- rows --- */

static int take_row(const FigureRow *row, void *data) {
    Issuing *issuing = data;
    const Record *record = row->record;
    char line[256], amount[DECIMAL_SIZE];
    decimal_format(row->amount, amount);
    int size = snprintf(line, sizeof line, "%s/%" PRId64 "/%" PRId64 "/%s\n", record->ledger->name.text, record->id,
                        record->version, amount);
    hash_add(issuing->hash, line, (size_t)size < sizeof line ? (size_t)size : sizeof line - 1);
    const Value values[] = {
        VALUE_OF_INT(issuing->store->org), VALUE_OF_INT(issuing->id),
        VALUE_OF_TEXT(issuing->indicator->name.text), VALUE_OF_TEXT(issuing->period),
        VALUE_OF_INT(row->part), VALUE_OF_TEXT(record->ledger->name.text),
        VALUE_OF_INT(record->id), VALUE_OF_INT(record->version),
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) db_bulk_value(issuing->rows, i, values[i]);
    return db_bulk_row(issuing->rows);
}

static int write_rows(Issuing *issuing, const Figure *figure, char ret_hex[HASH_HEX_SIZE]) {
    uint8_t digest[HASH_SIZE];
    issuing->indicator = figure->ask.indicator;
    period_format(figure->ask.period, issuing->period);
    hash_start(issuing->hash);
    int fault = figure_rows(issuing->store, &figure->ask, take_row, issuing);
    hash_end(issuing->hash, digest);
    hash_hex(digest, ret_hex);
    return fault;
}

/* --- figures --- */

static bool same_number(FigureNumber a, FigureNumber b) {
    return a.known == b.known && (!a.known || decimal_compare(a.value, b.value) == 0);
}

/* What goes out is what the ledgers say at this moment, or nothing goes out. */
static int check_unmoved(Issuing *issuing, const Figure *composed) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Figure *now;
    int fault = figure_total(scratch, issuing->store, &composed->ask, &now);
    if (fault) return fault;
    if (same_number(now->value, composed->value) && now->count == composed->count) return 0;
    diag_error(issuing->diag, PLACE_NONE, "moved", "'%s' has changed since the text was composed; compose it again",
               label_text(composed->ask.indicator->title));
    return MOVED;
}

static int write_figure(Issuing *issuing, const Figure *figure) {
    char rows_hash[HASH_HEX_SIZE];
    int result = check_unmoved(issuing, figure);
    if (!result) result = write_rows(issuing, figure, rows_hash);
    Stmt *stmt;
    if (!result)
        result = db_cached(issuing->store->db,
                           "INSERT INTO issue_figure (org, issue, indicator, period, definition, value, scale, n, hash, rows_hash)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", &stmt);
    if (result) return result;
    stmt_bind_int(stmt, 1, issuing->store->org);
    stmt_bind_int(stmt, 2, issuing->id);
    stmt_bind_text(stmt, 3, figure->ask.indicator->name.text);
    stmt_bind_text(stmt, 4, issuing->period);
    stmt_bind_text(stmt, 5, figure->ask.indicator->hash);
    if (figure->value.known) stmt_bind_int(stmt, 6, figure->value.value.units);
    stmt_bind_int(stmt, 7, figure->value.value.scale);
    stmt_bind_int(stmt, 8, figure->count);
    stmt_bind_text(stmt, 9, figure->hash);
    stmt_bind_text(stmt, 10, rows_hash);
    return stmt_run(stmt);
}

/* The same fact may stand in a text under two names: for the asked period and for that of a target. */
static bool is_written(const Summary *summary, size_t index) {
    const FigureAsk *ask = &summary->figures[index].figure->ask;
    for (size_t i = 0; i < index; i++) {
        const FigureAsk *other = &summary->figures[i].figure->ask;
        if (other->indicator == ask->indicator && other->period.start == ask->period.start && other->period.end == ask->period.end)
            return true;
    }
    return false;
}

static int write_all(const void *ctx, Issuing *issuing, const Actor *actor) {
    static const char *const columns[] = {"org", "issue", "indicator", "period", "part", "ledger", "record", "version"};
    int result = write_issue(ctx, issuing, actor);
    if (!result) result = db_bulk_open(ctx, issuing->store->db, "issue_row", columns, sizeof columns / sizeof *columns, &issuing->rows);
    for (size_t i = 0; !result && i < issuing->summary->n_figures; i++)
        if (!is_written(issuing->summary, i)) result = write_figure(issuing, issuing->summary->figures[i].figure);
    return result ? result : db_bulk_flush(issuing->rows);
}

int summary_issue(Store *store, const Summary *summary, const Actor *actor, Diag *diag, int64_t *ret_issue) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Issuing issuing = {.store = store, .summary = summary, .diag = diag, .hash = hash_new(scratch, store->hash_kind)};
    int result = db_begin(store->db, DB_WRITE);
    if (!result) {
        result = write_all(scratch, &issuing, actor);
        if (result)
            db_rollback(store->db);
        else
            result = db_commit(store->db);
    }
    if (result < 0) (void)store_fault(store, result, diag);
    if (result) return 1;
    *ret_issue = issuing.id;
    return 0;
}
