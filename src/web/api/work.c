/* web/api/work.c: what waits for somebody, what he did and began, and what people ask of each other about a record. */
#include <string.h>

#include "base/mem.h"
#include "procedure/taker.h"
#include "web/api/api.h"
#include "web/reach.h"
#include "web/step.h"
#include "web/term.h"
#include "web/worklist.h"

#define ERRANDS_MOST 200u /* of one record */

/* --- errands --- */

static json_t *errand_json(const Errand *errand) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(errand->id));
    page_set_text(object, "kind", errand_kind_word(errand->kind));
    page_set_text(object, "asker", errand->asker);
    page_set_text(object, "taker", errand->taker);
    page_set_text(object, "asked_at", errand->asked_at);
    page_set_text(object, "note", errand->note);
    page_set(object, "due", api_day(errand->due));
    page_set_text(object, "answer", errand_answer_word(errand->answer));
    page_set_text(object, "answered_at", errand->answered_at);
    page_set_text(object, "opinion", errand->opinion);
    return object;
}

int api_errands(Visit *visit) {
    Record *record;
    Errands errands;
    int result = reach_named(visit, "ledger:read", &record);
    if (result) return result;
    const ErrandAsk ask = {
        .by = ERRANDS_OF_RECORD, .record = record->id, .kinds = (1u << ERRAND_KINDS) - 1, .most = ERRANDS_MOST};
    result = errand_list(visit->ctx, visit->store, &ask, &errands);
    if (result) return result;
    ApiList list = api_list(visit, "errands");
    for (size_t i = 0; i < errands.count; i++) json_array_append_new(list.array, errand_json(&errands.list[i]));
    return api_answer(visit, list.answer);
}

int api_takers(Visit *visit) {
    Record *record;
    Takers takers;
    int result = reach_named(visit, "ledger:read", &record);
    if (!result)
        result = taker_list(visit->ctx, visit->store, record, visit->mandate->login, visit->now, &takers);
    if (result) return result;
    ApiList list = api_list(visit, "takers");
    for (size_t i = 0; i < takers.count; i++) {
        const Taker *taker = &takers.list[i];
        json_array_append_new(list.array, json_pack("{s:s, s:s, s:s}", "login", taker->login, "name", taker->name,
                                                    "roles", taker->roles));
    }
    return api_answer(visit, list.answer);
}

/* --- the four lists --- */

static json_t *asked_json(const Visit *visit, const WorklistErrand *asked) {
    json_t *object = api_face_json(visit, asked->record);
    page_set(object, "errand", errand_json(&asked->errand));
    page_set(object, "due_on", api_day(asked->errand.due));
    return object;
}

static json_t *item_json(const Visit *visit, const WorkItem *item) {
    json_t *object = page_object();
    page_set_text(object, "ledger", item->ledger->name.text);
    page_set(object, "record", json_integer(item->record));
    page_set_text(object, "number", item->number);
    page_set_text(object, "title", item->title);
    page_set_text(object, "state", item->state->name.text);
    page_set(object, "entered_on", api_day(item->entered_on));
    page_set(object, "due_on", api_day(item->due_on));
    page_set_text(object, "light", term_name(visit, item->due_on));
    page_set_text(object, "action", item->action);
    page_set_text(object, "at", item->at);
    return object;
}

static int show_work(Visit *visit, WorklistKind kind) {
    Worklist work;
    int fault = worklist_read(visit, kind, &work);
    if (fault) return fault;
    ApiList list = api_list(visit, "items");
    for (size_t i = 0; i < work.n_errands; i++)
        json_array_append_new(list.array, asked_json(visit, &work.errands[i]));
    for (size_t i = 0; i < work.n_items; i++) json_array_append_new(list.array, item_json(visit, &work.items[i]));
    page_set_text(list.answer, "next", work.after);
    return api_answer(visit, list.answer);
}

int api_todo(Visit *visit) { return show_work(visit, WORKLIST_TODO); }
int api_done(Visit *visit) { return show_work(visit, WORKLIST_DONE); }
int api_started(Visit *visit) { return show_work(visit, WORKLIST_STARTED); }
int api_copied(Visit *visit) { return show_work(visit, WORKLIST_COPIED); }

/* --- what can be done with a record --- */

int api_steps(Visit *visit) {
    Record *record;
    int result = reach_named(visit, "ledger:read", &record);
    if (result) return result;
    ApiList list = api_list(visit, "steps");
    const Ledger *ledger = record->ledger;
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        const Transition *step = &ledger->transitions[i];
        const Ask ask = {.ledger = ledger, .transition = step};
        bool holds = false;
        if (transition_leads_from(step, record->state)) result = reach_holds(visit, &ask, record, &holds);
        if (result) return result;
        if (!holds) continue;
        json_t *needs = page_array();
        for (size_t k = 0; k < step->n_needs; k++) json_array_append_new(needs, json_string(step->needs[k]->name.text));
        json_array_append_new(list.array, json_pack("{s:s, s:o, s:s, s:b, s:o, s:o}", "name", step->name.text, "label",
                                                    json_label(step->label), "to", step->to->name.text, "reason",
                                                    step->reason, "needs", needs, "guard",
                                                    json_text_or_null(step->guard ? expr_text(step->guard) : NULL)));
    }
    return api_answer(visit, list.answer);
}
