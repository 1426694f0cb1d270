/* ledger/validate.h: whether a record may stand as it is. Private to ledger/; everybody else goes through the door. */
#ifndef LEDGER_VALIDATE_H
#define LEDGER_VALIDATE_H

#include "ledger/record.h"

/* Required fields, fields the state needs, contradictions of state and dates, checks. Errors and warnings to diag with
 * the place given (its field filled in). Returns the number of errors; *ret_warnings counts the others. */
size_t validate_record(Store *store, const Record *record, Place at, Diag *diag, size_t *ret_warnings);

#endif
