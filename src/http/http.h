/* http/http.h: an HTTP/1.1 server as a table of routes. mhd.c alone knows the library behind it.
 *
 * A route states what it wants: method, path, permission, size and kinds of body. All of it is asked for before a
 * handler runs, so that no handler checks by hand. Everything of a request hangs on request->ctx and ends with it, and
 * what a response lends must live as long. Handlers run in any thread of the server, one request at a time in each: in
 * that of the connection, whose other connections stand still meanwhile, or, where the route says that it waits, in one
 * of HTTP_WORKERS. The authorizer always runs in the connection's. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "http/limits.h"

typedef struct HttpServer HttpServer;
typedef struct HttpResponse HttpResponse;
typedef struct HttpRoute HttpRoute;
typedef struct HttpSite HttpSite;

typedef enum {
    HTTP_GET,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_HEAD,
    HTTP_OPTIONS,
    HTTP_METHODS
} HttpMethod;

/* --- what came --- */

typedef struct HttpField {
    const char *name, *value; /* decoded, UTF-8 */
} HttpField;

typedef struct HttpFields {
    HttpField *list; /* in the order sent; a name may come more than once */
    size_t count;
} HttpFields;

typedef struct HttpFile {
    const char *field; /* of the form; "" when the body itself is the file */
    const char *name;  /* as the sender calls it, without folders; a hint, never a path to write to */
    const char *type;  /* as the sender says */
    const char *path;  /* in the spool folder, mode 0600; removed with the request unless renamed before */
    size_t size;
} HttpFile;

typedef struct HttpRequest {
    TALLOC_CTX *ctx;
    const char *id; /* in the log beside everything the request did */
    HttpMethod method;
    const char *path;      /* decoded; never with "..", "//" or control characters */
    const char *remote;    /* address of the client, told by the proxy if that is trusted */
    bool secure;           /* came by TLS, here or at the trusted proxy */
    HttpFields parameters; /* the {name} segments of the path */
    HttpFields query, headers, cookies, form;
    HttpFile *files;
    size_t n_files;
    const char *body; /* of a JSON body, NUL-terminated; else NULL */
    size_t body_size;
    Diag *diag; /* what is wrong with the request */
    const HttpSite *site;
    const HttpRoute *route; /* NULL when there is none */
    void *user;             /* the authorizer's, for handlers */
} HttpRequest;

const char *http_field(const HttpFields *fields, const char *name);       /* the first of that name, or NULL */
HttpFields http_fields_copy(const void *ctx, const HttpFields *fields);   /* for what outlives the request */
const char *http_header(const HttpRequest *request, const char *name);    /* the same, in any case of letters */
const HttpFile *http_file(const HttpRequest *request, const char *field); /* the first, or NULL */

/* --- what goes: see http/response.h --- */

/* --- the table --- */

typedef enum {
    HTTP_TAKES_NOTHING,
    HTTP_TAKES_FORM = 1,
    HTTP_TAKES_MULTIPART = 2,
    HTTP_TAKES_JSON = 4,
    HTTP_TAKES_FILE = 8
} HttpTakes;

/* 0; negative: a fault, answered with 500 and the request's id; positive: a condition of the site's table, which gives
 * the status. A body made for a condition is kept, one made before a fault is not. */
typedef int (*HttpHandler)(HttpRequest *request, HttpResponse *response);

struct HttpRoute {
    HttpMethod method;      /* GET answers HEAD too; OPTIONS is answered for every path */
    const char *pattern;    /* "/ledgers/{ledger}/{id}": whole segments; a written one goes before a {name} */
    const char *permission; /* a word the authorizer knows */
    size_t body_max;        /* bytes */
    unsigned takes;         /* HttpTakes together */
    HttpHandler handle;
    bool waits; /* for a password hash, a write, a count over many rows: more than a millisecond or two */
};

typedef enum {
    HTTP_ALLOWED,
    HTTP_STRANGER,  /* 401 */
    HTTP_FORBIDDEN, /* 403 */
    HTTP_UNKNOWABLE /* 503: it cannot be told just now */
} HttpAccess;

typedef struct HttpCondition {
    int condition;
    unsigned status;
} HttpCondition;

struct HttpSite {
    const HttpRoute *routes; /* may be walked; no method and pattern twice */
    size_t n_routes;
    const HttpCondition *conditions;
    size_t n_conditions;
    HttpAccess (*authorize)(HttpRequest *request, const char *permission); /* before the body is read */
    HttpHandler
        admit; /* when the request is whole, before every handler; or NULL. Else than 0 ends there, as a handler's */
    /* Makes the body of a refusal or failure; may change the status, to a redirect say. NULL: one line of text. */
    void (*show_error)(HttpRequest *request, HttpResponse *response, unsigned status);
    void *data;
};

/* --- the server --- */

typedef struct HttpOptions {
    const char *listen;               /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    unsigned threads;                 /* 0: HTTP_THREADS */
    const char *cert_file, *key_file; /* PEM; both or neither */
    const char *trusted_proxy;        /* an address whose X-Forwarded-For and -Proto are believed; NULL: none */
    const char *spool;                /* an existing folder for uploads */
    HttpLimits limits;                /* zeros take the values of http/limits.h */
} HttpOptions;

/* Options, site and its tables outlive the server; ctx owns it, and its end stops it. 0, or 1 with findings. */
int http_server_start(const void *ctx, const HttpOptions *options, const HttpSite *site, Diag *diag,
                      HttpServer **ret_server);
unsigned http_server_port(const HttpServer *server);
/* Takes no more connections, lets running requests end (HTTP_STOP_SECONDS at most), closes the rest. May be repeated.
 */
void http_server_stop(HttpServer *server);

/* --- what it has done since its start --- */

#define HTTP_CLASSES 6
#define HTTP_TIMES   10
extern const double http_times[HTTP_TIMES]; /* seconds, rising: from a millisecond to 2.5 */

typedef struct HttpNumbers {
    uint64_t requests[HTTP_CLASSES]; /* by the first digit of their status; [0]: ended without an answer */
    uint64_t times[HTTP_TIMES + 1];  /* of them took at most http_times[i], and longer than the one before; the last:
                                        longer than any. From the request line to the last byte of the answer */
    double seconds;                  /* that all took together */
    uint64_t bytes;                  /* of bodies, as in the log */
    unsigned connections, waiting;   /* now: open, and requests before the workers */
} HttpNumbers;

/* From any thread; never waits. */
void http_server_numbers(const HttpServer *server, HttpNumbers *ret_numbers);

#endif
