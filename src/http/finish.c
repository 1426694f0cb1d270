/* http/finish.c: what the server puts to every response: security headers, caching, compression; and bodies that do not
 * change, with their name by content. */
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/hash.h"
#include "http/exchange.h"

#define ETAG_DIGITS 32        /* of the hash */
#define GZIP_WINDOW (15 + 16) /* zlib: the largest window, in a gzip wrapper */
#define GZIP_MEMORY 8

struct HttpStatic {
    const char *type;
    const void *bytes;
    size_t size;
    const void *gzip; /* NULL: not worth it */
    size_t gzip_size;
    const char *etag, *gzip_etag;
};

/* --- compression --- */

/* Owned by ctx; NULL when it would not be smaller. */
static void *gzip(const void *ctx, const void *bytes, size_t size, int level, size_t *ret_size) {
    z_stream stream = {.next_in = (z_const Bytef *)bytes, .avail_in = (uInt)size};
    if (size > UINT32_MAX ||
        deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    Bytef *packed = mem_array(ctx, Bytef, size);
    stream.next_out = packed;
    stream.avail_out = (uInt)size;
    bool fits = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *ret_size = stream.total_out;
    deflateEnd(&stream);
    return fits ? packed : NULL;
}

static bool is_text(const char *type) {
    static const char *const TEXTS[] = {
        "text/",           "application/json", "application/problem+json", "application/javascript",
        "application/xml", "image/svg+xml"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if (strncasecmp(type, TEXTS[i], strlen(TEXTS[i])) == 0) return true;
    return false;
}

/* Whether the sender takes gzip: named, or by a star, and not with a quality of 0 (RFC 9110, 12.5.3). */
static bool takes_gzip(const HttpRequest *request) {
    const char *at = http_header(request, "Accept-Encoding");
    bool by_star = false;
    while (at && *at) {
        at += strspn(at, ", \t");
        size_t name = strcspn(at, ",; \t"), all = strcspn(at, ",");
        const char *quality = memmem(at, all, "q=", 2);
        bool takes = !quality || strspn(quality + 2, "0.") != strcspn(quality + 2, ", \t");
        if (name == 4 && strncasecmp(at, "gzip", 4) == 0) return takes;
        if (name == 1 && *at == '*') by_star = takes;
        at += all;
    }
    return by_star;
}

static void compress_body(HttpExchange *exchange) {
    HttpResponse *response = &exchange->response;
    if (response->body != BODY_BYTES || response->size < HTTP_GZIP_BYTES || !is_text(response->type)) return;
    http_add_header(response, "Vary", "Accept-Encoding");
    if (!takes_gzip(&exchange->request)) return;
    size_t size;
    void *packed = gzip(exchange->request.ctx, response->bytes, response->size, HTTP_GZIP_LEVEL, &size);
    if (!packed) return;
    response->bytes = packed;
    response->size = size;
    http_add_header(response, "Content-Encoding", "gzip");
}

/* --- bodies that do not change --- */

static const char *content_name(const void *ctx, const void *bytes, size_t size, const char *suffix) {
    char text[HASH_HEX_SIZE];
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SHA256);
    hash_start(hash);
    hash_add(hash, bytes, size);
    hash_end_hex(hash, text);
    return mem_printf(ctx, "\"%.*s%s\"", ETAG_DIGITS, text, suffix);
}

HttpStatic *http_static_new(const void *ctx, const char *type, const void *bytes, size_t size) {
    HttpStatic *body = mem_new(ctx, HttpStatic);
    *body = (HttpStatic){.type = type, .bytes = bytes, .size = size};
    if (size >= HTTP_GZIP_BYTES && is_text(type))
        body->gzip = gzip(body, bytes, size, Z_BEST_COMPRESSION, &body->gzip_size);
    body->etag = content_name(body, bytes, size, "");
    body->gzip_etag = content_name(body, bytes, size, "-gzip");
    return body;
}

void http_body_static(HttpResponse *response, const HttpStatic *body) {
    http_body_bytes(response, body->type, body->bytes, body->size);
    response->unchanging = body;
}

/* Whether one of the names in If-None-Match is this body in either form; weak comparison (RFC 9110, 13.1.2). */
static bool is_known(const HttpRequest *request, const HttpStatic *body) {
    const char *names = http_header(request, "If-None-Match");
    return names && (strstr(names, body->etag) || strstr(names, body->gzip_etag) || strcmp(names, "*") == 0);
}

static void complete_static(HttpExchange *exchange) {
    HttpResponse *response = &exchange->response;
    const HttpStatic *body = response->unchanging;
    bool packed = body->gzip && takes_gzip(&exchange->request);
    if (body->gzip) http_add_header(response, "Vary", "Accept-Encoding");
    http_add_header(response, "ETag", packed ? body->gzip_etag : body->etag);
    if (response->status == 200 && is_known(&exchange->request, body)) {
        response->status = 304;
        response->body = BODY_NONE;
        return;
    }
    if (!packed) return;
    http_add_header(response, "Content-Encoding", "gzip");
    response->bytes = body->gzip;
    response->size = body->gzip_size;
}

/* --- what every response carries --- */

static const HttpField SECURITY[] = {
    {"Content-Security-Policy", "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'self';"
                                "form-action 'self';frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"}, /* for browsers older than frame-ancestors */
    {"Referrer-Policy", "same-origin"},
};
static const HttpField BY_TLS_ONLY = {"Strict-Transport-Security", "max-age=31536000"};

static bool has_header(const HttpResponse *response, const char *name) {
    for (size_t i = 0; i < response->headers.count; i++)
        if (strcasecmp(response->headers.list[i].name, name) == 0) return true;
    return false;
}

static void add_constant(HttpResponse *response, HttpField header) {
    *mem_push(response->request->ctx, response->headers.list, response->headers.count) = header;
}

void response_complete(HttpExchange *exchange) {
    HttpResponse *response = &exchange->response;
    if (response->unchanging)
        complete_static(exchange);
    else
        compress_body(exchange);
    if (response->body != BODY_NONE) http_add_header(response, "Content-Type", response->type);
    if (!has_header(response, "Cache-Control"))
        add_constant(response, (HttpField){"Cache-Control", response->unchanging ? "no-cache" : "no-store"});
    for (size_t i = 0; i < sizeof SECURITY / sizeof *SECURITY; i++) add_constant(response, SECURITY[i]);
    if (exchange->request.secure) add_constant(response, BY_TLS_ONLY);
    add_constant(response, (HttpField){"X-Request-Id", exchange->request.id});
}
