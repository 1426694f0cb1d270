/* Memory and SQL agree: random expressions over a random world give on every row the same value by eval.c as by
 * emit.c on the database; also for the versions that stood at an earlier moment. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "db/test-fixture.h"
#include "expr/test-generate.h"
#include "expr/test-world.h"

#define ORG            7
#define CALENDAR_FIRST date_make(2010, 1, 1)
#define CALENDAR_LAST  date_make(2030, 12, 31)
#define EXPRESSIONS    1500
#define EARLIER        "2020-07-01T00:00:00.000Z" /* between the two worlds */

typedef struct Stored {
    const World *world;
    const char *from, *to; /* when its versions were recorded */
    const char *as_at;     /* the moment to ask for it; NULL: now */
} Stored;

/* --- storing a world --- */

static const char *column_type(const ExprSymbol *symbol) {
    switch (symbol->type) {
    case TYPE_BOOL:
    case TYPE_NUMBER:
    case TYPE_REF:
        return "INT";
    case TYPE_DATE:
        return "DATE";
    default:
        return "TEXT";
    }
}

static void create_tables(Fixture *fixture, const World *world) {
    for (size_t t = 0; t < WORLD_TABLES; t++) {
        const ExprScope *scope = world->tables[t].scope;
        Buf columns = BUF_INIT(fixture);
        buf_add(&columns, "org INT, id INT, version INT, state TEXT, recorded_from TEXT, recorded_to TEXT, na TEXT");
        for (size_t i = 0; i < scope->n_symbols; i++) {
            buf_printf(&columns, ", \"%s\" %s", scope->symbols[i].column, column_type(&scope->symbols[i]));
        }
        buf_add(&columns, ", PRIMARY KEY (org, id, version)");
        fixture_table(fixture, scope->table, buf_text(&columns));
    }
    fixture_table(fixture, "state_span",
                  "org INT, record INT, n INT, state TEXT, entered_on DATE, left_on DATE, recorded_from TEXT, "
                  "recorded_to TEXT, PRIMARY KEY (org, record, n, recorded_from)");
    fixture_table(fixture, "workday", "day DATE, n INT, PRIMARY KEY (day)");
}

static json_t *value_json(Value value) {
    char iso[DATE_ISO_SIZE];
    switch (value.kind) {
    case VALUE_BOOL:
        return json_integer(value.yes);
    case VALUE_NUMBER:
        return json_integer(value.units);
    case VALUE_DATE:
        date_format_iso(value.date, iso);
        return json_string(iso);
    case VALUE_TEXT:
        return json_string(value.text);
    default:
        return json_null();
    }
}

static Value items_json(const void *ctx, const WorldRow *row) {
    if (row->n_items == 0 && row->id % 2) return VALUE_OF_BLANK;
    json_t *items = json_keep(ctx, json_array());
    for (size_t i = 0; i < row->n_items; i++) {
        json_t *item = json_object();
        json_array_append_new(items, item);
        for (size_t f = 0; f < row->items[i].scope->n_symbols; f++) {
            json_object_set_new(item, row->items[i].scope->symbols[f].column, value_json(row->items[i].values[f]));
        }
    }
    char *text = json_dumps(items, JSON_COMPACT);
    Value value = VALUE_OF_TEXT(mem_strdup(ctx, text));
    free(text);
    return value;
}

/* |a|b|, or blank. */
static Value na_names(const void *ctx, const WorldRow *row) {
    Buf names = BUF_INIT(ctx);
    for (size_t f = 0; f < row->scope->n_symbols; f++) {
        if (row->values[f].kind != VALUE_NA) continue;
        buf_printf(&names, "%s%s|", names.size ? "" : "|", row->scope->symbols[f].name);
    }
    return names.size ? VALUE_OF_TEXT(buf_text(&names)) : VALUE_OF_BLANK;
}

static void store_table(Fixture *fixture, const Stored *stored, const WorldTable *table, int version) {
    enum { FIXED = 7 };
    const char *columns[FIXED + WORLD_FIELDS_MAX] = {"org",           "id",          "version", "state",
                                                     "recorded_from", "recorded_to", "na"};
    const ExprScope *scope = table->scope;
    for (size_t f = 0; f < scope->n_symbols; f++) columns[FIXED + f] = scope->symbols[f].column;
    DbBulk *bulk;
    fixture_ok(fixture->db, db_bulk_open(fixture, fixture->db, scope->table, columns, FIXED + scope->n_symbols, &bulk));
    for (size_t i = 0; i < table->n; i++) {
        const WorldRow *row = &table->rows[i];
        Value fixed[FIXED] = {VALUE_OF_INT(ORG),         VALUE_OF_INT(row->id),       VALUE_OF_INT(version),
                              value_of_text(row->state), VALUE_OF_TEXT(stored->from), value_of_text(stored->to),
                              na_names(fixture, row)};
        for (size_t c = 0; c < FIXED; c++) db_bulk_value(bulk, c, fixed[c]);
        for (size_t f = 0; f < scope->n_symbols; f++) {
            bool rows = scope->symbols[f].type == TYPE_ROWS;
            db_bulk_value(bulk, FIXED + f, rows ? items_json(fixture, row) : row->values[f]);
        }
        fixture_ok(fixture->db, db_bulk_row(bulk));
    }
    fixture_ok(fixture->db, db_bulk_flush(bulk));
}

static void store_spans(Fixture *fixture, const Stored *stored, const WorldTable *table) {
    static const char *const COLUMNS[] = {"org",     "record",        "n",          "state", "entered_on",
                                          "left_on", "recorded_from", "recorded_to"};
    DbBulk *bulk;
    fixture_ok(fixture->db, db_bulk_open(fixture, fixture->db, "state_span", COLUMNS, 8, &bulk));
    for (size_t i = 0; i < table->n; i++) {
        const WorldRow *row = &table->rows[i];
        for (size_t s = 0; s < row->n_spans; s++) {
            const WorldSpan *span = &row->spans[s];
            Value left = span->left_on == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(span->left_on);
            Value values[] = {
                VALUE_OF_INT(ORG),           VALUE_OF_INT(row->id),           VALUE_OF_INT((int64_t)s + 1),
                VALUE_OF_TEXT(span->state),  VALUE_OF_DATE(span->entered_on), left,
                VALUE_OF_TEXT(stored->from), value_of_text(stored->to)};
            for (size_t c = 0; c < 8; c++) db_bulk_value(bulk, c, values[c]);
            fixture_ok(fixture->db, db_bulk_row(bulk));
        }
    }
    fixture_ok(fixture->db, db_bulk_flush(bulk));
}

static void store_world(Fixture *fixture, const Stored *stored, int version) {
    for (size_t t = 0; t < WORLD_TABLES; t++) {
        store_table(fixture, stored, &stored->world->tables[t], version);
        store_spans(fixture, stored, &stored->world->tables[t]);
    }
}

/* Mondays to Fridays. */
static void store_workdays(Fixture *fixture) {
    static const char *const COLUMNS[] = {"day", "n"};
    DbBulk *bulk;
    fixture_ok(fixture->db, db_bulk_open(fixture, fixture->db, "workday", COLUMNS, 2, &bulk));
    int64_t n = 0;
    for (Date day = CALENDAR_FIRST; day <= CALENDAR_LAST; day++) {
        n += (day + 3) % 7 < 5;
        db_bulk_value(bulk, 0, VALUE_OF_DATE(day));
        db_bulk_value(bulk, 1, VALUE_OF_INT(n));
        fixture_ok(fixture->db, db_bulk_row(bulk));
    }
    fixture_ok(fixture->db, db_bulk_flush(bulk));
}

/* --- comparing --- */

/* Both sides as one text, so that a difference can be read. */
static const char *shown(const void *ctx, Value value) {
    const char *text = value_text(ctx, value);
    return text ? mem_printf(ctx, "[%s]", text) : "blank";
}

static Value column_value(Stmt *stmt, ExprType type, int scale) {
    if (stmt_is_null(stmt, 0)) return VALUE_OF_BLANK;
    switch (type) {
    case TYPE_BOOL:
        return VALUE_OF_BOOL(stmt_int(stmt, 0) != 0);
    case TYPE_NUMBER:
        return VALUE_OF_DECIMAL(stmt_int(stmt, 0), scale);
    case TYPE_DATE:
        return VALUE_OF_DATE(stmt_date(stmt, 0));
    default:
        return VALUE_OF_TEXT(stmt_text(stmt, 0));
    }
}

static const char *statement(const void *ctx, ExprSql *sql, const Expr *expr) {
    Buf value = BUF_INIT(ctx), version = BUF_INIT(ctx);
    int scale;
    expr_emit(sql, expr, &value);
    expr_emit_version(sql, "t", &version);
    const char *pattern =
        expr_type(expr, &scale) == TYPE_BOOL
            ? "SELECT CASE WHEN %s THEN 1 WHEN NOT %s THEN 0 END FROM project AS t%s WHERE %s ORDER BY t.id"
            : "SELECT %s%.0s FROM project AS t%s WHERE %s ORDER BY t.id";
    return mem_printf(ctx, pattern, value.data, value.data, expr_sql_joins(sql), version.data);
}

typedef enum { AGREES, OVERFLOWS } Outcome;

/* A number that leaves 64 bits ends a statement on either side; nothing can be compared then. */
static bool all_fit(const void *ctx, const Expr *expr, const WorldTable *table) {
    ExprParams params = world_params();
    for (size_t i = 0; i < table->n; i++) {
        Value value;
        ExprRow row = world_row(&table->rows[i]);
        if (expr_eval(ctx, expr, &row, &params, &value)) return false;
    }
    return true;
}

static bool is_overflow(const Db *db) {
    return strstr(db_error(db), "out of range") != NULL || strstr(db_error(db), "overflow") != NULL;
}

static Outcome compare_rows(const void *ctx, Fixture *fixture, const Expr *expr, const Stored *stored) {
    const WorldTable *table = &stored->world->tables[WORLD_PROJECT];
    ExprParams params = world_params();
    if (!all_fit(ctx, expr, table)) return OVERFLOWS;
    ExprSql *sql = expr_sql_new(ctx, db_dialect(fixture->db), "t", stored->as_at, &params);
    const char *text = statement(ctx, sql, expr);
    const Value *values;
    size_t n = expr_sql_params(sql, &values);
    Stmt *stmt;
    if (db_prepare(ctx, fixture->db, text, &stmt) < 0)
        fail_msg("%s\n%s\n%s", expr_text(expr), text, db_error(fixture->db));
    for (size_t i = 0; i < n; i++) stmt_bind_value(stmt, (int)i + 1, values[i]);
    int scale, step = 0;
    ExprType type = expr_type(expr, &scale);
    for (size_t i = 0; i < table->n; i++) {
        step = stmt_step(stmt);
        if (step < 0 && is_overflow(fixture->db)) return OVERFLOWS;
        if (step != DB_ROW) fail_msg("%s\n%s\n%s", expr_text(expr), text, db_error(fixture->db));
        Value there = column_value(stmt, type, scale), here;
        ExprRow row = world_row(&table->rows[i]);
        assert_int_equal(expr_eval(ctx, expr, &row, &params, &here), 0);
        if (value_equal(here, there)) continue;
        fail_msg("row %zu: memory %s, database %s\n%s\n%s", i, shown(ctx, here), shown(ctx, there), expr_text(expr),
                 text);
    }
    assert_int_equal(stmt_step(stmt), 0);
    return AGREES;
}

/* Random numbers may come out too fine or too large; nothing else may be wrong with what is generated. */
static bool compile(const void *ctx, const char *source, ExprType type, Expr **ret_expr) {
    Diag *diag = diag_new(ctx);
    if (expr_compile(ctx, source, PLACE_NONE, world_scope(), type, diag, ret_expr) == 0) return true;
    const char *code = diag->list[0].code;
    if (strcmp(code, "too-fine") != 0 && strcmp(code, "bad-number") != 0 && strcmp(code, "too-deep") != 0) {
        fail_msg("%s\n%s", source, diag_line(ctx, &diag->list[0]));
    }
    return false;
}

static void test_random(void **state) {
    static const ExprType TYPES[] = {TYPE_BOOL, TYPE_BOOL, TYPE_NUMBER, TYPE_DATE, TYPE_TEXT, TYPE_PERIOD};
    Fixture *fixture = *state;
    Stored earlier = {world_new(fixture, 11), "2020-01-01T00:00:00.000Z", EARLIER, "2020-06-30T23:59:59.999Z"};
    Stored now = {world_new(fixture, 12), EARLIER, NULL, NULL};
    Stored at_once = {now.world, EARLIER, NULL, EARLIER}; /* the very moment belongs to the later versions */
    create_tables(fixture, now.world);
    store_world(fixture, &earlier, 1);
    store_world(fixture, &now, 2);
    store_workdays(fixture);
    uint64_t random = 2020;
    unsigned agreed = 0;
    for (unsigned i = 0; i < EXPRESSIONS; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        ExprType type = TYPES[i % (sizeof TYPES / sizeof *TYPES)];
        Expr *expr;
        if (!compile(scratch, generate_expression(scratch, &random, type, 1 + i % 4), type, &expr)) continue;
        agreed += compare_rows(scratch, fixture, expr, &now) == AGREES;
        agreed += compare_rows(scratch, fixture, expr, i % 2 ? &earlier : &at_once) == AGREES;
    }
    print_message("%u of %u comparisons\n", agreed, 2 * EXPRESSIONS);
    assert_true(agreed > 2 * EXPRESSIONS * 8 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {FIXTURE_TEST(test_random)};
    return FIXTURE_RUN("expr/agree", tests);
}
