/* ledger/migrate.c: definitions change; tables follow. Safe differences are done, lossy ones said; a column is never
 * dropped: what is lost is only its place in the definitions, so the change log can still be verified. */
#include "ledger/migrate.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/backup.h"
#include "ledger/renew-ways.h"
#include "ledger/schema.h"
#include "ledger/search.h"

/* --- the definitions kept in the folder --- */

int migrate_keep_definitions(Store *store, const DefnSources *sources) {
    Stmt *stmt;
    int fault = db_exec(store->db, "DELETE FROM definition");
    if (!fault)
        fault = db_cached(store->db,
                          "INSERT INTO definition (path, text) VALUES (?1, ?2)"
                          " ON CONFLICT (path) DO UPDATE SET text = excluded.text",
                          &stmt);
    for (size_t i = 0; !fault && i < sources->count; i++) {
        stmt_bind_text(stmt, 1, mem_printf(store, "%06zu/%s", i, sources->list[i].path)); /* their order matters */
        stmt_bind_text(stmt, 2, sources->list[i].text);
        fault = stmt_run(stmt);
    }
    if (!fault) fault = store_set(store, STORE_DEFINITIONS, store->catalog->hash);
    return fault;
}

const Catalog *migrate_kept_catalog(const void *ctx, Store *store, Diag *diag) {
    Stmt *stmt;
    if (db_cached(store->db, "SELECT path, text FROM definition ORDER BY path", &stmt)) return NULL;
    DefnSources sources = {0};
    while (stmt_step(stmt) == DB_ROW) {
        const char *path = stmt_copy(ctx, stmt, 0), *text = stmt_copy(ctx, stmt, 1);
        const char *folder = strchr(path, '/');
        DefnSource source = {folder ? folder + 1 : path, mem_printf(ctx, "kept:%s", path), text, strlen(text)};
        *mem_push(ctx, sources.list, sources.count) = source;
    }
    stmt_reset(stmt);
    const Catalog *catalog = NULL;
    return defn_read_kept(ctx, &sources, diag, &catalog) ? NULL : catalog;
}

/* --- one change after the other --- */

/* 0, a fault, or 1 with a finding. */
static int remake_indexes(Store *store, const Ledger *ledger, Diag *diag) {
    int fault = schema_drop_indexes(store->db, ledger);
    if (!fault) fault = schema_create_indexes(store->db, store->catalog, ledger);
    if (fault != DB_FAULT_CONSTRAINT) return fault;
    diag_error(diag, ledger->name.at, "not-unique", "several records of %s have the same key; change them, or the key",
               ledger->name.text);
    return 1;
}

/* The columns of a table as they are; none when there is no such table. */
typedef struct Columns {
    char **names, **types;
    size_t n;
} Columns;

static int load_columns(const void *ctx, Store *store, const char *table, Columns *ret_columns) {
    int fault = db_columns(ctx, store->db, table, &ret_columns->names, &ret_columns->n);
    return fault ? fault : db_types(ctx, store->db, table, &ret_columns->types, &ret_columns->n);
}

/* The type of a column that stands there already; NULL when none does. */
static const char *find_type(const Columns *columns, const char *name) {
    for (size_t i = 0; i < columns->n; i++)
        if (!strcmp(columns->names[i], name)) return columns->types[i];
    return NULL;
}

/* A field that once was there and comes back finds its old column. */
static int add_field(Store *store, const Ledger *ledger, const Field *field, const Columns *columns) {
    return find_type(columns, field->name.text) ? 0 : schema_add_field(store->db, ledger, field);
}

/* So does a ledger. */
static int add_ledger(Store *store, const Ledger *ledger, const Columns *columns) {
    if (!columns->n) return schema_create_table(store->db, ledger->table, ledger->fields, ledger->n_fields);
    int fault = 0;
    for (size_t i = 0; !fault && i < ledger->n_fields; i++)
        fault = add_field(store, ledger, &ledger->fields[i], columns);
    return fault;
}

static int carry_out(Store *store, const DefnChange *change) {
    bool is_ledger = change->kind == CHANGE_LEDGER_ADDED;
    if (!is_ledger && change->kind != CHANGE_FIELD_ADDED)
        return 0; /* nothing stored changes; indexes are made again below */
    MEM_SCRATCH scratch = talloc_new(NULL);
    Columns columns;
    int fault = load_columns(scratch, store, change->after->table, &columns);
    if (fault) return fault;
    return is_ledger ? add_ledger(store, change->after, &columns)
                     : add_field(store, change->after, change->field_after, &columns);
}

/* Whether records are found by other words than before. */
static bool changes_words(const DefnChange *change) {
    switch (change->kind) {
    case CHANGE_LEDGER_ADDED: /* it may come back with its records */
    case CHANGE_LEDGER_REMOVED:
    case CHANGE_INDEX:
        return true;
    case CHANGE_FIELD_ADDED:
        return change->field_after->search;
    case CHANGE_FIELD_REMOVED:
        return change->field_before->search;
    default:
        return false;
    }
}

/* Whether records may have come to their states otherwise than it stands. */
static bool changes_ways(const DefnChange *change) {
    return change->kind == CHANGE_STATE_WAY || change->kind == CHANGE_STATE_ADDED;
}

/* Once for each ledger, whatever the number of changes to it. 0, a fault, or 1 with a finding. */
static int renew_ways(Store *store, const DefnChange *changes, size_t n, Diag *diag) {
    const Ledger *done = NULL;
    int fault = 0;
    for (size_t i = 0; !fault && i < n; i++) {
        if (!changes_ways(&changes[i]) || changes[i].after == done) continue;
        done = changes[i].after; /* the changes of a ledger stand together */
        fault = ways_renew(store, done, diag);
    }
    return fault;
}

static int remake_search(Store *store) {
    int fault = db_exec(store->db, "DROP TABLE search");
    if (!fault) fault = search_create(store->db);
    return fault ? fault : search_rebuild(store);
}

/* 0, a fault, or 1 with a finding. */
static int carry_out_all(Store *store, const DefnSources *sources, const DefnChange *changes, size_t n, Diag *diag) {
    int fault = 0;
    bool words = false;
    for (size_t i = 0; !fault && i < n; i++) {
        fault = carry_out(store, &changes[i]);
        words |= changes_words(&changes[i]);
    }
    for (size_t i = 0; !fault && n && i < store->catalog->n_ledgers; i++)
        fault = remake_indexes(store, &store->catalog->ledgers[i], diag);
    if (!fault && words) fault = remake_search(store);
    if (!fault) fault = renew_ways(store, changes, n, diag);
    if (!fault) fault = schema_settle(store->db);
    if (!fault) fault = db_exec(store->db, "DELETE FROM kept_figure");
    return fault ? fault : migrate_keep_definitions(store, sources);
}

/* --- what is not done --- */

static bool report_lossy(const DefnChange *changes, size_t n, bool allowed, Diag *diag) {
    bool lossy = false, never = false;
    for (size_t i = 0; i < n; i++) {
        if (!changes[i].lossy || (allowed && !changes[i].never)) continue;
        lossy = true;
        never |= changes[i].never;
        diag_add(diag, DIAG_ERROR, changes[i].at, "lossy", NULL, changes[i].say);
    }
    if (never)
        diag_error(diag, PLACE_NONE, "never",
                   "what is stored would mean something else; take these changes of definitions back, and give what is "
                   "new a new name");
    else if (lossy)
        diag_error(
            diag, PLACE_NONE, "lossy",
            "these changes of definitions lose data; take them back, or run kezhang migrate --lossy after a backup");
    return lossy;
}

/* Types are compared by their first word: what follows is how texts are ordered. */
static bool same_type(const char *there, const char *wanted) {
    size_t size = strcspn(wanted, " ");
    return strlen(there) == size && !strncasecmp(there, wanted, size);
}

static void report_old_column(Store *store, const Columns *columns, const Ledger *ledger, const Field *field,
                              Diag *diag) {
    const char *type = find_type(columns, field->name.text);
    if (type && !same_type(type, schema_type(store->db, field)))
        diag_error(diag, field->name.at, "never",
                   "%s.%s: an earlier field of this name kept values of another kind; give this one a new name",
                   ledger->name.text, field->name.text);
}

/* Fields that come back must be able to keep what stands in their old columns. */
static int report_old_columns(Store *store, const DefnChange *changes, size_t n, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t before = diag->errors;
    for (size_t i = 0; i < n; i++) {
        const DefnChange *change = &changes[i];
        if (change->kind != CHANGE_LEDGER_ADDED && change->kind != CHANGE_FIELD_ADDED) continue;
        Columns columns;
        int fault = load_columns(scratch, store, change->after->table, &columns);
        if (fault) return store_fault(store, fault, diag);
        for (size_t k = 0; k < change->after->n_fields; k++) {
            const Field *field = &change->after->fields[k];
            if (change->kind == CHANGE_LEDGER_ADDED || field == change->field_after)
                report_old_column(store, &columns, change->after, field, diag);
        }
    }
    return diag->errors > before;
}

/* Whether tables must change: then a checked copy stands before. */
static bool touches_tables(const DefnChange *changes, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (changes[i].kind != CHANGE_INDICATOR && changes[i].kind != CHANGE_LIST) return true;
    return false;
}

static int load_changes(Store *store, Diag *diag, DefnChange **ret_changes, size_t *ret_count) {
    const Catalog *before = migrate_kept_catalog(store, store, diag);
    if (!before) return 1;
    *ret_count = defn_diff(store, before, store->catalog, ret_changes);
    return 0;
}

/* Waits for the writer's place: whoever holds the row of the bureau writes alone. 0, a fault, or 1 with a finding when
 * another program was quicker and the tables are not any more what they were when the changes were found. */
static int take_place(Store *store, const char *kept, Diag *diag) {
    int fault = db_exec(store->db, "UPDATE org SET seq = seq");
    if (fault) return fault;
    const char *still = store_setting(store, store, STORE_DEFINITIONS);
    if (kept && still && !strcmp(kept, still)) return 0;
    diag_error(diag, PLACE_FILE(store->folder), "busy", "another program has just changed the tables; try again");
    return 1;
}

int migrate_run(Store *store, const DefnSources *sources, bool lossy, Diag *diag, DefnChange **ret_changes,
                size_t *ret_count) {
    size_t n;
    const char *kept = store_setting(store, store, STORE_DEFINITIONS);
    if (load_changes(store, diag, ret_changes, &n)) return 1;
    *ret_count = n;
    if (report_lossy(*ret_changes, n, lossy, diag) || report_old_columns(store, *ret_changes, n, diag)) return 1;
    if (touches_tables(*ret_changes, n) && backup_before(store, "migrate", diag)) return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag), 1;
    result = take_place(store, kept, diag);
    if (!result) result = carry_out_all(store, sources, *ret_changes, n, diag);
    return store_settle(store, result, diag) ? 1 : 0;
}

int migrate_on_open(Store *store, const DefnSources *sources, StoreFlags flags, Diag *diag) {
    const char *kept = store_setting(store, store, STORE_DEFINITIONS);
    if (kept && !strcmp(kept, store->catalog->hash)) return 0;
    DefnChange *changes;
    size_t n;
    if (!(flags & STORE_READ_ONLY)) return migrate_run(store, sources, false, diag, &changes, &n);
    if (load_changes(store, diag, &changes, &n)) return 1;
    if (!touches_tables(changes, n)) return 0;
    diag_error(diag, PLACE_FILE(store->folder), "migrate",
               "the tables do not fit the definitions yet; run kezhang migrate");
    return 1;
}
