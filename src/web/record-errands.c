/* web/record-errands.c: who was asked about a record, by whom, and what they said. */
#include <string.h>

#include "base/mem.h"
#include "ledger/errand.h"
#include "web/record.h"
#include "web/words.h"

#define SHOWN_MOST 50u

/* Whether what was signed is not what stands there now: steps alone leave the record as it was. */
static bool is_changed_since(const RecordPage *page, const Errand *errand) {
    if (errand->kind != ERRAND_SIGN || errand->answer != ERRAND_AGREED) return false;
    for (size_t i = 0; i < page->n_changes && strcmp(page->changes[i].at, errand->answered_at) > 0; i++)
        if (!ledger_find_transition(page->record->ledger, page->changes[i].action)) return true;
    return false;
}

/* Who asked takes back; when his account is closed, whoever may ask. */
bool record_takes_back(Visit *visit, const Errand *errand) {
    Account *account;
    if (!strcmp(errand->asker, visit->mandate->login)) return true;
    bool found = !account_find(visit->ctx, &visit->people, errand->asker, &account);
    return found && !account_is_live(account, visit->now) && visit_may(visit, "errand:ask", NULL);
}

static json_t *errand_json(const RecordPage *page, const Errand *errand) {
    Visit *visit = page->visit;
    bool open = errand->answer == ERRAND_OPEN;
    json_t *object = page_object();
    page_set(object, "id", json_integer(errand->id));
    page_set_text(object, "kind", errand_kind_label(errand->kind));
    page_set_text(object, "asker", words_person(visit, errand->asker));
    page_set_text(object, "taker", words_person(visit, errand->taker));
    page_set_text(object, "at", words_moment(visit->ctx, errand->asked_at));
    page_set_text(object, "due", date_iso(visit->ctx, errand->due));
    page_set_text(object, "note", errand->note);
    page_set_text(object, "answer", errand_answer_label(errand));
    page_set_text(object, "answered", errand->answered_at ? words_moment(visit->ctx, errand->answered_at) : NULL);
    page_set_text(object, "opinion", errand->opinion);
    page_set(object, "is_open", json_boolean(open));
    page_set(object, "disagrees", json_boolean(errand->answer == ERRAND_DISAGREED));
    page_set(object, "signs", json_boolean(errand->kind == ERRAND_SIGN));
    page_set(object, "copies", json_boolean(errand->kind == ERRAND_COPY));
    page_set(object, "changed", json_boolean(is_changed_since(page, errand)));
    page_set(object, "can_take_back", json_boolean(open && record_takes_back(visit, errand)));
    return object;
}

int record_add_errands(const RecordPage *page, json_t *model) {
    Visit *visit = page->visit;
    const ErrandAsk ask = {
        .by = ERRANDS_OF_RECORD, .record = page->record->id, .kinds = (1u << ERRAND_KINDS) - 1, .most = SHOWN_MOST};
    Errands errands;
    if (page->as_at != DATE_NONE) return 0;
    int fault = errand_list(visit->ctx, visit->store, &ask, &errands);
    if (fault) return fault;
    json_t *all = page_array(), *mine = page_array();
    for (size_t i = 0; i < errands.count; i++) {
        const Errand *errand = &errands.list[i];
        bool is_mine = errand->answer == ERRAND_OPEN && !strcmp(errand->taker, visit->mandate->login);
        json_array_append_new(is_mine ? mine : all, errand_json(page, errand));
    }
    page_set(model, "mine", mine);
    page_set(model, "has_errands", json_boolean(json_array_size(all) > 0));
    page_set(model, "errands", all);
    return 0;
}
