/* web/pages/job-view.c: see job-view.h. */
#include "web/pages/job-view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "web/cells.h"
#include "web/words.h"

#define VALUE_CHARS 60u /* of a cell that is wrong */

static const struct {
    const char *words, *tone;
} states[] = {
    [JOB_OPEN] = {N_("Waits for you"), "underway"}, [JOB_WAITING] = {N_("Waiting"), "first"},
    [JOB_RUNNING] = {N_("Running"), "underway"},    [JOB_DONE] = {N_("Done"), "good"},
    [JOB_FAILED] = {N_("Failed"), "wrong"},         [JOB_CANCELLED] = {N_("Cancelled"), "final"},
    [JOB_BROKEN] = {N_("Broken off"), "wrong"},
};

static json_t *files_json(const Visit *visit, const JobView *view) {
    json_t *list = page_array();
    for (size_t i = 0; i < view->n_files; i++) {
        json_t *file = page_object();
        page_set_text(file, "url",
                      mem_printf(visit->ctx, "/jobs/%lld/files/%s", (long long)view->id, view->files[i].file));
        page_set_text(file, "name", view->files[i].name);
        json_array_append_new(list, file);
    }
    return list;
}

static const char *words_in(const json_t *label) {
    const char *zh = json_string_value(json_object_get(label, "zh")),
               *en = json_string_value(json_object_get(label, "en"));
    return label_text((Label){zh, en});
}

json_t *job_json(const Visit *visit, const JobView *view) {
    json_t *object = page_object();
    const char *touched = view->ended ? view->ended : view->started ? view->started : view->created;
    page_set(object, "id", json_integer(view->id));
    page_set_text(object, "title", view->title);
    page_set_text(object, "page", view->page);
    page_set_text(object, "back", view->back);
    page_set_text(object, "state", _(states[view->state].words));
    page_set_text(object, "tone", states[view->state].tone);
    page_set(object, "live", json_boolean(job_is_live(view)));
    page_set(object, "broken", json_boolean(view->state == JOB_BROKEN));
    page_set(object, "percent", json_integer((json_int_t)(view->part * 100)));
    page_set(object, "counted", json_boolean(view->count > 0));
    page_set_text(object, "count", cell_count(visit->ctx, view->count));
    page_set_text(object, "when", words_moment(visit->ctx, touched));
    page_set(object, "files", files_json(visit, view));
    const json_t *said = view->state == JOB_DONE ? job_said(visit->ctx, job_folder(visit->ctx, visit, view->id)) : NULL;
    page_set_text(object, "says", said ? words_in(said) : NULL);
    return object;
}

static json_t *problem_json(const Visit *visit, const json_t *problem) {
    static const char *const same[] = {"sheet", "row", "column"};
    const char *value = json_string_value(json_object_get(problem, "value"));
    json_t *object = page_object();
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        page_set(object, same[i], json_incref(json_object_get(problem, same[i])));
    page_set_text(object, "value", value ? text_shorten(visit->ctx, value, VALUE_CHARS) : NULL);
    page_set_text(object, "say", words_in(json_object_get(problem, "say")));
    page_set(object, "error", json_boolean(!strcmp(json_string_value(json_object_get(problem, "level")), "error")));
    return object;
}

/* Where a problem stands in the sheet, and of one row in the order it was found. */
typedef struct Placed {
    const json_t *problem;
    json_int_t row;
    size_t found;
} Placed;

static int compare_placed(const void *a, const void *b) {
    const Placed *one = a, *other = b;
    if (one->row != other->row) return one->row < other->row ? -1 : 1;
    return one->found < other->found ? -1 : one->found > other->found;
}

static Placed *place_all(const Visit *visit, const json_t *problems, size_t n) {
    Placed *placed = mem_array(visit->ctx, Placed, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *problem = json_array_get(problems, i);
        placed[i] = (Placed){problem, json_integer_value(json_object_get(problem, "row")), i};
    }
    qsort(placed, n, sizeof *placed, compare_placed);
    return placed;
}

json_t *job_problems_json(const Visit *visit, const JobView *view) {
    const json_t *all = json_object_get(job_findings(visit->ctx, job_folder(visit->ctx, visit, view->id)), "problems");
    size_t n = json_array_size(all);
    if (!n) return json_null();
    json_t *object = page_object(), *list = page_array();
    const Placed *placed = place_all(visit, all, n);
    for (size_t i = 0; i < n; i++) json_array_append_new(list, problem_json(visit, placed[i].problem));
    page_set(object, "list", list);
    page_set(object, "in_rows", json_boolean(json_is_integer(json_object_get(json_array_get(all, 0), "row"))));
    if (view->errors > (int64_t)n)
        page_set_text(object, "how_many",
                      mem_printf(visit->ctx, _("the first %zu of %lld"), n, (long long)view->errors));
    return object;
}
