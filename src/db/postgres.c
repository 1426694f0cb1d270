/* db/postgres.c: the server database, by libpq.
 *
 * Owns the connection, its statements and their cursors. Values travel as text (blobs as bytes) with types
 * left to the server; results come back as text. Assumes a UTF-8 database. Promises that a lost server is
 * noticed (keepalives) and that waiting for a lock ends after DB_BUSY_SECONDS. */
#include "db/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define NAME_SIZE             16
#define FETCH_ROWS            1000 /* of a cursor, at once */
#define CLOSED_MAX            32   /* closed statements that the server still keeps */
#define TEXT_OF(number)       #number
#define TEXT_OF_VALUE(number) TEXT_OF(number)

typedef struct PgStmt {
    Stmt base;
    char name[NAME_SIZE];
    char *sql;
    PgSlots slots;
    PGresult *shape;  /* description of the columns, once asked for */
    PGresult *result; /* NULL between runs */
    int row;
    char cursor[NAME_SIZE]; /* "" when the run has none */
    unsigned ended;         /* Db.ended when the cursor was opened */
    void *lent;             /* blobs of the current row */
} PgStmt;

static PGconn *connection(const Db *db) { return ((const PgDb *)db)->conn; }

/* ---- faults ---- */

/* The first row whose prefix fits the SQLSTATE; classes 23, 53, 55, 40 and 57 of the PostgreSQL manual, appendix A. */
static const struct Fault {
    const char *state;
    int fault;
} FAULTS[] = {
    {"23", DB_FAULT_CONSTRAINT}, {"53100", DB_FAULT_FULL}, {"55P03", DB_FAULT_BUSY}, {"40P01", DB_FAULT_BUSY},
    {"40001", DB_FAULT_BUSY},    {"57014", DB_FAULT_BUSY}, {"", DB_FAULT},
};

static int fault_kind(const char *state) {
    const struct Fault *row = FAULTS;
    while (strncmp(state, row->state, strlen(row->state)) != 0) row++;
    return row->fault;
}

/* The first line of a message, owned by ctx. */
static char *first_line(const void *ctx, const char *message) {
    return mem_strndup(ctx, message, strcspn(message, "\n"));
}

static int fault(Db *db, const PGresult *result) {
    PGconn *conn = connection(db);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    char *words = first_line(db, primary ? primary : PQerrorMessage(conn));
    int r;
    if (PQstatus(conn) == CONNECTION_BAD) {
        char *gone = mem_printf(words, "the database server went away: %s", words);
        r = db_fault(db, DB_FAULT_GONE, gone);
    } else {
        r = db_fault(db, fault_kind(state ? state : ""), words);
    }
    talloc_free(words);
    return r;
}

static bool is_good(const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

int pg_finish(Db *db, PGresult *result) {
    int r = is_good(result) ? 0 : fault(db, result);
    PQclear(result);
    return r;
}

static int exec(Db *db, const char *sql) {
    int r = pg_settle(db);
    return r < 0 ? r : pg_finish(db, PQexec(connection(db), sql));
}

static bool in_transaction(const Db *db) {
    PGTransactionStatusType status = PQtransactionStatus(connection(db));
    bool copying = status == PQTRANS_ACTIVE; /* done inside of one alone; until its last answer is read */
    return copying || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* ---- statements ---- */

/* Lets the server forget the closed statements; not possible while a fault spoils the transaction. */
static int forget_closed(PgDb *db) {
    if (db->closed_count < CLOSED_MAX || PQtransactionStatus(db->conn) == PQTRANS_INERROR) return 0;
    int r = exec(&db->base, buf_text(&db->closed));
    buf_clear(&db->closed);
    db->closed_count = 0;
    return r;
}

static int prepare(const void *ctx, Db *base, const char *sql, Stmt **ret_stmt) {
    PgDb *db = (PgDb *)base;
    int r = pg_settle(base);
    if (r == 0) r = forget_closed(db);
    if (r < 0) return r;
    PgStmt *stmt = mem_new(ctx, PgStmt);
    size_t count;
    stmt->sql = pg_number_parameters(stmt, sql, &count);
    snprintf(stmt->name, sizeof stmt->name, "s%u", ++db->names);
    r = pg_finish(base, PQprepare(db->conn, stmt->name, stmt->sql, 0, NULL));
    if (r < 0) {
        talloc_free(stmt);
        return r;
    }
    stmt->slots = pg_slots_new(stmt, count);
    stmt->lent = talloc_new(stmt);
    *ret_stmt = &stmt->base;
    return 0;
}

static void bind(Stmt *stmt, int index, Value value) {
    pg_slots_value(&((PgStmt *)stmt)->slots, (size_t)index - 1, value);
}

static void bind_blob(Stmt *stmt, int index, const void *bytes, size_t size) {
    pg_slots_blob(&((PgStmt *)stmt)->slots, (size_t)index - 1, bytes, size);
}

/* A cursor whose transaction may have ended is left alone: closing it would spoil the next one. */
static void close_cursor(PgStmt *stmt) {
    Db *db = stmt->base.db;
    pg_settle(db);
    if (stmt->ended == db->ended && PQtransactionStatus(connection(db)) == PQTRANS_INTRANS) {
        char sql[NAME_SIZE + sizeof "CLOSE "];
        snprintf(sql, sizeof sql, "CLOSE %s", stmt->cursor);
        exec(db, sql);
    }
    stmt->cursor[0] = '\0';
}

static void reset(Stmt *base) {
    PgStmt *stmt = (PgStmt *)base;
    if (stmt->cursor[0]) close_cursor(stmt);
    PQclear(stmt->result);
    stmt->result = NULL;
    talloc_free_children(stmt->lent);
    pg_slots_clear(&stmt->slots);
}

static void close_statement(Stmt *base) {
    PgStmt *stmt = (PgStmt *)base;
    PgDb *db = (PgDb *)base->db;
    reset(base);
    PQclear(stmt->shape);
    buf_printf(&db->closed, "DEALLOCATE %s;", stmt->name);
    db->closed_count++;
}

/* The result becomes the one whose rows are read next. */
static int take(PgStmt *stmt, PGresult *result) {
    PQclear(stmt->result);
    stmt->result = result;
    stmt->row = 0;
    return is_good(result) ? 0 : fault(stmt->base.db, result);
}

static int fetch(PgStmt *stmt) {
    char sql[NAME_SIZE + sizeof "FETCH 1000 FROM "];
    snprintf(sql, sizeof sql, "FETCH " TEXT_OF_VALUE(FETCH_ROWS) " FROM %s", stmt->cursor);
    int r = pg_settle(stmt->base.db);
    return r < 0 ? r : take(stmt, PQexec(connection(stmt->base.db), sql));
}

static int open_cursor(PgStmt *stmt) {
    PgDb *db = (PgDb *)stmt->base.db;
    PgSlots *slots = &stmt->slots;
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "c%u", ++db->names);
    char *sql = mem_printf(stmt, "DECLARE %s NO SCROLL CURSOR FOR %s", name, stmt->sql);
    int r = pg_finish(&db->base,
                      PQexecParams(db->conn, sql, (int)slots->n, NULL, slots->values, slots->sizes, slots->binary, 0));
    talloc_free(sql);
    if (r < 0) return r;
    memcpy(stmt->cursor, name, sizeof name);
    stmt->ended = db->base.ended;
    return fetch(stmt);
}

static int start(PgStmt *stmt) {
    Db *db = stmt->base.db;
    PgSlots *slots = &stmt->slots;
    int r = pg_settle(db);
    if (r < 0) return r;
    if (stmt->base.stream && db->depth > 0) return open_cursor(stmt);
    return take(
        stmt, PQexecPrepared(connection(db), stmt->name, (int)slots->n, slots->values, slots->sizes, slots->binary, 0));
}

/* Rows touched, which is not what the server says of a query: the rows it found. */
static int64_t touched(PGresult *result) {
    bool query = strncmp(PQcmdStatus(result), "SELECT", strlen("SELECT")) == 0;
    return query ? 0 : strtoll(PQcmdTuples(result), NULL, 10);
}

static int step(Stmt *base) {
    PgStmt *stmt = (PgStmt *)base;
    int r = 0;
    talloc_free_children(stmt->lent);
    if (!stmt->result)
        r = start(stmt);
    else if (++stmt->row == FETCH_ROWS && stmt->cursor[0])
        r = fetch(stmt);
    if (r == 0 && stmt->row < PQntuples(stmt->result)) return DB_ROW;
    base->changes = r < 0 || stmt->cursor[0] ? 0 : touched(stmt->result);
    reset(base);
    return r;
}

/* ---- columns ---- */

/* The columns as the server describes them, rows or not; NULL when it cannot. */
static const PGresult *shape(const Stmt *base) {
    PgStmt *stmt = (PgStmt *)base;
    if (stmt->shape || pg_settle(base->db) < 0) return stmt->shape;
    PGresult *described = PQdescribePrepared(connection(base->db), stmt->name);
    if (is_good(described))
        stmt->shape = described;
    else
        PQclear(described);
    return stmt->shape;
}

static int columns_count(const Stmt *stmt) { return PQnfields(shape(stmt)); }

static bool is_null(const Stmt *base, int column) {
    const PgStmt *stmt = (const PgStmt *)base;
    return PQgetisnull(stmt->result, stmt->row, column);
}

static const char *column_text(const Stmt *base, int column) {
    const PgStmt *stmt = (const PgStmt *)base;
    return is_null(base, column) ? NULL : PQgetvalue(stmt->result, stmt->row, column);
}

static int64_t column_int(const Stmt *stmt, int column) {
    const char *text = column_text(stmt, column);
    if (!text) return 0;
    return *text == 't' ? 1 : strtoll(text, NULL, 10); /* a truth is written t or f */
}

static const void *column_blob(const Stmt *base, int column, size_t *ret_size) {
    const PgStmt *stmt = (const PgStmt *)base;
    const char *text = column_text(base, column);
    *ret_size = 0;
    if (!text) return NULL;
    unsigned char *bytes = mem_check(PQunescapeBytea((const unsigned char *)text, ret_size));
    void *lent = mem_check(talloc_memdup(stmt->lent, bytes, *ret_size));
    PQfreemem(bytes);
    return lent;
}

/* ---- opening and closing ---- */

static void disconnect(Db *db) { PQfinish(connection(db)); }

static const DbOps POSTGRES_OPS = {
    .dialect =
        {
            .name = "postgresql",
            .type_int = "bigint",
            .type_text = "text COLLATE \"C\"",
            .type_date = "date",
            .type_blob = "bytea",
            .type_json = "text",
            .table_suffix = "",
            .cast_int = "CAST(%s AS bigint)",
            .cast_text = "(CAST(%s AS text) COLLATE \"C\")",
            .cast_date = "CAST(%s AS date)",
            .date_diff = "(%s - %s)",
            .date_year = "CAST(EXTRACT(YEAR FROM %s) AS bigint)",
            .least = "LEAST",
            .greatest = "GREATEST",
            .text_position = "strpos(%s, %s)",
            .json_each = "json_array_elements(CAST(COALESCE(NULLIF(%s, ''), '[]') AS json)) AS item(value)",
            .json_text = "(%s ->> '%s')",
            .json_int = "CAST((%s ->> '%s') AS bigint)",
            .analyze = "ANALYZE %s (%s)",
            .by_index =
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
                "SET LOCAL enable_material = off",
            .knows_condition = true,
            .is_server = true,
        },
    .begin = {[DB_WRITE] = "BEGIN",
              [DB_WRITE_IF_FREE] = "BEGIN; SET LOCAL lock_timeout = '1ms'",
              [DB_SNAPSHOT] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"},
    .tables = "SELECT CAST(relname AS text) FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') "
              "AND relnamespace = CAST(current_schema() AS regnamespace) ORDER BY relname",
    .columns = "SELECT CAST(a.attname AS text) FROM pg_catalog.pg_attribute a "
               "JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
               "WHERE c.relname = ?1 AND c.relnamespace = CAST(current_schema() AS regnamespace) "
               "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname",
    .types = "SELECT format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a "
             "JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
             "WHERE c.relname = ?1 AND c.relnamespace = CAST(current_schema() AS regnamespace) "
             "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname",
    .indexes = "SELECT CAST(i.relname AS text) FROM pg_catalog.pg_index x "
               "JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_class c ON c.oid = x.indrelid "
               "WHERE c.relname = ?1 AND c.relnamespace = CAST(current_schema() AS regnamespace) "
               "AND NOT x.indisprimary ORDER BY i.relname",
    .disconnect = disconnect,
    .exec = exec,
    .in_transaction = in_transaction,
    .abandon = pg_abandon,
    .prepare = prepare,
    .close = close_statement,
    .bind = bind,
    .bind_blob = bind_blob,
    .step = step,
    .reset = reset,
    .columns_count = columns_count,
    .is_null = is_null,
    .column_int = column_int,
    .column_text = column_text,
    .column_blob = column_blob,
    .bulk_open = pg_bulk_open,
    .bulk_value = pg_bulk_value,
    .bulk_blob = pg_bulk_blob,
    .bulk_row = pg_bulk_row,
    .bulk_flush = pg_bulk_flush,
    .bulk_send = pg_bulk_send,
};

static void keep_quiet(void *data, const char *message) {
    (void)data;
    (void)message;
}

/* A connection with defaults that the URL may override (libpq: later words win). */
static PGconn *connect_to(const char *url) {
    static const char *const WORDS[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                        "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                                        "dbname",           "client_encoding",  NULL};
    const char *values[] = {"10", "30", "10", "3", "60000", "kezhang", url, "UTF8", NULL};
    PGconn *conn = mem_check(PQconnectdbParams(WORDS, values, 1));
    PQsetNoticeProcessor(conn, keep_quiet, NULL);
    return conn;
}

/* Settings of the session that the rest of this file relies on. */
static int configure(Db *db, DbFlags flags) {
    int r = exec(db, "SET datestyle = 'ISO'; SET bytea_output = 'hex'; SET standard_conforming_strings = on; "
                     "SET timezone = 'UTC'; SET lock_timeout = '" TEXT_OF_VALUE(DB_BUSY_SECONDS) "s'");
    if (r == 0 && flags & DB_READ_ONLY) r = exec(db, "SET default_transaction_read_only = on");
    return r;
}

/* 0, or 1 with a finding. The address is told without user and password. */
static int check_connection(PgDb *db, DbFlags flags, Diag *diag) {
    const char *encoding = PQparameterStatus(db->conn, "server_encoding");
    bool open = PQstatus(db->conn) == CONNECTION_OK;
    if (!open || configure(&db->base, flags) < 0) {
        char *reason = first_line(db, PQerrorMessage(db->conn));
        diag_error(diag, PLACE_NONE, "database-refused",
                   "the database server refuses (%s); check the address, the password and that it is running", reason);
        return 1;
    }
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        diag_error(diag, PLACE_NONE, "database-encoding",
                   "the database %s on %s is not in UTF-8; create one with ENCODING 'UTF8'", PQdb(db->conn),
                   PQhost(db->conn));
        return 1;
    }
    return 0;
}

int postgres_open(const void *ctx, const char *where, DbFlags flags, Diag *diag, Db **ret_db) {
    PgDb *db = mem_new(ctx, PgDb);
    db->conn = connect_to(where);
    db->closed = BUF_INIT(db);
    db_init(&db->base, &POSTGRES_OPS);
    if (check_connection(db, flags, diag) != 0) {
        talloc_free(db);
        return 1;
    }
    *ret_db = &db->base;
    return 0;
}
