/* web/pages/import.c: an import in four steps: file, columns, preview, result. One address shows whichever is due. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "exchange/export.h"
#include "web/api/api.h"
#include "web/importing.h"
#include "web/pages/import-view.h"
#include "web/pages/job-view.h"
#include "web/pages/pages.h"
#include "web/site.h"
#include "web/url.h"

#define COLUMN_INPUT "column-"
#define GIVEN_INPUT  "given-" /* as ui/import-columns.mustache has it */

/* --- the frame of all steps --- */

static json_t *step_model(const Visit *visit, unsigned step) {
    static const char *const names[] = {N_("Choose the file"), N_("Check the columns"), N_("Preview"), N_("Result")};
    json_t *model = page_object(), *steps = page_array();
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *object = page_object();
        page_set(object, "number", json_integer(i + 1));
        page_set_text(object, "name", _(names[i]));
        page_set(object, "here", json_boolean(i + 1 == step));
        page_set(object, "past", json_boolean(i + 1 < step));
        json_array_append_new(steps, object);
    }
    page_set(model, "steps", steps);
    page_set_text(model, "ledger", label_text(visit->ledger->title));
    page_set_text(model, "list", url_list(visit->ctx, visit->ledger));
    page_set(model, "findings", frame_findings(visit));
    page_set(model, "problems", json_null());
    return model;
}

static const char *title_of(const Visit *visit) {
    return mem_printf(visit->ctx, _("Import into %s"), label_text(visit->ledger->title));
}

static json_t *import_model(const Visit *visit, const Importing *importing, unsigned step) {
    json_t *model = step_model(visit, step);
    page_set_text(model, "file", importing->file);
    page_set_text(model, "page", importing->job.page);
    page_set(model, "job", job_json(visit, &importing->job));
    return model;
}

static int find(Visit *visit, Importing *ret_importing) {
    return importing_find(visit, visit_number(visit_segment(visit, "id")), ret_importing);
}

/* --- 1: the file --- */

static int show_upload(Visit *visit) {
    json_t *model = step_model(visit, 1);
    page_set_text(model, "most", mem_printf(visit->ctx, _("At most %zu MB."), IMPORTING_FILE_MAX >> 20));
    return frame_show(visit, "import-file", title_of(visit), model);
}

static int upload(Visit *visit) {
    int64_t id;
    int result = importing_open(visit, http_file(visit->request, "file"), &id);
    if (result < 0) return result;
    if (result) return show_upload(visit) ? -1 : result;
    visit->made = id;
    return visit_go(visit, mem_printf(visit->ctx, "/ledgers/%s/import/%lld", visit->ledger->name.text, (long long)id));
}

/* Headings, notes and drop-downs without rows. The file ends with the request; it is sent from its open descriptor. */
static int send_template(Visit *visit) {
    char *path = mem_printf(visit->ctx, "%s/template-%s.xlsx", visit->web->options.spool, visit->request->id);
    const ExportOptions options = {.query = {.ledger = visit->ledger}, .template_only = true};
    int64_t rows;
    int result = export_file(visit->store, path, &options, visit->diag, &rows);
    if (result) return result < 0 ? result : WEB_WRONG;
    http_attachment(visit->response, mem_printf(visit->ctx, _("%s (form).xlsx"), label_text(visit->ledger->title)));
    result = http_body_file(visit->response, "application/octet-stream", path);
    (void)unlink(path);
    return result ? WEB_MISSING : 0;
}

/* --- 2: the columns --- */

static int show_columns(Visit *visit, const Importing *importing) {
    int64_t sheet = visit_number(visit_query(visit, "sheet")), heading = visit_number(visit_query(visit, "heading"));
    ImportMapping wanted = importing->mapping;
    if (sheet) wanted = (ImportMapping){.sheet = (size_t)sheet, .heading = (uint32_t)heading};
    ImportLook look;
    if (importing_look(visit, importing, &wanted, &look)) return WEB_WRONG;
    json_t *model = import_model(visit, importing, 2);
    page_set(model, "look", import_look_json(visit, &look));
    if (importing->job.state == JOB_FAILED && !visit->diag->errors) /* else they are said already */
        page_set(model, "problems", job_problems_json(visit, &importing->job));
    return frame_show(visit, "import-columns", title_of(visit), model);
}

/* The inputs "given-year" of the form that are filled in. */
static void read_given(const Visit *visit, ImportMapping *ret_mapping) {
    const HttpFields *form = &visit->request->form;
    ImportGiven *given = NULL;
    for (size_t i = 0; i < form->count; i++) {
        const HttpField *field = &form->list[i];
        if (!strncmp(field->name, GIVEN_INPUT, strlen(GIVEN_INPUT)) && *field->value)
            *mem_push(visit->ctx, given, ret_mapping->n_given) =
                (ImportGiven){field->name + strlen(GIVEN_INPUT), field->value};
    }
    ret_mapping->given = given;
}

/* The inputs "column-3" of the form; without any, as the file says itself. */
static void read_mapping(const Visit *visit, ImportMapping *ret_mapping) {
    const HttpFields *form = &visit->request->form;
    ImportColumn *columns = mem_array(visit->ctx, ImportColumn, form->count + 1);
    *ret_mapping = (ImportMapping){.sheet = (size_t)visit_number(visit_form(visit, "sheet")),
                                   .heading = (uint32_t)visit_number(visit_form(visit, "heading")),
                                   .columns = NULL};
    for (size_t i = 0; i < form->count; i++) {
        const HttpField *field = &form->list[i];
        if (strncmp(field->name, COLUMN_INPUT, strlen(COLUMN_INPUT)) != 0) continue;
        ret_mapping->columns = columns;
        if (!*field->value) continue;
        columns[ret_mapping->n_columns++] =
            (ImportColumn){.place = (size_t)visit_number(field->name + strlen(COLUMN_INPUT)), .means = field->value};
    }
}

/* To the page of the import, whatever a step answers besides a fault: it shows what is due. A program is told. */
static int go_on(Visit *visit, const Importing *importing, int result) {
    bool told = result != WEB_CONFLICT || visit_is_api(visit->request);
    return result && told ? result : visit_go(visit, importing->job.page);
}

static int try(Visit *visit) {
    Importing importing;
    ImportMapping mapping;
    int result = find(visit, &importing);
    if (result) return result;
    read_mapping(visit, &mapping);
    read_given(visit, &mapping);
    return go_on(visit, &importing, importing_try(visit, &importing, &mapping));
}

/* --- 3: the preview, and while it is made --- */

static int show_progress(Visit *visit, const Importing *importing) {
    json_t *model = import_model(visit, importing, importing->preview ? 4 : 3);
    return frame_show(visit, "import-progress", title_of(visit), model);
}

static int show_preview(Visit *visit, const Importing *importing) {
    json_t *model = import_model(visit, importing, 3), *effects = import_effects_json(visit, importing->preview);
    page_set(model, "counts", import_counts_json(visit, importing->preview));
    page_set(model, "some_effects", json_boolean(json_array_size(effects) > 0));
    page_set(model, "effects", effects);
    page_set(model, "problems", job_problems_json(visit, &importing->job));
    return frame_show(visit, "import-preview", title_of(visit), model);
}

static int take(Visit *visit) {
    Importing importing;
    int result = find(visit, &importing);
    return result ? result : go_on(visit, &importing, importing_take(visit, &importing));
}

/* --- 4: the result --- */

static int show_result(Visit *visit, const Importing *importing) {
    json_t *model = import_model(visit, importing, 4);
    int64_t batch = json_integer_value(json_object_get(importing->result, "batch"));
    page_set(model, "counts", import_counts_json(visit, importing->result));
    page_set_text(model, "batch", batch ? mem_printf(visit->ctx, "%lld", (long long)batch) : NULL);
    page_set_text(model, "undo", mem_printf(visit->ctx, "/imports/%lld/undo", (long long)batch));
    page_set(model, "problems", job_problems_json(visit, &importing->job));
    return frame_show(visit, "import-result", title_of(visit), model);
}

static int show_import(Visit *visit) {
    Importing importing;
    int result = find(visit, &importing);
    if (result) return result;
    if (job_is_live(&importing.job)) return show_progress(visit, &importing);
    if (importing.result) return show_result(visit, &importing);
    bool columns = *visit_query(visit, "columns") || *visit_query(visit, "sheet");
    return importing.preview && !columns ? show_preview(visit, &importing) : show_columns(visit, &importing);
}

#define IMPORTS API_PREFIX "/ledgers/{ledger}/imports"

const WebRoute routes_import[] = {
    {HTTP_GET, "/ledgers/{ledger}/import", "ledger:import", show_upload},
    {HTTP_POST, "/ledgers/{ledger}/import", "ledger:import", upload, HTTP_TAKES_MULTIPART, IMPORTING_FILE_MAX,
     .waits = true,
     .api = API(IMPORTS, {"上传表格，准备导入", "Bring up a sheet; nothing is written yet"}, api_import,
                INPUTS({"file", INPUT_FILE, {"xlsx、xls 或 csv", "xlsx, xls or csv"}, .required = true}), "Import")},
    {HTTP_GET, "/ledgers/{ledger}/import/template", "ledger:import", send_template, .waits = true,
     .api = API(IMPORTS "/template", {"导入模板", "The form to fill in"}, send_template, .gives = "file")},
    {HTTP_GET, "/ledgers/{ledger}/import/{id}", "ledger:import", show_import, .waits = true,
     .api = API(IMPORTS "/{id}", {"一次导入：列对应、预览、问题、结果", "How it is read, its preview, problems and result"},
                api_import, .gives = "Import")},
    {HTTP_POST, "/ledgers/{ledger}/import/{id}/try", "ledger:import", try, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(IMPORTS "/{id}/try", {"试导入：只预览，不写入", "A dry run, as a job: what would be new, changed, refused"},
                api_import,
                INPUTS({"sheet", INPUT_NUMBER, {"工作表序号，从 1 起", "the sheet, from 1"}},
                       {"heading", INPUT_NUMBER, {"表头所在行", "the row of the heading"}},
                       {"columns", INPUT_FIELDS, {"列号（从 0 起）对应的字段名", "name of the field by column, from 0"},
                        .prefix = COLUMN_INPUT},
                       {"given", INPUT_FIELDS, {"表里没有的字段，整表填同一个值", "one value for all rows, by field without a column"},
                        .prefix = GIVEN_INPUT}),
                "Import")},
    {HTTP_POST, "/ledgers/{ledger}/import/{id}/take", "ledger:import", take, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(IMPORTS "/{id}/take", {"导入预览无误的行", "Take the good rows, as a job"}, api_import,
                .gives = "Import")},
    {0},
};
