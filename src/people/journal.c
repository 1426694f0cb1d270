/* people/journal.c: see journal.h. Only adds rows, and reads them. */
#include "people/journal.h"

#include "base/mem.h"

/* Tells rows of one millisecond apart. */
static Value random_number(void) {
    uint64_t number;
    people_random(&number, sizeof number);
    return VALUE_OF_INT((int64_t)(number & INT64_MAX));
}

int journal_sign_in(const People *people, const char *at, const char *login, const char *address, const char *outcome) {
    const char *typed = login_is_fine(login) ? login : "?"; /* nobody's: perhaps a password in the wrong box */
    static const char sql[] = "INSERT INTO sign_in_log (org, at, id, login, address, outcome)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    return people_run(people, sql,
                      PEOPLE_VALUES(VALUE_OF_TEXT(at), random_number(), VALUE_OF_TEXT(typed), VALUE_OF_TEXT(address),
                                    VALUE_OF_TEXT(outcome)),
                      NULL);
}

int journal_account(const People *people, const char *at, const char *actor, const char *login, const char *action,
                    const char *detail) {
    static const char sql[] = "INSERT INTO account_log (org, at, id, actor, login, action, detail)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    return people_run(people, sql,
                      PEOPLE_VALUES(VALUE_OF_TEXT(at), random_number(), VALUE_OF_TEXT(actor), VALUE_OF_TEXT(login),
                                    VALUE_OF_TEXT(action), people_text(detail)),
                      NULL);
}

int journal_disclose(const People *people, const Disclosure *disclosure) {
    static const char sql[] = "INSERT INTO disclosure_log (org, at, id, login, address, ledger, record, reason)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    return people_run(people, sql,
                      PEOPLE_VALUES(VALUE_OF_TEXT(disclosure->at), random_number(), VALUE_OF_TEXT(disclosure->login),
                                    VALUE_OF_TEXT(disclosure->address), VALUE_OF_TEXT(disclosure->ledger),
                                    VALUE_OF_INT(disclosure->record), VALUE_OF_TEXT(disclosure->reason)),
                      NULL);
}

int journal_each_disclosure(const People *people, size_t most, DisclosureTake take, void *data) {
    static const char sql[] = "SELECT at, login, address, ledger, record, reason FROM disclosure_log WHERE org = ?1"
                              " ORDER BY at DESC, id LIMIT ?2";
    Stmt *stmt;
    int step = people_ask(people, sql, PEOPLE_VALUES(VALUE_OF_INT((int64_t)most)), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const Disclosure disclosure = {
            .at = stmt_text(stmt, 0),
            .login = stmt_text(stmt, 1),
            .address = stmt_text(stmt, 2),
            .ledger = stmt_text(stmt, 3),
            .record = stmt_int(stmt, 4),
            .reason = stmt_text(stmt, 5),
        };
        take(&disclosure, data);
    }
    return step;
}

int journal_each_sign_in(const People *people, const char *login, size_t most, JournalTake take, void *data) {
    static const char all[] = "SELECT at, login, address, outcome FROM sign_in_log WHERE org = ?1"
                              " ORDER BY at DESC, id LIMIT ?2";
    static const char one[] = "SELECT at, login, address, outcome FROM sign_in_log WHERE org = ?1 AND login = ?3"
                              " ORDER BY at DESC, id LIMIT ?2";
    Stmt *stmt;
    const Value values[] = {VALUE_OF_INT((int64_t)most), people_text(login)};
    int step = people_ask(people, login ? one : all, values, login ? 2 : 1, &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const JournalRow row = {stmt_text(stmt, 0), stmt_text(stmt, 1), stmt_text(stmt, 2), stmt_text(stmt, 3)};
        take(&row, data);
    }
    return step;
}
