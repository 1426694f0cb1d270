/* exchange/merged.h: cells merged downwards, which stand for each of their rows. Private to exchange/.
 *
 * Clerks write the town once beside all of its villages. An amount merged so is the sum of its rows: it stays with the
 * first of them, and that is said, so that nothing is counted twice. */
#ifndef EXCHANGE_MERGED_H
#define EXCHANGE_MERGED_H

#include "exchange/heading.h"

typedef struct Merged Merged;

/* file, heading and diag are lent; sheet is where findings are. */
Merged *merged_new(const void *ctx, const SheetFile *file, const Heading *heading, Place sheet, Diag *diag);
/* The cells of the next row, with those that stand for it from above. Lent until the next call. */
const Cell *merged_fill(Merged *merged, uint32_t row, const Cell *cells, size_t *count);
/* Says once, of a file that does not tell what is merged, that a needed cell of the record may be merged with the one
 * above. */
void merged_doubt(Merged *merged, uint32_t row, const Cell *cells, size_t count);

#endif
