/* ledger/saved-view.h: filters of lists that people gave a name, for themselves or for all who may see the ledger.
 *
 * What is kept is the query of the list's address. It is read as any address is, by whoever opens it: a shared view
 * shows nobody a record that he could not see without it. */
#ifndef LEDGER_SAVED_VIEW_H
#define LEDGER_SAVED_VIEW_H

#include "ledger/store.h"

#define VIEW_NAME_MAX  40u            /* characters */
#define VIEW_QUERY_MAX ((size_t)4096) /* bytes */
#define VIEW_MOST      50u            /* of a person in a ledger */

typedef struct SavedView {
    const char *login; /* whose */
    const char *name;
    const char *query; /* "state=registered&order=-registered_on" */
    bool shared;
} SavedView;

/* In the place of an earlier one of that name. 0, 1 with a finding (no name, too long, too many), or a fault. */
int view_save(Store *store, const Ledger *ledger, const SavedView *view, const char *now, Diag *diag);
/* His own, then what others share; each by name. Owned by ctx. 0, or a fault. */
int view_list(const void *ctx, Store *store, const Ledger *ledger, const char *login, SavedView **ret_list,
              size_t *ret_count);
/* One of his own. 0, 1 when there is none, or a fault. */
int view_drop(Store *store, const Ledger *ledger, const char *login, const char *name);

#endif
