/* figure/rows.c: the records behind a figure, and those just outside it. */
#include <string.h>

#include "base/mem.h"
#include "figure/body.h"

#define EXCLUDED_SCAN 20000u /* records looked through for near misses when no date narrows them down */

/* --- counted rows --- */

static FigureNumber amount_from(const Indicator *indicator, const Stmt *stmt) {
    if (stmt_is_null(stmt, 0)) return (FigureNumber){0};
    return (FigureNumber){true, {stmt_int(stmt, 0), body_amount_scale(indicator)}};
}

/* The key of a division in the row a statement stands on, behind the amount. */
static bool is_in_group(const BodyGroup *group, const Stmt *stmt) {
    if (group->key.kind == VALUE_BLANK || stmt_is_null(stmt, 1))
        return group->key.kind == VALUE_BLANK && stmt_is_null(stmt, 1);
    if (group->key.kind == VALUE_NUMBER) return stmt_int(stmt, 1) == group->key.units;
    return !strcmp(stmt_text(stmt, 1), group->key.text);
}

/* Which row is the first of its thing is known from all of them: the rows of a group are picked here, not by SQL. */
int body_rows(Store *store, const FigureAsk *ask, const BodyGroup *group, int part, FigureTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Indicator *indicator = ask->indicator;
    Body *body = body_new(scratch, store, ask, false);
    Buf head = BUF_INIT(scratch);
    buf_printf(&head, "%s, ", body_amount(scratch, body, indicator));
    if (group) expr_emit(body->sql, group->by, &head);
    buf_printf(&head, "%s%s", group ? ", " : "", record_columns(scratch, body->ledger));
    Stmt *stmt;
    int fault = body_prepare(scratch, store, body, buf_text(&head), "ORDER BY r.id", &stmt);
    if (fault) return fault;
    stmt_stream(stmt);
    int step, result = 0;
    while (!result && (step = stmt_step(stmt)) == DB_ROW) {
        if (group && !is_in_group(group, stmt)) continue;
        Record *record = record_from_row(scratch, store, body->ledger, stmt, group ? 2 : 1);
        FigureRow row = {.record = record, .part = part, .amount = amount_from(indicator, stmt)};
        result = take(&row, data);
        talloc_free(record);
    }
    return result ? result : step < 0 ? step : 0;
}

static int take_parts(Store *store, const FigureAsk *ask, int part, FigureTake take, void *data) {
    const Indicator *indicator = ask->indicator;
    if (!indicator_is_derived(indicator)) return body_rows(store, ask, NULL, part, take, data);
    FigureAsk first = body_operand(ask, indicator->a), second = first;
    if (indicator->measure == MEASURE_RATIO)
        second.indicator = indicator->b;
    else
        second.period = period_year_before(first.period);
    int result = take_parts(store, &first, part, take, data);
    return result ? result : take_parts(store, &second, 1, take, data);
}

int figure_rows(Store *store, const FigureAsk *ask, FigureTake take, void *data) {
    return take_parts(store, ask, 0, take, data);
}

/* --- excluded rows --- */

/* The conditions of an indicator; one of them may ask whether a date of the record lies in the period. */
typedef struct Conditions {
    const Expr *const *parts;
    size_t count;
    size_t in_period;       /* which one; count when none does */
    const ExprSymbol *date; /* that date */
} Conditions;

typedef struct DateVisit {
    const ExprSymbol *date;
    size_t others;
} DateVisit;

static void visit_date(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    (void)scope;
    DateVisit *visit = data;
    bool other = visit->date && visit->date != symbol;
    if (depth == 0 && symbol->type == TYPE_DATE && symbol->column && !other)
        visit->date = symbol;
    else
        visit->others++;
}

static Conditions conditions_of(const Indicator *indicator) {
    Conditions conditions = {0};
    if (indicator->where) conditions.count = expr_conjuncts(indicator->where, &conditions.parts);
    conditions.in_period = conditions.count;
    for (size_t i = 0; i < conditions.count; i++) {
        DateVisit visit = {0};
        expr_visit(conditions.parts[i], visit_date, &visit);
        if (!expr_uses_period(conditions.parts[i]) || !visit.date || visit.others) continue;
        conditions.in_period = i;
        conditions.date = visit.date;
    }
    return conditions;
}

typedef struct Excluding {
    Store *store;
    const FigureAsk *ask;
    Conditions conditions;
    size_t left; /* rows still wanted */
    FigureTake take;
    void *data;
} Excluding;

static int pass_on(Excluding *excluding, const Body *body, Stmt *stmt, const void *ctx) {
    int step = 0, result = 0;
    while (!result && excluding->left && (step = stmt_step(stmt)) == DB_ROW) {
        Record *record = record_from_row(ctx, excluding->store, body->ledger, stmt, 1);
        size_t which = (size_t)stmt_int(stmt, 0);
        FigureRow row = {.record = record,
                         .because = which < excluding->conditions.count ? excluding->conditions.parts[which] : NULL};
        result = excluding->take(&row, excluding->data);
        excluding->left--;
        talloc_free(record);
    }
    return result ? result : step < 0 ? step : 0;
}

static int select_excluded(Excluding *excluding, Body *body, const char *which, const char *order, const void *ctx) {
    const char *head = mem_printf(ctx, "%s, %s", which, record_columns(ctx, body->ledger));
    const char *tail = mem_printf(ctx, "ORDER BY %s LIMIT %zu", order, excluding->left);
    Stmt *stmt;
    int fault = body_prepare(ctx, excluding->store, body, head, tail, &stmt);
    return fault ? fault : pass_on(excluding, body, stmt, ctx);
}

static void add_failed(Body *body, const Expr *part, Buf *out, const char *then) {
    buf_add(out, "(CASE WHEN ");
    expr_emit(body->sql, part, out);
    buf_printf(out, " THEN 0 ELSE %s END)", then);
}

/* Rows of the period that fail exactly one of the other conditions. */
static int take_other_misses(Excluding *excluding) {
    const Conditions *conditions = &excluding->conditions;
    if (conditions->count - (conditions->date != NULL) == 0) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body *body = body_new(scratch, excluding->store, excluding->ask, true);
    Buf failures = BUF_INIT(scratch), which = BUF_INIT(scratch);
    for (size_t i = 0; i < conditions->count; i++) {
        if (i == conditions->in_period) continue;
        if (failures.size) buf_add(&failures, " + ");
        if (which.size) buf_add(&which, " + ");
        add_failed(body, conditions->parts[i], &failures, "1");
        add_failed(body, conditions->parts[i], &which, mem_printf(scratch, "%zu", i));
    }
    if (conditions->date) {
        buf_add(&body->where, " AND ");
        expr_emit(body->sql, conditions->parts[conditions->in_period], &body->where);
    } else { /* nothing narrows them down: the latest are looked through */
        buf_printf(&body->where, " AND r.id > coalesce((SELECT max(id) FROM %s), 0) - %u", body->ledger->table,
                   EXCLUDED_SCAN);
    }
    buf_printf(&body->where, " AND %s = 1", buf_text(&failures));
    return select_excluded(excluding, body, buf_text(&which), "r.id DESC", scratch);
}

/* Rows that hold all else and lie outside the period, on one side of it, nearest day first. Most hold all else: they
 * are walked by their day, and no index serves a test for truth. */
static int take_neighbours(Excluding *excluding, bool later) {
    const Conditions *conditions = &excluding->conditions;
    if (!conditions->date || !excluding->left) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body *body = body_new(scratch, excluding->store, excluding->ask, true);
    for (size_t i = 0; i < conditions->count; i++) {
        if (i == conditions->in_period) continue;
        buf_add(&body->where, " AND (");
        expr_emit(body->sql, conditions->parts[i], &body->where);
        buf_add(&body->where, ") IS TRUE");
    }
    buf_add(&body->where, " AND "); /* valid_to >= period.end: what lies behind the period holds it */
    add_failed(body, conditions->parts[conditions->in_period], &body->where, "1");
    const Period *period = &excluding->ask->period;
    buf_printf(&body->where, " = 1 AND r.\"%s\" %s ", conditions->date->column, later ? ">" : "<");
    expr_emit_value(body->sql, VALUE_OF_DATE(later ? period->end : period->start), &body->where);
    const char *order = mem_printf(scratch, "r.\"%s\"%s, r.id", conditions->date->column, later ? "" : " DESC");
    return select_excluded(excluding, body, mem_printf(scratch, "%zu", conditions->in_period), order, scratch);
}

int figure_excluded(Store *store, const FigureAsk *ask, size_t most, FigureTake take, void *data) {
    const Indicator *indicator = ask->indicator;
    if (indicator_is_derived(indicator)) { /* what a ratio leaves out is what its parts leave out */
        FigureAsk first = body_operand(ask, indicator->a);
        return figure_excluded(store, &first, most, take, data);
    }
    /* With a date: half for rows of the period that fail another condition, a quarter for each side of the period. */
    Excluding excluding = {store, ask, conditions_of(indicator), most, take, data};
    bool has_date = excluding.conditions.date != NULL;
    if (has_date) excluding.left = most / 2;
    int result = take_other_misses(&excluding);
    for (int later = 1; has_date && !result && later >= 0; later--) {
        excluding.left = most / 4;
        result = take_neighbours(&excluding, later);
    }
    return result;
}
