/* figure/test-agree.c: a program for the end-to-end tests: for every indicator and a row of periods, the total counted
 * by the database, what its rows make, and what the conditions make in memory over every record of the ledger must be
 * the same.
 *
 *   agree DATA PERIOD…        exit 1 and one line for each indicator that disagrees */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <uthash.h>

#include "base/mem.h"
#include "figure/breakdown.h"

#define EXCLUDED_MOST 40

/* Rows of one side of a figure: how many, how many of them are measured, and the sum of those. */
typedef struct Tally {
    int64_t rows, known;
    Decimal sum;
} Tally;

/* Both sides: one alone unless the figure is a ratio or a growth. */
typedef struct Tallies {
    Tally sides[2];
} Tallies;

static int add_amount(Tally *tally, FigureNumber amount) {
    tally->rows++;
    tally->known += amount.known;
    return !amount.known || decimal_add(tally->sum, amount.value, &tally->sum) ? 0 : 1;
}

/* --- what tallies make --- */

static FigureNumber number_when(bool known, Decimal value) {
    return known ? (FigureNumber){true, value} : (FigureNumber){0};
}

static FigureNumber divided(Decimal part, Decimal whole, int factor, int scale) {
    Decimal value;
    bool fine = decimal_multiply(part, (Decimal){factor, 0}, &value) && decimal_divide(value, whole, scale, &value);
    return number_when(fine, value);
}

/* The meaning of each measure, written a second time. */
static FigureNumber made_of(const Indicator *indicator, const Tallies *tallies);

static FigureNumber derived_of(const Indicator *indicator, const Tallies *tallies) {
    const bool is_ratio = indicator->measure == MEASURE_RATIO;
    FigureNumber a = made_of(indicator->a, &(Tallies){{tallies->sides[0]}});
    FigureNumber b = made_of(is_ratio ? indicator->b : indicator->a, &(Tallies){{tallies->sides[1]}});
    if (!a.known || !b.known) return (FigureNumber){0};
    if (is_ratio) return divided(a.value, b.value, strcmp(indicator->unit, "%") ? 1 : 100, indicator->scale);
    Decimal more;
    if (b.value.units <= 0 || !decimal_subtract(a.value, b.value, &more)) return (FigureNumber){0};
    return divided(more, b.value, 100, indicator->scale);
}

static FigureNumber made_of(const Indicator *indicator, const Tallies *tallies) {
    const Tally *all = &tallies->sides[0];
    switch (indicator->measure) {
    case MEASURE_COUNT:
    case MEASURE_DISTINCT:
        return (FigureNumber){true, all->sum};
    case MEASURE_SUM:
        return number_when(all->known || !all->rows, all->sum);
    case MEASURE_AVG:
        return divided(all->sum, (Decimal){all->known, 0}, 1, indicator->scale);
    case MEASURE_STATED:
        return number_when(all->known, all->sum);
    case MEASURE_RATIO:
    case MEASURE_GROWTH:
        break;
    }
    return derived_of(indicator, tallies);
}

/* --- from the rows --- */

static int take_row(const FigureRow *row, void *data) {
    Tallies *tallies = data;
    return add_amount(&tallies->sides[row->part], row->amount);
}

/* --- in memory --- */

typedef struct Seen {
    char *key;
    UT_hash_handle hh;
} Seen;

typedef struct Walk {
    Store *store;
    const Indicator *indicator;
    ExprParams params;
    TALLOC_CTX *keep;
    Seen *seen;
    Tally *tally;
} Walk;

/* One for the first of each, 0 for what was seen before and for blanks. */
static FigureNumber first_of(Walk *walk, Value value) {
    const char *key = value_text(walk->keep, value);
    Seen *found = NULL;
    if (key) HASH_FIND_STR(walk->seen, key, found);
    if (!key || found) return (FigureNumber){true, {0, 0}};
    found = mem_new(walk->keep, Seen);
    found->key = mem_strdup(walk->keep, key);
    HASH_ADD_KEYPTR(hh, walk->seen, found->key, strlen(found->key), found);
    return (FigureNumber){true, {1, 0}};
}

static FigureNumber measured(Walk *walk, const void *ctx, const ExprRow *row) {
    const Indicator *indicator = walk->indicator;
    if (!indicator->field) return (FigureNumber){true, {1, 0}};
    Value value = VALUE_OF_BLANK;
    int scale = 0;
    if (expr_eval(ctx, indicator->field, row, &walk->params, &value)) value = VALUE_OF_BLANK;
    if (indicator->measure == MEASURE_DISTINCT) return first_of(walk, value);
    (void)expr_type(indicator->field, &scale);
    return number_when(value.kind == VALUE_NUMBER, (Decimal){value.units, scale});
}

static int take_record(const Record *record, void *data) {
    Walk *walk = data;
    TALLOC_CTX *scratch = talloc_new(NULL);
    Record *whole = record_copy(scratch, record);
    (void)record_load_spans(whole, walk->store, whole);
    ExprRow row = record_row(walk->store, whole);
    const Expr *where = walk->indicator->where;
    int fault = 0;
    if (!where || expr_is_true(scratch, where, &row, &walk->params))
        fault = add_amount(walk->tally, measured(walk, scratch, &row));
    talloc_free(scratch);
    return fault;
}

static int walk_records(Store *store, const Indicator *indicator, Period period, Tally *ret_tally) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Walk walk = {.store = store,
                 .indicator = indicator,
                 .params = store_params(store, period),
                 .keep = scratch,
                 .tally = ret_tally};
    Query all = {.ledger = indicator->of, .period = period};
    int fault = query_each(store, &all, take_record, &walk);
    HASH_CLEAR(hh, walk.seen);
    return fault;
}

/* A side that is itself computed from others has no records of its own. */
static bool has_records(const Indicator *indicator) { return indicator->of && indicator->measure != MEASURE_STATED; }

static int walk_sides(Store *store, const Indicator *indicator, Period period, bool *ret_walked, Tallies *ret_tallies) {
    const Indicator *first = indicator->a ? indicator->a : indicator,
                    *second = indicator->b ? indicator->b : indicator->a;
    *ret_walked = has_records(first) && (!second || has_records(second));
    if (!*ret_walked) return 0;
    int fault = walk_records(store, first, period, &ret_tallies->sides[0]);
    if (fault || !second) return fault;
    Period other = indicator->measure == MEASURE_GROWTH ? period_year_before(period) : period;
    return walk_records(store, second, other, &ret_tallies->sides[1]);
}

/* --- rows just outside --- */

/* Stops at a row that holds the condition which it is said to fail. */
static int take_excluded(const FigureRow *row, void *data) {
    Walk *walk = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Record *whole = record_copy(scratch, row->record);
    (void)record_load_spans(whole, walk->store, whole);
    ExprRow values = record_row(walk->store, whole);
    return row->because && expr_is_true(scratch, row->because, &values, &walk->params);
}

static bool excludes_rightly(Store *store, const FigureAsk *ask) {
    Walk walk = {.store = store, .params = store_params(store, ask->period)};
    return !figure_excluded(store, ask, EXCLUDED_MOST, take_excluded, &walk);
}

/* --- all together --- */

static bool same(const Figure *figure, FigureNumber made, const Tallies *tallies) {
    const FigureNumber total = figure->value;
    if (tallies->sides[0].rows + tallies->sides[1].rows != figure->count || total.known != made.known) return false;
    return !total.known || decimal_compare(total.value, made.value) == 0;
}

static const char *say(const void *ctx, FigureNumber number) {
    const char *text = figure_decimal(ctx, number);
    return text ? text : "unknown";
}

static bool agrees(Store *store, const Indicator *indicator, Period period, int *ret_walked) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const FigureAsk ask = {indicator, period, DATE_NONE};
    Tallies rows = {0}, memory = {0};
    bool walked = false;
    Figure *figure = NULL;
    int fault = figure_total(scratch, store, &ask, &figure);
    if (!fault) fault = figure_rows(store, &ask, take_row, &rows);
    if (!fault) fault = walk_sides(store, indicator, period, &walked, &memory);
    *ret_walked += walked;
    FigureNumber of_rows = made_of(indicator, &rows), of_memory = made_of(indicator, &memory);
    bool outside = fault || excludes_rightly(store, &ask);
    if (!fault && outside && same(figure, of_rows, &rows) && (!walked || same(figure, of_memory, &memory))) return true;
    (void)printf("%s %s: ", indicator->name.text, period_format_short(scratch, period));
    if (fault)
        (void)printf("%s\n", db_error(store->db));
    else if (!outside)
        (void)printf("a row is said to fail a condition that it holds\n");
    else
        (void)printf("total %s of %" PRId64 " records, rows %s of %" PRId64 ", in memory %s of %" PRId64 "\n",
                     say(scratch, figure->value), figure->count, say(scratch, of_rows),
                     rows.sides[0].rows + rows.sides[1].rows, say(scratch, of_memory),
                     memory.sides[0].rows + memory.sides[1].rows);
    return false;
}

/* --- divided --- */

typedef struct Sum {
    Decimal value;
    bool known;
    int64_t rows;
} Sum;

static int add_to_sum(Sum *sum, FigureNumber number, int64_t rows) {
    sum->rows += rows;
    if (!number.known) return 0;
    if (!sum->known) sum->value = (Decimal){0, number.value.scale};
    sum->known = true;
    return decimal_add(sum->value, number.value, &sum->value) ? 0 : -1;
}

static int take_group_row(const FigureRow *row, void *data) { return add_to_sum(data, row->amount, 1); }

static bool is_sum(const Sum *sum, FigureNumber value, int64_t rows) {
    if (sum->rows != rows) return false;
    return sum->known ? value.known && !decimal_compare(sum->value, value.value) : !value.known || !value.value.units;
}

/* Groups add up to the total, and the rows of each to the group. */
static bool divides(Store *store, const FigureAsk *ask, const Expr *by) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Figure *figure;
    Breakdown *breakdown;
    Sum whole = {0};
    if (figure_total(scratch, store, ask, &figure) || figure_breakdown(scratch, store, ask, by, 0, &breakdown))
        return false;
    bool fine = true;
    for (size_t i = 0; i < breakdown->n_groups; i++) {
        const FigureGroup *group = &breakdown->groups[i];
        Sum rows = {0};
        fine &= !add_to_sum(&whole, group->value, group->count);
        fine &= !figure_group_rows(store, ask, by, group->key, take_group_row, &rows);
        fine &= is_sum(&rows, group->value, group->count);
    }
    fine &= is_sum(&whole, figure->value, figure->count);
    if (!fine)
        (void)printf("%s by %s: groups %s of %" PRId64 " records, total %s of %" PRId64 "\n", ask->indicator->name.text,
                     expr_text(by), say(scratch, (FigureNumber){whole.known, whole.value}), whole.rows,
                     say(scratch, figure->value), figure->count);
    return fine;
}

/* Every indicator that has parts, by the states of its records, and as the boards divide it. */
static void divide_all(Store *store, Period period, int *divided, int *wrong) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = store->catalog;
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        Expr *by;
        if (!indicator_is_divisible(indicator)) continue;
        if (expr_compile(scratch, "state", PLACE_NONE, &indicator->of->scope, TYPE_ANY, diag_new(scratch), &by))
            continue;
        ++*divided;
        *wrong += !divides(store, &(FigureAsk){.indicator = indicator, .period = period, .as_at = DATE_NONE}, by);
    }
    for (size_t i = 0; i < catalog->n_boards; i++)
        for (size_t k = 0; k < catalog->boards[i].n_pictures; k++) {
            const Picture *picture = &catalog->boards[i].pictures[k];
            if (!picture->by) continue;
            ++*divided;
            *wrong += !divides(store, &(FigureAsk){.indicator = picture->of[0], .period = period, .as_at = DATE_NONE},
                               picture->by);
        }
}

int main(int argc, char **argv) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    Store *store;
    if (argc < 3 || store_open(scratch, argv[1], STORE_READ_ONLY, diag, &store)) {
        diag_print(diag, stderr);
        return 2;
    }
    int compared = 0, walked = 0, divided = 0, wrong = 0;
    for (int i = 2; i < argc; i++) {
        Period period;
        if (!period_parse(argv[i], &period)) return 2;
        for (size_t k = 0; k < store->catalog->n_indicators; k++, compared++)
            wrong += !agrees(store, &store->catalog->indicators[k], period, &walked);
        divide_all(store, period, &divided, &wrong);
    }
    (void)printf("%d figures compared, %d of them in memory too, %d divided, %d disagree\n", compared, walked, divided,
                 wrong);
    return wrong ? 1 : 0;
}
