/* web/hits.c: see hits.h. */
#include "web/hits.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/reach.h"
#include "ledger/search.h"
#include "web/reach.h"

static int open_hits(Visit *visit, Hits *ret_hits) {
    const Catalog *catalog = visit->store->catalog;
    int fault = 0;
    *ret_hits = (Hits){.found = mem_array(visit->ctx, Found, catalog->n_ledgers), .n_found = catalog->n_ledgers};
    for (size_t i = 0; i < catalog->n_ledgers && !fault; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        if (!visit_may(visit, "ledger:read", ledger)) continue;
        ret_hits->found[i].ledger = ledger;
        fault = reach_open(visit, "ledger:read", ledger, &ret_hits->found[i].scope);
    }
    return fault;
}

static int take_hit(const SearchHit *hit, void *data) {
    Hits *hits = data;
    hits->n_hits++;
    for (size_t i = 0; i < hits->n_found; i++) {
        Found *found = &hits->found[i];
        if (!found->ledger || strcmp(found->ledger->name.text, hit->ledger)) continue;
        found->count++;
        if (found->n_ids < HITS_TRIED) found->ids[found->n_ids++] = hit->id;
        break;
    }
    return 0;
}

int hits_read(Visit *visit, const char *words, Hits *ret_hits) {
    int fault = open_hits(visit, ret_hits);
    return fault ? fault : search_each(visit->store, words, HITS_MOST, take_hit, ret_hits);
}

int hits_find_number(Visit *visit, const Hits *hits, const char *words, Record **ret_record) {
    for (size_t i = 0; i < hits->n_found; i++) {
        const Ledger *ledger = hits->found[i].ledger;
        int64_t id;
        if (!ledger || !ledger->number.text) continue;
        RecordFinder *finder = record_finder_new(visit->ctx, visit->store, ledger);
        int result = record_find_number(finder, words, &id);
        if (!result) result = reach_load(visit->ctx, visit->store, ledger, id, &hits->found[i].scope, ret_record);
        if (result <= 0) return result;
    }
    return RECORD_E_NONE;
}

int hits_records(Visit *visit, const Found *found, size_t most, Record **ret_records, size_t *ret_count,
                 bool *ret_more) {
    size_t tried = 0, n = 0;
    int result = 0;
    for (; tried < found->n_ids && n < most && result >= 0; tried++) {
        result = reach_load(visit->ctx, visit->store, found->ledger, found->ids[tried], &found->scope, &ret_records[n]);
        n += !result;
    }
    *ret_count = n;
    *ret_more = found->scope.all ? found->count > (int64_t)n : tried < found->n_ids;
    return result < 0 ? result : 0;
}
