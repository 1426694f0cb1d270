/* ledger/cache.c: two maps of bounded size; a full one starts afresh. */
#include "ledger/cache.h"

#include <string.h>
#include <uthash.h>

#include "base/mem.h"

#define CACHE_MAX 4096u

typedef struct CachedRecord {
    int64_t id; /* unique over all ledgers of the folder */
    const Record *record;
    UT_hash_handle hh;
} CachedRecord;

typedef struct CachedName {
    char *key; /* "ledger words" */
    int64_t id;
    UT_hash_handle hh;
} CachedName;

struct RecordCache {
    TALLOC_CTX *records_ctx, *names_ctx;
    CachedRecord *records;
    CachedName *names;
};

static int drop_cache(RecordCache *cache) {
    HASH_CLEAR(hh, cache->records);
    HASH_CLEAR(hh, cache->names);
    return 0;
}

RecordCache *cache_new(const void *ctx) {
    RecordCache *cache = mem_new(ctx, RecordCache);
    cache->records_ctx = talloc_new(cache);
    cache->names_ctx = talloc_new(cache);
    talloc_set_destructor(cache, drop_cache);
    return cache;
}

static void empty_records(RecordCache *cache) {
    HASH_CLEAR(hh, cache->records);
    TALLOC_FREE(cache->records_ctx);
    cache->records_ctx = talloc_new(cache);
}

static void empty_names(RecordCache *cache) {
    HASH_CLEAR(hh, cache->names);
    TALLOC_FREE(cache->names_ctx);
    cache->names_ctx = talloc_new(cache);
}

const Record *cache_find(Store *store, const Ledger *ledger, int64_t id) {
    RecordCache *cache = store->cache;
    CachedRecord *found;
    HASH_FIND(hh, cache->records, &id, sizeof id, found);
    if (found && found->record->ledger == ledger) return found->record;
    if (found) return NULL;
    if (HASH_COUNT(cache->records) >= CACHE_MAX) empty_records(cache);
    Record *record;
    if (record_load(cache->records_ctx, store, ledger, id, NULL, &record)) return NULL;
    (void)record_load_spans(cache->records_ctx, store, record);
    found = mem_new(cache->records_ctx, CachedRecord);
    *found = (CachedRecord){.id = id, .record = record};
    HASH_ADD(hh, cache->records, id, sizeof id, found);
    return record;
}

static char *name_key(const void *ctx, const Ledger *ledger, const char *words) {
    return mem_printf(ctx, "%s %s", ledger->name.text, words);
}

int64_t cache_find_named(Store *store, const Ledger *ledger, const char *words) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *key = name_key(scratch, ledger, words);
    CachedName *found;
    HASH_FIND_STR(store->cache->names, key, found);
    return found ? found->id : 0;
}

void cache_keep_named(Store *store, const Ledger *ledger, const char *words, int64_t id) {
    RecordCache *cache = store->cache;
    if (HASH_COUNT(cache->names) >= CACHE_MAX) empty_names(cache);
    CachedName *name = mem_new(cache->names_ctx, CachedName);
    name->key = name_key(name, ledger, words);
    name->id = id;
    HASH_ADD_KEYPTR(hh, cache->names, name->key, strlen(name->key), name);
}

void cache_forget(Store *store, const Ledger *ledger, int64_t id) {
    RecordCache *cache = store->cache;
    (void)ledger;
    CachedRecord *found;
    HASH_FIND(hh, cache->records, &id, sizeof id, found);
    if (found) HASH_DEL(cache->records, found);
    if (cache->names) empty_names(cache);
}
