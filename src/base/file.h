/* base/file.h: whole files in and out, bounded and never half done. Messages go to a Diag with the file's name. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* Reads a regular file of at most max bytes, NUL-terminated behind the end, owned by ctx. 0, or 1 with a finding. */
int file_read(const void *ctx, const char *path, size_t max, Diag *diag, char **ret_bytes, size_t *ret_size);
/* Writes a new file beside path, syncs it and renames it over path: either the old or the whole new content. 0, or 1
 * with a finding. */
int file_write(const char *path, const void *bytes, size_t size, Diag *diag);
/* The second half of that for a file too large for memory: a whole file beside path, on the same disk, takes its place.
 * 0, or 1 with a finding. */
int file_settle(const char *beside, const char *path, Diag *diag);
/* Makes a folder and its parents (mode 0755). 0, or 1 with a finding. */
int file_make_folder(const char *path, Diag *diag);
bool file_is_folder(const char *path);
const char *file_base_name(const char *path); /* lent: after the last slash */
const char *file_extension(const char *path); /* lent: "docx" without the dot, "" when none */

#endif
