/* Requests over a real socket: routes, checks, bodies, answers. */
#include "http/test-server.h"

static TestServer server;

static int start(void **state) {
    (void)state;
    if (!mkdtemp(test_spool)) return 1;
    server = test_start((HttpOptions){.limits = {.connections_address = 1000}});
    return 0;
}

static int stop(void **state) {
    (void)state;
    test_stop(&server);
    return rmdir(test_spool);
}

/* One request line and headers; the answer must have the status and hold the part. */
static void expect(const char *line, const char *headers, unsigned status, const char *part) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *response =
        test_ask(scratch, &server, mem_printf(scratch, "%s HTTP/1.1\r\nHost: t\r\n%s\r\n", line, headers));
    test_expect_status(response, status);
    test_expect_in(response, part);
}

/* The same with a body. */
static void expect_body(const char *line, const char *headers, const char *body, unsigned status, const char *part) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *length = mem_printf(scratch, "%sContent-Length: %zu\r\n", headers, strlen(body));
    const char *response =
        test_ask(scratch, &server, mem_printf(scratch, "%s HTTP/1.1\r\nHost: t\r\n%s\r\n%s", line, length, body));
    test_expect_status(response, status);
    test_expect_in(response, part);
}

static void test_routing(void **state) {
    (void)state;
    expect("GET /", "", 200, "\r\n\r\nok\n");
    expect("GET /echo/%E6%88%90%E6%9E%9C?a=1&b=%2B+", "", 200, "parameter name=成果\nquery a=1\nquery b=+ \n");
    expect("GET /nowhere", "", 404, "404");
    expect("GET /echo/", "", 404, "404");
    expect("DELETE /echo/x", "", 405, "Allow: GET, POST, HEAD, OPTIONS\r\n");
    expect("OPTIONS /form", "", 204, "Allow: POST, PUT, OPTIONS\r\n");
    expect("BREW /", "", 501, "501");
}

static void test_head(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int client = test_connect(&server);
    test_send(client, "HEAD / HTTP/1.1\r\nHost: t\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: t\r\n\r\n");
    const char *both = test_receive_head(scratch, client);
    test_expect_status(both, 200);
    test_expect_in(both, "Content-Length: 3\r\n");
    test_expect_not_in(both, "ok\n");
    close(client);
}

static void test_bad_targets(void **state) {
    (void)state;
    expect("GET /echo/a%2", "", 400, "write %25 for the sign itself");
    expect("GET /echo/a%00", "", 400, "not UTF-8");
    expect("GET /echo/../../etc/passwd", "", 400, "follow a link");
    expect("GET /echo/%2e%2e", "", 400, "follow a link");
    expect("GET /echo/%2e%2e%2f%2e%2e%2fetc", "", 400, "follow a link");
    expect("GET //echo/a", "", 400, "follow a link");
    expect("GET /echo/a?x=%zz", "", 400, "write %25");
    expect("GET /echo/a%0d%0aSet-Cookie:x=1", "", 400, "follow a link");
}

static void test_permission(void **state) {
    (void)state;
    static const char FORM[] = "Content-Type: application/x-www-form-urlencoded\r\n";
    expect_body("POST /form", FORM, "a=1", 401, "401");
    expect_body("POST /form", "Content-Type: application/x-www-form-urlencoded\r\nCookie: may=read\r\n", "a=1", 403,
                "403");
    expect_body("POST /form", "Content-Type: application/x-www-form-urlencoded\r\nCookie: x=1; may=write\r\n",
                "a=1&b=%E7%94%B2", 200, "form a=1\nform b=甲\n");
    expect_body("POST /form", "Content-Type: application/x-www-form-urlencoded\r\nCookie: may=write\r\n", "token=wrong",
                403, "403");
}

static void test_kinds_of_body(void **state) {
    (void)state;
    expect_body("POST /form", "Content-Type: text/plain\r\nCookie: may=write\r\n", "a=1", 415, "no body of that type");
    expect_body("POST /form", "Cookie: may=write\r\n", "a=1", 415, "no body of that type");
    expect_body("POST /form", "Cookie: may=write\r\n", "", 200, "path /form");
    expect_body("GET /", "", "a=1", 413, "takes no body");
    expect_body("POST /echo/x", "Content-Type: application/json; charset=utf-8\r\n", "{\"a\": 1}", 200,
                "body {\"a\": 1}\n");
    expect_body("POST /echo/x", "Content-Type: application/pdf\r\n", "%PDF-1.4", 200,
                "file = application/pdf 8 %PDF-1.4\n");
    test_expect_spool_empty();
}

static void test_upload(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf body = BUF_INIT(scratch);
    buf_add(&body,
            "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n成果\r\n--b\r\n"
            "Content-Disposition: form-data; name=\"file\"; filename=\"表.csv\"\r\nContent-Type: text/csv\r\n\r\n");
    for (int i = 0; i < 200000; i++) buf_add(&body, "0123456789");
    buf_add(&body, "\r\n--b--\r\n");
    expect_body("POST /echo/x", "Content-Type: multipart/form-data; boundary=b\r\n", body.data, 200,
                "form title=成果\nfile file=表.csv text/csv 2000000 012345678901234\n");
    body.data[body.size - 6] = '\0';
    expect_body("POST /echo/x", "Content-Type: multipart/form-data; boundary=b\r\n", body.data, 400,
                "ends in the middle");
    expect_body("POST /echo/x", "Content-Type: multipart/form-data\r\n", "--b--", 400, "no usable boundary");
    test_expect_spool_empty();
}

static void test_chunked(void **state) {
    (void)state;
    static const char HEAD[] =
        "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: may=write\r\n";
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *ask =
        mem_printf(scratch, "POST /form HTTP/1.1\r\nHost: t\r\n%s\r\n3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n", HEAD);
    test_expect_in(test_ask(scratch, &server, ask), "form a=1\nform b=2\n");
    Buf large = BUF_INIT(scratch);
    buf_printf(&large, "POST /form HTTP/1.1\r\nHost: t\r\n%s\r\n", HEAD);
    for (int i = 0; i < 20; i++) buf_add(&large, "a\r\naaaaaaaaaa\r\n");
    buf_add(&large, "0\r\n\r\n");
    test_expect_status(test_ask(scratch, &server, large.data), 413);
}

/* Two sizes, or a size beside chunks, are how a request is hidden from a proxy. */
static void test_smuggling(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const BAD[] = {
        "POST /echo/x HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo/x HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\na=1bc",
        "POST /echo/x HTTP/1.1\r\nHost: t\r\nContent-Length: -3\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        const char *response = test_ask(scratch, &server, BAD[i]);
        if (strncmp(response, "HTTP/1.1 400 ", 13) != 0) fail_msg("%s gives %.200s", BAD[i], response);
    }
}

static void test_too_large(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *body = mem_array(scratch, char, 3000001);
    memset(body, 'a', 101);
    static const char HEAD[] = "Content-Type: application/x-www-form-urlencoded\r\nCookie: may=write\r\n";
    expect_body("POST /form", HEAD, body, 413, "larger than this page takes");
    memset(body, 'a', 3000000);
    /* So much is not read to its end. */
    int client = test_connect(&server);
    test_send(client,
              mem_printf(scratch,
                         "POST /form HTTP/1.1\r\nHost: t\r\n%sContent-Length: 3000000\r\nExpect: 100-continue\r\n\r\n",
                         HEAD));
    const char *response = test_receive(scratch, client);
    test_expect_status(response, 413);
    assert_true(test_is_closed_within(client, 5));
    close(client);
    char *header = mem_array(scratch, char, 20001);
    memset(header, 'x', 20000);
    expect("GET /", mem_printf(scratch, "X-Large: %s\r\n", header), 431, "");
    expect(mem_printf(scratch, "GET /%s", header), "", 414, "");
}

static void test_conditions_and_faults(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    expect("GET /refuse", "", 422, "\r\n\r\nthe form again\n");
    expect("GET /fail/4", "", 409, "half done");
    const char *fault = test_get(scratch, &server, "/fail/-5", "");
    test_expect_status(fault, 500);
    test_expect_not_in(fault, "half done");
    const char *id = strstr(fault, "X-Request-Id: ");
    assert_non_null(id);
    test_expect_in(strstr(fault, "\r\n\r\n"), mem_strndup(scratch, id + 14, 15));
    expect("GET /fail/77", "", 500, "500");
}

static void test_no_header_can_be_made(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *response = test_get(scratch, &server, "/inject?text=%E7%94%B2%0d%0aX-Evil:%201%22;%20b", "");
    test_expect_status(response, 303);
    test_expect_not_in(response, "\nX-Evil");
    test_expect_in(response, "X-Text: 甲  X-Evil: 1\"; b\r\n");
    test_expect_in(response, "Location: %E7%94%B2%0D%0AX-Evil:%201%22;%20b\r\n");
    test_expect_in(
        response,
        "Set-Cookie: c=%E7%94%B2%0D%0AX-Evil:%201%22%3B%20b; Path=/; SameSite=Strict; Max-Age=60; HttpOnly\r\n");
    test_expect_in(response, "filename*=UTF-8''%E7%94%B2%0D%0AX-Evil%3A%201%22%3B%20b\r\n");
}

static void test_security_headers(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const PATHS[] = {"/", "/nowhere", "/fail/-1", "/large", "/fixed"};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        const char *response = test_get(scratch, &server, PATHS[i], "");
        test_expect_in(response, "Content-Security-Policy: default-src 'self'");
        test_expect_in(response, "frame-ancestors 'none'");
        test_expect_in(response, "X-Content-Type-Options: nosniff\r\n");
        test_expect_in(response, "Referrer-Policy: same-origin\r\n");
        test_expect_in(response, "Cache-Control: no-");
        test_expect_not_in(response, "Strict-Transport-Security");
        test_expect_not_in(response, "unsafe-inline");
    }
}

static void test_compression(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const TAKES[] = {"gzip", "br, gzip;q=0.5", "*", "GZIP; q=1"};
    static const char *const REFUSES[] = {"br", "gzip;q=0", "*;q=0.0", "gzip;q=0, *", "gzipped"};
    for (size_t i = 0; i < sizeof TAKES / sizeof *TAKES; i++) {
        const char *response =
            test_get(scratch, &server, "/large", mem_printf(scratch, "Accept-Encoding: %s\r\n", TAKES[i]));
        test_expect_in(response, "Content-Encoding: gzip\r\n");
        test_expect_in(response, "Vary: Accept-Encoding\r\n");
    }
    for (size_t i = 0; i < sizeof REFUSES / sizeof *REFUSES; i++) {
        const char *response =
            test_get(scratch, &server, "/large", mem_printf(scratch, "Accept-Encoding: %s\r\n", REFUSES[i]));
        test_expect_not_in(response, "Content-Encoding");
        test_expect_in(response, "Content-Length: 66000\r\n");
    }
}

static void test_etag(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const char *const FORMS[] = {"", "Accept-Encoding: gzip\r\n"};
    for (size_t i = 0; i < 2; i++) {
        const char *first = test_get(scratch, &server, "/fixed", FORMS[i]);
        const char *etag = strstr(first, "ETag: ");
        assert_non_null(etag);
        etag = mem_strndup(scratch, etag + 6, strcspn(etag + 6, "\r"));
        const char *again = test_get(scratch, &server, "/fixed",
                                     mem_printf(scratch, "%sIf-None-Match: \"x\", W/%s\r\n", FORMS[i], etag));
        test_expect_status(again, 304);
        assert_string_equal(strstr(again, "\r\n\r\n"), "\r\n\r\n");
        test_expect_in(again, etag);
        test_expect_status(test_get(scratch, &server, "/fixed", "If-None-Match: \"x\"\r\n"), 200);
    }
}

static void test_files(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    test_expect_in(test_get(scratch, &server, "/file", ""), "\r\n\r\n/* http/limits.h");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_routing),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_bad_targets),
        cmocka_unit_test(test_permission),
        cmocka_unit_test(test_kinds_of_body),
        cmocka_unit_test(test_upload),
        cmocka_unit_test(test_chunked),
        cmocka_unit_test(test_smuggling),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_conditions_and_faults),
        cmocka_unit_test(test_no_header_can_be_made),
        cmocka_unit_test(test_security_headers),
        cmocka_unit_test(test_compression),
        cmocka_unit_test(test_etag),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
