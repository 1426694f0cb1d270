/* exchange/chunk.h: rows that wait to be taken together: which records they mean is asked once for all. Private to
 * exchange/. */
#ifndef EXCHANGE_CHUNK_H
#define EXCHANGE_CHUNK_H

#include "exchange/findings.h"
#include "exchange/import.h"
#include "exchange/row-in.h"

#define CHUNK_BYTES_MAX ((size_t)4 << 20) /* of the rows that wait, so that long texts do not add up */

typedef struct Chunk Chunk;

/* What a chunk works with; all of it outlives the chunk. */
typedef struct ChunkTerms {
    Store *store;
    const Ledger *ledger;
    const ImportOptions *options;
    Writer *writer;
    const RowReader *reader;
    Place sheet;
    Findings *findings;
    ImportResult *result;
} ChunkTerms;

/* Owned by ctx. */
Chunk *chunk_new(const void *ctx, const ChunkTerms *terms);
/* What owns the values of the next row. */
const void *chunk_memory(const Chunk *chunk);
/* Adds a row; the chunk must not be full. */
void chunk_add(Chunk *chunk, const ImportRow *row);
bool chunk_is_empty(const Chunk *chunk);
bool chunk_is_full(const Chunk *chunk);
/* Takes the rows to the door, counts what became of them, and empties the chunk. 0, or a fault. */
int chunk_take(Chunk *chunk);

#endif
