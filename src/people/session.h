/* people/session.h: who is in, from sign-in to sign-out.
 *
 * A token is 256 random bits, known to the browser alone: what is stored is its hash. The token against forged
 * requests is made from it, so that every page can be given it again. A new sign-in has a new token, always. */
#ifndef PEOPLE_SESSION_H
#define PEOPLE_SESSION_H

#include "people/account.h"

#define SESSION_IDLE_SECONDS     (30 * 60)      /* GB/T 22239: 15 to 30 minutes */
#define SESSION_WHOLE_SECONDS    (12 * 60 * 60) /* however busy */
#define SESSION_ELEVATED_SECONDS (10 * 60)      /* after it was asked once more who sits there */
#define SESSION_SEEN_SECONDS     60             /* how exactly the last request is known */
#define SESSION_TOKEN_SIZE       65             /* hex, with its end */

typedef struct Session {
    char token[SESSION_TOKEN_SIZE];
    char csrf[SESSION_TOKEN_SIZE];
    Account *account;
    const char *elevated_until; /* or NULL */
} Session;

typedef struct SessionFrom {
    const char *address, *agent; /* of the browser; the agent is kept as a hash */
} SessionFrom;

/* After signing in. Ends the session of old_token (or NULL), which may have been somebody's trap, and removes those
 * that are over. Owned by ctx. 0, or a fault. */
int session_open(const void *ctx, const People *people, Account *account, const SessionFrom *from,
                 const char *old_token, const char *now, Session **ret_session);
/* The living session of a token from the same browser, whose account is live still. Owned by ctx. 0, 1 when there is
 * none (it never was, or is over: then it is gone), or a fault. */
int session_find(const void *ctx, const People *people, const char *token, const SessionFrom *from, const char *now,
                 Session **ret_session);
int session_end(const People *people, const char *token);
int session_end_all(const People *people, const char *login);

/* Whether a form came from our own page; in a time that says nothing of where they differ. given may be NULL. */
bool session_csrf_is_right(const Session *session, const char *given);

/* For what asks once more who sits there (account_confirm): seeing personal fields whole. */
int session_elevate(const People *people, const Session *session, const char *now);
bool session_is_elevated(const Session *session, const char *now);

#endif
