/* figure/breakdown.c: see breakdown.h. */
#include "figure/breakdown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "figure/body.h"

/* --- groups --- */

static bool is_number(const Expr *by) {
    int scale;
    ExprType type = expr_type(by, &scale);
    return type == TYPE_NUMBER || type == TYPE_REF;
}

static Value key_from(const void *ctx, const Expr *by, const Stmt *stmt) {
    if (stmt_is_null(stmt, 0)) return VALUE_OF_BLANK;
    return is_number(by) ? VALUE_OF_INT(stmt_int(stmt, 0)) : value_copy(ctx, VALUE_OF_TEXT(stmt_text(stmt, 0)));
}

static FigureNumber value_from(const Indicator *indicator, const Stmt *stmt) {
    if (stmt_is_null(stmt, 1)) return (FigureNumber){0};
    return (FigureNumber){true, {stmt_int(stmt, 1), body_amount_scale(indicator)}};
}

/* Groups of one division have one scale: what does not fit 64 bits would not have been one sum either. */
static void add_to_rest(Breakdown *breakdown, const FigureGroup *group) {
    FigureNumber *rest = &breakdown->rest.value;
    if (group->value.known) {
        rest->value = (Decimal){rest->value.units + group->value.value.units, group->value.value.scale};
        rest->known = true;
    }
    breakdown->rest.count += group->count;
    breakdown->n_rest++;
}

static bool orders_by_key(const Expr *by) {
    int scale;
    return expr_type(by, &scale) == TYPE_NUMBER;
}

/* The rows of the figure with their group and what they count, added up by group. */
static int prepare(const void *ctx, Store *store, const FigureAsk *ask, const Expr *by, Stmt **ret_stmt) {
    Body *body = body_new(ctx, store, ask, false);
    Buf head = BUF_INIT(ctx);
    buf_add(&head, "part, CAST(sum(amount) AS bigint), count(*) FROM (SELECT ");
    expr_emit(body->sql, by, &head);
    buf_printf(&head, " AS part, %s AS amount", body_amount(ctx, body, ask->indicator));
    const char *tail = mem_printf(ctx, ") AS parts GROUP BY part ORDER BY %s",
                                  orders_by_key(by) ? "1" : "coalesce(sum(amount), 0) DESC, 3 DESC, 1");
    return body_prepare(ctx, store, body, buf_text(&head), tail, ret_stmt);
}

int figure_breakdown(const void *ctx, Store *store, const FigureAsk *ask, const Expr *by, size_t most,
                     Breakdown **ret_breakdown) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Breakdown *breakdown = mem_new(ctx, Breakdown);
    if (!most || most > BREAKDOWN_MOST) most = BREAKDOWN_MOST;
    Stmt *stmt;
    int step = prepare(scratch, store, ask, by, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        FigureGroup group = {.value = value_from(ask->indicator, stmt), .count = stmt_int(stmt, 2)};
        group.key = key_from(breakdown, by, stmt);
        if (breakdown->n_groups < most)
            *mem_push(breakdown, breakdown->groups, breakdown->n_groups) = group;
        else
            add_to_rest(breakdown, &group);
    }
    *ret_breakdown = breakdown;
    return step < 0 ? step : 0;
}

int figure_group_rows(Store *store, const FigureAsk *ask, const Expr *by, Value key, FigureTake take, void *data) {
    return body_rows(store, ask, &(BodyGroup){by, key}, 0, take, data);
}

/* --- words --- */

static const char *code_title(const CodeList *list, const char *code) {
    for (size_t i = 0; list && i < list->n_codes; i++)
        if (!strcmp(list->codes[i].name.text, code)) return label_text(list->codes[i].label);
    return code;
}

static const char *record_words(const void *ctx, Store *store, const Ledger *ledger, int64_t id) {
    Record *record;
    if (!ledger || record_load(ctx, store, ledger, id, NULL, &record)) return mem_printf(ctx, "%lld", (long long)id);
    return record_title(ctx, store, record);
}

const char *figure_group_title(const void *ctx, Store *store, const FigureAsk *ask, const Expr *by, Value key) {
    const Field *field = field_named_by(by);
    const State *state;
    int scale;
    if (key.kind == VALUE_BLANK) return label_text((Label){"未填", "not filled in"});
    switch (expr_type(by, &scale)) {
    case TYPE_CODE:
        return code_title(field ? field->list : NULL, key.text);
    case TYPE_REF:
        return record_words(ctx, store, field ? field->to : NULL, key.units);
    case TYPE_STATE:
        state = ledger_find_state(ask->indicator->of, key.text);
        return state ? label_text(state->label) : key.text;
    default:
        return figure_key_text(ctx, key);
    }
}

const char *figure_key_text(const void *ctx, Value key) {
    const char *text = value_text(ctx, key);
    return text ? text : "";
}

bool figure_key_parse(const Expr *by, const char *text, Value *ret_key) {
    char *end;
    errno = 0;
    *ret_key = !*text ? VALUE_OF_BLANK : is_number(by) ? VALUE_OF_INT(strtoll(text, &end, 10)) : VALUE_OF_TEXT(text);
    return ret_key->kind != VALUE_NUMBER || (!errno && !*end);
}
