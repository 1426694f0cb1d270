/* people/actor.h: on whose behalf the program acts. */
#ifndef PEOPLE_ACTOR_H
#define PEOPLE_ACTOR_H

#include <stdbool.h>

#include "defn/model.h"

/* Who writes: a name for the change log, and what he may do. A person at the command line of the data folder
 * owns the folder and may do everything but is named in every change. */
typedef struct Actor {
    const char *name;          /* account, or the name of the operating system's user */
    const char *behalf;        /* acting for, or NULL */
    const char *const *roles;  /* ends with NULL */
    bool owner;                /* at the command line */
} Actor;

/* The user at the command line. Owned by ctx. */
Actor actor_at_command_line(const void *ctx);

/* Whether the actor has one of the roles. An empty list is for clerks. */
bool actor_may(const Actor *actor, const Names *roles);

#endif
