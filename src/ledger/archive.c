/* ledger/archive.c: reading through libzip, which checks the CRC of an entry at its end. */
#include "ledger/archive.h"

#include <string.h>
#include <zip.h>

#include "base/buf.h"
#include "base/mem.h"

#define PIECE ((size_t)64 << 10)

struct Archive {
    zip_t *zip;
    const char *path;
    char *piece;
};

static int close_zip(Archive *archive) {
    zip_discard(archive->zip);
    return 0;
}

int archive_open(const void *ctx, const char *path, Diag *diag, Archive **ret_archive) {
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (!zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        diag_error(diag, PLACE_FILE(path), "backup-damaged", "this is not a whole backup (%s); use another one",
                   zip_error_strerror(&error));
        zip_error_fini(&error);
        return 1;
    }
    Archive *archive = mem_new(ctx, Archive);
    archive->zip = zip;
    archive->path = mem_strdup(archive, path);
    archive->piece = mem_array(archive, char, PIECE);
    talloc_set_destructor(archive, close_zip);
    *ret_archive = archive;
    return 0;
}

const char *archive_path(const Archive *archive) { return archive->path; }

size_t archive_count(const Archive *archive) { return (size_t)zip_get_num_entries(archive->zip, 0); }

const char *archive_name(const Archive *archive, size_t index) {
    const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

static int damaged(const Archive *archive, const char *name, Diag *diag) {
    diag_error(diag, PLACE_FILE(archive->path), "backup-damaged",
               "'%s' in the backup is missing or damaged; use another backup", name);
    return 1;
}

int archive_each(Archive *archive, const char *name, ArchiveTake take, void *data, Diag *diag) {
    zip_file_t *entry = zip_fopen(archive->zip, name, 0);
    if (!entry) return damaged(archive, name, diag);
    int result = 0;
    zip_int64_t n = 0;
    while (!result && (n = zip_fread(entry, archive->piece, PIECE)) > 0) result = take(archive->piece, (size_t)n, data);
    int closed = zip_fclose(entry);
    return result ? result : n < 0 || closed ? damaged(archive, name, diag) : 0;
}

typedef struct Whole {
    Buf bytes;
    size_t max;
    bool too_large;
} Whole;

static int add_piece(const char *bytes, size_t size, void *data) {
    Whole *whole = data;
    whole->too_large = size > whole->max - whole->bytes.size;
    if (!whole->too_large) buf_add_bytes(&whole->bytes, bytes, size);
    return whole->too_large;
}

int archive_read(const void *ctx, Archive *archive, const char *name, size_t max, Diag *diag, char **ret_bytes,
                 size_t *ret_size) {
    Whole whole = {.bytes = BUF_INIT(ctx), .max = max};
    int result = archive_each(archive, name, add_piece, &whole, diag);
    if (whole.too_large)
        diag_error(diag, PLACE_FILE(archive->path), "backup-damaged",
                   "'%s' in the backup is larger than %zu bytes; use another backup", name, max);
    if (result) return 1;
    *ret_size = whole.bytes.size;
    *ret_bytes = whole.bytes.data ? whole.bytes.data : mem_strdup(ctx, "");
    return 0;
}
