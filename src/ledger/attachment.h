/* ledger/attachment.h: evidence as files: DIR/files/ab/abcdef…, named by the SM3 hash of the content.
 *
 * A file comes in as a stream, is written beside its place, and takes it when it is whole; what is there is never
 * overwritten. The row of table `attachment` says what it is called and what kind of file it is; records name it by
 * its hash in fields of kind `file`. */
#ifndef LEDGER_ATTACHMENT_H
#define LEDGER_ATTACHMENT_H

#include "ledger/store.h"
#include "people/actor.h"

#define ATTACHMENT_MAX      ((uint64_t)200 << 20) /* bytes of one file */
#define ATTACHMENT_NAME_MAX 200u                  /* characters of a name; longer ones are cut */

typedef struct Attachment {
    char hash[HASH_HEX_SIZE];
    int64_t size;
    const char *type; /* "application/pdf": by its content, whatever its name says */
    const char *name; /* as it was first called, without folders */
    const char *at;   /* UTC instant */
    const char *actor;
} Attachment;

/* --- in --- */

typedef struct AttachmentWriter AttachmentWriter;

/* Opens a new file in DIR/files. Owned by ctx; freeing it takes away what was not ended. 0, or 1 with findings. */
int attachment_begin(const void *ctx, Store *store, Diag *diag, AttachmentWriter **ret_writer);
/* 0, or 1 with findings: larger than ATTACHMENT_MAX, disk full. */
int attachment_add(AttachmentWriter *writer, const void *bytes, size_t size, Diag *diag);
/* The content takes its place, named by *ret_hash (HASH_HEX_SIZE). With `expected` nothing but that content is kept.
 * For backup_restore, which has the rows already; everybody else ends with attachment_end. 0, ATTACHMENT_E_OTHER, or 1
 * with findings. */
enum { ATTACHMENT_E_OTHER = 2 };
int attachment_settle(AttachmentWriter *writer, const char *expected, Diag *diag, char *ret_hash);
/* The same, and its row. A content that is known already keeps its first name. Owned by ctx. 0, or 1 with findings. */
int attachment_end(const void *ctx, AttachmentWriter *writer, const char *name, const Actor *actor, Diag *diag,
                   Attachment **ret_attachment);

/* --- out --- */

enum { ATTACHMENT_E_NONE = 1 };

/* 0, ATTACHMENT_E_NONE, or a fault. Owned by ctx. */
int attachment_find(const void *ctx, Store *store, const char *hash, Attachment **ret_attachment);

/* Where a content lies: "files/ab/abcdef…" below the data folder, owned by ctx. NULL when this is not a hash. */
char *attachment_place(const void *ctx, const char *hash);

/* --- all of them --- */

typedef int (*AttachmentTake)(const char *hash, int64_t size, void *data);
/* In order of hash; a non-zero answer ends it and is returned. 0, or a fault. */
int attachment_each(Store *store, AttachmentTake take, void *data);
/* Reads every content: missing and altered ones become findings of that level. 0, or a fault. */
int attachment_check(Store *store, DiagLevel level, Diag *diag, int64_t *ret_count);

#endif
