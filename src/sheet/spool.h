/* sheet/spool.h: bytes appended once and read again anywhere: in memory while few, else in a temporary file that has
 * no name and ends with the program. The file is in $TMPDIR, else /var/tmp. */
#ifndef SHEET_SPOOL_H
#define SHEET_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Spool Spool;

Spool *row_spool_new(const void *ctx, size_t memory_max);
/* After a false (disk full, no folder to write to) the spool is of no use any more. */
bool row_spool_add(Spool *spool, const void *bytes, size_t size);
uint64_t row_spool_size(const Spool *spool);
bool row_spool_read(Spool *spool, uint64_t at, void *ret_bytes, size_t size); /* false also beyond the end */

#endif
