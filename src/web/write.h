/* web/write.h: how pages write: through the one door, with the actor of the visit. Private to web/. */
#ifndef WEB_WRITE_H
#define WEB_WRITE_H

#include "ledger/share.h"
#include "web/visit.h"

/* Runs the work in a transaction shared with whoever writes at the same time (ledger/share.h); when this returns 0 it
 * is on the disk. Work may give conditions of its own above 1. 0, WEB_WRONG with findings in visit->diag, what work
 * gave, or a fault. */
int write_run(Visit *visit, ShareWork work, void *data);

#endif
