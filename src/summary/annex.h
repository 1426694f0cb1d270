/* summary/annex.h: where the numbers of a text come from, as a table behind it. Private to summary/. */
#ifndef SUMMARY_ANNEX_H
#define SUMMARY_ANNEX_H

#include "summary/summary.h"

#define ANNEX_HASH_SHOWN 16 /* hexadecimal digits of a figure's hash */

/* Appends the annex to the document, and its name before the signature: one row a figure, whose first cell is where
 * links to the figure lead. */
void annex_add(Summary *summary);

/* Whether a block is that name: a page whose figures open has no annex. */
bool annex_is_note(const Block *block);

/* The cut-off of a figure in words: its day, or that of now. */
const char *annex_cut_off(const void *ctx, const Summary *summary);
const char *annex_period(const void *ctx, const SummaryFigure *figure);

#endif
