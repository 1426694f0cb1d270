/* people/password.c: see password.h. */
#include "people/password.h"

#include <argon2.h>
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/people.h"

#define ARGON_PASSES  3u
#define ARGON_MEMORY  (32u << 10) /* KiB */
#define ARGON_LANES   1u
#define ARGON_SALT    16u
#define ARGON_HASH    32u
#define ARGON_ENCODED 128u

/* --- the rules --- */

static unsigned count_classes(const char *password) {
    bool lower = false, upper = false, digit = false, other = false;
    for (const unsigned char *c = (const unsigned char *)password; *c; c++) {
        lower |= *c >= 'a' && *c <= 'z';
        upper |= *c >= 'A' && *c <= 'Z';
        digit |= *c >= '0' && *c <= '9';
        other |= !isalnum(*c);
    }
    return (unsigned)lower + upper + digit + other;
}

size_t password_check(const char *password, const char *login, Diag *diag) {
    static const Place at = {.field = "password"};
    size_t before = diag->errors;
    if (!text_is_valid(password, strlen(password)) || text_count(password) < PASSWORD_LEAST)
        diag_error(diag, at, "password-short", "the password has fewer than %u characters; make it longer",
                   PASSWORD_LEAST);
    if (strlen(password) > PASSWORD_MOST)
        diag_error(diag, at, "password-long", "the password has more than %u bytes; make it shorter", PASSWORD_MOST);
    if (count_classes(password) < PASSWORD_CLASSES)
        diag_error(diag, at, "password-plain",
                   "the password needs %u of these: small letters, capital letters, digits, signs; add what is missing",
                   PASSWORD_CLASSES);
    if (*login && strcasestr(password, login))
        diag_error(diag, at, "password-login", "the password holds the login; choose another");
    return diag->errors - before;
}

/* --- what is kept --- */

char *password_hash(const void *ctx, const char *password) {
    unsigned char salt[ARGON_SALT];
    char *encoded = mem_array(ctx, char, ARGON_ENCODED);
    people_random(salt, sizeof salt);
    int wrong = argon2id_hash_encoded(ARGON_PASSES, ARGON_MEMORY, ARGON_LANES, password, strlen(password), salt,
                                      sizeof salt, ARGON_HASH, encoded, ARGON_ENCODED);
    mem_check(wrong ? NULL : encoded); /* it can only lack memory */
    return encoded;
}

bool password_matches(const char *hash, const char *password) {
    size_t size = strnlen(password, PASSWORD_MOST + 1);
    if (hash) return argon2id_verify(hash, password, size) == ARGON2_OK && size <= PASSWORD_MOST;
    unsigned char salt[ARGON_SALT] = {0}, thrown_away[ARGON_HASH];
    (void)argon2id_hash_raw(ARGON_PASSES, ARGON_MEMORY, ARGON_LANES, password, size, salt, sizeof salt, thrown_away,
                            sizeof thrown_away);
    return false;
}

/* --- first passwords --- */

char *password_random(const void *ctx, const char *login) {
    static const char letters[] = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-+=%@?!:";
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *password = mem_array(ctx, char, PASSWORD_RANDOM_CHARS + 1);
    static_assert(sizeof letters - 1 == 64, "every letter is as likely as any other");
    do { /* until it keeps the rules: nearly always at once */
        people_random(password, PASSWORD_RANDOM_CHARS);
        for (size_t i = 0; i < PASSWORD_RANDOM_CHARS; i++) password[i] = letters[password[i] & 63];
    } while (password_check(password, login, diag_new(scratch)));
    return password;
}
