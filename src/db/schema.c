/* db/schema.c: which tables, columns and indexes there are. */
#include "base/mem.h"
#include "db/db-backend.h"

/* The first column of a query with at most one parameter. */
static int read_names(const void *ctx, Db *db, const char *sql, const char *parameter, char ***ret_names,
                      size_t *ret_count) {
    Stmt *stmt;
    int r = db_cached(db, sql, &stmt);
    if (r < 0) return r;
    if (parameter) stmt_bind_text(stmt, 1, parameter);
    char **names = mem_array(ctx, char *, 1);
    size_t count = 0;
    while ((r = stmt_step(stmt)) == DB_ROW) {
        char *name = mem_strdup(names, stmt_text(stmt, 0));
        *mem_push(ctx, names, count) = name;
    }
    if (r < 0) {
        talloc_free(names);
        return r;
    }
    *ret_names = names;
    *ret_count = count;
    return 0;
}

int db_tables(const void *ctx, Db *db, char ***ret_names, size_t *ret_count) {
    return read_names(ctx, db, db->ops->tables, NULL, ret_names, ret_count);
}

int db_columns(const void *ctx, Db *db, const char *table, char ***ret_names, size_t *ret_count) {
    return read_names(ctx, db, db->ops->columns, table, ret_names, ret_count);
}

int db_types(const void *ctx, Db *db, const char *table, char ***ret_types, size_t *ret_count) {
    return read_names(ctx, db, db->ops->types, table, ret_types, ret_count);
}

int db_indexes(const void *ctx, Db *db, const char *table, char ***ret_names, size_t *ret_count) {
    return read_names(ctx, db, db->ops->indexes, table, ret_names, ret_count);
}
