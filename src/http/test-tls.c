/* Requests over TLS, with a certificate made here: versions, what the site sees, handlers that wait, bad files. */
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>

#include "http/test-server.h"

#define DAY_SECONDS 86400

static char folder[] = "/tmp/http-tls-XXXXXX";
static char cert_file[64], key_file[64];
static TestServer server;

/* --- the certificate --- */

static void write_pem(const char *path, EVP_PKEY *key, X509 *cert) {
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(cert ? PEM_write_X509(out, cert) : PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL), 1);
    fclose(out);
}

/* For localhost, signed by itself, for a day. */
static void make_certificate(void) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    assert_true(key && cert);
    X509_set_version(cert, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -DAY_SECONDS);
    X509_gmtime_adj(X509_getm_notAfter(cert), DAY_SECONDS);
    X509_NAME *name = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"localhost", -1, -1, 0);
    X509_set_issuer_name(cert, name);
    X509_set_pubkey(cert, key);
    assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
    write_pem(cert_file, key, cert);
    write_pem(key_file, key, NULL);
    X509_free(cert);
    EVP_PKEY_free(key);
}

static int start(void **state) {
    (void)state;
    if (!mkdtemp(folder) || !mkdtemp(test_spool)) return 1;
    snprintf(cert_file, sizeof cert_file, "%s/cert.pem", folder);
    snprintf(key_file, sizeof key_file, "%s/key.pem", folder);
    make_certificate();
    server = test_start((HttpOptions){.threads = 1, .cert_file = cert_file, .key_file = key_file});
    return 0;
}

static int stop(void **state) {
    (void)state;
    test_stop(&server);
    unlink(cert_file);
    unlink(key_file);
    return rmdir(folder) || rmdir(test_spool);
}

/* --- a client --- */

typedef struct Client {
    SSL_CTX *context;
    SSL *ssl;
    int socket;
} Client;

/* NULL in ssl when the two do not agree on a version. */
static Client connect_tls(int least, int most) {
    Client client = {.context = SSL_CTX_new(TLS_client_method()), .socket = test_connect(&server)};
    SSL_CTX_set_security_level(client.context, 0); /* so that old versions are tried at all */
    SSL_CTX_set_min_proto_version(client.context, least);
    SSL_CTX_set_max_proto_version(client.context, most);
    assert_int_equal(SSL_CTX_load_verify_locations(client.context, cert_file, NULL), 1);
    SSL_CTX_set_verify(client.context, SSL_VERIFY_PEER, NULL);
    client.ssl = SSL_new(client.context);
    SSL_set_fd(client.ssl, client.socket);
    if (SSL_connect(client.ssl) == 1) return client;
    SSL_free(client.ssl);
    client.ssl = NULL;
    return client;
}

static void disconnect(Client *client) {
    SSL_free(client->ssl);
    SSL_CTX_free(client->context);
    close(client->socket);
}

static void send_tls(const Client *client, const char *request) {
    assert_int_equal(SSL_write(client->ssl, request, (int)strlen(request)), (int)strlen(request));
}

/* What comes until the part is in it. */
static char *receive_until(const void *ctx, const Client *client, const char *part) {
    Buf got = BUF_INIT(ctx);
    char piece[16384];
    while (!strstr(buf_text(&got), part)) {
        int n = SSL_read(client->ssl, piece, sizeof piece);
        if (n <= 0) fail_msg("\"%s\" does not come after: %.2000s", part, buf_text(&got));
        buf_add_bytes(&got, piece, (size_t)n);
    }
    return got.data;
}

/* --- tests --- */

static void test_versions(void **state) {
    (void)state;
    static const int TAKEN[] = {TLS1_2_VERSION, TLS1_3_VERSION}, REFUSED[] = {TLS1_VERSION, TLS1_1_VERSION};
    for (size_t i = 0; i < 2; i++) {
        Client client = connect_tls(TAKEN[i], TAKEN[i]), refused = connect_tls(REFUSED[i], REFUSED[i]);
        assert_non_null(client.ssl);
        assert_int_equal(SSL_version(client.ssl), TAKEN[i]);
        assert_null(refused.ssl);
        disconnect(&client);
        disconnect(&refused);
    }
}

static void test_what_is_secure(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Client client = connect_tls(TLS1_2_VERSION, TLS1_3_VERSION);
    send_tls(&client, "GET /echo/x HTTP/1.1\r\nHost: t\r\n\r\n");
    const char *response = receive_until(scratch, &client, "remote 127.0.0.1 secure\n");
    test_expect_status(response, 200);
    test_expect_in(response, "Strict-Transport-Security: max-age=31536000\r\n");
    send_tls(&client, "GET /inject?text=a HTTP/1.1\r\nHost: t\r\n\r\n");
    test_expect_in(receive_until(scratch, &client, "X-Request-Id"), "; HttpOnly; Secure\r\n");
    disconnect(&client);
}

static void test_bodies(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Client client = connect_tls(TLS1_2_VERSION, TLS1_3_VERSION);
    for (unsigned i = 0; i < 3; i++) {
        send_tls(&client, "GET /large HTTP/1.1\r\nHost: t\r\n\r\n");
        receive_until(scratch, &client, "<p>every line like the other</p>\n");
        send_tls(&client, "GET /file HTTP/1.1\r\nHost: t\r\n\r\n");
        receive_until(scratch, &client, "\n#endif\n");
    }
    disconnect(&client);
}

/* Suspended and resumed; the second request has come with the first and lies in the library already. */
static void test_waiting(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Client waiting = connect_tls(TLS1_2_VERSION, TLS1_3_VERSION), quick = connect_tls(TLS1_2_VERSION, TLS1_3_VERSION);
    test_hold();
    send_tls(&waiting, "GET /held HTTP/1.1\r\nHost: t\r\n\r\nGET /held?again HTTP/1.1\r\nHost: t\r\n\r\n");
    test_expect_held(1);
    send_tls(&quick, "GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    receive_until(scratch, &quick, "\r\n\r\nok\n");
    test_release();
    receive_until(scratch, &waiting, "query again=\n");
    disconnect(&waiting);
    disconnect(&quick);
}

/* Who speaks without TLS is cut off, and disturbs nobody. */
static void test_plain(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int plain = test_connect(&server);
    test_send(plain, "GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    test_expect_not_in(test_receive_head(scratch, plain), "HTTP/1.1 200");
    close(plain);
    test_what_is_secure(state);
}

static void test_bad_files(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const HttpOptions BAD[] = {
        {.listen = "127.0.0.1:0", .cert_file = cert_file},
        {.listen = "127.0.0.1:0", .cert_file = cert_file, .key_file = cert_file},
        {.listen = "127.0.0.1:0", .cert_file = key_file, .key_file = key_file},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Diag *diag = diag_new(scratch);
        HttpServer *none;
        assert_int_equal(http_server_start(scratch, &BAD[i], &test_site, diag, &none), 1);
        assert_true(diag->errors > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions), cmocka_unit_test(test_what_is_secure), cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_waiting),  cmocka_unit_test(test_plain),          cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
