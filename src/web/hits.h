/* web/hits.h: one search over all ledgers, for whom it is asked. Private to web/.
 *
 * The index is asked once. Of the newest hits, at most HITS_MOST, each ledger gives a few records and counts the rest.
 */
#ifndef WEB_HITS_H
#define WEB_HITS_H

#include "ledger/record.h"
#include "web/visit.h"

#define HITS_MOST  20000u
#define HITS_TRIED 200u /* records of a ledger looked at for whoever may not see all of them */

/* What was found in one ledger. */
typedef struct Found {
    const Ledger *ledger; /* NULL: not for him */
    RowScope scope;
    int64_t ids[HITS_TRIED]; /* the newest */
    size_t n_ids;
    int64_t count; /* of all */
} Found;

typedef struct Hits {
    Found *found; /* one for each ledger of the catalog */
    size_t n_found;
    size_t n_hits; /* of all; HITS_MOST: there may be more */
} Hits;

/* Looks in every ledger that he may look into. Owned by the visit. 0, or a fault. */
int hits_read(Visit *visit, const char *words, Hits *ret_hits);
/* The record whose number the words are. 0, RECORD_E_NONE, or a fault. */
int hits_find_number(Visit *visit, const Hits *hits, const char *words, Record **ret_record);
/* The newest of one ledger that he may see, at most so many; *ret_more: there are others. 0, or a fault. */
int hits_records(Visit *visit, const Found *found, size_t most, Record **ret_records, size_t *ret_count,
                 bool *ret_more);

#endif
