/* exchange/import.h: spreadsheets as bureaus have them, into a ledger.
 *
 * Finds the heading row under titles and merged cells, maps columns by label or alias, reads rows in chunks in
 * constant memory, updates by the ledger's key, refuses bad rows one by one with sheet, row, column, value and reason,
 * and takes the good ones through the one door in a single transaction: a batch, which can be undone. */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "ledger/transition.h"

#define IMPORT_HEADING_ROWS 30u /* where the heading is looked for */
#define IMPORT_CHUNK 1000u
#define IMPORT_MARKS_MAX 20000u /* cells marked in a corrected copy */

typedef struct ImportOptions {
    size_t sheet;           /* from 1; 0: the first visible one with a heading that fits */
    bool dry_run;           /* everything but the writing: the transaction is taken back */
    const char *marked;     /* path of a copy with the wrong cells marked, or NULL */
    Actor actor;
    void (*progress)(double part, int64_t rows, void *data); /* or NULL */
    void *data;
} ImportOptions;

typedef struct ImportResult {
    int64_t batch; /* 0: nothing was written */
    const Ledger *ledger;
    const char *sheet; /* lives as long as the store; NULL: none was read */
    int64_t read, created, updated, unchanged, refused; /* rows */
} ImportResult;

/* Findings (every problem of every row, headings not understood, required columns missing) go to diag; a streaming diag
 * (on_add) keeps memory flat. 0: done, diag may hold refused rows; 1: nothing could be read or written at all; or a fault
 * of the database, with its finding. */
int import_file(Store *store, const Ledger *ledger, const char *path, const ImportOptions *options, Diag *diag,
                ImportResult *ret_result);

/* Takes a batch back: records it created are withdrawn (counted in `created`), records it updated get their former values
 * as a new version (`updated`). Refused as a whole, with one finding a record (`refused`), when something was changed after
 * it or refers to what it created. 0, 1 with findings, or a fault with its finding. */
int import_undo(Store *store, int64_t batch, const Actor *actor, Diag *diag, ImportResult *ret_result);

#endif
