/* web/site.c: from a route to its page: who is it, may he, does it come from our own page; then the page; and what is
 * shown when one of them says no. */
#include "web/site.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/api/api.h"
#include "web/frame.h"
#include "web/identify.h"
#include "web/problem.h"
#include "web/url.h"

static const HttpCondition conditions[] = {{WEB_MISSING, 404},  {WEB_REFUSED, 403}, {WEB_WRONG, 422},
                                           {WEB_CONFLICT, 409}, {WEB_BAD, 400},     {WEB_TOO_MANY, 429}};

static Web *web_of(const HttpRequest *request) { return request->site->data; }

const WebRoute *site_route(const HttpRequest *request) {
    const Web *web = web_of(request);
    return &web->web_routes[request->route - web->routes];
}

/* --- the visit --- */

static void choose_language(Visit *visit) {
    const char *chosen = http_field(&visit->request->cookies, "lang");
    const char *accepted = chosen ? chosen : http_header(visit->request, "Accept-Language");
    visit->lang = accepted && !strncmp(accepted, "en", 2) ? LANG_EN : LANG_ZH;
    lang_use(visit->lang);
}

static bool is_reading(const HttpRequest *request) {
    return request->method == HTTP_GET || request->method == HTTP_HEAD || request->method == HTTP_OPTIONS;
}

/* Without a body to wait for and in the server's own thread: by the connection, and at the moment, that let him in. */
static bool is_answered_at_once(const HttpRequest *request) {
    return is_reading(request) && !request->route->takes && !request->route->waits;
}

static void give_store(Visit *visit, int result) {
    if (visit->store) pool_give(visit->web->pool, visit->store, result < 0);
    visit->store = NULL;
}

static int end_visit(Visit *visit) {
    give_store(visit, 0);
    return 0;
}

/* The visit of a request, which is begun at the first call. */
static Visit *visit_of(HttpRequest *request) {
    if (request->user) return request->user;
    Visit *visit = mem_new(request->ctx, Visit);
    visit->request = request;
    visit->web = web_of(request);
    visit->ctx = request->ctx;
    visit->diag = request->diag;
    request->user = visit;
    talloc_set_destructor(visit, end_visit);
    return visit;
}

static int take_store(Visit *visit) {
    choose_language(visit);
    if (visit->store) return 0;
    visit->store = pool_take(visit->web->pool, is_reading(visit->request));
    if (!visit->store) return DB_FAULT_GONE;
    visit->people = store_people(visit->store);
    instant_now(visit->now);
    const char *ledger = http_field(&visit->request->parameters, "ledger");
    visit->ledger = ledger ? catalog_find_ledger(visit->store->catalog, ledger) : NULL;
    return 0;
}

/* --- may he --- */

static bool may(const Visit *visit, const char *word) { return visit_may(visit, word, visit->ledger); }
static bool token_has(const Visit *visit, const char *word) { return token_allows(visit->token, word); }

/* Whether it holds for one of the words with | between them. */
static bool holds_any(const Visit *visit, const char *words, bool (*holds)(const Visit *, const char *)) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *state = NULL;
    for (char *word = strtok_r(mem_strdup(scratch, words), "|", &state); word; word = strtok_r(NULL, "|", &state))
        if (holds(visit, word)) return true;
    return false;
}

/* A ledger that does not exist is everybody's: the page then says that there is none. */
static HttpAccess access_of(const Visit *visit, const char *word) {
    if (!strcmp(word, "anyone")) return HTTP_ALLOWED;
    if (!visit->mandate) return HTTP_STRANGER;
    if (!strcmp(word, "self")) return HTTP_ALLOWED;
    if (identify_is_due(visit)) return HTTP_FORBIDDEN;
    if (!strcmp(word, "member")) return HTTP_ALLOWED;
    return holds_any(visit, word, may) ? HTTP_ALLOWED : HTTP_FORBIDDEN;
}

/* What a person may by holding a role alone, a program may when its token says so. */
static bool is_in_scope(const Visit *visit, const WebRoute *route) {
    return !route->scope || !visit->token || holds_any(visit, route->scope, token_has);
}

static HttpAccess authorize(HttpRequest *request, const char *permission) {
    Visit *visit = visit_of(request);
    int fault = take_store(visit);
    if (!fault) fault = identify(visit);
    HttpAccess access = fault ? HTTP_UNKNOWABLE : access_of(visit, permission);
    if (access == HTTP_ALLOWED && !is_in_scope(visit, site_route(request))) access = HTTP_FORBIDDEN;
    if (fault || access != HTTP_ALLOWED || !is_answered_at_once(request)) give_store(visit, fault);
    return access;
}

/* --- does it come from our own page --- */

/* Browsers say with every form where it comes from; programs that are none say nothing. */
static bool is_same_origin(const HttpRequest *request) {
    const char *site = http_header(request, "Sec-Fetch-Site");
    const char *origin = http_header(request, "Origin"), *host = http_header(request, "Host");
    if (site && strcmp(site, "same-origin") && strcmp(site, "none")) return false;
    if (!origin) return true;
    const char *name = strstr(origin, "://");
    return name && host && !strcmp(name + 3, host);
}

/* --- how often --- */

static int64_t now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Programs are counted by their token, people who call as programs do by their account, strangers by their address
 * alone; whoever reads pages is not. */
static const char *name_of_caller(const Visit *visit) {
    return visit->token ? visit->token->id : visit->account ? visit->account->login : "";
}

static bool is_within_rate(Visit *visit) {
    const HttpRequest *request = visit->request;
    bool signs_in = request->method == HTTP_POST && !strcmp(request->path, "/login");
    unsigned per_minute = signs_in ? RATE_SIGN_IN : visit_is_api(request) ? visit->web->options.api_rate : 0;
    if (!per_minute) return true;
    const char *caller =
        mem_printf(visit->ctx, "%s %s", signs_in ? "login" : name_of_caller(visit), request->remote);
    unsigned seconds;
    if (rates_take(visit->web->rates, caller, per_minute, now_ms(), &seconds)) return true;
    http_add_header(visit->response, "Retry-After", mem_printf(visit->ctx, "%u", seconds));
    return false;
}

static int admit(HttpRequest *request, HttpResponse *response) {
    Visit *visit = visit_of(request);
    visit->response = response;
    if (!is_within_rate(visit)) return WEB_TOO_MANY;
    if (is_reading(request)) return 0;
    if (!is_same_origin(request)) return WEB_REFUSED;
    if (!visit->session || identify_by_token(visit)) return 0; /* nothing a browser brings along by itself */
    const char *token = http_header(request, "X-CSRF-Token");
    return frame_csrf_is_right(visit, token ? token : visit_form(visit, "csrf")) ? 0 : WEB_REFUSED;
}

/* --- the page --- */

static int show_page(Visit *visit, const WebRoute *route) {
    if (route->lasts && frame_show_again(visit)) return 0;
    int result = route->show(visit);
    if (route->lasts && !result) frame_keep(visit);
    return result;
}

static int handle(HttpRequest *request, HttpResponse *response) {
    Visit *visit = visit_of(request);
    visit->response = response;
    const Catalog *known = visit->mandate ? visit->catalog : NULL;
    int result = take_store(visit);
    /* Definitions were renewed since: roles are asked for again. */
    if (!result && known && known != visit->store->catalog) result = identify(visit);
    if (!result && http_field(&request->parameters, "ledger") && !visit->ledger) result = WEB_MISSING;
    const WebRoute *route = site_route(request);
    if (!result) result = visit_is_api(request) ? api_call(visit, route) : show_page(visit, route);
    if (result < 0 && visit->store) {
        (void)store_fault(visit->store, result, visit->diag);
        log_error("web: %s %s: %s", request->id, request->path,
                  visit->diag->count ? label_text(visit->diag->list[visit->diag->count - 1].say) : "fault");
    }
    give_store(visit, result);
    return result;
}

/* --- refusals --- */

static const char *status_words(unsigned status) {
    switch (status) {
    case 400: return _("The request could not be understood");
    case 401: return _("Sign in first");
    case 403: return _("You may not do this");
    case 404: return _("There is no such page or record");
    case 405: return _("This cannot be done here");
    case 408: return _("The request took too long to arrive");
    case 409: return _("Somebody has changed this meanwhile");
    case 413: return _("What was sent is too large");
    case 415: return _("This kind of file is not taken here");
    case 422: return _("Something has to be corrected first");
    case 429: return _("Too many requests in a short time");
    case 503: return _("The server is busy; try again in a moment");
    default: return status < 500 ? _("The request was refused") : _("Something went wrong on the server");
    }
}

/* Where a stranger goes, to come back afterwards; whoever must choose a password goes there first. */
static const char *instead_of(const Visit *visit, unsigned status) {
    const HttpRequest *request = visit->request;
    if (visit->mandate) return status == 403 && identify_is_due(visit) ? "/password" : NULL;
    if (status != 401 || !is_reading(request)) return status == 401 ? "/login" : NULL;
    const char *here = url_with(visit->ctx, request->path, &request->query, NULL);
    return url_with(visit->ctx, "/login", NULL, URL_CHANGES({"next", here}));
}

/* What a program shall send; a spreadsheet asks its user for a name and a password when it reads Basic. */
static const char *challenge_of(const HttpRequest *request) {
    bool basic = request->route && site_route(request)->basic;
    return basic ? "Basic realm=\"kezhang\", charset=\"UTF-8\"" : "Bearer realm=\"kezhang\"";
}

static void show_error(HttpRequest *request, HttpResponse *response, unsigned status) {
    Visit *visit = visit_of(request);
    visit->response = response;
    choose_language(visit);
    if (visit_is_api(request)) {
        if (status == 401) http_add_header(response, "WWW-Authenticate", challenge_of(request));
        problem_show(visit, status, status_words(status));
        return;
    }
    const char *target = instead_of(visit, status);
    if (target) {
        (void)visit_go(visit, target);
        return;
    }
    if (!visit->store && visit->mandate) (void)take_store(visit); /* for the menu */
    json_t *model = page_object();
    page_set_text(model, "words", status_words(status));
    page_set(model, "status", json_integer(status));
    page_set(model, "fault", json_boolean(status >= 500));
    page_set_text(model, "id", request->id);
    page_set(model, "findings", frame_findings(visit));
    if (frame_show(visit, "error", status_words(status), model))
        http_body_text(response, HTTP_TEXT, status_words(status));
    give_store(visit, 0);
}

/* --- the table --- */

typedef struct Laying {
    Web *web;
    size_t count;
} Laying;

static void count_route(const WebRoute *route, void *data) {
    (void)route;
    ++*(size_t *)data;
}

static void lay_route(const WebRoute *route, void *data) {
    Laying *laying = data;
    size_t i = laying->count++;
    laying->web->web_routes[i] = *route;
    laying->web->routes[i] = (HttpRoute){.method = route->method,
                                         .pattern = route->pattern,
                                         .permission = route->permission,
                                         .body_max = route->body_max,
                                         .takes = route->takes,
                                         .waits = route->waits,
                                         .handle = handle};
}

static void list_routes(Web *web) {
    size_t n = 0;
    web_routes_each(count_route, &n);
    web->routes = mem_array(web, HttpRoute, n);
    web->web_routes = mem_array(web, WebRoute, n);
    web_routes_each(lay_route, &(Laying){.web = web});
    web->site = (HttpSite){.routes = web->routes,
                           .n_routes = n,
                           .conditions = conditions,
                           .n_conditions = sizeof conditions / sizeof conditions[0],
                           .authorize = authorize,
                           .admit = admit,
                           .show_error = show_error,
                           .data = web};
}

/* Jobs work on connections of the pool. */
static int close_web(Web *web) {
    jobs_stop(web->jobs);
    return 0;
}

int web_open(const void *ctx, const WebOptions *options, Diag *diag, Web **ret_web) {
    Web *web = mem_new(ctx, Web);
    web->options = *options;
    web->rates = rates_new(web);
    web->kept = kept_new(web);
    if (pool_open(web, options->folder, diag, &web->pool) || templates_open(web, diag, &web->templates)) return 1;
    if (jobs_open(web, web, options->folder, diag, &web->jobs)) return 1;
    talloc_set_destructor(web, close_web);
    list_routes(web);
    *ret_web = web;
    return 0;
}

const HttpSite *web_site(const Web *web) { return &web->site; }
void web_set_server(Web *web, const HttpServer *server) { web->server = server; }
int web_reload(Web *web, Diag *diag) { return pool_renew(web->pool, diag); }
