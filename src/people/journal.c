/* people/journal.c: see journal.h. Only adds rows, and reads them. */
#include "people/journal.h"

#include <string.h>

#include "base/mem.h"

const ChainLog journal_logs[JOURNAL_LOGS] = {
    [JOURNAL_SIGN_INS] = {.table = "sign_in_log",
                          .title = {"登录日志", "Log of signing in"},
                          .columns = {"at", "login", "address", "outcome"},
                          .former = "at, id"},
    [JOURNAL_DEEDS] = {.table = "account_log",
                       .title = {"账号日志", "Log of accounts"},
                       .columns = {"at", "actor", "login", "action", "detail"},
                       .former = "at, id"},
    [JOURNAL_DISCLOSURES] = {.table = "disclosure_log",
                             .title = {"个人信息查看日志", "Log of personal fields shown"},
                             .columns = {"at", "login", "address", "ledger", "record", "reason"},
                             .former = "at, id"},
};

int journal_sign_in(const People *people, const char *at, const char *login, const char *address, const char *outcome) {
    const char *typed = login_is_fine(login) ? login : "?"; /* nobody's: perhaps a password in the wrong box */
    const Value values[] = {VALUE_OF_TEXT(at), VALUE_OF_TEXT(typed), VALUE_OF_TEXT(address), VALUE_OF_TEXT(outcome)};
    return chain_add(people, &journal_logs[JOURNAL_SIGN_INS], values, NULL);
}

int journal_account(const People *people, const char *at, const char *actor, const char *login, const char *action,
                    const char *detail) {
    const Value values[] = {VALUE_OF_TEXT(at), VALUE_OF_TEXT(actor), VALUE_OF_TEXT(login), VALUE_OF_TEXT(action),
                            value_of_text(detail)};
    return chain_add(people, &journal_logs[JOURNAL_DEEDS], values, NULL);
}

int journal_disclose(const People *people, const Disclosure *disclosure) {
    const Value values[] = {VALUE_OF_TEXT(disclosure->at),      VALUE_OF_TEXT(disclosure->login),
                            VALUE_OF_TEXT(disclosure->address), VALUE_OF_TEXT(disclosure->ledger),
                            VALUE_OF_INT(disclosure->record),   VALUE_OF_TEXT(disclosure->reason)};
    return chain_add(people, &journal_logs[JOURNAL_DISCLOSURES], values, NULL);
}

/* --- reading --- */

/* The newest of a log; login NULL: of everybody. The statements take so many rows as ?2 and the login as ?3. */
static int ask(const People *people, const char *all, const char *one, const char *login, size_t most,
               Stmt **ret_stmt) {
    const Value values[] = {VALUE_OF_INT((int64_t)most), value_of_text(login)};
    return people_ask(people, login ? one : all, values, login ? 2 : 1, ret_stmt);
}

#define NEWEST(columns, log, where)                                                                                    \
    "SELECT " columns " FROM " log " WHERE org = ?1" where " ORDER BY at DESC, id DESC LIMIT ?2"

int journal_each_sign_in(const People *people, const char *login, size_t most, JournalTake take, void *data) {
    static const char all[] = NEWEST("at, login, address, outcome", "sign_in_log", "");
    static const char one[] = NEWEST("at, login, address, outcome", "sign_in_log", " AND login = ?3");
    Stmt *stmt;
    int step = ask(people, all, one, login, most, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const JournalRow row = {stmt_text(stmt, 0), stmt_text(stmt, 1), stmt_text(stmt, 2), stmt_text(stmt, 3)};
        take(&row, data);
    }
    return step;
}

int journal_each_deed(const People *people, const char *login, size_t most, JournalTakeDeed take, void *data) {
    static const char all[] = NEWEST("at, actor, login, action, detail", "account_log", "");
    static const char one[] = NEWEST("at, actor, login, action, detail", "account_log", " AND login = ?3");
    Stmt *stmt;
    int step = ask(people, all, one, login, most, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const JournalDeed deed = {stmt_text(stmt, 0), stmt_text(stmt, 1), stmt_text(stmt, 2), stmt_text(stmt, 3),
                                  stmt_text(stmt, 4)};
        take(&deed, data);
    }
    return step;
}

int journal_each_disclosure(const People *people, const char *login, size_t most, DisclosureTake take, void *data) {
    static const char all[] = NEWEST("at, login, address, ledger, record, reason", "disclosure_log", "");
    static const char one[] = NEWEST("at, login, address, ledger, record, reason", "disclosure_log", " AND login = ?3");
    Stmt *stmt;
    int step = ask(people, all, one, login, most, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const Disclosure disclosure = {stmt_text(stmt, 0), stmt_text(stmt, 1), stmt_text(stmt, 2),
                                       stmt_text(stmt, 3), stmt_int(stmt, 4),  stmt_text(stmt, 5)};
        take(&disclosure, data);
    }
    return step;
}

const char *journal_words(const char *word) {
    static const struct {
        const char *word;
        Label label;
    } words[] = {
        {"signed-in", {"登录成功", "signed in"}},
        {"asked-for-code", {"密码正确，待输动态口令", "password right, asked for the code"}},
        {"wrong-code", {"动态口令不对", "wrong code"}},
        {"wrong-password", {"密码不对", "wrong password"}},
        {"unknown-login", {"没有这个账号", "no such login"}},
        {"confirmed", {"再次确认身份", "confirmed to be the same"}},
        {"locked", {"账号锁定中", "locked"}},
        {"disabled", {"账号已停用", "disabled"}},
        {"expired", {"账号已到期", "expired"}},
        {"create", {"新建账号", "account made"}},
        {"disable", {"停用账号", "account disabled"}},
        {"enable", {"启用账号", "account enabled"}},
        {"change-password", {"本人修改密码", "changed the own password"}},
        {"give-password", {"重设密码", "password given"}},
        {"give-code", {"设置动态口令", "authenticator set up"}},
        {"take-code", {"取消动态口令", "authenticator taken away"}},
        {"give-role", {"授予角色", "role given"}},
        {"take-role", {"收回角色", "role taken"}},
        {"delegate", {"委托", "delegated"}},
        {"end-delegation", {"结束委托", "delegation ended"}},
        {"token-made", {"新建接口令牌", "token made"}},
        {"token-ended", {"收回接口令牌", "token taken back"}},
        {"unit", {"维护单位", "unit written"}},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(words[i].word, word)) return label_text(words[i].label);
    return word;
}
