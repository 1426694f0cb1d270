/* people/permission.c: see permission.h. Which records it holds for stands in rows.c. */
#include "people/permission.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "defn/permission.h"

/* --- asking --- */

static void refuse(const Catalog *catalog, const char *text, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *colon = strchr(text, ':');
    const Ledger *ledger =
        colon ? catalog_find_ledger(catalog, mem_strndup(scratch, text, (size_t)(colon - text))) : NULL;
    const char *near = permission_nearest(text);
    Place at = {.field = "permission"};
    if (ledger)
        diag_error(diag, at, "unknown-permission",
                   "'%s' is nothing that can be done in '%s'; write read, edit or one of its transitions", colon + 1,
                   ledger->name.text);
    else if (near)
        diag_error(diag, at, "unknown-permission", "there is no permission '%s'; did you mean '%s'?", text, near);
    else
        diag_error(diag, at, "unknown-permission", "there is no permission '%s'; docs/definitions.md has the list",
                   text);
}

int permission_parse(const Catalog *catalog, const char *text, Diag *diag, Ask *ret_ask) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Ask ask = {0};
    const Permission *permission = permission_find(text);
    const char *colon = strchr(text, ':');
    if (permission)
        ask.word = permission->word;
    else if (colon)
        ask.ledger = catalog_find_ledger(catalog, mem_strndup(scratch, text, (size_t)(colon - text)));
    if (ask.ledger) {
        ask.transition = ledger_find_transition(ask.ledger, colon + 1);
        if (!strcmp(colon + 1, "read")) ask.word = PERMISSION_READ;
        if (!strcmp(colon + 1, "edit")) ask.word = PERMISSION_EDIT;
    }
    if (ask.word || ask.transition) return *ret_ask = ask, 0;
    refuse(catalog, text, diag);
    return 1;
}

/* --- what a role gives --- */

static bool has_word(const Names *words, const char *word) {
    for (size_t i = 0; i < words->count; i++)
        if (!strcmp(words->list[i].text, word)) return true;
    return false;
}

/* Whether a role is in a list; an empty list is for clerks. */
static bool is_named(const Role *role, const Names *roles) {
    return roles->count ? has_word(roles, role->name.text) : !strcmp(role->name.text, "clerk");
}

bool role_gives(const Role *role, const Ask *ask) {
    if (ask->transition) return is_named(role, &ask->transition->by);
    if (!has_word(&role->may, ask->word)) return false;
    return !ask->ledger || strcmp(ask->word, PERMISSION_EDIT) || is_named(role, &ask->ledger->edit);
}

bool permission_holds(const Mandate *mandate, const Ask *ask) {
    for (size_t i = 0; i < mandate->n_grants; i++)
        if (role_gives(mandate->grants[i].role, ask)) return true;
    return false;
}

bool actor_may(const Actor *actor, const Ask *ask) {
    return actor->owner || (actor->mandate && permission_holds(actor->mandate, ask));
}

/* --- who, and why --- */

typedef struct Logins {
    const void *ctx;
    const char **list;
    size_t count;
} Logins;

static void keep_login(const Account *account, void *data) {
    Logins *logins = data;
    *mem_push(logins->ctx, logins->list, logins->count) = mem_strdup(logins->ctx, account->login);
}

static int load_mandate(const void *ctx, const People *people, const char *login, const char *now,
                        Mandate **ret_mandate) {
    Account *account;
    int result = account_find(ctx, people, login, &account);
    return result ? result : mandate_load(ctx, people, account, now, ret_mandate);
}

int permission_who(const People *people, const Ask *ask, const char *now, PermissionTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Logins logins = {.ctx = scratch};
    int fault = account_each(people, keep_login, &logins);
    for (size_t i = 0; !fault && i < logins.count; i++) {
        Mandate *mandate = NULL;
        fault = load_mandate(scratch, people, logins.list[i], now, &mandate);
        for (size_t k = 0; !fault && k < mandate->n_grants; k++)
            if (role_gives(mandate->grants[k].role, ask)) take(mandate, &mandate->grants[k], data);
    }
    return fault;
}

char *permission_roles(const void *ctx, const Catalog *catalog, const Ask *ask) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < catalog->n_roles; i++)
        if (role_gives(&catalog->roles[i], ask))
            buf_printf(&out, "%s%s", out.size ? _(", ") : "", label_text(catalog->roles[i].label));
    return out.size ? out.data : mem_strdup(ctx, _("nobody"));
}

const char *scope_words(const void *ctx, const char *scope) {
    static const struct {
        const char *word, *english;
    } words[] = {{"own", N_("what is one's own")},
                 {"unit", N_("one's unit")},
                 {"town", N_("one's town")},
                 {"subtree", N_("one's unit and those below it")},
                 {"county", N_("the whole county")}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(words[i].word, scope)) return _(words[i].english);
    const char *colon = strchr(scope, ':');
    return mem_printf(ctx, _("the town %s"), colon ? colon + 1 : scope);
}

char *grant_words(const void *ctx, const Grant *grant) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *role = label_text(grant->role->label), *scope = scope_words(scratch, grant->scope);
    if (grant->role->apart) return mem_strdup(ctx, role); /* of no records */
    if (!grant->delegated) return mem_printf(ctx, _("%s (%s)"), role, scope);
    return mem_printf(ctx, _("%s (%s), delegated by %s until %s"), role, scope, grant->holder,
                      date_iso(scratch, grant->until));
}

/* --- fields --- */

Mask permission_mask(const Mandate *mandate, const Field *field) {
    if (!field->personal && !field->kind->sealed) return MASK_NONE;
    if (permission_holds(mandate, &(Ask){.word = "personal:unmask"})) return MASK_ASKS;
    return permission_holds(mandate, &(Ask){.word = "personal:masked"}) ? MASK_PARTLY : MASK_WHOLE;
}
