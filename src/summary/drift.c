/* summary/drift.c: what has become of a text since it was issued, and which texts counted a record. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "summary/summary.h"

/* A row that was counted, and whether it still is. */
typedef struct IssuedRow {
    int64_t record, version;
    int part;
    bool seen;
} IssuedRow;

typedef struct Issued {
    const char *indicator;
    const char *period; /* as stored */
    const char *definition;
    FigureNumber value;
    IssuedRow *rows; /* sorted by part and record; records of all ledgers have one numbering */
    size_t n_rows;
} Issued;

/* --- what was issued --- */

static int find_last(Store *store, const SummaryAsk *ask, int64_t *ret_issue) {
    Stmt *stmt;
    char period[PERIOD_SIZE];
    period_format(ask->period, period);
    int fault = db_cached(store->db, "SELECT coalesce(max(id), 0) FROM issue WHERE org = ?1 AND report = ?2 AND period = ?3", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_text(stmt, 2, ask->report->name.text);
    stmt_bind_text(stmt, 3, period);
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_issue = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

static int load_issued(const void *ctx, Store *store, int64_t issue, Issued **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step, fault = db_cached(store->db,
                                "SELECT indicator, period, definition, value, scale FROM issue_figure"
                                " WHERE org = ?1 AND issue = ?2 ORDER BY indicator, period", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, issue);
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Issued *issued = mem_push(ctx, *ret_list, *ret_count);
        issued->indicator = mem_strdup(ctx, stmt_text(stmt, 0));
        issued->period = mem_strdup(ctx, stmt_text(stmt, 1));
        issued->definition = mem_strdup(ctx, stmt_text(stmt, 2));
        issued->value.known = !stmt_is_null(stmt, 3);
        issued->value.value = (Decimal){stmt_int(stmt, 3), (int)stmt_int(stmt, 4)};
    }
    return step;
}

static int load_rows(const void *ctx, Store *store, int64_t issue, Issued *issued) {
    Stmt *stmt;
    int step, fault = db_cached(store->db,
                                "SELECT record, version, part FROM issue_row WHERE org = ?1 AND issue = ?2 AND indicator = ?3"
                                " AND period = ?4 ORDER BY part, record", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, issue);
    stmt_bind_text(stmt, 3, issued->indicator);
    stmt_bind_text(stmt, 4, issued->period);
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, issued->rows, issued->n_rows) =
            (IssuedRow){.record = stmt_int(stmt, 0), .version = stmt_int(stmt, 1), .part = (int)stmt_int(stmt, 2)};
    return step;
}

/* --- against now --- */

typedef struct Comparing {
    Issued *issued;
    Drift *drift;
} Comparing;

static int compare_rows(const void *left, const void *right) {
    const IssuedRow *a = left, *b = right;
    if (a->part != b->part) return a->part - b->part;
    return (a->record > b->record) - (a->record < b->record);
}

static int take_row(const FigureRow *row, void *data) {
    Comparing *comparing = data;
    const Issued *issued = comparing->issued;
    const IssuedRow wanted = {.record = row->record->id, .part = row->part};
    IssuedRow *found = issued->n_rows ? bsearch(&wanted, issued->rows, issued->n_rows, sizeof wanted, compare_rows) : NULL;
    if (!found) {
        comparing->drift->added++;
    } else {
        found->seen = true;
        comparing->drift->changed += found->version != row->record->version;
    }
    return 0;
}

static int compare_now(Store *store, const FigureAsk *ask, Issued *issued, Drift *drift) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Figure *now;
    int fault = figure_total(scratch, store, ask, &now);
    if (!fault) fault = figure_rows(store, ask, take_row, &(Comparing){issued, drift});
    if (fault) return fault;
    drift->now = now->value;
    for (size_t i = 0; i < issued->n_rows; i++) drift->removed += !issued->rows[i].seen;
    return 0;
}

/* --- words --- */

static const char *number_words(const void *ctx, const Drift *drift, FigureNumber number, const char *unknown) {
    return number.known ? figure_print(ctx, drift->indicator, number) : unknown;
}

static Label gone_words(const void *ctx, const Issued *issued) {
    return (Label){mem_printf(ctx, "%s：指标已不再定义", issued->indicator),
                   mem_printf(ctx, "%s: the indicator is no longer defined", issued->indicator)};
}

static Label drift_words(const void *ctx, const Drift *drift, bool redefined) {
    const Label *title = &drift->indicator->title;
    const char *period = period_format_short(ctx, drift->period);
    return (Label){
        mem_printf(ctx, "%s（%s）：定稿时%s，现为%s；新增%lld条，减少%lld条，改动%lld条%s", title->zh ? title->zh : title->en,
                   period_format_zh(ctx, drift->period), number_words(ctx, drift, drift->issued, "无"),
                   number_words(ctx, drift, drift->now, "无"), (long long)drift->added, (long long)drift->removed,
                   (long long)drift->changed, redefined ? "；指标定义已修改" : ""),
        mem_printf(ctx, "%s (%s): issued as %s, now %s; %lld rows added, %lld removed, %lld changed%s",
                   title->en ? title->en : title->zh, period, number_words(ctx, drift, drift->issued, "nothing"),
                   number_words(ctx, drift, drift->now, "nothing"), (long long)drift->added, (long long)drift->removed,
                   (long long)drift->changed, redefined ? "; the indicator is now defined otherwise" : ""),
    };
}

static bool same_number(FigureNumber a, FigureNumber b) {
    return a.known == b.known && (!a.known || decimal_compare(a.value, b.value) == 0);
}

/* *ret_moved: whether the figure is not what it was. */
static int drift_of(const void *ctx, Store *store, const SummaryAsk *ask, Issued *issued, Drift *ret_drift, bool *ret_moved) {
    const Indicator *indicator = catalog_find_indicator(store->catalog, issued->indicator);
    Drift drift = {.indicator = indicator, .name = issued->indicator, .issued = issued->value};
    *ret_moved = true;
    bool redefined = false;
    if (indicator && period_parse(issued->period, &drift.period)) {
        FigureAsk figure = {.indicator = indicator, .period = drift.period, .as_at = ask->as_at};
        int fault = compare_now(store, &figure, issued, &drift);
        if (fault) return fault;
        redefined = strcmp(indicator->hash, issued->definition) != 0;
        *ret_moved = redefined || drift.added || drift.removed || drift.changed || !same_number(drift.issued, drift.now);
    }
    drift.say = indicator ? drift_words(ctx, &drift, redefined) : gone_words(ctx, issued);
    *ret_drift = drift;
    return 0;
}

int summary_drift(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag, int64_t *ret_issue, Drift **ret_drifts,
                  size_t *ret_count) {
    int64_t issue = 0;
    Issued *list;
    size_t n;
    int fault = find_last(store, ask, &issue);
    if (fault) return fault;
    if (!issue) {
        diag_error(diag, PLACE_NONE, "not-issued", "'%s' was never issued for %s; issue it first", ask->report->name.text,
                   period_format_short(ctx, ask->period));
        return 1;
    }
    fault = load_issued(ctx, store, issue, &list, &n);
    Drift *drifts = NULL;
    size_t count = 0;
    for (size_t i = 0; !fault && i < n; i++) {
        Drift drift;
        bool moved;
        fault = load_rows(ctx, store, issue, &list[i]);
        if (!fault) fault = drift_of(ctx, store, ask, &list[i], &drift, &moved);
        if (!fault && moved) *mem_push(ctx, drifts, count) = drift;
        TALLOC_FREE(list[i].rows);
    }
    if (fault) return fault;
    *ret_issue = issue;
    *ret_drifts = drifts;
    *ret_count = count;
    return 0;
}

/* --- the other way round --- */

int summary_counted_in(const void *ctx, Store *store, const Record *record, CountedIn **ret_list, size_t *ret_count) {
    Stmt *stmt;
    CountedIn *list = NULL;
    size_t n = 0;
    int step, fault = db_cached(store->db,
                                "SELECT w.issue, i.report, w.indicator, w.period, i.at, w.version FROM issue_row w"
                                " JOIN issue i ON i.org = w.org AND i.id = w.issue"
                                " WHERE w.org = ?1 AND w.record = ?2 AND w.ledger = ?3 ORDER BY w.issue DESC, w.indicator", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_int(stmt, 2, record->id);
    stmt_bind_text(stmt, 3, record->ledger->name.text);
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, list, n) = (CountedIn){stmt_int(stmt, 0),
                                              mem_strdup(ctx, stmt_text(stmt, 1)),
                                              mem_strdup(ctx, stmt_text(stmt, 2)),
                                              mem_strdup(ctx, stmt_text(stmt, 3)),
                                              mem_strdup(ctx, stmt_text(stmt, 4)),
                                              stmt_int(stmt, 5)};
    if (step < 0) return step;
    *ret_list = list;
    *ret_count = n;
    return 0;
}
