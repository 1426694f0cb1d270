/* web/api/lists.c: what stands beside the list of a ledger: kept filters, drafts, and the recycle bin. */
#include <string.h>

#include "base/mem.h"
#include "ledger/draft.h"
#include "ledger/saved-view.h"
#include "web/api/api.h"
#include "web/withdrawn.h"

int api_views(Visit *visit) {
    SavedView *views;
    size_t n;
    const char *login = visit->mandate->login;
    int fault = view_list(visit->ctx, visit->store, visit->ledger, login, &views, &n);
    if (fault) return fault;
    ApiList list = api_list(visit, "views");
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list.array,
                              json_pack("{s:s, s:s, s:b, s:b}", "name", views[i].name, "query", views[i].query, "own",
                                        !strcmp(views[i].login, login), "shared", views[i].shared));
    return api_answer(visit, list.answer);
}

/* [["title", "…"], …] as {"title": "…"}. */
static json_t *fields_json(const Draft *draft) {
    json_t *pairs = json_loads(draft->form, 0, NULL), *object = page_object(), *pair;
    size_t i;
    json_array_foreach(pairs, i, pair) {
        json_object_set(object, json_string_value(json_array_get(pair, 0)), json_array_get(pair, 1));
    }
    json_decref(pairs);
    return object;
}

int api_drafts(Visit *visit) {
    Draft *drafts;
    size_t n;
    int result = draft_list(visit->ctx, visit->store, visit->actor.name, visit->ledger, &drafts, &n);
    ApiList list = api_list(visit, "drafts");
    for (size_t i = 0; i < n && result >= 0; i++) {
        Draft draft;
        result = draft_load(visit->ctx, visit->store, visit->actor.name, visit->ledger, drafts[i].record, &draft);
        if (result) continue; /* of another key: it cannot be read any more */
        json_t *object = page_object();
        page_set(object, "record", draft.record ? json_integer(draft.record) : json_null());
        page_set_text(object, "at", draft.at);
        page_set(object, "fields", fields_json(&draft));
        json_array_append_new(list.array, object);
    }
    return result < 0 ? result : api_answer(visit, list.answer);
}

int api_withdrawn(Visit *visit) {
    QueryPage page;
    ApiList list = api_list(visit, "records");
    int fault = withdrawn_read(visit, &page);
    for (size_t i = 0; !fault && i < page.count; i++) {
        ChangeRow last;
        int result = change_last(visit->ctx, visit->store, visit->ledger, page.records[i]->id, &last);
        if (result < 0) fault = result;
        if (result) continue;
        json_t *object = api_face_json(visit, page.records[i]);
        page_set_text(object, "at", last.at);
        page_set_text(object, "actor", last.actor);
        page_set_text(object, "reason", last.reason);
        json_array_append_new(list.array, object);
    }
    if (fault) return fault;
    page_set_text(list.answer, "next",
                  page.has_after ? query_place_text(visit->ctx, &page.places[page.count - 1]) : NULL);
    return api_answer(visit, list.answer);
}
