/* defn/source-hash.c: the fingerprint of definitions: every byte that was read. That of the shipped ones is made when
 * the program is built (tree-make.c). */
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "defn/parts.h"

const char *defn_hash_sources(const void *ctx, const DefnSources *sources) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SM3);
    char *hex = mem_array(ctx, char, HASH_HEX_SIZE);
    hash_start(hash);
    for (size_t i = 0; i < sources->count; i++) {
        hash_add(hash, sources->list[i].path, strlen(sources->list[i].path) + 1);
        hash_add(hash, sources->list[i].text, sources->list[i].size);
    }
    hash_end_hex(hash, hex);
    return hex;
}
