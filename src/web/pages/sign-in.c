/* web/pages/sign-in.c: in and out, one's own password, and the language. */
#include <string.h>

#include "base/mem.h"
#include "web/identify.h"
#include "web/pages/pages.h"
#include "web/url.h"

/* --- in --- */

static int show_form(Visit *visit, const char *login, bool asks_code) {
    json_t *model = page_object();
    page_set_text(model, "login", login);
    page_set_text(model, "next",
                  url_own(*visit_query(visit, "next") ? visit_query(visit, "next") : visit_form(visit, "next")));
    page_set_text(model, "bureau", visit->store->org_name);
    page_set(model, "asks_code", json_boolean(asks_code));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "sign-in", _("Sign in"), model);
}

static int ask(Visit *visit) {
    if (visit->mandate) return visit_go(visit, url_own(visit_query(visit, "next")));
    return show_form(visit, "", false);
}

static void set_cookie(Visit *visit, const char *token) {
    http_set_cookie(visit->response, &(HttpCookie){.name = SESSION_COOKIE, .value = token, .seconds = *token ? 0 : -1});
}

static int enter(Visit *visit, Account *account) {
    SessionFrom from = identify_from(visit);
    Session *session;
    int fault = session_open(visit->ctx, &visit->people, account, &from,
                             http_field(&visit->request->cookies, SESSION_COOKIE), visit->now, &session);
    if (fault) return fault;
    set_cookie(visit, session->token);
    return visit_go(visit,
                    account_password_is_due(account, visit->now) ? "/password" : url_own(visit_form(visit, "next")));
}

static int sign_in(Visit *visit) {
    const char *code = visit_form(visit, "code");
    const SignIn attempt = {.login = visit_form(visit, "login"),
                            .password = visit_form(visit, "password"),
                            .code = *code ? code : NULL,
                            .address = visit->request->remote};
    SignInOutcome outcome;
    Account *account;
    int fault = account_sign_in(visit->ctx, &visit->people, &attempt, visit->now, visit->diag, &outcome, &account);
    if (fault) return fault;
    if (outcome == SIGN_IN_FINE) return enter(visit, account);
    fault = show_form(visit, attempt.login, outcome == SIGN_IN_ASKS_CODE || code[0]);
    return fault ? fault : outcome == SIGN_IN_ASKS_CODE ? 0 : WEB_WRONG;
}

/* --- out --- */

static int sign_out(Visit *visit) {
    int fault = session_end(&visit->people, visit->session->token);
    if (fault) return fault;
    set_cookie(visit, "");
    return visit_go(visit, "/login");
}

/* --- the password --- */

static int show_password(Visit *visit) {
    json_t *model = page_object();
    page_set(model, "due", json_boolean(identify_is_due(visit)));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "password", _("Change the password"), model);
}

/* The old one is asked for again: an open window is not yet the person. */
static int knows_password(Visit *visit, bool *ret_right) {
    const SignIn attempt = {.login = visit->session->account->login,
                            .password = visit_form(visit, "old"),
                            .code = NULL,
                            .address = visit->request->remote};
    SignInOutcome outcome;
    Account *account;
    Diag *unused = diag_new(visit->ctx);
    int fault = account_sign_in(visit->ctx, &visit->people, &attempt, visit->now, unused, &outcome, &account);
    *ret_right = !fault && (outcome == SIGN_IN_FINE || outcome == SIGN_IN_ASKS_CODE);
    return fault;
}

/* Ends all his sessions, and begins a new one here. */
static int change_password(Visit *visit) {
    const char *login = visit->session->account->login, *wanted = visit_form(visit, "new");
    bool right;
    int result = knows_password(visit, &right);
    if (result) return result;
    if (!right)
        diag_error(visit->diag, (Place){.field = "old"}, "wrong-password",
                   "this is not the present password; try again");
    if (strcmp(wanted, visit_form(visit, "again")) != 0)
        diag_error(visit->diag, (Place){.field = "again"}, "differs",
                   "the two new passwords differ; write the same one twice");
    if (!visit->diag->errors)
        result = account_change_password(&visit->people, login, wanted, visit->now, visit->diag);
    if (result < 0) return result;
    if (visit->diag->errors) return show_password(visit) ? -1 : WEB_WRONG;
    Account *account;
    result = account_find(visit->ctx, &visit->people, login, &account);
    if (result) return result < 0 ? result : WEB_MISSING;
    frame_say(visit, _("The password has been changed"));
    return enter(visit, account);
}

/* --- the language --- */

#define LANGUAGE_SECONDS (365L * DAY_SECONDS)

static int choose_language(Visit *visit) {
    const char *lang = !strcmp(visit_segment(visit, "lang"), "en") ? "en" : "zh";
    http_set_cookie(visit->response, &(HttpCookie){.name = "lang", .value = lang, .seconds = LANGUAGE_SECONDS});
    return visit_go(visit, url_own(visit_query(visit, "next")));
}

const WebRoute routes_sign_in[] = {
    {HTTP_GET, "/login", "anyone", ask},
    {HTTP_POST, "/login", "anyone", sign_in, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, "/logout", "self", sign_out, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_GET, "/password", "self", show_password},
    {HTTP_POST, "/password", "self", change_password, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_GET, "/language/{lang}", "anyone", choose_language},
    {0},
};
