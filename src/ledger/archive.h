/* ledger/archive.h: a zip file that is read, entry by entry, in constant memory. Private to ledger/.
 * Whatever is damaged becomes a finding that names the file and the entry. */
#ifndef LEDGER_ARCHIVE_H
#define LEDGER_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

typedef struct Archive Archive;

/* Owned by ctx. 0, or 1 with a finding. */
int archive_open(const void *ctx, const char *path, Diag *diag, Archive **ret_archive);
const char *archive_path(const Archive *archive);
size_t archive_count(const Archive *archive);
const char *archive_name(const Archive *archive, size_t index); /* lent; "" for a name that cannot be read */

/* Gives the content of an entry to take in pieces. A non-zero answer of take ends it and is returned, the finding being
 * the taker's. 0, or 1 with a finding when the entry is missing or damaged. */
typedef int (*ArchiveTake)(const char *bytes, size_t size, void *data);
int archive_each(Archive *archive, const char *name, ArchiveTake take, void *data, Diag *diag);
/* A small entry whole, NUL-terminated, owned by ctx. 0, or 1 with a finding. */
int archive_read(const void *ctx, Archive *archive, const char *name, size_t max, Diag *diag, char **ret_bytes,
                 size_t *ret_size);

#endif
