/* Tests of opening: what cannot be opened, and how a connection is set. */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "db/test-fixture.h"

static void expect_finding(Fixture *f, const char *url, DbFlags flags, const char *code) {
    Diag *diag = diag_new(f);
    Db *db = NULL;
    assert_int_equal(db_open(f, url, flags, diag, &db), 1);
    assert_null(db);
    assert_int_equal(diag->errors, 1);
    assert_string_equal(diag->list[0].code, code);
}

static void what_cannot_be_opened_is_a_finding(void **state) {
    Fixture *f = *state;
    expect_finding(f, "mysql://root@localhost/kezhang", DB_CREATE, "database-address");
    expect_finding(f, "sqlite:", DB_CREATE, "database-address");
    expect_finding(f, "sqlite:/tmp/kezhang-no-such-folder/x.db", DB_CREATE, "database-missing");
    expect_finding(f, "sqlite:/tmp/kezhang-no-such-file.db", 0, "database-missing");
    expect_finding(f, "sqlite:/tmp/kezhang-no-such-file.db", DB_READ_ONLY | DB_CREATE, "database-missing");
    expect_finding(f, "sqlite:/tmp", 0, "database-refused");
    expect_finding(f, "postgresql://nobody@127.0.0.1:1/nothing", 0, "database-refused");
    assert_int_not_equal(access("/tmp/kezhang-no-such-file.db", F_OK), 0);
}

static void a_file_that_is_no_database_is_a_finding(void **state) {
    Fixture *f = *state;
    if (fixture_is_server(f)) skip();
    char *path = mem_printf(f, "/tmp/kezhang-test-db-%d.txt", (int)getpid());
    char text[4096];
    memset(text, 'x', sizeof text);
    assert_int_equal(file_write(path, text, sizeof text, diag_new(f)), 0);
    expect_finding(f, mem_printf(f, "sqlite:%s", path), DB_CREATE, "database-unreadable");
    unlink(path);
}

static void a_locked_file_is_a_finding(void **state) {
    Fixture *f = *state;
    if (fixture_is_server(f)) skip();
    fixture_exec(f->db, "PRAGMA locking_mode=EXCLUSIVE; CREATE TABLE t (id INTEGER PRIMARY KEY)");
    expect_finding(f, f->url, 0, "database-locked");
}

static void read_only_connections_cannot_write(void **state) {
    Fixture *f = *state;
    fixture_table(f, "t", "id INT PRIMARY KEY");
    Db *reader = fixture_connect(f, DB_READ_ONLY);
    assert_int_equal(fixture_int(reader, "SELECT count(*) FROM t"), 0);
    assert_int_equal(db_exec(reader, "INSERT INTO t VALUES (1)"), DB_FAULT);
    assert_int_equal(fixture_int(f->db, "SELECT count(*) FROM t"), 0);
}

static void sqlite_runs_with_its_settings(void **state) {
    Fixture *f = *state;
    if (fixture_is_server(f)) skip();
    assert_string_equal(fixture_text(f, f->db, "PRAGMA journal_mode"), "wal");
    assert_int_equal(fixture_int(f->db, "PRAGMA synchronous"), 2);
    assert_int_equal(fixture_int(f->db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(fixture_int(f->db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(fixture_int(f->db, "PRAGMA cell_size_check"), 1);
    assert_int_equal(fixture_int(f->db, "PRAGMA temp_store"), 1);
    assert_int_equal(fixture_int(f->db, "PRAGMA busy_timeout"), DB_BUSY_SECONDS * 1000);
    assert_int_equal(fixture_int(f->db, "PRAGMA cache_size"), -8192);
    assert_int_equal(fixture_int(fixture_connect(f, DB_BULK), "PRAGMA cache_size"), -18432);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(what_cannot_be_opened_is_a_finding), FIXTURE_TEST(a_file_that_is_no_database_is_a_finding),
        FIXTURE_TEST(a_locked_file_is_a_finding),         FIXTURE_TEST(read_only_connections_cannot_write),
        FIXTURE_TEST(sqlite_runs_with_its_settings),
    };
    return FIXTURE_RUN("db-open", tests);
}
