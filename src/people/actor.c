/* people/actor.c: who acts. Roles of accounts come with the accounts; the command line has its owner. */
#include "people/actor.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

Actor actor_at_command_line(const void *ctx) {
    const char *name = getenv("KEZHANG_ACTOR");
    struct passwd *user = name ? NULL : getpwuid(getuid());
    if (!name) name = user ? user->pw_name : "unknown";
    return (Actor){.name = mem_strdup(ctx, name), .owner = true};
}
