/* ledger/once.c: see once.h. */
#include "ledger/once.h"

#include <string.h>

#define SECONDS_A_DAY (24L * 60 * 60)

/* A statement about one key: org, login and key are its first values. */
static int ask_for(Store *store, const char *sql, const Once *once, Stmt **ret_stmt) {
    int fault = db_cached(store->db, sql, ret_stmt);
    if (fault) return fault;
    stmt_bind_int(*ret_stmt, 1, store->org);
    stmt_bind_text(*ret_stmt, 2, once->login);
    stmt_bind_text(*ret_stmt, 3, once->key);
    return 0;
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
    Stmt *stmt;
    instant_add(now, -ONCE_DAYS * SECONDS_A_DAY, last);
    int fault = db_cached(store->db, "DELETE FROM once WHERE org = ?1 AND at < ?2", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_bind_text(stmt, 2, last);
    return stmt_run(stmt);
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
    stmt_bind_text(stmt, 4, once->request);
    stmt_bind_int(stmt, 5, written->id);
    stmt_bind_int(stmt, 6, written->version);
    stmt_bind_text(stmt, 7, now);
    return stmt_run(stmt);
}

int once_change(Store *store, const Once *once, const Written *written) {
    Stmt *stmt;
    int fault = ask_for(store, "UPDATE once SET record = ?4, version = ?5 WHERE org = ?1 AND login = ?2 AND key = ?3",
                        once, &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 4, written->id);
    stmt_bind_int(stmt, 5, written->version);
    return stmt_run(stmt);
}

int once_drop(Store *store, const Once *once) {
    Stmt *stmt;
    int fault = ask_for(store, "DELETE FROM once WHERE org = ?1 AND login = ?2 AND key = ?3", once, &stmt);
    return fault ? fault : stmt_run(stmt);
}
