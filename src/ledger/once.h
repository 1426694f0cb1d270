/* ledger/once.h: writes that programs send again because no answer reached them: done once.
 *
 * Who writes names the write by a key of his own; within the transaction of the write the key is looked for first and
 * then kept, so that of two that come together one writes. Kept for ONCE_DAYS. */
#ifndef LEDGER_ONCE_H
#define LEDGER_ONCE_H

#include "ledger/transition.h"

#define ONCE_KEY_MAX 100u /* characters */
#define ONCE_DAYS    7

/* One write: whose, by what key, and the digest of all that was asked. */
typedef struct Once {
    const char *login, *key;
    const char *request; /* hex digest */
} Once;

enum { ONCE_NEW = 1, ONCE_OTHER = 2 };
/* 0 and what was written then; ONCE_NEW: never seen; ONCE_OTHER: the key stands for another request; or a fault. */
int once_find(Store *store, const Once *once, Written *ret_written);
/* Keeps it, and removes what is too old. 0, or a fault. */
int once_keep(Store *store, const Once *once, const Written *written);
/* What came of a write that was kept before it was done; and a key that is free again. 0, or a fault. */
int once_change(Store *store, const Once *once, const Written *written);
int once_drop(Store *store, const Once *once);

#endif
