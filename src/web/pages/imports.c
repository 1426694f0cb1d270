/* web/pages/imports.c: what was imported: the batches of the bureau, what each wrote, and the way back. */
#include "base/mem.h"
#include "ledger/reach.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/importing.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/words.h"

#define BATCHES_SHOWN 50
#define CHANGES_SHOWN 200

static json_t *batch_json(Visit *visit, const Batch *batch, const Ledger *ledger) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(batch->id));
    page_set_text(object, "url", mem_printf(visit->ctx, "/imports/%lld", (long long)batch->id));
    page_set_text(object, "undo", mem_printf(visit->ctx, "/imports/%lld/undo", (long long)batch->id));
    page_set_text(object, "ledger", label_text(ledger->title));
    page_set_text(object, "file", batch->file);
    page_set_text(object, "sheet", batch->sheet);
    page_set_text(object, "when", words_moment(visit->ctx, batch->at));
    page_set_text(object, "who", words_person(visit, batch->actor));
    page_set_text(object, "created", cell_count(visit->ctx, batch->created));
    page_set_text(object, "updated", cell_count(visit->ctx, batch->updated));
    page_set_text(object, "unchanged", cell_count(visit->ctx, batch->unchanged));
    page_set_text(object, "refused", cell_count(visit->ctx, batch->refused));
    page_set_text(object, "undone", batch->undone_at ? words_moment(visit->ctx, batch->undone_at) : NULL);
    return object;
}

/* --- the list --- */

typedef struct Listing {
    Visit *visit;
    json_t *batches;
    int64_t last;
    bool more;
} Listing;

static int take_batch(const Batch *batch, void *data) {
    Listing *listing = data;
    const Ledger *ledger;
    int fault = importing_reach(listing->visit, batch, &ledger);
    if (fault || !ledger) return fault;
    listing->more = json_array_size(listing->batches) == BATCHES_SHOWN;
    if (listing->more) return 1;
    json_array_append_new(listing->batches, batch_json(listing->visit, batch, ledger));
    listing->last = batch->id;
    return 0;
}

static int show_imports(Visit *visit) {
    Listing listing = {.visit = visit, .batches = page_array()};
    json_t *model = page_object();
    int64_t before = visit_number(visit_query(visit, "before"));
    page_set(model, "batches", listing.batches);
    int fault = batch_each(visit->store, before ? before : INT64_MAX, take_batch, &listing);
    if (fault < 0) return fault;
    page_set(model, "any", json_boolean(json_array_size(listing.batches) > 0));
    page_set_text(model, "next",
                  listing.more ? mem_printf(visit->ctx, "/imports?before=%lld", (long long)listing.last) : NULL);
    return frame_show(visit, "imports", _("Imports"), model);
}

/* --- one --- */

static json_t *change_json(const Visit *visit, const ChangeRow *change, const Record *record) {
    json_t *object = page_object();
    page_set(object, "is_new", json_boolean(change->version == 1));
    page_set_text(object, "title", record_title(visit->ctx, visit->store, record));
    page_set_text(object, "number", record->number);
    page_set_text(object, "url", cell_record_url(visit, record->ledger, record->id));
    return object;
}

/* Records that were withdrawn since are left out, and those that are not his to see. */
static int list_changes(Visit *visit, const Batch *batch, const Ledger *ledger, json_t *model) {
    RowScope rows;
    ChangeRow changes[CHANGES_SHOWN];
    json_t *list = page_array();
    size_t n = 0;
    page_set(model, "changes", list);
    int fault = reach_open(visit, "ledger:read", ledger, &rows);
    if (!fault) fault = batch_changes(visit->store, batch->id, INT64_MAX, changes, CHANGES_SHOWN, &n);
    for (size_t i = 0; i < n && !fault; i++) {
        Record *record;
        fault = reach_load(visit->ctx, visit->store, ledger, changes[i].record, &rows, &record);
        if (!fault) json_array_append_new(list, change_json(visit, &changes[i], record));
        if (fault > 0) fault = 0;
    }
    page_set(model, "some_changes", json_boolean(json_array_size(list) > 0));
    page_set(model, "more", json_boolean(n == CHANGES_SHOWN));
    return fault;
}

static int show_batch(Visit *visit) {
    Batch batch;
    const Ledger *ledger;
    int result = importing_batch(visit, visit_number(visit_segment(visit, "id")), &batch, &ledger);
    if (result) return result;
    json_t *model = page_object();
    page_set(model, "batch", batch_json(visit, &batch, ledger));
    page_set(model, "numbered", json_boolean(ledger->number.text != NULL));
    result = list_changes(visit, &batch, ledger, model);
    return result ? result : frame_show(visit, "imports-one", batch.file, model);
}

static int undo(Visit *visit) {
    int64_t id;
    int result = importing_undo(visit, visit_number(visit_segment(visit, "id")), &id);
    visit->made = result ? 0 : id;
    return result ? result : visit_go(visit, mem_printf(visit->ctx, "/jobs/%lld", (long long)id));
}

const WebRoute routes_imports[] = {
    {HTTP_GET, "/imports", "ledger:import", show_imports,
     .api = API(API_PREFIX "/imports", {"导入记录", "What was imported, the newest first"}, api_imports,
                INPUTS({"before", INPUT_NUMBER, {"上一页的 next", "next of the page before"}}), "Imports")},
    {HTTP_GET, "/imports/{id}", "ledger:import", show_batch, .waits = true,
     .api = API(API_PREFIX "/imports/{id}", {"一次导入的记录", "One import"}, api_imported, .gives = "Imported")},
    {HTTP_POST, "/imports/{id}/undo", "ledger:import", undo, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/imports/{id}/undo", {"撤销一次导入", "Take one back, as a job"}, api_job, .gives = "Job")},
    {0},
};
