/* The yardstick of the web server: libmicrohttpd and SQLite with nothing between them.
 *
 *   web-bare DATABASE [SELECT FRAME]   listens on a free port of 127.0.0.1, says which, and ends with its input
 *
 * GET runs the statement, prepared once, and fills its values into the frame: a file of pieces with a byte 1 between
 * them, where a value stands. Each thread has a connection of its own. POST puts the body into a table, one durable
 * commit each, by a connection that all share. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS     2
#define CONNECTIONS 1000
#define BODY_MAX    65536
#define PAGE_MAX    (1 << 20)
#define MARK        '\1'

static const char *database, *select_sql, *frame;
static sqlite3 *writer;
static sqlite3_stmt *insert;
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

static void check(bool fine, const char *what) {
    if (fine) return;
    fprintf(stderr, "web-bare: %s\n", what);
    exit(1);
}

static sqlite3 *open_database(void) {
    sqlite3 *db;
    check(sqlite3_open(database, &db) == SQLITE_OK, "no database");
    sqlite3_busy_timeout(db, 10000);
    check(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL) == SQLITE_OK,
          "no WAL");
    return db;
}

/* --- a page --- */

static char *add_bytes(char *at, const char *bytes, size_t size) {
    memcpy(at, bytes, size);
    return at + size;
}

static char *add_escaped(char *at, const char *text) {
    for (; *text; text++) {
        const char *word = *text == '&'   ? "&amp;"
                           : *text == '<' ? "&lt;"
                           : *text == '>' ? "&gt;"
                           : *text == '"' ? "&quot;"
                                          : NULL;
        if (word)
            at = add_bytes(at, word, strlen(word));
        else
            *at++ = *text;
    }
    return at;
}

static sqlite3_stmt *statement(void) {
    static __thread sqlite3_stmt *stmt;
    if (!stmt)
        check(sqlite3_prepare_v2(open_database(), select_sql, -1, &stmt, NULL) == SQLITE_OK, "the statement is wrong");
    return stmt;
}

static struct MHD_Response *page(void) {
    static __thread char out[PAGE_MAX];
    sqlite3_stmt *stmt = statement();
    const char *from = frame;
    char *at = out;
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(stmt); column++) {
            const char *mark = strchr(from, MARK), *value = (const char *)sqlite3_column_text(stmt, column);
            check(mark && at - out + (mark - from) < PAGE_MAX / 2, "the frame has fewer places than values");
            at = add_bytes(at, from, (size_t)(mark - from));
            if (value) at = add_escaped(at, value);
            from = mark + 1;
        }
    }
    sqlite3_reset(stmt);
    at = add_bytes(at, from, strlen(from));
    return MHD_create_response_from_buffer((size_t)(at - out), out, MHD_RESPMEM_MUST_COPY);
}

/* --- a write --- */

static struct MHD_Response *create(const char *body, size_t size) {
    pthread_mutex_lock(&writing);
    sqlite3_bind_text(insert, 1, body, (int)size, SQLITE_STATIC);
    check(sqlite3_step(insert) == SQLITE_DONE, "no row could be added");
    sqlite3_reset(insert);
    pthread_mutex_unlock(&writing);
    return MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
}

static void prepare_writes(void) {
    writer = open_database();
    check(sqlite3_exec(writer, "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body TEXT)", NULL, NULL,
                       NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(writer, "INSERT INTO bare (body) VALUES (?1)", -1, &insert, NULL) == SQLITE_OK,
          "no table to write to");
}

/* --- the server --- */

typedef struct Body {
    size_t size;
    char bytes[BODY_MAX];
} Body;

/* Answered in a later call than the first, or the connection is closed. */
static enum MHD_Result on_call(void *data, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *bytes, size_t *size, void **request) {
    (void)data, (void)url, (void)version;
    bool posts = strcmp(method, "POST") == 0;
    if (!*request) {
        *request = posts ? calloc(1, sizeof(Body)) : malloc(1);
        return MHD_YES;
    }
    Body *body = *request;
    if (*size > 0) {
        check(posts && body->size + *size <= BODY_MAX, "such a body is not taken");
        memcpy(body->bytes + body->size, bytes, *size);
        body->size += *size;
        *size = 0;
        return MHD_YES;
    }
    struct MHD_Response *response = posts ? create(body->bytes, body->size) : page();
    MHD_add_response_header(response, "Content-Type", "text/html;charset=utf-8");
    enum MHD_Result result = MHD_queue_response(connection, posts ? 201 : 200, response);
    MHD_destroy_response(response);
    return result;
}

static void on_completed(void *data, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode how) {
    (void)data, (void)connection, (void)how;
    free(*request);
    *request = NULL;
}

static const char *read_file(const char *path) {
    static char text[PAGE_MAX];
    FILE *in = fopen(path, "r");
    check(in, "no frame");
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return text;
}

int main(int argc, char **argv) {
    check(argc == 2 || argc == 4, "usage: web-bare DATABASE [SELECT FRAME]");
    database = argv[1];
    select_sql = argc == 4 ? argv[2] : "SELECT 1 WHERE 0";
    frame = argc == 4 ? read_file(argv[3]) : "";
    prepare_writes();
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_call, NULL, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_THREAD_POOL_SIZE, THREADS, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
                         MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    check(daemon, "it cannot start");
    printf("http://127.0.0.1:%u/\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (getchar() != EOF) {}
    MHD_stop_daemon(daemon);
    return 0;
}
