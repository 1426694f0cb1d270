/* web/jobs.h: long work beside requests. Private to web/.
 *
 * A job has an id, an owner, who alone sees it, and a folder in the data folder (jobs/ID) for what comes of it. It is
 * opened by a request and run by one of JOBS_THREADS threads, on a connection of its own and with what its owner may do
 * at that moment. A job may be run more than once: an import is looked at, tried and taken. Its head stands on the disk
 * too: after a restart it is still there, and what ran then is shown as broken off. Everything of it goes
 * JOB_KEPT_SECONDS after it was last touched, or earlier when all jobs together need more room than they may have. */
#ifndef WEB_JOBS_H
#define WEB_JOBS_H

#include "base/json.h"
#include "web/visit.h"

#define JOBS_THREADS     2u
#define JOBS_WAITING     64u                /* before the threads */
#define JOBS_OWNER       8u                 /* of one person, waiting or running */
#define JOBS_KEPT        2000u              /* heads in memory */
#define JOBS_BYTES_MAX   ((int64_t)8 << 30) /* of all folders together */
#define JOB_BYTES_MAX    ((int64_t)1 << 30) /* of one folder */
#define JOB_KEPT_SECONDS (3L * DAY_SECONDS)
#define JOB_FILES        4u
#define JOB_FINDINGS     1000u /* kept to be shown; all are counted */

typedef struct Jobs Jobs;

typedef enum {
    JOB_OPEN, /* waits for its owner */
    JOB_WAITING,
    JOB_RUNNING,
    JOB_DONE,
    JOB_FAILED,
    JOB_CANCELLED,
    JOB_BROKEN /* off, by the end of the server */
} JobState;

/* A result: a word of the program as name in the folder, and the name under which it is saved. */
typedef struct JobFile {
    const char *file, *name;
} JobFile;

/* What is known of a job at a moment. */
typedef struct JobView {
    int64_t id;
    const char *kind;  /* a word for pages that show jobs of one kind */
    const char *owner; /* login */
    const char *title; /* in the owner's language */
    const char *page;  /* where it is shown */
    const char *back;  /* where one goes on from it, or NULL */
    JobState state;
    const char *created, *started, *ended; /* UTC instants; NULL: not yet */
    double part;                           /* 0…1 */
    int64_t count;                         /* rows or whatever is counted */
    int64_t errors;                        /* findings of the last run */
    int64_t bytes;                         /* of its folder */
    JobFile files[JOB_FILES];
    size_t n_files;
} JobView;

/* --- for requests --- */

typedef struct JobOrder {
    const char *kind, *title;
    const char *page; /* of its kind, which is shown under PAGE/ID; NULL: /jobs/ID */
    const char *back; /* a page to go on from it, or NULL */
} JobOrder;

/* A run of a job, for the work that is done in it. Its visit is one without a browser: of the owner, with what he may
 * do now, and an empty request. Findings in visit->diag are told to the owner, up to JOB_FINDINGS. */
typedef struct JobRun {
    Visit *visit;
    int64_t id;
    const char *folder; /* of the job */
    struct Job *job;
    JobFile files[JOB_FILES];
    size_t n_files;
} JobRun;

/* 0: done; 1: failed, with findings; or a fault, with its finding. Data lives as long as the run. */
typedef int (*JobWork)(JobRun *run, void *data);

/* A new job in the state JOB_OPEN. 0, WEB_TOO_MANY or WEB_WRONG with findings. */
int job_open(Visit *visit, const JobOrder *order, int64_t *ret_id);
/* Runs it, after others. Data and all it refers to are one talloc object with its children, which becomes the job's: it
 * holds nothing of the request or of a catalog. 0, WEB_MISSING, WEB_CONFLICT while it waits or runs, or WEB_TOO_MANY
 * with a finding. */
int job_run(Visit *visit, int64_t id, JobWork work, void *data);
/* Both. */
int job_start(Visit *visit, const JobOrder *order, JobWork work, void *data, int64_t *ret_id);
/* Asks the run to end; work that cannot be left in the middle goes on. 0 or WEB_MISSING. */
int job_cancel(const Visit *visit, int64_t id);

/* The caller's own jobs. Views are owned by the visit. 0 or WEB_MISSING; the newest first, lent until it returns. */
int job_find(const Visit *visit, int64_t id, JobView *ret_view);
typedef void (*JobTake)(const JobView *view, void *data);
void job_each(const Visit *visit, JobTake take, void *data);
const char *job_state_name(JobState state); /* "running" */
bool job_is_live(const JobView *view);      /* waits or runs */

/* Where it keeps its files. Owned by ctx. */
char *job_folder(const void *ctx, const Visit *visit, int64_t id);
/* Notes about a job beside its files, under a name: what a step found for the next one. NULL when there are none. */
json_t *job_notes(const void *ctx, const char *folder, const char *name);
/* Uses the value up. 0, or 1 with findings. */
int job_note(const char *folder, const char *name, json_t *value, Diag *diag);
/* What job_say said of the last run, {"zh", "en"}, or NULL. */
json_t *job_said(const void *ctx, const char *folder);
/* {"problems": [{"level", "sheet", "row", "column", "value", "code", "say": {"zh", "en"}}]} of the last run, or NULL.
 */
json_t *job_findings(const void *ctx, const char *folder);

/* --- for work --- */

void job_progress(JobRun *run, double part, int64_t count);
bool job_is_cancelled(const JobRun *run);
/* The path of a result, which is offered under that name when the run has made it. Owned by the run. */
char *job_add_file(JobRun *run, const char *file, const char *name);

/* What it came to, in a sentence that is shown with the job. 0, or 1 with findings. */
int job_say(const JobRun *run, Label words);

/* --- for site.c --- */

/* Reads what is in the folder and starts the threads. Owned by ctx. 0, or 1 with findings. */
int jobs_open(const void *ctx, Web *web, const char *folder, Diag *diag, Jobs **ret_jobs);
/* Asks all that runs to end, and waits for it. */
void jobs_stop(Jobs *jobs);

#endif
