/* ledger/once.c: see once.h. */
#include "ledger/once.h"

#include <string.h>

/* A statement about one key: org, login and key are its first values. */
static int ask_for(Store *store, const char *sql, const Once *once, Stmt **ret_stmt) {
    return store_ask(store, sql, DB_VALUES(VALUE_OF_TEXT(once->login), VALUE_OF_TEXT(once->key)), ret_stmt);
}

int once_find(Store *store, const Once *once, Written *ret_written) {
    Stmt *stmt;
    int result = ask_for(store, "SELECT request, record, version FROM once WHERE org = ?1 AND login = ?2 AND key = ?3",
                         once, &stmt);
    if (result) return result;
    result = stmt_step(stmt);
    if (result == DB_ROW) {
        *ret_written = (Written){WRITTEN_UNCHANGED, stmt_int(stmt, 1), stmt_int(stmt, 2)};
        result = strcmp(stmt_text(stmt, 0), once->request) ? ONCE_OTHER : 0;
    } else if (!result) {
        result = ONCE_NEW;
    }
    stmt_reset(stmt);
    return result;
}

static int remove_old(Store *store, const char *now) {
    char last[INSTANT_SIZE];
    instant_add(now, -(int64_t)ONCE_DAYS * DAY_SECONDS, last);
    return store_run(store, "DELETE FROM once WHERE org = ?1 AND at < ?2", DB_VALUES(VALUE_OF_TEXT(last)));
}

int once_keep(Store *store, const Once *once, const Written *written) {
    char now[INSTANT_SIZE];
    Stmt *stmt;
    instant_now(now);
    int fault = remove_old(store, now);
    if (!fault)
        fault = ask_for(store,
                        "INSERT INTO once (org, login, key, request, record, version, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        once, &stmt);
    if (fault) return fault;
    stmt_bind_values(stmt, 4,
                     DB_VALUES(VALUE_OF_TEXT(once->request), VALUE_OF_INT(written->id), VALUE_OF_INT(written->version),
                               VALUE_OF_TEXT(now)));
    return stmt_run(stmt);
}

int once_change(Store *store, const Once *once, const Written *written) {
    Stmt *stmt;
    int fault = ask_for(store, "UPDATE once SET record = ?4, version = ?5 WHERE org = ?1 AND login = ?2 AND key = ?3",
                        once, &stmt);
    if (fault) return fault;
    stmt_bind_values(stmt, 4, DB_VALUES(VALUE_OF_INT(written->id), VALUE_OF_INT(written->version)));
    return stmt_run(stmt);
}

int once_drop(Store *store, const Once *once) {
    Stmt *stmt;
    int fault = ask_for(store, "DELETE FROM once WHERE org = ?1 AND login = ?2 AND key = ?3", once, &stmt);
    return fault ? fault : stmt_run(stmt);
}
