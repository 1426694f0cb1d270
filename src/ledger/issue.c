/* ledger/issue.c: the tables of issued texts: issue, issue_figure, issue_row. */
#include "ledger/issue.h"

#include "base/mem.h"

/* --- writing --- */

static int next_id(Store *store, int64_t *ret_id) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT coalesce(max(id), 0) + 1 FROM issue WHERE org = ?1", NULL, 0, &stmt);
    return fault ? fault : stmt_number(stmt, ret_id);
}

int issue_add(Store *store, const Issue *issue, int64_t *ret_id) {
    char period[PERIOD_SIZE];
    int64_t seq = 0;
    period_format(issue->period, period);
    int fault = next_id(store, ret_id);
    if (!fault) fault = store_seq(store, &seq);
    if (fault) return fault;
    return store_run(store,
                     "INSERT INTO issue (org, id, report, period, at, actor, seq, body, hash)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     DB_VALUES(VALUE_OF_INT(*ret_id), VALUE_OF_TEXT(issue->report), VALUE_OF_TEXT(period),
                               VALUE_OF_TEXT(issue->at), VALUE_OF_TEXT(issue->actor), VALUE_OF_INT(seq),
                               VALUE_OF_TEXT(issue->body), VALUE_OF_TEXT(issue->hash)));
}

int issue_add_figure(Store *store, int64_t id, const IssueFigure *figure) {
    char period[PERIOD_SIZE];
    period_format(figure->period, period);
    return store_run(
        store,
        "INSERT INTO issue_figure (org, issue, indicator, period, definition, value, scale, n, hash, rows_hash)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        DB_VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(figure->indicator), VALUE_OF_TEXT(period),
                  VALUE_OF_TEXT(figure->definition), figure->known ? VALUE_OF_INT(figure->value.units) : VALUE_OF_BLANK,
                  VALUE_OF_INT(figure->value.scale), VALUE_OF_INT(figure->count), VALUE_OF_TEXT(figure->hash),
                  VALUE_OF_TEXT(figure->rows_hash)));
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
    return db_bulk_add(rows, values, sizeof values / sizeof *values);
}

/* --- reading --- */

int issue_find_last(Store *store, const char *report, Period period, int64_t *ret_id) {
    Stmt *stmt;
    char text[PERIOD_SIZE];
    period_format(period, text);
    int fault = store_ask(store, "SELECT max(id) FROM issue WHERE org = ?1 AND report = ?2 AND period = ?3",
                          DB_VALUES(VALUE_OF_TEXT(report), VALUE_OF_TEXT(text)), &stmt);
    return fault ? fault : stmt_number(stmt, ret_id);
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
    int step =
        store_ask(store, "SELECT id, report, period, at, actor, body, hash FROM issue WHERE org = ?1 AND id = ?2",
                  DB_VALUES(VALUE_OF_INT(id)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) read_issue(ctx, stmt, *ret_issue = mem_new(ctx, Issue));
    return stmt_end_found(stmt, step);
}

int issue_list(const void *ctx, Store *store, Issue **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step =
        store_ask(store, "SELECT id, report, period, at, actor, '', hash FROM issue WHERE org = ?1 ORDER BY id DESC",
                  NULL, 0, &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) read_issue(ctx, stmt, mem_push(ctx, *ret_list, *ret_count));
    return step;
}

int issue_figures(const void *ctx, Store *store, int64_t id, IssueFigure **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store,
                         "SELECT indicator, period, definition, value, scale, n, hash, rows_hash FROM issue_figure"
                         " WHERE org = ?1 AND issue = ?2 ORDER BY indicator, period",
                         DB_VALUES(VALUE_OF_INT(id)), &stmt);
    if (step) return step;
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
    char period[PERIOD_SIZE];
    period_format(figure->period, period);
    int step = store_ask(store,
                         "SELECT record, version, part FROM issue_row WHERE org = ?1 AND issue = ?2"
                         " AND indicator = ?3 AND period = ?4 ORDER BY part, record",
                         DB_VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(figure->indicator), VALUE_OF_TEXT(period)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) =
            (IssueRow){stmt_int(stmt, 0), stmt_int(stmt, 1), (int)stmt_int(stmt, 2)};
    return step;
}

int issue_mentions(const void *ctx, Store *store, const Record *record, IssueMention **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store,
                         "SELECT w.issue, i.report, w.indicator, w.period, i.at, w.version FROM issue_row w"
                         " JOIN issue i ON i.org = w.org AND i.id = w.issue"
                         " WHERE w.org = ?1 AND w.record = ?2 AND w.ledger = ?3 ORDER BY w.issue DESC, w.indicator",
                         DB_VALUES(VALUE_OF_INT(record->id), VALUE_OF_TEXT(record->ledger->name.text)), &stmt);
    if (step) return step;
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
