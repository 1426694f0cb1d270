/* web/importing.c: see importing.h. What a step found stands in notes of the job: "file", "mapping", "preview",
 * "result". */
#include "web/importing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "web/cells.h"
#include "web/importing-notes.h"
#include "web/reach.h"

#define UPLOAD "upload" /* the file in the folder of the job */
#define MARKED "marked.xlsx"

/* --- the file --- */

static char *path_in(const void *ctx, const char *folder, const char *name) {
    return mem_printf(ctx, "%s/%s", folder, name);
}

/* Whether it is a file that is taken here is asked before it becomes a job; how it is read is looked at later. */
static int check_file(const Visit *visit, const HttpFile *file) {
    if (!file || !file->size) {
        diag_error(visit->diag, PLACE_NONE, "no-file", "no file was chosen, or it is empty; choose one");
        return WEB_WRONG;
    }
    ImportLook look;
    Diag *diag = diag_new(visit->ctx);
    if (!import_look(visit->ctx, visit->ledger, file->path, file->name, &(ImportMapping){0}, diag, &look)) return 0;
    for (size_t i = 0; i < diag->count; i++)
        diag_add(visit->diag, diag->list[i].level, diag->list[i].at, diag->list[i].code, NULL, diag->list[i].say);
    return WEB_WRONG;
}

static int keep_file(const Visit *visit, const HttpFile *file, int64_t id) {
    const char *folder = job_folder(visit->ctx, visit, id);
    if (rename(file->path, path_in(visit->ctx, folder, UPLOAD))) {
        diag_error(visit->diag, PLACE_FILE(file->name), "cannot-write",
                   "the file cannot be kept; see whether the disk is full");
        return WEB_WRONG;
    }
    json_t *notes = json_pack("{s:s, s:s}", "ledger", visit->ledger->name.text, "file", file->name);
    return job_note(folder, NOTES_FILE, notes, visit->diag) ? WEB_WRONG : 0;
}

int importing_open(Visit *visit, const HttpFile *file, int64_t *ret_id) {
    int result = check_file(visit, file);
    if (result) return result;
    const JobOrder order = {
        .kind = IMPORTING_KIND,
        .title = mem_printf(visit->ctx, _("Import into %s: %s"), label_text(visit->ledger->title), file->name),
        .page = mem_printf(visit->ctx, "/ledgers/%s/import", visit->ledger->name.text)};
    result = job_open(visit, &order, ret_id);
    return result ? result : keep_file(visit, file, *ret_id);
}

/* --- what is known of it --- */

static const Ledger *ledger_of(const Visit *visit, const json_t *notes) {
    const char *name = json_string_value(json_object_get(notes, "ledger"));
    return name ? catalog_find_ledger(visit->store->catalog, name) : NULL;
}

/* All that the folder of a job tells of an import. False: it is none. */
static bool read_folder(const Visit *visit, const char *folder, Importing *importing) {
    const json_t *notes = job_notes(visit->ctx, folder, NOTES_FILE);
    importing->ledger = ledger_of(visit, notes);
    importing->file = json_string_value(json_object_get(notes, "file"));
    importing->path = path_in(visit->ctx, folder, UPLOAD);
    notes_read_mapping(visit->ctx, job_notes(visit->ctx, folder, NOTES_MAPPING), &importing->mapping);
    importing->preview = job_notes(visit->ctx, folder, NOTES_PREVIEW);
    importing->result = job_notes(visit->ctx, folder, NOTES_RESULT);
    return importing->ledger && importing->file;
}

int importing_find(Visit *visit, int64_t id, Importing *ret_importing) {
    *ret_importing = (Importing){0};
    if (job_find(visit, id, &ret_importing->job)) return WEB_MISSING;
    bool found = read_folder(visit, job_folder(visit->ctx, visit, id), ret_importing);
    return found && ret_importing->ledger == visit->ledger ? 0 : WEB_MISSING;
}

int importing_look(const Visit *visit, const Importing *importing, const ImportMapping *wanted, ImportLook *ret_look) {
    return import_look(visit->ctx, importing->ledger, importing->path, importing->file, wanted, visit->diag, ret_look);
}

/* --- the runs --- */

typedef struct Order {
    bool dry_run;
} Order;

/* What the effects of a run are collected in. */
typedef struct Effects {
    JobRun *run;
    json_t *list;
    unsigned created, updated;
} Effects;

static void add_field(const Effects *effects, const ImportEffect *effect, const Field *field, json_t *fields) {
    Visit *visit = effects->run->visit;
    const char *old = effect->before ? cell_text(visit, effect->before, field) : "";
    const char *new = cell_text(visit, effect->after, field);
    if (strcmp(old, new) != 0)
        json_array_append_new(fields, notes_field(field->name.text, effect->before ? old : NULL, new));
}

static void add_effect(Effects *effects, const ImportEffect *effect) {
    Visit *visit = effects->run->visit;
    const Ledger *ledger = effect->after->ledger;
    json_t *fields = json_array();
    if (effect->before)
        for (size_t i = 0; i < ledger->n_fields; i++) add_field(effects, effect, &ledger->fields[i], fields);
    else
        for (size_t i = 0; i < ledger->n_list; i++) add_field(effects, effect, ledger->list[i], fields);
    const char *title = record_title(visit->ctx, visit->store, effect->after);
    json_array_append_new(effects->list, notes_effect(effect->row, title, !effect->before, fields));
}

static void take_effect(const ImportEffect *effect, void *data) {
    Effects *effects = data;
    bool tells = effect->outcome == WRITTEN_CREATED   ? effects->created++ < IMPORTING_CREATED
                 : effect->outcome == WRITTEN_UPDATED ? effects->updated++ < IMPORTING_CHANGED
                                                      : false;
    if (tells) add_effect(effects, effect);
}

static bool show_progress(double part, int64_t rows, void *data) {
    const Effects *effects = data;
    job_progress(effects->run, part, rows);
    return !job_is_cancelled(effects->run);
}

static const char *marked_name(const void *ctx, const char *file) {
    int stem = (int)(strlen(file) - strlen(file_extension(file)));
    return mem_printf(ctx, _("%.*s (marked).xlsx"), stem && file[stem - 1] == '.' ? stem - 1 : stem, file);
}

/* A preview that no longer holds is not shown, whatever becomes of the run. */
static int keep_result(const JobRun *run, bool dry_run, const ImportResult *result, Effects *effects) {
    json_t *notes = notes_result(result);
    if (dry_run) json_object_set_new(notes, "effects", json_incref(effects->list));
    return job_note(run->folder, dry_run ? NOTES_PREVIEW : NOTES_RESULT, notes, run->visit->diag);
}

static bool may_import(const Visit *visit, const Ledger *ledger) {
    if (visit_may(visit, "ledger:import", ledger)) return true;
    diag_error(visit->diag, PLACE_NONE, "not-permitted",
               "you may no longer import into '%s'; ask somebody with the role", label_text(ledger->title));
    return false;
}

static int run_import(JobRun *run, void *data) {
    const Order *order = data;
    Visit *visit = run->visit;
    Importing importing = {0};
    if (!read_folder(visit, run->folder, &importing) || !may_import(visit, importing.ledger)) return 1;
    Effects effects = {.run = run, .list = json_keep(visit->ctx, json_array())};
    const char *marked = path_in(visit->ctx, run->folder, MARKED);
    const ImportOptions options = {.name = importing.file,
                                   .mapping = importing.mapping,
                                   .dry_run = order->dry_run,
                                   .marked = marked,
                                   .actor = visit->actor,
                                   .progress = show_progress,
                                   .effect = order->dry_run ? take_effect : NULL,
                                   .data = &effects};
    ImportResult result;
    (void)unlink(marked);
    int failed = import_file(visit->store, importing.ledger, importing.path, &options, visit->diag, &result);
    if (failed) return failed;
    if (!access(marked, R_OK)) (void)job_add_file(run, MARKED, marked_name(visit->ctx, importing.file));
    return keep_result(run, order->dry_run, &result, &effects);
}

static int start(Visit *visit, const Importing *importing, bool dry_run) {
    if (importing->result) return WEB_CONFLICT;
    Order *order = mem_new(visit->ctx, Order);
    order->dry_run = dry_run;
    return job_run(visit, importing->job.id, run_import, order);
}

int importing_try(Visit *visit, const Importing *importing, const ImportMapping *mapping) {
    if (job_is_live(&importing->job)) return WEB_CONFLICT;
    const char *folder = job_folder(visit->ctx, visit, importing->job.id);
    if (job_note(folder, NOTES_MAPPING, notes_mapping(mapping), visit->diag)) return WEB_WRONG;
    (void)unlink(mem_printf(visit->ctx, "%s/%s.json", folder, NOTES_PREVIEW));
    return start(visit, importing, true);
}

int importing_take(Visit *visit, const Importing *importing) {
    return importing->preview ? start(visit, importing, false) : WEB_CONFLICT;
}

/* --- back --- */

static int run_undo(JobRun *run, void *data) {
    Visit *visit = run->visit;
    const int64_t *batch = data;
    ImportResult result;
    int failed = import_undo(visit->store, *batch, &visit->actor, visit->diag, &result);
    if (failed) return failed;
    return job_say(run, label_format(visit->ctx, "%lld records withdrawn, %lld put back to what they were",
                                     (long long)result.created, (long long)result.updated));
}

int importing_reach(const Visit *visit, const Batch *batch, const Ledger **ret_ledger) {
    RowScope rows;
    const Ledger *ledger = catalog_find_ledger(visit->store->catalog, batch->ledger);
    *ret_ledger = NULL;
    if (!ledger || !visit_may(visit, "ledger:import", ledger)) return 0;
    int fault = reach_open(visit, "ledger:import", ledger, &rows);
    if (!fault && (rows.all || !strcmp(batch->actor, visit->account->login))) *ret_ledger = ledger;
    return fault;
}

int importing_batch(const Visit *visit, int64_t id, Batch *ret_batch, const Ledger **ret_ledger) {
    int result = batch_load(visit->ctx, visit->store, id, ret_batch);
    if (!result) result = importing_reach(visit, ret_batch, ret_ledger);
    if (!result && !*ret_ledger) result = WEB_MISSING;
    return result > 0 ? WEB_MISSING : result;
}

int importing_undo(Visit *visit, int64_t batch, int64_t *ret_id) {
    Batch found;
    const Ledger *ledger;
    int result = importing_batch(visit, batch, &found, &ledger);
    if (result) return result;
    int64_t *data = mem_new(visit->ctx, int64_t);
    *data = batch;
    const JobOrder order = {.kind = "undo",
                            .title = mem_printf(visit->ctx, _("Take back the import of %s"), found.file),
                            .back = mem_printf(visit->ctx, "/imports/%lld", (long long)batch)};
    return job_start(visit, &order, run_undo, data, ret_id);
}
