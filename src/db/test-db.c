/* Tests of statements, values, dialects and the names of what is there. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "db/db-backend.h"
#include "db/test-fixture.h"

#define HAN    "青禾县科学技术局"
#define ASTRAL "𠮷😀"

static const char ZEROS[] = {'\0', 'a', '\0', '\xff', '\0'};

/* ---- values ---- */

static void values_come_back_as_they_went(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "id INT PRIMARY KEY, number INT, word TEXT, day DATE, bytes BLOB");
    Stmt *in = fixture_prepare(f, f->db, "INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5)");
    const struct {
        int64_t number;
        const char *word;
        Date day;
        const void *bytes;
        size_t size;
    } rows[] = {
        {INT64_MAX, HAN, date_make(2020, 6, 30), ZEROS, sizeof ZEROS},
        {INT64_MIN, ASTRAL, date_make(1900, 1, 1), "", 0},
        {0, "", date_make(2199, 12, 31), NULL, 0},
        {-1, NULL, DATE_NONE, "\\x41", 4},
        {42, "tab\tline\nreturn\rback\\N 'quote' \"double\" ?1 $1 %s", date_make(1970, 1, 1), "x", 1},
    };
    const int n = sizeof rows / sizeof *rows;
    for (int i = 0; i < n; i++) {
        stmt_bind_int(in, 1, i);
        stmt_bind_int(in, 2, rows[i].number);
        stmt_bind_text(in, 3, rows[i].word);
        stmt_bind_date(in, 4, rows[i].day);
        stmt_bind_blob(in, 5, rows[i].bytes, rows[i].size);
        fixture_ok(f->db, stmt_run(in));
        assert_int_equal(stmt_changes(in), 1);
    }
    Stmt *out = fixture_prepare(f, f->db, "SELECT id, number, word, day, bytes FROM t ORDER BY id");
    for (int i = 0; i < n; i++) {
        size_t size = 99;
        assert_int_equal(stmt_step(out), DB_ROW);
        assert_int_equal(stmt_int(out, 0), i);
        assert_true(stmt_int(out, 1) == rows[i].number);
        assert_int_equal(stmt_is_null(out, 2), rows[i].word == NULL);
        if (rows[i].word)
            assert_string_equal(stmt_text(out, 2), rows[i].word);
        else
            assert_null(stmt_text(out, 2));
        assert_int_equal(stmt_date(out, 3), rows[i].day);
        const void *bytes = stmt_blob(out, 4, &size);
        assert_int_equal(bytes == NULL, rows[i].bytes == NULL);
        assert_int_equal(size, rows[i].size);
        if (size) assert_memory_equal(bytes, rows[i].bytes, size);
    }
    assert_int_equal(stmt_step(out), 0);
    assert_string_equal(fixture_text(f, f->db, "SELECT day FROM t WHERE id = 0"), "2020-06-30");
}

static void every_kind_of_value_binds(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "id INT PRIMARY KEY, number INT, word TEXT, day DATE");
    Stmt *in = fixture_prepare(f, f->db, "INSERT INTO t VALUES (?1, ?2, ?3, ?4)");
    stmt_bind_value(in, 1, VALUE_OF_INT(1));
    stmt_bind_value(in, 2, VALUE_OF_DECIMAL(362, 2));
    stmt_bind_value(in, 3, VALUE_OF_TEXT(HAN));
    stmt_bind_value(in, 4, VALUE_OF_DATE(date_make(2020, 2, 29)));
    fixture_ok(f->db, stmt_run(in));
    stmt_bind_value(in, 1, VALUE_OF_BOOL(false));
    stmt_bind_value(in, 2, VALUE_OF_BOOL(true));
    stmt_bind_value(in, 3, VALUE_OF_BLANK);
    stmt_bind_value(in, 4, (Value){.kind = VALUE_NA});
    fixture_ok(f->db, stmt_run(in));
    stmt_bind_int(in, 1, 2);
    stmt_bind_text(in, 3, "to be made null");
    stmt_bind_text(in, 3, NULL);
    fixture_ok(f->db, stmt_run(in));
    assert_int_equal(fixture_int(f->db, "SELECT number FROM t WHERE id = 1"), 362);
    assert_int_equal(fixture_int(f->db, "SELECT number FROM t WHERE id = 0"), 1);
    assert_string_equal(fixture_text(f, f->db, "SELECT day FROM t WHERE word = '" HAN "'"), "2020-02-29");
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t WHERE word IS NULL AND day IS NULL"), 2);
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t WHERE number IS NULL"), 1);
}

/* ---- statements ---- */

static void a_run_ends_with_all_parameters_null(void **state) {
    Fixture *f = *state;
    const char *cast = db_dialect(f->db)->cast_text;
    Stmt *stmt = fixture_prepare(f, f->db, mem_printf(f, mem_printf(f, "SELECT %s", cast), "?1"));
    stmt_bind_text(stmt, 1, HAN);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    assert_string_equal(stmt_text(stmt, 0), HAN);
    assert_int_equal(stmt_step(stmt), 0);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    assert_true(stmt_is_null(stmt, 0));
    stmt_reset(stmt);
    stmt_bind_text(stmt, 1, "again");
    stmt_reset(stmt);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    assert_true(stmt_is_null(stmt, 0));
}

static void question_marks_in_literals_stay(void **state) {
    Fixture *f = *state;
    char *cast = mem_printf(f, db_dialect(f->db)->cast_int, "?1");
    Stmt *stmt = fixture_prepare(f, f->db, mem_printf(f, "SELECT '?1 it''s ?2' AS \"a?1\", %s, '?', %s", cast, cast));
    stmt_bind_int(stmt, 1, 7);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    assert_string_equal(stmt_text(stmt, 0), "?1 it's ?2");
    assert_int_equal(stmt_int(stmt, 1), 7);
    assert_string_equal(stmt_text(stmt, 2), "?");
    assert_int_equal(stmt_int(stmt, 3), 7);
}

static void columns_are_known_before_and_without_rows(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "id INT PRIMARY KEY, word TEXT");
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT id, word AS name FROM t");
    assert_int_equal(stmt_columns(stmt), 2);
    assert_int_equal(stmt_step(stmt), 0);
    assert_int_equal(stmt_columns(stmt), 2);
}

static void truths_read_as_numbers(void **state) {
    Fixture *f = *state;
    assert_int_equal(fixture_int(f->db, "SELECT 2 > 1"), 1);
    assert_int_equal(fixture_int(f->db, "SELECT EXISTS (SELECT 1 WHERE 1 = 0)"), 0);
}

static void changes_count_touched_rows(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "id INT PRIMARY KEY, word TEXT");
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'a'); INSERT INTO t VALUES (2, 'b'); INSERT INTO t VALUES (3, 'c')");
    Stmt *update = fixture_prepare(f, f->db, "UPDATE t SET word = 'x' WHERE id >= ?1");
    stmt_bind_int(update, 1, 2);
    fixture_ok(f->db, stmt_run(update));
    assert_int_equal(stmt_changes(update), 2);
    stmt_bind_int(update, 1, 9);
    fixture_ok(f->db, stmt_run(update));
    assert_int_equal(stmt_changes(update), 0);
    Stmt *query = fixture_prepare(f, f->db, "SELECT * FROM t");
    fixture_ok(f->db, stmt_run(query));
    assert_int_equal(stmt_changes(query), 0);
    Stmt *returning = fixture_prepare(f, f->db, "DELETE FROM t WHERE word = 'x' RETURNING id");
    fixture_ok(f->db, stmt_run(returning));
    assert_int_equal(stmt_changes(returning), 2);
}

static void cached_statements_are_the_same_one(void **state) {
    Fixture *f = *state;
    char *text = mem_printf(f, mem_printf(f, "SELECT %s", db_dialect(f->db)->cast_int), "?1");
    Stmt *first, *second, *other;
    fixture_ok(f->db, db_cached(f->db, text, &first));
    stmt_bind_int(first, 1, 5);
    assert_int_equal(stmt_step(first), DB_ROW);
    fixture_ok(f->db, db_cached(f->db, mem_strdup(f, text), &second));
    assert_ptr_equal(first, second);
    assert_int_equal(stmt_step(second), DB_ROW);
    assert_true(stmt_is_null(second, 0));
    fixture_ok(f->db, db_cached(f->db, "SELECT 2", &other));
    assert_ptr_not_equal(first, other);
}

static void a_wrong_text_is_a_fault_with_words(void **state) {
    Fixture *f = *state;
    Stmt *stmt = NULL;
    assert_int_equal(db_prepare(f, f->db, "SELECT word FROM nowhere", &stmt), DB_FAULT);
    assert_non_null(strstr(db_error(f->db), "nowhere"));
    assert_int_equal(db_cached(f->db, "SELEKT 1", &stmt), DB_FAULT);
    assert_int_equal(db_exec(f->db, "SELEKT 1"), DB_FAULT);
    assert_int_equal(db_prepare(f, f->db, "SELECT 1; SELECT 2", &stmt), DB_FAULT);
    assert_null(stmt);
    assert_int_equal(fixture_int(f->db, "SELECT 1"), 1);
}

static void double_quotes_are_never_literals(void **state) {
    Fixture *f = *state;
    assert_int_equal(db_exec(f->db, "SELECT \"no such column\""), DB_FAULT);
}

static void statements_may_outlive_the_connection(void **state) {
    Fixture *f = *state;
    TALLOC_CTX *ctx = talloc_new(f);
    Db *db = fixture_connect(f, 0);
    Stmt *stmt;
    assert_int_equal(db_prepare(ctx, db, "SELECT 1", &stmt), 0);
    assert_int_equal(stmt_step(stmt), DB_ROW);
    talloc_free(db);
    talloc_free(ctx);
}

/* One text in two hands is two statements; what was given back comes again, without its values and rows. */
static void statements_come_back(void **state) {
    Fixture *f = *state;
    static const char sql[] = "SELECT CAST(?1 AS TEXT)";
    TALLOC_CTX *first = talloc_new(f), *second = talloc_new(f);
    Stmt *one, *other, *again;
    assert_int_equal(db_prepare(first, f->db, sql, &one), 0);
    assert_int_equal(db_prepare(second, f->db, sql, &other), 0);
    assert_ptr_not_equal(one, other);
    stmt_bind_text(one, 1, "left behind");
    assert_int_equal(stmt_step(one), DB_ROW);
    talloc_free(first);
    assert_int_equal(db_prepare(second, f->db, sql, &again), 0);
    assert_ptr_equal(again, one);
    assert_int_equal(stmt_step(again), DB_ROW);
    assert_true(stmt_is_null(again, 0));
    talloc_free(second);
}

/* However many texts there are, few statements stay open. */
static void the_shelf_is_bounded(void **state) {
    Fixture *f = *state;
    size_t open = 0;
    for (int i = 0; i < 1000; i++) {
        MEM_SCRATCH scratch = talloc_new(f);
        Stmt *stmt;
        assert_int_equal(db_prepare(scratch, f->db, mem_printf(scratch, "SELECT %d", i), &stmt), 0);
        assert_int_equal(stmt_step(stmt), DB_ROW);
    }
    for (const Stmt *stmt = f->db->open; stmt; stmt = stmt->next) open++;
    assert_in_range(open, 1, 100);
}

static void closed_statements_do_not_pile_up(void **state) {
    Fixture *f = *state;
    if (!fixture_is_server(f)) skip();
    for (int i = 0; i < 1000; i++) talloc_free(fixture_prepare(f, f->db, "SELECT 1"));
    assert_in_range(fixture_int(f->db, "SELECT count(*) FROM pg_prepared_statements"), 1, 100);
}

/* ---- many rows out ---- */

#define MANY 50000

static void fill(Fixture *f, int rows) {
    fixture_table(f, "t", "id INT PRIMARY KEY, word TEXT");
    Stmt *stmt = fixture_prepare(
        f, f->db,
        mem_printf(f,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO t SELECT "
                   "i, 'a word long enough to be noticed when all of them are kept in memory at once ' || i FROM n",
                   rows));
    fixture_ok(f->db, stmt_run(stmt));
    assert_int_equal(stmt_changes(stmt), rows);
}

static void a_stream_gives_every_row_in_little_memory(void **state) {
    Fixture *f = *state;
    fill(f, MANY);
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT id, word FROM t WHERE id > ?1 ORDER BY id");
    stmt_stream(stmt);
    stmt_bind_int(stmt, 1, 0);
    size_t before = mallinfo2().uordblks, most = before;
    int64_t rows = 0;
    while (stmt_step(stmt) == DB_ROW) {
        assert_int_equal(stmt_int(stmt, 0), ++rows);
        size_t used = mallinfo2().uordblks;
        if (used > most) most = used;
    }
    assert_int_equal(rows, MANY);
    assert_true(most - before < 2 * 1024 * 1024);
    fixture_ok(f->db, db_commit(f->db));
}

static void streams_of_whole_batches_end(void **state) {
    Fixture *f = *state;
    fill(f, 2000);
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT id FROM t");
    stmt_stream(stmt);
    for (int run = 0; run < 2; run++) {
        int rows = 0;
        while (stmt_step(stmt) == DB_ROW) rows++;
        assert_int_equal(rows, 2000);
    }
    fixture_ok(f->db, db_commit(f->db));
}

static void streams_mix_with_other_statements_and_savepoints(void **state) {
    Fixture *f = *state;
    fill(f, 3000);
    fixture_table(f, "u", "id INT PRIMARY KEY");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    Stmt *outer = fixture_prepare(f, f->db, "SELECT id FROM t ORDER BY id");
    Stmt *insert = fixture_prepare(f, f->db, "INSERT INTO u VALUES (?1)");
    stmt_stream(outer);
    int rows = 0;
    while (stmt_step(outer) == DB_ROW) {
        rows++;
        if (rows % 100) continue;
        fixture_ok(f->db, db_begin(f->db, DB_WRITE));
        stmt_bind_int(insert, 1, stmt_int(outer, 0));
        fixture_ok(f->db, stmt_run(insert));
        if (rows % 200)
            db_rollback(f->db);
        else
            fixture_ok(f->db, db_commit(f->db));
    }
    assert_int_equal(rows, 3000);
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM u"), 15);
}

static void a_stream_left_early_harms_nothing(void **state) {
    Fixture *f = *state;
    fill(f, 3000);
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT id FROM t ORDER BY id");
    stmt_stream(stmt);
    for (int run = 0; run < 3; run++) {
        fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
        assert_int_equal(stmt_step(stmt), DB_ROW);
        assert_int_equal(stmt_int(stmt, 0), 1);
        if (run == 0) stmt_reset(stmt);
        if (run == 1)
            db_rollback(f->db);
        else
            fixture_ok(f->db, db_commit(f->db));
        fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
        stmt_reset(stmt);
        fixture_ok(f->db, db_commit(f->db));
    }
}

/* ---- dialects ---- */

static void dialect_patterns_agree(void **state) {
    Fixture *f = *state;
    const DbDialect *d = db_dialect(f->db);
    char *day = mem_printf(f, d->cast_date, "'2020-07-01'");
    char *earlier = mem_printf(f, d->cast_date, "'2020-02-28'");
    assert_int_equal(fixture_int(f->db, mem_printf(f, mem_printf(f, "SELECT %s", d->date_diff), day, earlier)), 124);
    assert_int_equal(fixture_int(f->db, mem_printf(f, mem_printf(f, "SELECT %s", d->date_diff), earlier, day)), -124);
    assert_int_equal(fixture_int(f->db, mem_printf(f, mem_printf(f, "SELECT %s", d->date_year), day)), 2020);
    assert_int_equal(fixture_int(f->db, mem_printf(f, "SELECT %s(3, 5)", d->least)), 3);
    assert_int_equal(fixture_int(f->db, mem_printf(f, "SELECT %s(3, 5)", d->greatest)), 5);
    char *position = mem_printf(f, "SELECT %s", d->text_position);
    assert_int_equal(fixture_int(f->db, mem_printf(f, position, "'青禾县科技局'", "'科技'")), 4);
    assert_int_equal(fixture_int(f->db, mem_printf(f, position, "'青禾县科技局'", "'财政'")), 0);
    char *number = mem_printf(f, mem_printf(f, "SELECT %s + 0", d->cast_int), "'9223372036854775807'");
    assert_true(fixture_int(f->db, number) == INT64_MAX);
    assert_string_equal(fixture_text(f, f->db, mem_printf(f, mem_printf(f, "SELECT %s", d->cast_text), "12")), "12");
}

static void texts_order_by_code_point(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "word TEXT PRIMARY KEY");
    fixture_exec(f->db, "INSERT INTO t VALUES ('b'), ('B'), ('a'), ('Z'), ('县'), ('𠮷')");
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT word FROM t ORDER BY word");
    static const char *const SORTED[] = {"B", "Z", "a", "b", "县", "𠮷"};
    for (size_t i = 0; i < sizeof SORTED / sizeof *SORTED; i++) {
        assert_int_equal(stmt_step(stmt), DB_ROW);
        assert_string_equal(stmt_text(stmt, 0), SORTED[i]);
    }
}

static void json_arrays_are_rows(void **state) {
    Fixture *f = *state;
    const DbDialect *d = db_dialect(f->db);
    fixture_table(f, "t", "id INT PRIMARY KEY, members TEXT");
    fixture_exec(f->db, "INSERT INTO t VALUES (1, '[{\"role\": \"负责人\", \"share\": 60}, {\"role\": \"成员\", "
                        "\"share\": 40}]'), (2, NULL), (3, ''), (4, '[]'), (5, '[{\"role\": \"成员\"}]')");
    char *from = mem_printf(f, d->json_each, "t.members");
    char *role = mem_printf(f, d->json_text, "value", "role");
    char *share = mem_printf(f, d->json_int, "item.value", "share");
    assert_int_equal(fixture_int(f->db, mem_printf(f, "SELECT count(*) FROM t, %s", from)), 3);
    char *members =
        mem_printf(f, "SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM %s WHERE %s = '成员')", from, role);
    assert_int_equal(fixture_int(f->db, members), 2);
    assert_int_equal(fixture_int(f->db, mem_printf(f, "SELECT sum(%s) FROM t, %s", share, from)), 100);
    char *missing = mem_printf(f, "SELECT count(*) FROM t, %s WHERE %s IS NULL", from, share);
    assert_int_equal(fixture_int(f->db, missing), 1);
    assert_string_equal(fixture_text(f, f->db,
                                     mem_printf(f, "SELECT %s FROM t, %s WHERE t.id = 1 ORDER BY 1 DESC",
                                                mem_printf(f, d->json_text, "value", "share"), from)),
                        "60");
}

/* ---- what is there ---- */

static void tables_and_columns_are_listed_sorted(void **state) {
    Fixture *f = *state;
    char **names;
    size_t count;
    fixture_ok(f->db, db_tables(f, f->db, &names, &count));
    assert_int_equal(count, 0);
    fixture_table(f, "village", "zip TEXT, id INT PRIMARY KEY, area INT");
    fixture_table(f, "account", "id INT PRIMARY KEY");
    fixture_exec(f->db, "CREATE VIEW seen AS SELECT 1 AS one");
    if (!fixture_is_server(f)) fixture_exec(f->db, "CREATE VIRTUAL TABLE found USING fts5(words)");
    fixture_ok(f->db, db_tables(f, f->db, &names, &count));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "account");
    assert_string_equal(names[1], "village");
    fixture_ok(f->db, db_columns(f, f->db, "village", &names, &count));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "area");
    assert_string_equal(names[1], "id");
    assert_string_equal(names[2], "zip");
    fixture_ok(f->db, db_columns(f, f->db, "nowhere", &names, &count));
    assert_int_equal(count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(values_come_back_as_they_went),
        FIXTURE_TEST(every_kind_of_value_binds),
        FIXTURE_TEST(a_run_ends_with_all_parameters_null),
        FIXTURE_TEST(question_marks_in_literals_stay),
        FIXTURE_TEST(columns_are_known_before_and_without_rows),
        FIXTURE_TEST(truths_read_as_numbers),
        FIXTURE_TEST(changes_count_touched_rows),
        FIXTURE_TEST(cached_statements_are_the_same_one),
        FIXTURE_TEST(a_wrong_text_is_a_fault_with_words),
        FIXTURE_TEST(double_quotes_are_never_literals),
        FIXTURE_TEST(statements_may_outlive_the_connection),
        FIXTURE_TEST(statements_come_back),
        FIXTURE_TEST(the_shelf_is_bounded),
        FIXTURE_TEST(closed_statements_do_not_pile_up),
        FIXTURE_TEST(a_stream_gives_every_row_in_little_memory),
        FIXTURE_TEST(streams_of_whole_batches_end),
        FIXTURE_TEST(streams_mix_with_other_statements_and_savepoints),
        FIXTURE_TEST(a_stream_left_early_harms_nothing),
        FIXTURE_TEST(dialect_patterns_agree),
        FIXTURE_TEST(texts_order_by_code_point),
        FIXTURE_TEST(json_arrays_are_rows),
        FIXTURE_TEST(tables_and_columns_are_listed_sorted),
    };
    return FIXTURE_RUN("db", tests);
}
