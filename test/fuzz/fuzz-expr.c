/* test/fuzz/fuzz-expr.c: any bytes as an expression over the test world of expr. What compiles is evaluated over the
 * rows and emitted as SQL, and its conjuncts compile again and are true together exactly when the whole is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "expr/test-world.h"

#define ROWS 4u

/* SQL is only made here, never run: the patterns need not mean anything. */
static const DbDialect DIALECT = {.name = "none",
                                  .cast_int = "int(%s)",
                                  .cast_text = "text(%s)",
                                  .cast_date = "date(%s)",
                                  .date_diff = "(%s - %s)",
                                  .date_year = "year(%s)",
                                  .text_position = "position(%s, %s)",
                                  .json_each = "each(%s)",
                                  .json_text = "(%s ->> '%s')",
                                  .json_int = "int(%s ->> '%s')"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every parameter that is said in the text is there, and every text made is bracketed evenly. */
static void check_sql(const void *ctx, const Expr *expr, const ExprParams *params) {
    ExprSql *sql = expr_sql_new(ctx, &DIALECT, "t", NULL, params);
    Buf out = BUF_INIT(ctx);
    const Value *values;
    int open = 0;
    expr_emit(sql, expr, &out);
    size_t n = expr_sql_params(sql, &values);
    for (const char *at = buf_text(&out); *at; at++) {
        open += (*at == '(') - (*at == ')');
        if (*at == '?' && strtoul(at + 1, NULL, 10) > n) abort();
        if (open < 0) abort();
    }
    if (open != 0) abort();
}

static void check_rows(const void *ctx, const Expr *expr, const World *world, const ExprParams *params) {
    const Expr *const *parts;
    size_t n = expr_conjuncts(expr, &parts);
    for (size_t i = 0; i < ROWS; i++) {
        ExprRow row = world_row(&world->tables[WORLD_PROJECT].rows[i]);
        bool all = true;
        for (size_t p = 0; p < n; p++) all &= expr_is_true(ctx, parts[p], &row, params);
        if (all != expr_is_true(ctx, expr, &row, params)) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static World *world;
    if (!world) world = world_new(NULL, 3);
    TALLOC_CTX *ctx = talloc_new(NULL);
    ExprParams params = world_params();
    char *source = mem_strndup(ctx, (const char *)data, size);
    Diag *diag = diag_new(ctx);
    Expr *expr;
    int result = expr_compile(ctx, source, PLACE_NONE, world_scope(), TYPE_BOOL, diag, &expr);
    if ((result != 0) != (diag->errors > 0)) abort();
    if (result == 0) {
        const Expr *const *parts;
        size_t n = expr_conjuncts(expr, &parts);
        Expr *again;
        for (size_t i = 0; i < n; i++) {
            if (expr_compile(ctx, expr_text(parts[i]), PLACE_NONE, world_scope(), TYPE_BOOL, diag, &again)) abort();
        }
        check_sql(ctx, expr, &params);
        check_rows(ctx, expr, world, &params);
    }
    talloc_free(ctx);
    return 0;
}
