/* people/totp.h: six digits from a telephone, RFC 6238: HMAC-SHA-1, steps of 30 seconds. */
#ifndef PEOPLE_TOTP_H
#define PEOPLE_TOTP_H

#include <stdint.h>

#define TOTP_DIGITS      6
#define TOTP_STEP        30 /* seconds */
#define TOTP_DRIFT       1  /* steps that a telephone may be early or late */
#define TOTP_SECRET_SIZE 20 /* bytes */

/* A new secret in base32, as authenticator apps take it. Owned by ctx. */
char *totp_secret(const void *ctx);
/* What a QR code holds. Owned by ctx. */
char *totp_uri(const void *ctx, const char *issuer, const char *login, const char *secret);
/* The code of a step. -1 when the secret is no base32. */
int totp_code(const char *secret, int64_t step);
/* The step near now (seconds since 1970) that the code belongs to, later than `after`, so that no code counts twice; 0
 * when none does. */
int64_t totp_match(const char *secret, const char *code, int64_t now, int64_t after);

#endif
