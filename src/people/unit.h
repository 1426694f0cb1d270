/* people/unit.h: the tree of units: the bureau with its sections, towns, firms, universities. Row scopes follow it. */
#ifndef PEOPLE_UNIT_H
#define PEOPLE_UNIT_H

#include "people/people.h"

#define UNIT_DEPTH_MAX 16u

typedef struct Unit {
    const char *code;   /* what records call it besides its name: credit code, division code, or a word of one's own */
    const char *parent; /* code, or NULL */
    const char *name;
    const char *town; /* division code of its town, or NULL */
} Unit;

/* Makes it, or changes it. 0, 1 with findings (unknown parent, one of its own units as parent, no name), or a fault. */
int unit_put(const People *people, const Unit *unit, const char *actor, const char *now, Diag *diag);
int unit_is_known(const People *people, const char *code, bool *ret_known);
/* 0, 1 when there is none, or a fault. Owned by ctx. */
int unit_find(const void *ctx, const People *people, const char *code, Unit *ret_unit);

typedef struct Units {
    Unit *list;
    size_t count;
} Units;

/* All, by code. Owned by ctx. */
int unit_list(const void *ctx, const People *people, Units *ret_units);
/* The one of that code (NULL: none is meant), or NULL. Lent. */
const Unit *unit_among(const Units *units, const char *code);
/* Those of them that stand under one, itself among them; texts lent from units. Owned by ctx. */
void unit_below(const void *ctx, const Units *units, const char *code, Units *ret_units);

#endif
