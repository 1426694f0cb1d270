/* base/hash.h: message digests over OpenSSL: SM3 (GB/T 32905, the default) or SHA-256. Both give 32 bytes. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SIZE     32
#define HASH_HEX_SIZE 65

typedef enum { HASH_SM3, HASH_SHA256 } HashKind;
typedef struct Hash Hash; /* a reusable digest state */

/* Owned by ctx; usable for any number of digests one after another. */
Hash *hash_new(const void *ctx, HashKind kind);
void hash_start(Hash *hash);
void hash_add(Hash *hash, const void *bytes, size_t size);
/* With its end, so that what follows is told apart. A text of NULL is not an empty one. */
void hash_add_text(Hash *hash, const char *text);
void hash_add_number(Hash *hash, int64_t number);
void hash_end(Hash *hash, uint8_t ret_digest[HASH_SIZE]);
void hash_hex(const uint8_t digest[HASH_SIZE], char ret_text[HASH_HEX_SIZE]);
void hash_end_hex(Hash *hash, char ret_text[HASH_HEX_SIZE]); /* both at once */

#endif
