/* ledger/record.h: one record: its values in memory, how it is loaded, shown and named.
 *
 * A record is a row of its ledger's table per version; the current one has recorded_to IS NULL. Values stand in
 * the order of the ledger's fields. References hold ids; sealed values are plain here and sealed in the table. */
#ifndef LEDGER_RECORD_H
#define LEDGER_RECORD_H

#include "ledger/store.h"

typedef struct Span {
    const State *state;
    Date entered_on; /* DATE_NONE: not known */
    Date left_on;    /* DATE_NONE: still in it */
} Span;

typedef struct Record {
    const Ledger *ledger;
    int64_t id;
    int64_t version;
    const State *state;
    const char *number;
    Value *values; /* n_fields */
    Span *spans;   /* its way through the states, oldest first; see record_load_spans */
    size_t n_spans;
    const char *recorded_from, *recorded_to; /* UTC instants; recorded_to NULL: current */
} Record;

Record *record_new(const void *ctx, const Ledger *ledger);
Record *record_copy(const void *ctx, const Record *record);

/* The current version, or with as_at (UTC instant) that of then. 0, 1 when there is none, negative fault. Owned by ctx.
 */
int record_load(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const char *as_at,
                Record **ret_record);
int record_load_version(const void *ctx, Store *store, const Ledger *ledger, int64_t id, int64_t version,
                        Record **ret_record);
int record_load_spans(const void *ctx, Store *store, Record *record);
/* Its way as it was laid down before a change of the log. */
int record_load_spans_before(const void *ctx, Store *store, Record *record, int64_t seq);
/* One more span, from the row a statement stands on: state, entered_on, left_on. */
void record_add_span(const void *ctx, Record *record, const Stmt *stmt);

/* SELECT columns of a ledger's table under alias r, in the order record_from_row reads them. */
const char *record_columns(const void *ctx, const Ledger *ledger);
/* The record of the row a statement stands on, beginning at column `first`. Owned by ctx. */
Record *record_from_row(const void *ctx, const Store *store, const Ledger *ledger, const Stmt *stmt, int first);

/* Words: the title (field `shows`), and one value as people read it, references by their title. Owned by ctx. */
char *record_title(const void *ctx, Store *store, const Record *record);
char *record_show(const void *ctx, Store *store, const Record *record, const Field *field, bool masked);

/* The record meant by words in a sheet ("91349901…", a name): fields `names` in order, then those `joined`.
 * 0, RECORD_E_NONE, RECORD_E_SEVERAL, or a fault. */
enum { RECORD_E_NONE = 1, RECORD_E_SEVERAL = 2 };
int record_find_named(Store *store, const Ledger *ledger, const char *words, int64_t *ret_id);
/* The current record with these key values (those of record's key fields). 0, RECORD_E_NONE, or a fault. */
int record_find_key(Store *store, const Record *record, int64_t *ret_id);

/* Many of one ledger at once, for imports: a chunk costs one question to the database. */
#define RECORD_CHUNK 1000u
typedef struct RecordFinder RecordFinder;
RecordFinder *record_finder_new(const void *ctx, Store *store, const Ledger *ledger);
/* For each of at most RECORD_CHUNK records the id of the current record with its key, or 0. 0, or a fault. */
int record_find_keys(RecordFinder *finder, Record *const *records, size_t n, int64_t *ret_ids);
/* For each of at most RECORD_CHUNK own numbers (NULL: none is asked about) the id of the current record with it, or 0.
 * 0, or a fault. */
int record_find_numbers(RecordFinder *finder, const char *const *numbers, size_t n, int64_t *ret_ids);
/* The current record with an own number. 0, RECORD_E_NONE, or a fault. */
int record_find_number(RecordFinder *finder, const char *number, int64_t *ret_id);
/* The current versions with their spans, each owned by ctx; NULL for ids that are 0 or gone. 0, or a fault. */
int record_load_all(const void *ctx, RecordFinder *finder, const int64_t *ids, size_t n, Record **ret_records);

/* The text in a field that stands under this name; "" when it holds none. Lent. */
const char *record_text_in(const Record *record, const char *field);

/* A record as a row for expressions: follows references through the store (current versions). Lent. */
ExprRow record_row(Store *store, const Record *record);
ExprParams store_params(const Store *store, Period period);

/* What is stored of a value: sealed kinds are sealed (blank when the key is missing), everything else is as it is. */
Value record_to_stored(const void *ctx, const Store *store, const Field *field, Value value);

/* The fingerprint of a version: over state, number, na and then every column that is not blank, by name, as
 * stored: "name NUL value NUL". verify recomputes it from the table without knowing the definitions. */
void record_hash(const Store *store, const Record *record, Hash *hash, uint8_t ret_digest[HASH_SIZE]);
/* The na column: "|a|b|" of the fields that are not applicable; NULL for none. Owned by ctx. */
char *record_na(const void *ctx, const Record *record);

#endif
