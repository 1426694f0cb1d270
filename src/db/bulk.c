/* db/bulk.c: many rows into one table, the fastest way that either database has. */
#include "base/buf.h"
#include "db/db-backend.h"

char *db_column_list(const void *ctx, const char *table, const char *const *columns, size_t n) {
    Buf list = BUF_INIT(ctx);
    buf_printf(&list, "\"%s\" (", table);
    for (size_t i = 0; i < n; i++) buf_printf(&list, "%s\"%s\"", i ? ", " : "", columns[i]);
    buf_char(&list, ')');
    return list.data;
}

int db_bulk_open(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n, DbBulk **ret_bulk) {
    if (db->failed) return DB_FAULT;
    DbBulk *bulk = NULL;
    int r = db->ops->bulk_open(ctx, db, table, columns, n, &bulk);
    if (r < 0) return r;
    bulk->db = db;
    *ret_bulk = bulk;
    return 0;
}

void db_bulk_value(DbBulk *bulk, size_t column, Value value) { bulk->db->ops->bulk_value(bulk, column, value); }

void db_bulk_blob(DbBulk *bulk, size_t column, const void *bytes, size_t size) {
    bulk->db->ops->bulk_blob(bulk, column, bytes, size);
}

int db_bulk_row(DbBulk *bulk) { return bulk->db->failed ? DB_FAULT : bulk->db->ops->bulk_row(bulk); }

int db_bulk_add(DbBulk *bulk, const Value *values, size_t n) {
    for (size_t i = 0; i < n; i++) db_bulk_value(bulk, i, values[i]);
    return db_bulk_row(bulk);
}

int db_bulk_flush(DbBulk *bulk) { return bulk->db->failed ? DB_FAULT : bulk->db->ops->bulk_flush(bulk); }

int db_bulk_send(DbBulk *bulk) { return bulk->db->failed ? DB_FAULT : bulk->db->ops->bulk_send(bulk); }
