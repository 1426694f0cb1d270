/* web/pages/batch.c: one decision over many records: first seen, then done, in one transaction.
 *
 * What can be done is not guessed: the preview takes every record through the door and then leaves all of it undone. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/step.h"
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
    const Transition *transition; /* NULL: withdrawn */
    const char *reason;
    bool preview;
    Item *items;
    size_t n_items, n_going;
} Batch;

static bool asks_reason(const Batch *batch) { return !batch->transition || batch->transition->reason; }

static Ask ask_of(const Batch *batch) {
    if (batch->transition) return (Ask){.ledger = batch->visit->ledger, .transition = batch->transition};
    return (Ask){.ledger = batch->visit->ledger, .word = "ledger:edit"};
}

/* --- the records picked --- */

/* One that is not there, or not for him, is passed over. */
static int add_item(Batch *batch, int64_t id) {
    Record *record;
    bool holds;
    const Visit *visit = batch->visit;
    const Ask read = {.ledger = visit->ledger, .word = "ledger:read"}, decide = ask_of(batch);
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

static int read_batch(Visit *visit, Batch *batch) {
    const HttpFields *form = &visit->request->form;
    const char *step = visit_form(visit, "step");
    *batch = (Batch){.visit = visit, .reason = visit_form(visit, "reason"), .preview = !*visit_form(visit, "sure")};
    batch->transition = ledger_find_transition(visit->ledger, step);
    if (!batch->transition && strcmp(step, WITHDRAW)) return WEB_BAD;
    const Ask ask = ask_of(batch);
    if (!permission_holds(visit->mandate, &ask)) return WEB_REFUSED;
    int result = 0;
    for (size_t i = 0, sent = 0; !result && i < form->count; i++) {
        if (strcmp(form->list[i].name, "id")) continue;
        if (sent++ == BATCH_MOST) return WEB_BAD;
        result = add_item(batch, visit_number(form->list[i].value));
    }
    return result;
}

/* --- doing it --- */

static int move(Writer *writer, const Batch *batch, Item *item) {
    const Write write = {.ledger = batch->visit->ledger,
                         .before = item->record,
                         .transition = batch->transition,
                         .values = item->record->values,
                         .effective = DATE_NONE,
                         .reason = batch->reason,
                         .keep_warnings = true};
    Written written;
    int fault = transition_apply(writer, &write, item->diag, &written);
    item->goes = !fault && written.outcome == WRITTEN_UPDATED;
    return fault;
}

static int withdraw(Writer *writer, const Batch *batch, Item *item) {
    int result = transition_withdraw(writer, item->record, batch->reason, item->diag);
    item->goes = !result;
    return result < 0 ? result : 0;
}

/* What somebody has changed since it was looked at is left alone. */
static int do_item(Writer *writer, Store *store, const Batch *batch, Item *item) {
    Record *now;
    if (item->diag->errors) return 0;
    int result = record_load(batch->visit->ctx, store, batch->visit->ledger, item->record->id, NULL, &now);
    if (result < 0) return result;
    if (result || now->version != item->record->version) {
        diag_error(item->diag, PLACE_NONE, "changed", "somebody has changed this record meanwhile; look at it again");
        return 0;
    }
    return batch->transition ? move(writer, batch, item) : withdraw(writer, batch, item);
}

static int do_all(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)diag;
    Batch *batch = data;
    int fault = 0;
    for (size_t i = 0; !fault && i < batch->n_items; i++) {
        fault = do_item(writer, store, batch, &batch->items[i]);
        batch->n_going += batch->items[i].goes;
    }
    return fault ? fault : batch->preview ? UNDO : 0;
}

/* --- showing --- */

static json_t *item_json(const Batch *batch, const Item *item) {
    Visit *visit = batch->visit;
    json_t *object = page_object(), *because = page_array();
    step_word_findings(visit, batch->transition, item->diag);
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

static int show(const Batch *batch, bool done) {
    Visit *visit = batch->visit;
    json_t *model = page_object(), *going = page_array(), *staying = page_array();
    for (size_t i = 0; i < batch->n_items; i++)
        json_array_append_new(batch->items[i].goes ? going : staying, item_json(batch, &batch->items[i]));
    const char *label = batch->transition ? label_text(batch->transition->label) : _("Withdraw");
    page_set_text(model, "step", label);
    page_set_text(model, "step_name", batch->transition ? batch->transition->name.text : WITHDRAW);
    page_set_text(model, "ledger_title", label_text(visit->ledger->title));
    page_set_text(model, "back", mem_printf(visit->ctx, "/ledgers/%s", visit->ledger->name.text));
    page_set_text(model, "action", visit->request->path);
    page_set(model, "done", json_boolean(done));
    page_set(model, "n_going", json_integer((json_int_t)batch->n_going));
    page_set(model, "n_staying", json_integer((json_int_t)(batch->n_items - batch->n_going)));
    page_set(model, "any_going", json_boolean(batch->n_going > 0));
    page_set(model, "any_staying", json_boolean(batch->n_going < batch->n_items));
    page_set(model, "going", going);
    page_set(model, "staying", staying);
    page_set(model, "asks_reason", json_boolean(asks_reason(batch)));
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
        step_word_findings(visit, batch->transition, item->diag);
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
    bool lacks = asks_reason(batch) && !*batch->reason;
    if (lacks && !batch->preview) {
        diag_error(batch->visit->diag, PLACE_NONE, "reason-needed", "write the reason; it holds for all of them");
        batch->preview = true;
    }
    if (lacks) batch->reason = "-";
}

static int decide(Visit *visit) {
    Batch batch;
    int result = read_batch(visit, &batch);
    if (result) return result;
    check_reason(&batch);
    size_t wrong = visit->diag->errors;
    result = write_run(visit, do_all, &batch);
    if (result < 0) return result;
    int fault = (visit_is_api(visit->request) ? tell : show)(&batch, !batch.preview);
    return fault ? fault : wrong ? WEB_WRONG : 0;
}

static const WebInput inputs[] = {
    {"step", INPUT_TEXT, {"步骤名，或 :withdraw 撤下", "the name of a step, or :withdraw"}, .required = true},
    {"id", INPUT_NUMBERS, {"记录", "the records, at most 200"}, .required = true},
    {"reason", INPUT_TEXT, {"理由，对各条同样", "why; it holds for all of them"}},
    {"sure", INPUT_YES, {"确实办理；缺省只预览", "do it; else it is only looked at"}},
    {0},
};

const WebRoute routes_batch[] = {
    {HTTP_POST, "/ledgers/{ledger}/batch", "ledger:read", decide, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/ledgers/{ledger}/batch", {"批量办理：先预览，再办", "One decision over many records: looked at, then done"},
                NULL, inputs, "Batch", .scope = "ledger:edit", .again = true)},
    {0},
};
