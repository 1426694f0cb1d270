/* http/limits.c: bounds that a site leaves open, and what the system must allow for them. */
#include "http/limits.h"

#include <sys/resource.h>

#include "base/log.h"

#define OTHER_FILES 256u /* of the program beside its connections: databases, uploads */

static unsigned or_else(unsigned given, unsigned otherwise) { return given ? given : otherwise; }

HttpLimits http_limits(HttpLimits given) {
    return (HttpLimits){
        .connections = or_else(given.connections, HTTP_CONNECTIONS),
        .connections_address = or_else(given.connections_address, HTTP_CONNECTIONS_ADDRESS),
        .workers = or_else(given.workers, HTTP_WORKERS),
        .waiting = or_else(given.waiting, HTTP_WAITING),
        .header_seconds = or_else(given.header_seconds, HTTP_HEADER_SECONDS),
        .body_seconds = or_else(given.body_seconds, HTTP_BODY_SECONDS),
        .idle_seconds = or_else(given.idle_seconds, HTTP_IDLE_SECONDS),
        .stop_seconds = or_else(given.stop_seconds, HTTP_STOP_SECONDS),
    };
}

void http_allow_connections(unsigned connections) {
    struct rlimit files;
    rlim_t need = (rlim_t)connections + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= need) return;
    if (files.rlim_max < need)
        log_warn("http: only %llu files may be open at once, which is too few for %u connections",
                 (unsigned long long)files.rlim_max, connections);
    files.rlim_cur = files.rlim_max < need ? files.rlim_max : need;
    setrlimit(RLIMIT_NOFILE, &files);
}
