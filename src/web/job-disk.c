/* web/job-disk.c: see job-disk.h. A head is small and replaced as a whole, so that whatever ends the server leaves the
 * old one or the new one. */
#include "web/job-disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define HEAD      "job"
#define FINDINGS  "findings"
#define SAID      "said"
#define NOTES_MAX ((size_t)8 << 20) /* bytes */
#define MODE      0700

/* As they stand in the head of a job, and for programs. */
static const char *const states[] = {"open", "waiting", "running", "done", "failed", "cancelled", "broken"};

const char *job_state_name(JobState state) { return states[state]; }

char *job_disk_path(const void *ctx, const char *jobs_folder, int64_t id) {
    return mem_printf(ctx, "%s/%lld", jobs_folder, (long long)id);
}

int job_disk_make(const char *jobs_folder, int64_t *id, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    while (mkdir(job_disk_path(scratch, jobs_folder, *id), MODE)) {
        if (errno != EEXIST) {
            diag_error(diag, PLACE_FILE(jobs_folder), "cannot-write",
                       "nothing can be kept here; check who may write, and the room on the disk");
            return 1;
        }
        ++*id;
    }
    return 0;
}

/* --- notes --- */

static char *notes_path(const void *ctx, const char *folder, const char *name) {
    return mem_printf(ctx, "%s/%s.json", folder, name);
}

json_t *job_notes(const void *ctx, const char *folder, const char *name) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *bytes;
    size_t size;
    if (file_read(scratch, notes_path(scratch, folder, name), NOTES_MAX, diag_new(scratch), &bytes, &size)) return NULL;
    json_t *value = json_loadb(bytes, size, 0, NULL);
    return value ? json_keep(ctx, value) : NULL;
}

int job_note(const char *folder, const char *name, json_t *value, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *text = json_dumps(value, JSON_COMPACT);
    json_decref(value);
    int result = file_write(notes_path(scratch, folder, name), text, strlen(text), diag);
    free(text);
    return result;
}

/* --- the head --- */

static const struct {
    const char *name;
    size_t place;
} texts[] = {{"kind", offsetof(JobView, kind)},       {"owner", offsetof(JobView, owner)},
             {"title", offsetof(JobView, title)},     {"page", offsetof(JobView, page)},
             {"back", offsetof(JobView, back)},       {"created", offsetof(JobView, created)},
             {"started", offsetof(JobView, started)}, {"ended", offsetof(JobView, ended)}};

#define N_TEXTS (sizeof texts / sizeof texts[0])

static const char **text_of(JobView *view, size_t i) { return (const char **)((char *)view + texts[i].place); }

int job_disk_save(const char *jobs_folder, const JobView *view, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    JobView copy = *view;
    json_t *head = json_object(), *files = json_array();
    for (size_t i = 0; i < N_TEXTS; i++)
        json_object_set_new(head, texts[i].name, json_text_or_null(*text_of(&copy, i)));
    json_object_set_new(head, "state", json_string(states[view->state]));
    json_object_set_new(head, "count", json_integer(view->count));
    json_object_set_new(head, "errors", json_integer(view->errors));
    for (size_t i = 0; i < view->n_files; i++)
        json_array_append_new(files, json_pack("{s:s, s:s}", "file", view->files[i].file, "name", view->files[i].name));
    json_object_set_new(head, "files", files);
    return job_note(job_disk_path(scratch, jobs_folder, view->id), HEAD, head, diag);
}

static void read_files(const void *ctx, const json_t *files, JobView *view) {
    for (size_t i = 0; i < json_array_size(files) && i < JOB_FILES; i++) {
        const json_t *file = json_array_get(files, i);
        const char *at = json_string_value(json_object_get(file, "file"));
        const char *name = json_string_value(json_object_get(file, "name"));
        if (at && name) view->files[view->n_files++] = (JobFile){mem_strdup(ctx, at), mem_strdup(ctx, name)};
    }
}

/* What was waiting or running when it was written is so no longer. */
static JobState read_state(const char *word) {
    for (size_t i = 0; word && i < sizeof states / sizeof states[0]; i++)
        if (!strcmp(word, states[i])) return i == JOB_WAITING || i == JOB_RUNNING ? JOB_BROKEN : (JobState)i;
    return JOB_BROKEN;
}

int job_disk_load(const void *ctx, const char *jobs_folder, int64_t id, JobView *ret_view) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folder = job_disk_path(scratch, jobs_folder, id);
    const json_t *head = job_notes(scratch, folder, HEAD);
    if (!head) return 1;
    *ret_view = (JobView){.id = id, .bytes = job_disk_bytes(folder)};
    for (size_t i = 0; i < N_TEXTS; i++) {
        const char *text = json_string_value(json_object_get(head, texts[i].name));
        *text_of(ret_view, i) = text ? mem_strdup(ctx, text) : NULL;
    }
    ret_view->state = read_state(json_string_value(json_object_get(head, "state")));
    ret_view->count = json_integer_value(json_object_get(head, "count"));
    ret_view->errors = json_integer_value(json_object_get(head, "errors"));
    ret_view->part = ret_view->state == JOB_DONE;
    read_files(ctx, json_object_get(head, "files"), ret_view);
    return !ret_view->kind || !ret_view->owner || !ret_view->title || !ret_view->page || !ret_view->created;
}

/* --- findings --- */

static json_t *finding_json(const Finding *finding) {
    static const char *const levels[] = {"note", "warn", "error"};
    json_t *object = json_finding(finding);
    json_object_set_new(object, "level", json_string(levels[finding->level]));
    return object;
}

int job_disk_save_findings(const char *job_folder, const Diag *findings, Diag *diag) {
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < findings->count && i < JOB_FINDINGS; i++)
        json_array_append_new(list, finding_json(&findings->list[i]));
    json_object_set_new(object, "problems", list);
    return job_note(job_folder, FINDINGS, object, diag);
}

json_t *job_findings(const void *ctx, const char *folder) { return job_notes(ctx, folder, FINDINGS); }

int job_say(const JobRun *run, Label words) { return job_note(run->folder, SAID, json_label(words), run->visit->diag); }

json_t *job_said(const void *ctx, const char *folder) { return job_notes(ctx, folder, SAID); }

/* --- folders --- */

int64_t *job_disk_list(const void *ctx, const char *jobs_folder, size_t *ret_count) {
    int64_t *ids = mem_array(ctx, int64_t, 1);
    DIR *dir = opendir(jobs_folder);
    *ret_count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        int64_t id = visit_number(entry->d_name);
        if (id) *mem_push(ctx, ids, *ret_count) = id;
    }
    if (dir) closedir(dir);
    return ids;
}

/* Calls do for each file of a folder, which has no folders in it. */
static void each_file(const char *folder, void (*take)(int dir, const char *name, int64_t size, void *data),
                      void *data) {
    DIR *dir = opendir(folder);
    struct stat about;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (!fstatat(dirfd(dir), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) && S_ISREG(about.st_mode))
            take(dirfd(dir), entry->d_name, about.st_size, data);
    if (dir) closedir(dir);
}

static void add_size(int dir, const char *name, int64_t size, void *data) {
    (void)dir;
    (void)name;
    *(int64_t *)data += size;
}

static void remove_file(int dir, const char *name, int64_t size, void *data) {
    (void)size;
    (void)data;
    unlinkat(dir, name, 0);
}

int64_t job_disk_bytes(const char *job_folder) {
    int64_t bytes = 0;
    each_file(job_folder, add_size, &bytes);
    return bytes;
}

void job_disk_remove(const char *jobs_folder, int64_t id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folder = job_disk_path(scratch, jobs_folder, id);
    each_file(folder, remove_file, NULL);
    (void)rmdir(folder);
}
