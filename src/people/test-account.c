/* Tests of accounts: the rules of passwords, locks, history, ages, codes, and the log of who came in. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "people/account.h"
#include "people/journal.h"
#include "people/password.h"
#include "people/session.h"
#include "people/test-people.h"
#include "people/totp.h"

#define DAY (24 * 60 * 60)

static SignInOutcome sign_in(Bureau *bureau, const char *login, const char *password, const char *code,
                             int64_t seconds) {
    SignInOutcome outcome = SIGN_IN_FINE;
    Account *account = NULL;
    SignIn attempt = {login, password, code, "192.0.2.7"};
    fixture_ok(bureau->people.db, account_sign_in(bureau, &bureau->people, &attempt, bureau_later(bureau, seconds),
                                                  bureau->diag, &outcome, &account));
    assert_int_equal(outcome == SIGN_IN_FINE, account != NULL);
    assert_int_equal(outcome == SIGN_IN_FINE, bureau->diag->errors == 0);
    bureau->diag = diag_new(bureau);
    return outcome;
}

/* ---- passwords ---- */

static const char *first_finding(Bureau *bureau, const char *password) {
    Diag *diag = diag_new(bureau);
    return password_check(password, "wang", diag) ? diag->list[0].code : "";
}

static void passwords_keep_the_rules(void **state) {
    Bureau *bureau = *state;
    assert_string_equal(first_finding(bureau, "Lotus-2020"), "");
    assert_string_equal(first_finding(bureau, "Lotus-202"), "password-short");
    assert_string_equal(first_finding(bureau, "lotuspond2020"), "password-plain");
    assert_string_equal(first_finding(bureau, "lotuspond-2020"), "");
    assert_string_equal(first_finding(bureau, "LOTUSPOND2020"), "password-plain");
    assert_string_equal(first_finding(bureau, "Xx1-WANG-2020"), "password-login");
    assert_string_equal(first_finding(bureau, "莲花开在青禾县里Aa"), ""); /* ten characters; Chinese ones are signs */
    assert_string_equal(first_finding(bureau, "莲花开在青禾县里A"), "password-short");
    assert_string_equal(first_finding(bureau, mem_printf(bureau, "Aa1%0200d", 0)), "password-long");
    assert_int_equal(password_check("lotus", "lotus", diag_new(bureau)), 3); /* all that is wrong at once */
}

static void first_passwords_are_random_and_keep_the_rules(void **state) {
    Bureau *bureau = *state;
    const char *one = password_random(bureau, "wang"), *other = password_random(bureau, "wang");
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), PASSWORD_RANDOM_CHARS);
    assert_string_equal(first_finding(bureau, one), "");
}

static void hashes_are_salted_and_say_no_to_others(void **state) {
    Bureau *bureau = *state;
    const char *one = password_hash(bureau, STRONG), *other = password_hash(bureau, STRONG);
    assert_string_not_equal(one, other);
    assert_null(strstr(one, STRONG));
    assert_true(password_matches(one, STRONG) && password_matches(other, STRONG));
    assert_false(password_matches(one, STRONG " "));
    assert_false(password_matches(NULL, STRONG));
}

static int change(Bureau *bureau, const char *password, int64_t seconds) {
    return account_change_password(&bureau->people, "wang", password, bureau_later(bureau, seconds), bureau->diag);
}

static void former_passwords_do_not_come_back(void **state) {
    static const char *const next[] = {"Lotus-2021-pond", "Lotus-2022-pond", "Lotus-2023-pond", "Lotus-2024-pond"};
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    for (int i = 0; i < 4; i++) bureau_fine(bureau, change(bureau, next[i], i + 1));
    bureau_refused(bureau, change(bureau, next[3], 5), "password-used"); /* the present one */
    bureau_refused(bureau, change(bureau, STRONG, 5), "password-used");  /* the fifth last */
    bureau_fine(bureau, change(bureau, "Lotus-2025-pond", 5));
    bureau_fine(bureau, change(bureau, STRONG, 6));
    assert_int_equal(fixture_int(bureau->people.db, "SELECT count(*) FROM account_password"), PASSWORD_HISTORY);
}

/* ---- accounts ---- */

static void accounts_are_checked_before_they_are_made(void **state) {
    Bureau *bureau = *state;
    NewAccount wanted = {.login = "wang", .name = "王明", .expires = DATE_NONE, .password = "short"};
    bureau_refused(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag), "password-short");
    wanted.password = STRONG;
    wanted.unit = "nowhere";
    bureau_refused(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag), "no-unit");
    wanted.unit = NULL;
    wanted.login = "Wang Ming";
    bureau_refused(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag), "bad-login");
    wanted.login = "wang";
    bureau_fine(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag));
    bureau_refused(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag), "login-taken");
    assert_int_equal(fixture_int(bureau->people.db, "SELECT count(*) FROM account"), 1);
}

static void nobody_is_there_before_somebody_is_made(void **state) {
    Bureau *bureau = *state;
    assert_int_equal(fixture_int(bureau->people.db, "SELECT count(*) FROM account"), 0);
    assert_int_equal(sign_in(bureau, "admin", "admin", NULL, 0), SIGN_IN_UNKNOWN);
}

static void first_and_old_passwords_are_due(void **state) {
    Bureau *bureau = *state;
    NewAccount wanted = {.login = "li", .name = "李", .expires = DATE_NONE, .password = STRONG};
    bureau_fine(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag));
    assert_int_equal(sign_in(bureau, "li", STRONG, NULL, 0), SIGN_IN_FINE);
    assert_true(account_password_is_due(bureau_account(bureau, "li"), NOON));
    bureau_fine(bureau, account_change_password(&bureau->people, "li", "Lotus-2021-pond", NOON, bureau->diag));
    assert_false(account_password_is_due(bureau_account(bureau, "li"), bureau_later(bureau, 90 * DAY - 1)));
    assert_true(account_password_is_due(bureau_account(bureau, "li"), bureau_later(bureau, 90 * DAY)));
    bureau_fine(bureau, account_give_password(&bureau->people, "li", "Lotus-2022-pond", "boss", NOON, bureau->diag));
    assert_true(account_password_is_due(bureau_account(bureau, "li"), NOON));
}

/* ---- signing in ---- */

static void five_failures_lock_for_half_an_hour(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    for (int i = 0; i < ACCOUNT_TRIES; i++)
        assert_int_equal(sign_in(bureau, "wang", "wrong", NULL, i), SIGN_IN_WRONG_PASSWORD);
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 10), SIGN_IN_LOCKED);
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 4 + ACCOUNT_LOCK_SECONDS - 1), SIGN_IN_LOCKED);
    assert_int_equal(sign_in(bureau, "wang", "wrong", NULL, 4 + ACCOUNT_LOCK_SECONDS), SIGN_IN_WRONG_PASSWORD);
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 5 + ACCOUNT_LOCK_SECONDS), SIGN_IN_FINE);
}

static void a_right_password_forgets_failures(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    for (int round = 0; round < 2; round++) {
        for (int i = 1; i < ACCOUNT_TRIES; i++)
            assert_int_equal(sign_in(bureau, "wang", "wrong", NULL, 0), SIGN_IN_WRONG_PASSWORD);
        assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 0), SIGN_IN_FINE);
    }
    assert_string_equal(bureau_account(bureau, "wang")->last_sign_in, NOON);
}

static void an_administrator_unlocks_by_a_new_password(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    for (int i = 0; i < ACCOUNT_TRIES; i++) sign_in(bureau, "wang", "wrong", NULL, 0);
    bureau_fine(bureau, account_give_password(&bureau->people, "wang", "Lotus-2021-pond", "boss", NOON, bureau->diag));
    assert_int_equal(sign_in(bureau, "wang", "Lotus-2021-pond", NULL, 1), SIGN_IN_FINE);
}

static void closed_accounts_stay_out(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    bureau_fine(bureau, account_disable(&bureau->people, "wang", true, "boss", NOON, bureau->diag));
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 1), SIGN_IN_DISABLED);
    bureau_fine(bureau, account_disable(&bureau->people, "wang", false, "boss", NOON, bureau->diag));
    fixture_exec(bureau->people.db, "UPDATE account SET expires = '2020-07-06'");
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 12 * 60 * 60 - 1),
                     SIGN_IN_FINE); /* until midnight in China */
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 12 * 60 * 60), SIGN_IN_EXPIRED);
    bureau_refused(bureau, account_disable(&bureau->people, "nobody", true, "boss", NOON, bureau->diag), "no-account");
}

static double seconds_of(Bureau *bureau, const char *login) {
    clock_t start = clock();
    (void)sign_in(bureau, login, "wrong", NULL, 0);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Of the program's own time, so that other work on the machine does not count. */
static void a_stranger_waits_as_long_and_reads_the_same(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    double known = seconds_of(bureau, "wang"), unknown = seconds_of(bureau, "zhao");
    assert_true(unknown > known * 0.5 && known > unknown * 0.5);
    static const char *const logins[] = {"wang", "zhao"};
    const char *said[2];
    for (int i = 0; i < 2; i++) {
        SignInOutcome outcome;
        Account *account = NULL;
        SignIn attempt = {logins[i], "wrong", NULL, "192.0.2.7"};
        Diag *diag = diag_new(bureau);
        fixture_ok(bureau->people.db,
                   account_sign_in(bureau, &bureau->people, &attempt, NOON, diag, &outcome, &account));
        said[i] = diag->list[0].say.en;
    }
    assert_string_equal(said[0], said[1]);
}

/* ---- codes ---- */

static void codes_are_those_of_the_standard(void **state) {
    (void)state; /* RFC 6238, appendix B, the last six digits of SHA-1: the secret is 12345678901234567890 */
    const char *secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assert_int_equal(totp_code(secret, 59 / TOTP_STEP), 287082);
    assert_int_equal(totp_code(secret, 1111111109 / TOTP_STEP), 81804);
    assert_int_equal(totp_code(secret, 20000000000 / TOTP_STEP), 353130);
    assert_int_equal(totp_match(secret, "287082", 59 + TOTP_STEP, 0), 1);
    assert_int_equal(totp_match(secret, "287082", 59 + 2 * TOTP_STEP, 0), 0);
    assert_int_equal(totp_match(secret, "287082", 59, 1), 0);
    assert_int_equal(totp_code("no base32!", 1), -1);
}

static void a_second_lock_asks_for_its_code(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    const char *secret = totp_secret(bureau);
    bureau_fine(bureau, account_set_totp(&bureau->people, "wang", secret, "boss", NOON, bureau->diag));
    assert_null(strstr(bureau_account(bureau, "wang")->totp, secret));
    const char *code = mem_printf(bureau, "%06d", totp_code(secret, instant_seconds(NOON) / TOTP_STEP));
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 0), SIGN_IN_ASKS_CODE);
    assert_int_equal(sign_in(bureau, "wang", "wrong", code, 0), SIGN_IN_WRONG_PASSWORD);
    assert_int_equal(sign_in(bureau, "wang", STRONG, code, 0), SIGN_IN_FINE);
    assert_int_equal(sign_in(bureau, "wang", STRONG, code, 1), SIGN_IN_WRONG_CODE); /* each only once */
}

static void asking_for_a_code_does_not_forget_wrong_ones(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    bureau_fine(bureau, account_set_totp(&bureau->people, "wang", totp_secret(bureau), "boss", NOON, bureau->diag));
    for (int i = 0; i < ACCOUNT_TRIES; i++) {
        assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 0), SIGN_IN_ASKS_CODE);
        assert_int_equal(sign_in(bureau, "wang", STRONG, "nocode", 0), SIGN_IN_WRONG_CODE);
    }
    assert_int_equal(sign_in(bureau, "wang", STRONG, NULL, 1), SIGN_IN_LOCKED);
}

/* ---- the log ---- */

static void join_outcome(const JournalRow *row, void *data) {
    assert_string_equal(row->address, "192.0.2.7");
    buf_printf(data, "%s %s;", row->login, row->outcome);
}

static int confirm(Bureau *bureau, const char *login, const char *secret, int64_t later) {
    Account *account;
    Diag *diag = diag_new(bureau);
    assert_int_equal(account_find(bureau, &bureau->people, login, &account), 0);
    int result = account_confirm(&bureau->people, account, secret, "192.0.2.7", bureau_later(bureau, later), diag);
    fixture_ok(bureau->people.db, result < 0 ? result : 0);
    assert_int_equal(diag->errors, result);
    return result;
}

static void who_sits_there_is_asked_by_the_password(void **state) {
    Bureau *bureau = *state;
    Buf log = BUF_INIT(bureau);
    bureau_add(bureau, "wang", NULL);
    assert_int_equal(confirm(bureau, "wang", STRONG, 0), 0);
    for (int i = 0; i < ACCOUNT_TRIES; i++) assert_int_equal(confirm(bureau, "wang", "wrong", 1), 1);
    assert_int_equal(confirm(bureau, "wang", STRONG, 2), 1); /* guessing locks */
    assert_int_equal(confirm(bureau, "wang", STRONG, ACCOUNT_LOCK_SECONDS + 2), 0);
    fixture_ok(bureau->people.db, journal_each_sign_in(&bureau->people, NULL, 3, join_outcome, &log));
    assert_string_equal(buf_text(&log), "wang confirmed;wang locked;wang wrong-password;");
}

static void who_sits_there_is_asked_by_the_code(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    const char *secret = totp_secret(bureau);
    assert_int_equal(account_set_totp(&bureau->people, "wang", secret, "wang", NOON, bureau->diag), 0);
    int64_t step = instant_seconds(bureau_later(bureau, 0)) / TOTP_STEP;
    const char *code = mem_printf(bureau, "%06d", totp_code(secret, step));
    assert_int_equal(confirm(bureau, "wang", STRONG, 0), 1); /* the password is not enough */
    assert_int_equal(confirm(bureau, "wang", code, 0), 0);
    assert_int_equal(confirm(bureau, "wang", code, 1), 1); /* nor is a code for twice */
}

static void every_attempt_is_written_down(void **state) {
    Bureau *bureau = *state;
    Buf all = BUF_INIT(bureau), one = BUF_INIT(bureau);
    bureau_add(bureau, "wang", NULL);
    sign_in(bureau, "wang", "wrong", NULL, 1);
    sign_in(bureau, "zhao", STRONG, NULL, 2);
    assert_int_equal(sign_in(bureau, "My-Secret-Password", "", NULL, 3), SIGN_IN_UNKNOWN);
    assert_int_equal(sign_in(bureau, "\xff\xfe' --", "\xff", NULL, 3), SIGN_IN_UNKNOWN);
    sign_in(bureau, "wang", STRONG, NULL, 4);
    fixture_ok(bureau->people.db, journal_each_sign_in(&bureau->people, NULL, 10, join_outcome, &all));
    assert_string_equal(buf_text(&all),
                        "wang signed-in;? unknown-login;? unknown-login;zhao unknown-login;wang wrong-password;");
    fixture_ok(bureau->people.db, journal_each_sign_in(&bureau->people, "wang", 1, join_outcome, &one));
    assert_string_equal(buf_text(&one), "wang signed-in;");
}

static void what_cannot_be_written_down_does_not_happen(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    fixture_exec(bureau->people.db, "DROP TABLE sign_in_log");
    SignIn attempt = {"wang", STRONG, NULL, ""};
    SignInOutcome outcome;
    Account *account = NULL;
    assert_true(account_sign_in(bureau, &bureau->people, &attempt, NOON, bureau->diag, &outcome, &account) < 0);
    assert_null(account);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BUREAU_TEST(passwords_keep_the_rules),
        BUREAU_TEST(first_passwords_are_random_and_keep_the_rules),
        BUREAU_TEST(hashes_are_salted_and_say_no_to_others),
        BUREAU_TEST(former_passwords_do_not_come_back),
        BUREAU_TEST(accounts_are_checked_before_they_are_made),
        BUREAU_TEST(nobody_is_there_before_somebody_is_made),
        BUREAU_TEST(first_and_old_passwords_are_due),
        BUREAU_TEST(five_failures_lock_for_half_an_hour),
        BUREAU_TEST(a_right_password_forgets_failures),
        BUREAU_TEST(an_administrator_unlocks_by_a_new_password),
        BUREAU_TEST(closed_accounts_stay_out),
        BUREAU_TEST(a_stranger_waits_as_long_and_reads_the_same),
        BUREAU_TEST(codes_are_those_of_the_standard),
        BUREAU_TEST(a_second_lock_asks_for_its_code),
        BUREAU_TEST(asking_for_a_code_does_not_forget_wrong_ones),
        BUREAU_TEST(who_sits_there_is_asked_by_the_password),
        BUREAU_TEST(who_sits_there_is_asked_by_the_code),
        BUREAU_TEST(every_attempt_is_written_down),
        BUREAU_TEST(what_cannot_be_written_down_does_not_happen),
    };
    return FIXTURE_RUN("account", tests);
}
