/* exchange/test-exchange.h: a data folder with the small ledgers of test/import/defs for each test, on SQLite and, when
 * KEZHANG_TEST_PG has the URL of a PostgreSQL database, there too. */
#ifndef EXCHANGE_TEST_EXCHANGE_H
#define EXCHANGE_TEST_EXCHANGE_H

/* cmocka.h wants the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/mem.h"
#include "exchange/export.h"
#include "exchange/import.h"

typedef struct Desk {
    const char *folder;
    Store *store;
    Diag *diag; /* findings of the last call below */
} Desk;

int desk_setup(void **state);
int desk_teardown(void **state);
#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, desk_setup, desk_teardown)

/* Runs the group once for each database; the number of failed tests. */
int desk_run(const char *name, const struct CMUnitTest *tests, size_t n);
#define DESK_RUN(name, tests) desk_run((name), (tests), sizeof(tests) / sizeof *(tests))

const Ledger *desk_ledger(const Desk *desk, const char *name);
/* A file in the folder with these bytes; its path. */
const char *desk_write(Desk *desk, const char *name, const char *text);
/* Imports a file; fails the test unless the result is 0. */
ImportResult desk_import(Desk *desk, const char *ledger, const char *path);
/* The same for a text, as a csv file. */
ImportResult desk_import_text(Desk *desk, const char *ledger, const char *text);
int desk_try(Desk *desk, const char *ledger, const char *path, const ImportOptions *options, ImportResult *ret_result);
int desk_undo(Desk *desk, int64_t batch, ImportResult *ret_result);
/* A whole ledger as csv without its byte order mark. */
const char *desk_export(Desk *desk, const char *ledger, bool unmasked);
const char *desk_read(Desk *desk, const char *path);
/* Findings as "level row field code: words" lines. */
const char *desk_findings(const Desk *desk);
int64_t desk_count(const Desk *desk, const char *table);
void desk_counts(ImportResult result, int64_t created, int64_t updated, int64_t unchanged, int64_t refused);
ImportOptions desk_options(void);

#endif
