/* db/test-fixture.h: runs the same tests on SQLite and, when KEZHANG_TEST_PG has the URL of a PostgreSQL
 * database, there too; every test finds an empty database. */
#ifndef DB_TEST_FIXTURE_H
#define DB_TEST_FIXTURE_H

/* cmocka.h wants the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/mem.h"
#include "db/db.h"

typedef struct Fixture {
    const char *url;
    Db *db;
} Fixture;

int fixture_setup(void **state);
int fixture_teardown(void **state);
#define FIXTURE_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

/* Runs the group once for each database; the number of failed tests. */
int fixture_run(const char *name, const struct CMUnitTest *tests, size_t n);
#define FIXTURE_RUN(name, tests) fixture_run((name), (tests), sizeof(tests) / sizeof *(tests))

bool fixture_is_server(const Fixture *fixture);
/* Another connection to the same database, owned by the fixture. */
Db *fixture_connect(Fixture *fixture, DbFlags flags);

/* Succeeds or fails the test with the words of the database. */
void fixture_exec(Db *db, const char *sql);
Stmt *fixture_prepare(Fixture *fixture, Db *db, const char *sql);
/* The first column of the first row; the query must have a row. */
int64_t fixture_int(Db *db, const char *sql);
char *fixture_text(Fixture *fixture, Db *db, const char *sql);
/* Asserts that no fault happened, showing the words otherwise. */
void fixture_ok(const Db *db, int result);

/* CREATE TABLE name (columns) where INT, TEXT, DATE, BLOB stand for the types of the dialect. */
void fixture_table(Fixture *fixture, const char *name, const char *columns);

#endif
