/* summary/sample.c: the first rows behind a figure, and the nearest that it leaves out. */
#include "summary/sample.h"

#include <string.h>

#include "base/mem.h"
#include "summary/words.h"

#define ENOUGH 1       /* ends a query */
#define PARTS_MAX 4u   /* a ratio of two ratios */

typedef struct Taking {
    const void *ctx;
    Store *store;
    const Indicator *indicator; /* whose unit the amounts have */
    SampleRow *rows;
    size_t count, most;
} Taking;

/* Counted things have no unit of their own: each is 1 or 0. */
static const char *amount_text(const void *ctx, const Indicator *indicator, Decimal amount) {
    bool counted = indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT;
    FigureNumber number = {true, amount};
    return counted ? figure_decimal(ctx, number) : figure_print(ctx, indicator, number);
}

static int take_row(const FigureRow *row, void *data) {
    Taking *taking = data;
    const Record *record = row->record;
    if (taking->count == taking->most) return ENOUGH;
    SampleRow *taken = mem_push(taking->ctx, taking->rows, taking->count);
    *taken = (SampleRow){.ledger = record->ledger->name.text, .id = record->id, .version = record->version};
    taken->number = mem_strdup(taking->ctx, record->number ? record->number : "");
    taken->title = record_title(taking->ctx, taking->store, record);
    taken->amount = amount_text(taking->ctx, taking->indicator, row->amount);
    taken->because = row->because ? words_of_condition(taking->ctx, record->ledger, row->because) : "";
    return 0;
}

static int take_counted(const void *ctx, Store *store, const FigureAsk *ask, size_t most, Sample *sample) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Taking taking = {.ctx = ctx, .store = store, .indicator = ask->indicator, .most = most};
    Figure *figure;
    int result = figure_total(scratch, store, ask, &figure);
    if (!result && most) result = figure_rows(store, ask, take_row, &taking);
    if (result < 0) return result;
    *mem_push(ctx, sample->parts, sample->n_parts) =
        (SamplePart){ask->indicator, ask->period, figure->count, taking.rows, taking.count};
    return 0;
}

static bool is_derived(const Indicator *indicator) {
    return indicator->measure == MEASURE_RATIO || indicator->measure == MEASURE_GROWTH;
}

/* The sides of a derived figure are derived themselves at most once: definitions are not nested deeper here. */
static int take_parts(const void *ctx, Store *store, const FigureAsk *ask, size_t most, Sample *sample) {
    const Indicator *indicator = ask->indicator;
    if (!is_derived(indicator) || sample->n_parts >= PARTS_MAX) return take_counted(ctx, store, ask, most, sample);
    FigureAsk first = *ask, second = *ask;
    first.indicator = second.indicator = indicator->a;
    if (indicator->measure == MEASURE_RATIO)
        second.indicator = indicator->b;
    else
        second.period = period_year_before(ask->period);
    int fault = take_parts(ctx, store, &first, most / 2, sample);
    return fault ? fault : take_parts(ctx, store, &second, most / 2, sample);
}

int sample_take(const void *ctx, Store *store, const Figure *figure, Sample **ret_sample) {
    Sample *sample = mem_new(ctx, Sample);
    int fault = take_parts(sample, store, &figure->ask, SUMMARY_ROWS_SHOWN, sample);
    if (fault) return fault;
    Taking taking = {.ctx = sample, .store = store, .indicator = figure->ask.indicator, .most = SUMMARY_EXCLUDED_SHOWN};
    fault = figure_excluded(store, &figure->ask, SUMMARY_EXCLUDED_SHOWN, take_row, &taking);
    if (fault < 0) return fault;
    sample->excluded = taking.rows;
    sample->n_excluded = taking.count;
    *ret_sample = sample;
    return 0;
}
