/* ledger/transition.h: the one door for writes.
 *
 * Permission, guard, validation, write, change log: in one transaction, for a form, an import of a million
 * rows, the API and the summary alike. A Writer is one transaction; what it wrote is there whole after
 * writer_commit, and not at all otherwise. */
#ifndef LEDGER_TRANSITION_H
#define LEDGER_TRANSITION_H

#include "ledger/record.h"
#include "people/actor.h"

typedef struct Writer Writer;

#define WRITER_NEW_BATCH (-1)

typedef struct WriterOptions {
    Actor actor;
    int64_t batch;    /* of an import; 0: none; WRITER_NEW_BATCH: the seq of the first change it writes */
    bool skip_checks; /* undo only: brings back what was valid once */
} WriterOptions;

/* Takes the writer's place (waits for another writer up to DB_BUSY_SECONDS). Owned by ctx; freeing it undoes. */
int writer_open(const void *ctx, Store *store, const WriterOptions *options, Diag *diag, Writer **ret_writer);
/* 0, or a fault with a finding; then nothing was written. */
int writer_commit(Writer *writer, Diag *diag);
/* The number of its batch, 0 for none. */
int64_t writer_batch(const Writer *writer);
/* Sends what waits to the database: before reading back what this writer wrote. */
int writer_flush(Writer *writer);
/* Of that only what records are found by. */
int writer_show(Writer *writer);
/* The rest of it is on its way; a server is not waited for. */
int writer_send(Writer *writer);

typedef struct Write {
    const Ledger *ledger;
    const Record *before;         /* the current record as loaded, or NULL for a new one */
    const Transition *transition; /* NULL: an edit or a new record */
    const State *state;  /* for a new record or an import: where it stands; NULL: by its dates, else as before, else the
                            first state */
    const Value *values; /* n_fields; whole: what is not to change is as before */
    const Record *restored; /* undo only: the former version, with its spans; instead of state and values */
    Date effective;         /* day of the transition; DATE_NONE: today, or the state's date field */
    const char *reason;     /* asked for by some transitions, and for keeping a warning */
    Place at;               /* where findings point: sheet and row of an import */
    uint32_t row;           /* row of the import file, kept in the change log; 0: none */
    bool keep_warnings;     /* warnings do not refuse (import: they are listed and kept) */
} Write;

typedef enum { WRITTEN_CREATED, WRITTEN_UPDATED, WRITTEN_UNCHANGED, WRITTEN_REFUSED } Outcome;

typedef struct Written {
    Outcome outcome;
    int64_t id;
    int64_t version;
} Written;

/* Permission asks for a role that gives the edit or the transition, and for the record as it was and as it would be
 * among those the role was given for; a new record is its maker's. Findings of permission, needs, guard and checks go
 * to diag and refuse the write. 0, or a fault. */
int transition_apply(Writer *writer, const Write *write, Diag *diag, Written *ret_written);
/* Ends a record that should never have been, by somebody who may edit it and says why. 0, 1 refused with findings, or a
 * fault. */
int transition_withdraw(Writer *writer, const Record *record, const char *reason, Diag *diag);
/* Brings one back that was withdrawn (reach_load_withdrawn, or a query's `withdrawn`), in a new version and to the
 * states it had. Findings: no permission, no reason, its key is taken, it refers to something gone. 0, 1 refused with
 * findings, or a fault. */
int transition_restore(Writer *writer, const Record *record, const char *reason, Diag *diag);

#endif
