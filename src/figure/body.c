/* figure/body.c: from an indicator to SQL, once. */
#include "figure/body.h"

#include "base/mem.h"

FigureAsk body_operand(const FigureAsk *ask, const Indicator *indicator) {
    FigureAsk operand = *ask;
    operand.indicator = indicator;
    return operand;
}

/* A stated fact is the record for this indicator and exactly this period. */
static void add_stated(Body *body, const FigureAsk *ask) {
    char *period = mem_array(body, char, PERIOD_SIZE);
    period_format(ask->period, period);
    buf_add(&body->where, " AND r.indicator = ");
    expr_emit_value(body->sql, VALUE_OF_TEXT(ask->indicator->name.text), &body->where);
    buf_add(&body->where, " AND r.for_period = ");
    expr_emit_value(body->sql, VALUE_OF_TEXT(period), &body->where);
}

static const char *amount_of(Body *body, const Indicator *indicator) {
    if (indicator->measure == MEASURE_STATED) return "r.value";
    if (!indicator->field) return "1";
    Buf amount = BUF_INIT(body);
    expr_emit(body->sql, indicator->field, &amount);
    return buf_text(&amount);
}

Body *body_new(const void *ctx, const Store *store, const FigureAsk *ask, bool bare) {
    Body *body = mem_new(ctx, Body);
    body->ledger = ask->indicator->of;
    char *instant = NULL;
    if (ask->as_at != DATE_NONE) {
        instant = mem_array(body, char, INSTANT_SIZE);
        instant_end_of(ask->as_at, instant);
    }
    ExprParams *params = mem_new(body, ExprParams);
    *params = store_params(store, ask->period);
    body->sql = expr_sql_new(body, db_dialect(store->db), "r", instant, params);
    body->where = BUF_INIT(body);
    buf_add(&body->where, "r.org = ");
    expr_emit_value(body->sql, VALUE_OF_INT(store->org), &body->where);
    buf_add(&body->where, " AND ");
    expr_emit_version(body->sql, "r", &body->where);
    if (ask->indicator->measure == MEASURE_STATED) add_stated(body, ask);
    if (ask->indicator->where && !bare) {
        buf_add(&body->where, " AND ");
        expr_emit(body->sql, ask->indicator->where, &body->where);
    }
    body->amount = amount_of(body, ask->indicator);
    return body;
}

const char *body_amount(const void *ctx, const Body *body, const Indicator *indicator) {
    if (indicator->measure != MEASURE_DISTINCT) return body->amount;
    return mem_printf(
        ctx, "CASE WHEN %s IS NOT NULL AND row_number() OVER (PARTITION BY %s ORDER BY r.id) = 1 THEN 1 ELSE 0 END",
        body->amount, body->amount);
}

int body_amount_scale(const Indicator *indicator) {
    int scale = 0;
    if (indicator->measure == MEASURE_STATED) return indicator->scale;
    if (indicator->field && indicator->measure != MEASURE_DISTINCT) (void)expr_type(indicator->field, &scale);
    return scale;
}

const char *body_text(const void *ctx, Body *body) {
    return mem_printf(ctx, "FROM %s r%s WHERE %s", body->ledger->table, expr_sql_joins(body->sql),
                      buf_text(&body->where));
}

int body_prepare(const void *ctx, Store *store, Body *body, const char *head, const char *tail, Stmt **ret_stmt) {
    const char *text = mem_printf(ctx, "SELECT %s %s %s", head, body_text(ctx, body), tail);
    return query_prepare(ctx, store, body->sql, text, ret_stmt);
}
