/* web/identify.c: see identify.h. */
#include "web/identify.h"

#include <openssl/evp.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "web/site.h"

#define BEARER     "Bearer "
#define BASIC      "Basic "
#define BASIC_MOST 512u /* characters; a token is far shorter */

SessionFrom identify_from(const Visit *visit) {
    const char *agent = http_header(visit->request, "User-Agent");
    return (SessionFrom){.address = visit->request->remote, .agent = agent ? agent : ""};
}

bool identify_by_token(const Visit *visit) { return visit->token != NULL; }

bool identify_is_due(const Visit *visit) {
    return visit->session && account_password_is_due(visit->account, visit->now);
}

static const char *behind(const char *header, const char *scheme) {
    return header && !strncasecmp(header, scheme, strlen(scheme)) ? header + strlen(scheme) : NULL;
}

/* The password of base64("name:password"); "" when there is none. */
static const char *password_of(const Visit *visit, const char *base64) {
    size_t size = strlen(base64);
    unsigned char *bytes = mem_array(visit->ctx, unsigned char, size + 1);
    int decoded = size <= BASIC_MOST ? EVP_DecodeBlock(bytes, (const unsigned char *)base64, (int)size) : -1;
    if (decoded < 0) return "";
    bytes[decoded] = '\0';
    const char *colon = strchr((const char *)bytes, ':');
    return colon ? colon + 1 : "";
}

/* "Authorization: Bearer kz_…"; of feeds also "Basic", because spreadsheets ask for a name and a password and can send
 * nothing else. NULL when there is none. */
static const char *secret_of(const Visit *visit) {
    const char *header = http_header(visit->request, "Authorization"), *bearer = behind(header, BEARER);
    const char *basic = site_route(visit->request)->basic ? behind(header, BASIC) : NULL;
    return bearer ? bearer : basic ? password_of(visit, basic) : NULL;
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
    const char *secret = secret_of(visit), *cookie = http_field(&visit->request->cookies, SESSION_COOKIE);
    visit->session = NULL;
    visit->token = NULL;
    visit->account = NULL;
    visit->mandate = NULL;
    visit->catalog = visit->store->catalog;
    visit->moment = visit->store->moment;
    if (!secret && !cookie) return 0;
    int result = secret ? find_by_token(visit, secret) : find_by_session(visit, cookie);
    if (result) return result < 0 ? result : 0;
    result = mandate_load(visit->ctx, &visit->people, visit->account, visit->now, &visit->mandate);
    if (!result) visit->actor = mandate_actor(visit->ctx, visit->mandate, NULL);
    return result;
}
