/* summary/annex.h: where the numbers of a text come from, as a table behind it. Private to summary/. */
#ifndef SUMMARY_ANNEX_H
#define SUMMARY_ANNEX_H

#include "summary/summary.h"

#define ANNEX_HASH_SHOWN 16 /* hexadecimal digits of a figure's hash */

typedef struct AnnexRow {
    const char *name; /* where links of the text to the figure lead */
    const char *title, *value, *caliber;
    Period period;
    int64_t count;
    const char *hash;
} AnnexRow;

/* Appends the annex to the document, and its name before the signature: one row a figure, whose first cell is where
 * links to the figure lead. None where there are no rows. */
void annex_add(Doc *doc, const AnnexRow *rows, size_t n, Date cut_off);

/* Whether a block is that name: a page whose figures open has no annex. */
bool annex_is_note(const Block *block);

/* The cut-off of a text: its day, or that of now; and in words. */
Date annex_day(const Summary *summary);
const char *annex_cut_off(const void *ctx, const Summary *summary);
const char *annex_period(const void *ctx, const SummaryFigure *figure);

#endif
