/* ledger/attachment.c: see attachment.h. Reading and writing go by pieces; memory does not grow with the files. */
#include "ledger/attachment.h"

#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#define PIECE        ((size_t)256 << 10)
#define FILE_MODE    0440 /* nobody writes into evidence */
#define UNKNOWN_TYPE "application/octet-stream"

char *attachment_place(const void *ctx, const char *hash) {
    if (strlen(hash) != HASH_HEX_SIZE - 1 || strspn(hash, "0123456789abcdef") != HASH_HEX_SIZE - 1) return NULL;
    return mem_printf(ctx, "files/%.2s/%s", hash, hash);
}

/* --- in --- */

struct AttachmentWriter {
    Store *store;
    char *beside; /* where it is written; NULL once it has taken its place */
    int file;
    Hash *hash;
    uint64_t size;
};

static int drop_unfinished(AttachmentWriter *writer) {
    if (writer->file >= 0) close(writer->file);
    if (writer->beside) (void)unlink(writer->beside);
    return 0;
}

static int refuse_write(const AttachmentWriter *writer, Diag *diag) {
    diag_error(diag, PLACE_FILE(writer->store->folder), "attachment-write",
               "the attachment cannot be written (%s); check the folder's rights and space", strerrordesc_np(errno));
    return 1;
}

int attachment_begin(const void *ctx, Store *store, Diag *diag, AttachmentWriter **ret_writer) {
    AttachmentWriter *writer = mem_new(ctx, AttachmentWriter);
    writer->store = store;
    writer->hash = hash_new(writer, HASH_SM3);
    hash_start(writer->hash);
    char *beside = mem_printf(writer, "%s/files/.new-XXXXXX", store->folder);
    writer->file = mkostemp(beside, O_CLOEXEC);
    if (writer->file < 0) {
        int result = refuse_write(writer, diag);
        talloc_free(writer);
        return result;
    }
    writer->beside = beside;
    talloc_set_destructor(writer, drop_unfinished);
    *ret_writer = writer;
    return 0;
}

int attachment_add(AttachmentWriter *writer, const void *bytes, size_t size, Diag *diag) {
    writer->size += size;
    if (writer->size > ATTACHMENT_MAX) {
        diag_error(diag, PLACE_NONE, "attachment-size", "the file has more than %llu MiB; divide it or make it smaller",
                   (unsigned long long)(ATTACHMENT_MAX >> 20));
        return 1;
    }
    hash_add(writer->hash, bytes, size);
    for (const char *at = bytes; size;) {
        ssize_t n = write(writer->file, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return refuse_write(writer, diag);
        at += n;
        size -= (size_t)n;
    }
    return 0;
}

static int take_place(AttachmentWriter *writer, const char *path, Diag *diag) {
    if (!access(path, F_OK)) return 0; /* the same content was there before: it stays, and ours goes */
    char *folder = mem_strndup(writer, path, (size_t)(file_base_name(path) - path));
    if (file_make_folder(folder, diag)) return 1;
    if (fchmod(writer->file, FILE_MODE) < 0) return refuse_write(writer, diag);
    if (file_settle(writer->beside, path, diag)) return 1;
    writer->beside = NULL;
    return 0;
}

int attachment_settle(AttachmentWriter *writer, const char *expected, Diag *diag, char *ret_hash) {
    hash_end_hex(writer->hash, ret_hash);
    if (expected && strcmp(ret_hash, expected)) return ATTACHMENT_E_OTHER;
    return take_place(writer, mem_printf(writer, "%s/%s", writer->store->folder, attachment_place(writer, ret_hash)),
                      diag);
}

/* The MIME type of what was written. */
static char *sniff(const void *ctx, int file) {
    magic_t magic = magic_open(MAGIC_MIME_TYPE);
    const char *type = NULL;
    if (magic && magic_load(magic, NULL) == 0 && lseek(file, 0, SEEK_SET) == 0) type = magic_descriptor(magic, file);
    char *copy = mem_strdup(ctx, type ? type : UNKNOWN_TYPE);
    if (magic) magic_close(magic);
    return copy;
}

static int insert_row(Store *store, const Attachment *attachment) {
    return store_run(
        store,
        "INSERT INTO attachment (org, hash, size, type, name, at, actor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT (org, hash) DO NOTHING",
        DB_VALUES(VALUE_OF_TEXT(attachment->hash), VALUE_OF_INT(attachment->size), VALUE_OF_TEXT(attachment->type),
                  VALUE_OF_TEXT(attachment->name), VALUE_OF_TEXT(attachment->at), VALUE_OF_TEXT(attachment->actor)));
}

int attachment_end(const void *ctx, AttachmentWriter *writer, const char *name, const Actor *actor, Diag *diag,
                   Attachment **ret_attachment) {
    char at[INSTANT_SIZE];
    instant_now(at);
    Attachment new = {
        .size = (int64_t)writer->size, .type = sniff(writer, writer->file), .at = at, .actor = actor->name};
    new.name = text_shorten(writer, file_base_name(name), ATTACHMENT_NAME_MAX);
    if (attachment_settle(writer, NULL, diag, new.hash)) return 1;
    Store *store = writer->store;
    int fault = insert_row(store, &new);
    if (!fault) fault = attachment_find(ctx, store, new.hash, ret_attachment);
    return fault ? store_fault(store, fault, diag), 1 : 0;
}

/* --- out --- */

int attachment_find(const void *ctx, Store *store, const char *hash, Attachment **ret_attachment) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT size, type, name, at, actor FROM attachment WHERE org = ?1 AND hash = ?2",
                          DB_VALUES(VALUE_OF_TEXT(hash)), &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) {
        Attachment *found = mem_new(ctx, Attachment);
        found->size = stmt_int(stmt, 0);
        found->type = mem_strdup(found, stmt_text(stmt, 1));
        found->name = mem_strdup(found, stmt_text(stmt, 2));
        found->at = mem_strdup(found, stmt_text(stmt, 3));
        found->actor = mem_strdup(found, stmt_text(stmt, 4));
        (void)snprintf(found->hash, sizeof found->hash, "%s", hash);
        *ret_attachment = found;
    }
    return stmt_end_found(stmt, step);
}

/* --- all of them --- */

/* Opens a content for reading; -1 when it is missing or has not that size. */
static int open_content(const Store *store, const char *hash, int64_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *place = attachment_place(scratch, hash);
    if (!place) return -1;
    int file = open(mem_printf(scratch, "%s/%s", store->folder, place), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat about;
    if (file >= 0 && (fstat(file, &about) < 0 || !S_ISREG(about.st_mode) || about.st_size != size)) {
        close(file);
        return -1;
    }
    return file;
}

int attachment_each(Store *store, AttachmentTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int fault = db_prepare(scratch, store->db, "SELECT hash, size FROM attachment WHERE org = ?1 ORDER BY hash", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 1, store->org);
    stmt_stream(stmt);
    int result = 0, step = 0;
    while (!result && (step = stmt_step(stmt)) == DB_ROW) result = take(stmt_text(stmt, 0), stmt_int(stmt, 1), data);
    return step < 0 ? step : result;
}

typedef struct Checking {
    Store *store;
    DiagLevel level;
    Diag *diag;
    Hash *hash;
    char *piece;
    int64_t count;
} Checking;

static bool has_hash(const Checking *checking, int file, const char *expected) {
    char hex[HASH_HEX_SIZE];
    ssize_t n;
    hash_start(checking->hash);
    while ((n = read(file, checking->piece, PIECE)) > 0) hash_add(checking->hash, checking->piece, (size_t)n);
    hash_end_hex(checking->hash, hex);
    return n == 0 && !strcmp(hex, expected);
}

static int check_one(const char *hash, int64_t size, void *data) {
    Checking *checking = data;
    checking->count++;
    int file = open_content(checking->store, hash, size);
    bool sound = file >= 0 && has_hash(checking, file, hash);
    if (file >= 0) close(file);
    if (sound) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *place = attachment_place(scratch, hash);
    bool missing = place && access(mem_printf(scratch, "%s/%s", checking->store->folder, place), F_OK);
    diag_add(checking->diag, checking->level, PLACE_FILE(place ? place : "files"),
             missing ? "attachment-missing" : "attachment-altered", hash,
             missing ? label_format(scratch, "the attachment is missing; put it back from a backup")
                     : label_format(scratch, "the attachment was altered; put it back from a backup"));
    return 0;
}

int attachment_check(Store *store, DiagLevel level, Diag *diag, int64_t *ret_count) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Checking checking = {.store = store, .level = level, .diag = diag};
    checking.hash = hash_new(scratch, HASH_SM3);
    checking.piece = mem_array(scratch, char, PIECE);
    int fault = attachment_each(store, check_one, &checking);
    *ret_count = checking.count;
    return fault;
}
