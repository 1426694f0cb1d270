/* ledger/manifest.c: between a store, the manifest and its JSON. A manifest that is read may come from anywhere:
 * nothing of it reaches SQL that is not a plain identifier or one of our own words. */
#include "ledger/manifest.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"

#define FORMAT        "kezhang-backup"
#define NAME_MAX_SIZE 63u /* of an identifier on PostgreSQL */
#define TYPES         4u

/* Tables that are made again from the others, and what ends where its folder does. */
static const char *const derived[] = {"kept_figure", "search", "session", "draft"};

/* --- types --- */

static const char *const type_words[TYPES] = {"int", "blob", "text", "date"};

static const char *type_in(const Db *db, size_t i) {
    const DbDialect *dialect = db_dialect(db);
    const char *const types[TYPES] = {dialect->type_int, dialect->type_blob, dialect->type_text, dialect->type_date};
    return types[i];
}

const char *manifest_type(const Db *db, const char *word) {
    for (size_t i = 0; i < TYPES; i++)
        if (!strcmp(word, type_words[i])) return type_in(db, i);
    return NULL;
}

/* The word for a type that a database reports: the dialect's own, perhaps without the collation behind it. */
static const char *type_word(const Db *db, const char *type) {
    for (size_t i = 0; i < TYPES; i++)
        if (!strncmp(type, type_in(db, i), strlen(type))) return type_words[i];
    return "text";
}

/* --- from a store --- */

static bool is_derived(const char *table) {
    for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++)
        if (!strcmp(derived[i], table)) return true;
    return false;
}

static int draw_table(const void *ctx, Db *db, const char *name, ManifestTable *ret_table) {
    char **names, **types;
    int fault = db_columns(ctx, db, name, &names, &ret_table->n_columns);
    if (!fault) fault = db_types(ctx, db, name, &types, &ret_table->n_columns);
    if (fault) return fault;
    ret_table->name = name;
    ret_table->columns = mem_array(ctx, ManifestColumn, ret_table->n_columns);
    for (size_t i = 0; i < ret_table->n_columns; i++)
        ret_table->columns[i] = (ManifestColumn){names[i], type_word(db, types[i])};
    return 0;
}

static int draw_tables(const void *ctx, Db *db, Manifest *manifest) {
    char **names;
    size_t n;
    int fault = db_tables(ctx, db, &names, &n);
    for (size_t i = 0; !fault && i < n; i++)
        if (!is_derived(names[i]))
            fault = draw_table(ctx, db, names[i], mem_push(ctx, manifest->tables, manifest->n_tables));
    return fault;
}

static int draw_head(const void *ctx, Store *store, Manifest *manifest) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT name, seq, hash FROM org WHERE org = ?1", NULL, 0, &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) {
        size_t size;
        manifest->org_name = mem_strdup(ctx, stmt_text(stmt, 0));
        manifest->seq = stmt_int(stmt, 1);
        const uint8_t *head = stmt_blob(stmt, 2, &size);
        if (size == HASH_SIZE) hash_hex(head, manifest->head);
    }
    fault = stmt_end_found(stmt, step);
    return fault > 0 ? DB_FAULT : fault;
}

int manifest_draw(const void *ctx, Store *store, Manifest *ret_manifest) {
    char *created = mem_array(ctx, char, INSTANT_SIZE);
    instant_now(created);
    *ret_manifest = (Manifest){.schema = STORE_SCHEMA, .created = created};
    const char *catalog = store_setting(ctx, store, STORE_DEFINITIONS);
    ret_manifest->catalog = catalog ? catalog : "";
    int fault = draw_head(ctx, store, ret_manifest);
    return fault ? fault : draw_tables(ctx, store->db, ret_manifest);
}

/* --- to JSON --- */

static json_t *table_to_json(const ManifestTable *table) {
    json_t *columns = json_array();
    for (size_t i = 0; i < table->n_columns; i++)
        json_array_append_new(columns,
                              json_pack("{s:s, s:s}", "name", table->columns[i].name, "type", table->columns[i].type));
    return json_pack("{s:s, s:I, s:s, s:o}", "name", table->name, "rows", (json_int_t)table->rows, "sm3", table->hash,
                     "columns", columns);
}

char *manifest_write(const void *ctx, const Manifest *manifest) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    json_t *tables = json_array();
    for (size_t i = 0; i < manifest->n_tables; i++) json_array_append_new(tables, table_to_json(&manifest->tables[i]));
    json_t *json = json_pack("{s:s, s:I, s:s, s:I, s:s, s:s, s:s, s:b, s:b, s:o}", "format", FORMAT, "schema",
                             (json_int_t)manifest->schema, "org", manifest->org_name, "seq", (json_int_t)manifest->seq,
                             "head", manifest->head, "definitions", manifest->catalog, "created", manifest->created,
                             "key", manifest->has_key, "files", manifest->has_files, "tables", tables);
    char *text = json_dumps(json_keep(scratch, mem_check(json)), JSON_INDENT(1));
    char *copy = mem_strdup(ctx, mem_check(text));
    free(text);
    return copy;
}

/* --- from JSON --- */

static bool is_identifier(const char *name) {
    size_t size = strlen(name);
    return size && size <= NAME_MAX_SIZE && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

static bool is_type(const char *word) {
    for (size_t i = 0; i < TYPES; i++)
        if (!strcmp(word, type_words[i])) return true;
    return false;
}

/* Texts are lent from the JSON value, which belongs to the manifest's context. */
static bool read_table(const void *ctx, const json_t *json, ManifestTable *ret_table) {
    const char *name, *hash;
    json_t *columns;
    json_int_t rows;
    if (json_unpack((json_t *)(uintptr_t)json, "{s:s, s:I, s:s, s:o}", "name", &name, "rows", &rows, "sm3", &hash,
                    "columns", &columns))
        return false;
    if (!is_identifier(name) || strlen(hash) != HASH_HEX_SIZE - 1 || !json_array_size(columns)) return false;
    *ret_table = (ManifestTable){.name = name, .rows = rows, .n_columns = json_array_size(columns)};
    memcpy(ret_table->hash, hash, HASH_HEX_SIZE);
    ret_table->columns = mem_array(ctx, ManifestColumn, ret_table->n_columns);
    for (size_t i = 0; i < ret_table->n_columns; i++) {
        ManifestColumn *column = &ret_table->columns[i];
        if (json_unpack(json_array_get(columns, i), "{s:s, s:s}", "name", &column->name, "type", &column->type))
            return false;
        if (!is_identifier(column->name) || !is_type(column->type)) return false;
    }
    return true;
}

static bool read_all(const void *ctx, json_t *json, Manifest *manifest) {
    int key, files;
    const char *head;
    json_t *tables;
    json_int_t schema, seq;
    if (json_unpack(json, "{s:I, s:s, s:I, s:s, s:s, s:s, s:b, s:b, s:o}", "schema", &schema, "org",
                    &manifest->org_name, "seq", &seq, "head", &head, "definitions", &manifest->catalog, "created",
                    &manifest->created, "key", &key, "files", &files, "tables", &tables))
        return false;
    if (strlen(head) >= HASH_HEX_SIZE) return false;
    memcpy(manifest->head, head, strlen(head) + 1);
    manifest->schema = schema;
    manifest->seq = seq;
    manifest->has_key = key;
    manifest->has_files = files;
    manifest->n_tables = json_array_size(tables);
    manifest->tables = mem_array(ctx, ManifestTable, manifest->n_tables);
    for (size_t i = 0; i < manifest->n_tables; i++)
        if (!read_table(ctx, json_array_get(tables, i), &manifest->tables[i])) return false;
    return true;
}

/* Format and version alone: a newer backup may say the rest in words this program does not know. */
static int check_version(const char *path, json_t *json, Diag *diag) {
    const char *format = NULL;
    json_int_t schema = 0;
    if (json_unpack(json, "{s:s, s:I}", "format", &format, "schema", &schema) || strcmp(format, FORMAT)) {
        diag_error(diag, PLACE_FILE(path), "not-a-backup",
                   "this is not a backup of kezhang; name a file made by kezhang backup");
        return 1;
    }
    if (schema <= STORE_SCHEMA) return 0;
    diag_error(diag, PLACE_FILE(path), "newer-version",
               "the backup was written by a newer version (schema %lld, this program knows %d); install that version",
               (long long)schema, STORE_SCHEMA);
    return 1;
}

int manifest_read(const void *ctx, const char *path, const char *text, size_t size, Diag *diag,
                  Manifest *ret_manifest) {
    json_t *json = json_keep(ctx, json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL));
    *ret_manifest = (Manifest){0};
    if (check_version(path, json, diag)) return 1;
    if (read_all(ctx, json, ret_manifest)) return 0;
    diag_error(diag, PLACE_FILE(path), "backup-damaged", "'%s' in the backup is damaged; use another backup",
               MANIFEST_NAME);
    return 1;
}
