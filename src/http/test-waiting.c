/* Handlers that wait: whom they hold up, how many there may be, how they end. */
#include <pthread.h>

#include "http/test-server.h"

#define ASK_HELD "GET /held HTTP/1.1\r\nHost: t\r\n\r\n"

static void expect_held_answer(int client, const char *part) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *response = test_receive(scratch, client);
    test_expect_status(response, 200);
    test_expect_in(response, part);
}

/* One thread for all connections: were a handler to hold it, nothing else would be answered. */
static void test_waiting_stops_nobody(void **state) {
    (void)state;
    enum { HELD = 8 };
    int clients[HELD], quick;
    TestServer server = test_start((HttpOptions){.threads = 1});
    test_hold();
    for (size_t i = 0; i < HELD; i++) {
        clients[i] = test_connect(&server);
        test_send(clients[i], i % 2 ? ASK_HELD
                                    : "POST /held HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Type: "
                                      "application/x-www-form-urlencoded\r\n\r\na=1" ASK_HELD);
    }
    test_expect_held(HELD);
    quick = test_connect(&server);
    for (size_t i = 0; i < 100; i++) test_expect_ok(quick);
    test_expect_held(HELD);
    test_release();
    for (size_t i = 0; i < HELD; i++) expect_held_answer(clients[i], i % 2 ? "path /held\n" : "form a=1\n");
    close(quick);
    for (size_t i = 0; i < HELD; i++) close(clients[i]);
    test_stop(&server);
}

/* Thousands of times over the same connections, from several threads at once. */
static void *ask_often(void *data) {
    int client = test_connect(data);
    for (unsigned i = 0; i < 300; i++) {
        test_send(client, ASK_HELD);
        expect_held_answer(client, "path /held\n");
        if (i % 10 == 0) test_expect_ok(client);
    }
    close(client);
    return NULL;
}

static void test_waiting_keeps_alive(void **state) {
    (void)state;
    enum { CLIENTS = 6 };
    pthread_t threads[CLIENTS];
    TestServer server = test_start((HttpOptions){.threads = 2, .limits = {.workers = 3}});
    for (size_t i = 0; i < CLIENTS; i++) assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &server), 0);
    for (size_t i = 0; i < CLIENTS; i++) pthread_join(threads[i], NULL);
    test_stop(&server);
}

static void test_too_many_wait(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){.threads = 1, .limits = {.workers = 1, .waiting = 1}});
    int running = test_connect(&server), waiting = test_connect(&server), late = test_connect(&server);
    test_hold();
    test_send(running, ASK_HELD);
    test_expect_held(1);
    test_send(waiting, ASK_HELD);
    test_expect_ok(late);
    test_send(late, ASK_HELD);
    const char *response = test_receive(scratch, late);
    test_expect_status(response, 503);
    test_expect_in(response, "Retry-After: 2\r\n");
    test_expect_in(response, "try again in a moment");
    HttpNumbers numbers;
    http_server_numbers(server.server, &numbers);
    assert_int_equal(numbers.waiting, 1);
    assert_int_equal(numbers.connections, 3);
    test_release();
    expect_held_answer(running, "path /held\n");
    expect_held_answer(waiting, "path /held\n");
    test_send(late, ASK_HELD);
    expect_held_answer(late, "path /held\n");
    close(running);
    close(waiting);
    close(late);
    test_stop(&server);
}

/* Who waits is not late, and who is idle afterwards is. */
static void test_waiting_has_no_deadline(void **state) {
    (void)state;
    TestServer server =
        test_start((HttpOptions){.limits = {.header_seconds = 1, .body_seconds = 1, .idle_seconds = 1, .workers = 1}});
    int running = test_connect(&server), waiting = test_connect(&server);
    test_hold();
    test_send(running, ASK_HELD);
    test_expect_held(1);
    test_send(waiting, ASK_HELD);
    test_rest(3.5);
    test_release();
    expect_held_answer(running, "path /held\n");
    expect_held_answer(waiting, "path /held\n");
    assert_true(test_is_closed_within(running, 5));
    close(running);
    close(waiting);
    test_stop(&server);
}

/* Somebody who leaves while his request waits. */
static void test_leaving_while_waiting(void **state) {
    (void)state;
    TestServer server = test_start((HttpOptions){.threads = 1, .limits = {.workers = 1}});
    int running = test_connect(&server), waiting = test_connect(&server);
    test_hold();
    test_send(running, ASK_HELD);
    test_expect_held(1);
    test_send(waiting, ASK_HELD);
    test_rest(0.2);
    close(running);
    close(waiting);
    test_release();
    test_expect_held(0);
    test_stop(&server);
}

static void test_stop_lets_waiting_end(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    TestServer server = test_start((HttpOptions){.threads = 1, .limits = {.workers = 1}});
    int running = test_connect(&server), waiting = test_connect(&server);
    test_hold();
    test_send(running, ASK_HELD);
    test_expect_held(1);
    test_send(waiting, ASK_HELD);
    test_rest(0.2);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, test_stop_now, &server), 0);
    test_rest(0.2);
    test_release();
    const char *response = test_receive(scratch, running);
    test_expect_status(response, 200);
    test_expect_in(response, "Connection: close\r\n");
    expect_held_answer(waiting, "path /held\n");
    pthread_join(thread, NULL);
    close(running);
    close(waiting);
    test_stop(&server);
}

/* Who has not begun when time is up does not begin. */
static void test_stop_turns_away(void **state) {
    (void)state;
    unsigned ran = test_count_ran();
    TestServer server = test_start((HttpOptions){.threads = 1, .limits = {.workers = 1, .stop_seconds = 1}});
    int running = test_connect(&server), waiting = test_connect(&server);
    test_hold();
    test_send(running, ASK_HELD);
    test_expect_held(1);
    test_send(waiting, ASK_HELD);
    test_rest(0.2);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, test_stop_now, &server), 0);
    test_rest(2);
    test_release();
    pthread_join(thread, NULL);
    assert_int_equal(test_count_ran(), ran + 1);
    close(running);
    close(waiting);
    test_stop(&server);
}

static int start(void **state) {
    (void)state;
    return mkdtemp(test_spool) ? 0 : 1;
}

static int stop(void **state) {
    (void)state;
    return rmdir(test_spool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waiting_stops_nobody),  cmocka_unit_test(test_waiting_keeps_alive),
        cmocka_unit_test(test_too_many_wait),         cmocka_unit_test(test_waiting_has_no_deadline),
        cmocka_unit_test(test_leaving_while_waiting), cmocka_unit_test(test_stop_lets_waiting_end),
        cmocka_unit_test(test_stop_turns_away),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
