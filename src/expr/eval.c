/* expr/eval.c: the tree over one row in memory. Writes nothing; the row answers through its class.
 *
 * Blank is unknown and contagious: a function that needs its arguments is not asked when one is missing. */
#include "base/mem.h"
#include "expr/function.h"

/* The row where a path ends. False when a reference on the way is blank. */
static bool follow(const Eval *eval, const Path *path, ExprRow *ret_row) {
    ExprRow row = *eval->row;
    for (unsigned i = 0; i < path->n; i++) {
        ExprRow next;
        if (!row.class->follow(&row, path->refs[i], &next)) return false;
        row = next;
    }
    *ret_row = row;
    return true;
}

static int eval_field(const Eval *eval, const Node *node, Value *ret_value) {
    ExprRow row;
    if (!follow(eval, &node->path, &row)) return 0;
    Value value = row.class->value(&row, node->symbol);
    if (value.kind != VALUE_NA) *ret_value = value;
    return 0;
}

static int eval_na(const Eval *eval, const Node *node, Value *ret_value) {
    ExprRow row;
    *ret_value = VALUE_OF_BOOL(false);
    if (follow(eval, &node->path, &row)) ret_value->yes = row.class->value(&row, node->symbol).kind == VALUE_NA;
    return 0;
}

static int eval_state(const Eval *eval, const Node *node, Value *ret_value) {
    ExprRow row;
    Value day = VALUE_OF_DATE(DATE_NONE);
    if (node->n_args > 0 && eval_node(eval, node->args[0], &day)) return 1;
    if (day.kind == VALUE_BLANK || !follow(eval, &node->path, &row)) return 0;
    const char *state = row.class->state_at(&row, day.date);
    if (state) *ret_value = VALUE_OF_TEXT(state);
    return 0;
}

static int eval_entered(const Eval *eval, const Node *node, Value *ret_value) {
    if (node->symbol) return eval_field(eval, node, ret_value);
    ExprRow row;
    if (!follow(eval, &node->path, &row)) return 0;
    Date date = row.class->entered(&row, node->value.text);
    if (date != DATE_NONE) *ret_value = VALUE_OF_DATE(date);
    return 0;
}

/* Adds what one child row brings: one, or its member. A sum stays blank until it has something to add. */
static int add_row(const Node *node, const ExprRow *row, Value *total) {
    Value part = node->member ? row->class->value(row, node->member) : VALUE_OF_INT(1);
    if (part.kind != VALUE_NUMBER) return 0;
    if (total->kind == VALUE_BLANK) *total = VALUE_OF_DECIMAL(0, node->scale);
    return __builtin_add_overflow(total->units, part.units, &total->units);
}

static int eval_rows(const Eval *eval, const Node *node, Value *ret_value) {
    ExprRow row, item;
    Value total = node->member ? VALUE_OF_BLANK : VALUE_OF_INT(0);
    bool there = follow(eval, &node->path, &row);
    for (size_t i = 0; there && row.class->child(&row, node->symbol, i, &item); i++) {
        Eval inner = {.ctx = eval->ctx, .row = &item, .params = eval->params};
        Value holds = VALUE_OF_BOOL(true);
        if (node->where && eval_node(&inner, node->where, &holds)) return 1;
        if (holds.kind != VALUE_BOOL || !holds.yes) continue;
        if (add_row(node, &item, &total)) return 1;
    }
    *ret_value = total;
    return 0;
}

static int eval_call(const Eval *eval, const Node *node, Value *ret_value) {
    const Function *function = node->function;
    if (function->lazy) return function->lazy(eval, node, ret_value);
    Given given = {.eval = eval};
    bool known = true;
    for (size_t i = 0; i < node->n_args; i++) {
        if (eval_node(eval, node->args[i], &given.args[i])) return 1;
        known &= given.args[i].kind != VALUE_BLANK;
    }
    if (!known) return 0;
    int fault = function->known(&given, ret_value);
    if (node->type == TYPE_NUMBER) ret_value->scale = node->scale;
    return fault;
}

int eval_node(const Eval *eval, const Node *node, Value *ret_value) {
    *ret_value = VALUE_OF_BLANK;
    switch (node->kind) {
    case NODE_LITERAL:
        *ret_value = node->value;
        return 0;
    case NODE_CALL:
        return eval_call(eval, node, ret_value);
    case NODE_FIELD:
        return eval_field(eval, node, ret_value);
    case NODE_STATE:
        return eval_state(eval, node, ret_value);
    case NODE_ENTERED:
        return eval_entered(eval, node, ret_value);
    case NODE_NA:
        return eval_na(eval, node, ret_value);
    case NODE_ROWS:
        return eval_rows(eval, node, ret_value);
    case NODE_NAME:
        break;
    }
    return 0;
}

int expr_eval(const void *ctx, const Expr *expr, const ExprRow *row, const ExprParams *params, Value *ret_value) {
    Value value;
    Eval eval = {.ctx = ctx, .row = row, .params = params};
    if (eval_node(&eval, expr->root, &value)) return 1;
    *ret_value = value;
    return 0;
}

bool expr_is_true(const void *ctx, const Expr *expr, const ExprRow *row, const ExprParams *params) {
    Value value;
    return expr_eval(ctx, expr, row, params, &value) == 0 && value.kind == VALUE_BOOL && value.yes;
}
