/* web/pages/batch.c: one decision over many records: first seen, then done. Over those that were ticked, in one
 * transaction; over all that the filter finds, as long work when they are many.
 *
 * What can be done is not guessed: the preview takes every record (of very many the first) through the door and then
 * leaves all of it undone. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/deciding.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/step.h"
#include "web/url.h"
#include "web/write.h"

#define BATCH_MOST 200u
#define WITHDRAW   ":withdraw" /* no transition has such a name */
#define UNDO       1000        /* ends the transaction without a write */

typedef struct Item {
    Record *record;
    Diag *diag; /* why it cannot go */
    bool goes;
} Item;

typedef struct Batch {
    Visit *visit;
    Decision decision;
    bool all; /* that the filter finds, which are `found` */
    bool preview;
    Item *items;
    size_t n_items, n_going, found;
} Batch;

/* --- the records picked --- */

/* One that is not there, or not for him, is passed over. */
static int add_item(Batch *batch, int64_t id) {
    Record *record;
    bool holds;
    const Visit *visit = batch->visit;
    const Ask read = {.ledger = visit->ledger, .word = "ledger:read"}, decide = decision_ask(&batch->decision);
    for (size_t i = 0; i < batch->n_items; i++)
        if (batch->items[i].record->id == id) return 0;
    int result = reach_record(visit, &read, id, &record);
    if (result == WEB_MISSING) return 0;
    if (!result) result = reach_holds(visit, &decide, record, &holds);
    if (result) return result;
    Item *item = mem_push(visit->ctx, batch->items, batch->n_items);
    *item = (Item){.record = record, .diag = diag_new(visit->ctx)};
    if (!holds) diag_error(item->diag, PLACE_NONE, "not-his", "this record is not yours to decide on");
    return 0;
}

static int read_ticked(Batch *batch) {
    const HttpFields *form = &batch->visit->request->form;
    int result = 0;
    for (size_t i = 0, sent = 0; !result && i < form->count; i++) {
        if (strcmp(form->list[i].name, "id")) continue;
        if (sent++ == BATCH_MOST) return WEB_BAD;
        result = add_item(batch, visit_number(form->list[i].value));
    }
    return result;
}

static int read_filtered(Batch *batch) {
    int64_t *ids;
    int result = deciding_find(batch->visit, &ids, &batch->found);
    if (result) return result < 0 ? result : WEB_WRONG;
    if (batch->found > DECIDING_MOST)
        diag_error(batch->visit->diag, PLACE_NONE, "too-many",
                   "the filter finds more than %u records; narrow it, and decide on one part after the other",
                   DECIDING_MOST);
    for (size_t i = 0; !result && i < batch->found && i < BATCH_MOST; i++) result = add_item(batch, ids[i]);
    return result;
}

static int read_batch(Visit *visit, Batch *batch) {
    const char *step = visit_form(visit, "step");
    *batch = (Batch){.visit = visit,
                     .decision = {.ledger = visit->ledger, .reason = visit_form(visit, "reason")},
                     .all = *visit_form(visit, "all"),
                     .preview = !*visit_form(visit, "sure")};
    batch->decision.transition = ledger_find_transition(visit->ledger, step);
    if (!batch->decision.transition && strcmp(step, WITHDRAW)) return WEB_BAD;
    const Ask ask = decision_ask(&batch->decision);
    if (!permission_holds(visit->mandate, &ask)) return WEB_REFUSED;
    return batch->all ? read_filtered(batch) : read_ticked(batch);
}

/* --- doing it --- */

static int do_all(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)diag;
    Batch *batch = data;
    int fault = 0;
    for (size_t i = 0; !fault && i < batch->n_items; i++) {
        Item *item = &batch->items[i];
        if (!item->diag->errors)
            fault = decision_take(writer, store, &batch->decision, item->record->id, item->record->version, item->diag,
                                  &item->goes);
        batch->n_going += item->goes;
    }
    return fault ? fault : batch->preview ? UNDO : 0;
}

/* --- showing --- */

static json_t *item_json(const Batch *batch, const Item *item) {
    Visit *visit = batch->visit;
    json_t *object = page_object(), *because = page_array();
    step_word_findings(visit, batch->decision.transition, item->diag);
    page_set(object, "id", json_integer(item->record->id));
    page_set_text(object, "number", item->record->number);
    page_set_text(object, "title", record_title(visit->ctx, visit->store, item->record));
    page_set_text(object, "url", cell_record_url(visit, visit->ledger, item->record->id));
    page_set(object, "state", cell_state_json(item->record->state));
    for (size_t i = 0; i < item->diag->count; i++)
        json_array_append_new(because, json_string(label_text(item->diag->list[i].say)));
    page_set(object, "because", because);
    return object;
}

/* Whether more are found than one transaction takes, and one page shows. */
static bool is_long(const Batch *batch) { return batch->found > BATCH_MOST; }

static int show(const Batch *batch, bool done) {
    Visit *visit = batch->visit;
    json_t *model = page_object(), *going = page_array(), *staying = page_array();
    for (size_t i = 0; i < batch->n_items; i++)
        json_array_append_new(batch->items[i].goes ? going : staying, item_json(batch, &batch->items[i]));
    const Transition *transition = batch->decision.transition;
    const char *label = transition ? label_text(transition->label) : _("Withdraw");
    page_set_text(model, "step", label);
    page_set_text(model, "step_name", transition ? transition->name.text : WITHDRAW);
    page_set_text(model, "ledger_title", label_text(visit->ledger->title));
    page_set_text(model, "back", url_list(visit->ctx, visit->ledger));
    page_set_text(model, "action", url_with(visit->ctx, visit->request->path, &visit->request->query, NULL));
    page_set(model, "all", json_boolean(is_long(batch)));
    if (is_long(batch)) page_set(model, "found", json_integer((json_int_t)batch->found));
    page_set(model, "may_go", json_boolean(batch->n_going > 0 && batch->found <= DECIDING_MOST));
    page_set(model, "done", json_boolean(done));
    page_set(model, "n_going", json_integer((json_int_t)batch->n_going));
    page_set(model, "n_staying", json_integer((json_int_t)(batch->n_items - batch->n_going)));
    page_set(model, "any_going", json_boolean(batch->n_going > 0));
    page_set(model, "any_staying", json_boolean(batch->n_going < batch->n_items));
    page_set(model, "going", going);
    page_set(model, "staying", staying);
    page_set(model, "asks_reason", json_boolean(decision_asks_reason(&batch->decision)));
    page_set_text(model, "reason", visit_form(visit, "reason"));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "batch", label, model);
}

/* The same for a program. Returns 0. */
static int tell(const Batch *batch, bool done) {
    Visit *visit = batch->visit;
    json_t *going = page_array(), *staying = page_array();
    for (size_t i = 0; i < batch->n_items; i++) {
        const Item *item = &batch->items[i];
        json_t *because = page_array(), *face = api_face_json(visit, item->record);
        step_word_findings(visit, batch->decision.transition, item->diag);
        for (size_t k = 0; k < item->diag->count; k++)
            json_array_append_new(because, json_label(item->diag->list[k].say));
        page_set(face, "because", because);
        json_array_append_new(item->goes ? going : staying, face);
    }
    visit_tell(visit, "done", json_boolean(done));
    visit_tell(visit, "going", going);
    visit_tell(visit, "staying", staying);
    return 0;
}

/* A decision that asks for a reason is looked at without one, and not taken without one. */
static void check_reason(Batch *batch) {
    bool lacks = decision_asks_reason(&batch->decision) && !*batch->decision.reason;
    if (lacks && !batch->preview) {
        diag_error(batch->visit->diag, PLACE_NONE, "reason-needed", "write the reason; it holds for all of them");
        batch->preview = true;
    }
    if (lacks) batch->decision.reason = "-";
}

static int decide_long(Batch *batch) {
    int64_t job;
    int result = deciding_start(batch->visit, &batch->decision, &job);
    if (!result && visit_is_api(batch->visit->request)) {
        visit_tell(batch->visit, "job", json_integer(job));
        return tell(batch, false);
    }
    return result ? result : visit_go(batch->visit, mem_printf(batch->visit->ctx, "/jobs/%lld", (long long)job));
}

static int decide(Visit *visit) {
    Batch batch;
    int result = read_batch(visit, &batch);
    if (result) return result;
    check_reason(&batch);
    size_t wrong = visit->diag->errors;
    if (wrong) batch.preview = true;
    if (!batch.preview && is_long(&batch)) return decide_long(&batch);
    result = write_run(visit, do_all, &batch);
    if (result < 0) return result;
    int fault = (visit_is_api(visit->request) ? tell : show)(&batch, !batch.preview);
    return fault ? fault : wrong ? WEB_WRONG : 0;
}

static const WebInput inputs[] = {
    {"step", INPUT_TEXT, {"步骤名，或 :withdraw 撤下", "the name of a step, or :withdraw"}, .required = true},
    {"id", INPUT_NUMBERS, {"记录", "the records, at most 200"}},
    {"all", INPUT_YES, {"地址中的筛选所得的全部；多时作为任务", "all that the filters of the address leave; many as a job"}},
    {"reason", INPUT_TEXT, {"理由，对各条同样", "why; it holds for all of them"}},
    {"sure", INPUT_YES, {"确实办理；缺省只预览", "do it; else it is only looked at"}},
    {0},
};

const WebRoute routes_batch[] = {
    {HTTP_POST, "/ledgers/{ledger}/batch", "ledger:read", decide, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/ledgers/{ledger}/batch",
                {"批量办理：先预览，再办", "One decision over many records: looked at, then done"},
                NULL, inputs, "Batch", .scope = "ledger:edit", .again = true)},
    {0},
};
