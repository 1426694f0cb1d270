/* web/frame.c: see frame.h. */
#include "web/frame.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/menu.h"
#include "web/site.h"

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

const char *frame_csrf(const Visit *visit) {
    if (!visit->session) return "";
    uint8_t bytes[HASH_SIZE];
    char pad[HASH_HEX_SIZE], masked[SESSION_TOKEN_SIZE];
    people_random(bytes, sizeof bytes);
    hash_hex(bytes, pad);
    xor_digits(visit->session->csrf, pad, masked);
    return mem_printf(visit->ctx, "%s%s", pad, masked);
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

static void add_person(const Visit *visit, json_t *frame) {
    if (!visit->account) return;
    page_set_text(frame, "name", visit->account->name);
    page_set_text(frame, "login", visit->account->login);
    if (!visit->store) return;
    page_set_text(frame, "bureau", visit->store->org_name);
    page_set_text(frame, "places", menu_places(visit));
    page_set_text(frame, "ledgers", menu_ledgers(visit));
}

static json_t *frame_json(Visit *visit, const char *title) {
    json_t *frame = page_object();
    page_set_text(frame, "title", title);
    page_set_text(frame, "lang", visit->lang == LANG_ZH ? "zh-CN" : "en");
    page_set_text(frame, "other_lang", visit->lang == LANG_ZH ? "en" : "zh");
    page_set_text(frame, "version", templates_version(visit->web->templates));
    page_set_text(frame, "csrf", frame_csrf(visit));
    page_set_text(frame, "path", visit->request->path);
    add_person(visit, frame);
    take_said(visit, frame);
    return frame;
}

const char *frame_render(const Visit *visit, const char *name, json_t *model) {
    Buf out = BUF_INIT(visit->ctx);
    Diag *diag = diag_new(visit->ctx);
    int result = templates_render(visit->web->templates, name, model, diag, &out);
    json_decref(model);
    if (!result) return buf_text(&out);
    for (size_t i = 0; i < diag->count; i++) log_error("web: %s", diag_line(visit->ctx, &diag->list[i]));
    return NULL;
}

/* A program is not shown pages: it is told findings, or what the call answers. */
static int show(const Visit *visit, const char *name, json_t *model) {
    if (visit_is_api(visit->request)) {
        json_decref(model);
        return 0;
    }
    const char *text = frame_render(visit, name, model);
    if (!text) return -1;
    http_body_text(visit->response, HTTP_HTML, text);
    return 0;
}

int frame_show(Visit *visit, const char *name, const char *title, json_t *model) {
    page_set(model, "frame", frame_json(visit, title));
    page_set_text(model, "csrf", frame_csrf(visit));
    return show(visit, name, model);
}

int frame_show_part(Visit *visit, const char *name, json_t *model) {
    page_set_text(model, "csrf", frame_csrf(visit));
    return show(visit, name, model);
}
