/* web/pages/me.c: my account: what I hold, my second factor, tokens of programs, who acts for me while I am away. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/permission.h"
#include "people/journal.h"
#include "people/totp.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/qr.h"
#include "web/words.h"

#define ME            "/me"
#define SIGN_INS_MOST 10
#define TOKEN_DAYS    90 /* when nothing else is chosen */
#define WORDS_MOST    32u

typedef struct Filling {
    Visit *visit;
    json_t *array;
} Filling;

/* --- the page --- */

static json_t *grants_json(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->mandate->n_grants; i++)
        json_array_append_new(array, json_string(grant_words(visit->ctx, &visit->mandate->grants[i])));
    return array;
}

static void add_token(const Token *token, void *data) {
    const Filling *filling = data;
    json_t *object = page_object();
    page_set_text(object, "id", token->id);
    page_set_text(object, "name", token->name);
    page_set_text(object, "expires", date_iso(filling->visit->ctx, token->expires));
    page_set_text(object, "used", token->used ? date_iso(filling->visit->ctx, instant_day(token->used)) : "—");
    json_array_append_new(filling->array, object);
}

static void add_delegation(const Delegation *delegation, void *data) {
    const Filling *filling = data;
    const Visit *visit = filling->visit;
    const Role *role = catalog_find_role(visit->store->catalog, delegation->role);
    bool mine = !strcmp(delegation->giver, visit->account->login);
    json_t *object = page_object();
    page_set_text(object, "other", mine ? delegation->taker : delegation->giver);
    page_set(object, "mine", json_boolean(mine));
    page_set_text(object, "role", role ? label_text(role->label) : "");
    page_set_text(object, "from", date_iso(visit->ctx, delegation->from));
    page_set_text(object, "to", date_iso(visit->ctx, delegation->to));
    json_array_append_new(filling->array, object);
}

static void add_sign_in(const JournalRow *row, void *data) {
    const Filling *filling = data;
    json_array_append_new(filling->array, words_sign_in(filling->visit->ctx, row));
}

/* What a token could be given: what its owner may himself. */
static json_t *words_json(const Visit *visit) {
    json_t *array = page_array();
    for (const Permission *permission = permission_all; permission->word; permission++) {
        if (!permission->token || !visit_may(visit, permission->word, NULL)) continue;
        json_t *object = page_object();
        page_set_text(object, "word", permission->word);
        page_set_text(object, "label", label_text(permission->label));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *own_roles_json(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->mandate->n_grants; i++) {
        const Grant *grant = &visit->mandate->grants[i];
        if (grant->delegated || grant->role->apart) continue;
        json_t *object = page_object();
        page_set_text(object, "word", grant->role->name.text);
        page_set_text(object, "label", label_text(grant->role->label));
        json_array_append_new(array, object);
    }
    return array;
}

static void add_colleague(const Account *account, void *data) {
    const Filling *filling = data;
    if (!strcmp(account->login, filling->visit->account->login) || !account_is_live(account, filling->visit->now))
        return;
    json_t *object = page_object();
    page_set_text(object, "word", account->login);
    page_set_text(object, "label", account->name);
    json_array_append_new(filling->array, object);
}

/* secret: a token just made, to be shown this once; code: a second factor on its way, to be confirmed. */
static int show(Visit *visit, const char *secret, const char *code) {
    const People *people = &visit->people;
    const char *login = visit->account->login;
    json_t *model = page_object();
    Filling tokens = {visit, page_array()}, delegations = {visit, page_array()}, sign_ins = {visit, page_array()},
            colleagues = {visit, page_array()};
    page_set(model, "tokens", tokens.array);
    page_set(model, "delegations", delegations.array);
    page_set(model, "sign_ins", sign_ins.array);
    page_set(model, "colleagues", colleagues.array);
    int fault = token_each(people, login, add_token, &tokens);
    if (!fault) fault = delegation_each(people, login, visit->now, add_delegation, &delegations);
    if (!fault) fault = journal_each_sign_in(people, login, SIGN_INS_MOST, add_sign_in, &sign_ins);
    if (!fault && visit_may(visit, "delegation:give", NULL)) fault = account_each(people, add_colleague, &colleagues);
    if (fault) return fault;
    page_set(model, "grants", grants_json(visit));
    page_set(model, "words", words_json(visit));
    page_set(model, "roles", own_roles_json(visit));
    page_set(model, "may_delegate", json_boolean(visit_may(visit, "delegation:give", NULL)));
    page_set(model, "has_code", json_boolean(visit->account->totp != NULL));
    page_set_text(model, "today", date_iso(visit->ctx, instant_day(visit->now)));
    page_set_text(model, "token_day", date_iso(visit->ctx, instant_day(visit->now) + TOKEN_DAYS));
    page_set_text(model, "secret", secret);
    page_set_text(model, "code_secret", code);
    if (code) page_set(model, "qr", qr_json(visit->ctx, totp_uri(visit->ctx, _("Kezhang"), login, code)));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "me", _("My account"), model);
}

static int show_me(Visit *visit) { return show(visit, NULL, NULL); }

/* After something that may have findings: shown beside the forms, or said once on the page anew. */
static int settle(Visit *visit, int result, const char *words) {
    if (result < 0) return result;
    if (!result) return visit_go_saying(visit, ME, words);
    return show_me(visit) ? -1 : WEB_WRONG;
}

/* --- tokens --- */

static int make_token(Visit *visit) {
    const char *words[WORDS_MOST];
    NewToken wanted = {.login = visit->account->login,
                       .name = visit_form(visit, "name"),
                       .words = words,
                       .expires = date_parse_iso(visit_form(visit, "expires"))};
    const HttpFields *form = &visit->request->form;
    for (size_t i = 0; i < form->count && wanted.n_words < WORDS_MOST; i++)
        if (!strcmp(form->list[i].name, "word")) words[wanted.n_words++] = form->list[i].value;
    const char *secret;
    int result = token_create(visit->ctx, &visit->people, &wanted, visit->now, visit->diag, &secret);
    return result ? settle(visit, result, "") : show(visit, secret, NULL);
}

static int end_token(Visit *visit) {
    int result = token_end(&visit->people, visit->account->login, visit_form(visit, "id"), visit->now);
    return result > 0 ? WEB_MISSING : settle(visit, result, _("The token has been taken back"));
}

/* --- the second factor --- */

static int begin_code(Visit *visit) { return show(visit, NULL, totp_secret(visit->ctx)); }

/* Only a code from the telephone proves that it has the secret. */
static int confirm_code(Visit *visit) {
    const char *secret = visit_form(visit, "secret"), *login = visit->account->login;
    if (!totp_match(secret, visit_form(visit, "code"), instant_seconds(visit->now), 0)) {
        diag_error(visit->diag, (Place){.field = _("Code of the authenticator")}, "wrong-code",
                   "this is not the code of the moment; check the clock of the telephone and try again");
        return show(visit, NULL, secret) ? -1 : WEB_WRONG;
    }
    return settle(visit, account_set_totp(&visit->people, login, secret, login, visit->now, visit->diag),
                  _("From now on signing in asks for the code of the authenticator"));
}

static int end_code(Visit *visit) {
    const char *login = visit->account->login;
    return settle(visit, account_set_totp(&visit->people, login, NULL, login, visit->now, visit->diag),
                  _("Signing in no longer asks for a code"));
}

/* --- while away --- */

static int delegate(Visit *visit) {
    const Delegation delegation = {.giver = visit->account->login,
                                   .taker = visit_form(visit, "taker"),
                                   .role = visit_form(visit, "role"),
                                   .from = date_parse_iso(visit_form(visit, "from")),
                                   .to = date_parse_iso(visit_form(visit, "to"))};
    return settle(visit, delegation_give(&visit->people, &delegation, delegation.giver, visit->now, visit->diag),
                  _("The delegation has been entered"));
}

static int end_delegation(Visit *visit) {
    const char *login = visit->account->login;
    return settle(visit, delegation_end(&visit->people, login, visit_form(visit, "taker"), login, visit->now),
                  _("The delegation has been ended"));
}

static int end_sessions(Visit *visit) {
    int fault = session_end_all(&visit->people, visit->account->login);
    return fault ? fault : visit_go(visit, "/login");
}

#define DELEGATIONS API_PREFIX "/me/delegations"
#define TAKER       {"taker", INPUT_TEXT, {"受托人账号", "login of who acts"}, .required = true}

const WebRoute routes_me[] = {
    {HTTP_GET, ME, "member", show_me,
     .api = API(API_PREFIX "/me", {"我的账号与角色", "Who calls, and what he holds"}, api_me, .gives = "Account")},
    {HTTP_POST, ME "/tokens", "member", make_token, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, ME "/tokens/end", "member", end_token, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, ME "/code", "member", begin_code, HTTP_TAKES_FORM, WEB_FORM_MAX},
    {HTTP_POST, ME "/code/confirm", "member", confirm_code, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, ME "/code/end", "member", end_code, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, ME "/delegations", "delegation:give", delegate, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(DELEGATIONS, {"外出时委托他人", "Have somebody act while one is away"}, NULL,
                INPUTS(TAKER, {"role", INPUT_TEXT, {"角色", "one of one's own roles"}, .required = true},
                       {"from", INPUT_DAY, {"自", "the first day"}, .required = true},
                       {"to", INPUT_DAY, {"至", "the last day"}, .required = true}))},
    {HTTP_POST, ME "/delegations/end", "delegation:give", end_delegation, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(DELEGATIONS, {"结束委托", "End it"}, NULL, INPUTS(TAKER), .method = HTTP_DELETE)},
    {HTTP_POST, ME "/sessions/end", "member", end_sessions, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {0},
};
