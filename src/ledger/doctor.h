/* ledger/doctor.h: whether a data folder and the machine under it are well.
 *
 * Looks from outside (rights, key, disk, clock) and from inside (database, definitions, calendar, log); changes
 * nothing. What is proved row by row is the work of verify. */
#ifndef LEDGER_DOCTOR_H
#define LEDGER_DOCTOR_H

#include "ledger/store.h"

/* One finding a check, in a fixed order: a note when it is well, else a warning or an error with what to do; a check
 * that needs an open folder is left out when it cannot be opened. 0 all well, 1 something is not. */
int doctor_run(const void *ctx, const char *folder, Diag *diag);

#endif
