/* ledger/batch.h: what was imported together, so that it can be taken back together.
 *
 * A batch is a row about a file and the rows of the change log that carry its number. */
#ifndef LEDGER_BATCH_H
#define LEDGER_BATCH_H

#include "ledger/change.h"

typedef struct Batch {
    int64_t id;
    const char *ledger; /* its name */
    const char *file;   /* without folders */
    const char *file_hash;
    const char *sheet;
    const char *at; /* UTC instant */
    const char *actor;
    int64_t created, updated, unchanged, refused; /* rows of the file */
    const char *undone_at;                        /* or NULL */
} Batch;

/* Within the transaction of the writer whose batch it is. 0, or a fault. */
int batch_add(Store *store, const Batch *batch);
/* 0, 1 when there is none, or a fault. Owned by ctx. */
int batch_load(const void *ctx, Store *store, int64_t id, Batch *ret_batch);
/* The newest first: those before an id (INT64_MAX: from the newest on), until take answers other than 0, which is
 * returned. Each is lent until the next. 0, or a fault. */
typedef int (*BatchEach)(const Batch *batch, void *data);
int batch_each(Store *store, int64_t before, BatchEach take, void *data);
int batch_mark_undone(Store *store, int64_t id);

/* The row of the file that a record came from in this batch; 0 when the batch did not write it. 0, or a fault. */
int batch_find_row(Store *store, int64_t id, int64_t record, uint32_t *ret_row);

/* The last `most` changes of a batch before a seq, latest first: seq, action, record and version. 0, or a fault. */
int batch_changes(Store *store, int64_t id, int64_t before, ChangeRow *ret_rows, size_t most, size_t *ret_count);

/* Calls take for each change that stands in the way of an undo: made by others to its records after it; by record, the
 * latest first. The row lives until the next one. 0, or a fault. */
typedef void (*BatchTake)(const ChangeRow *row, void *data);
int batch_each_later(Store *store, int64_t id, BatchTake take, void *data);

/* Calls take for each current record outside the batch that refers to one the batch created. 0, or a fault. */
typedef void (*BatchReferrer)(const Ledger *ledger, int64_t record, void *data);
int batch_each_referrer(Store *store, const Ledger *target, int64_t id, BatchReferrer take, void *data);

#endif
