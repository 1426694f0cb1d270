/* Tests of transactions, faults and bulk loading. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "db/test-fixture.h"

static int64_t count(Db *db) { return fixture_int(db, "SELECT count(*) FROM t"); }

static void numbers(Fixture *f) { fixture_table(f, "t", "id INT PRIMARY KEY, word TEXT NOT NULL CHECK (word <> '')"); }

/* ---- transactions ---- */

static void levels_commit_and_roll_back_alone(void **state) {
    Fixture *f = *state;
    numbers(f);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'kept')");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "INSERT INTO t VALUES (2, 'dropped with its level')");
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    fixture_exec(f->db, "INSERT INTO t VALUES (3, 'committed inside the dropped level')");
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(count(f->db), 3);
    db_rollback(f->db);
    assert_int_equal(count(f->db), 1);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "INSERT INTO t VALUES (4, 'kept')");
    fixture_ok(f->db, db_commit(f->db));
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(count(fixture_connect(f, 0)), 2);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "DELETE FROM t");
    db_rollback(f->db);
    assert_int_equal(count(fixture_connect(f, 0)), 2);
}

static void a_fault_spoils_its_level_only(void **state) {
    Fixture *f = *state;
    Stmt *stmt = NULL;
    numbers(f);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'kept')");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (1, 'twice')"), DB_FAULT_CONSTRAINT);
    char *words = mem_strdup(f, db_error(f->db));
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (2, 'refused')"), DB_FAULT);
    assert_int_equal(db_prepare(f, f->db, "SELECT 1", &stmt), DB_FAULT);
    assert_int_equal(db_begin(f->db, DB_WRITE), DB_FAULT);
    assert_string_equal(db_error(f->db), words);
    db_rollback(f->db);
    fixture_exec(f->db, "INSERT INTO t VALUES (3, 'kept')");
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(fixture_int(f->db, "SELECT sum(id) FROM t"), 4);
}

static void a_spoilt_level_cannot_be_committed(void **state) {
    Fixture *f = *state;
    numbers(f);
    Stmt *insert = fixture_prepare(f, f->db, "INSERT INTO t VALUES (?1, ?2)");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    stmt_bind_int(insert, 1, 1);
    stmt_bind_text(insert, 2, "lost");
    fixture_ok(f->db, stmt_run(insert));
    stmt_bind_int(insert, 1, 2);
    assert_int_equal(stmt_run(insert), DB_FAULT_CONSTRAINT);
    assert_int_equal(stmt_run(insert), DB_FAULT);
    assert_int_equal(db_commit(f->db), DB_FAULT);
    assert_int_equal(count(f->db), 0);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_ok(f->db, db_commit(f->db));
}

static void a_snapshot_does_not_move(void **state) {
    Fixture *f = *state;
    numbers(f);
    Db *writer = fixture_connect(f, 0);
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    fixture_exec(writer, "INSERT INTO t VALUES (1, 'later')");
    assert_int_equal(count(writer), 1);
    assert_int_equal(count(f->db), 0);
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(count(f->db), 1);
}

static void a_snapshot_does_not_write(void **state) {
    Fixture *f = *state;
    numbers(f);
    Stmt *insert = fixture_prepare(f, f->db, "INSERT INTO t VALUES (1, 'x')");
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (1, 'x')"), DB_FAULT);
    db_rollback(f->db);
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    assert_int_equal(stmt_run(insert), DB_FAULT);
    db_rollback(f->db);
    fixture_ok(f->db, db_begin(f->db, DB_SNAPSHOT));
    assert_int_equal(db_begin(f->db, DB_WRITE), DB_FAULT);
    db_rollback(f->db);
    fixture_ok(f->db, stmt_run(insert));
    assert_int_equal(count(f->db), 1);
}

/* On a server every statement sees its own moment. */
static void a_look_does_not_move_until_it_ends(void **state) {
    Fixture *f = *state;
    numbers(f);
    Db *writer = fixture_connect(f, 0);
    db_look(f->db);
    assert_int_equal(count(f->db), 0);
    fixture_exec(writer, "INSERT INTO t VALUES (1, 'later')");
    assert_int_equal(count(f->db), fixture_is_server(f) ? 1 : 0);
    db_look_away(f->db);
    assert_int_equal(count(f->db), 1);
}

static void who_writes_looks_no_more(void **state) {
    Fixture *f = *state;
    numbers(f);
    Db *other = fixture_connect(f, 0);
    Stmt *insert = fixture_prepare(f, f->db, "INSERT INTO t VALUES (2, 'own')");
    for (int how = 0; how < 2; how++) {
        db_look(f->db);
        const int64_t before = count(f->db);
        fixture_exec(other, how ? "INSERT INTO t VALUES (3, 'elsewhere')" : "INSERT INTO t VALUES (1, 'elsewhere')");
        if (how) {
            fixture_ok(f->db, db_begin(f->db, DB_WRITE));
            fixture_exec(f->db, "INSERT INTO t VALUES (4, 'own')");
            fixture_ok(f->db, db_commit(f->db));
        } else {
            fixture_ok(f->db, stmt_run(insert));
        }
        assert_int_equal(count(f->db), before + 2);
        assert_int_equal(count(other), before + 2); /* and it is durable */
        db_look_away(f->db);
    }
}

/* ---- faults ---- */

static void broken_rules_are_constraint_faults(void **state) {
    Fixture *f = *state;
    numbers(f);
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'first')");
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (1, 'unique')"), DB_FAULT_CONSTRAINT);
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (2, '')"), DB_FAULT_CONSTRAINT);
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (3, NULL)"), DB_FAULT_CONSTRAINT);
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES (NULL, 'x')"), DB_FAULT_CONSTRAINT);
    assert_int_equal(db_exec(f->db, "INSERT INTO t VALUES ('many', 'not a number')"), DB_FAULT);
    assert_int_equal(count(f->db), 1);
}

static void waiting_for_a_writer_ends_busy(void **state) {
    Fixture *f = *state;
    numbers(f);
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'x')");
    Db *other = fixture_connect(f, 0);
    fixture_exec(other, fixture_is_server(f) ? "SET lock_timeout = 50" : "PRAGMA busy_timeout=50");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "UPDATE t SET word = 'mine'");
    int r = db_begin(other, DB_WRITE);
    if (fixture_is_server(f)) {
        fixture_ok(other, r);
        r = db_exec(other, "UPDATE t SET word = 'theirs'");
        db_rollback(other);
    }
    assert_int_equal(r, DB_FAULT_BUSY);
    fixture_ok(f->db, db_commit(f->db));
    fixture_exec(other, "UPDATE t SET word = 'theirs'");
}

#define NO_WAIT_SECONDS 10 /* on a busy machine; one who waits needs DB_BUSY_SECONDS */

static void what_may_be_left_undone_does_not_wait(void **state) {
    Fixture *f = *state;
    numbers(f);
    fixture_exec(f->db, "INSERT INTO t VALUES (1, 'x')");
    Db *other = fixture_connect(f, 0);
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "UPDATE t SET word = 'mine'");
    time_t begun = time(NULL);
    int r = db_begin(other, DB_WRITE_IF_FREE);
    if (fixture_is_server(f)) {
        fixture_ok(other, r);
        r = db_exec(other, "UPDATE t SET word = 'theirs'");
        db_rollback(other);
    }
    assert_int_equal(r, DB_FAULT_BUSY);
    assert_true(time(NULL) - begun < NO_WAIT_SECONDS);
    fixture_ok(f->db, db_commit(f->db));
    fixture_ok(other, db_begin(other, DB_WRITE_IF_FREE));
    fixture_exec(other, "UPDATE t SET word = 'theirs'");
    fixture_ok(other, db_commit(other));
    if (!fixture_is_server(f)) assert_int_equal(fixture_int(other, "PRAGMA busy_timeout"), DB_BUSY_SECONDS * 1000);
}

static void a_full_disk_is_told(void **state) {
    Fixture *f = *state;
    numbers(f);
    if (fixture_is_server(f)) { /* a real one cannot be had here: the server is made to say so */
        assert_int_equal(db_exec(f->db, "DO $$ BEGIN RAISE 'no space left' USING ERRCODE = '53100'; END $$"),
                         DB_FAULT_FULL);
        return;
    }
    fixture_exec(f->db, "PRAGMA max_page_count=20");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_exec(f->db, "INSERT INTO t VALUES (0, 'small')");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    Stmt *insert = fixture_prepare(f, f->db, "INSERT INTO t VALUES (?1, ?2)");
    char word[1024] = {0};
    memset(word, 'x', sizeof word - 1);
    int r = 0;
    for (int i = 1; r == 0 && i < 1000; i++) {
        stmt_bind_int(insert, 1, i);
        stmt_bind_text(insert, 2, word);
        r = stmt_run(insert);
    }
    assert_int_equal(r, DB_FAULT_FULL);
    assert_non_null(strstr(db_error(f->db), "full"));
    db_rollback(f->db);
    db_rollback(f->db);
    assert_int_equal(count(f->db), 0);
}

static void a_lost_server_is_told(void **state) {
    Fixture *f = *state;
    if (!fixture_is_server(f)) skip();
    Db *victim = fixture_connect(f, 0);
    Stmt *stmt = fixture_prepare(f, victim, "SELECT 1");
    fixture_ok(victim, db_begin(victim, DB_WRITE));
    char *kill = mem_printf(f, "SELECT pg_terminate_backend(%d)", (int)fixture_int(victim, "SELECT pg_backend_pid()"));
    assert_int_equal(fixture_int(f->db, kill), 1);
    assert_int_equal(stmt_run(stmt), DB_FAULT_GONE);
    assert_non_null(strstr(db_error(victim), "went away"));
    assert_int_equal(db_commit(victim), DB_FAULT);
    assert_int_equal(db_begin(victim, DB_WRITE), DB_FAULT_GONE);
    assert_int_equal(db_exec(victim, "SELECT 1"), DB_FAULT_GONE);
    talloc_free(victim);
}

static void server_faults_have_their_kind(void **state) {
    Fixture *f = *state;
    if (!fixture_is_server(f)) skip();
    const struct {
        const char *state;
        int fault;
    } faults[] = {{"23505", DB_FAULT_CONSTRAINT}, {"23514", DB_FAULT_CONSTRAINT}, {"40P01", DB_FAULT_BUSY},
                  {"57014", DB_FAULT_BUSY},       {"40001", DB_FAULT_BUSY},       {"22012", DB_FAULT}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        int r = db_execf(f->db, "DO $$ BEGIN RAISE 'made up' USING ERRCODE = '%s'; END $$", faults[i].state);
        assert_int_equal(r, faults[i].fault);
        assert_string_equal(db_error(f->db), "made up");
    }
}

/* ---- many rows ---- */

#define MANY 50000

static const char *const COLUMNS[] = {"id", "word", "day", "bytes", "order"};

static DbBulk *open_bulk(Fixture *f) {
    DbBulk *bulk = NULL;
    fixture_table(f, "t", "id INT PRIMARY KEY, word TEXT, day DATE, bytes BLOB, \"order\" INT NOT NULL");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_ok(f->db, db_bulk_open(f, f->db, "t", COLUMNS, 5, &bulk));
    return bulk;
}

/* Row i of the bulk test, the same going in and coming out; every third word and every fourth blob is missing. */
typedef struct Row {
    char word[64];
    char bytes[8];
    Date day;
    bool has_word, has_bytes;
} Row;

static Row row_of(int i) {
    static const char *const ENDS[] = {"\t", "\n", "\r", "\\", "\\N", "\\.", "", "县", "𠮷"};
    Row row = {.day = date_make(2020, 1, 1) + i % 366, .has_word = i % 3 != 0, .has_bytes = i % 4 != 0};
    snprintf(row.word, sizeof row.word, "%s第%d项%s", ENDS[i % 7], i, ENDS[i % 9]);
    for (size_t b = 0; b < sizeof row.bytes; b++) row.bytes[b] = (char)((size_t)i * 31 + b * 17);
    return row;
}

static void bulk_rows_come_back_equal(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = open_bulk(f);
    for (int i = 0; i < MANY; i++) {
        Row row = row_of(i);
        db_bulk_value(bulk, 4, VALUE_OF_BOOL(i % 2));
        db_bulk_value(bulk, 0, VALUE_OF_INT(i));
        if (row.has_word) db_bulk_value(bulk, 1, VALUE_OF_TEXT(row.word));
        db_bulk_value(bulk, 2, VALUE_OF_DATE(row.day));
        if (row.has_bytes) db_bulk_blob(bulk, 3, row.bytes, sizeof row.bytes);
        fixture_ok(f->db, db_bulk_row(bulk));
    }
    fixture_ok(f->db, db_bulk_flush(bulk));
    fixture_ok(f->db, db_bulk_flush(bulk));
    fixture_ok(f->db, db_commit(f->db));
    Stmt *stmt = fixture_prepare(f, f->db, "SELECT id, word, day, bytes, \"order\" FROM t ORDER BY id");
    for (int i = 0; i < MANY; i++) {
        Row row = row_of(i);
        size_t size;
        assert_int_equal(stmt_step(stmt), DB_ROW);
        assert_int_equal(stmt_int(stmt, 0), i);
        assert_int_equal(stmt_is_null(stmt, 1), !row.has_word);
        if (row.has_word) assert_string_equal(stmt_text(stmt, 1), row.word);
        assert_int_equal(stmt_date(stmt, 2), row.day);
        const void *bytes = stmt_blob(stmt, 3, &size);
        assert_int_equal(bytes == NULL, !row.has_bytes);
        if (row.has_bytes) assert_memory_equal(bytes, row.bytes, sizeof row.bytes);
        assert_int_equal(stmt_int(stmt, 4), i % 2);
    }
    assert_int_equal(stmt_step(stmt), 0);
}

static void bulk_extremes_come_back(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = open_bulk(f);
    const int64_t ids[] = {INT64_MIN, 0, INT64_MAX};
    for (size_t i = 0; i < 3; i++) {
        db_bulk_value(bulk, 0, VALUE_OF_INT(ids[i]));
        db_bulk_value(bulk, 1, i ? VALUE_OF_TEXT("") : (Value){.kind = VALUE_NA});
        db_bulk_value(bulk, 2, VALUE_OF_DATE(DATE_NONE));
        db_bulk_blob(bulk, 3, i ? "" : NULL, 0);
        db_bulk_value(bulk, 4, VALUE_OF_DECIMAL(-150, 2));
        fixture_ok(f->db, db_bulk_row(bulk));
    }
    fixture_ok(f->db, db_bulk_flush(bulk));
    fixture_ok(f->db, db_commit(f->db));
    assert_true(fixture_int(f->db, "SELECT min(id) FROM t") == INT64_MIN);
    assert_true(fixture_int(f->db, "SELECT max(id) FROM t") == INT64_MAX);
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t WHERE day IS NULL AND \"order\" = -150"), 3);
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t WHERE word = '' AND bytes IS NOT NULL"), 2);
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t WHERE word IS NULL AND bytes IS NULL"), 1);
}

static void a_refused_bulk_row_is_a_constraint_fault(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = open_bulk(f);
    db_bulk_value(bulk, 0, VALUE_OF_INT(1));
    int r = db_bulk_row(bulk);
    if (r == 0) r = db_bulk_flush(bulk);
    assert_int_equal(r, DB_FAULT_CONSTRAINT);
    assert_int_equal(db_bulk_row(bulk), DB_FAULT);
    assert_int_equal(db_bulk_flush(bulk), DB_FAULT);
    db_rollback(f->db);
    assert_int_equal(count(f->db), 0);
}

/* The level outside goes on. */
static void rows_are_refused_in_their_level(void **state) {
    Fixture *f = *state;
    DbBulk *inner = NULL;
    open_bulk(f);
    fixture_exec(f->db, "INSERT INTO t (id, \"order\") VALUES (1, 1)");
    fixture_ok(f->db, db_begin(f->db, DB_WRITE));
    fixture_ok(f->db, db_bulk_open(f, f->db, "t", COLUMNS, 5, &inner));
    db_bulk_value(inner, 0, VALUE_OF_INT(2));
    int r = db_bulk_row(inner);
    if (r == 0) r = db_bulk_flush(inner);
    assert_int_equal(r, DB_FAULT_CONSTRAINT);
    db_rollback(f->db);
    fixture_exec(f->db, "INSERT INTO t (id, \"order\") VALUES (3, 1)");
    fixture_ok(f->db, db_commit(f->db));
    assert_int_equal(count(f->db), 2);
}

/* So many rows that some of them are on their way before anybody asks: their fault shows, and nothing of them stays. */
static void rows_on_their_way_can_be_refused(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = open_bulk(f);
    char word[1001] = {0};
    memset(word, 'x', sizeof word - 1);
    int r = 0;
    for (int64_t i = 0; i < 2000 && r == 0; i++) {
        db_bulk_value(bulk, 0, VALUE_OF_INT(i % 1500)); /* the key comes again */
        db_bulk_value(bulk, 1, VALUE_OF_TEXT(word));
        db_bulk_value(bulk, 4, VALUE_OF_BOOL(true));
        r = db_bulk_row(bulk);
    }
    if (r == 0) r = db_bulk_send(bulk);
    if (r == 0)
        r = db_commit(f->db);
    else
        db_rollback(f->db);
    assert_int_equal(r, DB_FAULT_CONSTRAINT);
    assert_int_equal(count(f->db), 0);
}

static void rows_on_their_way_can_be_given_up(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = open_bulk(f);
    for (int64_t i = 0; i < 100; i++) {
        db_bulk_value(bulk, 0, VALUE_OF_INT(i % 50));
        db_bulk_value(bulk, 1, VALUE_OF_TEXT("x"));
        if (db_bulk_row(bulk) < 0) break;
    }
    (void)db_bulk_send(bulk);
    db_rollback(f->db);
    assert_int_equal(count(f->db), 0);
    assert_int_equal(db_begin(f->db, DB_WRITE), 0);
    assert_int_equal(db_commit(f->db), 0);
}

static void a_bulk_needs_its_table(void **state) {
    Fixture *f = *state;
    DbBulk *bulk = NULL;
    int r = db_bulk_open(f, f->db, "nowhere", COLUMNS, 5, &bulk);
    if (r == 0) r = db_bulk_row(bulk);
    if (r == 0) r = db_bulk_flush(bulk);
    assert_int_equal(r, DB_FAULT);
    assert_non_null(strstr(db_error(f->db), "nowhere"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(levels_commit_and_roll_back_alone),
        FIXTURE_TEST(a_fault_spoils_its_level_only),
        FIXTURE_TEST(a_spoilt_level_cannot_be_committed),
        FIXTURE_TEST(a_snapshot_does_not_move),
        FIXTURE_TEST(a_snapshot_does_not_write),
        FIXTURE_TEST(a_look_does_not_move_until_it_ends),
        FIXTURE_TEST(who_writes_looks_no_more),
        FIXTURE_TEST(broken_rules_are_constraint_faults),
        FIXTURE_TEST(waiting_for_a_writer_ends_busy),
        FIXTURE_TEST(what_may_be_left_undone_does_not_wait),
        FIXTURE_TEST(a_full_disk_is_told),
        FIXTURE_TEST(a_lost_server_is_told),
        FIXTURE_TEST(server_faults_have_their_kind),
        FIXTURE_TEST(bulk_rows_come_back_equal),
        FIXTURE_TEST(bulk_extremes_come_back),
        FIXTURE_TEST(a_refused_bulk_row_is_a_constraint_fault),
        FIXTURE_TEST(rows_are_refused_in_their_level),
        FIXTURE_TEST(rows_on_their_way_can_be_refused),
        FIXTURE_TEST(rows_on_their_way_can_be_given_up),
        FIXTURE_TEST(a_bulk_needs_its_table),
    };
    return FIXTURE_RUN("db-write", tests);
}
