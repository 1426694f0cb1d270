/* exchange/import.c: a file from its opening to its batch. */
#include "exchange/import.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"
#include "base/mem.h"
#include "exchange/chunk.h"
#include "exchange/merged.h"
#include "ledger/batch.h"
#include "people/permission.h"

#define HASH_BLOCK 65536u

typedef struct Import {
    Store *store;
    const Ledger *ledger;
    const char *path, *name;
    const ImportOptions *options;
    Diag *diag; /* the user's */
    SheetFile *file;
    Heading heading;
    Place sheet;
    Findings *findings;
    Writer *writer;
    Merged *merged;
    RowReader *reader;
    Chunk *chunk;
    int64_t hidden; /* rows read that the spreadsheet does not show */
    ImportResult *result;
} Import;

/* --- before the first row --- */

bool import_is_permitted(const Actor *actor, const Ledger *ledger, const char *file, Diag *diag) {
    if (actor_may(actor, &(Ask){.word = PERMISSION_EDIT, .ledger = ledger})) return true;
    diag_error(diag, PLACE_FILE(file), "not-permitted", "%s may not change '%s'; ask somebody with the role",
               actor->name, label_text(ledger->title));
    return false;
}

/* Everything that is needed to read rows and to write them, owned by ctx. 0, 1 with findings, or a fault. */
static int open_all(const void *ctx, Import *import) {
    if (!import_is_permitted(&import->options->actor, import->ledger, import->name, import->diag)) return 1;
    if (sheet_open(ctx, import->path, import->diag, &import->file)) return 1;
    sheet_call(import->file, import->name);
    if (heading_find(ctx, import->file, import->name, &import->options->mapping, import->ledger, import->diag,
                     &import->heading))
        return 1;
    import->result->sheet = mem_strdup(import->store, sheet_name(import->file, import->heading.sheet));
    import->sheet = (Place){.file = import->name, .sheet = import->result->sheet};
    import->findings = findings_new(ctx, import->diag, &import->heading, import->options->marked != NULL);
    const WriterOptions options = {.actor = import->options->actor, .batch = WRITER_NEW_BATCH};
    int fault = writer_open(ctx, import->store, &options, import->diag, &import->writer);
    if (fault) return fault;
    Diag *diag = &import->findings->diag;
    import->merged = merged_new(ctx, import->file, &import->heading, import->sheet, diag);
    import->reader = row_reader_new(ctx, import->store, import->ledger, &import->heading, import->sheet, diag);
    import->chunk = chunk_new(ctx, &(ChunkTerms){.store = import->store,
                                                 .ledger = import->ledger,
                                                 .options = import->options,
                                                 .writer = import->writer,
                                                 .reader = import->reader,
                                                 .sheet = import->sheet,
                                                 .findings = import->findings,
                                                 .result = import->result});
    return 0;
}

/* --- rows --- */

/* 0, 1 when the caller ends it, or a fault. */
static int take_chunk(Import *import) {
    int fault = chunk_take(import->chunk);
    if (fault) return store_fault(import->store, fault, import->diag);
    const ImportOptions *options = import->options;
    if (!options->progress || options->progress(sheet_progress(import->file), import->result->read, options->data))
        return 0;
    diag_error(import->diag, PLACE_FILE(import->name), "ended",
               "it was cancelled, and nothing was written; import it again");
    return 1;
}

static int read_row(Import *import, uint32_t number, const Cell *cells, size_t n) {
    ImportRow row;
    bool is_last = chunk_is_empty(import->chunk);
    int result = row_read(import->reader, chunk_memory(import->chunk), number, cells, n, is_last, &row);
    if (result == ROW_E_WAITS) {
        int fault = take_chunk(import);
        if (!fault) fault = writer_flush(import->writer);
        return fault ? fault : read_row(import, number, cells, n);
    }
    if (result < 0) return store_fault(import->store, result, import->diag);
    if (result == ROW_E_NOTHING) return 0;
    import->result->read++;
    import->hidden += sheet_row_is_hidden(import->file);
    merged_doubt(import->merged, number, cells, n);
    import->result->refused += result == ROW_E_REFUSED;
    if (!result) chunk_add(import->chunk, &row);
    return chunk_is_full(import->chunk) ? take_chunk(import) : 0;
}

/* Filtered rows look as if they were not in the file. */
static void tell_hidden(const Import *import) {
    if (import->hidden)
        diag_warn(&import->findings->diag, import->sheet, "hidden-rows",
                  "%lld hidden rows were read like the others; delete them from the sheet if they do not count",
                  (long long)import->hidden);
}

/* 0, 1 when the file is broken or the caller ends it, or a fault; all with findings. */
static int read_rows(Import *import) {
    uint32_t number;
    const Cell *cells;
    size_t n;
    int more, fault = 0;
    while (!fault && (more = sheet_next(import->file, import->diag, &number, &cells, &n)) > 0) {
        if (number <= import->heading.last_row) continue;
        cells = merged_fill(import->merged, number, cells, &n);
        fault = read_row(import, number, cells, n);
    }
    if (fault) return fault;
    tell_hidden(import);
    return more < 0 ? 1 : take_chunk(import);
}

/* --- after the last row --- */

/* The file's own fingerprint, so that a batch can be held against the file it came from. 0, or 1 with a finding. */
static int hash_file(const void *ctx, const Import *import, char ret_hex[HASH_HEX_SIZE]) {
    FILE *in = fopen(import->path, "rb");
    uint8_t *block = mem_array(ctx, uint8_t, HASH_BLOCK);
    Hash *hash = hash_new(ctx, import->store->hash_kind);
    hash_start(hash);
    for (size_t got; in && (got = fread(block, 1, HASH_BLOCK, in)) > 0;) hash_add(hash, block, got);
    bool fine = in && !ferror(in);
    if (in) fclose(in);
    hash_end_hex(hash, ret_hex);
    if (!fine)
        diag_error(import->diag, PLACE_FILE(import->name), "unreadable",
                   "the file can no longer be read; import it again");
    return !fine;
}

static int finish(const void *ctx, Import *import) {
    ImportResult *result = import->result;
    if (import->options->dry_run || result->created + result->updated == 0) return 0;
    char hex[HASH_HEX_SIZE], now[INSTANT_SIZE];
    if (hash_file(ctx, import, hex)) return 1;
    instant_now(now);
    const Batch batch = {.id = writer_batch(import->writer),
                         .ledger = import->ledger->name.text,
                         .file = file_base_name(import->name),
                         .file_hash = hex,
                         .sheet = result->sheet,
                         .at = now,
                         .actor = import->options->actor.name,
                         .created = result->created,
                         .updated = result->updated,
                         .unchanged = result->unchanged,
                         .refused = result->refused};
    int fault = batch_add(import->store, &batch);
    if (fault) return store_fault(import->store, fault, import->diag);
    fault = writer_commit(import->writer, import->diag);
    if (!fault) result->batch = batch.id;
    return fault;
}

static int write_marked(Import *import) {
    if (!import->options->marked || !import->findings->n_marks) return 0;
    findings_sort(import->findings);
    return sheet_write_marked(import->path, import->heading.sheet, import->options->marked, import->findings->marks,
                              import->findings->n_marks, import->diag);
}

int import_file(Store *store, const Ledger *ledger, const char *path, const ImportOptions *options, Diag *diag,
                ImportResult *ret_result) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    *ret_result = (ImportResult){.ledger = ledger};
    Import import = {.store = store,
                     .ledger = ledger,
                     .path = path,
                     .name = options->name ? options->name : path,
                     .options = options,
                     .diag = diag,
                     .result = ret_result};
    int result = open_all(scratch, &import);
    if (!result) result = read_rows(&import);
    if (!result) result = finish(scratch, &import);
    return result ? result : write_marked(&import);
}
