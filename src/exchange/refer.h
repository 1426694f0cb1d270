/* exchange/refer.h: references as the words that stand in sheets, and back. Private to exchange/.
 *
 * A record is named by one of its ledger's `names`; one that shares all of them with another is written "name #id". */
#ifndef EXCHANGE_REFER_H
#define EXCHANGE_REFER_H

#include "ledger/record.h"

#define REFER_SUGGESTIONS_MAX 100u /* different words that a similar name is looked for */

typedef struct Refer Refer;

/* Owned by ctx. */
Refer *refer_new(const void *ctx, Store *store);
/* The record meant by words. 0, RECORD_E_NONE, RECORD_E_SEVERAL, or a fault. */
int refer_find(Refer *refer, const Ledger *ledger, const char *words, int64_t *ret_id);
/* A name in the ledger that comes near, for "did you mean"; NULL when none does or enough was looked for. Lent for
 * ever. */
const char *refer_suggest(Refer *refer, const Ledger *ledger, const char *words);
/* What to write where several records are called so: the joined name or the key, or one of the first of them. */
Label refer_tell_apart(const void *ctx, Refer *refer, const Ledger *ledger, const char *words);
/* Records are named by their titles from now on: for people, not for refer_find. */
void refer_use_titles(Refer *refer);
/* Words by which refer_find finds a record again; lent until the next call. NULL: there is no such record. */
const char *refer_name(Refer *refer, const Ledger *ledger, int64_t id);

#endif
