/* figure/sample.c: the first rows behind a figure, and the nearest that it leaves out. */
#include "figure/sample.h"

#include <string.h>

#include "base/mem.h"
#include "figure/condition.h"

#define ENOUGH          1  /* ends a query */
#define PARTS_MAX       4u /* a ratio of two ratios */
#define SAID_FIELDS_MAX 4u

/* What a record says in the fields a condition asks for. */
typedef struct Saying {
    const void *ctx;
    Store *store;
    const Record *record;
    const Field *seen[SAID_FIELDS_MAX];
    size_t n_seen;
    Buf out;
} Saying;

static void say_field(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    Saying *saying = data;
    const Field *field = symbol->tag;
    if (depth || scope != &saying->record->ledger->scope || !field || saying->n_seen == SAID_FIELDS_MAX) return;
    for (size_t i = 0; i < saying->n_seen; i++)
        if (saying->seen[i] == field) return;
    const char *value = record_show(saying->ctx, saying->store, saying->record, field, true);
    if (saying->n_seen) buf_add(&saying->out, label_text((Label){"，", ", "}));
    buf_printf(&saying->out, "%s %s", label_text(field->label), *value ? value : label_text((Label){"空", "blank"}));
    saying->seen[saying->n_seen++] = field;
}

static const char *said_by(const void *ctx, Store *store, const FigureRow *row) {
    Saying saying = {.ctx = ctx, .store = store, .record = row->record, .out = BUF_INIT(ctx)};
    expr_visit(row->because, say_field, &saying);
    return buf_text(&saying.out);
}

SampleRow sample_row(const void *ctx, Store *store, const FigureRow *row) {
    const Record *record = row->record;
    return (SampleRow){.ledger = record->ledger->name.text,
                       .id = record->id,
                       .version = record->version,
                       .number = mem_strdup(ctx, record->number ? record->number : ""),
                       .title = record_title(ctx, store, record),
                       .amount = row->amount,
                       .because = row->because ? condition_words(ctx, record->ledger, row->because) : "",
                       .says = row->because ? said_by(ctx, store, row) : ""};
}

typedef struct Taking {
    const void *ctx;
    Store *store;
    SampleRow *rows;
    size_t count, most;
} Taking;

static int take_row(const FigureRow *row, void *data) {
    Taking *taking = data;
    if (taking->count == taking->most) return ENOUGH;
    *mem_push(taking->ctx, taking->rows, taking->count) = sample_row(taking->ctx, taking->store, row);
    return 0;
}

static int take_counted(const void *ctx, Store *store, const FigureAsk *ask, size_t most, Sample *sample) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Taking taking = {.ctx = ctx, .store = store, .most = most};
    Figure *figure;
    int result = figure_total(scratch, store, ask, &figure);
    if (!result && most) result = figure_rows(store, ask, take_row, &taking);
    if (result < 0) return result;
    *mem_push(ctx, sample->parts, sample->n_parts) =
        (SamplePart){ask->indicator, ask->period, figure->count, taking.rows, taking.count};
    return 0;
}

/* The sides of a derived figure are derived themselves at most once: definitions are not nested deeper here. */
static int take_parts(const void *ctx, Store *store, const FigureAsk *ask, size_t most, Sample *sample) {
    const Indicator *indicator = ask->indicator;
    if (!indicator_is_derived(indicator) || sample->n_parts >= PARTS_MAX)
        return take_counted(ctx, store, ask, most, sample);
    FigureAsk first = *ask, second = *ask;
    first.indicator = second.indicator = indicator->a;
    if (indicator->measure == MEASURE_RATIO)
        second.indicator = indicator->b;
    else
        second.period = period_year_before(ask->period);
    int fault = take_parts(ctx, store, &first, most / 2, sample);
    return fault ? fault : take_parts(ctx, store, &second, most / 2, sample);
}

int sample_take(const void *ctx, Store *store, const FigureAsk *ask, Sample **ret_sample) {
    Sample *sample = mem_new(ctx, Sample);
    int fault = take_parts(sample, store, ask, SAMPLE_ROWS_MOST, sample);
    if (fault) return fault;
    Taking taking = {.ctx = sample, .store = store, .most = SAMPLE_EXCLUDED_MOST};
    fault = figure_excluded(store, ask, SAMPLE_EXCLUDED_MOST, take_row, &taking);
    if (fault < 0) return fault;
    sample->excluded = taking.rows;
    sample->n_excluded = taking.count;
    *ret_sample = sample;
    return 0;
}
