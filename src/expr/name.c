/* expr/name.c: what the names in an expression mean: reserved words first, then fields of the scope, then words of
 * the code list or the states that stand beside them. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "expr/check.h"
#include "expr/function.h"

static Name last_name(const Node *node) { return node->names[node->n_names - 1]; }

/* --- scopes --- */

const ExprSymbol *name_find_symbol(const ExprScope *scope, const char *name) {
    for (size_t i = 0; i < scope->n_symbols; i++) {
        if (strcmp(scope->symbols[i].name, name) == 0) return &scope->symbols[i];
    }
    return NULL;
}

/* The state of a record has a name without being a field; a scope may list it among its symbols all the same. */
static bool is_state(const ExprScope *scope, const char *name) {
    const ExprSymbol *symbol = name_find_symbol(scope, name);
    return symbol ? symbol->type == TYPE_STATE : scope->n_states > 0 && strcmp(name, "state") == 0;
}

Words name_states(const Check *check, const ExprScope *scope) {
    const char **names = mem_array(check->source->ctx, const char *, scope->n_states + 1);
    for (size_t i = 0; i < scope->n_states; i++) names[i] = scope->states[i].name;
    return (Words){names, scope->n_states};
}

bool name_fail_unknown(const Check *check, Name name, const ExprScope *scope, Words more) {
    const void *ctx = check->source->ctx;
    const char **known = NULL;
    size_t n = 0;
    for (size_t i = 0; i < more.n; i++) *mem_push(ctx, known, n) = more.list[i];
    for (size_t i = 0; i < scope->n_symbols; i++) *mem_push(ctx, known, n) = scope->symbols[i].name;
    if (scope->n_states > 0) *mem_push(ctx, known, n) = "state";
    return check_fail_unknown(check, name, scope->name, (Words){known, n});
}

bool name_follow(const Check *check, Node *node, const ExprScope **ret_scope) {
    const ExprScope *scope = check->scope;
    for (size_t i = 0; i + 1 < node->n_names; i++) {
        Name name = node->names[i];
        const ExprSymbol *ref = name_find_symbol(scope, name.text);
        if (!ref) return name_fail_unknown(check, name, scope, (Words){0});
        if (ref->type != TYPE_REF || !ref->to) {
            return check_fail(check, name.start, "not-a-reference",
                              "%s is of type %s and leads nowhere; follow references only", name.text,
                              type_name(ref->type));
        }
        if (i == EXPR_FOLLOW_MAX) {
            return check_fail(check, name.start, "too-deep",
                              "more than %u references are followed in one name; follow fewer", EXPR_FOLLOW_MAX);
        }
        node->path.refs[node->path.n++] = ref;
        scope = ref->to;
    }
    *ret_scope = scope;
    return true;
}

/* --- names that stand for themselves --- */

/* today, period, period.start: functions that are called without brackets. */
static bool settle_reserved(const Check *check, Node *node) {
    Buf name = BUF_INIT(check->source->ctx);
    for (size_t i = 0; i < node->n_names; i++) buf_printf(&name, "%s%s", i ? "." : "", node->names[i].text);
    node->function = function_find_word(name.data);
    if (!node->function) {
        return check_fail(check, node->start, "unknown-name",
                          "there is no %s; write period.start, period.end or period.year", name.data);
    }
    node->kind = NODE_CALL;
    node->type = node->function->gives;
    node->constant = true;
    node->weight = 1;
    return true;
}

bool name_settle_state(const Check *check, Node *node, const ExprScope *scope) {
    Name name = last_name(node);
    if (!is_state(scope, name.text)) {
        return check_fail(check, name.start, "not-a-state",
                          "%s is not the state of %s, and only a state is asked for at a day; write state at",
                          name.text, scope->name);
    }
    node->kind = NODE_STATE;
    node->type = TYPE_STATE;
    node->words = name_states(check, scope);
    node->weight = 1 + node->path.n;
    return true;
}

static bool settle_field(const Check *check, Node *node, const ExprSymbol *symbol) {
    if (symbol->type == TYPE_ROWS && check->in_rows && node->path.n == 0) {
        return check_fail(check, last_name(node).start, "nested-rows",
                          "%s is a child table within child rows; only those of a ledger are counted", symbol->name);
    }
    node->kind = symbol->type == TYPE_ROWS ? NODE_ROWS : NODE_FIELD;
    node->symbol = symbol;
    node->type = symbol->type;
    node->scale = symbol->scale;
    node->words = (Words){symbol->codes, symbol->n_codes};
    node->to = symbol->to;
    node->weight = 1 + node->path.n;
    return true;
}

bool name_settle(const Check *check, Node *node) {
    const ExprScope *scope = check->scope;
    if (function_find_word(node->names[0].text)) return settle_reserved(check, node);
    if (!name_follow(check, node, &scope)) return false;
    Name name = last_name(node);
    if (is_state(scope, name.text)) return name_settle_state(check, node, scope);
    const ExprSymbol *symbol = name_find_symbol(scope, name.text);
    return symbol ? settle_field(check, node, symbol) : name_fail_unknown(check, name, scope, (Words){0});
}

/* --- names that get their meaning from what stands beside them --- */

bool name_is_word(const Check *check, const Node *node) {
    if (node->kind != NODE_NAME || node->n_names > 1) return false;
    const char *name = node->names[0].text;
    return !function_find_word(name) && !name_find_symbol(check->scope, name) && !is_state(check->scope, name);
}

static bool has_words(const Node *node) {
    return node->type == TYPE_CODE || node->type == TYPE_CODES || node->type == TYPE_STATE;
}

bool name_is_model(const Node *node) {
    return node->kind != NODE_NAME && (has_words(node) || node->type == TYPE_PERIOD);
}

static bool settle_word(const Check *check, Node *node, const Node *model, Name word) {
    bool known = model->words.list == NULL;
    for (size_t i = 0; !known && i < model->words.n; i++) known = strcmp(model->words.list[i], word.text) == 0;
    if (!known && node->kind == NODE_NAME) return name_fail_unknown(check, word, check->scope, model->words);
    if (!known) return check_fail_unknown(check, word, "the list", model->words);
    node->kind = NODE_LITERAL;
    node->type = model->type == TYPE_STATE ? TYPE_STATE : TYPE_CODE;
    node->words = model->words;
    node->value = VALUE_OF_TEXT(word.text);
    node->constant = true;
    node->weight = 1;
    return true;
}

/* A period is compared as its one stored form, however it was written. */
static bool settle_period(const Check *check, Node *node) {
    Period period;
    if (!period_parse(node->value.text, &period)) {
        return check_fail(check, node->start, "bad-period", "'%s' is no period; write 2020, 2020H1, 2020Q2 or 2020-06",
                          node->value.text);
    }
    char *text = mem_array(check->source->ctx, char, PERIOD_SIZE);
    period_format(period, text);
    node->value.text = text;
    node->type = TYPE_PERIOD;
    return true;
}

bool name_settle_beside(const Check *check, Node *node, const Node *model) {
    if (name_is_word(check, node)) {
        return model && has_words(model) ? settle_word(check, node, model, node->names[0])
                                         : name_fail_unknown(check, node->names[0], check->scope, (Words){0});
    }
    if (!model || node->kind != NODE_LITERAL || node->type != TYPE_TEXT) return true;
    if (model->type == TYPE_PERIOD) return settle_period(check, node);
    return settle_word(check, node, model, (Name){node->value.text, node->start});
}
