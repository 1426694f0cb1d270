/* exchange/import.h: spreadsheets as bureaus have them, into a ledger.
 *
 * Finds the heading row under titles and merged cells, maps columns by label or alias, reads rows in chunks in
 * constant memory, updates by the ledger's key, refuses bad rows one by one with sheet, row, column, value and reason,
 * and takes the good ones through the one door in a single transaction: a batch, which can be undone. */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "ledger/transition.h"

#define IMPORT_HEADING_ROWS 30u /* where the heading is looked for */
#define IMPORT_CHUNK        1000u
#define IMPORT_MARKS_MAX    20000u /* cells marked in a corrected copy */

/* What a column of the file is read as. */
typedef struct ImportColumn {
    size_t place;        /* in the sheet, from 0 */
    const char *heading; /* as it stands there; the letter of the column where there is none */
    const char *means;   /* the name of a field, "state", "number", or "": it is not read */
} ImportColumn;

/* What a field is in all rows of a file that has no column for it. */
typedef struct ImportGiven {
    const char *field; /* by its name or as a heading would call it */
    const char *value; /* as a cell would have it */
} ImportGiven;

/* How a file is to be read. Zeros: as it says itself. */
typedef struct ImportMapping {
    size_t sheet;                /* from 1; 0: the first visible one with a heading that fits */
    uint32_t heading;            /* the row of the heading, the lower one of two; 0: it is looked for */
    const ImportColumn *columns; /* NULL: as their headings say; else columns that are not among them are not read */
    size_t n_columns;
    const ImportGiven *given;
    size_t n_given;
} ImportMapping;

/* What becomes of a row. Lent. */
typedef struct ImportEffect {
    uint32_t row;
    Outcome outcome;
    const Record *before; /* NULL: it is new */
    const Record *after;
} ImportEffect;

typedef struct ImportOptions {
    const char *name; /* what the file is called, where that is not its path; or NULL */
    ImportMapping mapping;
    bool dry_run;       /* everything but the writing: the transaction is taken back */
    const char *marked; /* path of a copy with the wrong cells marked, made when there are any; or NULL */
    Actor actor;
    bool (*progress)(double part, int64_t rows, void *data); /* or NULL; false ends it: nothing is written then */
    void (*effect)(const ImportEffect *effect, void *data);  /* or NULL */
    void *data;
} ImportOptions;

typedef struct ImportResult {
    int64_t batch; /* 0: nothing was written */
    const Ledger *ledger;
    const char *sheet;                                  /* lives as long as the store; NULL: none was read */
    int64_t read, created, updated, unchanged, refused; /* rows */
} ImportResult;

/* Findings (every problem of every row, headings not understood, required columns missing) go to diag; a streaming diag
 * (on_add) keeps memory flat. 0: done, diag may hold refused rows; 1: nothing could be read or written at all; or a
 * fault of the database, with its finding. */
int import_file(Store *store, const Ledger *ledger, const char *path, const ImportOptions *options, Diag *diag,
                ImportResult *ret_result);

/* --- before it: a look at the file --- */

#define IMPORT_LOOK_ROWS (IMPORT_HEADING_ROWS + 10u)

typedef struct ImportLine {
    uint32_t row;
    const char **texts; /* n; "" where a cell is empty */
    size_t n;
} ImportLine;

typedef struct ImportLook {
    const char **sheets; /* NULL: hidden */
    size_t n_sheets;
    ImportMapping mapping; /* all columns that have a heading or a value in the lines */
    const Field **missing; /* needed fields that the sheet has no column for */
    size_t n_missing;
    ImportLine *lines; /* the first of the sheet, with its heading */
    size_t n_lines;
} ImportLook;

/* Reads the top of a file as import_file would with this mapping. Findings: what import_file would refuse or leave out;
 * where no heading fits, a row is proposed nevertheless. `name` as in ImportOptions. Owned by ctx. 0, or 1 with
 * findings when the file cannot be read at all. */
int import_look(const void *ctx, const Ledger *ledger, const char *path, const char *name, const ImportMapping *wanted,
                Diag *diag, ImportLook *ret_look);

/* Takes a batch back: records it created are withdrawn (counted in `created`), records it updated get their former
 * values as a new version (`updated`). Refused as a whole, with one finding a record (`refused`), when something was
 * changed after it or refers to what it created. 0, 1 with findings, or a fault with its finding. */
int import_undo(Store *store, int64_t batch, const Actor *actor, Diag *diag, ImportResult *ret_result);

#endif
