/* http/spool.c: uploads are files from the first byte, so that their size costs no memory. */
#include "http/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define PREFIX       "upload-"
#define LEFT_SECONDS 86400 /* no request lasts a day: what is older was left behind */

struct Spool {
    int fd; /* -1 once closed */
    size_t size;
    char *path;
};

static int spool_end(Spool *spool) {
    spool_close(spool);
    unlink(spool->path);
    return 0;
}

Spool *spool_new(const void *ctx, const char *folder) {
    Spool *spool = mem_new(ctx, Spool);
    spool->path = mem_printf(spool, "%s/" PREFIX "XXXXXX", folder);
    spool->fd = mkostemp(spool->path, O_CLOEXEC);
    if (spool->fd < 0) return NULL;
    talloc_set_destructor(spool, spool_end);
    return spool;
}

const char *spool_path(const Spool *spool) { return spool->path; }

size_t spool_size(const Spool *spool) { return spool->size; }

int spool_add(Spool *spool, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = write(spool->fd, bytes, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return 1;
        bytes += n;
        size -= (size_t)n;
        spool->size += (size_t)n;
    }
    return 0;
}

void spool_close(Spool *spool) {
    if (spool->fd >= 0) close(spool->fd);
    spool->fd = -1;
}

void spool_sweep(const char *folder) {
    DIR *dir = opendir(folder);
    struct stat found;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0) continue;
        if (fstatat(dirfd(dir), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(found.st_mode) &&
            found.st_mtime < time(NULL) - LEFT_SECONDS)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir) closedir(dir);
}
