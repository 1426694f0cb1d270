/* web/api/jobs.c: long work, and imports, as programs follow them. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/batch.h"
#include "web/api/api.h"
#include "web/importing-notes.h"
#include "web/importing.h"

#define JOBS_LISTED    100u
#define BATCHES_LISTED 50u

/* --- jobs --- */

static json_t *files_json(const Visit *visit, const JobView *view) {
    json_t *list = page_array();
    for (size_t i = 0; i < view->n_files; i++) {
        const char *url =
            mem_printf(visit->ctx, API_PREFIX "/jobs/%" PRId64 "/files/%s", view->id, view->files[i].file);
        json_array_append_new(list, json_pack("{s:s, s:s}", "name", view->files[i].name, "url", url));
    }
    return list;
}

static json_t *job_json(const Visit *visit, const JobView *view) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(view->id));
    page_set_text(object, "kind", view->kind);
    page_set_text(object, "title", view->title);
    page_set_text(object, "state", job_state_name(view->state));
    page_set_text(object, "created", view->created);
    page_set_text(object, "started", view->started);
    page_set_text(object, "ended", view->ended);
    page_set(object, "part", json_real(view->part));
    page_set(object, "count", json_integer(view->count));
    page_set(object, "errors", json_integer(view->errors));
    page_set(object, "files", files_json(visit, view));
    return object;
}

/* What the last run found, and what it came to. */
static void add_outcome(const Visit *visit, const JobView *view, json_t *object) {
    const char *folder = job_folder(visit->ctx, visit, view->id);
    json_t *found = job_findings(visit->ctx, folder), *problems = json_object_get(found, "problems");
    page_set(object, "says", json_incref(job_said(visit->ctx, folder)));
    page_set(object, "problems", problems ? json_incref(problems) : page_array());
}

static void add_job(const JobView *view, void *data) {
    const ApiList *list = data;
    if (json_array_size(list->array) < JOBS_LISTED) json_array_append_new(list->array, job_json(list->visit, view));
}

int api_jobs(Visit *visit) {
    ApiList list = api_list(visit, "jobs");
    job_each(visit, add_job, &list);
    return api_answer(visit, list.answer);
}

int api_job(Visit *visit) {
    JobView view;
    int result = job_find(visit, api_id(visit), &view);
    if (result) return result;
    json_t *object = job_json(visit, &view);
    add_outcome(visit, &view, object);
    return api_answer(visit, object);
}

/* --- an import on its way --- */

static json_t *sheets_json(const ImportLook *look) {
    json_t *list = page_array();
    for (size_t i = 0; i < look->n_sheets; i++)
        if (look->sheets[i])
            json_array_append_new(list, json_pack("{s:I, s:s}", "sheet", (json_int_t)i + 1, "name", look->sheets[i]));
    return list;
}

/* How it is read, as last chosen or as it says itself. 0, or WEB_WRONG with findings. */
static int add_mapping(Visit *visit, const Importing *importing, json_t *object) {
    ImportLook look;
    if (importing_look(visit, importing, &importing->mapping, &look)) return WEB_WRONG;
    page_set(object, "sheets", sheets_json(&look));
    page_set(object, "mapping", notes_mapping(&look.mapping));
    return 0;
}

static json_t *or_null(const json_t *notes) { return notes ? json_incref((json_t *)notes) : json_null(); }

int api_import(Visit *visit) {
    Importing importing;
    int result = importing_find(visit, api_id(visit), &importing);
    if (result) return result;
    json_t *object = page_object();
    page_set(object, "id", json_integer(importing.job.id));
    page_set_text(object, "ledger", importing.ledger->name.text);
    page_set_text(object, "file", importing.file);
    page_set(object, "preview", or_null(importing.preview));
    page_set(object, "result", or_null(importing.result));
    page_set(object, "job", job_json(visit, &importing.job));
    add_outcome(visit, &importing.job, object);
    result = add_mapping(visit, &importing, object);
    page_set(object, "findings", frame_findings(visit));
    return result ? result : api_answer(visit, object);
}

/* --- what was imported --- */

static json_t *batch_json(const Batch *batch) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(batch->id));
    page_set_text(object, "ledger", batch->ledger);
    page_set_text(object, "file", batch->file);
    page_set_text(object, "sheet", batch->sheet);
    page_set_text(object, "at", batch->at);
    page_set_text(object, "actor", batch->actor);
    page_set(object, "created", json_integer(batch->created));
    page_set(object, "updated", json_integer(batch->updated));
    page_set(object, "unchanged", json_integer(batch->unchanged));
    page_set(object, "refused", json_integer(batch->refused));
    page_set_text(object, "undone_at", batch->undone_at);
    return object;
}

static int take_batch(const Batch *batch, void *data) {
    ApiList *list = data;
    const Ledger *ledger;
    int fault = importing_reach(list->visit, batch, &ledger);
    if (fault || !ledger) return fault;
    if (json_array_size(list->array) == BATCHES_LISTED) {
        json_t *last = json_array_get(list->array, BATCHES_LISTED - 1);
        page_set(list->answer, "next", json_incref(json_object_get(last, "id")));
        return 1;
    }
    json_array_append_new(list->array, batch_json(batch));
    return 0;
}

int api_imports(Visit *visit) {
    int64_t before = visit_number(visit_query(visit, "before"));
    ApiList list = api_list(visit, "imports");
    page_set(list.answer, "next", json_null());
    int fault = batch_each(visit->store, before ? before : INT64_MAX, take_batch, &list);
    return fault < 0 ? fault : api_answer(visit, list.answer);
}

int api_imported(Visit *visit) {
    Batch batch;
    const Ledger *ledger;
    int result = importing_batch(visit, visit_number(visit_segment(visit, "id")), &batch, &ledger);
    return result ? result : api_answer(visit, batch_json(&batch));
}
