/* The files in test/expr: expressions with the SQL they become, and wrong ones with what is said about them.
 *
 * A case is `type: expression`, the type being the one asked for, and what must come of it in indented lines; lines
 * with # in front are remarks. The postgresql lines are compared when KEZHANG_TEST_PG names a server.
 * GOLDEN=write (with a server) writes what comes out into the files, to be read before it is kept. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/test-fixture.h"
#include "expr/test-world.h"

#define FILE_MAX (1u << 20)
#define INDENT   "    "

typedef struct Golden {
    TALLOC_CTX *ctx;
    const DbDialect *dialects[2];
    size_t n_dialects;
    bool write;
} Golden;

static const struct {
    const char *name;
    ExprType type;
} WANTED[] = {
    {"bool", TYPE_BOOL}, {"number", TYPE_NUMBER}, {"date", TYPE_DATE}, {"text", TYPE_TEXT}, {"code", TYPE_CODE}};

static void say_sql(const Golden *golden, const Expr *expr, Buf *out) {
    ExprParams params = world_params();
    const Value *values = NULL;
    size_t n = 0;
    int scale;
    expr_type(expr, &scale);
    if (scale > 0) buf_printf(out, INDENT "scale %d\n", scale);
    for (size_t i = 0; i < golden->n_dialects; i++) {
        ExprSql *sql = expr_sql_new(golden->ctx, golden->dialects[i], "t", NULL, &params);
        Buf text = BUF_INIT(golden->ctx);
        expr_emit(sql, expr, &text);
        buf_printf(out, INDENT "%s: %s\n", golden->dialects[i]->name, buf_text(&text));
        if (*expr_sql_joins(sql) && i == 0) buf_printf(out, INDENT "joins:%s\n", expr_sql_joins(sql));
        n = expr_sql_params(sql, &values);
    }
    for (size_t i = 0; i < n; i++) buf_printf(out, INDENT "?%zu: %s\n", i + 1, value_text(golden->ctx, values[i]));
}

static void say_case(const Golden *golden, const char *line, Buf *out) {
    const char *colon = strstr(line, ": ");
    ExprType type = TYPE_BOOL;
    assert_non_null(colon);
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        if (strncmp(line, WANTED[i].name, strlen(WANTED[i].name)) == 0) type = WANTED[i].type;
    }
    Diag *diag = diag_new(golden->ctx);
    Expr *expr;
    Place at = {.file = "x", .line = 1, .column = 1};
    if (expr_compile(golden->ctx, colon + 2, at, world_scope(), type, diag, &expr) == 0) say_sql(golden, expr, out);
    for (size_t i = 0; i < diag->count; i++) {
        const Finding *finding = &diag->list[i];
        buf_printf(out, INDENT "column %u, %s: %s\n", finding->at.column, finding->code, finding->say.en);
    }
}

/* The file as it should be: remarks and cases kept, what comes of each case made anew. *ret_old is the file as it
 * is, without what cannot be made here. */
static void say_file(const Golden *golden, char *text, Buf *new, Buf *old) {
    for (char *save = NULL, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        bool result = strncmp(line, INDENT, strlen(INDENT)) == 0;
        bool skipped = golden->n_dialects == 1 && strncmp(line, INDENT "postgresql: ", 16) == 0;
        if (!skipped) buf_printf(old, "%s\n", line);
        if (result) continue;
        buf_printf(new, "%s\n", line);
        if (*line != '#') say_case(golden, line, new);
    }
}

static void check_file(const Golden *golden, const char *path) {
    Diag *diag = diag_new(golden->ctx);
    char *text;
    size_t size;
    assert_int_equal(file_read(golden->ctx, path, FILE_MAX, diag, &text, &size), 0);
    Buf new = BUF_INIT(golden->ctx), old = BUF_INIT(golden->ctx);
    say_file(golden, text, &new, &old);
    if (golden->write)
        assert_int_equal(file_write(path, new.data, new.size, diag), 0);
    else
        assert_string_equal(buf_text(&new), buf_text(&old));
}

static void test_golden(void **state) {
    (void)state;
    Golden golden = {.ctx = talloc_new(NULL), .write = getenv("GOLDEN") != NULL};
    const char *urls[] = {"sqlite::memory:", getenv("KEZHANG_TEST_PG")};
    Db *db;
    for (size_t i = 0; i < 2 && urls[i]; i++) {
        assert_int_equal(db_open(golden.ctx, urls[i], DB_CREATE, diag_new(golden.ctx), &db), 0);
        golden.dialects[golden.n_dialects++] = db_dialect(db);
    }
    assert_true(!golden.write || golden.n_dialects == 2);
    glob_t files;
    assert_int_equal(glob(mem_printf(golden.ctx, "%s/test/expr/*.txt", getenv("SOURCE_ROOT")), 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) check_file(&golden, files.gl_pathv[i]);
    globfree(&files);
    talloc_free(golden.ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
