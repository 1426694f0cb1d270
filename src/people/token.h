/* people/token.h: tokens by which programs call the API on somebody's behalf.
 *
 * A token may at most what its owner may, on his records, and of that only the words it was given; it ends on its day,
 * with its owner's account, or when he takes it back. The secret is shown once; what is stored is its hash. */
#ifndef PEOPLE_TOKEN_H
#define PEOPLE_TOKEN_H

#include "people/account.h"

#define TOKEN_NAME_MAX     60u
#define TOKEN_DAYS_MAX     366
#define TOKENS_MOST        20u   /* of one person */
#define TOKEN_PREFIX       "kz_" /* so that a leaked one can be looked for */
#define TOKEN_SEEN_SECONDS 60    /* how exactly the last use is known */

typedef struct Token {
    const char *id; /* its first digits: names it in lists */
    const char *login, *name;
    const char *words; /* permissions with spaces between */
    const char *created;
    Date expires;     /* the last day */
    const char *used; /* instant, or NULL: never */
} Token;

typedef struct NewToken {
    const char *login, *name;
    const char *const *words; /* words of defn/permission.h */
    size_t n_words;
    Date expires;
} NewToken;

/* *ret_secret is what the program sends; owned by ctx. 0, 1 with findings (no name, no or unknown words, too many, a
 * day that is past or too far), or a fault. */
int token_create(const void *ctx, const People *people, const NewToken *wanted, const char *now, Diag *diag,
                 const char **ret_secret);
/* The living token of a secret, and notes that it was used. Owned by ctx. 0, 1 when there is none, or a fault. */
int token_find(const void *ctx, const People *people, const char *secret, const char *now, Token **ret_token);
/* Those of one person, the newest first; lent until the next. */
typedef void (*TokenTake)(const Token *token, void *data);
int token_each(const People *people, const char *login, TokenTake take, void *data);
/* 0, 1 when he has none of this id, or a fault. */
int token_end(const People *people, const char *login, const char *id, const char *now);

bool token_allows(const Token *token, const char *word);

#endif
