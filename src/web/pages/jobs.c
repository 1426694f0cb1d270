/* web/pages/jobs.c: one's own long work: the list, how far each has come, what came of it. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/job-view.h"
#include "web/pages/pages.h"

#define JOBS_SHOWN 100

typedef struct Shown {
    const Visit *visit;
    json_t *list;
} Shown;

static void add_job(const JobView *view, void *data) {
    const Shown *shown = data;
    if (json_array_size(shown->list) < JOBS_SHOWN) json_array_append_new(shown->list, job_json(shown->visit, view));
}

static int show_jobs(Visit *visit) {
    json_t *model = page_object();
    Shown shown = {visit, page_array()};
    job_each(visit, add_job, &shown);
    page_set(model, "any", json_boolean(json_array_size(shown.list) > 0));
    page_set(model, "jobs", shown.list);
    return frame_show(visit, "jobs", _("Background work"), model);
}

static int find(const Visit *visit, JobView *ret_view) {
    return job_find(visit, visit_number(visit_segment(visit, "id")), ret_view);
}

/* For htmx, which asks while it runs: the bar alone; and the whole page anew when it has ended. */
static int show_job(Visit *visit) {
    JobView view;
    int result = find(visit, &view);
    if (result) return result;
    if (visit_wants_part(visit) && !job_is_live(&view)) {
        http_status(visit->response, 204);
        http_add_header(visit->response, "HX-Refresh", "true");
        return 0;
    }
    json_t *model = page_object();
    page_set(model, "job", job_json(visit, &view));
    if (visit_wants_part(visit)) return frame_show_part(visit, "job-progress", model);
    page_set(model, "problems", job_problems_json(visit, &view));
    return frame_show(visit, "job", view.title, model);
}

static int cancel(Visit *visit) {
    JobView view;
    int result = find(visit, &view);
    if (!result) result = job_cancel(visit, view.id);
    return result ? result : visit_go(visit, view.page);
}

static int send_file(Visit *visit) {
    JobView view;
    int result = find(visit, &view);
    if (result) return result;
    const char *wanted = visit_segment(visit, "file");
    for (size_t i = 0; i < view.n_files; i++) {
        if (strcmp(view.files[i].file, wanted) != 0) continue;
        const char *path = mem_printf(visit->ctx, "%s/%s", job_folder(visit->ctx, visit, view.id), wanted);
        http_attachment(visit->response, view.files[i].name);
        return http_body_file(visit->response, "application/octet-stream", path) ? WEB_MISSING : 0;
    }
    return WEB_MISSING;
}

/* Jobs are imports, exports and decisions over many records; what they leave behind is what was imported or exported.
 */
#define FILE_SCOPE "ledger:import|ledger:export"
#define JOB_SCOPE  FILE_SCOPE "|ledger:edit"

const WebRoute routes_jobs[] = {
    {HTTP_GET, "/jobs", "member", show_jobs,
     .api = API(API_PREFIX "/jobs", {"我的后台任务", "One's own long work"}, api_jobs,
                .gives = "Jobs", .scope = JOB_SCOPE)},
    {HTTP_GET, "/jobs/{id}", "member", show_job,
     .api = API(API_PREFIX "/jobs/{id}", {"一项任务：进度与结果", "How far one has come, and what came of it"}, api_job,
                .gives = "Job", .scope = JOB_SCOPE)},
    {HTTP_POST, "/jobs/{id}/cancel", "member", cancel, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .api = API(API_PREFIX "/jobs/{id}/cancel", {"取消任务", "Ask it to end"}, api_job,
                .gives = "Job", .scope = JOB_SCOPE)},
    {HTTP_GET, "/jobs/{id}/files/{file}", "member", send_file,
     .api = API(API_PREFIX "/jobs/{id}/files/{file}", {"任务生成的文件", "A file that it made"}, send_file,
                .gives = "file", .scope = FILE_SCOPE)},
    {0},
};
