/* figure/agree.c: a test program: for every indicator and a row of periods, the total counted by the database, the sum
 * of its rows, and the conditions evaluated in memory over every record of the ledger must be the same.
 *
 *   agree DATA PERIOD…        exit 1 and one line for each indicator that disagrees */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <uthash.h>

#include "base/mem.h"
#include "figure/figure.h"

typedef struct Seen {
    char *key;
    UT_hash_handle hh;
} Seen;

/* The same measure, computed record by record in memory. */
typedef struct Fold {
    Store *store;
    const Indicator *indicator;
    ExprParams params;
    TALLOC_CTX *keep;
    Seen *seen;
    int64_t count, sum;
    Decimal rows_sum;
    int64_t rows;
} Fold;

static void note_distinct(Fold *fold, Value value) {
    const char *key = value_text(fold->keep, value);
    Seen *found = NULL;
    if (!key) return;
    HASH_FIND_STR(fold->seen, key, found);
    if (found) return;
    found = mem_new(fold->keep, Seen);
    found->key = mem_strdup(fold->keep, key);
    HASH_ADD_KEYPTR(hh, fold->seen, found->key, strlen(found->key), found);
    fold->sum++;
}

static int take_record(const Record *record, void *data) {
    Fold *fold = data;
    TALLOC_CTX *scratch = talloc_new(NULL);
    Record *whole = record_copy(scratch, record);
    (void)record_load_spans(whole, fold->store, whole);
    ExprRow row = record_row(fold->store, whole);
    const Indicator *indicator = fold->indicator;
    if (!indicator->where || expr_is_true(scratch, indicator->where, &row, &fold->params)) {
        fold->count++;
        Value value = VALUE_OF_INT(1);
        if (indicator->field && expr_eval(scratch, indicator->field, &row, &fold->params, &value)) value = VALUE_OF_BLANK;
        if (indicator->measure == MEASURE_DISTINCT)
            note_distinct(fold, value);
        else if (value.kind == VALUE_NUMBER)
            fold->sum += value.units;
    }
    talloc_free(scratch);
    return 0;
}

static int take_row(const FigureRow *row, void *data) {
    Fold *fold = data;
    fold->rows++;
    return decimal_add(fold->rows_sum, row->amount, &fold->rows_sum) ? 0 : 1;
}

static bool counts_records(const Indicator *indicator) {
    return indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT || indicator->measure == MEASURE_SUM;
}

static bool agrees(Store *store, const Indicator *indicator, Period period) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    FigureAsk ask = {indicator, period, DATE_NONE};
    Fold fold = {.store = store, .indicator = indicator, .params = store_params(store, period), .keep = scratch};
    Figure *figure;
    int fault = figure_total(scratch, store, &ask, &figure);
    if (!fault) fault = figure_rows(store, &ask, take_row, &fold);
    Query all = {.ledger = indicator->of, .period = period};
    if (!fault) fault = query_each(store, &all, take_record, &fold);
    HASH_CLEAR(hh, fold.seen);
    Decimal total = figure->value.known ? figure->value.value : (Decimal){0, 0};
    bool same_rows = !fault && fold.rows == figure->count && decimal_compare(fold.rows_sum, total) == 0;
    bool same_fold = !fault && fold.count == figure->count && fold.sum == total.units;
    if (!same_rows || !same_fold)
        (void)printf("%s %s: total %" PRId64 " of %" PRId64 " records, rows %" PRId64 " of %" PRId64 ", in memory %" PRId64 " of %" PRId64
                     "%s%s\n",
                     indicator->name.text, period_format_short(scratch, period), total.units, figure->count, fold.rows_sum.units, fold.rows,
                     fold.sum, fold.count, fault ? ": " : "", fault ? db_error(store->db) : "");
    return same_rows && same_fold;
}

int main(int argc, char **argv) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    Store *store;
    if (argc < 3 || store_open(scratch, argv[1], STORE_READ_ONLY, diag, &store)) {
        diag_print(diag, stderr);
        return 2;
    }
    int compared = 0, wrong = 0;
    for (int i = 2; i < argc; i++) {
        Period period;
        if (!period_parse(argv[i], &period)) return 2;
        for (size_t k = 0; k < store->catalog->n_indicators; k++) {
            const Indicator *indicator = &store->catalog->indicators[k];
            if (!counts_records(indicator)) continue;
            compared++;
            wrong += !agrees(store, indicator, period);
        }
    }
    (void)printf("%d figures compared, %d disagree\n", compared, wrong);
    return wrong ? 1 : 0;
}
