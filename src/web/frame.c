/* web/frame.c: see frame.h. */
#include "web/frame.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/menu.h"
#include "web/site.h"
#include "web/url.h"

#define FLASH_COOKIE  "said"
#define FLASH_SECONDS 60

/* --- the token of forms --- */

#define CSRF_DIGITS (SESSION_TOKEN_SIZE - 1)

static unsigned digit_of(char c) { return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10) & 15u; }

/* Each hex digit of b xored upon that of a. */
static void xor_digits(const char *a, const char *b, char ret_text[SESSION_TOKEN_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < CSRF_DIGITS; i++) ret_text[i] = digits[digit_of(a[i]) ^ digit_of(b[i])];
    ret_text[CSRF_DIGITS] = '\0';
}

/* Masked anew for each page: it is compressed. Owned by the visit. */
static const char *csrf_token(const Visit *visit) {
    if (!visit->session) return "";
    uint8_t bytes[HASH_SIZE];
    char pad[HASH_HEX_SIZE], masked[SESSION_TOKEN_SIZE];
    people_random(bytes, sizeof bytes);
    hash_hex(bytes, pad);
    xor_digits(visit->session->csrf, pad, masked);
    return mem_printf(visit->ctx, "%s%s", pad, masked);
}

/* Where it goes in a text that may be shown again: a byte that no UTF-8 has, so that nothing entered can be one. */
#define TOKEN_PLACE '\xff'

static json_t *token_place(void) { return json_string_nocheck((const char[]){TOKEN_PLACE, '\0'}); }

static const char *with_token(const Visit *visit, const char *text) {
    const char *token = csrf_token(visit), *place;
    Buf out = BUF_INIT(visit->ctx);
    for (; (place = strchr(text, TOKEN_PLACE)); text = place + 1) {
        buf_add_bytes(&out, text, (size_t)(place - text));
        buf_add(&out, token);
    }
    buf_add(&out, text);
    return buf_text(&out);
}

bool frame_csrf_is_right(const Visit *visit, const char *token) {
    char plain[SESSION_TOKEN_SIZE];
    if (!token || strlen(token) != (size_t)2 * CSRF_DIGITS || strspn(token, "0123456789abcdef") != strlen(token))
        return false;
    xor_digits(token, token + CSRF_DIGITS, plain);
    return session_csrf_is_right(visit->session, plain);
}

/* --- words said once --- */

void frame_say(Visit *visit, const char *words) {
    http_set_cookie(visit->response,
                    &(HttpCookie){.name = FLASH_COOKIE, .value = words, .seconds = FLASH_SECONDS, .strict = true});
}

static void take_said(Visit *visit, json_t *frame) {
    const char *said = http_field(&visit->request->cookies, FLASH_COOKIE);
    if (!said || !*said) return;
    page_set_text(frame, "said", said);
    http_set_cookie(visit->response, &(HttpCookie){.name = FLASH_COOKIE, .value = "", .seconds = -1, .strict = true});
}

/* --- showing --- */

json_t *frame_findings(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->diag->count; i++) {
        const Finding *finding = &visit->diag->list[i];
        json_t *object = page_object();
        page_set_text(object, "say", label_text(finding->say));
        page_set_text(object, "code", finding->code);
        page_set_text(object, "field", finding->at.field);
        page_set(object, "error", json_boolean(finding->level == DIAG_ERROR));
        json_array_append_new(array, object);
    }
    return array;
}

static void add_person(Visit *visit, json_t *frame) {
    if (!visit->account) return;
    page_set_text(frame, "name", visit->account->name);
    page_set_text(frame, "login", visit->account->login);
    if (!visit->store) return;
    page_set_text(frame, "bureau", visit->store->org_name);
    frame_set_part(frame, "places", menu_places(visit));
    frame_set_part(frame, "ledgers", menu_ledgers(visit));
}

static json_t *frame_json(Visit *visit, const char *title) {
    json_t *frame = page_object();
    page_set_text(frame, "title", title);
    page_set_text(frame, "lang", visit->lang == LANG_ZH ? "zh-CN" : "en");
    page_set_text(frame, "other_lang", visit->lang == LANG_ZH ? "en" : "zh");
    page_set_text(frame, "version", templates_version(visit->web->templates));
    page_set(frame, "csrf", token_place());
    page_set_text(frame, "path", visit->request->path);
    add_person(visit, frame);
    take_said(visit, frame);
    return frame;
}

/* The text alone, owned by the visit; NULL after a fault, which is in the log then. The model is used up. */
static const char *render(const Visit *visit, const char *name, json_t *model) {
    Buf out = BUF_INIT(visit->ctx);
    Diag *diag = diag_new(visit->ctx);
    int result = templates_render(visit->web->templates, name, model, diag, &out);
    json_decref(model);
    if (!result) return buf_text(&out);
    for (size_t i = 0; i < diag->count; i++) log_error("web: %s", diag_line(visit->ctx, &diag->list[i]));
    return NULL;
}

/* What the words of a part depend on besides what was written: definitions, language, what he may. */
static void add_sight(const Visit *visit, Buf *key) {
    const Mandate *mandate = visit->mandate;
    buf_printf(key, " %s %d %s", visit->store->catalog->hash, (int)visit->lang,
               visit->token ? visit->token->words : "");
    for (size_t i = 0; i < mandate->n_grants; i++) buf_printf(key, " +%s", mandate->grants[i].role->name.text);
}

/* And what was written, the day, and whose the records are. */
static void add_moment(const Visit *visit, Buf *key) {
    const Mandate *mandate = visit->mandate;
    buf_printf(key, " %lld %d %s", (long long)visit->moment, (int)date_today(), mandate->login);
    for (size_t i = 0; i < mandate->n_grants; i++) {
        const Grant *grant = &mandate->grants[i];
        buf_printf(key, " %s/%s/%s", grant->scope, grant->holder, grant->unit ? grant->unit : "");
    }
}

static const char *key_of(const Visit *visit, const char *name, const char *about, FrameLasts lasts) {
    Buf key = BUF_INIT(visit->ctx);
    buf_add(&key, name);
    add_sight(visit, &key);
    if (lasts == FRAME_LASTS_NOW) add_moment(visit, &key);
    buf_printf(&key, " %s", about);
    return buf_text(&key);
}

int frame_kept(Visit *visit, const char *name, const char *about, FrameLasts lasts, FrameMake make, void *data,
               const char **ret_text) {
    const char *key = key_of(visit, name, about, lasts);
    bool may_keep = !visit->diag->count && !templates_are_live();
    *ret_text = may_keep ? kept_find(visit->web->kept, visit->ctx, key) : NULL;
    if (*ret_text) return 0;
    json_t *model = page_object();
    int fault = make(visit, model, data);
    if (fault) {
        json_decref(model);
        return fault;
    }
    *ret_text = render(visit, name, model);
    if (!*ret_text) return -1;
    if (may_keep && !visit->diag->count) kept_put(visit->web->kept, key, *ret_text, strlen(*ret_text));
    return 0;
}

/* What was rendered is UTF-8; it is long, and not looked through again. */
void frame_set_part(json_t *model, const char *name, const char *text) {
    page_set(model, name, text ? json_string_nocheck(text) : json_null());
}

/* A program is not shown pages: it is told findings, or what the call answers. */
static int show(Visit *visit, const char *name, json_t *model) {
    page_set(model, "csrf", token_place());
    if (visit_is_api(visit->request)) {
        json_decref(model);
        return 0;
    }
    visit->page = render(visit, name, model);
    if (!visit->page) return -1;
    http_body_text(visit->response, HTTP_HTML, with_token(visit, visit->page));
    return 0;
}

int frame_show(Visit *visit, const char *name, const char *title, json_t *model) {
    page_set(model, "frame", frame_json(visit, title));
    return show(visit, name, model);
}

int frame_show_part(Visit *visit, const char *name, json_t *model) { return show(visit, name, model); }

/* --- pages that last --- */

/* Whether he has to say again who he is (confirm.c) shows on pages too. */
static const char *page_key(const Visit *visit) {
    const char *here = url_with(visit->ctx, visit->request->path, &visit->request->query, NULL);
    bool elevated = visit->session && session_is_elevated(visit->session, visit->now);
    return key_of(visit, elevated ? "page elevated" : "page", here, FRAME_LASTS_NOW);
}

/* Words said once are for this time alone. */
static bool may_last(const Visit *visit) {
    return visit->mandate && !templates_are_live() && !http_field(&visit->request->cookies, FLASH_COOKIE);
}

bool frame_show_again(Visit *visit) {
    const char *text = may_last(visit) ? kept_find(visit->web->kept, visit->ctx, page_key(visit)) : NULL;
    if (text) http_body_text(visit->response, HTTP_HTML, with_token(visit, text));
    return text;
}

void frame_keep(Visit *visit) {
    if (visit->page && may_last(visit) && !visit->diag->count)
        kept_put(visit->web->kept, page_key(visit), visit->page, strlen(visit->page));
}
