/* people/chain.c: see chain.h. What is hashed of a row are its columns as text, so that it does not matter of which
 * type a database keeps them. */
#include "people/chain.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* The end of a log, or the row last looked at. */
typedef struct Head {
    int64_t seq;
    uint8_t hash[HASH_SIZE];
} Head;

static size_t count_columns(const ChainLog *log) {
    size_t n = 0;
    while (log->columns[n]) n++;
    return n;
}

/* "at, login, outcome" */
static const char *columns_text(const void *ctx, const ChainLog *log) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; log->columns[i]; i++) buf_printf(&out, "%s%s", i ? ", " : "", log->columns[i]);
    return buf_text(&out);
}

/* Moves the head to a row of these texts: its number is head->seq already. */
static void link_row(const People *people, Head *head, const char *const *texts, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, people->hash_kind);
    hash_start(hash);
    hash_add(hash, head->hash, HASH_SIZE);
    hash_add_number(hash, head->seq);
    for (size_t i = 0; i < n; i++) hash_add_text(hash, texts[i]);
    hash_end(hash, head->hash);
}

static void read_hash(const Stmt *stmt, int column, uint8_t ret_hash[HASH_SIZE]) {
    size_t size;
    const void *bytes = stmt_blob(stmt, column, &size);
    if (bytes && size == HASH_SIZE) memcpy(ret_hash, bytes, HASH_SIZE);
}

/* --- the end of a log --- */

static int find_head(const People *people, const ChainLog *log, Head *ret_head) {
    Stmt *stmt;
    int step = people_ask(people, "SELECT seq, hash FROM chain WHERE org = ?1 AND log = ?2",
                          DB_VALUES(VALUE_OF_TEXT(log->table)), &stmt);
    *ret_head = (Head){0};
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) {
        ret_head->seq = stmt_int(stmt, 0);
        read_hash(stmt, 1, ret_head->hash);
    }
    return stmt_end(stmt, step);
}

/* Takes the next number; whoever comes after waits here until it is kept. */
static int take_head(const People *people, const ChainLog *log, Head *ret_head) {
    static const char sql[] = "INSERT INTO chain (org, log, seq, hash) VALUES (?1, ?2, 1, ?3)"
                              " ON CONFLICT (org, log) DO UPDATE SET seq = chain.seq + 1";
    static const uint8_t origin[HASH_SIZE];
    Stmt *stmt;
    int fault = people_ask(people, sql, DB_VALUES(VALUE_OF_TEXT(log->table)), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 3, origin, sizeof origin);
    fault = stmt_run(stmt);
    return fault ? fault : find_head(people, log, ret_head);
}

static int keep_head(const People *people, const ChainLog *log, const Head *head) {
    Stmt *stmt;
    int fault = people_ask(people, "UPDATE chain SET hash = ?3 WHERE org = ?1 AND log = ?2",
                           DB_VALUES(VALUE_OF_TEXT(log->table)), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 3, head->hash, HASH_SIZE);
    return stmt_run(stmt);
}

/* --- one row more --- */

static int insert(const People *people, const ChainLog *log, const Head *head, const Value *values) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf sql = BUF_INIT(scratch);
    const size_t n = count_columns(log);
    Stmt *stmt;
    buf_printf(&sql, "INSERT INTO %s (org, id, hash, %s) VALUES (?1, ?2, ?3", log->table, columns_text(scratch, log));
    for (size_t i = 0; i < n; i++) buf_printf(&sql, ", ?%zu", i + 4);
    buf_char(&sql, ')');
    int fault = people_ask(people, buf_text(&sql), DB_VALUES(VALUE_OF_INT(head->seq)), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 3, head->hash, HASH_SIZE);
    for (size_t i = 0; i < n; i++) stmt_bind_value(stmt, (int)i + 4, values[i]);
    return stmt_run(stmt);
}

static int add(const People *people, const ChainLog *log, const Value *values, int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *texts[CHAIN_COLUMNS_MAX];
    const size_t n = count_columns(log);
    Head head;
    int fault = take_head(people, log, &head);
    if (fault) return fault;
    for (size_t i = 0; i < n; i++) texts[i] = value_text(scratch, values[i]);
    link_row(people, &head, texts, n);
    fault = insert(people, log, &head, values);
    if (ret_id) *ret_id = head.seq;
    return fault ? fault : keep_head(people, log, &head);
}

int chain_add(const People *people, const ChainLog *log, const Value *values, int64_t *ret_id) {
    int fault = db_begin(people->db, DB_WRITE);
    return fault ? fault : db_settle(people->db, add(people, log, values, ret_id));
}

/* --- rows of a time before there was a chain --- */

typedef struct OldRow {
    int64_t id;
    const char *texts[CHAIN_COLUMNS_MAX];
} OldRow;

static int load_old(const void *ctx, const People *people, const ChainLog *log, OldRow **ret_rows, size_t *ret_count) {
    const size_t n = count_columns(log);
    Stmt *stmt;
    int step = people_ask(people,
                          mem_printf(ctx, "SELECT id, %s FROM %s WHERE org = ?1 AND hash IS NULL ORDER BY %s",
                                     columns_text(ctx, log), log->table, log->former),
                          NULL, 0, &stmt);
    *ret_rows = NULL;
    *ret_count = 0;
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        OldRow *row = mem_push(ctx, *ret_rows, *ret_count);
        row->id = stmt_int(stmt, 0);
        for (size_t i = 0; i < n; i++) row->texts[i] = stmt_copy(ctx, stmt, (int)i + 1);
    }
    return step;
}

static int renew_row(const People *people, const ChainLog *log, const char *sql, const OldRow *row) {
    Head head;
    Stmt *stmt;
    int fault = take_head(people, log, &head);
    if (fault) return fault;
    link_row(people, &head, row->texts, count_columns(log));
    fault = people_ask(people, sql,
                       DB_VALUES(VALUE_OF_INT(head.seq), VALUE_OF_INT(row->id), VALUE_OF_TEXT(row->texts[0])), &stmt);
    if (fault) return fault;
    stmt_bind_blob(stmt, 5, head.hash, HASH_SIZE);
    fault = stmt_run(stmt);
    return fault ? fault : keep_head(people, log, &head);
}

int chain_renew(const People *people, const ChainLog *log) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *sql = mem_printf(scratch, "UPDATE %s SET id = ?2, hash = ?5 WHERE org = ?1 AND id = ?3 AND %s = ?4",
                                 log->table, log->columns[0]);
    OldRow *rows;
    size_t n;
    int fault = load_old(scratch, people, log, &rows, &n);
    for (size_t i = 0; !fault && i < n; i++) fault = renew_row(people, log, sql, &rows[i]);
    return fault;
}

/* --- looking at all of it --- */

/* After a break the chain goes on from what is stored, so that each is named once. */
static void check_row(const People *people, const ChainLog *log, const Stmt *stmt, Head *last, Diag *diag) {
    const char *texts[CHAIN_COLUMNS_MAX];
    const size_t n = count_columns(log);
    Head now = *last, stored = {.seq = stmt_int(stmt, 0)};
    read_hash(stmt, 1, stored.hash);
    for (size_t i = 0; i < n; i++) texts[i] = stmt_text(stmt, (int)i + 2);
    now.seq = stored.seq;
    link_row(people, &now, texts, n);
    if (stored.seq != last->seq + 1)
        diag_error(diag, PLACE_NONE, "log-gap",
                   "%s: there is no row between %lld and %lld: rows were taken out; compare it with a backup",
                   label_text(log->title), (long long)last->seq, (long long)stored.seq);
    else if (memcmp(now.hash, stored.hash, HASH_SIZE))
        diag_error(diag, PLACE_NONE, "log-row", "%s, row %lld of %s: it was altered; compare it with a backup",
                   label_text(log->title), (long long)stored.seq, texts[0]);
    *last = stored;
}

static int check_rows(const People *people, const ChainLog *log, Diag *diag, Head *last, int64_t *rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Stmt *stmt;
    int step = db_prepare(scratch, people->db,
                          mem_printf(scratch, "SELECT id, hash, %s FROM %s WHERE org = ?1 ORDER BY id",
                                     columns_text(scratch, log), log->table),
                          &stmt);
    if (step) return step;
    stmt_bind_int(stmt, 1, people->org);
    stmt_stream(stmt);
    for (; (step = stmt_step(stmt)) == DB_ROW; ++*rows) check_row(people, log, stmt, last, diag);
    return step;
}

int chain_check(const People *people, const ChainLog *log, Diag *diag, int64_t *rows) {
    Head head, last = {0};
    int fault = find_head(people, log, &head);
    if (!fault) fault = check_rows(people, log, diag, &last, rows);
    if (!fault && (head.seq != last.seq || memcmp(head.hash, last.hash, HASH_SIZE)))
        diag_error(diag, PLACE_NONE, "log-end",
                   "%s ends with row %lld, but should end with row %lld: its end was altered; compare it with a backup",
                   label_text(log->title), (long long)last.seq, (long long)head.seq);
    return fault;
}
