/* web/pool.h: connections to the data folder, one for each request that needs one at the same time. Private to web/.
 *
 * All of a generation share one catalog. New definitions make a new generation; the old one ends with its last request.
 */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include "ledger/share.h"

typedef struct Pool Pool;

/* Owned by ctx. 0, or 1 with findings. */
int pool_open(const void *ctx, const char *folder, Diag *diag, Pool **ret_pool);
int pool_renew(Pool *pool, Diag *diag);

/* A connection that sees all that was written until now; NULL when the folder cannot be reached (the log says why).
 * Whoever only looks sees that one moment until he gives it back, or writes after all. */
Store *pool_take(Pool *pool, bool looks);
/* Where those write together who have connections of the same generation. Lent while the connection is taken. */
WriteShare *pool_share(Pool *pool, const Store *store);
/* Back; `broken`: it met a fault and is closed. */
void pool_give(Pool *pool, Store *store, bool broken);

#endif
