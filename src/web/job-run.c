/* web/job-run.c: the work of a job: a connection, what its owner may do now, and how far it has come. */
#include "web/job-run.h"

#include "base/mem.h"
#include "web/job-disk.h"
#include "web/site.h"

void job_progress(JobRun *run, double part, int64_t count) {
    atomic_store(&run->job->part, part < 0 ? 0 : part > 1 ? 1 : part);
    atomic_store(&run->job->count, count);
}

bool job_is_cancelled(const JobRun *run) { return atomic_load(&run->job->cancelled); }

char *job_add_file(JobRun *run, const char *file, const char *name) {
    const void *ctx = run->visit->ctx;
    if (run->n_files < JOB_FILES) run->files[run->n_files++] = (JobFile){mem_strdup(ctx, file), mem_strdup(ctx, name)};
    return mem_printf(ctx, "%s/%s", run->folder, file);
}

/* What the owner may do is asked anew: it may have changed while the job waited. 0, 1 with a finding, or a fault. */
static int load_owner(Visit *visit, const char *login) {
    visit->people = store_people(visit->store);
    visit->catalog = visit->store->catalog;
    int result = account_find(visit->ctx, &visit->people, login, &visit->account);
    if (result < 0) return result;
    if (result || !account_is_live(visit->account, visit->now)) {
        diag_error(visit->diag, PLACE_NONE, "no-account", "this account is closed; have it opened again");
        return 1;
    }
    result = mandate_load(visit->ctx, &visit->people, visit->account, visit->now, &visit->mandate);
    if (!result) visit->actor = mandate_actor(visit->ctx, visit->mandate, NULL);
    return result;
}

static int check_size(const JobRun *run) {
    if (job_disk_bytes(run->folder) <= JOB_BYTES_MAX) return 0;
    diag_error(run->visit->diag, PLACE_NONE, "too-large", "the result is too large to be kept; choose less of it");
    return 1;
}

int job_work(Web *web, JobRun *run) {
    Visit *visit = run->visit;
    instant_now(visit->now);
    lang_use(visit->lang);
    visit->store = pool_take(web->pool, false);
    if (!visit->store) {
        diag_error(visit->diag, PLACE_NONE, "no-connection", "the database cannot be reached; try again in a moment");
        return 1;
    }
    int result = load_owner(visit, run->job->view.owner);
    if (!result) result = run->job->work(run, run->job->data);
    if (result < 0 && !visit->diag->errors) (void)store_fault(visit->store, result, visit->diag);
    pool_give(web->pool, visit->store, result < 0);
    visit->store = NULL;
    return result ? result : check_size(run);
}
