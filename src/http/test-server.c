/* The site and the client of test-server.h. */
#include "http/test-server.h"

#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"

char test_spool[] = "/tmp/http-spool-XXXXXX";

void test_rest(double seconds) {
    struct timespec time = {.tv_sec = (time_t)seconds};
    time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
    nanosleep(&time, NULL);
}

/* --- the site --- */

static void show_fields(Buf *text, const char *what, const HttpFields *fields) {
    for (size_t i = 0; i < fields->count; i++)
        buf_printf(text, "%s %s=%s\n", what, fields->list[i].name, fields->list[i].value);
}

static void show_file(Buf *text, const HttpFile *file) {
    char start[16] = "";
    FILE *in = fopen(file->path, "r");
    assert_non_null(in);
    size_t n = fread(start, 1, sizeof start - 1, in);
    fclose(in);
    start[n] = '\0';
    buf_printf(text, "file %s=%s %s %zu %s\n", file->field, file->name, file->type, file->size, start);
}

static int echo(HttpRequest *request, HttpResponse *response) {
    Buf text = BUF_INIT(request->ctx);
    buf_printf(&text, "path %s\nremote %s%s\n", request->path, request->remote, request->secure ? " secure" : "");
    show_fields(&text, "parameter", &request->parameters);
    show_fields(&text, "query", &request->query);
    show_fields(&text, "cookie", &request->cookies);
    show_fields(&text, "form", &request->form);
    for (size_t i = 0; i < request->n_files; i++) show_file(&text, &request->files[i]);
    if (request->body) buf_printf(&text, "body %s\n", request->body);
    http_body_text(response, HTTP_TEXT, text.data);
    return 0;
}

static int say_ok(HttpRequest *request, HttpResponse *response) {
    (void)request;
    http_body_text(response, HTTP_TEXT, "ok\n");
    return 0;
}

static int give_code(HttpRequest *request, HttpResponse *response) {
    http_body_text(response, HTTP_TEXT, "half done");
    return atoi(http_field(&request->parameters, "code"));
}

/* The form again, with what is wrong. */
static int refuse(HttpRequest *request, HttpResponse *response) {
    (void)request;
    http_body_text(response, HTTP_TEXT, "the form again\n");
    return 2;
}

static int sleep_a_while(HttpRequest *request, HttpResponse *response) {
    test_rest(0.7);
    return say_ok(request, response);
}

static struct {
    pthread_mutex_t lock;
    pthread_cond_t released;
    bool holds;
    unsigned held, ran;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0, 0};

static int wait_at_gate(HttpRequest *request, HttpResponse *response) {
    pthread_mutex_lock(&gate.lock);
    gate.held++;
    gate.ran++;
    while (gate.holds) pthread_cond_wait(&gate.released, &gate.lock);
    gate.held--;
    pthread_mutex_unlock(&gate.lock);
    return echo(request, response);
}

static void set_gate(bool holds) {
    pthread_mutex_lock(&gate.lock);
    gate.holds = holds;
    pthread_cond_broadcast(&gate.released);
    pthread_mutex_unlock(&gate.lock);
}

void test_hold(void) { set_gate(true); }

void test_release(void) { set_gate(false); }

static unsigned read_gate(const unsigned *count) {
    pthread_mutex_lock(&gate.lock);
    unsigned n = *count;
    pthread_mutex_unlock(&gate.lock);
    return n;
}

static unsigned count_held(void) { return read_gate(&gate.held); }

unsigned test_count_ran(void) { return read_gate(&gate.ran); }

static int inject(HttpRequest *request, HttpResponse *response) {
    const char *text = http_field(&request->query, "text");
    http_add_header(response, "X-Text", text);
    http_set_cookie(response, &(HttpCookie){.name = "c", .value = text, .seconds = 60, .strict = true});
    http_attachment(response, text);
    http_redirect(response, text);
    return 0;
}

static int large(HttpRequest *request, HttpResponse *response) {
    Buf text = BUF_INIT(request->ctx);
    for (int i = 0; i < 2000; i++) buf_add(&text, "<p>every line like the other</p>\n");
    http_body_text(response, HTTP_HTML, text.data);
    return 0;
}

static int file(HttpRequest *request, HttpResponse *response) {
    (void)request;
    MEM_SCRATCH scratch = talloc_new(NULL);
    return http_body_file(response, HTTP_TEXT, mem_printf(scratch, "%s/src/http/limits.h", getenv("SOURCE_ROOT"))) == 0
               ? 0
               : -1;
}

static int fixed(HttpRequest *request, HttpResponse *response) {
    static _Atomic(HttpStatic *) made;
    (void)request;
    if (!made) {
        char *bytes = mem_array(NULL, char, 5000);
        memset(bytes, 'a', 5000);
        HttpStatic *body = http_static_new(NULL, "text/css", bytes, 5000);
        talloc_steal(body, bytes);
        made = body;
    }
    http_body_static(response, made);
    return 0;
}

/* The permission is what the cookie "may" must say; "public" asks for none. */
static HttpAccess authorize(HttpRequest *request, const char *permission) {
    if (strcmp(permission, "public") == 0) return HTTP_ALLOWED;
    const char *may = http_field(&request->cookies, "may");
    if (!may) return HTTP_STRANGER;
    return strcmp(may, permission) == 0 ? HTTP_ALLOWED : HTTP_FORBIDDEN;
}

/* As a site would ask for its token. */
static int admit(HttpRequest *request, HttpResponse *response) {
    (void)response;
    const char *token = http_field(&request->form, "token");
    return token && strcmp(token, "wrong") == 0 ? 3 : 0;
}

#define ANY_BODY (HTTP_TAKES_FORM | HTTP_TAKES_MULTIPART | HTTP_TAKES_JSON | HTTP_TAKES_FILE)

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/", "public", .handle = say_ok},
    {HTTP_GET, "/echo/{name}", "public", .handle = echo},
    {HTTP_POST, "/echo/{name}", "public", 4000000, ANY_BODY, echo},
    {HTTP_PUT, "/form", "write", 100, HTTP_TAKES_FORM, echo},
    {HTTP_POST, "/form", "write", 100, HTTP_TAKES_FORM, echo},
    {HTTP_GET, "/fail/{code}", "public", .handle = give_code},
    {HTTP_GET, "/refuse", "public", .handle = refuse},
    {HTTP_GET, "/sleep", "public", .handle = sleep_a_while},
    {HTTP_GET, "/held", "public", .handle = wait_at_gate, .waits = true},
    {HTTP_POST, "/held", "public", 100, HTTP_TAKES_FORM, wait_at_gate, .waits = true},
    {HTTP_GET, "/inject", "public", .handle = inject},
    {HTTP_GET, "/large", "public", .handle = large},
    {HTTP_GET, "/file", "public", .handle = file},
    {HTTP_GET, "/fixed", "public", .handle = fixed},
};
static const HttpCondition CONDITIONS[] = {{2, 422}, {3, 403}, {4, 409}};

const HttpSite test_site = {
    .routes = ROUTES,
    .n_routes = sizeof ROUTES / sizeof *ROUTES,
    .conditions = CONDITIONS,
    .n_conditions = sizeof CONDITIONS / sizeof *CONDITIONS,
    .authorize = authorize,
    .admit = admit,
};

/* --- the server --- */

TestServer test_start(HttpOptions options) {
    TestServer started = {.ctx = talloc_new(NULL)};
    Diag *diag = diag_new(started.ctx);
    if (!options.listen) options.listen = "127.0.0.1:0";
    options.spool = test_spool;
    HttpOptions *kept = talloc_memdup(started.ctx, &options, sizeof options);
    if (http_server_start(started.ctx, kept, &test_site, diag, &started.server) != 0) {
        diag_print(diag, stderr);
        fail_msg("the server does not start");
    }
    return started;
}

void test_stop(TestServer *server) { talloc_free(server->ctx); }

void *test_stop_now(void *server) {
    http_server_stop(((TestServer *)server)->server);
    return NULL;
}

static unsigned count_spooled(void) {
    unsigned count = 0;
    DIR *dir = opendir(test_spool);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) count += *entry->d_name != '.';
    closedir(dir);
    return count;
}

static void expect_soon(unsigned (*count)(void), unsigned n) {
    for (unsigned i = 0; i < 100 * TEST_PATIENCE_SECONDS && count() != n; i++) test_rest(0.01);
    assert_int_equal(count(), n);
}

void test_expect_spool_empty(void) { expect_soon(count_spooled, 0); }

void test_expect_held(unsigned n) { expect_soon(count_held, n); }

/* --- the client --- */

int test_connect(const TestServer *server) {
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(server->server))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct timeval patience = {.tv_sec = TEST_PATIENCE_SECONDS};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    return client;
}

/* Stops without a word when the server has closed; what comes back tells. */
void test_send(int client, const char *text) {
    for (size_t left = strlen(text); left > 0;) {
        ssize_t n = send(client, text, left, MSG_NOSIGNAL);
        if (n <= 0) return;
        text += n;
        left -= (size_t)n;
    }
}

/* Adds at least one byte; false at the end. */
static bool receive_more(int client, Buf *buf) {
    char piece[65536];
    ssize_t n = recv(client, piece, sizeof piece, 0);
    if (n > 0) buf_add_bytes(buf, piece, (size_t)n);
    return n > 0;
}

/* Reads the head to its empty line; what came behind it is left in the buffer too. Its size, or 0. */
static size_t receive_head(int client, Buf *buf) {
    const char *end;
    while (!(end = memmem(buf_text(buf), buf->size, "\r\n\r\n", 4)))
        if (!receive_more(client, buf)) return 0;
    return (size_t)(end - buf->data) + 4;
}

char *test_receive(const void *ctx, int client) {
    static const char LENGTH[] = "\r\nContent-Length: ";
    Buf buf = BUF_INIT(ctx);
    size_t head = receive_head(client, &buf);
    if (head == 0) return mem_strdup(ctx, "");
    const char *length = strcasestr(mem_strndup(ctx, buf.data, head), LENGTH);
    size_t size = length ? strtoul(length + strlen(LENGTH), NULL, 10) : 0;
    while (buf.size < head + size)
        if (!receive_more(client, &buf)) break;
    return mem_strdup(ctx, buf_text(&buf));
}

char *test_receive_head(const void *ctx, int client) {
    Buf buf = BUF_INIT(ctx);
    return receive_head(client, &buf) > 0 ? buf.data : mem_strdup(ctx, "");
}

char *test_ask(const void *ctx, const TestServer *server, const char *request) {
    int client = test_connect(server);
    test_send(client, request);
    char *response = test_receive(ctx, client);
    close(client);
    return response;
}

char *test_get(const void *ctx, const TestServer *server, const char *path, const char *headers) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    return test_ask(ctx, server, mem_printf(scratch, "GET %s HTTP/1.1\r\nHost: t\r\n%s\r\n", path, headers));
}

void test_expect_ok(int client) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    test_send(client, "GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    const char *response = test_receive(scratch, client);
    test_expect_status(response, 200);
    test_expect_in(response, "\r\n\r\nok\n");
}

bool test_is_closed_within(int client, unsigned seconds) {
    struct pollfd wait = {.fd = client, .events = POLLIN};
    char byte;
    return poll(&wait, 1, (int)seconds * 1000) == 1 && recv(client, &byte, 1, 0) <= 0;
}

void test_expect_status(const char *response, unsigned status) {
    char line[32];
    snprintf(line, sizeof line, "HTTP/1.1 %u ", status);
    if (strncmp(response, line, strlen(line)) != 0) fail_msg("not %u but: %.300s", status, response);
}

void test_expect_in(const char *response, const char *part) {
    if (!strstr(response, part)) fail_msg("\"%s\" is not in: %.2000s", part, response);
}

void test_expect_not_in(const char *response, const char *part) {
    if (strstr(response, part)) fail_msg("\"%s\" is in: %.2000s", part, response);
}
