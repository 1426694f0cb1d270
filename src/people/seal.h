/* people/seal.h: personal numbers at rest: AES-256-GCM under a key file in the data folder.
 *
 * The nonce is made from the value by HMAC, so that the same value always gives the same text: it can be
 * looked up and kept unique without a second column, and says nothing to whoever has not the key. The key
 * file (mode 0600) is never in the database and in a backup only when asked. Sealed text: "s1:" and base64.
 *
 * A folder that has lost its key can still be opened: what is sealed stays so, and nothing new can be sealed. */
#ifndef PEOPLE_SEAL_H
#define PEOPLE_SEAL_H

#include "base/diag.h"

typedef struct Seal Seal;

/* Reads DIR/seal.key; when it is missing it is made (`create`) or a warning says so and the Seal has no key. 0, or 1
 * with findings (readable by others, damaged). Owned by ctx. */
int seal_open(const void *ctx, const char *folder, bool create, Diag *diag, Seal **ret_seal);
bool seal_has_key(const Seal *seal);
/* Text that is sealed already comes back as it is. NULL without a key. */
char *seal_close_text(const void *ctx, const Seal *seal, const char *plain);
/* NULL when the text was not sealed under this key, or there is none. Text that is not sealed at all comes back as it
 * is. */
char *seal_open_text(const void *ctx, const Seal *seal, const char *sealed);

#endif
