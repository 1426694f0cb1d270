/* exchange/given.h: one value for a field in all rows of a sheet that has no column for it. Private to exchange/. */
#ifndef EXCHANGE_GIVEN_H
#define EXCHANGE_GIVEN_H

#include "exchange/heading.h"

/* Adds a column to the heading for each value; a field that the sheet has a column for keeps that, and it is said.
 * Values and findings are as in import.h; at is the heading's place. */
void given_add(const void *ctx, const ImportMapping *wanted, const Words *words, Place at, Diag *diag,
               Heading *heading);

#endif
