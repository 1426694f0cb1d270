/* people/giving.c: roles given and taken, and delegated for some days.
 *
 * Each is one transaction that first takes the rows of the accounts it is about, so that of two who give at the same
 * time the second sees what the first gave: nobody can hold together what must be apart. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/permission.h"
#include "people/journal.h"
#include "people/mandate.h"
#include "people/unit.h"

/* --- what somebody holds already --- */

typedef struct Held {
    const void *ctx;
    const char **roles;
    size_t count;
} Held;

/* Own roles, and those delegated to him from a day on. */
static int load_held(const People *people, const char *login, Date day, Held *held) {
    static const char sql[] = "SELECT role FROM account_role WHERE org = ?1 AND login = ?2 UNION"
                              " SELECT role FROM delegation WHERE org = ?1 AND taker = ?2 AND to_day >= ?3";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_DATE(day)), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(held->ctx, held->roles, held->count) = stmt_copy(held->ctx, stmt, 0);
    return step;
}

static bool is_apart(const People *people, const char *name) {
    const Role *role = catalog_find_role(people->catalog, name);
    return role && role->apart;
}

/* The role among those held that keeps this one out, or NULL. */
static const char *find_opposite(const People *people, const Held *held, const Role *role) {
    for (size_t i = 0; i < held->count; i++)
        if (strcmp(held->roles[i], role->name.text) && (role->apart || is_apart(people, held->roles[i])))
            return held->roles[i];
    return NULL;
}

static const char *role_words(const People *people, const char *name) {
    const Role *role = catalog_find_role(people->catalog, name);
    return role ? label_text(role->label) : name;
}

/* 0, 1 with a finding, or a fault. */
static int check_apart(const People *people, const char *login, const Role *role, const char *now, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Held held = {.ctx = scratch};
    int fault = load_held(people, login, instant_day(now), &held);
    const char *opposite = fault ? NULL : find_opposite(people, &held, role);
    if (!opposite) return fault;
    diag_error(
        diag, (Place){.field = "role"}, "apart",
        "'%s' cannot have the roles %s and %s together: administrators are three people who do no business; give it to"
        " another, or take the other role first",
        login, role_words(people, opposite), label_text(role->label));
    return 1;
}

/* --- beginning and ending --- */

/* Takes the row of an account. 0, 1 with a finding when there is none, or a fault. */
static int hold(const People *people, const char *login, Diag *diag) {
    int64_t changes;
    int fault = people_run(people, "UPDATE account SET login = login WHERE org = ?1 AND login = ?2",
                           DB_VALUES(VALUE_OF_TEXT(login)), &changes);
    if (fault || changes) return fault;
    diag_error(diag, (Place){.field = "login"}, "no-account", "there is no account '%s'; see kezhang user list", login);
    return 1;
}

/* --- roles --- */

static const Role *need_role(const People *people, const char *name, Diag *diag) {
    const Role *role = catalog_find_role(people->catalog, name);
    if (role) return role;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf known = BUF_INIT(scratch);
    for (size_t i = 0; i < people->catalog->n_roles; i++) {
        const Role *other = &people->catalog->roles[i];
        buf_printf(&known, "%s%s (%s)", i ? ", " : "", other->name.text, label_text(other->label));
    }
    diag_error(diag, (Place){.field = "role"}, "no-role", "there is no role '%s'; choose one of %s", name,
               buf_text(&known));
    return NULL;
}

/* 0, 1 with a finding, or a fault. */
static int check_scope(const People *people, const char *scope, Diag *diag) {
    static const char town[] = "town:";
    bool known = scope_is_word(scope);
    int fault = 0;
    if (!known && !strncmp(scope, town, strlen(town))) fault = unit_is_known(people, scope + strlen(town), &known);
    if (fault || known) return fault;
    diag_error(diag, (Place){.field = "scope"}, "bad-scope",
               "'%s' is no scope; write own, unit, town, subtree, county, or town: with the code of a unit", scope);
    return 1;
}

static int insert_role(const People *people, const char *login, const char *role, const char *scope) {
    return people_run(
        people, "INSERT INTO account_role (org, login, role, scope) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(role), VALUE_OF_TEXT(scope)), NULL);
}

int role_give(const People *people, const char *login, const char *name, const char *scope, const char *actor,
              const char *now, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Role *role = need_role(people, name, diag);
    if (!role) return 1;
    if (!scope) scope = role->scope.text ? role->scope.text : "own";
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = hold(people, login, diag);
    if (!result) result = check_scope(people, scope, diag);
    if (!result) result = check_apart(people, login, role, now, diag);
    if (!result) result = insert_role(people, login, name, scope);
    if (!result)
        result = journal_account(people, now, actor, login, "give-role", mem_printf(scratch, "%s %s", name, scope));
    return db_settle(people->db, result);
}

int role_take(const People *people, const char *login, const char *role, const char *actor, const char *now,
              Diag *diag) {
    int64_t changes = 0;
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = hold(people, login, diag);
    if (!result)
        result = people_run(people, "DELETE FROM account_role WHERE org = ?1 AND login = ?2 AND role = ?3",
                            DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(role)), &changes);
    if (!result && !changes) {
        diag_error(diag, (Place){.field = "role"}, "not-held", "'%s' has not the role '%s'; see kezhang user who",
                   login, role);
        result = 1;
    }
    if (!result) result = journal_account(people, now, actor, login, "take-role", role);
    return db_settle(people->db, result);
}

/* --- delegations --- */

static bool check_days(const Delegation *delegation, Diag *diag) {
    if (date_is_valid(delegation->from) && date_is_valid(delegation->to) && delegation->from <= delegation->to &&
        delegation->to - delegation->from < DELEGATION_DAYS_MAX)
        return true;
    diag_error(diag, (Place){.field = "to"}, "bad-days",
               "a delegation has a first and a last day, at most %d days in all; correct them", DELEGATION_DAYS_MAX);
    return false;
}

static int check_held(const People *people, const Delegation *delegation, Diag *diag) {
    static const char sql[] = "SELECT count(*) FROM account_role WHERE org = ?1 AND login = ?2 AND role = ?3";
    Stmt *stmt;
    int step =
        people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(delegation->giver), VALUE_OF_TEXT(delegation->role)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    bool held = step == DB_ROW && stmt_int(stmt, 0);
    stmt_reset(stmt);
    if (step < 0 || held) return step < 0 ? step : 0;
    diag_error(diag, (Place){.field = "role"}, "not-held", "'%s' has not the role '%s'; see kezhang user who",
               delegation->giver, delegation->role);
    return 1;
}

static bool check_delegation(const Delegation *delegation, const Role *role, Diag *diag) {
    if (role->apart)
        diag_error(diag, (Place){.field = "role"}, "apart",
                   "%s is not delegated: administrators are three people; let another account have the role",
                   label_text(role->label));
    if (!strcmp(delegation->giver, delegation->taker))
        diag_error(diag, (Place){.field = "taker"}, "bad-taker",
                   "one does not delegate to oneself; name somebody else");
    return check_days(delegation, diag) && !role->apart && strcmp(delegation->giver, delegation->taker) != 0;
}

static int insert_delegation(const People *people, const Delegation *delegation) {
    static const char sql[] =
        "INSERT INTO delegation (org, giver, taker, role, from_day, to_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (org, taker, giver, role, from_day) DO UPDATE SET to_day = excluded.to_day";
    return people_run(people, sql,
                      DB_VALUES(VALUE_OF_TEXT(delegation->giver), VALUE_OF_TEXT(delegation->taker),
                                VALUE_OF_TEXT(delegation->role), VALUE_OF_DATE(delegation->from),
                                VALUE_OF_DATE(delegation->to)),
                      NULL);
}

static const char *delegation_words(const void *ctx, const Delegation *delegation) {
    return mem_printf(ctx, "%s %s %s..%s", delegation->giver, delegation->role, date_iso(ctx, delegation->from),
                      date_iso(ctx, delegation->to));
}

int delegation_give(const People *people, const Delegation *delegation, const char *actor, const char *now,
                    Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Role *role = need_role(people, delegation->role, diag);
    if (!role || !check_delegation(delegation, role, diag)) return 1;
    bool in_order = strcmp(delegation->giver, delegation->taker) <
                    0; /* so that two who exchange roles do not wait for each other */
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = hold(people, in_order ? delegation->giver : delegation->taker, diag);
    if (!result) result = hold(people, in_order ? delegation->taker : delegation->giver, diag);
    if (!result) result = check_held(people, delegation, diag);
    if (!result) result = check_apart(people, delegation->taker, role, now, diag);
    if (!result) result = insert_delegation(people, delegation);
    if (!result)
        result =
            journal_account(people, now, actor, delegation->taker, "delegate", delegation_words(scratch, delegation));
    return db_settle(people->db, result);
}

int delegation_each(const People *people, const char *login, const char *now, DelegationTake take, void *data) {
    static const char sql[] = "SELECT giver, taker, role, from_day, to_day FROM delegation WHERE org = ?1"
                              " AND (giver = ?2 OR taker = ?2) AND to_day >= ?3 ORDER BY from_day, giver, taker";
    Stmt *stmt;
    int step = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_DATE(instant_day(now))), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const Delegation delegation = {stmt_text(stmt, 0), stmt_text(stmt, 1), stmt_text(stmt, 2), stmt_date(stmt, 3),
                                       stmt_date(stmt, 4)};
        take(&delegation, data);
    }
    return step;
}

int delegation_end(const People *people, const char *giver, const char *taker, const char *actor, const char *now) {
    static const char shorten[] =
        "UPDATE delegation SET to_day = ?4 WHERE org = ?1 AND giver = ?2 AND taker = ?3 AND to_day > ?4";
    Date yesterday = instant_day(now) - 1;
    int result = db_begin(people->db, DB_WRITE);
    if (result) return result;
    result = people_run(people, shorten,
                        DB_VALUES(VALUE_OF_TEXT(giver), VALUE_OF_TEXT(taker), VALUE_OF_DATE(yesterday)), NULL);
    if (!result) result = journal_account(people, now, actor, taker, "end-delegation", giver);
    return db_settle(people->db, result);
}
