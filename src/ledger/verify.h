/* ledger/verify.h: whether tables, log, states and attachments still say the same. */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "ledger/store.h"

typedef struct VerifyResult {
    int64_t changes;  /* rows of the log that were replayed */
    int64_t versions; /* versions compared */
    int64_t rows;     /* of the logs of people and errands */
    int64_t attachments;
    int64_t bad; /* findings */
} VerifyResult;

typedef void (*VerifyProgress)(int64_t done, int64_t all, void *data);

/* Replays the log in order in constant memory: every hash of the chain, every version's row hash (from the table as it
 * is, not from the definitions), that exactly the versions of the log exist and exactly the last one of a record that
 * was not withdrawn is open, that state_span says what the record says, the chains of the logs of people and
 * errands, and that every attachment has its content. Each bad link is named. progress may be NULL. 0, or a fault;
 * findings in diag. */
int verify_store(Store *store, VerifyProgress progress, void *data, Diag *diag, VerifyResult *ret_result);
/* The same but for the attachments; also inside a transaction that writes. */
int verify_tables(Store *store, VerifyProgress progress, void *data, Diag *diag, VerifyResult *ret_result);

#endif
