/* defn/link-role.c: roles: what they may, which records they see, and who keeps apart. */
#include <string.h>

#include "defn/link.h"
#include "defn/permission.h"

static void check_word(const Linking *linking, const Role *role, const Name *word) {
    const Permission *permission = permission_find(word->text);
    const char *near = permission ? NULL : permission_nearest(word->text);
    if (permission && permission->business && role->apart)
        diag_error(linking->diag, word->at, "apart", "'%s' is business, and '%s' keeps apart from it; take one back",
                   word->text, role->name.text);
    else if (near)
        diag_error(linking->diag, word->at, "unknown-permission", "there is no permission '%s'; did you mean '%s'?",
                   word->text, near);
    else if (!permission)
        diag_error(linking->diag, word->at, "unknown-permission",
                   "there is no permission '%s'; docs/definitions.md has the list", word->text);
}

static void link_role(const Linking *linking, const Role *role) {
    for (size_t i = 0; i < role->may.count; i++) check_word(linking, role, &role->may.list[i]);
    if (role->scope.text && !scope_is_word(role->scope.text))
        diag_error(linking->diag, role->scope.at, "bad-scope",
                   "'%s' is no scope; write own, unit, town, subtree or county", role->scope.text);
}

void link_roles(const Linking *linking) {
    const Catalog *catalog = linking->catalog;
    link_check_twice(linking, catalog->roles, catalog->n_roles, sizeof(Role), THING_ROLE);
    for (size_t i = 0; i < catalog->n_roles; i++) link_role(linking, &catalog->roles[i]);
    for (size_t i = 0; i < catalog->n_belongings; i++) {
        const Name *to = &catalog->belongings[i].to;
        if (to->text && strcmp(to->text, "own") && strcmp(to->text, "unit") && strcmp(to->text, "town"))
            diag_error(linking->diag, to->at, "bad-belonging",
                       "records belong to a person, a unit or a town; write own, unit or town");
    }
}
