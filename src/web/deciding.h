/* web/deciding.h: one decision over all that a filter finds: as long work, a chunk of records in each transaction.
 * Private to web/. */
#ifndef WEB_DECIDING_H
#define WEB_DECIDING_H

#include "procedure/decision.h"
#include "web/visit.h"

#define DECIDING_MOST  10000u /* records of one decision */
#define DECIDING_CHUNK 50u    /* of one transaction: others wait so long */

/* Ids of what the address filters, in the order of the list, at most DECIDING_MOST + 1 of them. Owned by the visit. 0,
 * 1 with findings, or a fault. */
int deciding_find(Visit *visit, int64_t **ret_ids, size_t *ret_count);
/* Begins it. The job reads the address as the list does, once more; whatever of it is not taken through the door is
 * told one by one, with why. 0, WEB_TOO_MANY with findings, or a fault. */
int deciding_start(Visit *visit, const Decision *decision, int64_t *ret_job);

#endif
