/* people/actor.c: who acts. Roles of accounts come with the accounts; the command line has its owner. */
#include "people/actor.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

Actor actor_at_command_line(const void *ctx) {
    static const char *const no_roles[] = {NULL};
    const char *name = getenv("KEZHANG_ACTOR");
    struct passwd *user = name ? NULL : getpwuid(getuid());
    if (!name) name = user ? user->pw_name : "unknown";
    return (Actor){.name = mem_strdup(ctx, name), .roles = no_roles, .owner = true};
}

bool actor_may(const Actor *actor, const Names *roles) {
    if (actor->owner) return true;
    for (const char *const *role = actor->roles; *role; role++) {
        if (!roles->count && !strcmp(*role, "clerk")) return true;
        for (size_t i = 0; i < roles->count; i++)
            if (!strcmp(*role, roles->list[i].text)) return true;
    }
    return false;
}
