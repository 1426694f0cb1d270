/* people/token.c: see token.h. */
#include "people/token.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/permission.h"
#include "people/journal.h"

#define ID_DIGITS 8

/* --- making --- */

static bool is_permission(const char *word) {
    const Permission *permission = permission_find(word);
    return permission && permission->token;
}

static const char *join_words(const void *ctx, const NewToken *wanted) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < wanted->n_words; i++) buf_printf(&out, "%s%s", i ? " " : "", wanted->words[i]);
    return buf_text(&out);
}

static void look_at(const NewToken *wanted, Date today, Diag *diag) {
    size_t size = text_count(wanted->name);
    if (!size || size > TOKEN_NAME_MAX)
        diag_error(diag, (Place){.field = "name"}, "name", "a token needs a name of at most %u characters; write one",
                   TOKEN_NAME_MAX);
    if (!wanted->n_words)
        diag_error(diag, (Place){.field = "words"}, "no-words",
                   "a token that may do nothing is of no use; choose something");
    for (size_t i = 0; i < wanted->n_words; i++)
        if (!is_permission(wanted->words[i]))
            diag_error(diag, (Place){.field = "words"}, "unknown-word",
                       "'%s' cannot be given to a token; choose another", wanted->words[i]);
    if (wanted->expires == DATE_NONE || wanted->expires < today || wanted->expires > today + TOKEN_DAYS_MAX)
        diag_error(diag, (Place){.field = "expires"}, "expires",
                   "a token ends between today and in %d days; choose such a day", TOKEN_DAYS_MAX);
}

static int count_tokens(const People *people, const char *login, int64_t *ret_count) {
    Stmt *stmt;
    int fault = people_ask(people, "SELECT count(*) FROM token WHERE org = ?1 AND login = ?2",
                           DB_VALUES(VALUE_OF_TEXT(login)), &stmt);
    return fault ? fault : stmt_number(stmt, ret_count);
}

static const char *new_secret(const void *ctx) {
    uint8_t bytes[HASH_SIZE];
    char hex[HASH_HEX_SIZE];
    people_random(bytes, sizeof bytes);
    hash_hex(bytes, hex);
    return mem_printf(ctx, TOKEN_PREFIX "%s", hex);
}

static int insert(const People *people, const NewToken *wanted, const char *secret, const char *now) {
    static const char sql[] = "INSERT INTO token (org, hash, id, login, name, words, created, expires)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    MEM_SCRATCH scratch = talloc_new(NULL);
    char hash[HASH_HEX_SIZE];
    people_digest(people, secret, hash);
    const char *id = mem_strndup(scratch, hash, ID_DIGITS);
    int fault = people_run(people, sql,
                           DB_VALUES(VALUE_OF_TEXT(hash), VALUE_OF_TEXT(id), VALUE_OF_TEXT(wanted->login),
                                     VALUE_OF_TEXT(wanted->name), VALUE_OF_TEXT(join_words(scratch, wanted)),
                                     VALUE_OF_TEXT(now), VALUE_OF_DATE(wanted->expires)),
                           NULL);
    return fault ? fault : journal_account(people, now, wanted->login, wanted->login, "token-made", id);
}

int token_create(const void *ctx, const People *people, const NewToken *wanted, const char *now, Diag *diag,
                 const char **ret_secret) {
    int64_t count = 0;
    size_t errors = diag->errors;
    look_at(wanted, instant_day(now), diag);
    int fault = db_begin(people->db, DB_WRITE);
    if (fault) return fault;
    fault = count_tokens(people, wanted->login, &count);
    if (!fault && count >= TOKENS_MOST)
        diag_error(diag, PLACE_NONE, "too-many", "there are %u tokens already; take one back first", TOKENS_MOST);
    const char *secret = new_secret(ctx);
    if (!fault && diag->errors == errors) fault = insert(people, wanted, secret, now);
    fault = db_settle(people->db, fault ? fault : diag->errors != errors);
    if (!fault) *ret_secret = secret;
    return fault;
}

/* --- finding --- */

#define COLUMNS "id, login, name, words, created, expires, used"

static Token read_token(const void *ctx, const Stmt *stmt) {
    return (Token){.id = stmt_copy(ctx, stmt, 0),
                   .login = stmt_copy(ctx, stmt, 1),
                   .name = stmt_copy(ctx, stmt, 2),
                   .words = stmt_copy(ctx, stmt, 3),
                   .created = stmt_copy(ctx, stmt, 4),
                   .expires = stmt_date(stmt, 5),
                   .used = stmt_copy(ctx, stmt, 6)};
}

/* Once a minute: a program that calls often must not write each time. */
static int note_used(const People *people, const char *hash, const Token *token, const char *now) {
    if (token->used && instant_seconds(token->used) + TOKEN_SEEN_SECONDS > instant_seconds(now)) return 0;
    int fault = db_begin(people->db, DB_WRITE_IF_FREE);
    if (fault) return fault == DB_FAULT_BUSY ? 0 : fault;
    fault = people_run(people, "UPDATE token SET used = ?3 WHERE org = ?1 AND hash = ?2",
                       DB_VALUES(VALUE_OF_TEXT(hash), VALUE_OF_TEXT(now)), NULL);
    return db_settle(people->db, fault);
}

int token_find(const void *ctx, const People *people, const char *secret, const char *now, Token **ret_token) {
    char hash[HASH_HEX_SIZE];
    Stmt *stmt;
    people_digest(people, secret, hash);
    int fault = people_ask(people, "SELECT " COLUMNS " FROM token WHERE org = ?1 AND hash = ?2",
                           DB_VALUES(VALUE_OF_TEXT(hash)), &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    Token *token = step == DB_ROW ? mem_new(ctx, Token) : NULL;
    if (token) *token = read_token(ctx, stmt);
    stmt_reset(stmt);
    if (step < 0) return step;
    if (!token || token->expires < instant_day(now)) return 1;
    *ret_token = token;
    return note_used(people, hash, token, now);
}

int token_each(const People *people, const char *login, TokenTake take, void *data) {
    Stmt *stmt;
    int step =
        people_ask(people, "SELECT " COLUMNS " FROM token WHERE org = ?1 AND login = ?2 ORDER BY created DESC, id",
                   DB_VALUES(VALUE_OF_TEXT(login)), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        const Token token = read_token(scratch, stmt);
        take(&token, data);
    }
    return step;
}

int token_end(const People *people, const char *login, const char *id, const char *now) {
    int64_t changes = 0;
    int fault = db_begin(people->db, DB_WRITE);
    if (fault) return fault;
    fault = people_run(people, "DELETE FROM token WHERE org = ?1 AND login = ?2 AND id = ?3",
                       DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(id)), &changes);
    if (!fault && changes) fault = journal_account(people, now, login, login, "token-ended", id);
    return db_settle(people->db, fault ? fault : !changes);
}

bool token_allows(const Token *token, const char *word) {
    size_t size = strlen(word);
    for (const char *at = token->words; (at = strstr(at, word)); at += size)
        if ((at == token->words || at[-1] == ' ') && (at[size] == ' ' || !at[size])) return true;
    return false;
}
