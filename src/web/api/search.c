/* web/api/search.c: one search over all ledgers. */
#include "base/text.h"
#include "web/api/api.h"
#include "web/hits.h"

#define RECORDS_MOST 20u /* of one ledger */

static int add_ledger(Visit *visit, const Found *found, json_t *groups) {
    Record *records[RECORDS_MOST];
    size_t n;
    bool more;
    int fault = hits_records(visit, found, RECORDS_MOST, records, &n, &more);
    if (fault || !n) return fault;
    json_t *group = page_object(), *list = page_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(list, api_face_json(visit, records[i]));
    page_set_text(group, "ledger", found->ledger->name.text);
    page_set(group, "count", found->scope.all ? json_integer(found->count) : json_null());
    page_set(group, "more", json_boolean(more));
    page_set(group, "records", list);
    json_array_append_new(groups, group);
    return 0;
}

int api_search(Visit *visit) {
    Hits hits;
    Record *record;
    const char *words = text_clean(visit->ctx, visit_query(visit, "q"));
    ApiList list = api_list(visit, "found");
    int fault = hits_read(visit, words, &hits);
    for (size_t i = 0; i < hits.n_found && !fault; i++)
        if (hits.found[i].n_ids) fault = add_ledger(visit, &hits.found[i], list.array);
    int result = fault ? fault : *words ? hits_find_number(visit, &hits, words, &record) : RECORD_E_NONE;
    page_set(list.answer, "number", result ? json_null() : api_face_json(visit, record));
    page_set(list.answer, "cut", json_boolean(hits.n_hits == HITS_MOST));
    return result < 0 ? result : api_answer(visit, list.answer);
}
