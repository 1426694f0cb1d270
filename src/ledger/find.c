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
    Stmt *keys, *number, *records, *spans; /* made when first asked */
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

/* --- by key --- */

static const char *cast_of(const DbDialect *dialect, const Field *field) {
    switch (field->kind->storage) {
    case STORE_INT: return dialect->cast_int;
    case STORE_DATE: return dialect->cast_date;
    case STORE_TEXT:
    case STORE_JSON: break;
    }
    return dialect->cast_text;
}

/* The wanted keys are a table of their own, written out, that leads into the index of the key. */
static const char *keys_sql(const void *ctx, const RecordFinder *finder) {
    const Ledger *ledger = finder->ledger;
    const DbDialect *dialect = db_dialect(finder->store->db);
    Buf sql = BUF_INIT(ctx);
    buf_add(&sql, "WITH wanted (n");
    for (size_t k = 0; k < ledger->n_key; k++) buf_printf(&sql, ", k%zu", k);
    buf_add(&sql, ") AS (VALUES ");
    for (size_t i = 0, parameter = 2; i < RECORD_CHUNK; i++) {
        buf_printf(&sql, "%s(%zu", i ? ", " : "", i);
        for (size_t k = 0; k < ledger->n_key; k++, parameter++) {
            buf_add(&sql, ", ");
            buf_printf(&sql, cast_of(dialect, ledger->key[k]), mem_printf(ctx, "?%zu", parameter));
        }
        buf_char(&sql, ')');
    }
    buf_printf(&sql, ") SELECT w.n, r.id FROM wanted w CROSS JOIN %s r WHERE r.org = ?1 AND r.recorded_to IS NULL", ledger->table);
    for (size_t k = 0; k < ledger->n_key; k++) buf_printf(&sql, " AND r.%s = w.k%zu", ledger->key[k]->column, k);
    return buf_text(&sql);
}

int record_find_keys(RecordFinder *finder, Record *const *records, size_t n, int64_t *ret_ids) {
    assert(n <= RECORD_CHUNK);
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Ledger *ledger = finder->ledger;
    int fault = finder->keys ? 0 : prepare(finder, keys_sql(scratch, finder), &finder->keys);
    if (fault) return fault;
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
    while ((step = stmt_step(finder->keys)) == DB_ROW) ret_ids[stmt_int(finder->keys, 0)] = stmt_int(finder->keys, 1);
    return step;
}

/* Whether a number can be one of the ledger's own: it begins as its pattern does. */
static bool may_be_own(const Ledger *ledger, const char *number) {
    const char *pattern = ledger->number.text;
    return pattern && !strncmp(number, pattern, strcspn(pattern, "{"));
}

int record_find_number(RecordFinder *finder, const char *number, int64_t *ret_id) {
    if (!may_be_own(finder->ledger, number)) return RECORD_E_NONE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int fault = prepare(finder,
                        mem_printf(scratch, "SELECT r.id FROM %s r WHERE r.org = ?1 AND r.number = ?2 AND r.recorded_to IS NULL",
                                   finder->ledger->table),
                        &finder->number);
    if (fault) return fault;
    stmt_bind_int(finder->number, 1, finder->store->org);
    stmt_bind_text(finder->number, 2, number);
    int step = stmt_step(finder->number);
    if (step == DB_ROW) *ret_id = stmt_int(finder->number, 0);
    stmt_reset(finder->number);
    return step == DB_ROW ? 0 : step < 0 ? step : RECORD_E_NONE;
}

/* --- by id --- */

static void add_places(Buf *sql) {
    for (size_t i = 0; i < RECORD_CHUNK; i++) buf_printf(sql, "%s?%zu", i ? ", " : "", i + 2);
}

static int prepare_load(RecordFinder *finder) {
    if (finder->records) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf records = BUF_INIT(scratch), spans = BUF_INIT(scratch);
    buf_printf(&records, "SELECT %s FROM %s r WHERE r.org = ?1 AND r.recorded_to IS NULL AND r.id IN (",
               record_columns(scratch, finder->ledger), finder->ledger->table);
    buf_add(&spans, "SELECT state, entered_on, left_on, record FROM state_span WHERE org = ?1 AND record IN (");
    add_places(&records);
    add_places(&spans);
    buf_char(&records, ')');
    buf_add(&spans, ") AND recorded_to IS NULL ORDER BY record, n");
    int fault = prepare(finder, buf_text(&records), &finder->records);
    return fault ? fault : prepare(finder, buf_text(&spans), &finder->spans);
}

static void bind_ids(const RecordFinder *finder, Stmt *stmt, const int64_t *ids, size_t n) {
    stmt_bind_int(stmt, 1, finder->store->org);
    for (size_t i = 0; i < n; i++)
        if (ids[i]) stmt_bind_int(stmt, (int)i + 2, ids[i]);
}

/* Which place of the chunk an id has. */
typedef struct Spot {
    int64_t id;
    size_t at;
} Spot;

static int compare_spots(const void *a, const void *b) {
    const Spot *one = a, *other = b;
    return one->id < other->id ? -1 : one->id > other->id;
}

static const Spot *sort_spots(const void *ctx, const int64_t *ids, size_t n) {
    Spot *spots = mem_array(ctx, Spot, n + 1);
    for (size_t i = 0; i < n; i++) spots[i] = (Spot){ids[i], i};
    qsort(spots, n, sizeof *spots, compare_spots);
    return spots;
}

static const Spot *find_spot(const Spot *spots, size_t n, int64_t id) {
    return bsearch(&(Spot){.id = id}, spots, n, sizeof *spots, compare_spots);
}

int record_load_all(const void *ctx, RecordFinder *finder, const int64_t *ids, size_t n, Record **ret_records) {
    assert(n <= RECORD_CHUNK);
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Spot *spots = sort_spots(scratch, ids, n);
    for (size_t i = 0; i < n; i++) ret_records[i] = NULL;
    int step = prepare_load(finder);
    if (step) return step;
    bind_ids(finder, finder->records, ids, n);
    while ((step = stmt_step(finder->records)) == DB_ROW) {
        Record *record = record_from_row(ctx, finder->store, finder->ledger, finder->records, 0);
        ret_records[find_spot(spots, n, record->id)->at] = record;
    }
    if (step < 0) return step;
    bind_ids(finder, finder->spans, ids, n);
    while ((step = stmt_step(finder->spans)) == DB_ROW) {
        Record *record = ret_records[find_spot(spots, n, stmt_int(finder->spans, 3))->at];
        if (record) record_add_span(record, record, finder->spans);
    }
    return step;
}
