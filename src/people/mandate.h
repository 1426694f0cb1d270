/* people/mandate.h: what somebody holds on a day: roles given to him, and roles that others have delegated to him.
 *
 * Roles are given with the records they extend to (scope). Whoever has a role that keeps apart has no other, of his own
 * or delegated; such a role is not delegated either. Results are 0, 1 with findings, or a fault, as in account.h. */
#ifndef PEOPLE_MANDATE_H
#define PEOPLE_MANDATE_H

#include "people/account.h"
#include "people/actor.h"

typedef struct Grant {
    const Role *role;
    const char *scope;  /* own, unit, town, town:CODE, subtree, county */
    const char *holder; /* login of whoever was given the role: oneself, or the giver of a delegation */
    const char *unit;   /* code of the holder's unit, or NULL */
    bool delegated;
    Date until; /* last day of the delegation, or DATE_NONE */
} Grant;

typedef struct Mandate {
    const char *login, *name;
    Grant *grants;
    size_t n_grants;
} Mandate;

/* An account that is not live holds nothing. Owned by ctx. 0, or a fault. */
int mandate_load(const void *ctx, const People *people, const Account *account, const char *now, Mandate **ret_mandate);

/* Who acts then: with his own grants (behalf NULL), or with those alone that this login has delegated to him. Owned by
 * ctx; texts are lent from the mandate. */
Actor mandate_actor(const void *ctx, const Mandate *mandate, const char *behalf);

/* --- giving --- */

/* scope NULL: the role's own. Giving what is held already changes nothing. */
int role_give(const People *people, const char *login, const char *role, const char *scope, const char *actor,
              const char *now, Diag *diag);
/* All of a role, whatever its scope. */
int role_take(const People *people, const char *login, const char *role, const char *actor, const char *now,
              Diag *diag);

typedef struct Delegation {
    const char *giver, *taker;
    const char *role; /* one of the giver's own */
    Date from, to;    /* both days are in it */
} Delegation;
#define DELEGATION_DAYS_MAX 366

int delegation_give(const People *people, const Delegation *delegation, const char *actor, const char *now, Diag *diag);
/* What one has given or been given that is not over yet; lent until the next. 0, or a fault. */
typedef void (*DelegationTake)(const Delegation *delegation, void *data);
int delegation_each(const People *people, const char *login, const char *now, DelegationTake take, void *data);
/* Ends all that was delegated from one to the other, today and later. */
int delegation_end(const People *people, const char *giver, const char *taker, const char *actor, const char *now);

#endif
