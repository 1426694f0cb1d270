/* http/remote.c: addresses as numbers; IPv4 is kept as the IPv6 range that stands for it. */
#include "http/remote.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const unsigned char MAPPED[12] = {[10] = 0xFF, [11] = 0xFF};
#define MAPPED_BITS 96u

static bool read_address(const char *text, unsigned char ret_address[16], bool *ret_v4) {
    *ret_v4 = inet_pton(AF_INET, text, ret_address + sizeof MAPPED) == 1;
    if (*ret_v4) memcpy(ret_address, MAPPED, sizeof MAPPED);
    return *ret_v4 || inet_pton(AF_INET6, text, ret_address) == 1;
}

static bool read_number(const char *text, unsigned long max, unsigned *ret_number) {
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || number > max) return false;
    *ret_number = (unsigned)number;
    return true;
}

bool remote_range_parse(const char *text, RemoteRange *ret_range) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *slash = strchr(text, '/');
    const char *address = mem_strndup(scratch, text, slash ? (size_t)(slash - text) : strlen(text));
    RemoteRange range = {.set = true};
    bool v4;
    if (!read_address(address, range.address, &v4)) return false;
    range.bits = v4 ? 32 : 128;
    if (slash && !read_number(slash + 1, range.bits, &range.bits)) return false;
    if (v4) range.bits += MAPPED_BITS;
    *ret_range = range;
    return true;
}

static bool peer_bytes(const struct sockaddr *peer, unsigned char ret_address[16]) {
    if (peer->sa_family == AF_INET) {
        memcpy(ret_address, MAPPED, sizeof MAPPED);
        memcpy(ret_address + sizeof MAPPED, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, 4);
    } else if (peer->sa_family == AF_INET6) {
        memcpy(ret_address, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr, 16);
    }
    return peer->sa_family == AF_INET || peer->sa_family == AF_INET6;
}

bool remote_is_in(const struct sockaddr *peer, const RemoteRange *range) {
    unsigned char address[16];
    if (!range->set || !peer_bytes(peer, address)) return false;
    for (unsigned bit = 0; bit < range->bits; bit++) {
        unsigned mask = 0x80u >> (bit % 8);
        if ((address[bit / 8] & mask) != (range->address[bit / 8] & mask)) return false;
    }
    return true;
}

static const char *address_text(const void *ctx, const unsigned char address[16]) {
    char text[INET6_ADDRSTRLEN];
    bool v4 = memcmp(address, MAPPED, sizeof MAPPED) == 0;
    inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + sizeof MAPPED : address, text, sizeof text);
    return mem_strdup(ctx, text);
}

const char *remote_text(const void *ctx, const struct sockaddr *peer) {
    unsigned char address[16];
    return peer_bytes(peer, address) ? address_text(ctx, address) : "";
}

const char *remote_forwarded(const void *ctx, const char *header) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *comma = strrchr(header, ',');
    const char *last = comma ? comma + 1 : header;
    last += strspn(last, " \t");
    unsigned char address[16];
    bool v4;
    if (!read_address(mem_strndup(scratch, last, strcspn(last, " \t")), address, &v4)) return NULL;
    return address_text(ctx, address);
}

bool remote_listen_parse(const char *text, struct sockaddr_storage *ret_address, socklen_t *ret_size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *colon = strrchr(text, ':');
    unsigned port;
    if (!colon || colon == text || !read_number(colon + 1, 65535, &port)) return false;
    bool v6 = *text == '[' && colon[-1] == ']';
    const char *host = mem_strndup(scratch, text + v6, (size_t)(colon - text) - 2u * v6);
    memset(ret_address, 0, sizeof *ret_address);
    if (v6) {
        struct sockaddr_in6 *address = (struct sockaddr_in6 *)(void *)ret_address;
        *address = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
        *ret_size = sizeof *address;
        return inet_pton(AF_INET6, host, &address->sin6_addr) == 1;
    }
    struct sockaddr_in *address = (struct sockaddr_in *)(void *)ret_address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    *ret_size = sizeof *address;
    return inet_pton(AF_INET, host, &address->sin_addr) == 1;
}
