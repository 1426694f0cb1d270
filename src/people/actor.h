/* people/actor.h: on whose behalf the program acts. */
#ifndef PEOPLE_ACTOR_H
#define PEOPLE_ACTOR_H

#include <stdbool.h>

struct Mandate;

/* Who writes: a name for the change log, and what he holds. A person at the command line of the data folder owns the
 * folder and may do everything but is named in every change. Whether somebody may is asked in permission.h. */
typedef struct Actor {
    const char *name;              /* account, or the name of the operating system's user */
    const char *behalf;            /* acting for, or NULL */
    const struct Mandate *mandate; /* of one's own, or what `behalf` delegated; NULL: nothing */
    bool owner;                    /* at the command line */
} Actor;

/* The user at the command line. Owned by ctx. */
Actor actor_at_command_line(const void *ctx);

#endif
