/* bench/figure-bench.c: what figures cost beside the SQL that a person would write for the same numbers.
 *
 *   figure-bench FOLDER PERIOD FILE.sql
 *
 * FILE.sql holds statements under lines "-- INDICATOR"; r is the record they count. In one process and on one
 * connection the figure is counted anew (what is kept in the folder is thrown away first), the statement is run
 * prepared beforehand and from its text, and the same for the rows; in turns, until there is enough for a median.
 * Times are the processor's for this process, so that other work on the machine does not count. A line for each
 * indicator that counts records, all times in µs:
 *
 *   indicator  value  count  figure  sql  sql-from-text  rows  sql-rows        "-" where nothing is written by hand
 *
 * Exit 1 when a figure and its statement disagree. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "figure/figure.h"

#define SQL_MAX 65536u
#define RUNS_MIN 7u
#define RUNS_MAX 101u
#define ENOUGH_SECONDS 1.0 /* of an indicator; RUNS_MIN are made in any case */
#define ENOUGH_ROWS 20000  /* the rows of a figure with more are listed once only */

static double now(void) {
    struct timespec at;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* --- times --- */

typedef struct Times {
    double list[RUNS_MAX];
    size_t count;
} Times;

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(Times *times) {
    qsort(times->list, times->count, sizeof times->list[0], by_size);
    return times->list[times->count / 2];
}

static void print_median(Times *times) {
    if (times->count)
        (void)printf("\t%.1f", median(times) * 1e6);
    else
        (void)printf("\t-");
}

/* --- the statements written by hand --- */

/* The statement under "-- NAME", without the semicolon; NULL when there is none. Owned by ctx. */
static char *hand_sql(const void *ctx, const char *file, const char *name) {
    const char *found = strstr(file, mem_printf(ctx, "\n-- %s\n", name));
    if (!found) return NULL;
    const char *start = strstr(found + 1, "\n") + 1;
    return mem_strndup(ctx, start, strcspn(start, ";"));
}

/* Its rows, found in the index before the table is touched: by their ids, or SQLite would walk the whole ledger in the
 * order of ids. */
static char *hand_rows_sql(const void *ctx, const char *sql) {
    const char *from = strstr(sql, "FROM "), *table = from + strlen("FROM ");
    return mem_printf(ctx,
                      "SELECT x.* FROM %.*s x WHERE x.org = 1 AND (x.id, x.version) IN"
                      " (SELECT r.id, r.version %s) ORDER BY x.id",
                      (int)strcspn(table, " "), table, from);
}

/* --- the work that is timed --- */

typedef struct Bench {
    Store *store;
    FigureAsk ask;
    Figure *figure; /* of the first run */
    char *sql, *rows_sql;
    Stmt *stmt;       /* of sql */
    int64_t hand;     /* what the statement answered */
    int64_t n_rows;   /* that were seen last */
    TALLOC_CTX *ctx;
} Bench;

static void must(int fault, const Bench *bench) {
    if (!fault) return;
    (void)fprintf(stderr, "figure-bench: %s: %s\n", bench->ask.indicator->name.text, db_error(bench->store->db));
    exit(2);
}

static void run_figure(Bench *bench) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Figure *figure;
    must(figure_total(scratch, bench->store, &bench->ask, &figure), bench);
    if (!bench->figure) bench->figure = talloc_steal(bench->ctx, figure);
}

static void run_sql(Bench *bench) {
    must(stmt_step(bench->stmt) != DB_ROW, bench);
    bench->hand = stmt_int(bench->stmt, 0);
    stmt_reset(bench->stmt);
}

static void run_sql_text(Bench *bench) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    must(db_prepare(scratch, bench->store->db, bench->sql, &stmt), bench);
    must(stmt_step(stmt) != DB_ROW, bench);
}

static int count_row(const FigureRow *row, void *data) {
    (void)row;
    ++*(int64_t *)data;
    return 0;
}

static void run_rows(Bench *bench) {
    bench->n_rows = 0;
    must(figure_rows(bench->store, &bench->ask, count_row, &bench->n_rows), bench);
}

static void run_sql_rows(Bench *bench) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    must(db_prepare(scratch, bench->store->db, bench->rows_sql, &stmt), bench);
    bench->n_rows = 0;
    for (int n = stmt_columns(stmt); stmt_step(stmt) == DB_ROW; bench->n_rows++)
        for (int i = 0; i < n; i++) (void)stmt_text(stmt, i);
}

typedef enum { TIME_FIGURE, TIME_SQL, TIME_SQL_TEXT, TIME_ROWS, TIME_SQL_ROWS, TIME_COUNT } Timed;

static const struct {
    void (*run)(Bench *bench);
    bool by_hand, lists;
} timed[TIME_COUNT] = {
    [TIME_FIGURE] = {run_figure, false, false},
    [TIME_SQL] = {run_sql, true, false},
    [TIME_SQL_TEXT] = {run_sql_text, true, false},
    [TIME_ROWS] = {run_rows, false, true},
    [TIME_SQL_ROWS] = {run_sql_rows, true, true},
};

static void measure(Bench *bench, Times times[TIME_COUNT]) {
    double start = now();
    for (size_t round = 0; round < RUNS_MAX && (round < RUNS_MIN || now() - start < ENOUGH_SECONDS); round++)
        for (size_t i = 0; i < TIME_COUNT; i++) {
            if (timed[i].by_hand && !bench->sql) continue;
            if (timed[i].lists && round && bench->figure->count > ENOUGH_ROWS) continue;
            double begun = now();
            timed[i].run(bench);
            times[i].list[times[i].count++] = now() - begun;
        }
}

/* 1 when the figure is not what the statement says. */
static int bench_indicator(Store *store, const Indicator *indicator, Period period, const char *file) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Bench bench = {.store = store, .ask = {indicator, period, DATE_NONE}, .ctx = scratch};
    bench.sql = hand_sql(scratch, file, indicator->name.text);
    if (bench.sql) {
        bench.rows_sql = hand_rows_sql(scratch, bench.sql);
        must(db_prepare(scratch, store->db, bench.sql, &bench.stmt), &bench);
    }
    Times times[TIME_COUNT] = {0};
    measure(&bench, times);
    int64_t units = bench.figure->value.known ? bench.figure->value.value.units : 0;
    (void)printf("%s\t%" PRId64 "\t%" PRId64, indicator->name.text, units, bench.figure->count);
    for (size_t i = 0; i < TIME_COUNT; i++) print_median(&times[i]);
    (void)putchar('\n');
    if (!bench.sql || bench.hand == units) return 0;
    (void)fprintf(stderr, "figure-bench: %s: the figure is %" PRId64 ", the statement says %" PRId64 "\n",
                  indicator->name.text, units, bench.hand);
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 4) return (void)fputs("figure-bench FOLDER PERIOD FILE.sql\n", stderr), 2;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    Store *store;
    Period period;
    char *file;
    size_t size;
    if (!period_parse(argv[2], &period) || file_read(scratch, argv[3], SQL_MAX, diag, &file, &size) ||
        store_open(scratch, argv[1], 0, diag, &store) || db_exec(store->db, "DELETE FROM kept_figure")) {
        diag_print(diag, stderr);
        return 2;
    }
    int result = 0;
    for (size_t i = 0; i < store->catalog->n_indicators; i++) {
        const Indicator *indicator = &store->catalog->indicators[i];
        if (indicator->measure != MEASURE_RATIO && indicator->measure != MEASURE_GROWTH)
            result |= bench_indicator(store, indicator, period, file);
    }
    return result;
}
