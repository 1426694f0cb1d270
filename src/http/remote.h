/* http/remote.h: who is at the other end, and whether a proxy may speak for it. */
#ifndef HTTP_REMOTE_H
#define HTTP_REMOTE_H

#include <stdbool.h>
#include <sys/socket.h>

typedef struct RemoteRange {
    unsigned char address[16]; /* IPv4 as ::ffff:a.b.c.d */
    unsigned bits;             /* of it that count */
    bool set;
} RemoteRange;

/* "127.0.0.1", "10.0.0.0/8", "fd00::/8". False when it is none. */
bool remote_range_parse(const char *text, RemoteRange *ret_range);
bool remote_is_in(const struct sockaddr *peer, const RemoteRange *range);
/* The address as text, owned by ctx; IPv4 in its own form. */
const char *remote_text(const void *ctx, const struct sockaddr *peer);
/* The address a trusted proxy has put last into X-Forwarded-For; NULL when that is none. */
const char *remote_forwarded(const void *ctx, const char *header);

/* "127.0.0.1:8080", "[::1]:0" as a socket address. False when it is none. */
bool remote_listen_parse(const char *text, struct sockaddr_storage *ret_address, socklen_t *ret_size);

#endif
