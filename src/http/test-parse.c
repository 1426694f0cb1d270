/* The parsers: what they read, and that what is wrong says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/parse.h"
#include "http/remote.h"
#include "http/route.h"

static const char *shown(const void *ctx, const HttpFields *fields) {
    Buf text = BUF_INIT(ctx);
    buf_add(&text, "");
    for (size_t i = 0; i < fields->count; i++)
        buf_printf(&text, "[%s=%s]", fields->list[i].name, fields->list[i].value);
    return text.data;
}

static void expect_form(const char *text, const char *expected) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    HttpFields fields = {0};
    int result = http_parse_form(scratch, text, strlen(text), "query", diag, &fields);
    assert_string_equal(result == 0 ? shown(scratch, &fields) : diag->list[0].code, expected);
}

static void test_form(void **state) {
    (void)state;
    expect_form("", "");
    expect_form("a=1&b=&c&=d&&a=2", "[a=1][b=][c=][=d][a=2]");
    expect_form("q=%E9%9D%92%E7%A6%BE+%2B%26%3D", "[q=青禾 +&=]");
    expect_form("a=%", "http-escape");
    expect_form("a=%4", "http-escape");
    expect_form("a=%4&b=1", "http-escape");
    expect_form("a%zz=1", "http-escape");
    expect_form("a=%00", "http-text");
    expect_form("a=%FF%FE", "http-text");
}

static void test_form_is_bounded(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf text = BUF_INIT(scratch);
    for (unsigned i = 0; i < HTTP_FIELDS; i++) buf_add(&text, "a=1&");
    expect_form("a=1", "[a=1]");
    HttpFields fields = {0};
    Diag *diag = diag_new(scratch);
    assert_int_equal(http_parse_form(scratch, text.data, text.size, "form", diag, &fields), 0);
    assert_int_equal(fields.count, HTTP_FIELDS);
    buf_add(&text, "a=1");
    fields = (HttpFields){0};
    assert_int_equal(http_parse_form(scratch, text.data, text.size, "form", diag, &fields), 1);
    assert_string_equal(diag->list[0].code, "http-fields");
}

static void expect_cookies(const char *text, const char *expected) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    HttpFields fields = {0};
    assert_int_equal(http_parse_cookies(scratch, text, diag_new(scratch), &fields), 0);
    assert_string_equal(shown(scratch, &fields), expected);
}

static void test_cookies(void **state) {
    (void)state;
    expect_cookies("", "");
    expect_cookies("sid=abc; lang=zh", "[sid=abc][lang=zh]");
    expect_cookies("a=\"b c\";d=e=f ;; x", "[a=b c][d=e=f]");
    expect_cookies("a=%E9%9D%92; bad=%; b=2", "[a=青][b=2]");
    expect_cookies("a=\"; =b; c=", "[a=\"][c=]");
}

static void expect_target(const char *text, const char *expected) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    HttpFields query = {0};
    HttpTarget target;
    int result = http_parse_target(scratch, text, diag, &target, &query);
    assert_string_equal(
        result == 0 ? mem_printf(scratch, "%s%s", target.path, shown(scratch, &query)) : diag->list[0].code, expected);
}

static void test_target(void **state) {
    (void)state;
    expect_target("/", "/");
    expect_target("/?a=b", "/[a=b]");
    expect_target("/ledgers/%E6%88%90%E6%9E%9C/1", "/ledgers/成果/1");
    expect_target("/a+b/", "/a+b/");
    static const char *const UNSAFE[] = {"",          "a",         "//",         "/a//b",       "/../etc/passwd",
                                         "/a/..",     "/%2e%2e/a", "/a/%2e",     "/a%2f..%2fb", "/a%5cb",
                                         "/a%0d%0ab", "*",         "http://a/b", "/a/./b"};
    for (size_t i = 0; i < sizeof UNSAFE / sizeof *UNSAFE; i++) expect_target(UNSAFE[i], "http-path");
    expect_target("/%", "http-escape");
    expect_target("/%c0%ae%c0%ae/", "http-text");
    expect_target("/a%00.html", "http-text");
    expect_target("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16");
    expect_target("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", "http-path");
}

static void expect_parameter(const char *header, const char *expected) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *value = http_header_parameter(scratch, header, "name");
    assert_string_equal(value ? value : "none", expected);
}

static void test_header_parameter(void **state) {
    (void)state;
    expect_parameter("form-data; name=a", "a");
    expect_parameter("form-data; filename=\"x; name=b\"; NAME=\"a \\\"b\\\\\"", "a \"b\\");
    expect_parameter("form-data; name=\"open", "open");
    expect_parameter("form-data; name", "none");
    expect_parameter("name=a", "none");
}

/* --- multipart --- */

typedef struct Parts {
    Buf text;
} Parts;

static int on_part(void *data, const MultipartHead *head) {
    buf_printf(&((Parts *)data)->text, "[%s", head->name);
    if (head->filename) buf_printf(&((Parts *)data)->text, " %s %s", head->filename, head->type);
    buf_add(&((Parts *)data)->text, ":");
    return 0;
}

static int on_bytes(void *data, const char *bytes, size_t size) {
    buf_add_bytes(&((Parts *)data)->text, bytes, size);
    return 0;
}

static int on_end(void *data) {
    buf_add(&((Parts *)data)->text, "]");
    return 0;
}

static const MultipartEvents EVENTS = {on_part, on_bytes, on_end};

/* Fed in pieces of every size, so that whatever can be cut is cut. */
static void expect_multipart(const char *body, const char *expected) {
    for (size_t piece = 1; piece <= strlen(body); piece++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Diag *diag = diag_new(scratch);
        Parts parts = {.text = BUF_INIT(scratch)};
        Multipart *parser;
        assert_int_equal(multipart_new(scratch, "multipart/form-data; boundary=xyz", &EVENTS, &parts, diag, &parser),
                         0);
        int result = 0;
        for (size_t at = 0; result == 0 && at < strlen(body); at += piece) {
            size_t left = strlen(body) - at;
            result = multipart_add(parser, body + at, left < piece ? left : piece, diag);
        }
        if (result == 0) result = multipart_end(parser, diag);
        assert_string_equal(result == 0 ? buf_text(&parts.text) : diag->list[0].say.en, expected);
    }
}

#define PART(disposition) "--xyz\r\nContent-Disposition: form-data; " disposition "\r\n"

static void test_multipart(void **state) {
    (void)state;
    expect_multipart(PART("name=a") "\r\n1\r\n--xyz--\r\n", "[a:1]");
    expect_multipart(
        PART("name=\"甲\"") "\r\n\r\n" PART(
            "name=b; filename=\"C:\\dir\\成果%22.xlsx\"") "Content-Type: "
                                                          "application/x\r\n\r\n--xy\r\n--xyy\r\n\r\n--xyz--",
        "[甲:][b 成果\".xlsx application/x:--xy\r\n--xyy\r\n]");
    expect_multipart(PART("name=f; filename=\"../../etc/passwd\"") "\r\nx\r\n--xyz--", "[f passwd text/plain:x]");
    expect_multipart("--xyz--\r\n", "");
}

static void test_multipart_slips(void **state) {
    (void)state;
    expect_multipart("x", "the form ends in the middle; send it again");
    expect_multipart("something else", "the form does not begin with its boundary; send it again from the page");
    expect_multipart(PART("name=a") "\r\n1\r\n--xyz", "the form ends in the middle; send it again");
    expect_multipart(PART("name=a") "\r\n1\r\n--xyzz\r\n",
                     "a boundary of the form is followed by other text; send it again from the page");
    expect_multipart("--xyz\r\nContent-Type: text/plain\r\n\r\n",
                     "a part of the form has no name; give every field one");
    expect_multipart(PART("name=a; filename=\"a\tb\"") "\r\n",
                     "the file name holds control characters, or dots alone; rename the file");
    expect_multipart(PART("name=\"\xFF\"") "\r\n", "the names in the form are not UTF-8; send them as UTF-8");
}

static void test_multipart_head_is_bounded(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    Multipart *parser;
    Parts parts = {.text = BUF_INIT(scratch)};
    assert_int_equal(multipart_new(scratch, "multipart/form-data", &EVENTS, &parts, diag, &parser), 1);
    assert_int_equal(multipart_new(scratch, "multipart/form-data; boundary=b", &EVENTS, &parts, diag, &parser), 0);
    assert_int_equal(multipart_add(parser, "--b\r\n", 5, diag), 0);
    size_t sent = 0;
    while (sent < 2 * HTTP_PART_HEAD_BYTES && multipart_add(parser, "Long: line\r\n", 12, diag) == 0) sent += 12;
    assert_in_range(sent, HTTP_PART_HEAD_BYTES - 24, HTTP_PART_HEAD_BYTES + 24);
}

/* --- routes --- */

static int nothing(HttpRequest *request, HttpResponse *response) {
    (void)request, (void)response;
    return 0;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/", "p", .handle = nothing},
    {HTTP_GET, "/ledgers/{ledger}", "p", .handle = nothing},
    {HTTP_POST, "/ledgers/{ledger}", "p", .handle = nothing},
    {HTTP_GET, "/ledgers/new", "p", .handle = nothing},
    {HTTP_GET, "/ledgers/new/help", "p", .handle = nothing},
    {HTTP_GET, "/ledgers/{ledger}/{id}", "p", .handle = nothing},
};

static void expect_route(const Routes *routes, const char *path, const char *expected) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    HttpTarget target;
    HttpFields query = {0};
    assert_int_equal(http_parse_target(scratch, path, diag_new(scratch), &target, &query), 0);
    RouteMatch match = routes_find(routes, &target);
    const char *found = "none";
    if (match.by_method) {
        HttpFields values = route_parameters(scratch, match.by_method[HTTP_GET], &match);
        found = mem_printf(scratch, "%s %s (%s)", match.by_method[HTTP_GET]->pattern, shown(scratch, &values),
                           route_allowed(scratch, &match));
    }
    assert_string_equal(found, expected);
}

static void test_routes(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Routes *routes = routes_new(scratch, ROUTES, sizeof ROUTES / sizeof *ROUTES);
    expect_route(routes, "/", "/  (GET, HEAD, OPTIONS)");
    expect_route(routes, "/ledgers/new", "/ledgers/new  (GET, HEAD, OPTIONS)");
    expect_route(routes, "/ledgers/new/help", "/ledgers/new/help  (GET, HEAD, OPTIONS)");
    expect_route(routes, "/ledgers/new/7", "/ledgers/{ledger}/{id} [ledger=new][id=7] (GET, HEAD, OPTIONS)");
    expect_route(routes, "/ledgers/x", "/ledgers/{ledger} [ledger=x] (GET, POST, HEAD, OPTIONS)");
    expect_route(routes, "/ledgers", "none");
    expect_route(routes, "/ledgers/", "none");
    expect_route(routes, "/ledgers/a/b/c", "none");
}

/* --- addresses --- */

static void test_ranges(void **state) {
    (void)state;
    RemoteRange range;
    struct sockaddr_storage peer;
    socklen_t size;
    assert_true(remote_range_parse("10.0.0.0/8", &range));
    assert_true(remote_listen_parse("10.200.3.4:1", &peer, &size));
    assert_true(remote_is_in((struct sockaddr *)&peer, &range));
    assert_true(remote_listen_parse("11.0.0.1:1", &peer, &size));
    assert_false(remote_is_in((struct sockaddr *)&peer, &range));
    assert_true(remote_range_parse("::1", &range));
    assert_true(remote_listen_parse("[::1]:80", &peer, &size));
    assert_true(remote_is_in((struct sockaddr *)&peer, &range));
    static const char *const NONE[] = {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "1.2.3", "::1/129"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) assert_false(remote_range_parse(NONE[i], &range));
    static const char *const NOWHERE[] = {"",       ":80",  "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:x",
                                          "::1:80", "[]:1", "[:1"};
    for (size_t i = 0; i < sizeof NOWHERE / sizeof *NOWHERE; i++)
        assert_false(remote_listen_parse(NOWHERE[i], &peer, &size));
}

static void test_forwarded(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    assert_string_equal(remote_forwarded(scratch, "6.6.6.6, 203.0.113.9"), "203.0.113.9");
    assert_string_equal(remote_forwarded(scratch, "2001:db8::1"), "2001:db8::1");
    assert_null(remote_forwarded(scratch, "203.0.113.9, unknown"));
    assert_null(remote_forwarded(scratch, ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_form_is_bounded),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_target),
        cmocka_unit_test(test_header_parameter),
        cmocka_unit_test(test_multipart),
        cmocka_unit_test(test_multipart_slips),
        cmocka_unit_test(test_multipart_head_is_bounded),
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_forwarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
