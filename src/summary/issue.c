/* summary/issue.c: a text that goes out is frozen: its words, its figures, and the version of every record they count.
 *
 * One write transaction. Rows stream; memory does not grow with them. */
#include "ledger/issue.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "summary/digest.h"

#define MOVED     1
#define LINE_SIZE 256 /* of a row as it is hashed: names of ledgers are short */

typedef struct Issuing {
    Store *store;
    const Summary *summary;
    Diag *diag;
    int64_t id;
    DbBulk *rows;
    IssueFigure figure; /* whose rows are written */
    Hash *hash;         /* over those rows */
} Issuing;

static int write_text(const void *ctx, Issuing *issuing, const Actor *actor) {
    const Summary *summary = issuing->summary;
    char now[INSTANT_SIZE];
    instant_now(now);
    const Issue issue = {
        .report = summary->ask.report->name.text,
        .period = summary->ask.period,
        .at = now,
        .actor = actor->name,
        .body = summary->markdown,
        .hash = digest_summary(ctx, issuing->store, summary),
    };
    return issue_add(issuing->store, &issue, &issuing->id);
}

/* The line of a row that its figure's rows_hash is made of: ledger/id/version/amount. */
static int take_row(const FigureRow *row, void *data) {
    Issuing *issuing = data;
    const Record *record = row->record;
    char line[LINE_SIZE], amount[DECIMAL_SIZE] = "";
    if (row->amount.known) decimal_format(row->amount.value, amount);
    (void)snprintf(line, sizeof line, "%s/%" PRId64 "/%" PRId64 "/%s\n", record->ledger->name.text, record->id,
                   record->version, amount);
    hash_add(issuing->hash, line, strlen(line));
    return issue_add_row(issuing->store, issuing->rows, issuing->id, &issuing->figure, row->part, record);
}

/* What goes out is what the ledgers say at this moment, or nothing goes out. */
static int check_unmoved(Issuing *issuing, const Figure *composed) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Figure *now;
    int fault = figure_total(scratch, issuing->store, &composed->ask, &now);
    if (fault) return fault;
    if (figure_number_same(now->value, composed->value) && now->count == composed->count) return 0;
    diag_error(issuing->diag, PLACE_NONE, "moved", "'%s' has changed since the text was composed; compose it again",
               label_text(composed->ask.indicator->title));
    return MOVED;
}

static int write_figure(Issuing *issuing, const Figure *figure) {
    char rows_hash[HASH_HEX_SIZE];
    int result = check_unmoved(issuing, figure);
    if (result) return result;
    issuing->figure = (IssueFigure){
        .indicator = figure->ask.indicator->name.text,
        .period = figure->ask.period,
        .definition = figure->ask.indicator->hash,
        .known = figure->value.known,
        .value = figure->value.value,
        .count = figure->count,
        .hash = figure->hash,
        .rows_hash = rows_hash,
    };
    hash_start(issuing->hash);
    int fault = figure_rows(issuing->store, &figure->ask, take_row, issuing);
    hash_end_hex(issuing->hash, rows_hash);
    return fault ? fault : issue_add_figure(issuing->store, issuing->id, &issuing->figure);
}

/* The same fact may stand in a text under two names: for the asked period and for that of a target. */
static bool is_written(const Summary *summary, size_t index) {
    const FigureAsk *ask = &summary->figures[index].figure->ask;
    for (size_t i = 0; i < index; i++) {
        const FigureAsk *other = &summary->figures[i].figure->ask;
        if (other->indicator == ask->indicator && period_is_same(other->period, ask->period)) return true;
    }
    return false;
}

static int write_all(const void *ctx, Issuing *issuing, const Actor *actor) {
    int result = write_text(ctx, issuing, actor);
    if (!result) result = issue_open_rows(ctx, issuing->store, &issuing->rows);
    for (size_t i = 0; !result && i < issuing->summary->n_figures; i++)
        if (!is_written(issuing->summary, i)) result = write_figure(issuing, issuing->summary->figures[i].figure);
    return result ? result : db_bulk_flush(issuing->rows);
}

int summary_issue(Store *store, const Summary *summary, const Actor *actor, Diag *diag, int64_t *ret_issue) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Issuing issuing = {.store = store, .summary = summary, .diag = diag, .hash = hash_new(scratch, store->hash_kind)};
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag), 1;
    result = store_settle(store, write_all(scratch, &issuing, actor), diag);
    if (result) return 1;
    *ret_issue = issuing.id;
    return 0;
}
