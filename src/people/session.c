/* people/session.c: see session.h. */
#include "people/session.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/mem.h"

static void random_token(char ret_text[SESSION_TOKEN_SIZE]) {
    uint8_t bytes[HASH_SIZE];
    people_random(bytes, sizeof bytes);
    hash_hex(bytes, ret_text);
}

/* From the token, which no page shows, under a word that no token can be. */
static void derive_csrf(const People *people, Session *session) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    people_digest(people, mem_printf(scratch, "form:%s", session->token), session->csrf);
}

/* --- opening --- */

static int remove_dead(const People *people, const char *now) {
    static const char sql[] = "DELETE FROM session WHERE org = ?1 AND (seen < ?2 OR created < ?3)";
    char seen[INSTANT_SIZE], created[INSTANT_SIZE];
    instant_add(now, -SESSION_IDLE_SECONDS, seen);
    instant_add(now, -SESSION_WHOLE_SECONDS, created);
    return people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(seen), VALUE_OF_TEXT(created)), NULL);
}

static int insert(const People *people, const Session *session, const SessionFrom *from, const char *now) {
    static const char sql[] = "INSERT INTO session (org, token, login, created, seen, address, agent, csrf)"
                              " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)";
    char token[HASH_HEX_SIZE], agent[HASH_HEX_SIZE], csrf[HASH_HEX_SIZE];
    people_digest(people, session->token, token);
    people_digest(people, from->agent, agent);
    people_digest(people, session->csrf, csrf);
    return people_run(people, sql,
                      DB_VALUES(VALUE_OF_TEXT(token), VALUE_OF_TEXT(session->account->login), VALUE_OF_TEXT(now),
                                VALUE_OF_TEXT(from->address), VALUE_OF_TEXT(agent), VALUE_OF_TEXT(csrf)),
                      NULL);
}

int session_open(const void *ctx, const People *people, Account *account, const SessionFrom *from,
                 const char *old_token, const char *now, Session **ret_session) {
    Session *session = mem_new(ctx, Session);
    session->account = account;
    random_token(session->token);
    derive_csrf(people, session);
    int fault = db_begin(people->db, DB_WRITE);
    if (fault) return fault;
    fault = remove_dead(people, now);
    if (!fault && old_token) fault = session_end(people, old_token);
    if (!fault) fault = insert(people, session, from, now);
    fault = db_settle(people->db, fault);
    if (!fault) *ret_session = session;
    return fault;
}

/* --- finding --- */

/* What is stored of a session. */
typedef struct Stored {
    const char *login, *created, *seen, *agent;
} Stored;

static int load(const void *ctx, const People *people, const char *token_hash, Session *session, Stored *ret_stored) {
    static const char sql[] =
        "SELECT login, created, seen, agent, elevated_until FROM session WHERE org = ?1 AND token = ?2";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(token_hash)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) {
        *ret_stored = (Stored){stmt_copy(ctx, stmt, 0), stmt_copy(ctx, stmt, 1), stmt_copy(ctx, stmt, 2),
                               stmt_copy(ctx, stmt, 3)};
        session->elevated_until = stmt_copy(ctx, stmt, 4);
    }
    return stmt_end_found(stmt, step);
}

static bool is_past(const char *instant, int64_t seconds, const char *now) {
    char end[INSTANT_SIZE];
    instant_add(instant, seconds, end);
    return strcmp(now, end) >= 0;
}

static bool is_living(const People *people, const Stored *stored, const SessionFrom *from, const char *now) {
    char agent[HASH_HEX_SIZE];
    people_digest(people, from->agent, agent);
    return !is_past(stored->seen, SESSION_IDLE_SECONDS, now) && !is_past(stored->created, SESSION_WHOLE_SECONDS, now) &&
           !strcmp(agent, stored->agent);
}

/* Not while another writes: it is worth no waiting. */
static int note_seen(const People *people, const char *token_hash, const Stored *stored, const char *now) {
    static const char sql[] = "UPDATE session SET seen = ?3 WHERE org = ?1 AND token = ?2 AND seen < ?3";
    if (!is_past(stored->seen, SESSION_SEEN_SECONDS, now)) return 0;
    int fault = db_begin(people->db, DB_WRITE_IF_FREE);
    if (fault) return fault == DB_FAULT_BUSY ? 0 : fault;
    fault = people_run(people, sql, DB_VALUES(VALUE_OF_TEXT(token_hash), VALUE_OF_TEXT(now)), NULL);
    return db_settle(people->db, fault);
}

int session_find(const void *ctx, const People *people, const char *token, const SessionFrom *from, const char *now,
                 Session **ret_session) {
    char hash[HASH_HEX_SIZE];
    Stored stored = {0};
    if (strlen(token) != SESSION_TOKEN_SIZE - 1) return 1;
    Session *session = mem_new(ctx, Session);
    people_digest(people, token, hash);
    int result = load(session, people, hash, session, &stored);
    if (!result) result = account_find(session, people, stored.login, &session->account);
    if (result) return result;
    if (!is_living(people, &stored, from, now) || !account_is_live(session->account, now)) {
        result = session_end(people, token);
        return result ? result : 1;
    }
    memcpy(session->token, token, SESSION_TOKEN_SIZE);
    derive_csrf(people, session);
    *ret_session = session;
    return note_seen(people, hash, &stored, now);
}

/* --- ending --- */

int session_end(const People *people, const char *token) {
    char hash[HASH_HEX_SIZE];
    people_digest(people, token, hash);
    return people_run(people, "DELETE FROM session WHERE org = ?1 AND token = ?2", DB_VALUES(VALUE_OF_TEXT(hash)),
                      NULL);
}

int session_end_all(const People *people, const char *login) {
    return people_run(people, "DELETE FROM session WHERE org = ?1 AND login = ?2", DB_VALUES(VALUE_OF_TEXT(login)),
                      NULL);
}

/* --- guards --- */

bool session_csrf_is_right(const Session *session, const char *given) {
    return given && strlen(given) == SESSION_TOKEN_SIZE - 1 &&
           !CRYPTO_memcmp(session->csrf, given, SESSION_TOKEN_SIZE - 1);
}

int session_elevate(const People *people, const Session *session, const char *now) {
    char hash[HASH_HEX_SIZE], until[INSTANT_SIZE];
    people_digest(people, session->token, hash);
    instant_add(now, SESSION_ELEVATED_SECONDS, until);
    return people_run(people, "UPDATE session SET elevated_until = ?3 WHERE org = ?1 AND token = ?2",
                      DB_VALUES(VALUE_OF_TEXT(hash), VALUE_OF_TEXT(until)), NULL);
}

bool session_is_elevated(const Session *session, const char *now) {
    return session->elevated_until && strcmp(now, session->elevated_until) < 0;
}
