/* ledger/signature.h: what those who were asked to sign a record (errand.h) keep it from.
 *
 * A record takes no step as long as somebody has not signed. Whoever did not agree, and has not agreed since, is passed
 * over only with a reason, which then stands in the change log. What was said before the last step is done with. */
#ifndef LEDGER_SIGNATURE_H
#define LEDGER_SIGNATURE_H

#include "ledger/errand.h"

#define SIGNATURES_MOST 500u /* of one record that are looked at, the newest */

typedef struct Signatures {
    Errands awaited; /* not signed yet, the newest first */
    Errands against; /* signed, against it, since the last step */
} Signatures;

/* Owned by ctx. 0, or a fault. */
int signature_load(const void *ctx, Store *store, int64_t record, Signatures *ret_signatures);
/* Whether the record may take a step for this reason (NULL: none). 0, 1 with a finding, or a fault. */
int signature_check(Store *store, const Record *record, const char *reason, Place at, Diag *diag);

/* 王明、李红: the names of those who were asked, or of those who asked, each once. Owned by ctx. */
const char *signature_takers(const void *ctx, Store *store, const Errands *errands);
const char *signature_askers(const void *ctx, Store *store, const Errands *errands);

#endif
