/* ledger/work.h: what waits for somebody, what he did, and what he began, over all ledgers.
 *
 * How it stays quick at a million records: what waits is looked for in each state that he can lead out of, along the
 * table of terms (term.h) or the index of states; what he did and began is read backwards along an index of the change
 * log by actor. Each page costs the same, however far down it is, and counts go no further than WORK_COUNT_MOST. */
#ifndef LEDGER_WORK_H
#define LEDGER_WORK_H

#include "ledger/query.h"
#include "ledger/term.h"
#include "people/mandate.h"

#define WORK_PAGE       20u
#define WORK_COUNT_MOST 999

typedef struct WorkItem {
    const Ledger *ledger;
    int64_t record;
    const char *number; /* or NULL */
    const char *title;
    const State *state;      /* where it stands now */
    Date entered_on;         /* that state; DATE_NONE: not known */
    int64_t days;            /* since then; 0 when it is not known */
    Date due_on;             /* the last day of the term, or DATE_NONE */
    const char *action, *at; /* done, started: the change, and its instant; NULL for what waits */
    QueryPlace place; /* to go on behind it: the day it is due (blank: none) and the record, or the seq of the change */
} WorkItem;

typedef struct WorkPage {
    WorkItem *items;
    size_t count;
    QueryPlace last; /* to go on behind the page */
    bool has_after;
} WorkPage;

/* Each gives the WORK_PAGE items behind `after` (NULL: the first), owned by ctx. 0, or a fault. */

/* Records that stand in a state out of which he may lead them, by role and scope. A step that asks for a reason
 * (reject, cancel, revoke) is nobody's next step, but where it is all that leads out of a state, and back: an objection
 * is to be settled. Drafts of others, in the first state of their ledger, are their makers' alone, unless that state
 * has a term. What is due first comes first, so that red stands before yellow and yellow before green; then what has no
 * term, the latest record first. Places are read by query_place_parse_day. */
int work_todo(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);

/* How many of these there are, and how many are over their term; WORK_COUNT_MOST + 1 means more than WORK_COUNT_MOST.
 */
typedef struct WorkCount {
    int64_t waiting, late;
} WorkCount;
int work_count(Store *store, const Mandate *mandate, WorkCount *ret_count);

/* Records that he took a step with or changed, each once, the latest first; and those he entered. What he may not read
 * any more, or is gone, is left out, so that a page may be shorter. Places are read by query_place_parse without an
 * order. */
int work_done(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);
int work_started(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);

#endif
