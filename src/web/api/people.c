/* web/api/people.c: accounts, units, who may what and why, the logs, and the state of the house. */
#include <string.h>

#include "base/mem.h"
#include "ledger/change.h"
#include "ledger/doctor.h"
#include "people/journal.h"
#include "people/unit.h"
#include "web/api/api.h"

#define LOG_ROWS_MOST 100u

/* --- grants --- */

static json_t *grant_json(const Visit *visit, const Grant *grant) {
    json_t *object = page_object();
    page_set_text(object, "role", grant->role->name.text);
    page_set_text(object, "scope", grant->scope);
    page_set_text(object, "delegated_by", grant->delegated ? grant->holder : NULL);
    page_set(object, "until", api_day(grant->until));
    page_set_text(object, "says", grant_words(visit->ctx, grant));
    return object;
}

static json_t *grants_json(const Visit *visit, const Mandate *mandate) {
    json_t *array = page_array();
    for (size_t i = 0; i < mandate->n_grants; i++) json_array_append_new(array, grant_json(visit, &mandate->grants[i]));
    return array;
}

/* --- accounts --- */

static int account_json(const Visit *visit, const Account *account, json_t **ret_object) {
    Mandate *mandate;
    int fault = mandate_load(visit->ctx, &visit->people, account, visit->now, &mandate);
    if (fault) return fault;
    json_t *object = page_object();
    page_set_text(object, "login", account->login);
    page_set_text(object, "name", account->name);
    page_set_text(object, "unit", account->unit);
    page_set(object, "live", json_boolean(account_is_live(account, visit->now)));
    page_set(object, "disabled", json_boolean(account->disabled));
    page_set_text(object, "locked_until", account->locked_until);
    page_set(object, "password_due", json_boolean(account_password_is_due(account, visit->now)));
    page_set(object, "second_factor", json_boolean(account->totp != NULL));
    page_set(object, "expires", api_day(account->expires));
    page_set_text(object, "last_sign_in", account->last_sign_in);
    page_set(object, "grants", grants_json(visit, mandate));
    *ret_object = object;
    return 0;
}

static int answer_account(Visit *visit, const char *login) {
    Account *account;
    json_t *object;
    int result = account_find(visit->ctx, &visit->people, login, &account);
    if (!result) result = account_json(visit, account, &object);
    if (result) return result < 0 ? result : WEB_MISSING;
    if (visit->told) json_object_update(object, visit->told); /* a password just given */
    return api_answer(visit, object);
}

int api_account(Visit *visit) { return answer_account(visit, visit_segment(visit, "login")); }
int api_new_account(Visit *visit) { return answer_account(visit, visit_form(visit, "login")); }
int api_me(Visit *visit) { return answer_account(visit, visit->mandate->login); }

int api_accounts(Visit *visit) {
    Account **accounts;
    size_t n = 0;
    int fault = account_list(visit->ctx, &visit->people, &accounts, &n);
    ApiList list = api_list(visit, "accounts");
    for (size_t i = 0; i < n && !fault; i++) {
        json_t *object;
        fault = account_json(visit, accounts[i], &object);
        if (!fault) json_array_append_new(list.array, object);
    }
    return fault ? fault : api_answer(visit, list.answer);
}

int api_units(Visit *visit) {
    Units units = {0};
    int fault = unit_list(visit->ctx, &visit->people, &units);
    if (fault) return fault;
    ApiList list = api_list(visit, "units");
    for (size_t i = 0; i < units.count; i++) {
        const Unit *unit = &units.list[i];
        json_t *object = page_object();
        page_set_text(object, "code", unit->code);
        page_set_text(object, "name", unit->name);
        page_set_text(object, "parent", unit->parent);
        page_set_text(object, "town", unit->town);
        json_array_append_new(list.array, object);
    }
    return api_answer(visit, list.answer);
}

/* --- who may what, and why --- */

static void add_holder(const Mandate *mandate, const Grant *grant, void *data) {
    const ApiList *list = data;
    json_t *object = page_object();
    page_set_text(object, "login", mandate->login);
    page_set_text(object, "name", mandate->name);
    page_set(object, "because", grant_json(list->visit, grant));
    json_array_append_new(list->array, object);
}

int api_who(Visit *visit) {
    Ask ask;
    const char *word = visit_query(visit, "permission");
    if (permission_parse(visit->store->catalog, word, visit->diag, &ask)) return WEB_WRONG;
    ApiList list = api_list(visit, "holders");
    int fault = permission_who(&visit->people, &ask, visit->now, add_holder, &list);
    page_set_text(list.answer, "permission", word);
    return fault ? fault : api_answer(visit, list.answer);
}

/* --- the logs --- */

/* An entry whose members are these texts, in pairs of name and text; ended by NULL. */
static json_t *add_entry(const ApiList *list, const char *const *pairs) {
    json_t *object = page_object();
    for (; *pairs; pairs += 2) page_set_text(object, pairs[0], pairs[1]);
    json_array_append_new(list->array, object);
    return object;
}
#define ENTRY(...) ((const char *const[]){__VA_ARGS__, NULL})

static int add_change(const ChangeRow *change, void *data) {
    const ApiList *list = data;
    json_array_append_new(list->array, api_change_json(change));
    if (json_array_size(list->array) == LOG_ROWS_MOST) page_set(list->answer, "next", json_integer(change->seq));
    return 0;
}

static int fill_changes(ApiList *list, const char *login) {
    int64_t before = visit_number(visit_query(list->visit, "before"));
    return change_each(list->visit->store, login, before, LOG_ROWS_MOST, add_change, list);
}

static void add_sign_in(const JournalRow *row, void *data) {
    (void)add_entry(data, ENTRY("at", row->at, "login", row->login, "address", row->address, "outcome", row->outcome));
}

static int fill_sign_ins(ApiList *list, const char *login) {
    return journal_each_sign_in(&list->visit->people, login, LOG_ROWS_MOST, add_sign_in, list);
}

static void add_deed(const JournalDeed *deed, void *data) {
    (void)add_entry(data, ENTRY("at", deed->at, "actor", deed->actor, "login", deed->login, "action", deed->action,
                                "detail", deed->detail));
}

static int fill_deeds(ApiList *list, const char *login) {
    return journal_each_deed(&list->visit->people, login, LOG_ROWS_MOST, add_deed, list);
}

static void add_disclosure(const Disclosure *seen, void *data) {
    json_t *object = add_entry(data, ENTRY("at", seen->at, "login", seen->login, "address", seen->address, "ledger",
                                           seen->ledger, "reason", seen->reason));
    page_set(object, "record", seen->record ? json_integer(seen->record) : json_null());
}

static int fill_disclosures(ApiList *list, const char *login) {
    return journal_each_disclosure(&list->visit->people, login, LOG_ROWS_MOST, add_disclosure, list);
}

static const struct {
    const char *name;
    int (*fill)(ApiList *list, const char *login); /* login NULL: everybody's */
} logs[] = {
    {"changes", fill_changes}, {"sign-ins", fill_sign_ins}, {"grants", fill_deeds}, {"disclosures", fill_disclosures}};

int api_audit(Visit *visit) {
    const char *name = visit_query(visit, "log"), *login = visit_query(visit, "login");
    ApiList list = api_list(visit, "entries");
    page_set(list.answer, "next", json_null());
    for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++) {
        if (strcmp(logs[i].name, name)) continue;
        int fault = logs[i].fill(&list, *login ? login : NULL);
        return fault < 0 ? fault : api_answer(visit, list.answer);
    }
    json_decref(list.answer);
    diag_error(visit->diag, (Place){.field = "log"}, "no-log",
               "'%s' is no log; ask for changes, sign-ins, grants or disclosures", name);
    return WEB_WRONG;
}

/* --- the house --- */

int api_system(Visit *visit) {
    static const char *const levels[] = {[DIAG_NOTE] = "note", [DIAG_WARN] = "warn", [DIAG_ERROR] = "error"};
    Diag *diag = diag_new(visit->ctx);
    ApiList list = api_list(visit, "checks");
    (void)doctor_run(visit->ctx, visit->store->folder, diag);
    for (size_t i = 0; i < diag->count; i++) {
        json_t *object = page_object();
        page_set_text(object, "check", diag->list[i].at.field);
        page_set_text(object, "level", levels[diag->list[i].level]);
        page_set(object, "say", json_label(diag->list[i].say));
        json_array_append_new(list.array, object);
    }
    page_set_text(list.answer, "definitions", visit->store->catalog->hash);
    return api_answer(visit, list.answer);
}
