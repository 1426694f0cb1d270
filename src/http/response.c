/* http/response.c: what a handler sets. A header is made by http_add_header() alone, which lets no control character
 * through; so nothing can end a header but the server. */
#include "http/response.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/exchange.h"

#define URL_MARKS "/:?#[]@!$&'()*+,;=%"

static void close_body(HttpResponse *response) {
    if (response->fd >= 0) close(response->fd);
    response->fd = -1;
    response->body = BODY_NONE;
    response->unchanging = NULL;
}

void response_reset(HttpResponse *response) {
    close_body(response);
    *response = (HttpResponse){.request = response->request, .status = 200, .fd = -1};
}

void http_status(HttpResponse *response, unsigned status) { response->status = status; }

bool http_has_body(const HttpResponse *response) { return response->body != BODY_NONE; }

static bool is_token(const char *name) {
    return *name && name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")] == '\0';
}

void http_add_header(HttpResponse *response, const char *name, const char *value) {
    assert(is_token(name));
    char *clean = mem_strdup(response->request->ctx, value);
    for (char *at = clean; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F) *at = ' ';
    HttpFields *headers = &response->headers;
    *mem_push(response->request->ctx, headers->list, headers->count) = (HttpField){name, clean};
}

void http_redirect(HttpResponse *response, const char *target) {
    response->status = 303;
    http_add_header(response, "Location", http_encode(response->request->ctx, target, URL_MARKS));
}

void http_attachment(HttpResponse *response, const char *name) {
    TALLOC_CTX *ctx = response->request->ctx;
    char *plain = mem_strdup(ctx, name);
    for (char *at = plain; *at; at++)
        if ((unsigned char)*at >= 0x7F || strchr("\"\\%", *at)) *at = '_';
    http_add_header(
        response, "Content-Disposition",
        mem_printf(ctx, "attachment;filename=\"%s\";filename*=UTF-8''%s", plain, http_encode(ctx, name, "")));
}

void http_set_cookie(HttpResponse *response, const HttpCookie *cookie) {
    TALLOC_CTX *ctx = response->request->ctx;
    assert(is_token(cookie->name));
    Buf text = BUF_INIT(ctx);
    buf_printf(&text, "%s=%s; Path=%s; SameSite=%s", cookie->name,
               http_encode(ctx, cookie->value, "!#$&'()*+/:<=>?@[]^`{|}"), cookie->path ? cookie->path : "/",
               cookie->strict ? "Strict" : "Lax");
    if (cookie->seconds != 0) buf_printf(&text, "; Max-Age=%ld", cookie->seconds > 0 ? cookie->seconds : 0);
    if (!cookie->script) buf_add(&text, "; HttpOnly");
    if (response->request->secure) buf_add(&text, "; Secure");
    http_add_header(response, "Set-Cookie", text.data);
}

/* --- bodies --- */

void http_body_bytes(HttpResponse *response, const char *type, const void *bytes, size_t size) {
    close_body(response);
    response->body = BODY_BYTES;
    response->type = type;
    response->bytes = bytes;
    response->size = size;
}

void http_body_text(HttpResponse *response, const char *type, const char *text) {
    http_body_bytes(response, type, text, strlen(text));
}

int http_body_file(HttpResponse *response, const char *type, const char *path) {
    struct stat found;
    close_body(response);
    response->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (response->fd < 0) return 1;
    if (fstat(response->fd, &found) != 0 || !S_ISREG(found.st_mode)) {
        close_body(response);
        return 1;
    }
    response->body = BODY_FILE;
    response->type = type;
    response->size = (size_t)found.st_size;
    return 0;
}
