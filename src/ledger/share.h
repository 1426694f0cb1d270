/* ledger/share.h: many writers, one commit.
 *
 * A durable commit waits for the disk however little it writes, and one comes after the other. Here those who want to
 * write at the same time do so in one transaction: the first of them leads, does the work of all who wait, each within
 * a Writer of its own, commits once, and everybody goes on. Nobody waits for company: who comes alone commits alone.
 *
 * For short pieces of work, as a form makes them. An import opens a Writer itself. */
#ifndef LEDGER_SHARE_H
#define LEDGER_SHARE_H

#include "ledger/transition.h"

#define SHARE_GROUP 64u /* pieces of work in one commit; who comes later is in the next */

typedef struct WriteShare WriteShare;

/* With a connection of its own beside a store, which outlives it. Owned by ctx, and freed when nobody writes any more.
 * When the tables fit other definitions than the store's, every write is refused: open both anew. 0, or 1 with
 * findings. */
int share_open(const void *ctx, const Store *store, Diag *diag, WriteShare **ret_share);

/* One piece of work, through this writer and the connection it writes on; findings go to the caller's diag. It runs in
 * the thread of whoever leads, in the language of that one, while the caller waits, and neither opens nor commits a
 * Writer nor calls share_write. 0: to be written. Positive, a condition of the caller's, or a fault: nothing of it is.
 */
typedef int (*ShareWork)(Writer *writer, Store *store, Diag *diag, void *data);

enum { SHARE_E_REFUSED = 1 };
/* Does the work and commits it, with that of others. From any thread; waits.
 *   0                what it wrote is durable
 *   SHARE_E_REFUSED  it gave 0 and added errors to diag: nothing of it was written, what others wrote was
 *   what work gave   likewise
 *   a fault          likewise when it is of this work alone; a fault of the commit, a full disk, a busy folder or a
 *                    server that is gone is everybody's, and nothing was written. With a finding. */
int share_write(WriteShare *share, const WriterOptions *options, ShareWork work, void *data, Diag *diag);

typedef struct ShareNumbers {
    uint64_t writes;  /* pieces of work that became durable */
    uint64_t commits; /* of groups, with what they wrote */
    unsigned waiting; /* pieces of work that nobody has begun with, now */
} ShareNumbers;

void share_numbers(WriteShare *share, ShareNumbers *ret_numbers);

#endif
