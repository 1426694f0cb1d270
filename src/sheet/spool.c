/* sheet/spool.c: the first memory_max bytes wait in a buffer; when it is full it goes to the file and is filled again.
 * Reading from the file keeps a few blocks, since what was written together is mostly read together. */
#include "sheet/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK       ((size_t)16 << 10)
#define BLOCKS_KEPT 128

typedef struct Block {
    uint64_t number; /* from 1; 0 = nothing kept */
    char bytes[BLOCK];
} Block;

struct Spool {
    int fd;           /* -1 while all is in memory */
    uint64_t written; /* bytes in the file, a multiple of memory_max */
    char *buffer;     /* what comes after them */
    size_t used, memory_max;
    Block *blocks; /* a block is kept at its number modulo BLOCKS_KEPT */
};

static int row_spool_end(Spool *spool) {
    if (spool->fd >= 0) close(spool->fd);
    return 0;
}

Spool *row_spool_new(const void *ctx, size_t memory_max) {
    Spool *spool = mem_new(ctx, Spool);
    spool->fd = -1;
    spool->memory_max = memory_max;
    spool->buffer = mem_check(talloc_size(spool, memory_max));
    talloc_set_destructor(spool, row_spool_end);
    return spool;
}

uint64_t row_spool_size(const Spool *spool) { return spool->written + spool->used; }

/* Opens a file without a name; where the file system has no such thing, with a name that is taken away at once. */
static int open_nameless(void) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/var/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) return fd;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *name = mem_printf(scratch, "%s/kezhang-XXXXXX", folder);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0) unlink(name);
    return fd;
}

static bool write_all(int fd, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static bool spill(Spool *spool) {
    if (spool->fd < 0) spool->fd = open_nameless();
    if (spool->fd < 0 || !write_all(spool->fd, spool->buffer, spool->used)) return false;
    spool->written += spool->used;
    spool->used = 0;
    return true;
}

bool row_spool_add(Spool *spool, const void *bytes, size_t size) {
    const char *from = bytes;
    while (size > 0) {
        size_t fits = spool->memory_max - spool->used;
        if (fits > size) fits = size;
        memcpy(spool->buffer + spool->used, from, fits);
        spool->used += fits;
        from += fits;
        size -= fits;
        if (spool->used == spool->memory_max && !spill(spool)) return false;
    }
    return true;
}

static bool read_all(int fd, uint64_t at, char *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = pread(fd, bytes, size, (off_t)at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes += n;
        at += (uint64_t)n;
        size -= (size_t)n;
    }
    return true;
}

/* The block that holds a byte of the file; NULL when it cannot be read. */
static const Block *find_block(Spool *spool, uint64_t at) {
    if (!spool->blocks) spool->blocks = mem_array(spool, Block, BLOCKS_KEPT);
    uint64_t number = at / BLOCK + 1, start = (number - 1) * BLOCK;
    Block *block = &spool->blocks[number % BLOCKS_KEPT];
    if (block->number == number) return block;
    size_t size = spool->written - start < BLOCK ? (size_t)(spool->written - start) : BLOCK;
    block->number = 0;
    if (!read_all(spool->fd, start, block->bytes, size)) return NULL;
    /* A block that is not full yet would be stale after the next spill. */
    if (size == BLOCK) block->number = number;
    return block;
}

bool row_spool_read(Spool *spool, uint64_t at, void *ret_bytes, size_t size) {
    if (at > row_spool_size(spool) || size > row_spool_size(spool) - at) return false;
    char *to = ret_bytes;
    while (size > 0 && at < spool->written) {
        const Block *block = find_block(spool, at);
        if (!block) return false;
        size_t offset = at % BLOCK, part = BLOCK - offset;
        if (part > size) part = size;
        if (part > spool->written - at) part = (size_t)(spool->written - at);
        memcpy(to, block->bytes + offset, part);
        to += part;
        at += part;
        size -= part;
    }
    if (size > 0) memcpy(to, spool->buffer + (at - spool->written), size);
    return true;
}
