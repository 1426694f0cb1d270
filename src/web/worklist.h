/* web/worklist.h: the four lists of somebody's work, page by page. Private to web/. */
#ifndef WEB_WORKLIST_H
#define WEB_WORKLIST_H

#include "ledger/errand.h"
#include "ledger/work.h"
#include "web/visit.h"

typedef enum { WORKLIST_TODO, WORKLIST_DONE, WORKLIST_STARTED, WORKLIST_COPIED, WORKLISTS } WorklistKind;

/* What is asked of him about a record, or was copied to him. */
typedef struct WorklistErrand {
    Errand errand;
    const Record *record;
} WorklistErrand;

/* First what others ask, then what stands in his way. */
typedef struct Worklist {
    WorklistErrand *errands;
    size_t n_errands;
    WorkItem *items;
    size_t n_items;
    const char *after; /* where the next page begins; NULL: there is none */
} Worklist;

/* What comes behind ?after=. What is gone or no longer his to see is left out. Owned by the visit. 0, or a fault. */
int worklist_read(Visit *visit, WorklistKind kind, Worklist *ret_list);
/* What waits for him, asked of him or in his way. 0, or a fault. */
int worklist_count(Visit *visit, WorkCount *ret_count);

#endif
