/* web/frame.c: see frame.h. */
#include "web/frame.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
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

/* --- the menu --- */

static void add_entry(json_t *list, const char *title, const char *path, const char *here) {
    json_t *entry = page_object();
    page_set_text(entry, "title", title);
    page_set_text(entry, "path", path);
    page_set(entry, "here", json_boolean(!strcmp(path, here)));
    json_array_append_new(list, entry);
}

/* The ledgers of one kind of work that he may see; NULL when there are none. */
static json_t *area_json(const Visit *visit, const Area *area) {
    const Catalog *catalog = visit->store->catalog;
    json_t *ledgers = page_array();
    bool open = false;
    for (size_t i = 0; i < catalog->n_ledgers; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        if (ledger->area != area->number || !visit_may(visit, "ledger:read", ledger)) continue;
        add_entry(ledgers, label_text(ledger->title), mem_printf(visit->ctx, "/ledgers/%s", ledger->name.text),
                  visit->ledger == ledger ? mem_printf(visit->ctx, "/ledgers/%s", ledger->name.text) : "");
        open |= visit->ledger == ledger;
    }
    if (!json_array_size(ledgers)) {
        json_decref(ledgers);
        return NULL;
    }
    json_t *object = page_object();
    page_set_text(object, "title", label_text(area->title));
    page_set(object, "open", json_boolean(open));
    page_set(object, "ledgers", ledgers);
    return object;
}

static json_t *areas_json(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->store->catalog->n_areas; i++) {
        json_t *area = area_json(visit, &visit->store->catalog->areas[i]);
        if (area) json_array_append_new(array, area);
    }
    return array;
}

/* Places beside the ledgers; who may not, does not see them. */
static const struct {
    const char *path, *permission;
    Label title;
} places[] = {
    {"/", "", {"工作台", "Desk"}},
    {"/cockpit", "figure:read", {"驾驶舱", "Cockpit"}},
    {"/figures", "figure:read", {"指标", "Figures"}},
    {"/targets", "figure:read", {"目标", "Targets"}},
    {"/reports", "report:read", {"总结", "Summaries"}},
    {"/check", "check:run", {"核对", "Check"}},
    {"/people", "account:manage", {"账号", "Accounts"}},
    {"/people", "role:grant", {"授权", "Roles"}},
    {"/audit", "audit:read", {"审计", "Audit"}},
    {"/system", "system:operate", {"系统", "System"}},
};

/* Whether the path is the place or below it. */
static bool is_at(const char *path, const char *place) {
    size_t size = strlen(place);
    if (size == 1) return path[1] == '\0';
    return !strncmp(path, place, size) && (path[size] == '\0' || path[size] == '/');
}

static json_t *places_json(const Visit *visit) {
    json_t *array = page_array();
    const char *path = visit->request->path;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (*places[i].permission && !visit_may(visit, places[i].permission, NULL)) continue;
        add_entry(array, label_text(places[i].title), places[i].path, is_at(path, places[i].path) ? places[i].path : "");
    }
    return array;
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
    page_set(frame, "places", places_json(visit));
    json_t *areas = areas_json(visit);
    page_set(frame, "has_areas", json_boolean(json_array_size(areas) > 0));
    page_set(frame, "areas", areas);
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

static int show(Visit *visit, const char *name, json_t *model) {
    Buf out = BUF_INIT(visit->ctx);
    json_keep(visit->ctx, model);
    Diag *diag = diag_new(visit->ctx);
    if (templates_render(visit->web->templates, name, model, diag, &out)) {
        for (size_t i = 0; i < diag->count; i++) log_error("web: %s", diag_line(visit->ctx, &diag->list[i]));
        return -1;
    }
    http_body_text(visit->response, HTTP_HTML, buf_text(&out));
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
