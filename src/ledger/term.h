/* ledger/term.h: until when a record may stand where it stands, by `within` or `due` of its state.
 *
 * The table `term` has every open record whose state may have a term, with the day (none: it is not known), so that
 * what is due first is found first among a million. It is derived: a writer keeps it with the record, and who opens the
 * folder with another calendar or other terms makes it anew. */
#ifndef LEDGER_TERM_H
#define LEDGER_TERM_H

#include "ledger/record.h"

#define TERM_SOON 2 /* the last working days of a term are yellow */

typedef enum { TERM_NONE, TERM_GREEN, TERM_YELLOW, TERM_RED } TermLight;

/* The last day; DATE_NONE without a term, or while the field that says it, or the day the state was entered, is not
 * known. The record has its spans. */
Date term_due(const Record *record, const Calendar *calendar);
/* Red when the day is over, yellow on its last TERM_SOON working days, green before. */
TermLight term_light(Date due_on, Date today, const Calendar *calendar);
/* Whether records in the state may have one. */
bool term_has(const State *state);

/* The same from the table, for a record without its spans. 0, or a fault. */
int term_find(Store *store, int64_t record, Date *ret_due);

/* --- keeping the table: private to ledger/ --- */

typedef struct TermWriter TermWriter;
/* Within a transaction that writes. Owned by ctx. 0, or a fault. */
int term_writer_open(const void *ctx, Store *store, TermWriter **ret_writer);
/* A record in the place of another; either may be NULL. */
int term_write(TermWriter *writer, const Record *before, const Record *after);
int term_flush(TermWriter *writer);
/* On opening: makes the table anew unless it is of this calendar and these terms. Leaves it to the next when
 * somebody else writes just now. 0, or a fault. */
int term_renew(Store *store);

#endif
