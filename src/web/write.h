/* web/write.h: how pages write: through the one door, with the actor of the visit. Private to web/. */
#ifndef WEB_WRITE_H
#define WEB_WRITE_H

#include "ledger/transition.h"
#include "web/visit.h"

/* What is done inside the transaction: with this writer and the connection it writes on. 0, or a fault; findings in diag
 * undo all of it. */
typedef int (*WriteWork)(Writer *writer, Store *store, Diag *diag, void *data);

/* Runs it and commits; when this returns 0 it is on the disk. 0, WEB_WRONG with findings in visit->diag, or a fault. */
int write_run(Visit *visit, WriteWork work, void *data);
/* The same with its own options (a new batch, say). */
int write_run_with(Visit *visit, const WriterOptions *options, WriteWork work, void *data);

#endif
