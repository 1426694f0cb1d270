/* base/file.c: whole files. A written file appears under its name only when it is complete and on disk. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define FILE_MAX    ((size_t)255 << 20) /* talloc gives no larger block */
#define FOLDER_MODE 0755
#define TRIES_MAX   100 /* names tried for the new file */

static void fd_close(const int *fd) {
    if (*fd >= 0) close(*fd);
}
#define FD_SCOPED __attribute__((cleanup(fd_close))) int

/* Adds a finding with the system's reason; always 1. The reason is English in either language, as in the log. */
static int fail(Diag *diag, const char *path, const char *code, const char *english) {
    diag_error(diag, PLACE_FILE(path), code, english, strerrordesc_np(errno));
    return 1;
}

static int fail_write(Diag *diag, const char *path) {
    return fail(diag, path, "file-write",
                "the file cannot be written (%s); check the folder, its rights and its space");
}

/* Reads until size bytes are there or the file ends; the number read, or -1. */
static ssize_t read_all(int fd, char *bytes, size_t size) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(fd, bytes + done, size - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        if (n == 0) break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

static int write_all(int fd, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        bytes += n;
        size -= (size_t)n;
    }
    return 0;
}

int file_read(const void *ctx, const char *path, size_t max, Diag *diag, char **ret_bytes, size_t *ret_size) {
    static const char CANNOT[] = "the file cannot be read (%s); check its name and your rights";
    FD_SCOPED fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not keep us waiting */
    struct stat about;
    if (fd < 0 || fstat(fd, &about) < 0) return fail(diag, path, "file-read", CANNOT);
    if (!S_ISREG(about.st_mode)) {
        diag_error(diag, PLACE_FILE(path), "file-kind", "this is not a regular file; name a file");
        return 1;
    }
    if (max > FILE_MAX) max = FILE_MAX;
    size_t size = (size_t)about.st_size;
    if (size > max) {
        diag_error(diag, PLACE_FILE(path), "file-size", "the file has %zu bytes, at most %zu are read; split it", size,
                   max);
        return 1;
    }
    char *bytes = mem_array(ctx, char, size + 1);
    ssize_t n = read_all(fd, bytes, size);
    if (n < 0) {
        talloc_free(bytes);
        return fail(diag, path, "file-read", CANNOT);
    }
    *ret_bytes = bytes;
    *ret_size = (size_t)n;
    return 0;
}

/* Opens a new file beside path under a name that is free. */
static int open_beside(const char *path, const void *ctx, char **ret_name) {
    static atomic_uint serial;
    for (int i = 0; i < TRIES_MAX; i++) {
        char *name = mem_printf(ctx, "%s.%d-%u.new", path, (int)getpid(), atomic_fetch_add(&serial, 1));
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) *ret_name = name;
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* A file that replaces another keeps its mode, so that a private one stays private. */
static int copy_mode(const char *path, int fd) {
    struct stat old;
    if (stat(path, &old) < 0) return errno == ENOENT ? 0 : -1;
    return fchmod(fd, old.st_mode & 07777);
}

/* Makes a rename in the folder of path last. */
static int sync_folder(const char *path, const void *ctx) {
    size_t length = (size_t)(file_base_name(path) - path);
    const char *folder = length ? mem_strndup(ctx, path, length) : ".";
    FD_SCOPED fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? -1 : fsync(fd);
}

/* The open file `beside` takes the place of path, contents first. */
static int settle(int fd, const char *beside, const char *path, const void *ctx) {
    return fsync(fd) < 0 || rename(beside, path) < 0 ? -1 : sync_folder(path, ctx);
}

int file_settle(const char *beside, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    FD_SCOPED fd = open(beside, O_RDONLY | O_CLOEXEC);
    return fd < 0 || settle(fd, beside, path, scratch) < 0 ? fail_write(diag, path) : 0;
}

int file_write(const char *path, const void *bytes, size_t size, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *name = NULL;
    FD_SCOPED fd = open_beside(path, scratch, &name);
    if (fd < 0) return fail_write(diag, path);
    if (copy_mode(path, fd) < 0 || write_all(fd, bytes, size) < 0 || settle(fd, name, path, scratch) < 0) {
        int result = fail_write(diag, path);
        unlink(name);
        return result;
    }
    return 0;
}

bool file_is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

int file_make_folder(const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *part = mem_strdup(scratch, path);
    for (char *at = part; *at;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char kept = *at;
        *at = '\0';
        if (mkdir(part, FOLDER_MODE) < 0 && !(errno == EEXIST && file_is_folder(part)))
            return fail(diag, path, "folder-make", "the folder cannot be made (%s); check the path and your rights");
        *at = kept;
    }
    return 0;
}

const char *file_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *file_extension(const char *path) {
    const char *name = file_base_name(path);
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? dot + 1 : "";
}
