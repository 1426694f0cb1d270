/* web/confirm.c: see confirm.h. */
#include "web/confirm.h"

#include "web/web.h"

/* A program (no session) never comes here: what it may is in its token. */
static bool is_asked(const Visit *visit) { return visit->session && !session_is_elevated(visit->session, visit->now); }

void confirm_add(const Visit *visit, json_t *model) {
    json_t *confirm = is_asked(visit) ? page_object() : json_null();
    if (is_asked(visit)) page_set(confirm, "by_code", json_boolean(visit->account->totp != NULL));
    page_set(model, "confirm", confirm);
}

int confirm_check(Visit *visit) {
    const char *secret = visit_form(visit, "secret");
    if (!is_asked(visit)) return 0;
    if (!*secret) { /* no attempt, and not to be counted */
        diag_error(visit->diag, PLACE_NONE, "confirm", "it is asked once more who you are; enter your %s",
                   visit->account->totp ? _("code") : _("password"));
        return WEB_WRONG;
    }
    int result =
        account_confirm(&visit->people, visit->account, secret, visit->request->remote, visit->now, visit->diag);
    if (result) return result < 0 ? result : WEB_WRONG;
    return session_elevate(&visit->people, visit->session, visit->now);
}
