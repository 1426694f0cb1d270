/* web/identify.c: see identify.h. */
#include "web/identify.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define BEARER "Bearer "

SessionFrom identify_from(const Visit *visit) {
    const char *agent = http_header(visit->request, "User-Agent");
    return (SessionFrom){.address = visit->request->remote, .agent = agent ? agent : ""};
}

bool identify_by_token(const Visit *visit) { return visit->token != NULL; }

bool identify_is_due(const Visit *visit) {
    return visit->session && account_password_is_due(visit->account, visit->now);
}

/* "Authorization: Bearer kz_…"; NULL when there is none. */
static const char *bearer(const Visit *visit) {
    const char *header = http_header(visit->request, "Authorization");
    return header && !strncasecmp(header, BEARER, strlen(BEARER)) ? header + strlen(BEARER) : NULL;
}

static int find_by_token(Visit *visit, const char *secret) {
    int result = token_find(visit->ctx, &visit->people, secret, visit->now, &visit->token);
    if (!result) result = account_find(visit->ctx, &visit->people, visit->token->login, &visit->account);
    if (!result && !account_is_live(visit->account, visit->now)) result = 1;
    if (result > 0) visit->token = NULL;
    return result;
}

static int find_by_session(Visit *visit, const char *cookie) {
    SessionFrom from = identify_from(visit);
    int result = session_find(visit->ctx, &visit->people, cookie, &from, visit->now, &visit->session);
    if (!result) visit->account = visit->session->account;
    return result;
}

/* A token that is wrong is not made good by a cookie beside it. */
int identify(Visit *visit) {
    const char *secret = bearer(visit), *cookie = http_field(&visit->request->cookies, SESSION_COOKIE);
    visit->session = NULL;
    visit->token = NULL;
    visit->account = NULL;
    visit->mandate = NULL;
    visit->catalog = visit->store->catalog;
    if (!secret && !cookie) return 0;
    int result = secret ? find_by_token(visit, secret) : find_by_session(visit, cookie);
    if (result) return result < 0 ? result : 0;
    result = mandate_load(visit->ctx, &visit->people, visit->account, visit->now, &visit->mandate);
    if (!result) visit->actor = mandate_actor(visit->ctx, visit->mandate, NULL);
    return result;
}
