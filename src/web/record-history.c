/* web/record-history.c: who changed a record when, and what two versions of it differ in. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "web/cells.h"
#include "web/record.h"
#include "web/words.h"

#define SHOWN_MOST 30u /* unless all are asked for */

/* The last change of a withdrawn record is no step of that name: it ended it. */
static const char *action_of(const RecordPage *page, size_t i) {
    bool ends = page->withdrawn && i == 0;
    return ends ? _("Withdrawn") : words_action(page->record->ledger, page->changes[i].action);
}

static json_t *change_json(const RecordPage *page, size_t i) {
    Visit *visit = page->visit;
    const ChangeRow *change = &page->changes[i];
    bool ends = page->withdrawn && i == 0;
    json_t *object = page_object();
    page_set_text(object, "at", words_moment(visit->ctx, change->at));
    page_set_text(object, "who", words_person(visit, change->actor));
    page_set_text(object, "behalf", change->behalf ? words_person(visit, change->behalf) : NULL);
    page_set_text(object, "action", action_of(page, i));
    page_set_text(object, "reason", change->reason);
    page_set_text(object, "row", change->row ? mem_printf(visit->ctx, "%" PRId64, change->row) : NULL);
    page_set(object, "version", json_integer(change->version));
    if (!ends)
        page_set_text(object, "url", record_path(visit, page->record,
                                                 mem_printf(visit->ctx, "/versions/%" PRId64, change->version)));
    return object;
}

int record_add_history(const RecordPage *page, json_t *model) {
    bool all = !strcmp(visit_query(page->visit, "history"), "all");
    size_t n = all || page->n_changes <= SHOWN_MOST ? page->n_changes : SHOWN_MOST;
    json_t *history = page_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(history, change_json(page, i));
    page_set(model, "history", history);
    page_set(model, "older", n < page->n_changes ? json_integer((json_int_t)(page->n_changes - n)) : json_null());
    return 0;
}
