/* ledger/search.h: finding records by words, pinyin or initials. Our own tokens (base/text.h), indexed by FTS5 or GIN.
 */
#ifndef LEDGER_SEARCH_H
#define LEDGER_SEARCH_H

#include "ledger/record.h"

int search_create(Db *db);

/* Within one write transaction. */
typedef struct SearchWriter SearchWriter;
int search_writer_open(const void *ctx, Store *store, SearchWriter **ret_writer);
/* before NULL: new; after NULL: gone. */
int search_write(SearchWriter *writer, const Record *before, const Record *after);
int search_flush(SearchWriter *writer);
int search_send(SearchWriter *writer); /* a flush that does not wait */
/* Fills an empty index from all current records, within a transaction that writes. 0 or a fault. */
int search_rebuild(Store *store);

/* Appends to out the condition that records under an alias are found by the words of a search box, and NULL-terminated
 * in *ret_value what is to be bound for the one parameter `parameter` ("?7"). False when the words hold nothing to look
 * for. */
bool search_condition(const void *ctx, const Db *db, const char *alias, const char *words, const char *parameter,
                      Buf *out, const char **ret_value);

/* A current record of any ledger that was found. */
typedef struct SearchHit {
    const char *ledger; /* lent until the next */
    int64_t id;
} SearchHit;
/* Calls take for each current record of all ledgers that these words find, the newest first, at most `most`; a non-zero
 * answer ends it and is returned. 0, or a fault. */
typedef int (*SearchTake)(const SearchHit *hit, void *data);
int search_each(Store *store, const char *words, size_t most, SearchTake take, void *data);

#endif
