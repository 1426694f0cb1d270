/* http/exchange.c: the life of one request: what can be refused at its headers, its body, its handler, its line in the
 * log.
 *
 * Everything a route asks for is asked here, in this order: a readable request, a path, a method, size and type of the
 * body, the permission. A refused body is read and dropped as far as HTTP_SWALLOW_BYTES, since who is cut off while
 * sending never reads the answer. */
#include "http/exchange.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define REQUEST_POOL 6144u /* what a small page needs */

enum {
    STATUS_NO_CONTENT = 204,
    STATUS_BAD = 400,
    STATUS_STRANGER = 401,
    STATUS_FORBIDDEN = 403,
    STATUS_NO_PATH = 404,
    STATUS_NO_METHOD = 405,
    STATUS_FAULT = 500,
    STATUS_UNKNOWN_METHOD = 501,
    STATUS_BUSY = 503,
    STATUS_ERRORS = 400
};

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int exchange_end(HttpExchange *exchange) {
    response_reset(&exchange->response);
    return 0;
}

HttpExchange *exchange_new(const HttpCore *core, const char *target) {
    static atomic_uint count;
    TALLOC_CTX *ctx = mem_pool(NULL, REQUEST_POOL);
    HttpExchange *exchange = mem_new(ctx, HttpExchange);
    exchange->core = core;
    exchange->start = now_us();
    exchange->target = mem_strdup(ctx, target);
    exchange->request = (HttpRequest){.ctx = ctx, .site = core->site, .diag = diag_new(ctx), .path = "", .remote = ""};
    exchange->request.id = mem_printf(ctx, "%08x-%06x", core->seed, atomic_fetch_add(&count, 1) & 0xFFFFFFu);
    exchange->response = (HttpResponse){.request = &exchange->request, .status = 200, .fd = -1};
    talloc_set_destructor(exchange, exchange_end);
    return exchange;
}

/* --- at the headers --- */

/* A proxy may put a line of its own behind those the sender made up: the last one counts. */
static const char *last_header(const HttpRequest *request, const char *name) {
    for (size_t i = request->headers.count; i > 0; i--)
        if (strcasecmp(request->headers.list[i - 1].name, name) == 0) return request->headers.list[i - 1].value;
    return NULL;
}

static void note_sender(HttpExchange *exchange, const struct sockaddr *peer) {
    HttpRequest *request = &exchange->request;
    request->secure = exchange->core->tls;
    request->remote = remote_text(request->ctx, peer);
    if (!remote_is_in(peer, &exchange->core->proxy)) return;
    const char *chain = last_header(request, "X-Forwarded-For"), *scheme = last_header(request, "X-Forwarded-Proto");
    const char *remote = chain ? remote_forwarded(request->ctx, chain) : NULL;
    if (remote) request->remote = remote;
    if (scheme) request->secure = strcasecmp(scheme, "https") == 0;
}

/* The size of the body by the headers. False when they contradict each other, as only who wants to smuggle sends them.
 */
static bool note_size(HttpExchange *exchange) {
    const char *length = NULL;
    bool chunked = false;
    for (size_t i = 0; i < exchange->request.headers.count; i++) {
        const HttpField *header = &exchange->request.headers.list[i];
        if (strcasecmp(header->name, "Transfer-Encoding") == 0) chunked = true;
        if (strcasecmp(header->name, "Content-Length") != 0) continue;
        if (length) return false;
        length = header->value;
    }
    exchange->announced = chunked ? UINT64_MAX : 0;
    if (!length) return true;
    char *end;
    errno = 0;
    exchange->announced = strtoull(length, &end, 10);
    return !chunked && *length >= '0' && *length <= '9' && !*end && errno == 0;
}

static int read_cookies(HttpRequest *request) {
    for (size_t i = 0; i < request->headers.count; i++) {
        const HttpField *header = &request->headers.list[i];
        if (strcasecmp(header->name, "Cookie") == 0 &&
            http_parse_cookies(request->ctx, header->value, request->diag, &request->cookies) != 0)
            return 1;
    }
    return 0;
}

/* Finds the route; 0, or the status that ends the request here (OPTIONS with what the path takes). */
static unsigned find_route(HttpExchange *exchange, const HttpTarget *target) {
    HttpRequest *request = &exchange->request;
    RouteMatch match = routes_find(exchange->core->routes, target);
    if (!match.by_method) return STATUS_NO_PATH;
    HttpMethod method = request->method == HTTP_HEAD ? HTTP_GET : request->method;
    request->route = match.by_method[method];
    if (request->route) {
        request->parameters = route_parameters(request->ctx, request->route, &match);
        return 0;
    }
    http_add_header(&exchange->response, "Allow", route_allowed(request->ctx, &match));
    return method == HTTP_OPTIONS ? STATUS_NO_CONTENT : STATUS_NO_METHOD;
}

static unsigned ask_permission(HttpRequest *request) {
    static const unsigned statuses[] = {[HTTP_ALLOWED] = 0,
                                        [HTTP_STRANGER] = STATUS_STRANGER,
                                        [HTTP_FORBIDDEN] = STATUS_FORBIDDEN,
                                        [HTTP_UNKNOWABLE] = STATUS_BUSY};
    return statuses[request->site->authorize(request, request->route->permission)];
}

static unsigned look_at_headers(HttpExchange *exchange) {
    HttpRequest *request = &exchange->request;
    HttpTarget target;
    if (!note_size(exchange)) return STATUS_BAD;
    if (http_parse_target(request->ctx, exchange->target, request->diag, &target, &request->query) != 0)
        return STATUS_BAD;
    request->path = target.path;
    if (read_cookies(request) != 0) return STATUS_BAD;
    if (request->method == HTTP_METHODS) return STATUS_UNKNOWN_METHOD;
    unsigned status = find_route(exchange, &target);
    if (status == 0) status = body_begin(exchange);
    if (status == 0) status = ask_permission(request);
    return status;
}

void exchange_begin(HttpExchange *exchange, const char *method, const struct sockaddr *peer) {
    exchange->method = mem_strdup(exchange->request.ctx, method);
    exchange->request.method = http_method_find(method);
    note_sender(exchange, peer);
    exchange->refused = look_at_headers(exchange);
}

bool exchange_add(HttpExchange *exchange, const char *bytes, size_t size) {
    exchange->received += size;
    if (exchange->refused == 0) {
        exchange->refused = exchange->reader ? body_add(exchange, bytes, size) : STATUS_BAD;
    } else {
        exchange->dropped += size;
    }
    return exchange->dropped <= HTTP_SWALLOW_BYTES;
}

bool exchange_is_hopeless(const HttpExchange *exchange) {
    return exchange->refused != 0 && exchange->announced > HTTP_SWALLOW_BYTES;
}

bool exchange_waits(const HttpExchange *exchange) {
    return exchange->refused == 0 && !exchange->answered && exchange->request.route->waits;
}

void exchange_turn_away(HttpExchange *exchange) {
    exchange->refused = STATUS_BUSY;
    HttpRequest *request = &exchange->request;
    http_add_header(&exchange->response, "Retry-After", mem_printf(request->ctx, "%d", HTTP_RETRY_SECONDS));
    diag_error(request->diag, PLACE_NONE, "http-busy", "too much is being done at once; try again in a moment");
}

/* --- the answer --- */

static void show_error(HttpExchange *exchange, unsigned status) {
    HttpRequest *request = &exchange->request;
    HttpResponse *response = &exchange->response;
    response->status = status;
    if (status < STATUS_ERRORS) return;
    if (request->site->show_error) {
        request->site->show_error(request, response, status);
        return;
    }
    Buf text = BUF_INIT(request->ctx);
    buf_printf(&text, "%u (%s)\n", status, request->id);
    for (size_t i = 0; i < request->diag->count; i++)
        buf_printf(&text, "%s\n", diag_line(request->ctx, &request->diag->list[i]));
    http_body_text(response, HTTP_TEXT, text.data);
}

/* The one place where conditions of handlers become statuses; 0 for what the site's table does not know. */
static unsigned status_of(const HttpSite *site, int condition) {
    for (size_t i = 0; i < site->n_conditions; i++)
        if (site->conditions[i].condition == condition) return site->conditions[i].status;
    return 0;
}

static void run(HttpExchange *exchange) {
    HttpRequest *request = &exchange->request;
    HttpResponse *response = &exchange->response;
    int result = request->site->admit ? request->site->admit(request, response) : 0;
    if (result == 0) result = request->route->handle(request, response);
    if (result == 0) return;
    unsigned status = result > 0 ? status_of(request->site, result) : 0;
    if (status == 0) {
        log_error("request %s: %s %s gave %d", request->id, http_method_name(request->method), request->route->pattern,
                  result);
        response_reset(response);
        show_error(exchange, STATUS_FAULT);
    } else if (response->body == BODY_NONE) {
        show_error(exchange, status);
    } else {
        response->status = status;
    }
}

void exchange_finish(HttpExchange *exchange) {
    if (exchange->refused == 0) exchange->refused = body_end(exchange);
    if (exchange->refused == 0)
        run(exchange);
    else
        show_error(exchange, exchange->refused);
    response_complete(exchange);
    exchange->answered = true;
}

/* Never a query, a cookie or a body: they hold what only the sender should know. */
void exchange_close(const HttpExchange *exchange, bool whole) {
    unsigned status = exchange->answered ? exchange->response.status : 0;
    int64_t took = now_us() - exchange->start;
    numbers_add(exchange->core->numbers, status, exchange->sent, took);
    log_info("request method=%s path=%.*s status=%u bytes=%llu ms=%.1f id=%s from=%s%s",
             exchange->method ? exchange->method : "?", (int)strcspn(exchange->target, "?"), exchange->target, status,
             (unsigned long long)exchange->sent, (double)took / 1000.0, exchange->request.id, exchange->request.remote,
             whole ? "" : " cut");
}
