/* What expressions come to over one row whose values are written here, and what can be asked of a compiled one. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "expr/test-world.h"

/* --- one project: its owner is a firm in a town, it has two members --- */

static const ExprSymbol *symbol_of(const ExprScope *scope, const char *name) {
    for (size_t i = 0; i < scope->n_symbols; i++) {
        if (strcmp(scope->symbols[i].name, name) == 0) return &scope->symbols[i];
    }
    fail_msg("no field %s", name);
    return NULL;
}

static void set(WorldRow *row, const char *name, Value value) {
    row->values[symbol_of(row->scope, name) - row->scope->symbols] = value;
}

static void clear(WorldTable *table) {
    for (size_t i = 0; i < table->n; i++) {
        memset(table->rows[i].values, 0, sizeof table->rows[i].values);
        table->rows[i].n_spans = 0;
    }
}

static void fill_members(World *world, WorldRow *project) {
    const ExprScope *scope = symbol_of(project->scope, "members")->to;
    project->items = mem_array(world, WorldRow, 2);
    project->n_items = 2;
    for (size_t i = 0; i < 2; i++) project->items[i] = (WorldRow){.world = world, .scope = scope};
    set(&project->items[0], "name", VALUE_OF_TEXT("甲"));
    set(&project->items[0], "role", VALUE_OF_TEXT("leader"));
    set(&project->items[0], "share", VALUE_OF_DECIMAL(1050, 2));
    set(&project->items[1], "name", VALUE_OF_TEXT("乙"));
    set(&project->items[1], "role", VALUE_OF_TEXT("member"));
    set(&project->items[1], "share", VALUE_OF_DECIMAL(25, 2));
}

static ExprRow sample(const void *ctx) {
    World *world = world_new(ctx, 1);
    for (size_t t = 0; t < WORLD_TABLES; t++) clear(&world->tables[t]);
    WorldRow *project = &world->tables[WORLD_PROJECT].rows[0], *firm = &world->tables[WORLD_FIRM].rows[0];
    WorldRow *town = &world->tables[WORLD_TOWN].rows[0];
    set(project, "title", VALUE_OF_TEXT("青禾县机器人应用"));
    set(project, "staff", VALUE_OF_INT(7));
    set(project, "big", VALUE_OF_INT(INT64_MAX));
    set(project, "amount", VALUE_OF_DECIMAL(5000000050, 2));
    set(project, "rate", VALUE_OF_DECIMAL(12345, 4));
    set(project, "started", VALUE_OF_DATE(date_make(2020, 1, 10)));
    set(project, "registered_on", VALUE_OF_DATE(date_make(2020, 6, 30)));
    set(project, "local", VALUE_OF_BOOL(true));
    set(project, "term", VALUE_OF_TEXT("2020-01..2020-06"));
    set(project, "class", VALUE_OF_TEXT("applied"));
    set(project, "kinds", VALUE_OF_TEXT("|training|trial_run|"));
    set(project, "owner", VALUE_OF_INT(firm->id));
    set(project, "note", (Value){.kind = VALUE_NA});
    fill_members(world, project);
    project->state = "registered";
    project->n_spans = 2;
    project->spans[0] = (WorldSpan){"serving", date_make(2020, 2, 1), date_make(2020, 6, 30)};
    project->spans[1] = (WorldSpan){"registered", date_make(2020, 6, 30), DATE_NONE};
    set(firm, "town", VALUE_OF_INT(town->id));
    set(firm, "capital", VALUE_OF_DECIMAL(12500, 2));
    set(town, "name", VALUE_OF_TEXT("新河镇"));
    return world_row(project);
}

/* --- values --- */

static const struct {
    ExprType type;
    const char *source;
    const char *value; /* NULL: blank; "overflow" */
} CASES[] = {
    /* numbers keep their decimals exactly */
    {TYPE_NUMBER, "1.5万", "15000"},
    {TYPE_NUMBER, "0.5亿 + 0.01", "50000000.01"},
    {TYPE_NUMBER, "2 + 3 * 4 - 1", "13"},
    {TYPE_NUMBER, "10 - 3 - 2", "5"},
    {TYPE_NUMBER, "-(2) * 3", "-6"},
    {TYPE_NUMBER, "amount + 1", "50000001.5"},
    {TYPE_NUMBER, "rate * staff", "8.6415"},
    {TYPE_NUMBER, "2 / 3", "0.6666"},
    {TYPE_NUMBER, "-2 / 3", "-0.6666"},
    {TYPE_NUMBER, "1.5 / 0.25", "6"},
    {TYPE_NUMBER, "staff / 0", NULL},
    {TYPE_NUMBER, "abs(1 - 2.5)", "1.5"},
    {TYPE_NUMBER, "min(1.5, 2)", "1.5"},
    {TYPE_NUMBER, "max(staff, 7.25)", "7.25"},
    {TYPE_NUMBER, "big + 1", "overflow"},
    {TYPE_NUMBER, "big * 2", "overflow"},
    {TYPE_NUMBER, "-big - 2", "overflow"},
    {TYPE_NUMBER, "big / 1", "overflow"},
    {TYPE_BOOL, "big > 0.5", "overflow"},
    {TYPE_NUMBER, "if(local, 1, big + 1)", "1"},
    {TYPE_BOOL, "amount > 5000万", "1"},
    {TYPE_BOOL, "amount = 50000000.5", "1"},
    {TYPE_BOOL, "staff < 7.01 and staff > 6.99", "1"},
    {TYPE_BOOL, "staff in (6, 7.0)", "1"},
    {TYPE_BOOL, "7.5 in (staff, 7.50)", "1"},

    /* unknown is contagious, and only that */
    {TYPE_BOOL, "finished > started", NULL},
    {TYPE_BOOL, "not finished > started", NULL},
    {TYPE_BOOL, "finished > started and local", NULL},
    {TYPE_BOOL, "finished > started and not local", "0"},
    {TYPE_BOOL, "finished > started or local", "1"},
    {TYPE_BOOL, "finished > started or not local", NULL},
    {TYPE_BOOL, "staff in (1, 2, count(members) / 0)", NULL},
    {TYPE_BOOL, "staff not in (1, 2, count(members) / 0)", NULL},
    {TYPE_BOOL, "staff in (1 / 0, 7)", "1"},
    {TYPE_NUMBER, "min(1, 1 / 0)", NULL},
    {TYPE_NUMBER, "coalesce(1 / 0, staff, 3)", "7"},
    {TYPE_NUMBER, "if(finished > started, 1, 2)", "2"},
    {TYPE_BOOL, "empty(finished) and not empty(started)", "1"},
    {TYPE_BOOL, "empty('') and empty(note) and na(note) and not na(title)", "1"},
    {TYPE_BOOL, "note = 'x'", NULL},
    {TYPE_BOOL, "na(partner.name)", "0"},

    /* days */
    {TYPE_BOOL, "started in period and registered_on in period", "1"},
    {TYPE_BOOL, "2020-07-01 in period", "0"},
    {TYPE_DATE, "period.end + 90", "2020-09-28"},
    {TYPE_DATE, "today - 5", "2020-06-30"},
    {TYPE_DATE, "period.end + 1000000", "overflow"},
    {TYPE_NUMBER, "period.year", "2020"},
    {TYPE_NUMBER, "year(started) - 1", "2019"},
    {TYPE_NUMBER, "days(started, registered_on)", "172"},
    {TYPE_NUMBER, "workdays(2020-06-01, 2020-06-30)", "22"},
    {TYPE_NUMBER, "workdays(2020-06-30, 2020-06-01)", "-22"},
    {TYPE_NUMBER, "workdays(2020-06-06, 2020-06-07)", "0"},
    {TYPE_NUMBER, "workdays(1969-12-27, 1970-01-02)", "5"},
    {TYPE_BOOL, "term in period and term = period and term = '2020年上半年'", "1"},
    {TYPE_BOOL, "term = '2020'", "0"},

    /* words, references, states, child rows */
    {TYPE_BOOL, "class = applied and class in (basic, 'applied')", "1"},
    {TYPE_BOOL, "kinds contains training and not kinds contains trial", "1"},
    {TYPE_BOOL, "title contains '机器人'", "1"},
    {TYPE_BOOL, "owner.town.name = \"新河镇\"", "1"},
    {TYPE_NUMBER, "owner.capital", "125"},
    {TYPE_NUMBER, "partner.capital", NULL},
    {TYPE_BOOL, "owner = partner", NULL},
    {TYPE_BOOL, "state = registered", "1"},
    {TYPE_BOOL, "state at period.start = serving", NULL},
    {TYPE_BOOL, "state at 2020-06-29 = serving and state at period.end = registered", "1"},
    {TYPE_DATE, "entered(registered)", "2020-06-30"},
    {TYPE_DATE, "entered(serving)", "2020-02-01"},
    {TYPE_DATE, "entered(ended)", NULL},
    {TYPE_NUMBER, "count(members)", "2"},
    {TYPE_NUMBER, "count(members where role = leader and share > 10)", "1"},
    {TYPE_NUMBER, "sum(members.share)", "10.75"},
    {TYPE_NUMBER, "sum(members.share where name = '丙')", NULL},
    {TYPE_NUMBER, "sum(members.days)", NULL},
    {TYPE_BOOL, "empty(members)", "0"},
    {TYPE_TEXT, "if(count(members) > 1, 'it''s', title)", "it's"},
};

static void test_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        ExprRow row = sample(scratch);
        ExprParams params = world_params();
        Diag *diag = diag_new(scratch);
        Expr *expr;
        Value value = VALUE_OF_BLANK;
        if (expr_compile(scratch, CASES[i].source, PLACE_NONE, world_scope(), CASES[i].type, diag, &expr)) {
            fail_msg("%s: %s", CASES[i].source, diag->list[0].say.en);
        }
        int fault = expr_eval(scratch, expr, &row, &params, &value);
        const char *text = fault ? "overflow" : value_text(scratch, value);
        const char *wanted = CASES[i].value;
        if (text && wanted ? strcmp(text, wanted) != 0 : text != wanted) {
            fail_msg("%s is %s, not %s", CASES[i].source, text ? text : "blank", wanted ? wanted : "blank");
        }
        bool is_true = wanted && CASES[i].type == TYPE_BOOL && strcmp(wanted, "1") == 0;
        assert_int_equal(expr_is_true(scratch, expr, &row, &params), is_true);
    }
}

static void test_calendar(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char JSON[] = "{\"holidays\": {\"2020-06-25\": \"端午节\", \"2020-06-26\": \"端午节\"},"
                               " \"workdays\": {\"2020-06-28\": \"端午节\"}}";
    Calendar *calendar;
    assert_int_equal(calendar_read(scratch, JSON, strlen(JSON), diag_new(scratch), &calendar), 0);
    ExprParams params = world_params();
    params.calendar = calendar;
    Expr *expr;
    Value value;
    assert_int_equal(expr_compile(scratch, "workdays(2020-06-01, 2020-06-30)", PLACE_NONE, world_scope(), TYPE_NUMBER,
                                  diag_new(scratch), &expr),
                     0);
    assert_int_equal(expr_eval(scratch, expr, NULL, &params, &value), 0);
    assert_int_equal(value.units, 21);
}

/* --- what else a compiled expression tells --- */

static Expr *compile(const void *ctx, const char *source, ExprType type) {
    Diag *diag = diag_new(ctx);
    Expr *expr;
    if (expr_compile(ctx, source, PLACE_NONE, world_scope(), type, diag, &expr)) fail_msg("%s", diag->list[0].say.en);
    return expr;
}

static void test_conjuncts(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Expr *const *parts, *const *inner;
    Expr *expr =
        compile(scratch, " (local and staff > 5 ) and (local or not local) and not (local and local)", TYPE_BOOL);
    assert_int_equal(expr_conjuncts(expr, &parts), 4);
    assert_string_equal(expr_text(parts[0]), "local");
    assert_string_equal(expr_text(parts[1]), "staff > 5");
    assert_string_equal(expr_text(parts[2]), "(local or not local)");
    assert_string_equal(expr_text(parts[3]), "not (local and local)");
    assert_int_equal(expr_conjuncts(parts[2], &inner), 1);
    assert_ptr_equal(inner[0], parts[2]);

    ExprRow row = sample(scratch);
    ExprParams params = world_params();
    assert_true(expr_is_true(scratch, parts[1], &row, &params));
    assert_false(expr_is_true(scratch, parts[3], &row, &params));

    Expr *whole = compile(scratch, "staff > 5", TYPE_BOOL);
    assert_int_equal(expr_conjuncts(whole, &parts), 1);
    assert_ptr_equal(parts[0], whole);
}

static void write_visit(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    buf_printf(data, "%u %s.%s; ", depth, scope->name, symbol->name);
}

static void test_visit(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf seen = BUF_INIT(scratch);
    expr_visit(compile(scratch,
                       "owner.town.name = title and na(note) and entered(registered) in period and state = draft and "
                       "sum(members.share where home.name = '' and role = leader) > staff",
                       TYPE_BOOL),
               write_visit, &seen);
    assert_string_equal(buf_text(&seen), "0 project.owner; 1 firm.town; 2 town.name; 0 project.title; 0 project.note; "
                                         "0 project.registered_on; 0 project.members; 1 members.share; 1 members.home; "
                                         "2 town.name; 1 members.role; 0 project.staff; ");
}

static void test_uses(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const struct {
        const char *source;
        bool period;
    } USES[] = {
        {"started in period", true},
        {"count(members where joined <= period.end) > 0", true},
        {"not (today > started)", false},
        {"year(started) = period.year", true},
        {"not empty(entered(serving))", false},
    };
    for (size_t i = 0; i < sizeof USES / sizeof *USES; i++) {
        Expr *expr = compile(scratch, USES[i].source, TYPE_BOOL);
        assert_int_equal(expr_uses_period(expr), USES[i].period);
    }
    int scale;
    assert_int_equal(expr_type(compile(scratch, "amount * rate", TYPE_NUMBER), &scale), TYPE_NUMBER);
    assert_int_equal(scale, 6);
}

/* --- bounds --- */

static char *repeat(const void *ctx, const char *unit, size_t n) {
    Buf text = BUF_INIT(ctx);
    while (n-- > 0) buf_add(&text, unit);
    return mem_strdup(ctx, buf_text(&text));
}

/* Refused with this code, at once. */
static void refused(const void *ctx, const char *source, const char *code) {
    Diag *diag = diag_new(ctx);
    Expr *expr;
    assert_int_equal(expr_compile(ctx, source, PLACE_NONE, world_scope(), TYPE_BOOL, diag, &expr), 1);
    assert_true(diag->errors > 0);
    assert_string_equal(diag->list[0].code, code);
}

static void test_bounds(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    refused(ctx, repeat(ctx, "(", 4000), "too-deep");
    refused(ctx, repeat(ctx, "not ", 2000), "too-deep");
    refused(ctx, repeat(ctx, "-", 8000), "too-deep");
    refused(ctx, repeat(ctx, "abs(", 2000), "too-deep");
    refused(ctx, repeat(ctx, "state at ", 900), "too-deep");
    refused(ctx, repeat(ctx, "count(members where ", 400), "too-deep");
    refused(ctx, mem_printf(ctx, "local%s", repeat(ctx, " and local", 800)), "too-deep");
    refused(ctx, repeat(ctx, "x", EXPR_SOURCE_MAX + 1), "too-long");
    refused(ctx, repeat(ctx, "1", EXPR_SOURCE_MAX), "bad-number");
    refused(ctx, repeat(ctx, "x.", EXPR_SOURCE_MAX / 2), "syntax");
    refused(ctx, "local \xff", "bad-text");
    /* each level says its arguments three times */
    char *nested = mem_printf(ctx, "%s1%s > 0", repeat(ctx, "min(staff, ", 30), repeat(ctx, ")", 30));
    refused(ctx, nested, "too-deep");
    compile(ctx, mem_printf(ctx, "%slocal%s", repeat(ctx, "(", 60), repeat(ctx, ")", 60)), TYPE_BOOL);
    compile(ctx, mem_printf(ctx, "local%s", repeat(ctx, " and local", 150)), TYPE_BOOL);
    compile(ctx, mem_printf(ctx, "staff in (1%s)", repeat(ctx, ",1", 3000)), TYPE_BOOL);
}

/* Any order of tokens is judged, never believed. */
static void test_soup(void **state) {
    (void)state;
    static const char *const TOKENS[] = {
        "(",     ")",   ",",  ".",          "and",     "not", "in",    "period",  "state", "at",
        "count", "sum", "na", "where",      "owner",   "1",   "'x'",   "members", "=",     "-",
        "local", "min", "/",  "2020-01-01", "entered", "if",  "class", "applied", "today", "contains"};
    uint64_t random = 5;
    for (size_t i = 0; i < 20000; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Buf text = BUF_INIT(ctx);
        size_t n = 1 + world_random(&random, 12);
        while (n-- > 0) buf_printf(&text, "%s ", TOKENS[world_random(&random, sizeof TOKENS / sizeof *TOKENS)]);
        Diag *diag = diag_new(ctx);
        Expr *expr;
        int result = expr_compile(ctx, text.data, PLACE_NONE, world_scope(), TYPE_BOOL, diag, &expr);
        assert_int_equal(result, diag->errors > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_calendar), cmocka_unit_test(test_conjuncts),
        cmocka_unit_test(test_visit),  cmocka_unit_test(test_uses),     cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_soup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
