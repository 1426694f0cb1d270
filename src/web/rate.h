/* web/rate.h: how often one caller may call. Private to web/.
 *
 * Each caller has a bucket of so many calls that fills again over a minute; an empty one is answered 429. Kept in
 * memory, of at most RATE_CALLERS callers: the longest silent make room. Thread-safe. */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include <stdbool.h>
#include <stdint.h>

#define RATE_CALLERS  10000u
#define RATE_SIGN_IN  30u /* tries of one address in a minute, whatever the login */
#define RATE_KEY_SIZE 80u

typedef struct Rates Rates;

Rates *rates_new(const void *ctx);
/* Takes one call from the caller's bucket; per_minute is at least 1. False: it is empty; *ret_seconds until it has one
 * again. */
bool rates_take(Rates *rates, const char *caller, unsigned per_minute, int64_t now_ms, unsigned *ret_seconds);

#endif
