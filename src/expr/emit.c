/* expr/emit.c: the tree as SQL over an alias, its joins and parameters.
 *
 * Every node becomes one bracketed text made of the texts below it; what has no field below it is computed first
 * and bound as one parameter. Text comes from four places only: the constants here, the function table, the
 * dialect, and the identifiers of symbols. */
#include "base/mem.h"
#include "expr/function.h"

/* A reference followed: the same one from the same alias is joined once. */
typedef struct Join {
    const char *parent;
    const ExprSymbol *ref;
    const char *alias;
} Join;

/* What a FROM clause offers: a table under an alias or one item of a child table, and what is joined to it. */
struct From {
    const char *alias;
    bool is_item;
    Join *joins;
    size_t n_joins;
    Buf sql; /* " LEFT JOIN …" */
};

struct ExprSql {
    const DbDialect *dialect;
    ExprParams params;
    const char *as_at;
    const char *as_at_sql; /* its parameter, once there is one */
    From base;
    unsigned n_aliases;
    Value *values;
    size_t n_values;
};

#define ITEM "item" /* the alias that json_each gives */

/* --- parameters --- */

static const char *cast_of(const DbDialect *dialect, ExprType type) {
    switch (type) {
    case TYPE_NUMBER:
    case TYPE_REF:
    case TYPE_ROWS:
    case TYPE_BOOL:
        return dialect->cast_int;
    case TYPE_DATE:
        return dialect->cast_date;
    default:
        return dialect->cast_text;
    }
}

static char *add_value(ExprSql *sql, const char *cast, Value value) {
    if (value.kind == VALUE_BLANK || value.kind == VALUE_NA) return mem_printf(sql, cast, "NULL");
    *mem_push(sql, sql->values, sql->n_values) = value_copy(sql, value);
    return mem_printf(sql, cast, mem_printf(sql, "?%zu", sql->n_values));
}

char *emit_value(const Emit *emit, ExprType type, Value value) {
    return add_value(emit->sql, cast_of(emit->dialect, type), value);
}

/* A number in the database is a number; a condition is not: PostgreSQL tells them apart. */
static char *as_condition(const Emit *emit, ExprType type, char *number) {
    return type == TYPE_BOOL ? mem_printf(emit->sql, "(%s = 1)", number) : number;
}

static char *emit_constant(const Emit *emit, const Node *node) {
    Value value = VALUE_OF_BLANK;
    Eval eval = {.ctx = emit->sql, .params = emit->params};
    if (eval_node(&eval, node, &value)) value = VALUE_OF_BLANK;
    return as_condition(emit, node->type, emit_value(emit, node->type, value));
}

/* --- tables --- */

/* The versions of a table that are meant: the current ones, or those of a past instant. */
static char *version_of(ExprSql *sql, const char *alias) {
    if (!sql->as_at) return mem_printf(sql, "%s.recorded_to IS NULL", alias);
    if (!sql->as_at_sql) sql->as_at_sql = add_value(sql, sql->dialect->cast_text, VALUE_OF_TEXT(sql->as_at));
    return mem_printf(sql, "%s.recorded_from <= %s AND (%s.recorded_to IS NULL OR %s.recorded_to > %s)", alias,
                      sql->as_at_sql, alias, alias, sql->as_at_sql);
}

/* A field as its row stores it: a column of the table under the alias, or a member of the item. */
static char *stored(const Emit *emit, const char *alias, const ExprSymbol *symbol) {
    ExprSql *sql = emit->sql;
    const DbDialect *dialect = emit->dialect;
    bool is_member = emit->from->is_item && alias == emit->from->alias;
    if (!is_member) return mem_printf(sql, "%s.\"%s\"", alias, symbol->column);
    const char *cast = cast_of(dialect, symbol->type);
    if (cast == dialect->cast_int) return mem_printf(sql, dialect->json_int, ITEM ".value", symbol->column);
    char *text = mem_printf(sql, dialect->json_text, ITEM ".value", symbol->column);
    return symbol->type == TYPE_DATE ? mem_printf(sql, cast, text) : text;
}

/* The alias under which the record stands that a reference names. */
static const char *join(const Emit *emit, const char *parent, const ExprSymbol *ref) {
    From *from = emit->from;
    for (size_t i = 0; i < from->n_joins; i++) {
        if (from->joins[i].parent == parent && from->joins[i].ref == ref) return from->joins[i].alias;
    }
    ExprSql *sql = emit->sql;
    const char *alias = mem_printf(sql, "%s%u", sql->base.alias, ++sql->n_aliases);
    buf_printf(&from->sql, " LEFT JOIN \"%s\" AS %s ON %s.org = %s.org AND %s.id = %s AND %s", ref->to->table, alias,
               alias, sql->base.alias, alias, stored(emit, parent, ref), version_of(sql, alias));
    *mem_push(sql, from->joins, from->n_joins) = (Join){.parent = parent, .ref = ref, .alias = alias};
    return alias;
}

static const char *follow(const Emit *emit, const Path *path) {
    const char *alias = emit->from->alias;
    for (unsigned i = 0; i < path->n; i++) alias = join(emit, alias, path->refs[i]);
    return alias;
}

/* --- nodes --- */

static char *emit_field(const Emit *emit, const Node *node) {
    return as_condition(emit, node->type, stored(emit, follow(emit, &node->path), node->symbol));
}

/* Column na lists the names of the fields that are not applicable: |a|b|. */
static char *emit_na(const Emit *emit, const Node *node) {
    ExprSql *sql = emit->sql;
    const char *alias = follow(emit, &node->path);
    const char *name = emit_value(emit, TYPE_TEXT, VALUE_OF_TEXT(mem_printf(sql, "|%s|", node->symbol->name)));
    const char *names = mem_printf(sql, "coalesce(%s.na, '')", alias);
    return mem_printf(sql, "(%s > 0)", mem_printf(sql, emit->dialect->text_position, names, name));
}

/* The state now is a column; the state on a day is the last span that covers it. */
static char *emit_state(const Emit *emit, const Node *node) {
    ExprSql *sql = emit->sql;
    const char *alias = follow(emit, &node->path);
    if (node->n_args == 0) return mem_printf(sql, "%s.state", alias);
    const char *day = emit_node(emit, node->args[0]);
    return mem_printf(sql,
                      "(SELECT s.state FROM state_span AS s WHERE s.org = %s.org AND s.record = %s.id AND %s"
                      " AND s.entered_on <= %s AND (s.left_on IS NULL OR s.left_on > %s) ORDER BY s.n DESC LIMIT 1)",
                      alias, alias, version_of(sql, "s"), day, day);
}

static char *emit_entered(const Emit *emit, const Node *node) {
    ExprSql *sql = emit->sql;
    const char *alias = follow(emit, &node->path);
    if (node->symbol) return stored(emit, alias, node->symbol);
    const char *state = emit_value(emit, TYPE_STATE, node->value);
    return mem_printf(sql,
                      "(SELECT max(s.entered_on) FROM state_span AS s WHERE s.org = %s.org AND s.record = %s.id AND %s"
                      " AND s.state = %s)",
                      alias, alias, version_of(sql, "s"), state);
}

/* Names inside the condition belong to the items; what they refer to is joined inside. */
static char *emit_rows(const Emit *emit, const Node *node) {
    ExprSql *sql = emit->sql;
    From items = {.alias = ITEM, .is_item = true, .sql = BUF_INIT(sql)};
    Emit inner = {.sql = sql, .dialect = emit->dialect, .params = emit->params, .from = &items};
    const char *array = stored(emit, follow(emit, &node->path), node->symbol);
    const char *measure = "count(*)";
    if (node->member) {
        char *sum = mem_printf(sql, "sum(%s)", stored(&inner, items.alias, node->member));
        measure = mem_printf(sql, emit->dialect->cast_int, sum); /* PostgreSQL adds 64 bits up to something wider */
    }
    const char *where = node->where ? mem_printf(sql, " WHERE %s", emit_node(&inner, node->where)) : "";
    return mem_printf(sql, "(SELECT %s FROM %s%s%s)", measure, mem_printf(sql, emit->dialect->json_each, array),
                      buf_text(&items.sql), where);
}

char *emit_node(const Emit *emit, const Node *node) {
    if (node->constant) return emit_constant(emit, node);
    switch (node->kind) {
    case NODE_CALL:
        return function_emit(node->function, emit, node);
    case NODE_FIELD:
        return emit_field(emit, node);
    case NODE_STATE:
        return emit_state(emit, node);
    case NODE_ENTERED:
        return emit_entered(emit, node);
    case NODE_NA:
        return emit_na(emit, node);
    case NODE_ROWS:
        return emit_rows(emit, node);
    case NODE_LITERAL: /* constants, above */
    case NODE_NAME:
        break;
    }
    return NULL;
}

/* --- the statement in the making --- */

ExprSql *expr_sql_new(const void *ctx, const DbDialect *dialect, const char *alias, const char *as_at,
                      const ExprParams *params) {
    ExprSql *sql = mem_new(ctx, ExprSql);
    sql->dialect = dialect;
    sql->params = *params;
    sql->as_at = as_at ? mem_strdup(sql, as_at) : NULL;
    sql->base = (From){.alias = mem_strdup(sql, alias), .sql = BUF_INIT(sql)};
    return sql;
}

void expr_emit(ExprSql *sql, const Expr *expr, Buf *out) {
    Emit emit = {.sql = sql, .dialect = sql->dialect, .params = &sql->params, .from = &sql->base};
    buf_add(out, emit_node(&emit, expr->root));
}

void expr_emit_version(ExprSql *sql, const char *alias, Buf *out) { buf_add(out, version_of(sql, alias)); }

void expr_emit_value(ExprSql *sql, Value value, Buf *out) {
    static const ExprType TYPES[] = {[VALUE_BOOL] = TYPE_BOOL, [VALUE_NUMBER] = TYPE_NUMBER, [VALUE_DATE] = TYPE_DATE,
                                     [VALUE_TEXT] = TYPE_TEXT, [VALUE_BLANK] = TYPE_TEXT,    [VALUE_NA] = TYPE_TEXT};
    buf_add(out, add_value(sql, cast_of(sql->dialect, TYPES[value.kind]), value));
}

const char *expr_sql_joins(ExprSql *sql) { return buf_text(&sql->base.sql); }

size_t expr_sql_params(const ExprSql *sql, const Value **ret_values) {
    *ret_values = sql->values;
    return sql->n_values;
}
