/* expr/expr.c: an expression as its users hold it: compiled, taken apart into conjuncts, walked by field. */
#include "expr/expr.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "expr/function.h"

static bool is_and(const Node *node) {
    return node->kind == NODE_CALL && node->n_names > 0 && strcmp(node->names[0].text, "and") == 0;
}

static Expr *new_expr(const void *ctx, const ExprScope *scope, const Node *root, const char *text) {
    Expr *expr = mem_new(ctx, Expr);
    expr->text = text;
    expr->scope = scope;
    expr->root = root;
    return expr;
}

static void add_parts(Expr *whole, const Node *node, const char *source) {
    if (is_and(node)) {
        for (size_t i = 0; i < node->n_args; i++) add_parts(whole, node->args[i], source);
        return;
    }
    Expr *part = whole;
    if (node != whole->root) {
        const char *text = mem_strndup(whole, source + node->start, node->end - node->start);
        part = new_expr(whole, whole->scope, node, text);
        add_parts(part, node, source);
    }
    *mem_push(whole, whole->parts, whole->n_parts) = part;
}

/* The whole text must be sound before anything looks into it. */
static bool check_text(const Source *source) {
    if (source->size > EXPR_SOURCE_MAX) {
        diag_error(source->diag, source->at, "too-long", "the expression is longer than %u bytes; split it",
                   EXPR_SOURCE_MAX);
        return false;
    }
    if (text_is_valid(source->text, source->size)) return true;
    diag_error(source->diag, source->at, "bad-text", "the expression is not UTF-8; save the file as UTF-8");
    return false;
}

int expr_compile(const void *ctx, const char *source, Place at, const ExprScope *scope, ExprType want, Diag *diag,
                 Expr **ret_expr) {
    Expr *expr = new_expr(ctx, scope, NULL, NULL);
    expr->text = mem_strdup(expr, source);
    Source text = {.ctx = expr, .text = expr->text, .size = strlen(source), .at = at, .diag = diag};
    Node *root = check_text(&text) ? parse_source(&text) : NULL;
    if (!root || !check_tree(&text, scope, want, root)) {
        talloc_free(expr);
        return 1;
    }
    expr->root = root;
    add_parts(expr, root, expr->text);
    *ret_expr = expr;
    return 0;
}

ExprType expr_type(const Expr *expr, int *ret_scale) {
    *ret_scale = expr->root->scale;
    return expr->root->type;
}

const char *expr_text(const Expr *expr) { return expr->text; }

size_t expr_conjuncts(const Expr *expr, const Expr *const **ret_parts) {
    *ret_parts = expr->parts;
    return expr->n_parts;
}

static void visit(const Node *node, const ExprScope *scope, unsigned depth, ExprVisit see, void *data) {
    const ExprScope *home = scope;
    unsigned followed = 0;
    for (; followed < node->path.n; followed++) {
        see(home, node->path.refs[followed], depth + followed, data);
        home = node->path.refs[followed]->to;
    }
    if (node->symbol) {
        see(home, node->symbol, depth + followed, data);
        if (node->member) see(node->symbol->to, node->member, depth + followed + 1, data);
        if (node->where) visit(node->where, node->symbol->to, depth + followed + 1, see, data);
    }
    for (size_t i = 0; i < node->n_args; i++) visit(node->args[i], scope, depth, see, data);
}

void expr_visit(const Expr *expr, ExprVisit see, void *data) { visit(expr->root, expr->scope, 0, see, data); }

static bool reads_period(const Node *node) {
    if (node->function && node->function->reads_period) return true;
    if (node->where && reads_period(node->where)) return true;
    for (size_t i = 0; i < node->n_args; i++)
        if (reads_period(node->args[i])) return true;
    return false;
}

bool expr_uses_period(const Expr *expr) { return reads_period(expr->root); }
