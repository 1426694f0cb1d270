/* web/pages/people.c: accounts, their roles and units, and who can see and do what, and why.
 *
 * The system administrator makes accounts and gives first passwords; the security administrator gives roles: neither
 * can do the other's part (三员分立). */
#include <string.h>

#include "base/mem.h"
#include "defn/permission.h"
#include "people/journal.h"
#include "people/password.h"
#include "people/unit.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/words.h"

#define SEES          "account:manage|role:grant|audit:read"
#define SIGN_INS_MOST 20
#define DEEDS_MOST    20

typedef struct Filling {
    Visit *visit;
    json_t *array;
    int fault; /* of what a callback asked */
} Filling;

static json_t *pair_json(const char *word, const char *label) {
    json_t *object = page_object();
    page_set_text(object, "word", word);
    page_set_text(object, "label", label);
    return object;
}

/* --- the list --- */

static json_t *grants_of(const Visit *visit, const Account *account, int *ret_fault) {
    json_t *array = page_array();
    Mandate *mandate = NULL;
    *ret_fault = mandate_load(visit->ctx, &visit->people, account, visit->now, &mandate);
    for (size_t i = 0; !*ret_fault && i < mandate->n_grants; i++)
        json_array_append_new(array, json_string(grant_words(visit->ctx, &mandate->grants[i])));
    return array;
}

static json_t *account_json(const Visit *visit, const Account *account, int *ret_fault) {
    Unit unit = {0};
    json_t *object = page_object();
    page_set_text(object, "login", account->login);
    page_set_text(object, "name", account->name);
    page_set_text(object, "state", account_state(account, visit->now));
    page_set(object, "live", json_boolean(account_is_live(account, visit->now)));
    page_set(object, "disabled", json_boolean(account->disabled));
    page_set(object, "has_code", json_boolean(account->totp != NULL));
    page_set_text(object, "expires", date_iso(visit->ctx, account->expires));
    page_set_text(object, "last", words_moment(visit->ctx, account->last_sign_in));
    page_set(object, "grants", grants_of(visit, account, ret_fault));
    if (!*ret_fault && account->unit && !unit_find(visit->ctx, &visit->people, account->unit, &unit))
        page_set_text(object, "unit", unit.name);
    return object;
}

static int accounts_json(const Visit *visit, json_t **ret_array) {
    Account **accounts;
    size_t n = 0;
    int fault = account_list(visit->ctx, &visit->people, &accounts, &n);
    *ret_array = page_array();
    for (size_t i = 0; !fault && i < n; i++)
        json_array_append_new(*ret_array, account_json(visit, accounts[i], &fault));
    return fault;
}

static int units_json(const Visit *visit, json_t **ret_array) {
    Units units = {0};
    int fault = unit_list(visit->ctx, &visit->people, &units);
    *ret_array = page_array();
    for (size_t i = 0; !fault && i < units.count; i++) {
        const Unit *unit = &units.list[i], *parent = unit_among(&units, unit->parent);
        json_t *object = pair_json(unit->code, unit->name);
        page_set_text(object, "parent", parent ? parent->name : "");
        page_set_text(object, "town", unit->town ? unit->town : "");
        json_array_append_new(*ret_array, object);
    }
    return fault;
}

static int show_people(Visit *visit) {
    json_t *model = page_object(), *accounts, *units;
    int fault = accounts_json(visit, &accounts);
    page_set(model, "accounts", accounts);
    if (!fault) {
        fault = units_json(visit, &units);
        page_set(model, "units", units);
    }
    if (fault) return fault;
    page_set(model, "manages", json_boolean(visit_may(visit, "account:manage", NULL)));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "people", _("Accounts"), model);
}

static int settle(Visit *visit, int result, const char *target, const char *words) {
    if (result < 0) return result;
    return result ? show_people(visit) ? -1 : WEB_WRONG : visit_go_saying(visit, target, words);
}

/* --- one account --- */

static void add_sign_in(const JournalRow *row, void *data) {
    const Filling *filling = data;
    json_array_append_new(filling->array, words_sign_in(filling->visit->ctx, row));
}

static void add_deed(const JournalDeed *deed, void *data) {
    const Filling *filling = data;
    json_t *object = page_object();
    page_set_text(object, "at", words_moment(filling->visit->ctx, deed->at));
    page_set_text(object, "actor", deed->actor);
    page_set_text(object, "action", journal_words(deed->action));
    json_array_append_new(filling->array, object);
}

/* What a role lets its holder do: its words, and the steps of each ledger. */
static json_t *role_json(const Visit *visit, const Grant *grant) {
    json_t *object = page_object(), *words = page_array(), *ledgers = page_array();
    for (size_t i = 0; i < grant->role->may.count; i++) {
        const Permission *permission = permission_find(grant->role->may.list[i].text);
        if (permission) json_array_append_new(words, json_string(label_text(permission->label)));
    }
    for (size_t i = 0; i < visit->store->catalog->n_ledgers; i++) {
        const Ledger *ledger = &visit->store->catalog->ledgers[i];
        Buf steps = BUF_INIT(visit->ctx);
        if (role_gives(grant->role, &(Ask){.word = "ledger:edit", .ledger = ledger}))
            buf_add(&steps, _("enter and change"));
        for (size_t k = 0; k < ledger->n_transitions; k++)
            if (role_gives(grant->role, &(Ask){.ledger = ledger, .transition = &ledger->transitions[k]}))
                buf_printf(&steps, "%s%s", steps.size ? _(", ") : "", label_text(ledger->transitions[k].label));
        if (steps.size) json_array_append_new(ledgers, pair_json(buf_text(&steps), label_text(ledger->title)));
    }
    page_set_text(object, "grant", grant_words(visit->ctx, grant));
    page_set_text(object, "role", grant->role->name.text);
    page_set(object, "own", json_boolean(!grant->delegated));
    page_set(object, "words", words);
    page_set(object, "ledgers", ledgers);
    return object;
}

static json_t *choices_json(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->store->catalog->n_roles; i++) {
        const Role *role = &visit->store->catalog->roles[i];
        json_array_append_new(array, pair_json(role->name.text, label_text(role->label)));
    }
    return array;
}

static json_t *scopes_json(const Visit *visit) {
    static const char *const scopes[] = {"own", "unit", "town", "subtree", "county"};
    json_t *array = page_array();
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
        json_array_append_new(array, pair_json(scopes[i], scope_words(visit->ctx, scopes[i])));
    return array;
}

/* first: a password just given, shown this once; NULL for none. */
static int show_account(Visit *visit, const char *login, const char *first) {
    Account *account;
    Mandate *mandate;
    int result = account_find(visit->ctx, &visit->people, login, &account);
    if (!result) result = mandate_load(visit->ctx, &visit->people, account, visit->now, &mandate);
    if (result) return result < 0 ? result : WEB_MISSING;
    json_t *model = account_json(visit, account, &result), *roles = page_array();
    Filling sign_ins = {visit, page_array(), 0}, deeds = {visit, page_array(), 0};
    page_set(model, "sign_ins", sign_ins.array);
    page_set(model, "deeds", deeds.array);
    if (!result) result = journal_each_sign_in(&visit->people, login, SIGN_INS_MOST, add_sign_in, &sign_ins);
    if (!result) result = journal_each_deed(&visit->people, login, DEEDS_MOST, add_deed, &deeds);
    for (size_t i = 0; i < mandate->n_grants; i++)
        json_array_append_new(roles, role_json(visit, &mandate->grants[i]));
    page_set(model, "roles", roles);
    page_set(model, "choices", choices_json(visit));
    page_set(model, "scopes", scopes_json(visit));
    page_set(model, "manages", json_boolean(visit_may(visit, "account:manage", NULL)));
    page_set(model, "grants_roles", json_boolean(visit_may(visit, "role:grant", NULL)));
    page_set_text(model, "first", first);
    page_set(model, "findings", frame_findings(visit));
    return result ? result : frame_show(visit, "account", account->name, model);
}

static int show_one(Visit *visit) { return show_account(visit, visit_segment(visit, "login"), NULL); }

static const char *account_path(const Visit *visit, const char *login) {
    return mem_printf(visit->ctx, "/people/%s", login);
}

static int settle_one(Visit *visit, int result, const char *words) {
    const char *login = visit_segment(visit, "login");
    if (result < 0) return result;
    if (!result) return visit_go_saying(visit, account_path(visit, login), words);
    result = show_account(visit, login, NULL);
    return result ? result : WEB_WRONG;
}

/* --- what is done --- */

static int create(Visit *visit) {
    const char *unit = visit_form(visit, "unit"), *expires = visit_form(visit, "expires");
    NewAccount wanted = {.login = visit_form(visit, "login"),
                         .name = visit_form(visit, "name"),
                         .unit = *unit ? unit : NULL,
                         .expires = *expires ? date_parse_iso(expires) : DATE_NONE};
    wanted.password = password_random(visit->ctx, wanted.login);
    int result = account_create(&visit->people, &wanted, visit->account->login, visit->now, visit->diag);
    if (!result) visit_tell(visit, "first_password", json_string(wanted.password));
    return result ? settle(visit, result, "/people", "") : show_account(visit, wanted.login, wanted.password);
}

static int give_password(Visit *visit) {
    const char *login = visit_segment(visit, "login"), *first = password_random(visit->ctx, login);
    int result =
        account_give_password(&visit->people, login, first, visit->account->login, visit->now, visit->diag);
    if (!result) visit_tell(visit, "first_password", json_string(first));
    return result ? settle_one(visit, result, "") : show_account(visit, login, first);
}

static int disable(Visit *visit) {
    bool disabled = strcmp(visit_form(visit, "enable"), "yes") != 0;
    return settle_one(visit,
                      account_disable(&visit->people, visit_segment(visit, "login"), disabled, visit->account->login,
                                      visit->now, visit->diag),
                      disabled ? _("The account has been disabled") : _("The account has been enabled"));
}

static int take_code(Visit *visit) {
    return settle_one(visit,
                      account_set_totp(&visit->people, visit_segment(visit, "login"), NULL, visit->account->login,
                                       visit->now, visit->diag),
                      _("The authenticator has been taken away"));
}

static int give_role(Visit *visit) {
    const char *scope = visit_form(visit, "scope");
    return settle_one(visit,
                      role_give(&visit->people, visit_segment(visit, "login"), visit_form(visit, "role"),
                                *scope ? scope : NULL, visit->account->login, visit->now, visit->diag),
                      _("The role has been given"));
}

static int take_role(Visit *visit) {
    return settle_one(visit,
                      role_take(&visit->people, visit_segment(visit, "login"), visit_form(visit, "role"),
                                visit->account->login, visit->now, visit->diag),
                      _("The role has been taken"));
}

static int put_unit(Visit *visit) {
    const char *parent = visit_form(visit, "parent"), *town = visit_form(visit, "town");
    const Unit unit = {.code = visit_form(visit, "code"),
                       .parent = *parent ? parent : NULL,
                       .name = visit_form(visit, "name"),
                       .town = *town ? town : NULL};
    return settle(visit, unit_put(&visit->people, &unit, visit->account->login, visit->now, visit->diag), "/people",
                  _("The unit has been written down"));
}

/* --- who can --- */

static void add_holder(const Mandate *mandate, const Grant *grant, void *data) {
    const Filling *filling = data;
    json_t *object = pair_json(mandate->login, mandate->name);
    page_set_text(object, "why", grant_words(filling->visit->ctx, grant));
    json_array_append_new(filling->array, object);
}

/* The words of all permissions, and for one ledger its steps. */
static json_t *asks_json(const Visit *visit, const Ledger *ledger) {
    json_t *array = page_array();
    if (!ledger) {
        for (const Permission *permission = permission_all; permission->word; permission++)
            json_array_append_new(array, pair_json(permission->word, label_text(permission->label)));
        return array;
    }
    const char *name = ledger->name.text;
    json_array_append_new(array, pair_json(mem_printf(visit->ctx, "%s:read", name), _("see records")));
    json_array_append_new(array, pair_json(mem_printf(visit->ctx, "%s:edit", name), _("enter and change")));
    for (size_t i = 0; i < ledger->n_transitions; i++)
        json_array_append_new(array, pair_json(mem_printf(visit->ctx, "%s:%s", name, ledger->transitions[i].name.text),
                                               label_text(ledger->transitions[i].label)));
    return array;
}

static int show_who(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    const Ledger *about = catalog_find_ledger(catalog, visit_query(visit, "of"));
    const char *word = visit_query(visit, "permission");
    Filling holders = {visit, page_array(), 0};
    json_t *model = page_object(), *ledgers = page_array(), *asks = asks_json(visit, about);
    Ask ask;
    int fault = 0;
    page_set(model, "holders", holders.array);
    for (size_t i = 0; i < catalog->n_ledgers; i++) {
        json_t *ledger = pair_json(catalog->ledgers[i].name.text, label_text(catalog->ledgers[i].title));
        page_set(ledger, "chosen", json_boolean(&catalog->ledgers[i] == about));
        json_array_append_new(ledgers, ledger);
    }
    for (size_t i = 0; i < json_array_size(asks); i++) {
        json_t *one = json_array_get(asks, i);
        page_set(one, "chosen", json_boolean(!strcmp(json_string_value(json_object_get(one, "word")), word)));
    }
    page_set(model, "ledgers", ledgers);
    page_set(model, "asks", asks);
    bool asked = *word && !permission_parse(catalog, word, visit->diag, &ask);
    if (asked) fault = permission_who(&visit->people, &ask, visit->now, add_holder, &holders);
    page_set(model, "asked", json_boolean(asked));
    page_set(model, "any", json_boolean(json_array_size(holders.array) > 0));
    page_set(model, "findings", frame_findings(visit));
    return fault ? fault : frame_show(visit, "who", _("Who can do what, and why"), model);
}

static const WebInput new_inputs[] = {
    {"login", INPUT_TEXT, {"账号", "the login"}, .required = true},
    {"name", INPUT_TEXT, {"姓名", "the name"}, .required = true},
    {"unit", INPUT_TEXT, {"单位代码", "code of the unit"}},
    {"expires", INPUT_DAY, {"最后一天", "the last day"}},
    {0},
};
static const WebInput unit_inputs[] = {
    {"code", INPUT_TEXT, {"代码", "its code"}, .required = true},
    {"name", INPUT_TEXT, {"名称", "its name"}, .required = true},
    {"parent", INPUT_TEXT, {"上级单位代码", "code of the unit above"}},
    {"town", INPUT_TEXT, {"乡镇代码", "division code of its town"}},
    {0},
};

#define ACCOUNTS API_PREFIX "/accounts"
#define ROLE     {"role", INPUT_TEXT, {"角色", "name of the role"}, .required = true}

const WebRoute routes_people[] = {
    {HTTP_GET, "/people", SEES, show_people,
     .api = API(ACCOUNTS, {"账号", "The accounts with what they hold"}, api_accounts, .gives = "Accounts")},
    {HTTP_POST, "/people", "account:manage", create, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ACCOUNTS, {"新建账号；首次密码只在此显示一次", "Make an account; its first password is told this once"},
                api_new_account, new_inputs, "Account")},
    {HTTP_GET, "/people/{login}", SEES, show_one,
     .api = API(ACCOUNTS "/{login}", {"一个账号", "One account"}, api_account, .gives = "Account")},
    {HTTP_POST, "/people/{login}/password", "account:manage", give_password, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api =
         API(ACCOUNTS "/{login}/password", {"重置密码", "Give a new first password"}, api_account, .gives = "Account")},
    {HTTP_POST, "/people/{login}/disable", "account:manage", disable, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ACCOUNTS "/{login}/disable", {"停用或启用", "Disable or enable"}, api_account,
                INPUTS({"enable", INPUT_YES, {"启用", "enable it again"}}), "Account")},
    {HTTP_POST, "/people/{login}/code", "account:manage", take_code, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ACCOUNTS "/{login}/second-factor", {"取消动态口令", "Take the second factor away"}, api_account,
                .gives = "Account", .method = HTTP_DELETE)},
    {HTTP_POST, "/people/{login}/roles", "role:grant", give_role, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ACCOUNTS "/{login}/roles", {"授予角色", "Give a role"}, api_account,
                INPUTS(ROLE, {"scope", INPUT_TEXT, {"范围", "own, unit, town, subtree or county"}}), "Account")},
    {HTTP_POST, "/people/{login}/roles/take", "role:grant", take_role, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ACCOUNTS "/{login}/roles", {"收回角色", "Take a role"}, api_account, INPUTS(ROLE), "Account",
                .method = HTTP_DELETE)},
    {HTTP_POST, "/units", "account:manage", put_unit, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/units", {"新建或修改单位", "Make or change a unit"}, api_units, unit_inputs, "Units")},
    {HTTP_GET, "/who", SEES, show_who,
     .api = API(API_PREFIX "/who", {"谁能做什么，为什么", "Who may what, and why"}, api_who,
                INPUTS({"permission",
                        INPUT_TEXT,
                        {"权限词，或 台账:步骤", "a word, LEDGER:read, LEDGER:edit or LEDGER:STEP"},
                        .required = true}),
                "Who")},
    {0},
};
