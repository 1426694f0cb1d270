/* people/mandate.c: what somebody holds. Giving and taking stand in giving.c. */
#include "people/mandate.h"

#include <string.h>

#include "base/mem.h"

/* A role that is defined no more gives nothing. */
static void add_grant(const void *ctx, Mandate *mandate, const Catalog *catalog, const char *role, Grant grant) {
    grant.role = catalog_find_role(catalog, role);
    if (grant.role) *mem_push(ctx, mandate->grants, mandate->n_grants) = grant;
}

static int load_own(const People *people, const Account *account, Mandate *mandate) {
    static const char sql[] = "SELECT role, scope FROM account_role WHERE org = ?1 AND login = ?2 ORDER BY role, scope";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(account->login)), &stmt);
    if (step) return step;
    const char *unit = account->unit ? mem_strdup(mandate, account->unit) : NULL;
    while ((step = stmt_step(stmt)) == DB_ROW)
        add_grant(
            mandate, mandate, people->catalog, stmt_text(stmt, 0),
            (Grant){.scope = stmt_copy(mandate, stmt, 1), .holder = mandate->login, .unit = unit, .until = DATE_NONE});
    return step;
}

/* What is delegated lasts as long as its giver has it and may come in himself. */
static int load_delegated(const People *people, Date day, Mandate *mandate) {
    static const char sql[] =
        "SELECT r.role, r.scope, a.login, a.unit, d.to_day FROM delegation d"
        " JOIN account_role r ON r.org = d.org AND r.login = d.giver AND r.role = d.role"
        " JOIN account a ON a.org = d.org AND a.login = d.giver"
        " WHERE d.org = ?1 AND d.taker = ?2 AND d.from_day <= ?3 AND d.to_day >= ?3 AND a.disabled = 0"
        " AND (a.expires IS NULL OR a.expires >= ?3) ORDER BY a.login, r.role, r.scope";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(mandate->login), VALUE_OF_DATE(day)), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW)
        add_grant(mandate, mandate, people->catalog, stmt_text(stmt, 0),
                  (Grant){.scope = stmt_copy(mandate, stmt, 1),
                          .holder = stmt_copy(mandate, stmt, 2),
                          .unit = stmt_copy(mandate, stmt, 3),
                          .delegated = true,
                          .until = stmt_date(stmt, 4)});
    return step;
}

int mandate_load(const void *ctx, const People *people, const Account *account, const char *now,
                 Mandate **ret_mandate) {
    Mandate *mandate = mem_new(ctx, Mandate);
    mandate->login = mem_strdup(mandate, account->login);
    mandate->name = mem_strdup(mandate, account->name);
    int fault = 0;
    if (account_is_live(account, now)) {
        fault = load_own(people, account, mandate);
        if (!fault) fault = load_delegated(people, instant_day(now), mandate);
    }
    if (!fault) *ret_mandate = mandate;
    return fault;
}

/* What is his own, or what one person delegated to him. */
static bool counts_for(const Grant *grant, const char *behalf) {
    return behalf ? grant->delegated && !strcmp(grant->holder, behalf) : !grant->delegated;
}

Actor mandate_actor(const void *ctx, const Mandate *mandate, const char *behalf) {
    Mandate *held = mem_new(ctx, Mandate);
    held->login = mandate->login;
    held->name = mandate->name;
    for (size_t i = 0; i < mandate->n_grants; i++)
        if (counts_for(&mandate->grants[i], behalf)) *mem_push(held, held->grants, held->n_grants) = mandate->grants[i];
    return (Actor){.name = mandate->login, .behalf = behalf ? mem_strdup(ctx, behalf) : NULL, .mandate = held};
}
