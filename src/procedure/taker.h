/* procedure/taker.h: who can be asked about a record. */
#ifndef PROCEDURE_TAKER_H
#define PROCEDURE_TAKER_H

#include "ledger/record.h"

#define TAKERS_ASKED_MAX 50u /* people asked at once */

typedef struct Taker {
    const char *login, *name;
    const char *roles; /* in words: 经办人、财政经办 */
} Taker;
typedef struct Takers {
    Taker *list;
    size_t count;
} Takers;
/* Everybody else who may see the record, by login; a role that extends to it is enough. Owned by ctx. */
int taker_list(const void *ctx, Store *store, const Record *record, const char *asker, const char *now,
               Takers *ret_takers);

#endif
