/* web/upload.c: see upload.h. */
#include "web/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"

#define PIECE ((size_t)64 << 10)

/* All of an open file into the writer. 0, or 1 with findings. */
static int copy(int from, AttachmentWriter *writer, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *piece = mem_array(scratch, char, PIECE);
    ssize_t n;
    while ((n = read(from, piece, PIECE)) > 0)
        if (attachment_add(writer, piece, (size_t)n, diag)) return 1;
    if (!n) return 0;
    diag_error(diag, PLACE_NONE, "unreadable", "the file did not arrive whole; send it again");
    return 1;
}

int upload_keep(Visit *visit, const HttpFile *file, Attachment **ret_attachment) {
    AttachmentWriter *writer;
    int from = open(file->path, O_RDONLY | O_CLOEXEC);
    if (from < 0) return -1;
    int wrong = attachment_begin(visit->ctx, visit->store, visit->diag, &writer);
    if (!wrong) wrong = copy(from, writer, visit->diag);
    close(from);
    if (!wrong) wrong = attachment_end(visit->ctx, writer, file->name, &visit->actor, visit->diag, ret_attachment);
    return wrong ? WEB_WRONG : 0;
}
