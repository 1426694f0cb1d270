/* figure/figure.c: the total of a figure and its other faces.
 *
 * A total is counted by the database from the one body; a ratio or growth from the totals of its indicators. What
 * was counted is kept with the places of the log its ledgers had: while none has moved (and the day has not
 * changed), the kept total is the total. */
#include "figure/figure.h"

#include <string.h>

#include "base/mem.h"
#include "figure/body.h"

#define SHARE_SCALE  1
#define GROWTH_SCALE 1

static FigureNumber known(Decimal value) { return (FigureNumber){true, value}; }

/* --- counting --- */

static const char *head_of(const void *ctx, const Indicator *indicator, const char *amount) {
    switch (indicator->measure) {
    case MEASURE_DISTINCT:
        return mem_printf(ctx, "count(DISTINCT %s), count(*)", amount);
    case MEASURE_SUM:
        return mem_printf(ctx, "CAST(sum(%s) AS bigint), count(*)", amount);
    case MEASURE_AVG:
        return mem_printf(ctx, "CAST(sum(%s) AS bigint), count(*), count(%s)", amount, amount);
    case MEASURE_STATED:
        return "max(r.value), count(*)";
    default:
        return "count(*), count(*)";
    }
}

/* The value from the row of totals. Blanks are left out. The sum of no rows is 0; the sum of rows that are all blank is
 * not known, nor the mean of none, nor a fact nobody stated. */
static FigureNumber value_of(const Indicator *indicator, const Stmt *stmt) {
    int field_scale = 0;
    if (indicator->field) (void)expr_type(indicator->field, &field_scale);
    switch (indicator->measure) {
    case MEASURE_SUM:
        if (stmt_is_null(stmt, 0) && stmt_int(stmt, 1)) return (FigureNumber){0};
        return known((Decimal){stmt_int(stmt, 0), field_scale});
    case MEASURE_AVG: {
        Decimal mean;
        bool fine = decimal_divide((Decimal){stmt_int(stmt, 0), field_scale}, (Decimal){stmt_int(stmt, 2), 0},
                                   indicator->scale, &mean);
        return fine ? known(mean) : (FigureNumber){0};
    }
    case MEASURE_STATED:
        return stmt_is_null(stmt, 0) ? (FigureNumber){0} : known((Decimal){stmt_int(stmt, 0), indicator->scale});
    default:
        return known((Decimal){stmt_int(stmt, 0), 0});
    }
}

static int count_records(Store *store, Figure *figure) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body *body = body_new(scratch, store, &figure->ask, false);
    Stmt *stmt;
    int fault = body_prepare(scratch, store, body, head_of(scratch, figure->ask.indicator, body->amount), "", &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step != DB_ROW) return step < 0 ? step : DB_FAULT;
    figure->value = value_of(figure->ask.indicator, stmt);
    figure->count = stmt_int(stmt, 1);
    return 0;
}

/* (a − b) ÷ b in percent; nothing when the base is missing or not positive. */
static FigureNumber growth_between(FigureNumber now, FigureNumber base, int scale) {
    Decimal difference, percent;
    if (!now.known || !base.known || base.value.units <= 0) return (FigureNumber){0};
    if (!decimal_subtract(now.value, base.value, &difference)) return (FigureNumber){0};
    if (!decimal_multiply(difference, (Decimal){100, 0}, &difference)) return (FigureNumber){0};
    return decimal_divide(difference, base.value, scale, &percent) ? known(percent) : (FigureNumber){0};
}

static FigureNumber ratio_between(FigureNumber part, FigureNumber whole, int factor, int scale) {
    Decimal value;
    if (!part.known || !whole.known || !decimal_multiply(part.value, (Decimal){factor, 0}, &value))
        return (FigureNumber){0};
    return decimal_divide(value, whole.value, scale, &value) ? known(value) : (FigureNumber){0};
}

static int count_derived(Store *store, Figure *figure) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Indicator *indicator = figure->ask.indicator;
    bool is_ratio = indicator->measure == MEASURE_RATIO;
    FigureAsk first = body_operand(&figure->ask, indicator->a), second = first;
    if (is_ratio)
        second.indicator = indicator->b;
    else
        second.period = period_year_before(first.period);
    Figure *a, *b;
    int fault = figure_total(scratch, store, &first, &a);
    if (!fault) fault = figure_total(scratch, store, &second, &b);
    if (fault) return fault;
    int factor = figure_is_percent(indicator) ? 100 : 1;
    figure->value = is_ratio ? ratio_between(a->value, b->value, factor, indicator->scale)
                             : growth_between(a->value, b->value, indicator->scale);
    figure->count = a->count + b->count;
    return 0;
}

/* --- the places of the log --- */

typedef struct Ledgers {
    const void *ctx;
    const Ledger **list;
    size_t count;
} Ledgers;

static void add_ledger(Ledgers *ledgers, const Ledger *ledger) {
    for (size_t i = 0; i < ledgers->count; i++)
        if (ledgers->list[i] == ledger) return;
    if (ledger) *mem_push(ledgers->ctx, ledgers->list, ledgers->count) = ledger;
}

static void visit_ledger(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    (void)depth;
    const Field *field = symbol->tag;
    if (field && field->to) add_ledger(data, field->to);
}

static void read_ledgers(const Indicator *indicator, Ledgers *ledgers) {
    if (!indicator) return;
    add_ledger(ledgers, indicator->of);
    if (indicator->where) expr_visit(indicator->where, visit_ledger, ledgers);
    if (indicator->field) expr_visit(indicator->field, visit_ledger, ledgers);
    read_ledgers(indicator->a, ledgers);
    read_ledgers(indicator->b, ledgers);
}

/* "2020-07-05 achievement:170 enterprise:88": the day, for conditions that say today, and every ledger read. */
static int places_of(const void *ctx, Store *store, const Indicator *indicator, const char **ret_places) {
    Ledgers ledgers = {.ctx = ctx};
    read_ledgers(indicator, &ledgers);
    Buf out = BUF_INIT(ctx);
    buf_add(&out, date_iso(ctx, date_today()));
    for (size_t i = 0; i < ledgers.count; i++) {
        int64_t seq;
        int fault = store_ledger_seq(store, ledgers.list[i], &seq);
        if (fault) return fault;
        buf_printf(&out, " %s:%lld", ledgers.list[i]->name.text, (long long)seq);
    }
    *ret_places = buf_text(&out);
    return 0;
}

static const char *fingerprint(const void *ctx, const Store *store, const Figure *figure, const char *places) {
    char period[PERIOD_SIZE], value[DECIMAL_SIZE] = "";
    period_format(figure->ask.period, period);
    if (figure->value.known) decimal_format(figure->value.value, value);
    const char *text =
        mem_printf(ctx, "%s\n%s\n%s\n%s\n%s\n%lld\n%s", figure->ask.indicator->hash, figure->ask.indicator->name.text,
                   period, date_iso(ctx, figure->ask.as_at), value, (long long)figure->count, places);
    char *hex = mem_array(ctx, char, HASH_HEX_SIZE);
    Hash *hash = hash_new(ctx, store->hash_kind);
    hash_start(hash);
    hash_add(hash, text, strlen(text));
    hash_end_hex(hash, hex);
    return hex;
}

/* --- what is kept --- */

static int read_kept(Store *store, Figure *figure, const char *places) {
    Stmt *stmt;
    char period[PERIOD_SIZE];
    period_format(figure->ask.period, period);
    int fault = store_ask(store,
                          "SELECT value, scale, n FROM kept_figure WHERE org = ?1 AND indicator = ?2 AND period = ?3"
                          " AND definition = ?4 AND seqs = ?5",
                          DB_VALUES(VALUE_OF_TEXT(figure->ask.indicator->name.text), VALUE_OF_TEXT(period),
                                    VALUE_OF_TEXT(figure->ask.indicator->hash), VALUE_OF_TEXT(places)),
                          &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) {
        figure->kept = true;
        if (!stmt_is_null(stmt, 0)) figure->value = known((Decimal){stmt_int(stmt, 0), (int)stmt_int(stmt, 1)});
        figure->count = stmt_int(stmt, 2);
    }
    return stmt_end(stmt, step);
}

static bool is_to_be_kept(const Figure *figure) { return figure && !figure->kept && figure->ask.as_at == DATE_NONE; }

static int insert_kept(Store *store, const Figure *figure) {
    if (!is_to_be_kept(figure)) return 0;
    char period[PERIOD_SIZE];
    period_format(figure->ask.period, period);
    return store_run(store,
                     "INSERT INTO kept_figure (org, indicator, period, definition, seqs, value, scale, n)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (org, indicator, period) DO UPDATE SET"
                     " definition = excluded.definition, seqs = excluded.seqs, value = excluded.value,"
                     " scale = excluded.scale, n = excluded.n",
                     DB_VALUES(VALUE_OF_TEXT(figure->ask.indicator->name.text), VALUE_OF_TEXT(period),
                               VALUE_OF_TEXT(figure->ask.indicator->hash), VALUE_OF_TEXT(figure->places),
                               figure->value.known ? VALUE_OF_INT(figure->value.value.units) : VALUE_OF_BLANK,
                               VALUE_OF_INT(figure->value.value.scale), VALUE_OF_INT(figure->count)));
}

void figure_keep(Store *store, const Figure *const *figures, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) any |= is_to_be_kept(figures[i]) || is_to_be_kept(figures[i]->year_before);
    if (!any || db_begin(store->db, DB_WRITE_IF_FREE)) return;
    int fault = 0;
    for (size_t i = 0; i < count && !fault; i++) {
        fault = insert_kept(store, figures[i]);
        if (!fault) fault = insert_kept(store, figures[i]->year_before);
    }
    (void)db_settle(store->db, fault);
}

/* The figure with what is kept of it, if anything. */
static int begin(const void *ctx, Store *store, const FigureAsk *ask, Figure **ret_figure) {
    Figure *figure = *ret_figure = mem_new(ctx, Figure);
    figure->ask = *ask;
    int fault = places_of(figure, store, ask->indicator, &figure->places);
    return fault || ask->as_at != DATE_NONE ? fault : read_kept(store, figure, figure->places);
}

static int end(Store *store, int fault, Figure **figure) {
    if (fault)
        *figure = (talloc_free(*figure), NULL);
    else
        (*figure)->hash = fingerprint(*figure, store, *figure, (*figure)->places);
    return fault;
}

int figure_find_kept(const void *ctx, Store *store, const FigureAsk *ask, Figure **ret_figure) {
    int fault = begin(ctx, store, ask, ret_figure);
    if (fault || (*ret_figure)->kept) return end(store, fault, ret_figure);
    *ret_figure = (talloc_free(*ret_figure), NULL);
    return 0;
}

int figure_total(const void *ctx, Store *store, const FigureAsk *ask, Figure **ret_figure) {
    int fault = begin(ctx, store, ask, ret_figure);
    Figure *figure = *ret_figure;
    if (!fault && !figure->kept)
        fault = indicator_is_derived(ask->indicator) ? count_derived(store, figure) : count_records(store, figure);
    return end(store, fault, ret_figure);
}

/* --- other faces --- */

static int add_growth(Store *store, Figure *figure) {
    IndicatorKind kind = figure->ask.indicator->kind;
    if (kind == INDICATOR_GROWTH || kind == INDICATOR_STATED || kind == INDICATOR_RANK) return 0;
    FigureAsk ask = figure->ask;
    ask.period = period_year_before(ask.period);
    Figure *before;
    int fault = figure_total(figure, store, &ask, &before);
    if (fault) return fault;
    figure->year_before = before;
    figure->before = before->count ? before->value : (FigureNumber){0};
    if (kind != INDICATOR_RATIO) figure->growth = growth_between(figure->value, figure->before, GROWTH_SCALE);
    return 0;
}

static int add_operand(Store *store, const Figure *figure, const Indicator *indicator, FigureNumber *ret_number) {
    if (!indicator) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    FigureAsk ask = body_operand(&figure->ask, indicator);
    Figure *operand;
    int fault = figure_total(scratch, store, &ask, &operand);
    if (!fault) *ret_number = operand->value;
    return fault;
}

/* Rank and number ranked stand in the record that states the fact. */
static int add_rank(Store *store, Figure *figure) {
    if (figure->ask.indicator->measure != MEASURE_STATED) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body *body = body_new(scratch, store, &figure->ask, false);
    Stmt *stmt;
    int fault = body_prepare(scratch, store, body, "r.rank, r.rank_of", "ORDER BY r.id DESC LIMIT 1", &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW && !stmt_is_null(stmt, 0)) figure->rank = known((Decimal){stmt_int(stmt, 0), 0});
    if (step == DB_ROW && !stmt_is_null(stmt, 1)) figure->rank_of = known((Decimal){stmt_int(stmt, 1), 0});
    return step < 0 ? step : 0;
}

int figure_find_share(Store *store, Figure *figure) {
    int fault = figure_find_target(store, figure);
    if (!fault && figure->target.known) figure->share = ratio_between(figure->value, figure->target, 100, SHARE_SCALE);
    return fault;
}

int figure_faces(Store *store, Figure *figure) {
    int fault = figure_find_share(store, figure);
    if (!fault) fault = add_growth(store, figure);
    if (!fault) fault = add_rank(store, figure);
    if (!fault) fault = add_operand(store, figure, figure->ask.indicator->reported, &figure->reported);
    if (!fault) fault = add_operand(store, figure, figure->ask.indicator->expected, &figure->expected);
    return fault;
}
