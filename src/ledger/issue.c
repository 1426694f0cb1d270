/* ledger/issue.c: the tables of issued texts: issue, issue_figure, issue_row. */
#include "ledger/issue.h"

#include "base/mem.h"

/* --- writing --- */

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

int issue_add(Store *store, const Issue *issue, int64_t *ret_id) {
    int64_t id = 0, seq = 0;
    Stmt *stmt;
    int fault = next_id(store, &id);
    if (!fault) fault = store_seq(store, &seq);
    if (!fault)
        fault = db_cached(store->db,
                          "INSERT INTO issue (org, id, report, period, at, actor, seq, body, hash)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                          &stmt);
    if (fault) return fault;
    char period[PERIOD_SIZE];
    period_format(issue->period, period);
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, id);
    stmt_bind_text(stmt, 3, issue->report);
    stmt_bind_text(stmt, 4, period);
    stmt_bind_text(stmt, 5, issue->at);
    stmt_bind_text(stmt, 6, issue->actor);
    stmt_bind_int(stmt, 7, seq);
    stmt_bind_text(stmt, 8, issue->body);
    stmt_bind_text(stmt, 9, issue->hash);
    *ret_id = id;
    return stmt_run(stmt);
}

int issue_add_figure(Store *store, int64_t id, const IssueFigure *figure) {
    Stmt *stmt;
    int fault = db_cached(
        store->db,
        "INSERT INTO issue_figure (org, issue, indicator, period, definition, value, scale, n, hash, rows_hash)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &stmt);
    if (fault) return fault;
    char period[PERIOD_SIZE];
    period_format(figure->period, period);
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, id);
    stmt_bind_text(stmt, 3, figure->indicator);
    stmt_bind_text(stmt, 4, period);
    stmt_bind_text(stmt, 5, figure->definition);
    if (figure->known) stmt_bind_int(stmt, 6, figure->value.units);
    stmt_bind_int(stmt, 7, figure->value.scale);
    stmt_bind_int(stmt, 8, figure->count);
    stmt_bind_text(stmt, 9, figure->hash);
    stmt_bind_text(stmt, 10, figure->rows_hash);
    return stmt_run(stmt);
}

int issue_open_rows(const void *ctx, Store *store, DbBulk **ret_rows) {
    static const char *const columns[] = {"org", "issue", "indicator", "period", "part", "ledger", "record", "version"};
    return db_bulk_open(ctx, store->db, "issue_row", columns, sizeof columns / sizeof *columns, ret_rows);
}

int issue_add_row(Store *store, DbBulk *rows, int64_t id, const IssueFigure *figure, int part, const Record *record) {
    char period[PERIOD_SIZE];
    period_format(figure->period, period);
    const Value values[] = {
        VALUE_OF_INT(store->org),
        VALUE_OF_INT(id),
        VALUE_OF_TEXT(figure->indicator),
        VALUE_OF_TEXT(period),
        VALUE_OF_INT(part),
        VALUE_OF_TEXT(record->ledger->name.text),
        VALUE_OF_INT(record->id),
        VALUE_OF_INT(record->version),
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) db_bulk_value(rows, i, values[i]);
    return db_bulk_row(rows);
}

/* --- reading --- */

int issue_find_last(Store *store, const char *report, Period period, int64_t *ret_id) {
    Stmt *stmt;
    int fault = db_cached(
        store->db, "SELECT coalesce(max(id), 0) FROM issue WHERE org = ?1 AND report = ?2 AND period = ?3", &stmt);
    if (fault) return fault;
    char text[PERIOD_SIZE];
    period_format(period, text);
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_text(stmt, 2, report);
    stmt_bind_text(stmt, 3, text);
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_id = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

static void read_issue(const void *ctx, const Stmt *stmt, Issue *issue) {
    *issue = (Issue){.id = stmt_int(stmt, 0),
                     .report = mem_strdup(ctx, stmt_text(stmt, 1)),
                     .at = mem_strdup(ctx, stmt_text(stmt, 3)),
                     .actor = mem_strdup(ctx, stmt_text(stmt, 4)),
                     .body = mem_strdup(ctx, stmt_text(stmt, 5)),
                     .hash = mem_strdup(ctx, stmt_text(stmt, 6))};
    (void)period_parse(stmt_text(stmt, 2), &issue->period);
}

int issue_find(const void *ctx, Store *store, int64_t id, Issue **ret_issue) {
    Stmt *stmt;
    int fault = db_cached(
        store->db, "SELECT id, report, period, at, actor, body, hash FROM issue WHERE org = ?1 AND id = ?2", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, id);
    int step = stmt_step(stmt);
    if (step == DB_ROW) read_issue(ctx, stmt, *ret_issue = mem_new(ctx, Issue));
    stmt_reset(stmt);
    return step < 0 ? step : step != DB_ROW;
}

int issue_list(const void *ctx, Store *store, Issue **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step, fault = db_cached(store->db,
                                "SELECT id, report, period, at, actor, '', hash FROM issue WHERE org = ?1"
                                " ORDER BY id DESC",
                                &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) read_issue(ctx, stmt, mem_push(ctx, *ret_list, *ret_count));
    return step;
}

int issue_figures(const void *ctx, Store *store, int64_t id, IssueFigure **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step,
        fault = db_cached(store->db,
                          "SELECT indicator, period, definition, value, scale, n, hash, rows_hash FROM issue_figure"
                          " WHERE org = ?1 AND issue = ?2 ORDER BY indicator, period",
                          &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, id);
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        IssueFigure *figure = mem_push(ctx, *ret_list, *ret_count);
        figure->indicator = mem_strdup(ctx, stmt_text(stmt, 0));
        (void)period_parse(stmt_text(stmt, 1), &figure->period);
        figure->definition = mem_strdup(ctx, stmt_text(stmt, 2));
        figure->known = !stmt_is_null(stmt, 3);
        figure->value = (Decimal){stmt_int(stmt, 3), (int)stmt_int(stmt, 4)};
        figure->count = stmt_int(stmt, 5);
        figure->hash = mem_strdup(ctx, stmt_text(stmt, 6));
        figure->rows_hash = mem_strdup(ctx, stmt_text(stmt, 7));
    }
    return step;
}

int issue_rows(const void *ctx, Store *store, int64_t id, const IssueFigure *figure, IssueRow **ret_list,
               size_t *ret_count) {
    Stmt *stmt;
    int step, fault = db_cached(store->db,
                                "SELECT record, version, part FROM issue_row WHERE org = ?1 AND issue = ?2"
                                " AND indicator = ?3 AND period = ?4 ORDER BY part, record",
                                &stmt);
    if (fault) return fault;
    char period[PERIOD_SIZE];
    period_format(figure->period, period);
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, id);
    stmt_bind_text(stmt, 3, figure->indicator);
    stmt_bind_text(stmt, 4, period);
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) =
            (IssueRow){stmt_int(stmt, 0), stmt_int(stmt, 1), (int)stmt_int(stmt, 2)};
    return step;
}

int issue_mentions(const void *ctx, Store *store, const Record *record, IssueMention **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step,
        fault = db_cached(store->db,
                          "SELECT w.issue, i.report, w.indicator, w.period, i.at, w.version FROM issue_row w"
                          " JOIN issue i ON i.org = w.org AND i.id = w.issue"
                          " WHERE w.org = ?1 AND w.record = ?2 AND w.ledger = ?3 ORDER BY w.issue DESC, w.indicator",
                          &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, record->id);
    stmt_bind_text(stmt, 3, record->ledger->name.text);
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        IssueMention *mention = mem_push(ctx, *ret_list, *ret_count);
        mention->issue = stmt_int(stmt, 0);
        mention->report = mem_strdup(ctx, stmt_text(stmt, 1));
        mention->indicator = mem_strdup(ctx, stmt_text(stmt, 2));
        mention->period = mem_strdup(ctx, stmt_text(stmt, 3));
        mention->at = mem_strdup(ctx, stmt_text(stmt, 4));
        mention->version = stmt_int(stmt, 5);
    }
    return step;
}
