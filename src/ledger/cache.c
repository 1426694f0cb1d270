/* ledger/cache.c: maps of bounded size, one of records and for each ledger one of names; a full one starts afresh. */
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
    char *words;
    int64_t id;
    UT_hash_handle hh;
} CachedName;

/* The names of one ledger: a change of its records makes them uncertain, and those of no other. */
typedef struct NameMap {
    const Ledger *ledger;
    TALLOC_CTX *ctx; /* of those kept */
    CachedName *kept;
    struct NameMap *next;
} NameMap;

struct RecordCache {
    TALLOC_CTX *records_ctx;
    CachedRecord *records;
    NameMap *names;
};

static int drop_cache(RecordCache *cache) {
    HASH_CLEAR(hh, cache->records);
    for (NameMap *names = cache->names; names; names = names->next) HASH_CLEAR(hh, names->kept);
    return 0;
}

RecordCache *cache_new(const void *ctx) {
    RecordCache *cache = mem_new(ctx, RecordCache);
    cache->records_ctx = talloc_new(cache);
    talloc_set_destructor(cache, drop_cache);
    return cache;
}

static void empty_records(RecordCache *cache) {
    HASH_CLEAR(hh, cache->records);
    TALLOC_FREE(cache->records_ctx);
    cache->records_ctx = talloc_new(cache);
}

static void empty_names(NameMap *names) {
    HASH_CLEAR(hh, names->kept);
    talloc_free_children(names->ctx);
}

/* NULL: none of the ledger is kept. */
static NameMap *find_names(const RecordCache *cache, const Ledger *ledger) {
    NameMap *names = cache->names;
    while (names && names->ledger != ledger) names = names->next;
    return names;
}

static NameMap *add_names(RecordCache *cache, const Ledger *ledger) {
    NameMap *names = mem_new(cache, NameMap);
    *names = (NameMap){.ledger = ledger, .ctx = talloc_new(names), .next = cache->names};
    return cache->names = names;
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

int64_t cache_find_named(Store *store, const Ledger *ledger, const char *words) {
    const NameMap *names = find_names(store->cache, ledger);
    CachedName *found = NULL;
    if (names) HASH_FIND_STR(names->kept, words, found);
    return found ? found->id : 0;
}

void cache_keep_named(Store *store, const Ledger *ledger, const char *words, int64_t id) {
    NameMap *names = find_names(store->cache, ledger);
    if (!names) names = add_names(store->cache, ledger);
    if (HASH_COUNT(names->kept) >= CACHE_MAX) empty_names(names);
    CachedName *name = mem_new(names->ctx, CachedName);
    *name = (CachedName){.words = mem_strdup(name, words), .id = id};
    HASH_ADD_KEYPTR(hh, names->kept, name->words, strlen(name->words), name);
}

void cache_empty(RecordCache *cache) {
    empty_records(cache);
    for (NameMap *names = cache->names; names; names = names->next) empty_names(names);
}

void cache_forget(Store *store, const Ledger *ledger, int64_t id) {
    RecordCache *cache = store->cache;
    CachedRecord *found;
    HASH_FIND(hh, cache->records, &id, sizeof id, found);
    if (found) HASH_DEL(cache->records, found);
    NameMap *names = find_names(cache, ledger);
    if (names) empty_names(names);
}
