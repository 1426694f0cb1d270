/* summary/digest.c: what must not change of a text that was issued. */
#include "summary/digest.h"

#include <string.h>

#include "base/mem.h"

const char *digest_summary(const void *ctx, const Store *store, const Summary *summary) {
    char *hex = mem_array(ctx, char, HASH_HEX_SIZE);
    Hash *hash = hash_new(ctx, store->hash_kind);
    hash_start(hash);
    hash_add(hash, summary->markdown, strlen(summary->markdown) + 1);
    for (size_t i = 0; i < summary->n_figures; i++)
        hash_add(hash, summary->figures[i].figure->hash, strlen(summary->figures[i].figure->hash) + 1);
    hash_end_hex(hash, hex);
    return hex;
}
