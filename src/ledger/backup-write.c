/* ledger/backup-write.c: writing a backup and checking it.
 *
 * libzip pulls: nothing is read before zip_close, which asks one entry after the other for its bytes. So the snapshot
 * stays open until then, tables stream through one statement each, and the manifest, the last entry, is written when
 * every row has been counted and hashed. Memory does not grow with the tables. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "base/mem.h"
#include "ledger/archive.h"
#include "ledger/attachment.h"
#include "ledger/backup.h"
#include "ledger/folder.h"
#include "ledger/manifest.h"
#include "ledger/table-csv.h"

#define WAITING_BYTES ((size_t)64 << 10) /* of a table's rows made at once */
#define LEVEL         3                  /* of deflate: near the best on rows, three times as fast */
#define ZONE_SECONDS  (8 * 60 * 60)      /* China */

typedef struct Backup {
    Store *store;
    zip_t *zip;
    Manifest manifest;
    Diag *diag;
    int fault; /* of the database, while libzip pulled */
} Backup;

/* --- an entry as libzip pulls it --- */

typedef struct Source {
    Backup *backup;
    ManifestTable *table; /* NULL: the manifest */
    Stmt *stmt;
    Hash *hash;
    Buf waiting;
    size_t taken; /* of what waits */
    bool ended;
} Source;

/* Rows that libzip has not pulled yet are counted in already. */
static void add_waiting(Source *source, size_t from) {
    hash_add(source->hash, source->waiting.data + from, source->waiting.size - from);
}

static void end_table(Source *source) {
    hash_end_hex(source->hash, source->table->hash);
    source->ended = true;
}

static void add_row(Source *source) {
    size_t from = source->waiting.size;
    for (size_t i = 0; i < source->table->n_columns; i++) {
        size_t size;
        if (strcmp(source->table->columns[i].type, "blob")) {
            table_csv_cell(&source->waiting, stmt_text(source->stmt, (int)i), !i);
        } else {
            const void *bytes = stmt_blob(source->stmt, (int)i, &size);
            table_csv_hex(&source->waiting, bytes, size, !i);
        }
    }
    table_csv_end_row(&source->waiting);
    add_waiting(source, from);
    source->table->rows++;
}

static int fill_rows(Source *source) {
    int step = DB_ROW;
    while (source->waiting.size < WAITING_BYTES && (step = stmt_step(source->stmt)) == DB_ROW) add_row(source);
    if (step == 0) end_table(source);
    return step < 0 ? step : 0;
}

/* Makes the next bytes. 0 or a fault. */
static int fill(Source *source) {
    buf_clear(&source->waiting);
    source->taken = 0;
    if (source->table) return fill_rows(source);
    buf_add(&source->waiting, manifest_write(source, &source->backup->manifest));
    source->ended = true;
    return 0;
}

static int start_table(Source *source) {
    const ManifestTable *table = source->table;
    Buf sql = BUF_INIT(source);
    buf_add(&sql, "SELECT ");
    for (size_t i = 0; i < table->n_columns; i++) {
        buf_printf(&sql, "%s\"%s\"", i ? ", " : "", table->columns[i].name);
        table_csv_cell(&source->waiting, table->columns[i].name, !i);
    }
    table_csv_end_row(&source->waiting);
    buf_printf(&sql, " FROM \"%s\"", table->name);
    source->hash = hash_new(source, HASH_SM3);
    hash_start(source->hash);
    add_waiting(source, 0);
    int fault = db_prepare(source, source->backup->store->db, sql.data, &source->stmt);
    if (!fault) stmt_stream(source->stmt);
    return fault;
}

static zip_int64_t pull(Source *source, void *room, size_t size) {
    size_t done = 0;
    while (done < size && !source->backup->fault) {
        size_t n = source->waiting.size - source->taken;
        if (n > size - done) n = size - done;
        if (n) memcpy((char *)room + done, source->waiting.data + source->taken, n);
        source->taken += n;
        done += n;
        if (source->taken < source->waiting.size) continue;
        if (source->ended) break;
        source->backup->fault = fill(source);
    }
    return source->backup->fault ? -1 : (zip_int64_t)done;
}

static zip_int64_t describe(void *room, zip_uint64_t size) {
    zip_stat_t *about = room;
    if (size < sizeof *about) return -1;
    zip_stat_init(about);
    about->mtime = time(NULL);
    about->valid = ZIP_STAT_MTIME;
    return sizeof *about;
}

static zip_int64_t tell_error(void *room, zip_uint64_t size) {
    zip_error_t error;
    zip_error_init_with_code(&error, ZIP_ER_INTERNAL); /* its words are the database's, told by the caller */
    zip_int64_t told = zip_error_to_data(&error, room, size);
    zip_error_fini(&error);
    return told;
}

static zip_int64_t answer(void *data, void *room, zip_uint64_t size, zip_source_cmd_t command) {
    Source *source = data;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        if (source->table) source->backup->fault = start_table(source);
        return source->backup->fault ? -1 : 0;
    case ZIP_SOURCE_READ:
        return pull(source, room, (size_t)size);
    case ZIP_SOURCE_CLOSE:
        TALLOC_FREE(source->stmt);
        return 0;
    case ZIP_SOURCE_STAT:
        return describe(room, size);
    case ZIP_SOURCE_ERROR:
        return tell_error(room, size);
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        return -1;
    }
}

/* --- entries --- */

static int refuse(const Backup *backup, const char *what, Diag *diag) {
    diag_error(diag, PLACE_FILE(what), "backup-write",
               "the backup cannot be written (%s); check the folder, its rights and its space",
               zip_strerror(backup->zip));
    return 1;
}

/* Hands the source over to the archive. */
static int add_entry(Backup *backup, const char *name, zip_source_t *source, bool compress) {
    zip_int64_t index = source ? zip_file_add(backup->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        return refuse(backup, name, backup->diag);
    }
    (void)zip_set_file_compression(backup->zip, (zip_uint64_t)index, compress ? ZIP_CM_DEFLATE : ZIP_CM_STORE, LEVEL);
    return 0;
}

static int add_source(Backup *backup, const char *name, ManifestTable *table, const void *ctx) {
    Source *source = mem_new(ctx, Source);
    source->backup = backup;
    source->table = table;
    source->waiting = BUF_INIT(source);
    return add_entry(backup, name, zip_source_function(backup->zip, answer, source), true);
}

/* A file below the data folder under the same name. */
static int add_file(Backup *backup, const char *below, bool compress) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *path = mem_printf(scratch, "%s/%s", backup->store->folder, below);
    return add_entry(backup, below, zip_source_file(backup->zip, path, 0, -1), compress);
}

static int add_definition(const char *below, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    return add_file(data, mem_printf(scratch, "defs/%s", below), true);
}

/* A lost one is said, and does not keep the others from being saved. */
static int add_attachment(const char *hash, int64_t size, void *data) {
    Backup *backup = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *place = attachment_place(scratch, hash);
    (void)size;
    if (place && !access(mem_printf(scratch, "%s/%s", backup->store->folder, place), R_OK))
        return add_file(backup, place, false);
    diag_warn(backup->diag, PLACE_FILE(place ? place : "files"), "attachment-missing",
              "the attachment is missing and not in the backup; put it back from an earlier one");
    return 0;
}

/* --- the whole --- */

typedef struct Wanted {
    bool key, files;
} Wanted;

static int add_all(Backup *backup, Wanted wanted, const void *ctx) {
    Manifest *manifest = &backup->manifest;
    manifest->has_key = wanted.key;
    manifest->has_files = wanted.files;
    int result = 0;
    for (size_t i = 0; !result && i < manifest->n_tables; i++) {
        const char *name = mem_printf(ctx, "tables/%s.csv", manifest->tables[i].name);
        result = add_source(backup, name, &manifest->tables[i], ctx);
    }
    if (!result) result = folder_each(mem_printf(ctx, "%s/defs", backup->store->folder), add_definition, backup);
    if (!result && wanted.files) result = attachment_each(backup->store, add_attachment, backup);
    if (!result && wanted.key) result = add_file(backup, "seal.key", true);
    if (!result) result = add_source(backup, MANIFEST_NAME, NULL, ctx);
    return result;
}

/* An empty file that only its owner can read, whose mode libzip keeps. */
static int open_private(Backup *backup, const char *path) {
    int code = ZIP_ER_OPEN;
    (void)unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) close(file);
    backup->zip = file < 0 ? NULL : zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (backup->zip) return 0;
    diag_error(backup->diag, PLACE_FILE(path), "backup-write",
               "the backup cannot be written (%s); check the folder, its rights and its space", strerrordesc_np(errno));
    return 1;
}

/* Within the snapshot. 0, a fault, or 1 with findings. */
static int write_zip(Backup *backup, const char *path, Wanted wanted, const void *ctx) {
    int result = manifest_draw(ctx, backup->store, &backup->manifest);
    if (!result) result = open_private(backup, path);
    if (result) return result;
    result = add_all(backup, wanted, ctx);
    if (!result && zip_close(backup->zip) == 0) return 0;
    if (!result) result = backup->fault ? backup->fault : refuse(backup, path, backup->diag);
    zip_discard(backup->zip);
    return result;
}

static int write_backup(Store *store, const char *path, Wanted wanted, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Backup backup = {.store = store, .diag = diag};
    const char *beside = mem_printf(scratch, "%s.%d.part", path, (int)getpid()); /* two may write at once */
    int result = db_begin(store->db, DB_SNAPSHOT);
    if (!result) {
        result = write_zip(&backup, beside, wanted, scratch);
        if (result < 0) (void)store_fault(store, result, diag);
        db_rollback(store->db); /* it was only read */
    } else {
        (void)store_fault(store, result, diag);
    }
    if (!result) result = file_settle(beside, path, diag);
    if (result) (void)unlink(beside);
    return result ? 1 : 0;
}

int backup_write(Store *store, const char *path, bool with_key, Diag *diag) {
    return write_backup(store, path, (Wanted){.key = with_key, .files = true}, diag);
}

/* --- reading back --- */

static int hash_piece(const char *bytes, size_t size, void *data) {
    hash_add(data, bytes, size);
    return 0;
}

static int check_table(Archive *archive, const ManifestTable *table, Hash *hash, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *name = mem_printf(scratch, "tables/%s.csv", table->name);
    char hex[HASH_HEX_SIZE];
    hash_start(hash);
    if (archive_each(archive, name, hash_piece, hash, diag)) return 1;
    hash_end_hex(hash, hex);
    if (!strcmp(hex, table->hash)) return 0;
    diag_error(diag, PLACE_FILE(archive_path(archive)), "backup-damaged",
               "'%s' in the backup is not what was written; check the disk", name);
    return 1;
}

static int check_backup(const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Archive *archive;
    Manifest manifest;
    char *text;
    size_t size;
    if (archive_open(scratch, path, diag, &archive)) return 1;
    if (archive_read(scratch, archive, MANIFEST_NAME, MANIFEST_MAX, diag, &text, &size)) return 1;
    int result = manifest_read(scratch, path, text, size, diag, &manifest);
    Hash *hash = hash_new(scratch, HASH_SM3);
    for (size_t i = 0; !result && i < manifest.n_tables; i++)
        result = check_table(archive, &manifest.tables[i], hash, diag);
    return result;
}

/* Attachments stay where they are whatever becomes of the tables, so the copy does without them. */
int backup_before(Store *store, const char *reason, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folder = mem_printf(scratch, "%s/backups", store->folder);
    if (file_make_folder(folder, diag)) return 1;
    char stamp[sizeof "20200705-101109"];
    time_t now = time(NULL) + ZONE_SECONDS;
    struct tm split;
    (void)strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", gmtime_r(&now, &split));
    const char *path = mem_printf(scratch, "%s/%s-%s.zip", folder, reason, stamp);
    if (write_backup(store, path, (Wanted){0}, diag)) return 1;
    return check_backup(path, diag);
}
