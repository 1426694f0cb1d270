/* web/job-run.h: a job in memory, and one run of it. Private to jobs.c and job-run.c. */
#ifndef WEB_JOB_RUN_H
#define WEB_JOB_RUN_H

#include <stdatomic.h>

#include "web/jobs.h"

typedef struct Job Job;
struct Job {      /* a memory root of its own; what is not atomic is guarded by the lock of its list */
    JobView view; /* part and count are those below */
    _Atomic double part;
    _Atomic int64_t count;
    atomic_bool cancelled;
    Lang lang;
    JobWork work;
    void *data;
    struct Job *next;
};

/* Does the work of a run on a connection of its own, in the thread that calls. As JobWork. */
int job_work(Web *web, JobRun *run);

#endif
