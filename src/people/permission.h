/* people/permission.h: may he, on which records, and why.
 *
 * What is asked is written LEDGER:read, LEDGER:edit, LEDGER:TRANSITION, or a word of defn/permission.h. A role gives a
 * word that is in its `may`; it gives a transition when the ledger's `by` names it, an edit when `edit` names it and it
 * may ledger:edit. No handler asks otherwise. */
#ifndef PEOPLE_PERMISSION_H
#define PEOPLE_PERMISSION_H

#include "people/mandate.h"

#define PERMISSION_READ "ledger:read"
#define PERMISSION_EDIT "ledger:edit"

typedef struct Ask {
    const char *word;             /* ledger:read, report:issue … */
    const Ledger *ledger;         /* or NULL: no particular one */
    const Transition *transition; /* or NULL */
} Ask;

/* 0, or 1 with a finding and what comes nearest. Texts are lent from the catalog and the program. */
int permission_parse(const Catalog *catalog, const char *text, Diag *diag, Ask *ret_ask);

/* Whether a role gives it, and whether somebody holds such a role. */
bool role_gives(const Role *role, const Ask *ask);
bool permission_holds(const Mandate *mandate, const Ask *ask);
bool actor_may(const Actor *actor, const Ask *ask);

/* --- who can do what, and why --- */

/* Calls take for each grant of each account that gives it, by login; lent until it returns. 0, or a fault. */
typedef void (*PermissionTake)(const Mandate *mandate, const Grant *grant, void *data);
int permission_who(const People *people, const Ask *ask, const char *now, PermissionTake take, void *data);
/* A scope in words: 本单位, 全县, 乡镇 349901101. Lent, or owned by ctx. */
const char *scope_words(const void *ctx, const char *scope);
/* The roles that give it, in words: "经办人、股室负责人". Owned by ctx. */
char *permission_roles(const void *ctx, const Catalog *catalog, const Ask *ask);
/* The grant in words: "经办人（全县）", "局长（全县），受 zhang 委托至 2020-07-10". Owned by ctx. */
char *grant_words(const void *ctx, const Grant *grant);

/* --- fields --- */

typedef enum {
    MASK_NONE,   /* not a personal field */
    MASK_ASKS,   /* masked; shown after a reason was given and written down */
    MASK_PARTLY, /* masked */
    MASK_WHOLE,  /* not shown at all */
} Mask;
Mask permission_mask(const Mandate *mandate, const Field *field);

#endif
