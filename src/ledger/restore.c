/* ledger/restore.c: a data folder from a backup.
 *
 * Tables are made by the definitions in the backup, not by the program's: what was there comes back as it was, and
 * opening the folder then brings it to the definitions of today. Everything happens in the one transaction of
 * store_make, verification included, so that what does not agree leaves nothing behind. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "ledger/archive.h"
#include "ledger/attachment.h"
#include "ledger/backup.h"
#include "ledger/manifest.h"
#include "ledger/migrate.h"
#include "ledger/schema.h"
#include "ledger/search.h"
#include "ledger/store-make.h"
#include "ledger/table-csv.h"
#include "ledger/verify.h"

#define KEY_NAME      "seal.key"
#define KEY_MAX       4096u
#define KEY_MODE      0600
#define DEFS          "defs/"
#define FILES         "files/"
#define CELL_BLOB_MAX 4096u /* bytes of a hash or another short blob */

typedef struct Restore {
    Archive *archive;
    Manifest manifest;
} Restore;

static int damaged(const Restore *restore, const char *name, Diag *diag) {
    diag_error(diag, PLACE_FILE(archive_path(restore->archive)), "backup-damaged",
               "'%s' in the backup is not what was written; use another backup", name);
    return 1;
}

/* --- one table --- */

typedef struct Loading {
    const ManifestTable *table;
    DbBulk *bulk;
    Hash *hash;
    TableCsv *csv;
    int64_t rows;
    bool has_head;
    uint8_t (*blobs)[CELL_BLOB_MAX]; /* one a column; they must live until the row is sent */
} Loading;

static int check_head(const Loading *loading, const char *const *cells, size_t n) {
    if (n != loading->table->n_columns) return TABLE_CSV_E_BROKEN;
    for (size_t i = 0; i < n; i++)
        if (!cells[i] || strcmp(cells[i], loading->table->columns[i].name)) return TABLE_CSV_E_BROKEN;
    return 0;
}

static int hex_digit(char c) {
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* False when the cell is not hex or too long. */
static bool set_blob(Loading *loading, size_t column, const char *hex) {
    uint8_t *bytes = loading->blobs[column];
    size_t size = strlen(hex) / 2;
    if (strlen(hex) % 2 || size > CELL_BLOB_MAX) return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    db_bulk_blob(loading->bulk, column, bytes, size);
    return true;
}

/* Texts of numbers and dates find their types in the column. */
static int take_row(const char *const *cells, size_t n, void *data) {
    Loading *loading = data;
    if (!loading->has_head) {
        loading->has_head = true;
        return check_head(loading, cells, n);
    }
    if (n != loading->table->n_columns) return TABLE_CSV_E_BROKEN;
    for (size_t i = 0; i < n; i++) {
        bool is_blob = !strcmp(loading->table->columns[i].type, "blob");
        if (cells[i] && !is_blob) db_bulk_value(loading->bulk, i, VALUE_OF_TEXT(cells[i]));
        if (cells[i] && is_blob && !set_blob(loading, i, cells[i])) return TABLE_CSV_E_BROKEN;
    }
    loading->rows++;
    return db_bulk_row(loading->bulk);
}

static int take_piece(const char *bytes, size_t size, void *data) {
    Loading *loading = data;
    hash_add(loading->hash, bytes, size);
    return table_csv_feed(loading->csv, bytes, size);
}

/* Columns that no definition speaks of any more are in the backup all the same. */
static int add_missing_columns(Db *db, const ManifestTable *table) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char **there;
    size_t n;
    int fault = db_columns(scratch, db, table->name, &there, &n);
    for (size_t i = 0; !fault && i < table->n_columns; i++) {
        const ManifestColumn *column = &table->columns[i];
        size_t k = 0;
        while (k < n && strcmp(there[k], column->name)) k++;
        if (k == n)
            fault = db_execf(db, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", table->name, column->name,
                             manifest_type(db, column->type));
    }
    return fault;
}

static int open_bulk(const void *ctx, Db *db, const ManifestTable *table, DbBulk **ret_bulk) {
    const char **columns = mem_array(ctx, const char *, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) columns[i] = table->columns[i].name;
    return db_bulk_open(ctx, db, table->name, columns, table->n_columns, ret_bulk);
}

static bool is_as_written(const Loading *loading) {
    char hex[HASH_HEX_SIZE];
    hash_end_hex(loading->hash, hex);
    return !strcmp(hex, loading->table->hash) && loading->rows == loading->table->rows &&
           table_csv_is_whole(loading->csv);
}

/* 0, a fault, or 1 with findings. */
static int load_table(const Restore *restore, Store *store, const ManifestTable *table, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *name = mem_printf(scratch, "tables/%s.csv", table->name);
    Loading *loading = mem_new(scratch, Loading);
    loading->table = table;
    loading->hash = hash_new(loading, HASH_SM3);
    loading->csv = table_csv_new(loading, take_row, loading);
    loading->blobs = mem_check(talloc_zero_size(loading, table->n_columns * sizeof *loading->blobs));
    int result = add_missing_columns(store->db, table);
    if (!result) result = open_bulk(loading, store->db, table, &loading->bulk);
    if (result) return result;
    size_t before = diag->errors;
    hash_start(loading->hash);
    result = archive_each(restore->archive, name, take_piece, loading, diag);
    if (!result) result = db_bulk_flush(loading->bulk);
    if (result < 0) return result;
    if (result || !is_as_written(loading)) return diag->errors > before ? 1 : damaged(restore, name, diag);
    return 0;
}

/* --- all tables --- */

static bool is_among(char *const *names, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

/* Makes the tables of the definitions without their indexes, and those of ledgers that are defined no more. */
static int create_ledgers(const Restore *restore, Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char **names;
    size_t n;
    int fault = 0;
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++) {
        const Ledger *ledger = &store->catalog->ledgers[i];
        fault = schema_create_table(store->db, ledger->table, ledger->fields, ledger->n_fields);
    }
    if (!fault) fault = db_tables(scratch, store->db, &names, &n);
    for (size_t i = 0; !fault && i < restore->manifest.n_tables; i++) {
        const char *name = restore->manifest.tables[i].name;
        if (!is_among(names, n, name)) fault = schema_create_table(store->db, name, NULL, 0);
    }
    return fault;
}

static int create_indexes(Store *store) {
    int fault = 0;
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++)
        fault = schema_create_indexes(store->db, store->catalog, &store->catalog->ledgers[i]);
    return fault;
}

static int load_tables(const Restore *restore, Store *store, bool of_ledgers, Diag *diag) {
    int result = 0;
    for (size_t i = 0; !result && i < restore->manifest.n_tables; i++) {
        const ManifestTable *table = &restore->manifest.tables[i];
        bool is_ledger = !strncmp(table->name, SCHEMA_LEDGER_PREFIX, strlen(SCHEMA_LEDGER_PREFIX));
        if (is_ledger == of_ledgers) result = load_table(restore, store, table, diag);
    }
    return result;
}

/* First the tables that all folders have, the definitions among them; then those that the definitions ask for. */
static int fill_tables(const Restore *restore, Store *store, Diag *diag) {
    int result = schema_create_common(store->db);
    if (!result) result = search_create(store->db);
    if (!result) result = load_tables(restore, store, false, diag);
    if (result) return result;
    store->catalog = migrate_kept_catalog(store, store, diag);
    if (!store->catalog) return 1;
    result = create_ledgers(restore, store);
    if (!result) result = load_tables(restore, store, true, diag);
    if (!result) result = create_indexes(store);
    if (!result) result = schema_settle(store->db);
    if (!result) result = search_rebuild(store);
    return result;
}

/* --- files --- */

/* A path that stays below the folder: no hidden part, so no .. either, and none empty. */
static bool is_safe(const char *below) {
    for (const char *part = below; part; part = strchr(part, '/')) {
        if (part != below) part++;
        if (!*part || *part == '.' || *part == '/') return false;
    }
    return true;
}

static int put_file(const Restore *restore, const Store *store, const char *name, size_t max, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *path = mem_printf(scratch, "%s/%s", store->folder, name);
    char *bytes;
    size_t size;
    if (!is_safe(name)) return damaged(restore, name, diag);
    if (archive_read(scratch, restore->archive, name, max, diag, &bytes, &size)) return 1;
    if (file_make_folder(mem_strndup(scratch, path, (size_t)(file_base_name(path) - path)), diag)) return 1;
    return file_write(path, bytes, size, diag);
}

typedef struct Attaching {
    AttachmentWriter *writer;
    Diag *diag;
} Attaching;

static int attach_piece(const char *bytes, size_t size, void *data) {
    Attaching *attaching = data;
    return attachment_add(attaching->writer, bytes, size, attaching->diag);
}

/* One whose content was altered before the backup is left out: it is not what the record was given. */
static int put_attachment(const Restore *restore, Store *store, const char *name, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Attaching attaching = {.diag = diag};
    char hash[HASH_HEX_SIZE];
    if (attachment_begin(scratch, store, diag, &attaching.writer)) return 1;
    if (archive_each(restore->archive, name, attach_piece, &attaching, diag)) return 1;
    return attachment_settle(attaching.writer, file_base_name(name), diag, hash) == 1;
}

static int fill_files(const Restore *restore, Store *store, Diag *diag) {
    int result = 0;
    for (size_t i = 0; !result && i < archive_count(restore->archive); i++) {
        const char *name = archive_name(restore->archive, i);
        if (!strncmp(name, DEFS, strlen(DEFS))) result = put_file(restore, store, name, DEFN_FILE_MAX, diag);
        if (!strncmp(name, FILES, strlen(FILES))) result = put_attachment(restore, store, name, diag);
    }
    return result;
}

/* The file is private before there is anything in it. That it is missing is said once, at the end. */
static int fill_key(const Restore *restore, Store *store, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (!restore->manifest.has_key) return seal_open(store, store->folder, false, diag_new(scratch), &store->seal);
    int file = open(mem_printf(scratch, "%s/%s", store->folder, KEY_NAME), O_WRONLY | O_CREAT | O_CLOEXEC, KEY_MODE);
    if (file >= 0) close(file);
    if (put_file(restore, store, KEY_NAME, KEY_MAX, diag)) return 1;
    return seal_open(store, store->folder, false, diag, &store->seal);
}

/* --- whether it agrees --- */

/* Tables must agree with their log. An attachment that was lost before the backup is only said: the rest is no worse.
 */
static int check_all(const Restore *restore, Store *store, Diag *diag) {
    VerifyResult result;
    int64_t count = 0;
    int fault = verify_tables(store, NULL, NULL, diag, &result);
    if (!fault && restore->manifest.has_files) fault = attachment_check(store, DIAG_WARN, diag, &count);
    if (fault || !result.bad) return fault;
    diag_error(diag, PLACE_FILE(archive_path(restore->archive)), "backup-disagrees",
               "what is in the backup does not agree with its change log; nothing was restored; use another backup");
    return 1;
}

static void tell_missing(const Restore *restore, Diag *diag) {
    Place at = PLACE_FILE(archive_path(restore->archive));
    if (!restore->manifest.has_key)
        diag_note(
            diag, at, "no-key",
            "the key was not in the backup; personal numbers stay sealed until you put back your copy of seal.key");
    if (!restore->manifest.has_files)
        diag_note(diag, at, "no-attachments",
                  "attachments were not in the backup; copy the folder files/ of the old data folder");
}

static int fill_restored(Store *store, void *data, Diag *diag) {
    const Restore *restore = data;
    int result = fill_key(restore, store, diag);
    if (!result) result = fill_tables(restore, store, diag);
    if (!result) store_load_org(store);
    if (!result) result = fill_files(restore, store, diag);
    return result ? result : check_all(restore, store, diag);
}

int backup_restore(const void *ctx, const char *path, const char *folder, const char *url, Diag *diag) {
    TALLOC_CTX *scratch = talloc_new(ctx);
    Restore restore = {0};
    Store *store;
    char *text;
    size_t size;
    int result = archive_open(scratch, path, diag, &restore.archive);
    if (!result) result = archive_read(scratch, restore.archive, MANIFEST_NAME, MANIFEST_MAX, diag, &text, &size);
    if (!result) result = manifest_read(scratch, path, text, size, diag, &restore.manifest);
    if (!result) result = store_make(scratch, folder, url, fill_restored, &restore, diag, &store);
    if (!result) tell_missing(&restore, diag);
    talloc_free(scratch);
    return result;
}
