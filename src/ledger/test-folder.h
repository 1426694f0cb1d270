/* ledger/test-folder.h: a data folder for tests, on SQLite and, when KEZHANG_TEST_PG has the URL of a PostgreSQL
 * database, there too. Two small ledgers of their own: firm (with a sealed number) and project (states, money, a
 * reference). */
#ifndef LEDGER_TEST_FOLDER_H
#define LEDGER_TEST_FOLDER_H

/* cmocka.h wants the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/mem.h"
#include "ledger/transition.h"
#include "people/mandate.h"

typedef struct Folder {
    const char *root;  /* a folder for this test alone */
    const char *path;  /* the data folder in it */
    const char *url;   /* NULL on SQLite */
    Store *store;      /* owned by the test's context, which is the Folder itself */
    const char *actor; /* who adds records; NULL: "test" */
    const char *town;  /* of the firms that are added, in their note; or NULL */
} Folder;

int folder_setup(void **state);
int folder_teardown(void **state);
#define FOLDER_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

/* Runs the group once for each database; the number of failed tests. */
int folder_run(const char *name, const struct CMUnitTest *tests, size_t n);
#define FOLDER_RUN(name, tests) folder_run((name), (tests), sizeof(tests) / sizeof *(tests))

/* A path in the test's own folder. */
char *folder_path(Folder *folder, const char *name);
/* The URL of another, empty database; NULL on SQLite. */
const char *folder_other_url(Folder *folder);
bool folder_is_server(const Folder *folder);
/* Opens the data folder once more, as another program would. */
Store *folder_open(Folder *folder, StoreFlags flags);

/* --- records --- */

/* Adds firms and projects, two changes each for every third project; n of each. */
void folder_fill(Folder *folder, int n);
int64_t folder_add_firm(Folder *folder, const char *code, const char *name, const char *phone);
int64_t folder_add_project(Folder *folder, const char *title, int64_t firm, int64_t amount);
/* Takes a project through a transition, or (NULL) edits its amount. */
void folder_move_project(Folder *folder, int64_t id, const char *transition, int64_t amount);
void folder_withdraw_project(Folder *folder, int64_t id);

/* --- people --- */

void folder_add_account(Folder *folder, const char *login, const char *unit);
void folder_add_unit(Folder *folder, const char *code, const char *parent, const char *name, const char *town);
void folder_give(Folder *folder, const char *login, const char *role, const char *scope);
void folder_take(Folder *folder, const char *login, const char *role);
Mandate *folder_mandate(Folder *folder, const char *login);

/* --- the database behind the program's back --- */

void folder_exec(Folder *folder, const char *sql);
int64_t folder_int(Folder *folder, const char *sql);

/* --- findings --- */

bool folder_has_finding(const Diag *diag, const char *code);
/* The English words of the first finding with that code; fails the test when there is none. */
const char *folder_finding(const Diag *diag, const char *code);
void folder_no_findings(const Diag *diag);

#endif
