/* web/importing.h: an import in the steps people take it in, without pages. Private to web/.
 *
 * A file comes up and waits as a job (jobs.h) of its owner; he looks at how it is read, and corrects that; a dry run
 * tells what it would change; then its good rows are taken, and later perhaps taken back. Each step may be repeated
 * until the rows are taken. All of it survives reloads and restarts, because it stands in the folder of the job. */
#ifndef WEB_IMPORTING_H
#define WEB_IMPORTING_H

#include "exchange/import.h"
#include "ledger/batch.h"
#include "web/jobs.h"

#define IMPORTING_KIND     "import"
#define IMPORTING_FILE_MAX ((size_t)64 << 20) /* bytes that may come up */
#define IMPORTING_CHANGED  200u               /* rows that a preview tells: changed ones */
#define IMPORTING_CREATED  50u                /* and new ones */

typedef struct Importing {
    JobView job;
    const Ledger *ledger;
    const char *file;      /* as its sender calls it */
    const char *path;      /* where it lies */
    ImportMapping mapping; /* as last chosen; zeros: not yet */
    /* {"read", "created", "updated", "unchanged", "refused", "effects": [{"row", "title", "is_new", "fields": [{"name",
     * "old", "new"}]}], "told": {"created", "updated"}} of the last dry run; or NULL */
    const json_t *preview;
    /* The same counts and "batch" (0: nothing was written) of the taking; or NULL. */
    const json_t *result;
} Importing;

/* Begins with a file that came with the request, which is taken over, for visit->ledger. 0, WEB_WRONG with findings (no
 * file, or none that can be read), or WEB_TOO_MANY. */
int importing_open(Visit *visit, const HttpFile *file, int64_t *ret_id);
/* One's own, of visit->ledger. Lives with the visit. 0 or WEB_MISSING. */
int importing_find(Visit *visit, int64_t id, Importing *ret_importing);
/* How it would be read: import_look. 0, or 1 with findings. */
int importing_look(const Visit *visit, const Importing *importing, const ImportMapping *wanted, ImportLook *ret_look);

/* The dry run with a mapping, and the taking of what it found good: jobs. 0, WEB_CONFLICT while one runs or when it was
 * taken already, or what job_run answers. */
int importing_try(Visit *visit, const Importing *importing, const ImportMapping *mapping);
int importing_take(Visit *visit, const Importing *importing);

/* Whether he may look at a batch and take it back: his own, or any of a ledger of which he may import all records;
 * the ledger, else NULL. 0, or a fault. */
int importing_reach(const Visit *visit, const Batch *batch, const Ledger **ret_ledger);
/* The batch of that number, for whom it may be there. 0, WEB_MISSING, or a fault. */
int importing_batch(const Visit *visit, int64_t id, Batch *ret_batch, const Ledger **ret_ledger);
/* Takes a batch back, as a job of kind "undo". 0, WEB_MISSING, or what job_start answers. */
int importing_undo(Visit *visit, int64_t batch, int64_t *ret_id);

#endif
