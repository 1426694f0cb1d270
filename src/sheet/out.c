/* sheet/out.c: written beside the target, synced, renamed. */
#include "sheet/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define NEW_MODE 0644 /* of a file that replaces none */

int out_refuse(const OutFile *out, Diag *diag, const char *reason) {
    diag_error(diag, PLACE_FILE(out->path), "sheet-write",
               "the file cannot be written (%s); check the folder, its rights and its space", reason);
    return 1;
}

static int out_end(OutFile *out) {
    unlink(out->name);
    return 0;
}

int out_open(const void *ctx, const char *path, Diag *diag, OutFile **ret_out) {
    OutFile *out = mem_new(ctx, OutFile);
    out->path = mem_strdup(out, path);
    size_t folder = (size_t)(file_base_name(path) - path);
    out->folder = folder ? mem_strndup(out, path, folder) : ".";
    char *name = mem_printf(out, "%s.XXXXXX", path);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0) return out_refuse(out, diag, strerrordesc_np(errno));
    out->name = name;
    talloc_set_destructor(out, out_end);
    struct stat old;
    int r = fchmod(fd, stat(path, &old) == 0 ? old.st_mode & 0777 : NEW_MODE);
    close(fd);
    if (r < 0) return out_refuse(out, diag, strerrordesc_np(errno));
    *ret_out = out;
    return 0;
}

static int sync_path(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return -1;
    int r = fsync(fd), error = errno;
    close(fd);
    errno = error;
    return r;
}

int out_commit(OutFile *out, Diag *diag) {
    if (sync_path(out->name, O_RDWR) < 0 || rename(out->name, out->path) < 0)
        return out_refuse(out, diag, strerrordesc_np(errno));
    talloc_set_destructor(out, NULL);
    if (sync_path(out->folder, O_RDONLY | O_DIRECTORY) < 0) return out_refuse(out, diag, strerrordesc_np(errno));
    return 0;
}
