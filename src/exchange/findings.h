/* exchange/findings.h: what is said about rows of a sheet on its way to the user. Private to exchange/.
 *
 * The door speaks of fields and records; whoever reads it has the sheet before him. So each finding is given the
 * heading of its column and the value that stood there, and errors are kept as marks for a corrected copy. */
#ifndef EXCHANGE_FINDINGS_H
#define EXCHANGE_FINDINGS_H

#include "exchange/heading.h"
#include "ledger/record.h"
#include "people/actor.h"

typedef struct Findings {
    Diag diag;  /* what import and the door write to */
    Diag *user; /* where it goes */
    const Heading *heading;
    const Record *record; /* at the door now, or NULL */
    bool keeps_marks;
    SheetMark *marks; /* at most IMPORT_MARKS_MAX */
    size_t n_marks;
} Findings;

/* Whether somebody may change a ledger; false with a finding about the file. import.c */
bool import_is_permitted(const Actor *actor, const Ledger *ledger, const char *file, Diag *diag);

/* Owned by ctx. */
Findings *findings_new(const void *ctx, Diag *user, const Heading *heading, bool keeps_marks);
/* Sorts the marks as sheet_write_marked wants them. */
void findings_sort(Findings *findings);

#endif
