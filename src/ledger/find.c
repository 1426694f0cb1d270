/* ledger/find.c: many records at once: a chunk of an import asks the database once, not once a row.
 *
 * Each question is one statement with room for RECORD_CHUNK of them; places left over are bound to null, which
 * nothing equals, so that every chunk of a ledger uses the same prepared statement. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/record.h"

struct RecordFinder {
    Store *store;
    const Ledger *ledger;
    Stmt *keys, *numbers, *number, *records, *spans; /* made when first asked */
};

RecordFinder *record_finder_new(const void *ctx, Store *store, const Ledger *ledger) {
    RecordFinder *finder = mem_new(ctx, RecordFinder);
    finder->store = store;
    finder->ledger = ledger;
    return finder;
}

/* Prepares a text once. */
static int prepare(RecordFinder *finder, const char *sql, Stmt **stmt) {
    return *stmt ? 0 : db_prepare(finder, finder->store->db, sql, stmt);
}

/* What is asked about as a table of its own, `wanted`: the bureau, org, the place in the chunk, n, and for each of the
 * casts a column k0, k1 … Joined from the left it leads into an index of whatever stands on the right, as long as
 * nothing is said of the right side alone: for that SQLite would read all of it into a filter first. */
static void add_wanted(const void *ctx, const RecordFinder *finder, Buf *sql, const char *const *casts,
                       size_t n_casts) {
    const char *org = mem_printf(ctx, db_dialect(finder->store->db)->cast_int, "?1");
    buf_add(sql, "WITH wanted (org, n");
    for (size_t k = 0; k < n_casts; k++) buf_printf(sql, ", k%zu", k);
    buf_add(sql, ") AS (VALUES ");
    for (size_t i = 0, parameter = 2; i < RECORD_CHUNK; i++) {
        buf_printf(sql, "%s(%s, %zu", i ? ", " : "", org, i);
        for (size_t k = 0; k < n_casts; k++, parameter++) {
            buf_add(sql, ", ");
            buf_printf(sql, casts[k], mem_printf(ctx, "?%zu", parameter));
        }
        buf_char(sql, ')');
    }
    buf_add(sql, ") ");
}

/* --- by key --- */

static const char *cast_of(const DbDialect *dialect, const Field *field) {
    switch (field->kind->storage) {
    case STORE_INT:
        return dialect->cast_int;
    case STORE_DATE:
        return dialect->cast_date;
    case STORE_TEXT:
    case STORE_JSON:
        break;
    }
    return dialect->cast_text;
}

static int prepare_keys(RecordFinder *finder) {
    if (finder->keys) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Ledger *ledger = finder->ledger;
    const char **casts = mem_array(scratch, const char *, ledger->n_key);
    for (size_t k = 0; k < ledger->n_key; k++) casts[k] = cast_of(db_dialect(finder->store->db), ledger->key[k]);
    Buf sql = BUF_INIT(scratch);
    add_wanted(scratch, finder, &sql, casts, ledger->n_key);
    buf_printf(&sql, "SELECT w.n, r.id FROM wanted w LEFT JOIN %s r ON r.org = w.org AND r.recorded_to IS NULL",
               ledger->table);
    for (size_t k = 0; k < ledger->n_key; k++) buf_printf(&sql, " AND r.%s = w.k%zu", ledger->key[k]->column, k);
    buf_add(&sql, " WHERE w.k0 IS NOT NULL");
    return prepare(finder, buf_text(&sql), &finder->keys);
}

int record_find_keys(RecordFinder *finder, Record *const *records, size_t n, int64_t *ret_ids) {
    assert(n <= RECORD_CHUNK);
    int fault = prepare_keys(finder);
    if (fault) return fault;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Ledger *ledger = finder->ledger;
    stmt_bind_int(finder->keys, 1, finder->store->org);
    for (size_t i = 0; i < n; i++) {
        ret_ids[i] = 0;
        for (size_t k = 0; k < ledger->n_key; k++) {
            const Field *field = ledger->key[k];
            Value value = record_to_stored(scratch, finder->store, field, records[i]->values[field->index]);
            stmt_bind_value(finder->keys, (int)(2 + i * ledger->n_key + k), value);
        }
    }
    int step;
    while ((step = stmt_step(finder->keys)) == DB_ROW)
        if (!stmt_is_null(finder->keys, 1)) ret_ids[stmt_int(finder->keys, 0)] = stmt_int(finder->keys, 1);
    return step;
}

/* Whether a number can be one of the ledger's own: it begins as its pattern does. */
static bool may_be_own(const Ledger *ledger, const char *number) {
    const char *pattern = ledger->number.text;
    return pattern && !strncmp(number, pattern, strcspn(pattern, "{"));
}

static int prepare_numbers(RecordFinder *finder) {
    if (finder->numbers) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *const cast = db_dialect(finder->store->db)->cast_text;
    Buf sql = BUF_INIT(scratch);
    add_wanted(scratch, finder, &sql, &cast, 1);
    buf_printf(&sql,
               "SELECT w.n, r.id FROM wanted w LEFT JOIN %s r ON r.org = w.org AND r.recorded_to IS NULL"
               " AND r.number = w.k0 WHERE w.k0 IS NOT NULL",
               finder->ledger->table);
    return prepare(finder, buf_text(&sql), &finder->numbers);
}

int record_find_numbers(RecordFinder *finder, const char *const *numbers, size_t n, int64_t *ret_ids) {
    assert(n <= RECORD_CHUNK);
    size_t wanted = 0;
    for (size_t i = 0; i < n; i++) {
        ret_ids[i] = 0;
        wanted += numbers[i] && may_be_own(finder->ledger, numbers[i]);
    }
    if (!wanted) return 0;
    int fault = prepare_numbers(finder);
    if (fault) return fault;
    stmt_bind_int(finder->numbers, 1, finder->store->org);
    for (size_t i = 0; i < n; i++)
        if (numbers[i] && may_be_own(finder->ledger, numbers[i]))
            stmt_bind_text(finder->numbers, (int)i + 2, numbers[i]);
    int step;
    while ((step = stmt_step(finder->numbers)) == DB_ROW)
        if (!stmt_is_null(finder->numbers, 1)) ret_ids[stmt_int(finder->numbers, 0)] = stmt_int(finder->numbers, 1);
    return step;
}

int record_find_number(RecordFinder *finder, const char *number, int64_t *ret_id) {
    if (!may_be_own(finder->ledger, number)) return RECORD_E_NONE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int fault = prepare(finder,
                        mem_printf(scratch,
                                   "SELECT r.id FROM %s r WHERE r.org = ?1 AND r.number = ?2 AND r.recorded_to IS NULL",
                                   finder->ledger->table),
                        &finder->number);
    if (fault) return fault;
    stmt_bind_values(finder->number, 1, DB_VALUES(VALUE_OF_INT(finder->store->org), VALUE_OF_TEXT(number)));
    int step = stmt_step(finder->number);
    if (step == DB_ROW) *ret_id = stmt_int(finder->number, 0);
    return stmt_end_found(finder->number, step);
}

/* --- by id --- */

static int prepare_load(RecordFinder *finder) {
    if (finder->spans) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *const cast = db_dialect(finder->store->db)->cast_int;
    Buf records = BUF_INIT(scratch), spans = BUF_INIT(scratch);
    add_wanted(scratch, finder, &records, &cast, 1);
    buf_printf(&records,
               "SELECT %s, w.n FROM wanted w LEFT JOIN %s r ON r.org = w.org AND r.id = w.k0 AND r.recorded_to IS NULL "
               "WHERE w.k0 IS NOT NULL",
               record_columns(scratch, finder->ledger), finder->ledger->table);
    add_wanted(scratch, finder, &spans, &cast, 1);
    buf_add(&spans,
            "SELECT s.state, s.entered_on, s.left_on, w.n FROM wanted w LEFT JOIN state_span s"
            " ON s.org = w.org AND s.record = w.k0 AND s.recorded_to IS NULL WHERE w.k0 IS NOT NULL ORDER BY w.n, s.n");
    int fault = prepare(finder, buf_text(&records), &finder->records);
    return fault ? fault : prepare(finder, buf_text(&spans), &finder->spans);
}

static void bind_ids(const RecordFinder *finder, Stmt *stmt, const int64_t *ids, size_t n) {
    stmt_bind_int(stmt, 1, finder->store->org);
    for (size_t i = 0; i < n; i++)
        if (ids[i]) stmt_bind_int(stmt, (int)i + 2, ids[i]);
}

static int load_records(const void *ctx, RecordFinder *finder, Record **ret_records) {
    Stmt *stmt = finder->records;
    int step, place = stmt_columns(stmt) - 1;
    while ((step = stmt_step(stmt)) == DB_ROW)
        if (!stmt_is_null(stmt, 0))
            ret_records[stmt_int(stmt, place)] = record_from_row(ctx, finder->store, finder->ledger, stmt, 0);
    return step;
}

static int load_spans(RecordFinder *finder, Record *const *records) {
    Stmt *stmt = finder->spans;
    int step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Record *record = records[stmt_int(stmt, 3)];
        if (record && !stmt_is_null(stmt, 0)) record_add_span(record, record, stmt);
    }
    return step;
}

int record_load_all(const void *ctx, RecordFinder *finder, const int64_t *ids, size_t n, Record **ret_records) {
    assert(n <= RECORD_CHUNK);
    size_t wanted = 0;
    for (size_t i = 0; i < n; i++) {
        ret_records[i] = NULL;
        wanted += ids[i] != 0;
    }
    if (!wanted) return 0;
    int fault = prepare_load(finder);
    if (fault) return fault;
    bind_ids(finder, finder->records, ids, n);
    fault = load_records(ctx, finder, ret_records);
    if (fault) return fault;
    bind_ids(finder, finder->spans, ids, n);
    return load_spans(finder, ret_records);
}
