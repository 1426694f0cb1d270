/* ledger/number.h: own numbers of records: CG-{year}-{serial:4}. Private to ledger/. */
#ifndef LEDGER_NUMBER_H
#define LEDGER_NUMBER_H

#include "ledger/record.h"

typedef struct Numbers Numbers; /* within one write transaction */
Numbers *numbers_new(const void *ctx, Store *store);
/* The next number of a ledger, owned by ctx; NULL when it has none. */
const char *numbers_next(const void *ctx, Numbers *numbers, const Ledger *ledger);
/* Writes down how far the serials have come. */
int numbers_keep(Numbers *numbers);

#endif
