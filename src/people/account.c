/* people/account.c: accounts and their passwords. Signing in stands in sign-in.c. */
#include "people/account.h"

#include <string.h>

#include "base/mem.h"
#include "people/journal.h"
#include "people/password.h"
#include "people/session.h"
#include "people/unit.h"

#define COLUMNS                                                                                                        \
    "login, name, unit, password, password_at, must_change, disabled, expires, locked_until, totp, totp_step,"         \
    " last_sign_in FROM account WHERE org = ?1"

/* --- reading --- */

static Account *account_from_row(const void *ctx, const Stmt *stmt) {
    Account *account = mem_new(ctx, Account);
    *account = (Account){
        .login = stmt_copy(account, stmt, 0),
        .name = stmt_copy(account, stmt, 1),
        .unit = stmt_copy(account, stmt, 2),
        .password = stmt_copy(account, stmt, 3),
        .password_at = stmt_copy(account, stmt, 4),
        .must_change = stmt_int(stmt, 5) != 0,
        .disabled = stmt_int(stmt, 6) != 0,
        .expires = stmt_date(stmt, 7),
        .locked_until = stmt_copy(account, stmt, 8),
        .totp = stmt_copy(account, stmt, 9),
        .totp_step = stmt_int(stmt, 10),
        .last_sign_in = stmt_copy(account, stmt, 11),
    };
    return account;
}

int account_find(const void *ctx, const People *people, const char *login, Account **ret_account) {
    Stmt *stmt;
    int step = people_ask(people, "SELECT " COLUMNS " AND login = ?2", DB_VALUES(VALUE_OF_TEXT(login)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) *ret_account = account_from_row(ctx, stmt);
    return stmt_end_found(stmt, step);
}

int account_each(const People *people, AccountTake take, void *data) {
    Stmt *stmt;
    int step = people_ask(people, "SELECT " COLUMNS " ORDER BY login", NULL, 0, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Account *account = account_from_row(NULL, stmt);
        take(account, data);
        talloc_free(account);
    }
    return step;
}

int account_list(const void *ctx, const People *people, Account ***ret_accounts, size_t *ret_count) {
    Stmt *stmt;
    int step = people_ask(people, "SELECT " COLUMNS " ORDER BY login", NULL, 0, &stmt);
    if (step) return step;
    *ret_accounts = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) *mem_push(ctx, *ret_accounts, *ret_count) = account_from_row(ctx, stmt);
    return step;
}

bool account_is_live(const Account *account, const char *now) {
    return !account->disabled && (account->expires == DATE_NONE || instant_day(now) <= account->expires);
}

bool account_password_is_due(const Account *account, const char *now) {
    char due[INSTANT_SIZE];
    instant_add(account->password_at, (int64_t)PASSWORD_AGE_DAYS * DAY_SECONDS, due);
    return account->must_change || strcmp(now, due) >= 0;
}

const char *account_state(const Account *account, const char *now) {
    if (account->disabled) return _("disabled");
    if (!account_is_live(account, now)) return _("expired");
    if (account->locked_until && strcmp(account->locked_until, now) > 0) return _("locked");
    return account_password_is_due(account, now) ? _("password to be changed") : _("in use");
}

/* 0, 1 with a finding, or a fault. */
static int need_account(const void *ctx, const People *people, const char *login, Diag *diag, Account **ret_account) {
    int result = account_find(ctx, people, login, ret_account);
    if (result == 1)
        diag_error(diag, (Place){.field = "login"}, "no-account", "there is no account '%s'; see kezhang user list",
                   login);
    return result;
}

/* --- making --- */

static int check_new(const People *people, const NewAccount *wanted, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t before = diag->errors;
    Account *taken;
    bool known = true;
    if (!login_is_fine(wanted->login))
        diag_error(diag, (Place){.field = "login"}, "bad-login",
                   "a login is a lower-case word of letters, digits, - . and _ with at most %u characters; correct it",
                   LOGIN_MAX);
    if (!*wanted->name)
        diag_error(diag, (Place){.field = "name"}, "no-name", "the account needs the name of a person; write it");
    int result = account_find(scratch, people, wanted->login, &taken);
    if (result < 0) return result;
    if (result == 0)
        diag_error(diag, (Place){.field = "login"}, "login-taken", "the login '%s' is taken; choose another",
                   wanted->login);
    int fault = wanted->unit ? unit_is_known(people, wanted->unit, &known) : 0;
    if (fault) return fault;
    if (!known)
        diag_error(diag, (Place){.field = "unit"}, "no-unit", "there is no unit '%s'; make it first", wanted->unit);
    (void)password_check(wanted->password, wanted->login, diag);
    return diag->errors > before;
}

static int keep_password(const People *people, const char *login, const char *hash, const char *now) {
    static const char add[] = "INSERT INTO account_password (org, login, at, hash) VALUES (?1, ?2, ?3, ?4)"
                              " ON CONFLICT (org, login, at) DO UPDATE SET hash = excluded.hash";
    static const char forget[] =
        "DELETE FROM account_password WHERE org = ?1 AND login = ?2 AND at NOT IN"
        " (SELECT at FROM account_password WHERE org = ?1 AND login = ?2 ORDER BY at DESC LIMIT ?3)";
    int fault = people_run(people, add, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(now), VALUE_OF_TEXT(hash)), NULL);
    if (fault) return fault;
    return people_run(people, forget, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_INT(PASSWORD_HISTORY)), NULL);
}

static int insert_account(const People *people, const NewAccount *wanted, const char *hash, const char *now) {
    static const char sql[] =
        "INSERT INTO account (org, login, name, unit, password, password_at, must_change, disabled,"
        " expires, failed, totp_step, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, ?7, 0, 0, ?6)";
    return people_run(people, sql,
                      DB_VALUES(VALUE_OF_TEXT(wanted->login), VALUE_OF_TEXT(wanted->name), value_of_text(wanted->unit),
                                VALUE_OF_TEXT(hash), VALUE_OF_TEXT(now), value_of_date(wanted->expires)),
                      NULL);
}

int account_create(const People *people, const NewAccount *wanted, const char *actor, const char *now, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = check_new(people, wanted, diag);
    if (result) return result;
    const char *hash = password_hash(scratch, wanted->password);
    result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = insert_account(people, wanted, hash, now);
    if (!result) result = keep_password(people, wanted->login, hash, now);
    if (!result) result = journal_account(people, now, actor, wanted->login, "create", wanted->name);
    return db_settle(people->db, result);
}

/* --- changing --- */

/* 0, 1 with a finding when it was used before, or a fault. */
static int check_history(const People *people, const char *login, const char *password, Diag *diag) {
    static const char sql[] = "SELECT hash FROM account_password WHERE org = ?1 AND login = ?2 ORDER BY at DESC";
    Stmt *stmt;
    bool used = false;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(login)), &stmt);
    if (step) return step;
    while (!used && (step = stmt_step(stmt)) == DB_ROW) used = password_matches(stmt_text(stmt, 0), password);
    stmt_reset(stmt);
    if (step < 0 || !used) return step;
    diag_error(diag, (Place){.field = "password"}, "password-used",
               "the password is one of your last %u; choose one that you did not have", PASSWORD_HISTORY);
    return 1;
}

/* Sets it, unlocks and ends all sessions. giver: whoever chose it for somebody else, or NULL. */
static int replace_password(const People *people, const char *login, const char *password, const char *giver,
                            const char *now) {
    static const char sql[] = "UPDATE account SET password = ?3, password_at = ?4, must_change = ?5, failed = 0,"
                              " locked_until = NULL WHERE org = ?1 AND login = ?2";
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *hash = password_hash(scratch, password);
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = people_run(
        people, sql,
        DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(hash), VALUE_OF_TEXT(now), VALUE_OF_INT(giver != NULL)), NULL);
    if (!result) result = keep_password(people, login, hash, now);
    if (!result) result = session_end_all(people, login);
    if (!result)
        result = journal_account(people, now, giver ? giver : login, login, giver ? "give-password" : "change-password",
                                 NULL);
    return db_settle(people->db, result);
}

int account_change_password(const People *people, const char *login, const char *password, const char *now,
                            Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Account *account;
    int result = need_account(scratch, people, login, diag, &account);
    if (!result) result = password_check(password, login, diag) ? 1 : 0;
    if (!result) result = check_history(people, login, password, diag);
    return result ? result : replace_password(people, login, password, NULL, now);
}

int account_give_password(const People *people, const char *login, const char *password, const char *actor,
                          const char *now, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Account *account;
    int result = need_account(scratch, people, login, diag, &account);
    if (!result) result = password_check(password, login, diag) ? 1 : 0;
    return result ? result : replace_password(people, login, password, actor, now);
}

int account_disable(const People *people, const char *login, bool disabled, const char *actor, const char *now,
                    Diag *diag) {
    static const char sql[] = "UPDATE account SET disabled = ?3 WHERE org = ?1 AND login = ?2";
    MEM_SCRATCH scratch = talloc_new(NULL);
    Account *account;
    int result = need_account(scratch, people, login, diag, &account);
    if (!result) result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_INT(disabled)), NULL);
    if (!result && disabled) result = session_end_all(people, login);
    if (!result) result = journal_account(people, now, actor, login, disabled ? "disable" : "enable", NULL);
    return db_settle(people->db, result);
}

int account_set_totp(const People *people, const char *login, const char *secret, const char *actor, const char *now,
                     Diag *diag) {
    static const char sql[] = "UPDATE account SET totp = ?3, totp_step = 0 WHERE org = ?1 AND login = ?2";
    MEM_SCRATCH scratch = talloc_new(NULL);
    Account *account;
    int result = need_account(scratch, people, login, diag, &account);
    if (result) return result;
    const char *sealed = secret ? seal_close_text(scratch, people->seal, secret) : NULL;
    if (secret && !sealed) {
        diag_error(diag, PLACE_NONE, "no-key",
                   "the key file is missing, so nothing can be sealed; put back your copy of it");
        return 1;
    }
    result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(login), value_of_text(sealed)), NULL);
    if (!result) result = journal_account(people, now, actor, login, secret ? "give-code" : "take-code", NULL);
    return db_settle(people->db, result);
}
