/* defn/permission.h: what somebody may be allowed to do: words on actions, granted to roles in roles.yaml (`may`).
 *
 * What is done to the records of one ledger is besides a matter of the ledger: its `edit` and the `by` of its
 * transitions name roles (people/permission.h puts the two together). */
#ifndef DEFN_PERMISSION_H
#define DEFN_PERMISSION_H

#include <stdbool.h>

#include "base/label.h"

typedef struct Permission {
    const char *word;
    Label label;
    bool business; /* not for a role that keeps apart */
    bool token;    /* may be given to a program; accounts and roles are given by people alone */
} Permission;

/* All, ending with a row without a word. */
extern const Permission permission_all[];
/* NULL when there is none. */
const Permission *permission_find(const char *word);
/* The word that comes nearest, or NULL. */
const char *permission_nearest(const char *word);

/* Whether a word says which records a role sees: own, unit, town, subtree, county. */
bool scope_is_word(const char *word);

#endif
