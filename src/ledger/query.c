/* ledger/query.c: a condition, emitted once, with two heads: records and their number. */
#include "ledger/query.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/search.h"

int query_compile(const void *ctx, const Ledger *ledger, const char *text, Diag *diag, Expr **ret_expr) {
    return expr_compile(ctx, text, (Place){.file = "--where", .line = 1, .column = 1}, &ledger->scope, TYPE_BOOL, diag,
                        ret_expr);
}

/* The part behind SELECT …: tables, joins and conditions. Owned by ctx, with what is to be bound in *ret_sql. */
static const char *body_of(const void *ctx, const Store *store, const Query *query, const ExprParams *params,
                           ExprSql **ret_sql) {
    ExprSql *sql = expr_sql_new(ctx, db_dialect(store->db), "r", query->as_at, params);
    Buf where = BUF_INIT(ctx);
    buf_add(&where, "r.org = ");
    expr_emit_value(sql, VALUE_OF_INT(store->org), &where);
    buf_add(&where, " AND ");
    expr_emit_version(sql, "r", &where);
    if (query->after) {
        buf_add(&where, " AND r.id > ");
        expr_emit_value(sql, VALUE_OF_INT(query->after), &where);
    }
    if (query->where) {
        buf_add(&where, " AND ");
        expr_emit(sql, query->where, &where);
    }
    if (query->search) {
        Buf found = BUF_INIT(ctx);
        const char *value;
        const Value *all;
        const char *parameter = mem_printf(ctx, "?%zu", expr_sql_params(sql, &all) + 1);
        if (search_condition(ctx, store->db, "r", query->search, parameter, &found, &value)) {
            Buf unused = BUF_INIT(ctx); /* the condition names the parameter itself; only its value is put in line */
            expr_emit_value(sql, VALUE_OF_TEXT(value), &unused);
            buf_printf(&where, " AND %s", buf_text(&found));
        }
    }
    *ret_sql = sql;
    return mem_printf(ctx, " FROM %s r%s WHERE %s", query->ledger->table, expr_sql_joins(sql), buf_text(&where));
}

static void bind_all(Stmt *stmt, const ExprSql *sql) {
    const Value *values;
    size_t n = expr_sql_params(sql, &values);
    for (size_t i = 0; i < n; i++) stmt_bind_value(stmt, (int)i + 1, values[i]);
}

int query_each(Store *store, const Query *query, QueryTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    ExprParams params = store_params(store, query->period);
    ExprSql *sql;
    const char *body = body_of(scratch, store, query, &params, &sql);
    Buf text = BUF_INIT(scratch);
    buf_printf(&text, "SELECT %s%s ORDER BY ", record_columns(scratch, query->ledger), body);
    if (query->order) buf_printf(&text, "r.%s%s, ", query->order->column, query->descending ? " DESC" : "");
    buf_printf(&text, "r.id%s", query->descending && !query->order ? " DESC" : "");
    if (query->most) buf_printf(&text, " LIMIT %zu", query->most);
    Stmt *stmt;
    int fault = db_prepare(scratch, store->db, buf_text(&text), &stmt);
    if (fault) return fault;
    bind_all(stmt, sql);
    stmt_stream(stmt);
    int result = 0, step = 0;
    while (!result && (step = stmt_step(stmt)) == DB_ROW) {
        Record *record = record_from_row(scratch, store, query->ledger, stmt, 0);
        result = take(record, data);
        talloc_free(record);
    }
    return step < 0 ? step : result;
}

int query_count(Store *store, const Query *query, int64_t *ret_count) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    ExprParams params = store_params(store, query->period);
    ExprSql *sql;
    const char *body = body_of(scratch, store, query, &params, &sql);
    Stmt *stmt;
    int fault = db_prepare(scratch, store->db, mem_printf(scratch, "SELECT count(*)%s", body), &stmt);
    if (fault) return fault;
    bind_all(stmt, sql);
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_count = stmt_int(stmt, 0);
    return step < 0 ? step : 0;
}
