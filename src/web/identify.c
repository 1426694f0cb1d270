/* web/identify.c: see identify.h. */
#include "web/identify.h"

#include "base/mem.h"

SessionFrom identify_from(const Visit *visit) {
    const char *agent = http_header(visit->request, "User-Agent");
    return (SessionFrom){.address = visit->request->remote, .agent = agent ? agent : ""};
}

bool identify_by_token(const Visit *visit) {
    (void)visit;
    return false;
}

bool identify_is_due(const Visit *visit) { return account_password_is_due(visit->session->account, visit->now); }

int identify(Visit *visit) {
    const char *token = http_field(&visit->request->cookies, SESSION_COOKIE);
    visit->session = NULL;
    visit->mandate = NULL;
    visit->catalog = visit->store->catalog;
    if (!token) return 0;
    SessionFrom from = identify_from(visit);
    int result = session_find(visit->ctx, &visit->people, token, &from, visit->now, &visit->session);
    if (result) return result < 0 ? result : 0;
    result = mandate_load(visit->ctx, &visit->people, visit->session->account, visit->now, &visit->mandate);
    if (!result) visit->actor = mandate_actor(visit->ctx, visit->mandate, NULL);
    return result;
}
