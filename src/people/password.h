/* people/password.h: what a password must be, and what is kept of it: argon2id (RFC 9106), about 100 ms each time. */
#ifndef PEOPLE_PASSWORD_H
#define PEOPLE_PASSWORD_H

#include "base/diag.h"

/* GB/T 22239-2019, level 3 (domain: classified protection). */
#define PASSWORD_LEAST        10u  /* characters */
#define PASSWORD_MOST         128u /* bytes: more costs time and protects nobody */
#define PASSWORD_CLASSES      3u   /* of lower case, upper case, digits, others */
#define PASSWORD_HISTORY      5u   /* former ones that may not come back */
#define PASSWORD_AGE_DAYS     90   /* then it must be changed */
#define PASSWORD_RANDOM_CHARS 16u  /* of a first password: 96 bits */

/* Everything that is wrong with it, in plain words; the number of findings. */
size_t password_check(const char *password, const char *login, Diag *diag);

/* The hash with its parameters and salt as one text. Owned by ctx. */
char *password_hash(const void *ctx, const char *password);
/* Without a hash (there is no such account) it takes as long and says no. */
bool password_matches(const char *hash, const char *password);

/* A first password that keeps the rules, without letters that look alike. Owned by ctx. */
char *password_random(const void *ctx, const char *login);

#endif
