/* Connections: kept, held, slow, too many; a proxy in front; stopping. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "http/test-server.h"

static int start(void **state) {
    (void)state;
    return mkdtemp(test_spool) ? 0 : 1;
}

static int stop(void **state) {
    (void)state;
    return rmdir(test_spool);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Whatever the answer, bodies and refusals between, the next request comes on the same connection. */
static void test_keep_alive(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){0});
    int client = test_connect(&server);
    static const char *const BETWEEN[] = {
        "GET /nowhere HTTP/1.1\r\nHost: t\r\n\r\n",
        "POST /form HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n\r\na=1",
        "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nabcde",
        "GET /echo/%zz HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /file HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /fail/-1 HTTP/1.1\r\nHost: t\r\n\r\n",
    };
    for (size_t i = 0; i < 1000; i++) {
        test_expect_ok(client);
        if (i % 10 != 0) continue;
        test_send(client, BETWEEN[i / 10 % (sizeof BETWEEN / sizeof *BETWEEN)]);
        assert_int_not_equal(*test_receive(scratch, client), '\0');
    }
    close(client);
    test_stop(&server);
}

static void test_idle_connections_are_held(void **state) {
    (void)state;
    enum { HELD = 200 };
    int clients[HELD];
    TestServer server = test_start((HttpOptions){.limits = {.connections_address = 2 * HELD}});
    for (size_t i = 0; i < HELD; i++) test_expect_ok(clients[i] = test_connect(&server));
    for (size_t i = 0; i < HELD; i++) test_expect_ok(clients[i]);
    for (size_t i = 0; i < HELD; i++) close(clients[i]);
    test_stop(&server);
}

static void test_idle_connections_end(void **state) {
    (void)state;
    TestServer server = test_start((HttpOptions){.limits = {.idle_seconds = 1}});
    int fresh = test_connect(&server), used = test_connect(&server);
    test_expect_ok(used);
    assert_true(test_is_closed_within(used, 5));
    assert_true(test_is_closed_within(fresh, 5));
    close(fresh);
    close(used);
    test_stop(&server);
}

/* Sends a byte every tenth of a second: never quiet, never done. Seconds until the server had enough. */
static double drip(const TestServer *server, const char *start) {
    int client = test_connect(server);
    double from = now();
    test_send(client, start);
    while (now() - from < 15 && !test_is_closed_within(client, 0)) {
        test_send(client, "x");
        test_rest(0.1);
    }
    close(client);
    return now() - from;
}

static void test_slow_senders(void **state) {
    (void)state;
    TestServer server =
        test_start((HttpOptions){.limits = {.header_seconds = 1, .body_seconds = 1, .idle_seconds = 2}});
    static const char *const STARTS[] = {
        "GET /",
        "GET / HTTP/1.1\r\nX-Slow: ",
        "POST /echo/x HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        double seconds = drip(&server, STARTS[i]);
        assert_true(seconds > 0.9 && seconds < 8);
    }
    int client = test_connect(&server);
    test_expect_ok(client);
    close(client);
    test_stop(&server);
}

static void test_too_many_of_one_address(void **state) {
    (void)state;
    TestServer server = test_start((HttpOptions){.limits = {.connections_address = 3}});
    int clients[3], more;
    for (size_t i = 0; i < 3; i++) test_expect_ok(clients[i] = test_connect(&server));
    assert_true(test_is_closed_within(more = test_connect(&server), 5));
    close(more);
    close(clients[0]);
    test_rest(0.2);
    test_expect_ok(clients[0] = test_connect(&server));
    for (size_t i = 0; i < 3; i++) close(clients[i]);
    test_stop(&server);
}

static void test_proxy(void **state) {
    (void)state;
    static const char FORWARDED[] =
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer trusting = test_start((HttpOptions){.trusted_proxy = "127.0.0.0/8"});
    const char *response = test_get(scratch, &trusting, "/echo/x", FORWARDED);
    test_expect_in(response, "remote 203.0.113.9 secure\n");
    test_expect_in(response, "Strict-Transport-Security: max-age=");
    test_stop(&trusting);
    TestServer other = test_start((HttpOptions){.trusted_proxy = "10.0.0.1"});
    response = test_get(scratch, &other, "/echo/x", FORWARDED);
    test_expect_in(response, "remote 127.0.0.1\n");
    test_expect_not_in(response, "Strict-Transport-Security");
    test_stop(&other);
}

/* What the log says of a request, and what it never says. */
static void test_access_log(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    FILE *log = tmpfile();
    assert_non_null(log);
    int stderr_before = dup(STDERR_FILENO);
    dup2(fileno(log), STDERR_FILENO);
    log_set_level(LOG_INFO);
    TestServer server = test_start((HttpOptions){.limits = {.header_seconds = 1}});
    test_get(scratch, &server, "/echo/a?secret=1", "Cookie: sid=hidden\r\n");
    int cut = test_connect(&server);
    test_send(cut, "GET /nowhere HTTP/1.1\r\nX-Never: e");
    close(cut);
    char lines[4096] = "";
    for (unsigned i = 0; i < 100 * TEST_PATIENCE_SECONDS && !strstr(lines, "/nowhere"); i++) {
        test_rest(0.01);
        assert_true(pread(fileno(log), lines, sizeof lines - 1, 0) >= 0);
    }
    test_stop(&server);
    log_set_level(LOG_ERROR);
    dup2(stderr_before, STDERR_FILENO);
    close(stderr_before);
    fclose(log);
    test_expect_in(lines, "info request method=GET path=/echo/a status=200 bytes=");
    test_expect_in(lines, " from=127.0.0.1\n");
    test_expect_in(lines, "path=/nowhere status=0 bytes=0 ");
    test_expect_not_in(lines, "secret");
    test_expect_not_in(lines, "hidden");
}

/* --- numbers --- */

static uint64_t sum(const uint64_t *list, size_t n) {
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) all += list[i];
    return all;
}

/* A request counts when it is completed, which is after its answer. */
static HttpNumbers numbers_after(const TestServer *server, uint64_t requests) {
    HttpNumbers numbers;
    http_server_numbers(server->server, &numbers);
    for (unsigned i = 0; i < 100 * TEST_PATIENCE_SECONDS && sum(numbers.requests, HTTP_CLASSES) < requests; i++) {
        test_rest(0.01);
        http_server_numbers(server->server, &numbers);
    }
    assert_int_equal(sum(numbers.requests, HTTP_CLASSES), requests);
    return numbers;
}

static void test_numbers(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){0});
    HttpNumbers numbers = numbers_after(&server, 0);
    assert_int_equal(numbers.connections, 0);
    int client = test_connect(&server);
    for (unsigned i = 0; i < 5; i++) test_expect_ok(client);
    test_get(scratch, &server, "/nowhere", "");
    test_get(scratch, &server, "/fail/-1", "");
    test_get(scratch, &server, "/inject?text=a", "");
    test_get(scratch, &server, "/sleep", "");
    int cut = test_connect(&server);
    test_send(cut, "GET / HTTP/1.1\r\nX-Never: e");
    close(cut);
    numbers = numbers_after(&server, 10);
    static const uint64_t CLASSES[HTTP_CLASSES] = {1, 0, 6, 1, 1, 1};
    assert_memory_equal(numbers.requests, CLASSES, sizeof CLASSES);
    assert_int_equal(sum(numbers.times, HTTP_TIMES + 1), 10);
    assert_true(sum(numbers.times + 8, HTTP_TIMES + 1 - 8) >= 1); /* longer than half a second */
    assert_true(numbers.seconds > 0.69);
    assert_true(numbers.bytes >= 6 * strlen("ok\n"));
    assert_true(numbers.connections >= 1);
    close(client);
    test_stop(&server);
}

/* --- stopping --- */

static void test_stop_lets_requests_end(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){0});
    int idle = test_connect(&server), running = test_connect(&server);
    test_expect_ok(idle);
    test_send(running, "GET /sleep HTTP/1.1\r\nHost: t\r\n\r\n");
    test_rest(0.2);
    double from = now();
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, test_stop_now, &server), 0);
    const char *response = test_receive(scratch, running);
    test_expect_status(response, 200);
    test_expect_in(response, "Connection: close\r\n");
    pthread_join(thread, NULL);
    assert_true(now() - from < 5);
    assert_true(test_is_closed_within(idle, 5));
    int late = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(server.server))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_not_equal(connect(late, (struct sockaddr *)&address, sizeof address), 0);
    close(late);
    close(idle);
    close(running);
    test_stop(&server);
}

static void test_cannot_start(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){0});
    const char *taken = mem_printf(scratch, "127.0.0.1:%u", http_server_port(server.server));
    const struct {
        HttpOptions options;
        const char *code;
    } BAD[] = {
        {{.listen = "nowhere"}, "http-listen"},
        {{.listen = taken}, "http-start"},
        {{.listen = "127.0.0.1:0", .trusted_proxy = "proxy"}, "http-proxy"},
        {{.listen = "127.0.0.1:0", .cert_file = "/nonexistent"}, "http-tls"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Diag *diag = diag_new(scratch);
        HttpServer *none;
        assert_int_equal(http_server_start(scratch, &BAD[i].options, &test_site, diag, &none), 1);
        assert_string_equal(diag->list[0].code, BAD[i].code);
    }
    test_stop(&server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keep_alive),
        cmocka_unit_test(test_idle_connections_are_held),
        cmocka_unit_test(test_idle_connections_end),
        cmocka_unit_test(test_slow_senders),
        cmocka_unit_test(test_too_many_of_one_address),
        cmocka_unit_test(test_proxy),
        cmocka_unit_test(test_access_log),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_stop_lets_requests_end),
        cmocka_unit_test(test_cannot_start),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
