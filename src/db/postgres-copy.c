/* db/postgres-copy.c: many rows into one table by COPY in its text format.
 *
 * Owns the rows that wait, at most COPY_BYTES and one row. When they are that many they are sent, and the program goes
 * on while the server takes them in; the connection is asked for its answer before it is used again. A row that the
 * table refuses shows there, or at the flush. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/postgres.h"

#define COPY_BYTES (256u * 1024) /* more would keep the server waiting, and then the program */

typedef struct PgBulk {
    DbBulk base;
    char *copy; /* the COPY statement */
    PgSlots slots;
    Buf rows;
} PgBulk;

int pg_bulk_open(const void *ctx, Db *db, const char *table, const char *const *columns, size_t n, DbBulk **ret_bulk) {
    (void)db;
    PgBulk *bulk = mem_new(ctx, PgBulk);
    bulk->copy = mem_printf(bulk, "COPY %s FROM STDIN", db_column_list(bulk, table, columns, n));
    bulk->slots = pg_slots_new(bulk, n);
    bulk->rows = BUF_INIT(bulk);
    *ret_bulk = &bulk->base;
    return 0;
}

void pg_bulk_value(DbBulk *bulk, size_t column, Value value) {
    pg_slots_value(&((PgBulk *)bulk)->slots, column, value);
}

void pg_bulk_blob(DbBulk *bulk, size_t column, const void *bytes, size_t size) {
    pg_slots_blob(&((PgBulk *)bulk)->slots, column, bytes, size);
}

static void add_text(Buf *rows, const char *text) {
    for (;;) {
        size_t plain = strcspn(text, "\t\n\r\\");
        buf_add_bytes(rows, text, plain);
        text += plain;
        if (!*text) return;
        buf_char(rows, '\\');
        buf_char(rows, *text == '\t' ? 't' : *text == '\n' ? 'n' : *text == '\r' ? 'r' : '\\');
        text++;
    }
}

static void add_blob(Buf *rows, const char *bytes, size_t size) {
    static const char HEX[] = "0123456789abcdef";
    buf_add(rows, "\\\\x");
    for (size_t i = 0; i < size; i++) {
        char pair[] = {HEX[(unsigned char)bytes[i] >> 4], HEX[(unsigned char)bytes[i] & 15]};
        buf_add_bytes(rows, pair, sizeof pair);
    }
}

int pg_settle(Db *base) {
    PgDb *db = (PgDb *)base;
    if (!db->copying) return 0;
    db->copying = false;
    PGresult *result;
    int r = 0;
    while ((result = PQgetResult(db->conn))) {
        int next = pg_finish(base, result);
        if (r == 0) r = next; /* the first fault counts */
    }
    return r;
}

void pg_abandon(Db *base) {
    PgDb *db = (PgDb *)base;
    while (db->copying) {
        PGresult *result = PQgetResult(db->conn);
        db->copying = result != NULL;
        PQclear(result);
    }
}

/* Sends what waits as one COPY. */
int pg_bulk_send(DbBulk *base) {
    PgBulk *bulk = (PgBulk *)base;
    PgDb *db = (PgDb *)base->db;
    if (!bulk->rows.size) return 0;
    int r = pg_settle(&db->base);
    if (r < 0) return r;
    PGresult *result = PQexec(db->conn, bulk->copy);
    if (PQresultStatus(result) != PGRES_COPY_IN) return pg_finish(&db->base, result);
    PQclear(result);
    PQputCopyData(db->conn, bulk->rows.data, (int)bulk->rows.size); /* its failure shows in the answer */
    PQputCopyEnd(db->conn, NULL);
    buf_clear(&bulk->rows);
    db->copying = true;
    return 0;
}

int pg_bulk_flush(DbBulk *base) {
    int r = pg_bulk_send(base);
    return r < 0 ? r : pg_settle(base->db);
}

int pg_bulk_row(DbBulk *base) {
    PgBulk *bulk = (PgBulk *)base;
    PgSlots *slots = &bulk->slots;
    for (size_t i = 0; i < slots->n; i++) {
        if (i > 0) buf_char(&bulk->rows, '\t');
        if (!slots->values[i])
            buf_add(&bulk->rows, "\\N");
        else if (slots->binary[i])
            add_blob(&bulk->rows, slots->values[i], (size_t)slots->sizes[i]);
        else
            add_text(&bulk->rows, slots->values[i]);
    }
    buf_char(&bulk->rows, '\n');
    pg_slots_clear(slots);
    return bulk->rows.size < COPY_BYTES ? 0 : pg_bulk_send(base);
}
