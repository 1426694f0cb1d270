/* web/kept.c: see kept.h. A map in the order of use: what was not asked for the longest is its first. */
#include "web/kept.h"

#include <pthread.h>
#include <string.h>
#include <uthash.h>

#include "base/mem.h"

typedef struct KeptValue {
    char *key;
    void *bytes;
    size_t size;
    UT_hash_handle hh;
} KeptValue;

struct Kept {
    pthread_mutex_t lock;
    KeptValue *values;
    size_t bytes;
};

static int drop_kept(Kept *kept) {
    HASH_CLEAR(hh, kept->values);
    pthread_mutex_destroy(&kept->lock);
    return 0;
}

Kept *kept_new(const void *ctx) {
    Kept *kept = mem_new(ctx, Kept);
    pthread_mutex_init(&kept->lock, NULL);
    talloc_set_destructor(kept, drop_kept);
    return kept;
}

static size_t cost(const KeptValue *value) { return value->size + strlen(value->key) + sizeof *value; }

static void forget(Kept *kept, KeptValue *value) {
    HASH_DEL(kept->values, value);
    kept->bytes -= cost(value);
    talloc_free(value);
}

static void add(Kept *kept, KeptValue *value) {
    HASH_ADD_KEYPTR(hh, kept->values, value->key, strlen(value->key), value);
    kept->bytes += cost(value);
}

static void *copy(const void *ctx, const void *bytes, size_t size) {
    char *copied = mem_check(talloc_size(ctx, size + 1));
    memcpy(copied, bytes, size);
    copied[size] = '\0';
    return copied;
}

void *kept_find(Kept *kept, const void *ctx, const char *key) {
    KeptValue *value;
    void *found = NULL;
    pthread_mutex_lock(&kept->lock);
    HASH_FIND_STR(kept->values, key, value);
    if (value) {
        HASH_DEL(kept->values, value); /* and to the end */
        HASH_ADD_KEYPTR(hh, kept->values, value->key, strlen(value->key), value);
        found = copy(ctx, value->bytes, value->size);
    }
    pthread_mutex_unlock(&kept->lock);
    return found;
}

void kept_put(Kept *kept, const char *key, const void *bytes, size_t size) {
    KeptValue *former;
    pthread_mutex_lock(&kept->lock);
    KeptValue *value = mem_new(kept, KeptValue);
    *value = (KeptValue){.key = mem_strdup(value, key), .bytes = copy(value, bytes, size), .size = size};
    HASH_FIND_STR(kept->values, key, former);
    if (former) forget(kept, former);
    add(kept, value);
    while (kept->bytes > KEPT_BYTES) forget(kept, kept->values);
    pthread_mutex_unlock(&kept->lock);
}
