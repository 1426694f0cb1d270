/* web/jobs.c: see jobs.h. Heads are a list, the newest first, each a memory root of its own; whatever of them is not
 * atomic is read and written under the lock. What happens on the disk for a head happens under the lock too: it is
 * small. */
#include "web/jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "web/job-disk.h"
#include "web/job-run.h"
#include "web/site.h"

struct Jobs {
    Web *web;
    const char *folder;
    pthread_mutex_t lock;
    pthread_cond_t more;
    pthread_t threads[JOBS_THREADS];
    bool stopping;
    Job *newest;
};

bool job_is_live(const JobView *view) { return view->state == JOB_WAITING || view->state == JOB_RUNNING; }

/* --- the list --- */

static Job *find_own(const Jobs *jobs, int64_t id, const char *owner) {
    Job *job = jobs->newest;
    while (job && job->view.id != id) job = job->next;
    return job && !strcmp(job->view.owner, owner) ? job : NULL;
}

static const char *copy_text(const void *ctx, const char *text) { return text ? mem_strdup(ctx, text) : NULL; }

/* The text as the job's own, in the place of another. */
static void set_text(Job *job, const char **text, const char *value) {
    talloc_free((void *)*text);
    *text = copy_text(job, value);
}

static void set_now(Job *job, const char **text) {
    char now[INSTANT_SIZE];
    instant_now(now);
    set_text(job, text, now);
}

/* Nothing more can be done about a head that cannot be written than to say so: the job itself goes on. */
static void save(const Jobs *jobs, Job *job) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    job->view.count = atomic_load(&job->count);
    if (job_disk_save(jobs->folder, &job->view, diag)) log_error("jobs: %s", diag_line(scratch, &diag->list[0]));
}

static const char *last_touched(const Job *job) {
    return job->view.ended ? job->view.ended : job->view.started ? job->view.started : job->view.created;
}

static void drop(const Jobs *jobs, Job **place) {
    Job *job = *place;
    *place = job->next;
    job_disk_remove(jobs->folder, job->view.id);
    talloc_free(job);
}

/* Takes away what is too old, and from the oldest on what is too much. */
static void sweep(Jobs *jobs) {
    char now[INSTANT_SIZE], since[INSTANT_SIZE];
    int64_t bytes = 0;
    size_t n = 0;
    instant_now(now);
    instant_add(now, -JOB_KEPT_SECONDS, since);
    for (Job **place = &jobs->newest; *place;) {
        Job *job = *place;
        bool fits = ++n <= JOBS_KEPT && bytes + job->view.bytes <= JOBS_BYTES_MAX;
        if (!job_is_live(&job->view) && (!fits || strcmp(last_touched(job), since) < 0)) {
            drop(jobs, place);
            continue;
        }
        bytes += job->view.bytes;
        place = &job->next;
    }
}

static size_t count_live(const Jobs *jobs, const char *owner) {
    size_t n = 0;
    for (const Job *job = jobs->newest; job; job = job->next)
        n += job_is_live(&job->view) && (!owner || !strcmp(job->view.owner, owner));
    return n;
}

/* --- runs --- */

static JobState state_after(const Jobs *jobs, const Job *job, int result) {
    if (!result) return JOB_DONE;
    if (!atomic_load(&job->cancelled)) return JOB_FAILED;
    return jobs->stopping ? JOB_BROKEN : JOB_CANCELLED;
}

/* Under the lock. */
static void end_run(Jobs *jobs, const JobRun *run, int result) {
    Job *job = run->job;
    const Diag *findings = run->visit->diag;
    Diag *trouble = diag_new(findings);
    if (job_disk_save_findings(run->folder, findings, trouble))
        log_error("jobs: %s", diag_line(trouble, &trouble->list[0]));
    job->view.state = state_after(jobs, job, result);
    job->view.errors = (int64_t)findings->errors;
    job->view.bytes = job_disk_bytes(run->folder);
    job->view.n_files = job->view.state == JOB_DONE ? run->n_files : 0;
    for (size_t i = 0; i < job->view.n_files; i++)
        job->view.files[i] = (JobFile){mem_strdup(job, run->files[i].file), mem_strdup(job, run->files[i].name)};
    set_now(job, &job->view.ended);
    talloc_free(job->data);
    job->data = NULL;
    save(jobs, job);
    log_info("jobs: %lld %s of %s ended, result %d", (long long)job->view.id, job->view.kind, job->view.owner, result);
}

static Visit *visit_new(const void *ctx, const Jobs *jobs, const Job *job) {
    Visit *visit = mem_new(ctx, Visit);
    visit->request = mem_new(visit, HttpRequest);
    visit->web = jobs->web;
    visit->ctx = ctx;
    visit->diag = diag_new(ctx);
    visit->lang = job->lang;
    return visit;
}

static void run_job(Jobs *jobs, Job *job) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    JobRun run = {.visit = visit_new(scratch, jobs, job),
                  .id = job->view.id,
                  .folder = job_disk_path(scratch, jobs->folder, job->view.id),
                  .job = job};
    int result = job_work(jobs->web, &run);
    pthread_mutex_lock(&jobs->lock);
    end_run(jobs, &run, result);
    pthread_mutex_unlock(&jobs->lock);
}

/* The one that waits longest, now running; NULL when the server ends. */
static Job *take_next(Jobs *jobs) {
    Job *oldest = NULL;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && !oldest) {
        for (Job *job = jobs->newest; job; job = job->next)
            if (job->view.state == JOB_WAITING) oldest = job;
        if (!oldest) pthread_cond_wait(&jobs->more, &jobs->lock);
    }
    if (jobs->stopping) oldest = NULL;
    if (oldest) {
        oldest->view.state = JOB_RUNNING;
        set_now(oldest, &oldest->view.started);
    }
    pthread_mutex_unlock(&jobs->lock);
    return oldest;
}

static void *run_jobs(void *data) {
    Jobs *jobs = data;
    for (Job *job; (job = take_next(jobs));) run_job(jobs, job);
    return NULL;
}

/* --- for requests --- */

static Job *job_new(const JobOrder *order, int64_t id, const char *owner) {
    Job *job = mem_new(NULL, Job);
    job->view = (JobView){.id = id,
                          .kind = mem_strdup(job, order->kind),
                          .owner = mem_strdup(job, owner),
                          .title = mem_strdup(job, order->title),
                          .page = mem_printf(job, "%s/%lld", order->page ? order->page : "/jobs", (long long)id),
                          .back = copy_text(job, order->back)};
    set_now(job, &job->view.created);
    return job;
}

/* Ids are milliseconds since 1970, so that none comes twice whatever was taken away before. */
static int64_t next_id(const Jobs *jobs) {
    char now[INSTANT_SIZE];
    instant_now(now);
    int64_t id = instant_seconds(now) * 1000 + strtol(strchr(now, '.') + 1, NULL, 10);
    return jobs->newest && jobs->newest->view.id >= id ? jobs->newest->view.id + 1 : id;
}

int job_open(Visit *visit, const JobOrder *order, int64_t *ret_id) {
    Jobs *jobs = visit->web->jobs;
    pthread_mutex_lock(&jobs->lock);
    sweep(jobs);
    *ret_id = next_id(jobs);
    int result = job_disk_make(jobs->folder, ret_id, visit->diag) ? WEB_WRONG : 0;
    if (!result) {
        Job *job = job_new(order, *ret_id, visit->mandate->login);
        job->next = jobs->newest;
        jobs->newest = job;
        save(jobs, job);
    }
    pthread_mutex_unlock(&jobs->lock);
    return result;
}

static int refuse_more(Visit *visit) {
    diag_error(visit->diag, PLACE_NONE, "too-many-jobs",
               "too much work is waiting already; wait until some of it is done, or cancel it");
    return WEB_TOO_MANY;
}

/* Under the lock. */
static void queue(Jobs *jobs, Job *job, const Visit *visit, JobWork work, void *data) {
    job->lang = visit->lang;
    job->work = work;
    job->data = talloc_steal(NULL, data);
    job->view.state = JOB_WAITING;
    job->view.n_files = 0;
    set_text(job, &job->view.started, NULL);
    set_text(job, &job->view.ended, NULL);
    atomic_store(&job->part, 0);
    atomic_store(&job->count, 0);
    atomic_store(&job->cancelled, false);
    save(jobs, job);
    pthread_cond_signal(&jobs->more);
}

int job_run(Visit *visit, int64_t id, JobWork work, void *data) {
    Jobs *jobs = visit->web->jobs;
    pthread_mutex_lock(&jobs->lock);
    Job *job = find_own(jobs, id, visit->mandate->login);
    int result = !job                                                    ? WEB_MISSING
                 : job_is_live(&job->view)                               ? WEB_CONFLICT
                 : count_live(jobs, NULL) >= JOBS_WAITING + JOBS_THREADS ? refuse_more(visit)
                 : count_live(jobs, visit->mandate->login) >= JOBS_OWNER ? refuse_more(visit)
                                                                         : 0;
    if (!result) queue(jobs, job, visit, work, data);
    pthread_mutex_unlock(&jobs->lock);
    return result;
}

int job_start(Visit *visit, const JobOrder *order, JobWork work, void *data, int64_t *ret_id) {
    int result = job_open(visit, order, ret_id);
    return result ? result : job_run(visit, *ret_id, work, data);
}

/* What only waits is cancelled here and now. */
int job_cancel(const Visit *visit, int64_t id) {
    Jobs *jobs = visit->web->jobs;
    pthread_mutex_lock(&jobs->lock);
    Job *job = find_own(jobs, id, visit->mandate->login);
    if (job && job->view.state == JOB_RUNNING) atomic_store(&job->cancelled, true);
    if (job && job->view.state == JOB_WAITING) {
        job->view.state = JOB_CANCELLED;
        set_now(job, &job->view.ended);
        talloc_free(job->data);
        job->data = NULL;
        save(jobs, job);
    }
    pthread_mutex_unlock(&jobs->lock);
    return job ? 0 : WEB_MISSING;
}

static JobView copy_view(const void *ctx, Job *job) {
    JobView view = job->view;
    const char **const texts[] = {&view.kind, &view.owner,   &view.title,   &view.page,
                                  &view.back, &view.created, &view.started, &view.ended};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) *texts[i] = copy_text(ctx, *texts[i]);
    for (size_t i = 0; i < view.n_files; i++)
        view.files[i] = (JobFile){mem_strdup(ctx, view.files[i].file), mem_strdup(ctx, view.files[i].name)};
    view.part = view.state == JOB_DONE ? 1 : atomic_load(&job->part);
    view.count = atomic_load(&job->count);
    return view;
}

int job_find(const Visit *visit, int64_t id, JobView *ret_view) {
    Jobs *jobs = visit->web->jobs;
    pthread_mutex_lock(&jobs->lock);
    Job *job = find_own(jobs, id, visit->mandate->login);
    if (job) *ret_view = copy_view(visit->ctx, job);
    pthread_mutex_unlock(&jobs->lock);
    return job ? 0 : WEB_MISSING;
}

void job_each(const Visit *visit, JobTake take, void *data) {
    Jobs *jobs = visit->web->jobs;
    pthread_mutex_lock(&jobs->lock);
    for (Job *job = jobs->newest; job; job = job->next) {
        if (strcmp(job->view.owner, visit->mandate->login) != 0) continue;
        JobView view = copy_view(visit->ctx, job);
        take(&view, data);
    }
    pthread_mutex_unlock(&jobs->lock);
}

char *job_folder(const void *ctx, const Visit *visit, int64_t id) {
    return job_disk_path(ctx, visit->web->jobs->folder, id);
}

/* --- beginning and end --- */

static int compare_ids(const void *a, const void *b) {
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

/* A folder without a whole head was being made when the server was killed. */
static void load_jobs(Jobs *jobs) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t n;
    int64_t *ids = job_disk_list(scratch, jobs->folder, &n);
    if (n) qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 0; i < n; i++) {
        Job *job = mem_new(NULL, Job);
        job->next = jobs->newest;
        if (job_disk_load(job, jobs->folder, ids[i], &job->view)) {
            job_disk_remove(jobs->folder, ids[i]);
            talloc_free(job);
            continue;
        }
        atomic_store(&job->count, job->view.count);
        jobs->newest = job;
    }
    sweep(jobs);
}

static int free_jobs(Jobs *jobs) {
    while (jobs->newest) {
        Job *job = jobs->newest;
        jobs->newest = job->next;
        talloc_free(job->data);
        talloc_free(job);
    }
    pthread_cond_destroy(&jobs->more);
    pthread_mutex_destroy(&jobs->lock);
    return 0;
}

int jobs_open(const void *ctx, Web *web, const char *folder, Diag *diag, Jobs **ret_jobs) {
    Jobs *jobs = mem_new(ctx, Jobs);
    jobs->web = web;
    jobs->folder = mem_printf(jobs, "%s/jobs", folder);
    if (file_make_folder(jobs->folder, diag)) return 1;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->more, NULL);
    talloc_set_destructor(jobs, free_jobs);
    load_jobs(jobs);
    for (size_t i = 0; i < JOBS_THREADS; i++)
        if (pthread_create(&jobs->threads[i], NULL, run_jobs, jobs))
            abort(); /* no thread at the start: a broken machine */
    *ret_jobs = jobs;
    return 0;
}

void jobs_stop(Jobs *jobs) {
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    for (Job *job = jobs->newest; job; job = job->next)
        if (job->view.state == JOB_RUNNING) atomic_store(&job->cancelled, true);
    pthread_cond_broadcast(&jobs->more);
    pthread_mutex_unlock(&jobs->lock);
    for (size_t i = 0; i < JOBS_THREADS; i++) pthread_join(jobs->threads[i], NULL);
}
