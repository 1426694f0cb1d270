/* ledger/draft.h: forms that were not saved yet, so that a lost connection loses nothing.
 *
 * A draft belongs to one person and is no record: it is not in the change log, in no backup, and ends after DRAFT_DAYS.
 * It is sealed, because whatever stands in a form may stand in it. Times are UTC instants. */
#ifndef LEDGER_DRAFT_H
#define LEDGER_DRAFT_H

#include "ledger/store.h"

#define DRAFT_MAX  ((size_t)64 << 10) /* bytes of a form as text */
#define DRAFT_MOST 20u                /* of a person in a ledger; the oldest goes when there are more */
#define DRAFT_DAYS 30

typedef struct Draft {
    int64_t record;   /* 0: of a new one */
    const char *at;   /* when it was kept */
    const char *form; /* the text as given; NULL in lists */
} Draft;

/* In the place of an earlier one of the same record. 0, 1 with a finding (too large, no key), or a fault. */
int draft_save(Store *store, const char *login, const Ledger *ledger, const Draft *draft, Diag *diag);
/* 0, 1 when there is none that can be read, or a fault. Owned by ctx. */
int draft_load(const void *ctx, Store *store, const char *login, const Ledger *ledger, int64_t record,
               Draft *ret_draft);
/* The latest first. Owned by ctx. 0, or a fault. */
int draft_list(const void *ctx, Store *store, const char *login, const Ledger *ledger, Draft **ret_list,
               size_t *ret_count);
int draft_drop(Store *store, const char *login, const Ledger *ledger, int64_t record);

#endif
