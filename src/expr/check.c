/* expr/check.c: what every call is, of what type, and at what scale every number stands.
 *
 * Works in place, from the leaves up. Goes on behind a mistake wherever the rest can still be judged, so that an
 * author sees what is wrong all at once. What it passes is well-typed: eval.c and emit.c check nothing again. */
#include "expr/check.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "expr/function.h"
#include "expr/lex.h"

#define KNOWN_SHOWN_MAX 12u /* names listed in a message */

static bool check_node(const Check *check, Node *node);

/* --- findings --- */

bool check_fail(const Check *check, unsigned offset, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    Label say = label_vformat(check->source->ctx, english, args);
    va_end(args);
    diag_add(check->source->diag, DIAG_ERROR, lex_place(check->source, offset), code, NULL, say);
    return false;
}

bool check_fail_unknown(const Check *check, Name name, const char *home, Words known) {
    const char *nearest = text_nearest(name.text, known.list, known.n);
    if (nearest) {
        return check_fail(check, name.start, "unknown-name", "%s is not known in %s; did you mean %s?", name.text, home,
                          nearest);
    }
    Buf list = BUF_INIT(check->source->ctx);
    for (size_t i = 0; i < known.n && i < KNOWN_SHOWN_MAX; i++) buf_printf(&list, "%s%s", i ? ", " : "", known.list[i]);
    if (known.n > KNOWN_SHOWN_MAX) buf_add(&list, ", …");
    return check_fail(check, name.start, "unknown-name", "%s is not known in %s; write one of: %s", name.text, home,
                      buf_text(&list));
}

/* --- functions over names: their argument is looked up, not evaluated --- */

/* The one argument, which must be a name. NULL with a finding when it is something else. */
static Node *sole_name(const Check *check, const Node *call) {
    if (call->n_args == 1 && call->args[0]->kind == NODE_NAME) return call->args[0];
    const char *function = call->names[0].text;
    check_fail(check, call->start, "wrong-type", "%s takes one name; write %s(name)", function, function);
    return NULL;
}

/* The call becomes a node of its own that takes over what its argument means. */
static bool become(Node *call, NodeKind kind, ExprType type, const Node *name) {
    call->kind = kind;
    call->type = type;
    call->path = name->path;
    call->symbol = name->symbol;
    call->weight = 1 + name->path.n;
    call->n_args = 0;
    return true;
}

static bool check_na(const Check *check, Node *call) {
    Node *name = sole_name(check, call);
    if (!name || !name_settle(check, name)) return false;
    bool in_ledger = !check->in_rows || name->path.n > 0;
    if (name->symbol && in_ledger) return become(call, NODE_NA, TYPE_BOOL, name);
    return check_fail(check, name->start, "wrong-type", "only a field of a ledger can be not applicable; name one");
}

static bool check_entered(const Check *check, Node *call) {
    Node *name = sole_name(check, call);
    const ExprScope *scope;
    if (!name || !name_follow(check, name, &scope)) return false;
    Name word = name->names[name->n_names - 1];
    for (size_t i = 0; i < scope->n_states; i++) {
        const ExprState *state = &scope->states[i];
        if (strcmp(state->name, word.text) != 0) continue;
        name->symbol = state->entered;
        call->value = VALUE_OF_TEXT(state->name);
        return become(call, NODE_ENTERED, TYPE_DATE, name);
    }
    if (scope->n_states > 0) return check_fail_unknown(check, word, scope->name, name_states(check, scope));
    return check_fail(check, word.start, "not-a-state", "%s has no states; ask for a date field", scope->name);
}

/* The child table that count and sum work on; the condition sees the names of its rows only. */
static bool check_rows(const Check *check, Node *call, Node *rows) {
    if (!name_settle(check, rows)) return false;
    if (rows->kind != NODE_ROWS || !rows->symbol->to) {
        return check_fail(check, rows->start, "wrong-type",
                          "%s works on rows, and this is of type %s; name a child table", call->names[0].text,
                          type_name(rows->type));
    }
    become(call, NODE_ROWS, TYPE_NUMBER, rows);
    if (!call->where) return true;
    Check inner = {.source = check->source, .scope = rows->symbol->to, .in_rows = true};
    if (!check_node(&inner, call->where)) return false;
    call->weight += call->where->weight;
    if (call->where->type == TYPE_BOOL) return true;
    return check_fail(check, call->where->start, "wrong-type",
                      "a condition must stand behind where, and this is of type %s; compare it with something",
                      type_name(call->where->type));
}

static bool check_count(const Check *check, Node *call) {
    Node *rows = sole_name(check, call);
    return rows && check_rows(check, call, rows);
}

/* sum(rows.column): the last name belongs to the rows. */
static bool check_sum(const Check *check, Node *call) {
    Node *rows = sole_name(check, call);
    if (!rows) return false;
    if (rows->n_names < 2) {
        return check_fail(check, rows->start, "wrong-type",
                          "sum adds up one column of a child table; write sum(rows.column)");
    }
    Name column = rows->names[--rows->n_names];
    if (!check_rows(check, call, rows)) return false;
    call->member = name_find_symbol(rows->symbol->to, column.text);
    if (!call->member) return name_fail_unknown(check, column, rows->symbol->to, (Words){0});
    call->scale = call->member->scale;
    if (call->member->type == TYPE_NUMBER) return true;
    return check_fail(check, column.start, "wrong-type", "sum adds up numbers, and %s is of type %s; name a number",
                      column.text, type_name(call->member->type));
}

static const struct {
    const char *name;
    bool (*check)(const Check *check, Node *call);
    bool where; /* may carry a condition */
} NAME_FORMS[] = {
    {"na", check_na, false},
    {"entered", check_entered, false},
    {"count", check_count, true},
    {"sum", check_sum, true},
};
#define NAME_FORM_COUNT (sizeof NAME_FORMS / sizeof *NAME_FORMS)

/* --- functions over values --- */

/* First the arguments that stand for themselves, then those that get their meaning from them. */
static bool check_args(const Check *check, Node *call) {
    bool fine = true;
    const Node *model = NULL;
    for (size_t i = 0; i < call->n_args; i++) {
        Node *arg = call->args[i];
        if (name_is_word(check, arg)) continue;
        fine &= check_node(check, arg);
        if (!model && name_is_model(arg)) model = arg;
    }
    if (!fine && !model) return false; /* what is wrong may be what the words need */
    for (size_t i = 0; i < call->n_args; i++) {
        bool settled = name_settle_beside(check, call->args[i], model);
        fine &= settled;
        if (!settled && !model) break; /* words behind it lack the same meaning */
    }
    return fine;
}

static bool fail_function(const Check *check, const Node *call) {
    const char **known;
    size_t n = function_names(check->source->ctx, &known);
    for (size_t i = 0; i < NAME_FORM_COUNT; i++) *mem_push(check->source->ctx, known, n) = NAME_FORMS[i].name;
    return check_fail_unknown(check, call->names[0], "the language", (Words){known, n});
}

static bool fail_types(const Check *check, const Node *call) {
    const char *function = call->names[0].text;
    Buf given = BUF_INIT(check->source->ctx);
    for (size_t i = 0; i < call->n_args; i++) {
        buf_printf(&given, "%s%s", i ? ", " : "", type_name(call->args[i]->type));
    }
    return check_fail(check, call->start, "wrong-type", "%s cannot take (%s); give it %s", function, buf_text(&given),
                      function_forms(check->source->ctx, function));
}

/* Brings a number to a finer scale: a literal at once, anything else by a call around it. */
static bool refine(const Check *check, Node **number, int scale) {
    Node *node = *number;
    if (node->scale == scale) return true;
    if (node->kind == NODE_LITERAL) {
        Decimal finer;
        node->scale = scale;
        if (!decimal_rescale((Decimal){node->value.units, node->value.scale}, scale, &finer)) {
            return check_fail(check, node->start, "bad-number",
                              "the number is too large beside one with %d decimals; write a smaller one", scale);
        }
        node->value = VALUE_OF_DECIMAL(finer.units, finer.scale);
        return true;
    }
    Node *call = mem_new(check->source->ctx, Node);
    *call = (Node){.kind = NODE_CALL,
                   .function = &FUNCTION_RESCALE,
                   .type = TYPE_NUMBER,
                   .scale = scale,
                   .constant = node->constant,
                   .weight = node->weight};
    *mem_push(check->source->ctx, call->args, call->n_args) = node;
    *number = call;
    return true;
}

/* Brings all numbers among the arguments to the finest of their scales. */
static bool align(const Check *check, Node *call, int *ret_scale) {
    int scale = 0;
    for (size_t i = 0; i < call->n_args; i++) {
        const Node *arg = call->args[i];
        if (arg->type == TYPE_NUMBER && arg->scale > scale) scale = arg->scale;
    }
    for (size_t i = 0; i < call->n_args; i++) {
        if (call->args[i]->type == TYPE_NUMBER && !refine(check, &call->args[i], scale)) return false;
    }
    *ret_scale = scale;
    return true;
}

static bool settle_scale(const Check *check, Node *call) {
    ScaleRule rule = call->function->scale;
    int scale = 0;
    if ((rule == SCALE_COMMON || rule == SCALE_QUOTIENT) && !align(check, call, &scale)) return false;
    if (rule == SCALE_QUOTIENT) scale = COMPUTE_QUOTIENT_SCALE;
    if (rule == SCALE_SUM) scale = call->args[0]->scale + call->args[1]->scale;
    if (call->type == TYPE_NUMBER) call->scale = scale;
    if (scale <= DECIMAL_SCALE_MAX) return true;
    return check_fail(check, call->start, "too-fine",
                      "the product has %d decimals, and at most %d are kept; multiply numbers with fewer", scale,
                      DECIMAL_SCALE_MAX);
}

/* Type, words and weight that a call has from its function and its arguments. */
static void settle_result(Node *call) {
    const Function *function = call->function;
    const Node *same = NULL;
    unsigned repeats = function->repeats ? function->repeats : 1;
    call->constant = true;
    call->weight = 1;
    for (size_t i = 0; i < call->n_args; i++) {
        const Node *arg = call->args[i];
        if (!same && function_take(function, i) >= TAKE_SAME) same = arg;
        call->constant &= arg->constant;
        call->weight += arg->weight * repeats;
    }
    call->type = function->gives;
    if (!function->gives_same) return;
    assert(same);
    call->type = same->type;
    call->words = same->words;
    call->to = same->to;
}

static bool check_function(const Check *check, Node *call) {
    if (!check_args(check, call)) return false;
    bool named;
    call->function = function_find(call->names[0].text, call->args, call->n_args, &named);
    if (!call->function) return named ? fail_types(check, call) : fail_function(check, call);
    settle_result(call);
    if (call->weight > NODE_WEIGHT_MAX) {
        return check_fail(check, call->start, "too-deep",
                          "%s is nested so that its arguments repeat too often; split the expression",
                          call->names[0].text);
    }
    if (!call->constant && !function_has_sql(call->function)) {
        return check_fail(check, call->start, "wrong-type",
                          "days are not added to a field; compare days(a, b) with a number");
    }
    return settle_scale(check, call);
}

/* --- nodes --- */

static bool check_call(const Check *check, Node *call) {
    const char *function = call->names[0].text;
    for (size_t i = 0; i < NAME_FORM_COUNT; i++) {
        if (strcmp(NAME_FORMS[i].name, function) != 0) continue;
        if (!call->where || NAME_FORMS[i].where) return NAME_FORMS[i].check(check, call);
    }
    if (!call->where) return check_function(check, call);
    return check_fail(check, call->where->start, "syntax", "%s takes no where; only count and sum do", function);
}

static bool check_state(const Check *check, Node *node) {
    const ExprScope *scope;
    if (!name_follow(check, node, &scope) || !name_settle_state(check, node, scope)) return false;
    Node *day = node->args[0];
    if (!check_node(check, day)) return false;
    node->weight += 2 * day->weight;
    if (day->type == TYPE_DATE) return true;
    return check_fail(check, day->start, "wrong-type",
                      "a state is asked for at a date, and this is of type %s; write a date", type_name(day->type));
}

static bool check_node(const Check *check, Node *node) {
    switch (node->kind) {
    case NODE_LITERAL:
        node->constant = true;
        node->weight = 1;
        return true;
    case NODE_NAME:
        return name_settle(check, node);
    case NODE_STATE:
        return check_state(check, node);
    default:
        return check_call(check, node);
    }
}

bool check_tree(const Source *source, const ExprScope *scope, ExprType want, Node *root) {
    Check check = {.source = source, .scope = scope, .in_rows = scope->table == NULL};
    if (!check_node(&check, root)) return false;
    if (want == TYPE_ANY || root->type == want) return true;
    return check_fail(&check, root->start, "wrong-type",
                      "a value of type %s is needed, and this is of type %s; change it", type_name(want),
                      type_name(root->type));
}
