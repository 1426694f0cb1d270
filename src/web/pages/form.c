/* web/pages/form.c: a new record, and a change of one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/change.h"
#include "ledger/draft.h"
#include "ledger/query.h"
#include "web/cells.h"
#include "web/form-parts.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/upload.h"
#include "web/url.h"
#include "web/words.h"
#include "web/write.h"

#define OPTIONS_MOST 12
#define LOOKED       1000 /* ends a transaction in which nothing was to be written */
#define ROWS_MORE    3    /* blank rows added at a time, where no script does it */

/* --- showing --- */

static const char *back_of(const Visit *visit, const Record *before) {
    return before ? cell_record_url(visit, visit->ledger, before->id) : url_list(visit->ctx, visit->ledger);
}

static const char *draft_path(const Visit *visit, const Record *before) {
    return mem_printf(visit->ctx, "%s/draft", back_of(visit, before));
}

/* The version that the form was made from: of a draft and of what was sent the one it says, else the record's. */
static const char *version_text(const Form *form, bool is_merged) {
    const char *said = is_merged ? "" : form_text(form, ":version");
    return *said ? said : mem_printf(form, "%lld", (long long)(form->before ? form->before->version : 0));
}

static int show(Form *form, json_t *conflict) {
    Visit *visit = form->visit;
    const Ledger *ledger = form->ledger;
    const Record *before = form->before;
    const char *title = before ? record_title(visit->ctx, visit->store, before) : label_text(ledger->title);
    const char *heading = mem_printf(visit->ctx, before ? _("Change: %s") : _("New: %s"), title);
    json_t *model = page_object();
    page_set_text(model, "heading", heading);
    page_set_text(model, "ledger_title", label_text(ledger->title));
    page_set_text(model, "back", back_of(visit, before));
    page_set_text(model, "action", visit->request->path);
    page_set_text(model, "version", version_text(form, json_is_object(conflict)));
    page_set_text(model, "reason", form_text(form, ":reason"));
    page_set(model, "conflict", conflict);
    page_set_text(model, "draft", form->draft_at);
    page_set_text(model, "draft_path", draft_path(visit, before));
    form_show(form, model);
    return frame_show(visit, "form", heading, model);
}

/* --- a new one, or a change --- */

/* The record of the path; NULL for a new one. */
static int find_before(const Visit *visit, Record **ret_before) {
    *ret_before = NULL;
    return *visit_segment(visit, "id") ? reach_named(visit, "ledger:edit", ret_before) : 0;
}

/* Goes on with a draft where that is asked for, and else says that there is one. 0 or a fault. */
static int find_draft(Form *form) {
    Draft draft;
    Visit *visit = form->visit;
    int64_t id = form->before ? form->before->id : 0;
    int result = draft_load(form, visit->store, visit->actor.name, form->ledger, id, &draft);
    if (result) return result < 0 ? result : 0;
    if (*visit_query(visit, "draft"))
        form_take_draft(form, draft.form);
    else
        form->draft_at = words_moment(form, draft.at);
    return 0;
}

/* What the address says of a field goes into a new form: a record that belongs to another one begins with it. */
static int ask(Visit *visit) {
    Record *before;
    int result = find_before(visit, &before);
    if (result) return result;
    Form *form = form_new(visit, visit->ledger, before);
    const HttpFields *query = &visit->request->query;
    if (before) form_fill(form, before);
    for (size_t i = 0; !before && i < query->count; i++) form_add(form, query->list[i].name, query->list[i].value);
    result = find_draft(form);
    return result ? result : show(form, json_null());
}

/* --- somebody was faster --- */

static void drop_texts(Form *form, const Field *field) {
    size_t size = strlen(field->name.text), kept = 0;
    for (size_t i = 0; i < form->texts.count; i++) {
        const char *name = form->texts.list[i].name;
        bool is_its = !strncmp(name, field->name.text, size) && (!name[size] || name[size] == '.');
        if (!is_its) form->texts.list[kept++] = form->texts.list[i];
    }
    form->texts.count = kept;
}

/* Keeps what only the others changed, and shows both where he changed it too. */
static json_t *merge(Form *form, const Record *base, const Field *field) {
    const Record *now = form->before;
    Record *mine = record_copy(form, now);
    memcpy(mine->values, form->values, form->ledger->n_fields * sizeof(Value));
    bool both = !value_equal(mine->values[field->index], base->values[field->index]);
    json_t *object = page_object();
    page_set_text(object, "label", label_text(field->label));
    page_set_text(object, "id", mem_printf(form, "f-%s", field->name.text));
    page_set_text(object, "base", cell_text(form->visit, base, field));
    page_set_text(object, "theirs", cell_text(form->visit, now, field));
    page_set_text(object, "mine", cell_text(form->visit, mine, field));
    page_set(object, "both", json_boolean(both));
    if (!both) {
        drop_texts(form, field);
        form_fill_field(form, now, field);
    }
    return object;
}

/* `form` was made from an older version than form->before, which is the current one. */
static int show_conflict(Form *form, int64_t version) {
    Visit *visit = form->visit;
    Record *base;
    ChangeRow *rows;
    size_t n;
    int result = record_load_version(visit->ctx, visit->store, form->ledger, form->before->id, version, &base);
    if (!result) result = change_history(visit->ctx, visit->store, form->ledger, form->before->id, &rows, &n);
    if (result) return result < 0 ? result : WEB_MISSING;
    json_t *conflict = page_object(), *differences = page_array();
    for (size_t i = 0; i < form->ledger->n_fields; i++) {
        const Field *field = &form->ledger->fields[i];
        if (!value_equal(base->values[i], form->before->values[i]))
            json_array_append_new(differences, merge(form, base, field));
    }
    page_set_text(conflict, "who", words_person(visit, rows[0].actor));
    page_set_text(conflict, "at", words_moment(visit->ctx, rows[0].at));
    page_set(conflict, "differences", differences);
    int fault = show(form, conflict);
    return fault ? fault : WEB_CONFLICT;
}

/* --- saving --- */

typedef struct Saving {
    Form *form;
    int64_t version; /* the form was made from; 0: none */
    bool looks;      /* only what the rules say of it is asked */
    bool conflict;
    Written written;
} Saving;

/* Whether the record is still the one the form was made from is asked where nobody else can write. The draft goes with
 * what replaces it: alone it would wait for the writer's place once more. */
static int save(Writer *writer, Store *store, Diag *diag, void *data) {
    Saving *saving = data;
    Form *form = saving->form;
    const char *reason = form_text(form, ":reason");
    if (form->before) {
        Record *now;
        int result = record_load(form, store, form->ledger, form->before->id, NULL, &now);
        if (!result) result = record_load_spans(form, store, now);
        if (result < 0) return result;
        saving->conflict = result || now->version != saving->version;
        if (saving->conflict) return 0;
        form->before = now;
    }
    const Write write = {.ledger = form->ledger,
                         .before = form->before,
                         .values = form->values,
                         .effective = DATE_NONE,
                         .reason = *reason ? reason : NULL};
    int fault = transition_apply(writer, &write, diag, &saving->written);
    if (fault || saving->written.outcome == WRITTEN_REFUSED) return fault;
    if (saving->looks) return LOOKED;
    return draft_drop(store, form->visit->actor.name, form->ledger, form->before ? form->before->id : 0);
}

static int show_wrong(Form *form) {
    form_take_findings(form);
    int fault = show(form, json_null());
    return fault ? fault : WEB_WRONG;
}

static const char *done_words(Outcome outcome) {
    switch (outcome) {
    case WRITTEN_CREATED:
        return _("Saved: the record is in the ledger");
    case WRITTEN_UPDATED:
        return _("Saved");
    case WRITTEN_UNCHANGED:
    case WRITTEN_REFUSED:
        break;
    }
    return _("Nothing was different; nothing was saved");
}

static int save_form(Form *form) {
    Visit *visit = form->visit;
    Saving saving = {.form = form, .version = visit_number(form_text(form, ":version"))};
    if (form->before && form->before->version != saving.version) return show_conflict(form, saving.version);
    saving.looks = form->n_errors || (form->n_problems && !*form_text(form, ":reason"));
    int result = write_run(visit, save, &saving);
    if (result < 0) return result;
    if (saving.conflict) return WEB_CONFLICT; /* in the blink between two looks: the form is sent again */
    if (result || saving.written.outcome == WRITTEN_REFUSED) return show_wrong(form);
    return visit_go_saying(visit, cell_record_url(visit, form->ledger, saving.written.id),
                           done_words(saving.written.outcome));
}

/* --- what was sent --- */

/* Files that came along, where no script has sent them before. */
static int take_files(Form *form) {
    HttpRequest *request = form->visit->request;
    for (size_t i = 0; i < request->n_files; i++) {
        const HttpFile *file = &request->files[i];
        const char *dot = strrchr(file->field, '.');
        if (!file->size || !dot || strcmp(dot, ".new")) continue;
        Attachment *kept;
        const char *name = mem_strndup(form, file->field, (size_t)(dot - file->field));
        const Field *field = ledger_find_field(form->ledger, name);
        if (!field) continue;
        int result = upload_keep(form->visit, file, &kept);
        if (result < 0) return result;
        if (!result) form_add(form, name, form_file_text(form->visit, kept->hash));
    }
    return 0;
}

/* A child table gets more blank rows, where no script adds them. */
static int show_more_rows(Form *form) {
    const Field *field = ledger_find_field(form->ledger, form_text(form, ":more"));
    if (!field || !field->n_rows) return WEB_BAD;
    size_t rows = form_rows(form, field);
    for (size_t i = 0; i < ROWS_MORE; i++) form_add(form, form_cell_name(form, field, rows + i, &field->rows[0]), "");
    return show(form, json_null());
}

static int take(Visit *visit) {
    Record *before;
    int result = find_before(visit, &before);
    if (result) return result;
    Form *form = form_new(visit, visit->ledger, before);
    form_take(form, &visit->request->form);
    result = take_files(form);
    if (result) return result;
    if (*form_text(form, ":more")) return show_more_rows(form);
    result = form_read(form);
    return result ? result : save_form(form);
}

/* --- what a reference may be --- */

static json_t *option_json(const Visit *visit, const Record *record) {
    json_t *option = page_object();
    page_set(option, "id", json_integer(record->id));
    page_set_text(option, "text", record_title(visit->ctx, visit->store, record));
    page_set_text(option, "note", record->number);
    return option;
}

/* Records of the ledger that the words find, for the boxes of references: [{"id", "text", "note"}]. Of a register that
 * all may find things in no more than these is told, also of records that are not there for him. */
static int show_options(Visit *visit) {
    RowScope rows = {.all = true};
    QueryPage page;
    const char *words = visit_query(visit, "q");
    int fault = visit->ledger->findable ? 0 : reach_open(visit, "ledger:read", visit->ledger, &rows);
    const Query query = {.ledger = visit->ledger,
                         .rows = &rows,
                         .search = *words ? words : NULL,
                         .descending = true,
                         .most = OPTIONS_MOST};
    if (!fault) fault = query_page(visit->ctx, visit->store, &query, &page);
    if (fault) return fault;
    json_t *options = json_keep(visit->ctx, page_array());
    for (size_t i = 0; i < page.count; i++) json_array_append_new(options, option_json(visit, page.records[i]));
    char *text = json_dumps(options, JSON_COMPACT);
    http_body_text(visit->response, HTTP_JSON, mem_strdup(visit->ctx, text));
    free(text);
    return 0;
}

#define FORM_TAKES (HTTP_TAKES_FORM | HTTP_TAKES_MULTIPART)

const WebRoute routes_form[] = {
    {HTTP_GET, "/ledgers/{ledger}/new", "ledger:edit", ask},
    {HTTP_POST, "/ledgers/{ledger}/new", "ledger:edit", take, FORM_TAKES, UPLOAD_BODY_MAX, .waits = true},
    {HTTP_GET, "/ledgers/{ledger}/{id}/edit", "ledger:edit", ask},
    {HTTP_POST, "/ledgers/{ledger}/{id}/edit", "ledger:edit", take, FORM_TAKES, UPLOAD_BODY_MAX, .waits = true},
    {HTTP_GET, "/ledgers/{ledger}/options", "ledger:read", show_options},
    {0},
};
