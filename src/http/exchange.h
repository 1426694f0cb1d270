/* http/exchange.h: one request with its answer, inside this folder. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <stdint.h>
#include <sys/socket.h>

#include "http/numbers.h"
#include "http/parse.h"
#include "http/remote.h"
#include "http/response.h"
#include "http/route.h"

/* What all exchanges of a server share; once it runs, only the numbers change. */
typedef struct HttpCore {
    const HttpSite *site;
    const Routes *routes;
    const char *spool;
    RemoteRange proxy;
    bool tls;
    uint32_t seed; /* of request ids */
    Numbers *numbers;
} HttpCore;

typedef enum { BODY_NONE, BODY_BYTES, BODY_FILE } BodyKind;

struct HttpResponse {
    HttpRequest *request;
    unsigned status;
    HttpFields headers;
    const char *type;
    BodyKind body;
    const char *bytes;
    size_t size; /* of bytes or file */
    int fd;      /* of the file; -1 when there is none */
    const HttpStatic *unchanging;
};

typedef struct BodyReader BodyReader;

typedef struct HttpExchange {
    HttpRequest request;
    HttpResponse response;
    const HttpCore *core;
    const char *target;
    const char *method;
    unsigned refused;   /* the status decided before the handler; 0 while all is well */
    BodyReader *reader; /* NULL: no body is wanted */
    uint64_t announced; /* bytes by Content-Length; UINT64_MAX: in chunks */
    uint64_t received, dropped, sent;
    bool answered;
    int64_t start; /* µs, monotonic */
} HttpExchange;

/* At the request line; the target is copied. Freed with talloc_free(exchange->request.ctx). */
HttpExchange *exchange_new(const HttpCore *core, const char *target);
/* At the end of the headers, which are in request.headers: all that can be refused before the body. */
void exchange_begin(HttpExchange *exchange, const char *method, const struct sockaddr *peer);
/* A piece of the body. False: the sender goes on with a refused body for too long; cut the connection. */
bool exchange_add(HttpExchange *exchange, const char *bytes, size_t size);
/* Refused with more to come than is worth reading: answer now, and close. */
bool exchange_is_hopeless(const HttpExchange *exchange);
/* Whether a handler that waits is still to run. */
bool exchange_waits(const HttpExchange *exchange);
/* Nobody has time for it: to be finished with 503 instead. */
void exchange_turn_away(HttpExchange *exchange);
/* The request is whole: makes the response. */
void exchange_finish(HttpExchange *exchange);
/* It is over: one line in the log, and counted. whole: the answer was sent. */
void exchange_close(const HttpExchange *exchange, bool whole);

/* --- body.c: where the bytes of a body go; 0 or the status the request fails with --- */
unsigned body_begin(HttpExchange *exchange);
unsigned body_add(HttpExchange *exchange, const char *bytes, size_t size);
unsigned body_end(HttpExchange *exchange);

/* --- response.c --- */
void response_reset(HttpResponse *response);
/* --- finish.c: what the server puts to every response: security headers, ETag, compression --- */
void response_complete(HttpExchange *exchange);

#endif
