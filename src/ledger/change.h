/* ledger/change.h: the change log: append-only, one row a write, chained by hash.
 *
 * row_hash = H(canonical form of the version); hash = H(previous hash, and every column of the row). Whoever alters a
 * version, a row of the log, or takes one out, is found by verify. */
#ifndef LEDGER_CHANGE_H
#define LEDGER_CHANGE_H

#include "ledger/record.h"
#include "people/actor.h"

typedef struct ChangeRow {
    int64_t seq;
    const char *at; /* UTC instant */
    const char *actor;
    const char *behalf; /* or NULL */
    int64_t batch;      /* 0: none */
    int64_t row;        /* of the import file; 0: none */
    const char *action; /* create, edit, withdraw, restore, or the transition's name */
    const char *ledger;
    int64_t record;
    int64_t version;
    const char *reason; /* or NULL */
    uint8_t row_hash[HASH_SIZE];
} ChangeRow;

/* What a statement selects before anything else for change_lent: the row that it stands on, lent, without its hash. */
#define CHANGE_COLUMNS "seq, at, actor, behalf, batch, row, action, ledger, record, version, reason"
ChangeRow change_lent(const Stmt *stmt);

/* hash of a row from the previous one's. */
void change_hash(Hash *hash, const uint8_t previous[HASH_SIZE], const ChangeRow *row, uint8_t ret_hash[HASH_SIZE]);

/* The end of the log: the seq and hash of its last row, 0 and zeros when it has none. 0, or a fault. */
int change_head(Store *store, int64_t *ret_seq, uint8_t ret_hash[HASH_SIZE]);

/* The history of one record, newest first. Owned by ctx. */
int change_history(const void *ctx, Store *store, const Ledger *ledger, int64_t record, ChangeRow **ret_rows,
                   size_t *ret_count);
/* The newest of them alone: who withdrew a record, and why. 0, 1 when there is none, or a fault. Owned by ctx. */
int change_last(const void *ctx, Store *store, const Ledger *ledger, int64_t record, ChangeRow *ret_row);

/* The newest changes of the bureau before a seq (0: from the end of the log), at most so many; actor NULL: everybody's.
 * Each is lent for the call; a non-zero answer ends it and is returned. 0, or a fault. */
typedef int (*ChangeTake)(const ChangeRow *row, void *data);
int change_each(Store *store, const char *actor, int64_t before, size_t most, ChangeTake take, void *data);

/* Who entered a record: the actor of its first change; NULL when there is none. 0, or a fault. Owned by ctx. */
int change_maker(const void *ctx, Store *store, int64_t record, const char **ret_login);
/* When a record last took a step; NULL when it never did. 0, or a fault. Owned by ctx. */
int change_last_step(const void *ctx, Store *store, int64_t record, const char **ret_at);

#endif
