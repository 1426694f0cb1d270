/* http/response.h: what a handler answers with. Status 200 and no body until said otherwise.
 *
 * Whatever is put into a header loses its control characters on the way, so no text can begin a header of its own.
 * Security headers, ETag, compression and Content-Length are the server's. Bytes are lent until the request ends. */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "http/http.h"

/* Types; without a space, so that they are not taken for messages to translate. */
#define HTTP_TEXT "text/plain;charset=utf-8"
#define HTTP_HTML "text/html;charset=utf-8"
#define HTTP_JSON "application/json"

void http_status(HttpResponse *response, unsigned status);
bool http_has_body(const HttpResponse *response); /* whether one was set */
void http_add_header(HttpResponse *response, const char *name, const char *value);
void http_redirect(HttpResponse *response, const char *target); /* 303; what no URL may hold is escaped */
void http_attachment(HttpResponse *response, const char *name); /* to be saved under that name (RFC 6266) */

typedef struct HttpCookie {
    const char *name;  /* a token */
    const char *value; /* what no cookie may hold is escaped, as the parser of cookies undoes */
    const char *path;  /* NULL: "/" */
    long seconds;      /* 0: until the browser closes; negative: take it away */
    bool strict;       /* SameSite=Strict, else Lax */
    bool script;       /* readable by scripts; else HttpOnly */
} HttpCookie;
void http_set_cookie(HttpResponse *response, const HttpCookie *cookie); /* Secure when the request came so */

/* Type as in Content-Type. Texts of HTTP_GZIP_BYTES and more are compressed for who accepts it: a page that repeats
 * what the sender wrote must not hold an unmasked secret beside it. */
void http_body_text(HttpResponse *response, const char *type, const char *text);
void http_body_bytes(HttpResponse *response, const char *type, const void *bytes, size_t size);
/* A regular file, opened here and now. 0, or 1 when it cannot be read. */
int http_body_file(HttpResponse *response, const char *type, const char *path);

/* A body that does not change: compressed and named by its content (ETag) once. Bytes are lent for its life. */
typedef struct HttpStatic HttpStatic;
HttpStatic *http_static_new(const void *ctx, const char *type, const void *bytes, size_t size);
void http_body_static(HttpResponse *response, const HttpStatic *body); /* 304 for who has it */

#endif
