/* exchange/idset.h: which of the records that were there before an import its rows have named: one bit each, in pages
 * made when first touched. Private to exchange/. */
#ifndef EXCHANGE_IDSET_H
#define EXCHANGE_IDSET_H

#include <stdbool.h>
#include <stdint.h>

typedef struct IdSet IdSet;

/* For ids from 1 to below `end`. Owned by ctx. */
IdSet *idset_new(const void *ctx, int64_t end);
/* Adds an id; false when it was in already. Ids outside are never in. */
bool idset_add(IdSet *set, int64_t id);

#endif
