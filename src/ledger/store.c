/* ledger/store.c: making and opening data folders. */
#include "ledger/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "ledger/cache.h"
#include "ledger/folder.h"
#include "ledger/migrate.h"
#include "ledger/schema.h"
#include "ledger/search.h"
#include "ledger/store-make.h"
#include "ledger/term.h"
#include "ledger/upgrade.h"
#include "ledger/workdays.h"

#define URL_MAX     4096
#define FOLDER_MODE 0750 /* people and their numbers are in it */

const char *store_folder(const char *given) {
    if (given) return given;
    const char *set = getenv("KEZHANG_DATA");
    return set && *set ? set : "./kezhang-data";
}

int store_fault(const Store *store, int fault, Diag *diag) {
    const char *words = store && store->db ? db_error(store->db) : "";
    Place at = PLACE_FILE(store ? store->folder : NULL);
    switch (fault) {
    case DB_FAULT_FULL:
        diag_error(diag, at, "disk-full", "the disk or quota is full; nothing was written; make room and try again");
        break;
    case DB_FAULT_BUSY:
        diag_error(diag, at, "busy", "another program is writing to this data folder; try again when it has ended");
        break;
    case DB_FAULT_GONE:
        diag_error(diag, at, "server-gone",
                   "the database server went away (%s); nothing was written; try again when it is back", words);
        break;
    case DB_FAULT_CONSTRAINT:
        diag_error(
            diag, at, "changed-meanwhile",
            "somebody else has changed or entered the same record meanwhile; nothing was written; load it again");
        break;
    default:
        diag_error(diag, at, "database", "the database refused: %s; run kezhang doctor", words);
        break;
    }
    return fault;
}

int store_settle(const Store *store, int result, Diag *diag) {
    result = db_settle(store->db, result);
    return result < 0 ? store_fault(store, result, diag) : result;
}

People store_people(const Store *store) {
    return (People){store->db, store->catalog, store->seal, store->org, store->hash_kind};
}

int store_ask(const Store *store, const char *sql, const Value *values, size_t n, Stmt **ret_stmt) {
    const People people = store_people(store);
    return people_ask(&people, sql, values, n, ret_stmt);
}

int store_run(const Store *store, const char *sql, const Value *values, size_t n) {
    const People people = store_people(store);
    return people_run(&people, sql, values, n, NULL);
}

/* --- settings and heads --- */

char *store_setting(const void *ctx, Store *store, const char *name) {
    Stmt *stmt;
    if (db_cached(store->db, "SELECT value FROM setting WHERE name = ?1", &stmt)) return NULL;
    stmt_bind_text(stmt, 1, name);
    char *value = stmt_step(stmt) == DB_ROW ? mem_strdup(ctx, stmt_text(stmt, 0)) : NULL;
    stmt_reset(stmt);
    return value;
}

int store_set(Store *store, const char *name, const char *value) {
    Stmt *stmt;
    int fault = db_cached(store->db,
                          "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          &stmt);
    if (fault) return fault;
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_TEXT(name), VALUE_OF_TEXT(value)));
    return stmt_run(stmt);
}

int store_ledger_seq(Store *store, const Ledger *ledger, int64_t *ret_seq) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT seq FROM ledger_seq WHERE org = ?1 AND ledger = ?2",
                          DB_VALUES(VALUE_OF_TEXT(ledger->name.text)), &stmt);
    return fault ? fault : stmt_number(stmt, ret_seq);
}

int store_seq(Store *store, int64_t *ret_seq) {
    Stmt *stmt;
    int fault = store_ask(store, "SELECT seq FROM org WHERE org = ?1", NULL, 0, &stmt);
    return fault ? fault : stmt_number(stmt, ret_seq);
}

int store_last_day(Store *store, Date upto, Date *ret_day) {
    Stmt *stmt;
    int fault = store_ask(store,
                          "SELECT max(entered_on) FROM state_span WHERE org = ?1 AND recorded_to IS NULL"
                          " AND entered_on <= ?2",
                          DB_VALUES(VALUE_OF_DATE(upto)), &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    *ret_day = step == DB_ROW ? stmt_date(stmt, 0) : DATE_NONE;
    return stmt_end(stmt, step);
}

/* --- a Store in memory --- */

static void load_calendar(Store *store, Diag *diag) {
    Calendar *calendar = NULL;
    const EmbeddedFile *file = &store_calendar[0];
    if (file->path && calendar_read(store, file->bytes, file->size, diag, &calendar) == 0) store->calendar = calendar;
}

static Store *new_store(const void *ctx, const char *folder, StoreFlags flags, Diag *diag) {
    Store *store = mem_new(ctx, Store);
    store->folder = mem_strdup(store, folder);
    store->flags = flags;
    store->org = STORE_ORG;
    store->org_name = "";
    store->hash_kind = HASH_SM3;
    store->cache = cache_new(store);
    load_calendar(store, diag);
    return store;
}

/* sqlite:kezhang.db in the folder, or what database.url says. */
static char *database_url(const void *ctx, const char *folder, Diag *diag) {
    const char *path = mem_printf(ctx, "%s/database.url", folder);
    if (access(path, F_OK)) return mem_printf(ctx, "sqlite:%s/kezhang.db", folder);
    char *text;
    size_t size;
    if (file_read(ctx, path, URL_MAX, diag, &text, &size)) return NULL;
    text[strcspn(text, "\r\n")] = '\0';
    return text;
}

static char *site_folder(const void *ctx, const char *folder) { return mem_printf(ctx, "%s/defs", folder); }

/* --- making --- */

static int insert_org(Store *store, const char *name) {
    static const uint8_t origin[HASH_SIZE] = {0};
    Stmt *stmt;
    int fault = store_ask(store, "INSERT INTO org (org, name, seq, hash) VALUES (?1, ?2, 0, ?3)",
                          DB_VALUES(VALUE_OF_TEXT(name)), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 3, origin, sizeof origin);
    return stmt_run(stmt);
}

static int create_tables(Store *store, const DefnSources *sources, const char *org_name) {
    int fault = schema_create_common(store->db);
    if (!fault) fault = search_create(store->db);
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++)
        fault = schema_create_ledger(store->db, store->catalog, &store->catalog->ledgers[i]);
    if (!fault) fault = schema_settle(store->db);
    if (!fault) fault = insert_org(store, org_name);
    if (!fault) fault = workdays_fill(store);
    if (!fault) fault = store_set(store, "schema", mem_printf(store, "%d", STORE_SCHEMA));
    if (!fault) fault = store_set(store, "hash", "sm3");
    if (!fault) fault = migrate_keep_definitions(store, sources);
    if (!fault) fault = term_renew(store);
    return fault;
}

static int fill_new(Store *store, void *data, Diag *diag) {
    DefnSources sources;
    if (defn_load(store, NULL, diag, &sources) || defn_read(store, &sources, diag, &store->catalog)) return 1;
    if (seal_open(store, store->folder, true, diag, &store->seal)) return 1;
    int fault = create_tables(store, &sources, data);
    if (!fault) store_load_org(store);
    return fault;
}

int store_create(const void *ctx, const char *folder, const char *url, const char *org_name, Diag *diag,
                 Store **ret_store) {
    return store_make(ctx, folder, url, fill_new, mem_strdup(ctx, org_name), diag, ret_store);
}

static int prepare_folder(Store *store, const char *url, Diag *diag) {
    if (file_make_folder(store->folder, diag)) return 1;
    if (file_make_folder(mem_printf(store, "%s/files", store->folder), diag)) return 1;
    store->url = url ? mem_strdup(store, url) : mem_printf(store, "sqlite:%s/kezhang.db", store->folder);
    if (!url) return 0;
    return file_write(mem_printf(store, "%s/database.url", store->folder), store->url, strlen(store->url), diag);
}

static int fill_database(Store *store, StoreFill fill, void *data, Diag *diag) {
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    return store_settle(store, fill(store, data, diag), diag);
}

int store_make(const void *ctx, const char *folder, const char *url, StoreFill fill, void *data, Diag *diag,
               Store **ret_store) {
    if (!folder_is_empty(folder)) {
        diag_error(diag, PLACE_FILE(folder), "not-empty", "the folder is not empty; name a new one");
        return 1;
    }
    bool was_there = !access(folder, F_OK);
    Store *store = new_store(ctx, folder, 0, diag);
    int result = prepare_folder(store, url, diag);
    if (!was_there) (void)chmod(folder, FOLDER_MODE);
    if (!result) result = db_open(store, store->url, DB_CREATE | DB_BULK, diag, &store->db);
    if (!result) result = fill_database(store, fill, data, diag);
    if (!result) {
        *ret_store = store;
        return 0;
    }
    talloc_free(store);
    folder_empty(folder);
    if (!was_there) (void)rmdir(folder);
    return 1;
}

/* --- opening --- */

static DbFlags database_flags(StoreFlags flags) {
    return (flags & STORE_READ_ONLY ? DB_READ_ONLY : 0) | (flags & STORE_BULK ? DB_BULK : 0);
}

static int open_database(Store *store, Diag *diag) {
    if (access(store->folder, F_OK)) {
        diag_error(diag, PLACE_FILE(store->folder), "no-data-folder",
                   "there is no data folder here; make one with kezhang init, or name it with --data");
        return 1;
    }
    store->url = database_url(store, store->folder, diag);
    if (!store->url) return 1;
    return db_open(store, store->url, database_flags(store->flags), diag, &store->db);
}

static int check_version(Store *store, Diag *diag) {
    const char *schema = store_setting(store, store, "schema");
    if (!schema) {
        diag_error(diag, PLACE_FILE(store->folder), "not-a-data-folder",
                   "this database was not made by kezhang; name the right folder with --data");
        return 1;
    }
    if (atoi(schema) <= STORE_SCHEMA) return 0;
    diag_error(
        diag, PLACE_FILE(store->folder), "newer-version",
        "the data folder was written by a newer version (schema %s, this program knows %d); install that version",
        schema, STORE_SCHEMA);
    return 1;
}

void store_load_org(Store *store) {
    Stmt *stmt;
    if (store_ask(store, "SELECT name FROM org WHERE org = ?1", NULL, 0, &stmt)) return;
    if (stmt_step(stmt) == DB_ROW) store->org_name = mem_strdup(store, stmt_text(stmt, 0));
    stmt_reset(stmt);
    const char *hash = store_setting(store, store, "hash");
    store->hash_kind = hash && !strcmp(hash, "sha256") ? HASH_SHA256 : HASH_SM3;
}

/* One that is only read stays as it is: nothing that reads it needs them. */
static int upgrade_on_open(Store *store, Diag *diag) {
    const char *schema = store_setting(store, store, "schema");
    if (store->flags & STORE_READ_ONLY || (schema && atoi(schema) == STORE_SCHEMA)) return 0;
    const Catalog *kept = migrate_kept_catalog(store, store, diag);
    if (!kept) return 1;
    int fault = upgrade_run(store, schema ? atoi(schema) : 0, kept);
    return fault ? store_fault(store, fault, diag), 1 : 0;
}

static int open_definitions(Store *store, Diag *diag) {
    const StoreFlags flags = store->flags;
    DefnSources sources;
    if (defn_load(store, site_folder(store, store->folder), diag, &sources)) return 1;
    if (defn_read(store, &sources, diag, &store->catalog)) return 1;
    if (flags & STORE_ANY_DEFINITIONS) return 0;
    if (migrate_on_open(store, &sources, flags, diag)) return 1;
    if (flags & STORE_READ_ONLY) return 0;
    int fault = workdays_renew(store);
    if (!fault) fault = term_renew(store);
    return fault ? store_fault(store, fault, diag), 1 : 0;
}

int store_open(const void *ctx, const char *folder, StoreFlags flags, Diag *diag, Store **ret_store) {
    Store *store = new_store(ctx, folder, flags, diag);
    int result = open_database(store, diag);
    if (!result) result = check_version(store, diag);
    if (!result) store_load_org(store);
    if (!result) result = seal_open(store, folder, false, diag, &store->seal);
    if (!result) result = upgrade_on_open(store, diag);
    if (!result) result = open_definitions(store, diag);
    if (result) {
        talloc_free(store);
        return 1;
    }
    *ret_store = store;
    return 0;
}

int store_open_beside(const void *ctx, const Store *first, Diag *diag, Store **ret_store) {
    Store *store = mem_new(ctx, Store);
    *store = *first;
    store->flags &= ~(unsigned)STORE_BULK;
    store->cache = cache_new(store);
    if (db_open(store, store->url, database_flags(store->flags), diag, &store->db)) {
        talloc_free(store);
        return 1;
    }
    *ret_store = store;
    return 0;
}

int store_refresh(Store *store) {
    Stmt *stmt;
    int fault = store_ask(store,
                          "SELECT o.seq, s.value,"
                          " o.seq + CAST((SELECT coalesce(sum(seq), 0) FROM chain WHERE org = ?1) AS bigint)"
                          " + (SELECT coalesce(max(id), 0) FROM issue WHERE org = ?1)"
                          " FROM org o LEFT JOIN setting s ON s.name = '" STORE_DEFINITIONS "' WHERE o.org = ?1",
                          NULL, 0, &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    bool moved = step == DB_ROW && stmt_int(stmt, 0) != store->fresh_seq;
    bool fits = step != DB_ROW || stmt_is_null(stmt, 1) || !strcmp(stmt_text(stmt, 1), store->catalog->hash);
    if (moved) store->fresh_seq = stmt_int(stmt, 0);
    if (step == DB_ROW) store->moment = stmt_int(stmt, 2);
    stmt_reset(stmt);
    if (moved) cache_empty(store->cache);
    return step < 0 ? step : fits ? 0 : STORE_E_DEFINITIONS;
}
