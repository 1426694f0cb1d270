/* people/sign-in.c: who may come in.
 *
 * A try is taken from the account before the password is looked at, in one statement, and given back when it was right:
 * however many guess at once, they have ACCOUNT_TRIES between them. */
#include <string.h>

#include "base/mem.h"
#include "people/account.h"
#include "people/journal.h"
#include "people/password.h"
#include "people/totp.h"

/* Its word in the log. */
static const char *word_of(SignInOutcome outcome) {
    static const char *const words[] = {
        [SIGN_IN_FINE] = "signed-in",        [SIGN_IN_ASKS_CODE] = "asked-for-code",
        [SIGN_IN_WRONG_CODE] = "wrong-code", [SIGN_IN_WRONG_PASSWORD] = "wrong-password",
        [SIGN_IN_UNKNOWN] = "unknown-login", [SIGN_IN_LOCKED] = "locked",
        [SIGN_IN_DISABLED] = "disabled",     [SIGN_IN_EXPIRED] = "expired",
        [SIGN_IN_CONFIRMED] = "confirmed",
    };
    return words[outcome];
}

/* --- tries --- */

/* The last try locks; the first after a lock begins to count anew. False: the account is locked, or there is none. */
static int take_try(const People *people, const char *login, const char *now, bool *ret_taken) {
    static const char sql[] =
        "UPDATE account SET failed = CASE WHEN locked_until IS NULL THEN failed + 1 ELSE 1 END,"
        " locked_until = CASE WHEN locked_until IS NULL AND failed + 1 >= ?4 THEN ?5 ELSE NULL END"
        " WHERE org = ?1 AND login = ?2 AND (locked_until IS NULL OR locked_until <= ?3)";
    char until[INSTANT_SIZE];
    int64_t changes = 0;
    instant_add(now, ACCOUNT_LOCK_SECONDS, until);
    int fault = people_run(
        people, sql,
        DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(now), VALUE_OF_INT(ACCOUNT_TRIES), VALUE_OF_TEXT(until)),
        &changes);
    *ret_taken = changes == 1;
    return fault;
}

/* Who waits for a code has not come in: only this one try comes back, those of others stay counted. */
static int give_back_try(const People *people, const char *login) {
    static const char sql[] =
        "UPDATE account SET failed = failed - 1, locked_until = NULL WHERE org = ?1 AND login = ?2";
    return people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(login)), NULL);
}

/* --- the code --- */

/* The step the code belongs to; 0: it is wrong, was used, or cannot be opened for want of the key. */
static int64_t match_code(const People *people, const Account *account, const char *code, const char *now) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *secret = seal_open_text(scratch, people->seal, account->totp);
    return secret ? totp_match(secret, code, instant_seconds(now), account->totp_step) : 0;
}

/* Takes the code away for others: of two who bring the same one at the same time, one comes in. */
static int use_code(const People *people, const Account *account, int64_t step, SignInOutcome *outcome) {
    static const char sql[] = "UPDATE account SET totp_step = ?3 WHERE org = ?1 AND login = ?2 AND totp_step < ?3";
    int64_t changes = 0;
    int fault = people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(account->login), VALUE_OF_INT(step)), &changes);
    if (changes != 1) *outcome = SIGN_IN_WRONG_CODE;
    return fault;
}

/* --- judging --- */

static SignInOutcome judge(const Account *account, bool taken, bool right, const char *now) {
    if (!account) return SIGN_IN_UNKNOWN;
    if (!taken) return SIGN_IN_LOCKED;
    if (!right) return SIGN_IN_WRONG_PASSWORD;
    if (account->disabled) return SIGN_IN_DISABLED;
    return account_is_live(account, now) ? SIGN_IN_FINE : SIGN_IN_EXPIRED;
}

static int judge_code(const People *people, const Account *account, const char *code, const char *now,
                      SignInOutcome *outcome) {
    if (*outcome != SIGN_IN_FINE || !account->totp) return 0;
    if (!code) {
        *outcome = SIGN_IN_ASKS_CODE;
        return 0;
    }
    int64_t step = match_code(people, account, code, now);
    if (step) return use_code(people, account, step, outcome);
    *outcome = SIGN_IN_WRONG_CODE;
    return 0;
}

static int come_in(const People *people, const char *login, const char *now) {
    static const char sql[] = "UPDATE account SET failed = 0, locked_until = NULL, last_sign_in = ?3"
                              " WHERE org = ?1 AND login = ?2";
    return people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(now)), NULL);
}

static void tell(SignInOutcome outcome, Diag *diag) {
    if (outcome == SIGN_IN_FINE) return;
    if (outcome == SIGN_IN_ASKS_CODE)
        diag_error(diag, (Place){.field = "code"}, "code",
                   "this account has a second lock; enter the six digits of your telephone");
    else
        diag_error(
            diag, (Place){.field = "password"}, "sign-in",
            "login, password or code is wrong, or the account is locked or closed; after %d failures wait %d minutes"
            " or ask the administrator",
            ACCOUNT_TRIES, ACCOUNT_LOCK_SECONDS / 60);
}

int account_sign_in(const void *ctx, const People *people, const SignIn *attempt, const char *now, Diag *diag,
                    SignInOutcome *ret_outcome, Account **ret_account) {
    const char *login = login_is_fine(attempt->login) ? attempt->login : ""; /* nobody's, and fit for the database */
    Account *account = NULL;
    bool taken = false;
    int fault = take_try(people, login, now, &taken);
    if (!fault) fault = account_find(ctx, people, login, &account);
    if (fault < 0) return fault;
    bool right = password_matches(account ? account->password : NULL, attempt->password);
    SignInOutcome outcome = judge(account, taken, right, now);
    fault = judge_code(people, account, attempt->code, now, &outcome);
    if (!fault && outcome == SIGN_IN_ASKS_CODE) fault = give_back_try(people, login);
    if (!fault) fault = journal_sign_in(people, now, login, attempt->address, word_of(outcome));
    if (!fault && outcome == SIGN_IN_FINE) fault = come_in(people, login, now);
    if (fault) return fault;
    tell(outcome, diag);
    *ret_outcome = outcome;
    if (outcome == SIGN_IN_FINE) *ret_account = account;
    return 0;
}

/* --- once more --- */

static int judge_secret(const People *people, const Account *account, const char *secret, const char *now,
                        SignInOutcome *outcome) {
    int64_t step = account->totp ? match_code(people, account, secret, now) : 0;
    if (step) return use_code(people, account, step, outcome);
    if (account->totp)
        *outcome = SIGN_IN_WRONG_CODE;
    else if (!password_matches(account->password, secret))
        *outcome = SIGN_IN_WRONG_PASSWORD;
    return 0;
}

int account_confirm(const People *people, const Account *account, const char *secret, const char *address,
                    const char *now, Diag *diag) {
    SignInOutcome outcome = SIGN_IN_CONFIRMED;
    bool taken = false;
    int fault = take_try(people, account->login, now, &taken);
    if (!fault && !taken) outcome = SIGN_IN_LOCKED;
    if (!fault && taken) fault = judge_secret(people, account, secret, now, &outcome);
    if (!fault && outcome == SIGN_IN_CONFIRMED) fault = give_back_try(people, account->login);
    if (!fault) fault = journal_sign_in(people, now, account->login, address, word_of(outcome));
    if (fault || outcome == SIGN_IN_CONFIRMED) return fault;
    if (account->totp)
        diag_error(
            diag, (Place){.field = "secret"}, "confirm",
            "the code is wrong, was used already, or the account is locked; wait for the next code and enter that");
    else
        diag_error(diag, (Place){.field = "secret"}, "confirm",
                   "the password is wrong, or the account is locked; after %d failures wait %d minutes", ACCOUNT_TRIES,
                   ACCOUNT_LOCK_SECONDS / 60);
    return 1;
}
