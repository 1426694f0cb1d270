/* summary/drift.c: what has become of the figures of a text since it was issued. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "summary/summary.h"

/* A figure as it was issued, held against the present. */
typedef struct Comparing {
    IssueRow *rows; /* that were counted, sorted by part and record */
    bool *seen;     /* which of them still are */
    size_t n_rows;
    Drift drift;
    bool redefined;
    bool lists;      /* the rows that make the difference, too */
    DriftRow *moved; /* at most DRIFT_ROWS_MOST */
    size_t n_moved;
    const void *ctx; /* of moved */
} Comparing;

static FigureNumber issued_number(const IssueFigure *issued) { return (FigureNumber){issued->known, issued->value}; }

/* --- rows --- */

static int compare_rows(const void *left, const void *right) {
    const IssueRow *a = left, *b = right;
    if (a->part != b->part) return a->part - b->part;
    return (a->record > b->record) - (a->record < b->record);
}

static void list_row(Comparing *comparing, DriftKind kind, const Ledger *ledger, int64_t record, int64_t then,
                     int64_t now) {
    if (comparing->lists && comparing->n_moved < DRIFT_ROWS_MOST)
        *mem_push(comparing->ctx, comparing->moved, comparing->n_moved) = (DriftRow){kind, ledger, record, then, now};
}

/* Part 0 of a ratio or a growth is counted by its first side, part 1 by its second. */
static const Ledger *ledger_of_part(const Indicator *indicator, int part) {
    if (indicator->of) return indicator->of;
    const Indicator *side = part && indicator->b ? indicator->b : indicator->a;
    return side ? ledger_of_part(side, 0) : NULL;
}

static int take_row(const FigureRow *row, void *data) {
    Comparing *comparing = data;
    const IssueRow wanted = {.record = row->record->id, .part = row->part};
    const IssueRow *found =
        comparing->n_rows ? bsearch(&wanted, comparing->rows, comparing->n_rows, sizeof wanted, compare_rows) : NULL;
    if (!found) {
        comparing->drift.added++;
        list_row(comparing, DRIFT_ADDED, row->record->ledger, row->record->id, 0, row->record->version);
    } else {
        comparing->seen[found - comparing->rows] = true;
        if (found->version == row->record->version) return 0;
        comparing->drift.changed++;
        list_row(comparing, DRIFT_CHANGED, row->record->ledger, row->record->id, found->version, row->record->version);
    }
    return 0;
}

static int compare_with_now(const void *ctx, Store *store, const FigureAsk *ask, Comparing *comparing) {
    Figure *now;
    int fault = figure_total(ctx, store, ask, &now);
    comparing->seen = mem_array(ctx, bool, comparing->n_rows + 1);
    if (!fault) fault = figure_rows(store, ask, take_row, comparing);
    if (fault) return fault;
    comparing->drift.now = now->value;
    for (size_t i = 0; i < comparing->n_rows; i++) {
        const IssueRow *row = &comparing->rows[i];
        if (comparing->seen[i]) continue;
        comparing->drift.removed++;
        list_row(comparing, DRIFT_REMOVED, ledger_of_part(ask->indicator, row->part), row->record, row->version, 0);
    }
    return 0;
}

/* --- words --- */

static const char *number_words(const void *ctx, const Drift *drift, FigureNumber number, const char *unknown) {
    return number.known ? figure_print(ctx, drift->indicator, number) : unknown;
}

static Label gone_words(const void *ctx, const char *name) {
    return (Label){mem_printf(ctx, "%s：指标已不再定义", name),
                   mem_printf(ctx, "%s: the indicator is no longer defined", name)};
}

static Label moved_words(const void *ctx, const Drift *drift, bool redefined) {
    const Label *title = &drift->indicator->title;
    long long added = drift->added, removed = drift->removed, changed = drift->changed;
    return (Label){
        mem_printf(ctx, "%s（%s）：定稿时%s，现为%s；新增%lld条，减少%lld条，改动%lld条%s",
                   title->zh ? title->zh : title->en, period_format_zh(ctx, drift->period),
                   number_words(ctx, drift, drift->issued, "无"), number_words(ctx, drift, drift->now, "无"), added,
                   removed, changed, redefined ? "；指标定义已修改" : ""),
        mem_printf(ctx, "%s (%s): issued as %s, now %s (rows: %lld added, %lld removed, %lld changed)%s",
                   title->en ? title->en : title->zh, period_format_short(ctx, drift->period),
                   number_words(ctx, drift, drift->issued, "nothing"), number_words(ctx, drift, drift->now, "nothing"),
                   added, removed, changed, redefined ? "; the indicator is now defined otherwise" : ""),
    };
}

/* --- figures --- */

static bool has_moved(const Comparing *comparing) {
    const Drift *drift = &comparing->drift;
    return !drift->indicator || comparing->redefined || drift->added || drift->removed || drift->changed ||
           !figure_number_same(drift->issued, drift->now);
}

/* *ret_moved: whether the figure is not what it was. */
static int drift_of(const void *ctx, Store *store, const SummaryAsk *ask, int64_t issue, const IssueFigure *issued,
                    Drift *ret_drift, bool *ret_moved) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Indicator *indicator = catalog_find_indicator(store->catalog, issued->indicator);
    Comparing comparing = {
        .drift = {.indicator = indicator,
                  .name = issued->indicator,
                  .period = issued->period,
                  .issued = issued_number(issued)},
        .redefined = indicator && strcmp(indicator->hash, issued->definition) != 0,
    };
    const FigureAsk figure = {.indicator = indicator, .period = issued->period, .as_at = ask->as_at};
    int fault = indicator ? issue_rows(scratch, store, issue, issued, &comparing.rows, &comparing.n_rows) : 0;
    if (!fault && indicator) fault = compare_with_now(scratch, store, &figure, &comparing);
    if (fault) return fault;
    *ret_moved = has_moved(&comparing);
    *ret_drift = comparing.drift;
    if (*ret_moved)
        ret_drift->say =
            indicator ? moved_words(ctx, ret_drift, comparing.redefined) : gone_words(ctx, issued->indicator);
    return 0;
}

int summary_drift_rows(const void *ctx, Store *store, int64_t issue, const IssueFigure *issued, Drift *ret_drift,
                       DriftRow **ret_rows, size_t *ret_count) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Indicator *indicator = catalog_find_indicator(store->catalog, issued->indicator);
    Comparing comparing = {.lists = true, .ctx = ctx, .drift = {.indicator = indicator, .period = issued->period}};
    const FigureAsk ask = {.indicator = indicator, .period = issued->period, .as_at = DATE_NONE};
    *ret_count = 0;
    if (!indicator) return 1;
    int fault = issue_rows(scratch, store, issue, issued, &comparing.rows, &comparing.n_rows);
    if (!fault) fault = compare_with_now(scratch, store, &ask, &comparing);
    if (fault) return fault;
    comparing.drift.name = indicator->name.text;
    comparing.drift.issued = issued_number(issued);
    *ret_drift = comparing.drift;
    *ret_rows = comparing.moved;
    *ret_count = comparing.n_moved;
    return 0;
}

int summary_drift(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag, int64_t *ret_issue,
                  Drift **ret_drifts, size_t *ret_count) {
    int64_t issue = 0;
    IssueFigure *figures;
    size_t n, count = 0;
    Drift *drifts = NULL;
    int fault = issue_find_last(store, ask->report->name.text, ask->period, &issue);
    if (fault) return fault;
    if (!issue) {
        diag_error(diag, PLACE_NONE, "not-issued", "'%s' was never issued for %s; issue it first",
                   ask->report->name.text, period_format_short(ctx, ask->period));
        return 1;
    }
    fault = issue_figures(ctx, store, issue, &figures, &n);
    for (size_t i = 0; !fault && i < n; i++) {
        Drift drift;
        bool moved;
        fault = drift_of(ctx, store, ask, issue, &figures[i], &drift, &moved);
        if (!fault && moved) *mem_push(ctx, drifts, count) = drift;
    }
    if (fault) return fault;
    *ret_issue = issue;
    *ret_drifts = drifts;
    *ret_count = count;
    return 0;
}
