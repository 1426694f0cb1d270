/* people/account.h: accounts: made, changed, signed in to.
 *
 * 0, or a negative fault that is only passed on; 1 where it is said, with findings. `actor` is who does it, for the
 * log; whether he may is the caller's question (permission.h). */
#ifndef PEOPLE_ACCOUNT_H
#define PEOPLE_ACCOUNT_H

#include "people/people.h"

/* GB/T 22239-2019, level 3. */
#define ACCOUNT_TRIES        5         /* failures in a row that lock */
#define ACCOUNT_LOCK_SECONDS (30 * 60) /* how long */

typedef struct Account {
    const char *login, *name;
    const char *unit;        /* code, or NULL */
    const char *password;    /* its hash */
    const char *password_at; /* since when */
    bool must_change;        /* somebody else chose the password */
    bool disabled;
    Date expires;             /* the last day; DATE_NONE: never */
    const char *locked_until; /* or NULL */
    const char *totp;         /* sealed secret, or NULL: none is asked for */
    int64_t totp_step;        /* of the last code that was taken */
    const char *last_sign_in; /* or NULL */
} Account;

/* 0, 1 when there is none (no finding), or a fault. Owned by ctx. */
int account_find(const void *ctx, const People *people, const char *login, Account **ret_account);
typedef void (*AccountTake)(const Account *account, void *data);
/* By login; each is lent until the next. */
int account_each(const People *people, AccountTake take, void *data);

/* All, by login. Owned by ctx. 0, or a fault. */
int account_list(const void *ctx, const People *people, Account ***ret_accounts, size_t *ret_count);

typedef struct NewAccount {
    const char *login, *name, *unit; /* unit NULL: none */
    Date expires;
    const char *password; /* a first one: to be changed when it was used */
} NewAccount;
/* 0, 1 with findings (login taken or not a login, unknown unit, weak password), or a fault. */
int account_create(const People *people, const NewAccount *wanted, const char *actor, const char *now, Diag *diag);

/* A new password, which unlocks and ends all sessions. By its owner: not one of his last. Given by another: to be
 * changed at the next sign-in. 0, 1 with findings, or a fault. */
int account_change_password(const People *people, const char *login, const char *password, const char *now, Diag *diag);
int account_give_password(const People *people, const char *login, const char *password, const char *actor,
                          const char *now, Diag *diag);
/* Disabling ends all sessions. 0, 1 when there is no such account (with a finding), or a fault. */
int account_disable(const People *people, const char *login, bool disabled, const char *actor, const char *now,
                    Diag *diag);
/* A second factor: the secret in base32 (totp.h), sealed here; NULL takes it away. 0, 1 with findings (no account, no
 * key), or a fault. */
int account_set_totp(const People *people, const char *login, const char *secret, const char *actor, const char *now,
                     Diag *diag);

/* Whether it is neither disabled nor past its last day. */
bool account_is_live(const Account *account, const char *now);
/* Whether the password must be changed before anything else is done: it was given, or is too old. */
bool account_password_is_due(const Account *account, const char *now);
/* "disabled", "in use" … in the current language. Lent. */
const char *account_state(const Account *account, const char *now);

/* --- signing in --- */

typedef enum {
    SIGN_IN_FINE,
    SIGN_IN_ASKS_CODE, /* the password is right, a code is wanted besides */
    SIGN_IN_WRONG_CODE,
    SIGN_IN_WRONG_PASSWORD,
    SIGN_IN_UNKNOWN,
    SIGN_IN_LOCKED,
    SIGN_IN_DISABLED,
    SIGN_IN_EXPIRED,
    SIGN_IN_CONFIRMED, /* of account_confirm */
} SignInOutcome;

typedef struct SignIn {
    const char *login, *password;
    const char *code;    /* or NULL */
    const char *address; /* where from, for the log */
} SignIn;

/* Every attempt is written down, costs one password hash whatever is wrong, and is counted before it is looked at. For
 * all outcomes but the first two the finding says the same: a stranger learns nothing of whose accounts there are. The
 * account is given back when it is in, else untouched. 0, or a fault: then nobody is in. */
int account_sign_in(const void *ctx, const People *people, const SignIn *attempt, const char *now, Diag *diag,
                    SignInOutcome *ret_outcome, Account **ret_account);

/* Whether it is still he who sits there: `secret` is the code of an account with a second lock, else its password. It
 * is written down and counted as an attempt to sign in: guessing locks. 0, 1 with a finding, or a fault. */
int account_confirm(const People *people, const Account *account, const char *secret, const char *address,
                    const char *now, Diag *diag);

#endif
