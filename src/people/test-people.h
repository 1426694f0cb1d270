/* people/test-people.h: people for tests, on either database: tables, a key, a few roles and two small ledgers. */
#ifndef PEOPLE_TEST_PEOPLE_H
#define PEOPLE_TEST_PEOPLE_H

#include "db/test-fixture.h"
#include "people/permission.h"

#define NOON   "2020-07-06T04:00:00.000Z" /* twelve o'clock in China, a Monday */
#define STRONG "Lotus-2020-pond"

typedef struct Bureau {
    Fixture *fixture; /* owns everything */
    People people;
    Diag *diag; /* findings since the last look */
} Bureau;

int bureau_setup(void **state);
int bureau_teardown(void **state);
#define BUREAU_TEST(function) cmocka_unit_test_setup_teardown(function, bureau_setup, bureau_teardown)

/* An account with the password STRONG, which need not be changed. */
void bureau_add(Bureau *bureau, const char *login, const char *unit);
void bureau_give(Bureau *bureau, const char *login, const char *role, const char *scope);
/* So many seconds after NOON; owned by the bureau. */
const char *bureau_later(Bureau *bureau, int64_t seconds);
Account *bureau_account(Bureau *bureau, const char *login);
Mandate *bureau_mandate(Bureau *bureau, const char *login, const char *now);
bool bureau_may(Bureau *bureau, const char *login, const char *permission, const char *now);

/* Fails unless the result is the one wanted; then forgets the findings. */
void bureau_fine(Bureau *bureau, int result);
void bureau_refused(Bureau *bureau, int result, const char *code);

#endif
