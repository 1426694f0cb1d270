/* ledger/work.h: what waits for somebody, what he did, and what he began, over all ledgers.
 *
 * How it stays quick at a million records: what waits is looked for in each state that he can lead out of, along the index
 * of states, among the WORK_DEPTH records of that state that were entered into the ledger last; what he did and began is
 * read backwards along an index of the change log by actor. Each page costs the same, however far down it is. */
#ifndef LEDGER_WORK_H
#define LEDGER_WORK_H

#include "ledger/query.h"
#include "people/mandate.h"

#define WORK_PAGE  20u
#define WORK_DEPTH 2000u
#define WORK_SOON  2 /* the last working days of a term are yellow */

typedef enum { WORK_NO_TERM, WORK_GREEN, WORK_YELLOW, WORK_RED } WorkLight;

typedef struct WorkItem {
    const Ledger *ledger;
    int64_t record;
    const char *number; /* or NULL */
    const char *title;
    const State *state; /* where it stands now */
    Date entered_on;    /* that state; DATE_NONE: not known */
    int64_t days;       /* since then; 0 when it is not known */
    Date due_on;        /* the last day of the state's term (`within`), or DATE_NONE */
    WorkLight light;
    const char *action, *at; /* done, started: the change, and its instant; NULL for what waits */
    QueryPlace place;        /* to go on behind it: the day entered and the record, or the seq of the change alone */
} WorkItem;

typedef struct WorkPage {
    WorkItem *items;
    size_t count;
    QueryPlace last; /* to go on behind the page */
    bool has_after;
} WorkPage;

/* Each gives the WORK_PAGE items behind `after` (NULL: the first), owned by ctx. 0, or a fault. */

/* Records that stand in a state out of which he may lead them, by role and scope, without giving a reason (what asks for
 * one is no next step); drafts of others, in the first state of their ledger, are their makers' alone. The state that was
 * entered last comes first, those of an unknown day last. Places are read by query_place_parse_day. */
int work_todo(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);
/* Records that he took a step with or changed, each once, the latest first; and those he entered. What he may not read any
 * more, or is gone, is left out, so that a page may be shorter. Places are read by query_place_parse without an order. */
int work_done(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);
int work_started(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);

/* The last day of a state's term; DATE_NONE without one. */
Date work_due(const State *state, Date entered_on, const Calendar *calendar);
/* Red when the day is over, yellow on its last WORK_SOON working days, green before. */
WorkLight work_light(Date due_on, Date today, const Calendar *calendar);

#endif
