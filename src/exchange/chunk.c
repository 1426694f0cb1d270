/* exchange/chunk.c: row → record it means → what it changes → the door.
 *
 * A row means the record with its key; when there is none, the one with its number, whose key was then corrected. No
 * record is written twice by one file: within a chunk keys are compared, across chunks the records named are
 * remembered. */
#include "exchange/chunk.h"

#include <assert.h>
#include <string.h>
#include <uthash.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "exchange/idset.h"
#include "ledger/batch.h"

static_assert(IMPORT_CHUNK <= RECORD_CHUNK, "a chunk is looked up at once");

#define MEMORY_SIZE ((size_t)3 << 20) /* what the rows of most chunks need */

typedef struct Keyed {
    const char *key;
    uint32_t row;
    UT_hash_handle hh;
} Keyed;

struct Chunk {
    ChunkTerms of;
    RecordFinder *finder;
    IdSet *named;
    bool said_numbers; /* that numbers of new records are not taken */
    TALLOC_CTX *memory;
    Keyed *keys;
    size_t n;
    size_t bytes; /* of their texts */
    ImportRow rows[IMPORT_CHUNK];
    Record *records[IMPORT_CHUNK]; /* of the rows, then what they were before */
    int64_t ids[IMPORT_CHUNK];     /* that rows mean; 0: new */
    bool refused[IMPORT_CHUNK];
};

Chunk *chunk_new(const void *ctx, const ChunkTerms *terms) {
    Chunk *chunk = mem_new(ctx, Chunk);
    chunk->of = *terms;
    chunk->finder = record_finder_new(chunk, terms->store, terms->ledger);
    chunk->named = idset_new(chunk, writer_batch(terms->writer));
    chunk->memory = mem_pool(chunk, MEMORY_SIZE);
    return chunk;
}

const void *chunk_memory(const Chunk *chunk) { return chunk->memory; }
bool chunk_is_empty(const Chunk *chunk) { return !chunk->n; }

void chunk_add(Chunk *chunk, const ImportRow *row) {
    chunk->records[chunk->n] = row->record;
    chunk->rows[chunk->n++] = *row;
    for (size_t i = 0; i < chunk->of.ledger->n_fields; i++) {
        Value value = row->record->values[i];
        if (value.kind == VALUE_TEXT) chunk->bytes += strlen(value.text);
    }
}

bool chunk_is_full(const Chunk *chunk) { return chunk->n == IMPORT_CHUNK || chunk->bytes > CHUNK_BYTES_MAX; }

static Place place_of(const Chunk *chunk, const ImportRow *row, const Field *field) {
    Place at = chunk->of.sheet;
    at.row = row->number;
    at.field = field ? label_text(field->label) : NULL;
    return at;
}

static Diag *diag_of(const Chunk *chunk) { return &chunk->of.findings->diag; }

/* --- which record is meant --- */

static void refuse(Chunk *chunk, size_t i) {
    chunk->refused[i] = true;
    chunk->ids[i] = 0;
}

static bool has_masked_key(const Chunk *chunk, const ImportRow *row) {
    for (size_t i = 0; row->masked && i < chunk->of.ledger->n_key; i++)
        if (row->masked[chunk->of.ledger->key[i]->index]) return true;
    return false;
}

/* Rows whose key no record has, by their numbers. */
static int find_by_numbers(Chunk *chunk) {
    const char **numbers = mem_array(chunk->memory, const char *, chunk->n);
    int64_t *ids = mem_array(chunk->memory, int64_t, chunk->n);
    for (size_t i = 0; i < chunk->n; i++) numbers[i] = chunk->ids[i] ? NULL : chunk->rows[i].record->number;
    int fault = record_find_numbers(chunk->finder, numbers, chunk->n, ids);
    for (size_t i = 0; i < chunk->n && !fault; i++) {
        const ImportRow *row = &chunk->rows[i];
        if (ids[i]) chunk->ids[i] = ids[i];
        if (!numbers[i] || ids[i] || has_masked_key(chunk, row) || chunk->said_numbers) continue;
        chunk->said_numbers = true;
        diag_warn(diag_of(chunk), place_of(chunk, row, NULL), "number-not-taken",
                  "new records get their numbers from the program; those in the sheet were not taken");
    }
    return fault;
}

/* The row that named a record first; 0 when it changed nothing and left no trace. */
static int find_first_row(Chunk *chunk, size_t i, uint32_t *ret_row) {
    for (size_t k = 0; k < i; k++)
        if (chunk->ids[k] == chunk->ids[i]) {
            *ret_row = chunk->rows[k].number;
            return 0;
        }
    int fault = writer_flush(chunk->of.writer);
    return fault ? fault : batch_find_row(chunk->of.store, writer_batch(chunk->of.writer), chunk->ids[i], ret_row);
}

static void report_twin(Chunk *chunk, size_t i, uint32_t first) {
    Place at = place_of(chunk, &chunk->rows[i], chunk->of.ledger->key[0]);
    if (first)
        diag_error(diag_of(chunk), at, "same-key", "it has the same key as row %u; keep one of the two rows", first);
    else
        diag_error(diag_of(chunk), at, "same-key", "it has the same key as an earlier row; keep one of the two rows");
    refuse(chunk, i);
}

/* The values of the key as one text, or NULL when one is hidden. */
static const char *key_text(const Chunk *chunk, const ImportRow *row) {
    if (has_masked_key(chunk, row)) return NULL;
    Buf key = BUF_INIT(chunk->memory);
    for (size_t i = 0; i < chunk->of.ledger->n_key; i++) {
        const char *text = value_text(chunk->memory, row->record->values[chunk->of.ledger->key[i]->index]);
        if (!text) return NULL; /* left blank: the door will say so */
        buf_add(&key, text);
        buf_char(&key, '\x1f');
    }
    return buf_text(&key);
}

/* Refuses a row whose key or record was named before. */
static int check_twin(Chunk *chunk, size_t i) {
    const ImportRow *row = &chunk->rows[i];
    const char *key = key_text(chunk, row);
    Keyed *twin = NULL;
    if (key) HASH_FIND_STR(chunk->keys, key, twin);
    if (twin) {
        report_twin(chunk, i, twin->row);
        return 0;
    }
    if (key) {
        Keyed *keyed = mem_new(chunk->memory, Keyed);
        *keyed = (Keyed){.key = key, .row = row->number};
        HASH_ADD_KEYPTR(hh, chunk->keys, keyed->key, strlen(keyed->key), keyed);
    }
    int64_t id = chunk->ids[i];
    bool is_first = !id || (id < writer_batch(chunk->of.writer) && idset_add(chunk->named, id));
    if (is_first) return 0;
    uint32_t first;
    int fault = find_first_row(chunk, i, &first);
    if (!fault) report_twin(chunk, i, first);
    return fault;
}

static void check_masks(Chunk *chunk, size_t i) {
    const ImportRow *row = &chunk->rows[i];
    if (!row->masked || chunk->ids[i] || chunk->refused[i]) return;
    refuse(chunk, i);
    for (size_t k = 0; k < chunk->of.ledger->n_fields; k++)
        if (row->masked[k])
            diag_error(diag_of(chunk), place_of(chunk, row, &chunk->of.ledger->fields[k]), "hidden-value",
                       "the value is hidden by stars and no record has it; write it in full");
}

static int identify(Chunk *chunk) {
    int fault = writer_show(chunk->of.writer);
    if (!fault) fault = record_find_keys(chunk->finder, chunk->records, chunk->n, chunk->ids);
    if (!fault) fault = find_by_numbers(chunk);
    for (size_t i = 0; i < chunk->n && !fault; i++) {
        chunk->refused[i] = false;
        fault = check_twin(chunk, i);
        if (!fault) check_masks(chunk, i);
    }
    return fault ? fault : record_load_all(chunk->memory, chunk->finder, chunk->ids, chunk->n, chunk->records);
}

/* --- what it changes --- */

/* Columns that the sheet does not have, and values hidden in it, stay as they were. */
static void keep_others(const Chunk *chunk, const ImportRow *row, const Record *before) {
    for (size_t i = 0; i < chunk->of.ledger->n_fields; i++)
        if (!row_reader_has(chunk->of.reader, &chunk->of.ledger->fields[i]) || (row->masked && row->masked[i]))
            row->record->values[i] = before->values[i];
}

/* Found by its key, but the number in the sheet is that of another record: one of the two is wrong. */
static int check_number(Chunk *chunk, size_t i) {
    const Record *before = chunk->records[i];
    const char *number = chunk->rows[i].record->number;
    if (!before || !number || (before->number && !strcmp(number, before->number))) return 0;
    int64_t other;
    int found = record_find_number(chunk->finder, number, &other);
    if (found) return found < 0 ? found : 0;
    Place at = place_of(chunk, &chunk->rows[i], NULL);
    at.field = label_text(words_number);
    diag_error(diag_of(chunk), at, "other-number",
               "the record with this key has the number '%s'; correct the number or the key",
               before->number ? before->number : "");
    refuse(chunk, i);
    return 0;
}

static void count(ImportResult *result, Outcome outcome) {
    switch (outcome) {
    case WRITTEN_CREATED:
        result->created++;
        break;
    case WRITTEN_UPDATED:
        result->updated++;
        break;
    case WRITTEN_UNCHANGED:
        result->unchanged++;
        break;
    case WRITTEN_REFUSED:
        result->refused++;
        break;
    }
}

static int take_row(Chunk *chunk, size_t i) {
    const ImportRow *row = &chunk->rows[i];
    const Record *before = chunk->records[i];
    Written written = {.outcome = WRITTEN_REFUSED};
    int fault = check_number(chunk, i);
    if (!fault && !chunk->refused[i]) {
        if (before)
            keep_others(chunk, row, before);
        else
            row_fill_defaults(chunk->of.reader, row->record);
        const Write write = {.ledger = chunk->of.ledger,
                             .before = before,
                             .state = row->state,
                             .values = row->record->values,
                             .effective = DATE_NONE,
                             .at = place_of(chunk, row, NULL),
                             .row = row->number,
                             .keep_warnings = true};
        chunk->of.findings->record = row->record;
        fault = transition_apply(chunk->of.writer, &write, diag_of(chunk), &written);
        chunk->of.findings->record = NULL;
    }
    if (fault) return fault;
    count(chunk->of.result, written.outcome);
    const ImportOptions *options = chunk->of.options;
    if (options->effect)
        options->effect(&(ImportEffect){row->number, written.outcome, before, row->record}, options->data);
    return 0;
}

int chunk_take(Chunk *chunk) {
    int fault = chunk->n ? identify(chunk) : 0;
    if (!fault) fault = writer_send(chunk->of.writer); /* a server takes the rest in while this chunk is written */
    for (size_t i = 0; i < chunk->n && !fault; i++) fault = take_row(chunk, i);
    HASH_CLEAR(hh, chunk->keys);
    talloc_free_children(chunk->memory);
    chunk->n = chunk->bytes = 0;
    return fault;
}
