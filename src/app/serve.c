/* app/serve.c: kezhang serve: the web application until somebody ends it. SIGTERM and SIGINT stop it after the requests
 * that run; SIGHUP reads the definitions again. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command.h"
#include "base/log.h"
#include "base/mem.h"
#include "web/web.h"

#define LISTEN "127.0.0.1:8080"
#define ARENAS 2 /* of memory: one for each thread would keep what any of them once needed */

typedef struct Line {
    const char *folder, *listen, *cert, *key, *proxy;
    unsigned threads, api_rate;
    bool routes;
} Line;

static void block_signals(sigset_t *ret_set) {
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGINT);
    sigaddset(ret_set, SIGHUP);
    sigprocmask(SIG_BLOCK, ret_set, NULL); /* before threads start: they inherit it */
    (void)signal(SIGPIPE, SIG_IGN);
}

static void reload(Web *web) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    if (web_reload(web, diag))
        diag_print(diag, stderr);
    else
        log_info("serve: definitions read again");
}

static void wait_for_end(Web *web, const sigset_t *set) {
    int signal_no;
    while (!sigwait(set, &signal_no)) {
        if (signal_no != SIGHUP) return;
        reload(web);
    }
}

/* Where uploads stay until their request ends. Always the same, so that what a killed server left is found and swept.
 */
static const char *make_spool(const void *ctx, const char *folder, Diag *diag) {
    char *path = mem_printf(ctx, "%s/spool", folder);
    if (!mkdir(path, S_IRWXU) || errno == EEXIST) return path;
    diag_error(diag, PLACE_FILE(folder), "cannot-write", "no folder for uploads can be made here; check who may write");
    return NULL;
}

static int serve(const void *ctx, const Line *line, Diag *diag) {
    sigset_t signals;
    Web *web;
    HttpServer *server;
    const WebOptions options = {.folder = store_folder(line->folder),
                                .spool = make_spool(ctx, store_folder(line->folder), diag),
                                .api_rate = line->api_rate};
    if (!options.spool) return EXIT_USAGE;
    const HttpOptions http = {.listen = line->listen ? line->listen : LISTEN,
                              .threads = line->threads,
                              .cert_file = line->cert,
                              .key_file = line->key,
                              .trusted_proxy = line->proxy,
                              .spool = options.spool};
    block_signals(&signals);
    (void)mallopt(M_ARENA_MAX, ARENAS);
    int result = EXIT_USAGE;
    if (!web_open(ctx, &options, diag, &web) && !http_server_start(ctx, &http, web_site(web), diag, &server)) {
        web_set_server(web, server);
        (void)printf(_("serving %s at %s://%.*s:%u/\n"), options.folder, http.cert_file ? "https" : "http",
                     (int)(strrchr(http.listen, ':') - http.listen), http.listen, http_server_port(server));
        (void)fflush(stdout);
        wait_for_end(web, &signals);
        http_server_stop(server);
        talloc_free(server);
        talloc_free(web);
        result = EXIT_DONE;
    }
    return result;
}

static int run(int argc, char **argv) {
    Line line = {.api_rate = WEB_API_RATE};
    const Option options[] = {{"data", &line.folder},
                              {"listen", &line.listen},
                              {"tls-cert", &line.cert},
                              {"tls-key", &line.key},
                              {"trusted-proxy", &line.proxy},
                              {"threads", .count = &line.threads},
                              {"api-rate", .count = &line.api_rate},
                              {"routes", .flag = &line.routes},
                              {0}};
    if (command_options(&command_serve, argc, argv, options, NULL)) return EXIT_USAGE;
    if (line.routes) {
        web_print_routes(stdout);
        return EXIT_DONE;
    }
    MEM_SCRATCH scratch = talloc_new(NULL);
    return serve(scratch, &line, command_diag(scratch));
}

const Command command_serve = {
    .name = "serve",
    .arguments = "[--listen 127.0.0.1:8080] [--tls-cert FILE --tls-key FILE] [--trusted-proxy ADDRESS] [--threads N] "
                 "[--api-rate CALLS_A_MINUTE] [--data DIR]  |  --routes",
    .about = {"网页版：浏览器里办全部业务；SIGHUP 重读定义", "the web application; SIGHUP reads the definitions again"},
    .run = run,
};
