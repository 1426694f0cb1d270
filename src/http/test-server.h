/* A server on a free port of 127.0.0.1 with a small site, and a client that sees every byte. */
#ifndef HTTP_TEST_SERVER_H
#define HTTP_TEST_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "http/http.h"
#include "http/response.h"

#define TEST_PATIENCE_SECONDS 20

extern const HttpSite test_site;
extern char test_spool[]; /* the folder */

typedef struct TestServer {
    TALLOC_CTX *ctx;
    HttpServer *server;
} TestServer;

/* Listens on a free port of 127.0.0.1 with these options otherwise. */
TestServer test_start(HttpOptions options);
void test_stop(TestServer *server);
void *test_stop_now(void *server); /* http_server_stop alone, as a thread runs it */

int test_connect(const TestServer *server);
void test_send(int client, const char *text);
/* One response with head and body (by Content-Length); "" when the server has closed. */
char *test_receive(const void *ctx, int client);
char *test_receive_head(const void *ctx, int client); /* of a response to HEAD */
/* Sends on a connection of its own and receives. */
char *test_ask(const void *ctx, const TestServer *server, const char *request);
char *test_get(const void *ctx, const TestServer *server, const char *path, const char *headers);
/* Asks for / on an open connection. */
void test_expect_ok(int client);
void test_rest(double seconds);

/* The handler of /held, whose route waits, ends only when it is released. */
void test_hold(void);
void test_release(void);
void test_expect_held(unsigned n); /* so many are in the handler, soon */
unsigned test_count_ran(void);     /* how often it was called */

/* Whether the server closes within the time. */
bool test_is_closed_within(int client, unsigned seconds);

void test_expect_status(const char *response, unsigned status);
void test_expect_in(const char *response, const char *part);
void test_expect_not_in(const char *response, const char *part);
/* A request's files go when it is completed, which is after its answer. */
void test_expect_spool_empty(void);

#endif
