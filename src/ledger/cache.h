/* ledger/cache.h: records that were followed by references lately, so that a hundred thousand rows that name the
 * same enterprise load it once. Private to ledger/. Bounded; emptied whenever anything is written to a ledger in it. */
#ifndef LEDGER_CACHE_H
#define LEDGER_CACHE_H

#include "ledger/record.h"

typedef struct RecordCache RecordCache;

RecordCache *cache_new(const void *ctx);
/* The current version, lent until the cache is emptied; NULL when there is none. */
const Record *cache_find(Store *store, const Ledger *ledger, int64_t id);
/* The id that words lead to, if they were looked up before: 0 unknown. */
int64_t cache_find_named(Store *store, const Ledger *ledger, const char *words);
void cache_keep_named(Store *store, const Ledger *ledger, const char *words, int64_t id);
void cache_empty(RecordCache *cache);
void cache_forget(Store *store, const Ledger *ledger, int64_t id);

#endif
