/* http/mhd.c: the server on libmicrohttpd, the only file that knows it.
 *
 * One thread a pool member with an epoll of its own; a connection stays with its thread, which also runs the handlers.
 * Those that wait run in a thread of workers.c: the connection is suspended, and the library calls for the answer when
 * it is resumed. A response queued in the first call of a request closes the connection; so the first call only looks
 * at the headers. Bytes of a response are lent to the library until the request is completed. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "http/exchange.h"
#include "http/spool.h"
#include "http/watch.h"
#include "http/workers.h"

#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define PEM_MAX        ((size_t)1 << 20)
#define BACKLOG        1024u
#define SAID_MAX       256u
#define OTHER_FILES    256u     /* of the program beside its connections: databases, uploads */
#define STOP_STEP_NS   5000000L /* between two looks at what still runs */
#define STOP_STEPS     200u     /* of them in a second */

struct HttpServer {
    HttpCore core;
    HttpLimits limits;
    Numbers numbers;
    Watch *watch;
    Workers *workers;
    struct MHD_Daemon *daemon; /* NULL once stopped */
    unsigned port;
    atomic_uint connections;
    atomic_uint running; /* requests between their headers and the last byte of the answer */
    atomic_bool stopping;
    atomic_bool closing; /* time is up: what waits is turned away */
    char said[SAID_MAX]; /* the library's last words while it starts */
};

/* What the library keeps for a request. */
static Watched *watched_of(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static unsigned transfer_seconds(const HttpServer *server, uint64_t size) {
    uint64_t more = size / HTTP_SECOND_BYTES, most = UINT32_MAX / 4;
    return server->limits.body_seconds + (unsigned)(more < most ? more : most);
}

/* --- the answer --- */

static struct MHD_Response *response_body(HttpExchange *exchange) {
    HttpResponse *response = &exchange->response;
    struct MHD_Response *made = NULL;
    switch (response->body) {
    case BODY_NONE:
        return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    case BODY_BYTES:
        made =
            MHD_create_response_from_buffer(response->size, (void *)(uintptr_t)response->bytes, MHD_RESPMEM_PERSISTENT);
        break;
    case BODY_FILE:
        made = MHD_create_response_from_fd64(response->size, response->fd);
        if (made) response->fd = -1;
        break;
    }
    if (made && exchange->request.method != HTTP_HEAD) exchange->sent = response->size;
    return made;
}

static enum MHD_Result answer(HttpServer *server, struct MHD_Connection *connection, HttpExchange *exchange) {
    Watched *watched = watched_of(connection);
    watch_pause(watched);
    if (!exchange->answered) exchange_finish(exchange);
    struct MHD_Response *response = response_body(exchange);
    if (!response) return MHD_NO;
    const HttpFields *headers = &exchange->response.headers;
    for (size_t i = 0; i < headers->count; i++)
        MHD_add_response_header(response, headers->list[i].name, headers->list[i].value);
    if (atomic_load(&server->stopping)) MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    watch_within(watched, transfer_seconds(server, exchange->response.size));
    enum MHD_Result result = MHD_queue_response(connection, exchange->response.status, response);
    MHD_destroy_response(response);
    return result;
}

/* --- handlers that wait --- */

typedef struct Waiting {
    HttpServer *server;
    struct MHD_Connection *connection;
    HttpExchange *exchange;
} Waiting;

/* In a worker's thread. Once the connection is resumed, the exchange is its own thread's again. */
static void work(void *job) {
    Waiting waiting = *(Waiting *)job;
    if (atomic_load(&waiting.server->closing)) exchange_turn_away(waiting.exchange);
    exchange_finish(waiting.exchange);
    MHD_resume_connection(waiting.connection);
}

/* The library calls again when the connection is resumed, which a worker may do before this returns. No deadline holds
 * meanwhile: it is not the sender who is late. */
static void hand_over(HttpServer *server, struct MHD_Connection *connection, HttpExchange *exchange) {
    Waiting *waiting = mem_new(exchange->request.ctx, Waiting);
    *waiting = (Waiting){server, connection, exchange};
    watch_pause(watched_of(connection));
    MHD_suspend_connection(connection);
    if (workers_give(server->workers, waiting)) return;
    exchange_turn_away(exchange);
    MHD_resume_connection(connection);
}

/* --- what the library calls --- */

static void *on_line(void *data, const char *target, struct MHD_Connection *connection) {
    HttpServer *server = data;
    watch_within(watched_of(connection), server->limits.header_seconds);
    return exchange_new(&server->core, target);
}

static enum MHD_Result on_header(void *data, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    HttpRequest *request = data;
    HttpFields *headers = &request->headers;
    *mem_push(request->ctx, headers->list, headers->count) = (HttpField){name, value ? value : ""};
    return MHD_YES;
}

static enum MHD_Result on_headers(HttpServer *server, struct MHD_Connection *connection, HttpExchange *exchange,
                                  const char *method) {
    atomic_fetch_add(&server->running, 1);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, &exchange->request);
    exchange_begin(exchange, method,
                   MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    uint64_t size = exchange->announced;
    if (size == UINT64_MAX && exchange->request.route) size = exchange->request.route->body_max;
    watch_within(watched_of(connection), transfer_seconds(server, size));
    return exchange_is_hopeless(exchange) ? answer(server, connection, exchange) : MHD_YES;
}

static enum MHD_Result on_call(void *data, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *bytes, size_t *size, void **request) {
    (void)url, (void)version;
    HttpServer *server = data;
    HttpExchange *exchange = *request;
    if (!exchange->method) return on_headers(server, connection, exchange, method);
    if (*size == 0 && exchange_waits(exchange)) {
        hand_over(server, connection, exchange);
        return MHD_YES;
    }
    if (*size == 0) return answer(server, connection, exchange);
    bool goes_on = exchange_add(exchange, bytes, *size);
    *size = 0;
    return goes_on ? MHD_YES : MHD_NO;
}

static void on_completed(void *data, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode how) {
    HttpServer *server = data;
    HttpExchange *exchange = *request;
    if (!exchange) return;
    exchange_close(exchange, how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (exchange->method) atomic_fetch_sub(&server->running, 1);
    talloc_free(exchange->request.ctx);
    *request = NULL;
    watch_within(watched_of(connection), server->limits.idle_seconds);
}

static void on_connection(void *data, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code) {
    HttpServer *server = data;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        atomic_fetch_add(&server->connections, 1);
        int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        *context = watch_add(server->watch, socket);
        watch_within(*context, server->limits.idle_seconds);
    } else {
        atomic_fetch_sub(&server->connections, 1);
        watch_remove(server->watch, *context);
    }
}

/* Paths and queries are decoded by http/target.c from the target as it came. */
static size_t on_unescape(void *data, struct MHD_Connection *connection, char *text) {
    (void)data, (void)connection;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_words(void *data, const char *format, va_list args) {
    HttpServer *server = data;
    char words[SAID_MAX];
    vsnprintf(words, sizeof words, format, args);
    words[strcspn(words, "\n")] = '\0';
    if (server->daemon)
        log_debug("http: %s", words);
    else
        memcpy(server->said, words, sizeof words);
}

/* --- start and stop --- */

static int read_tls(HttpServer *server, const HttpOptions *options, Diag *diag, struct MHD_OptionItem *list) {
    char *key, *cert;
    size_t size;
    if (!options->key_file || !options->cert_file) {
        diag_error(diag, PLACE_NONE, "http-tls", "TLS needs a certificate and its key; give both files");
        return 1;
    }
    if (file_read(server, options->key_file, PEM_MAX, diag, &key, &size) != 0 ||
        file_read(server, options->cert_file, PEM_MAX, diag, &cert, &size) != 0)
        return 1;
    list[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key};
    list[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, cert};
    list[2] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES};
    return 0;
}

static int start_daemon(HttpServer *server, const HttpOptions *options, const struct sockaddr *address, Diag *diag) {
    struct MHD_OptionItem tls[4] = {{MHD_OPTION_END, 0, NULL}};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (address->sa_family == AF_INET6) flags |= MHD_USE_IPv6;
    if (server->core.tls) {
        tls[3] = tls[0];
        flags |= MHD_USE_TLS;
        if (read_tls(server, options, diag, tls) != 0) return 1;
    }
    unsigned each = server->core.proxy.set ? 0 : server->limits.connections_address;
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_call, server, MHD_OPTION_EXTERNAL_LOGGER, on_words, server, MHD_OPTION_SOCK_ADDR,
        address, MHD_OPTION_THREAD_POOL_SIZE, options->threads ? options->threads : HTTP_THREADS,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, BACKLOG, MHD_OPTION_CONNECTION_LIMIT, server->limits.connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, each, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_CONNECTION_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_line, server, MHD_OPTION_UNESCAPE_CALLBACK,
        on_unescape, server, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (!daemon) {
        diag_error(diag, PLACE_NONE, "http-start",
                   "the server cannot start on %s: %s; free the address or correct the option", options->listen,
                   *server->said ? server->said : strerror(errno));
        return 1;
    }
    server->daemon = daemon;
    server->port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return 0;
}

static int fill_core(HttpServer *server, const HttpOptions *options, const HttpSite *site, Diag *diag) {
    server->limits = http_limits(options->limits);
    server->core = (HttpCore){.site = site,
                              .spool = options->spool,
                              .tls = options->cert_file || options->key_file,
                              .numbers = &server->numbers};
    server->core.routes = routes_new(server, site->routes, site->n_routes);
    if (getrandom(&server->core.seed, sizeof server->core.seed, 0) < 0) server->core.seed = (uint32_t)time(NULL);
    if (options->spool) spool_sweep(options->spool);
    if (!options->trusted_proxy || remote_range_parse(options->trusted_proxy, &server->core.proxy)) return 0;
    diag_error(diag, PLACE_NONE, "http-proxy", "%s is no address of a proxy; write one like 127.0.0.1 or 10.0.0.0/8",
               options->trusted_proxy);
    return 1;
}

static int start_threads(HttpServer *server, Diag *diag) {
    server->watch = watch_new(server);
    server->workers = workers_new(server, server->limits.workers, server->limits.waiting, work);
    if (server->watch && server->workers) return 0;
    diag_error(diag, PLACE_NONE, "http-threads",
               "the system gives the server no more threads; raise its limit of them");
    return 1;
}

static int server_end(HttpServer *server) {
    http_server_stop(server);
    return 0;
}

int http_server_start(const void *ctx, const HttpOptions *options, const HttpSite *site, Diag *diag,
                      HttpServer **ret_server) {
    HttpServer *server = mem_new(ctx, HttpServer);
    struct sockaddr_storage address;
    socklen_t size;
    talloc_set_destructor(server, server_end);
    if (!remote_listen_parse(options->listen, &address, &size)) {
        diag_error(diag, PLACE_NONE, "http-listen", "%s is no address to listen on; write one like 127.0.0.1:8080",
                   options->listen);
        return 1;
    }
    if (fill_core(server, options, site, diag) != 0) return 1;
    http_allow_connections(server->limits.connections);
    if (start_threads(server, diag) != 0 || start_daemon(server, options, (struct sockaddr *)&address, diag) != 0)
        return 1;
    *ret_server = server;
    return 0;
}

unsigned http_server_port(const HttpServer *server) { return server->port; }

void http_server_numbers(const HttpServer *server, HttpNumbers *ret_numbers) {
    numbers_read(&server->numbers, ret_numbers);
    ret_numbers->connections = atomic_load(&server->connections);
    ret_numbers->waiting = workers_waiting(server->workers);
}

void http_server_stop(HttpServer *server) {
    if (!server->daemon) return;
    atomic_store(&server->stopping, true);
    int listening = MHD_quiesce_daemon(server->daemon);
    struct timespec step = {.tv_nsec = STOP_STEP_NS};
    for (unsigned left = server->limits.stop_seconds * STOP_STEPS; left > 0 && atomic_load(&server->running) > 0;
         left--)
        nanosleep(&step, NULL);
    atomic_store(&server->closing, true);
    workers_end(server->workers); /* the library stops only when no connection is suspended */
    MHD_stop_daemon(server->daemon);
    if (listening >= 0) close(listening);
    server->daemon = NULL;
}
