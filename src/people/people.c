/* people/people.c: the tables of people, and the statements' common part.
 *
 * Everything carries the bureau as its first column, like all tables: a cluster divides by it. */
#include "people/people.h"

#include <openssl/rand.h>
#include <string.h>

#include "base/mem.h"

static const char *const tables[] = {
    /* The tree of units: the bureau and its sections, towns, firms and universities whose people sign in. */
    "CREATE TABLE IF NOT EXISTS unit (org {int} NOT NULL, code {text} NOT NULL, parent {text}, name {text} NOT NULL,"
    " town {text}, PRIMARY KEY (org, code)){suffix}",
    "CREATE TABLE IF NOT EXISTS account (org {int} NOT NULL, login {text} NOT NULL, name {text} NOT NULL, unit {text},"
    " password {text} NOT NULL, password_at {text} NOT NULL, must_change {int} NOT NULL, disabled {int} NOT NULL,"
    " expires {date}, failed {int} NOT NULL, locked_until {text}, totp {text}, totp_step {int} NOT NULL,"
    " created_at {text} NOT NULL, last_sign_in {text}, PRIMARY KEY (org, login)){suffix}",
    "CREATE TABLE IF NOT EXISTS account_role (org {int} NOT NULL, login {text} NOT NULL, role {text} NOT NULL,"
    " scope {text} NOT NULL, PRIMARY KEY (org, login, role, scope)){suffix}",
    "CREATE TABLE IF NOT EXISTS account_password (org {int} NOT NULL, login {text} NOT NULL, at {text} NOT NULL,"
    " hash {text} NOT NULL, PRIMARY KEY (org, login, at)){suffix}",
    "CREATE TABLE IF NOT EXISTS session (org {int} NOT NULL, token {text} NOT NULL, login {text} NOT NULL,"
    " created {text} NOT NULL, seen {text} NOT NULL, address {text} NOT NULL, agent {text} NOT NULL,"
    " csrf {text} NOT NULL, elevated_until {text}, PRIMARY KEY (org, token)){suffix}",
    "CREATE INDEX IF NOT EXISTS session_login ON session (org, login)",
    "CREATE TABLE IF NOT EXISTS delegation (org {int} NOT NULL, giver {text} NOT NULL, taker {text} NOT NULL,"
    " role {text} NOT NULL, from_day {date} NOT NULL, to_day {date} NOT NULL,"
    " PRIMARY KEY (org, taker, giver, role, from_day)){suffix}",
    "CREATE TABLE IF NOT EXISTS token (org {int} NOT NULL, hash {text} NOT NULL, id {text} NOT NULL, login {text} NOT "
    "NULL,"
    " name {text} NOT NULL, words {text} NOT NULL, created {text} NOT NULL, expires {date} NOT NULL, used {text},"
    " PRIMARY KEY (org, hash)){suffix}",
    "CREATE INDEX IF NOT EXISTS token_login ON token (org, login)",
    /* Append-only, all three: no statement of the program changes or removes a row. How they end: chain.h. */
    "CREATE TABLE IF NOT EXISTS chain (org {int} NOT NULL, log {text} NOT NULL, seq {int} NOT NULL, hash {blob} NOT "
    "NULL,"
    " PRIMARY KEY (org, log)){suffix}",
    "CREATE TABLE IF NOT EXISTS sign_in_log (org {int} NOT NULL, at {text} NOT NULL, id {int} NOT NULL,"
    " login {text} NOT NULL, address {text} NOT NULL, outcome {text} NOT NULL, hash {blob}, PRIMARY KEY (org, at, "
    "id)){suffix}",
    "CREATE TABLE IF NOT EXISTS account_log (org {int} NOT NULL, at {text} NOT NULL, id {int} NOT NULL,"
    " actor {text} NOT NULL, login {text} NOT NULL, action {text} NOT NULL, detail {text},"
    " hash {blob}, PRIMARY KEY (org, at, id)){suffix}",
    "CREATE TABLE IF NOT EXISTS disclosure_log (org {int} NOT NULL, at {text} NOT NULL, id {int} NOT NULL,"
    " login {text} NOT NULL, address {text} NOT NULL, ledger {text} NOT NULL, record {int} NOT NULL,"
    " reason {text} NOT NULL, hash {blob}, PRIMARY KEY (org, at, id)){suffix}",
};

int people_create_tables(Db *db) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        int fault = db_define(db, tables[i]);
        if (fault) return fault;
    }
    return 0;
}

bool login_is_fine(const char *login) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz", others[] = "abcdefghijklmnopqrstuvwxyz0123456789-._";
    size_t size = strlen(login);
    return size && size <= LOGIN_MAX && strchr(letters, *login) && strspn(login, others) == size;
}

/* --- statements --- */

int people_ask(const People *people, const char *sql, const Value *values, size_t n, Stmt **ret_stmt) {
    int fault = db_cached(people->db, sql, ret_stmt);
    if (fault) return fault;
    stmt_bind_int(*ret_stmt, 1, people->org);
    stmt_bind_values(*ret_stmt, 2, values, n);
    return 0;
}

int people_run(const People *people, const char *sql, const Value *values, size_t n, int64_t *ret_changes) {
    Stmt *stmt;
    int fault = people_ask(people, sql, values, n, &stmt);
    if (!fault) fault = stmt_run(stmt);
    if (!fault && ret_changes) *ret_changes = stmt_changes(stmt);
    return fault;
}

/* --- secrets --- */

void people_digest(const People *people, const char *secret, char ret_hex[HASH_HEX_SIZE]) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, people->hash_kind);
    hash_start(hash);
    hash_add(hash, secret, strlen(secret));
    hash_end_hex(hash, ret_hex);
}

void people_random(void *bytes, size_t size) { mem_check(RAND_bytes(bytes, (int)size) == 1 ? bytes : NULL); }
