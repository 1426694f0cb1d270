/* web/pages/withdrawn.c: the recycle bin of a ledger: what was withdrawn, by whom, when and why. Each opens, and is
 * brought back from its page. */
#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/record.h"
#include "web/url.h"
#include "web/withdrawn.h"
#include "web/words.h"

static int add_row(Visit *visit, const Record *record, json_t *rows) {
    ChangeRow last;
    int result = change_last(visit->ctx, visit->store, visit->ledger, record->id, &last);
    if (result) return result < 0 ? result : 0;
    json_t *row = page_object();
    record_add_face(visit, record, row);
    page_set_text(row, "at", words_moment(visit->ctx, last.at));
    page_set_text(row, "who", words_person(visit, last.actor));
    page_set_text(row, "reason", last.reason);
    json_array_append_new(rows, row);
    return 0;
}

static const char *page_url(const Visit *visit, const char *side, const QueryPlace *place) {
    const char *text = query_place_text(visit->ctx, place);
    return url_with(visit->ctx, visit->request->path, NULL, URL_CHANGES({side, text}));
}

static int show_withdrawn(Visit *visit) {
    QueryPage page;
    int fault = withdrawn_read(visit, &page);
    if (fault) return fault;
    json_t *model = page_object(), *rows = page_array();
    for (size_t i = 0; i < page.count && !fault; i++) fault = add_row(visit, page.records[i], rows);
    page_set(model, "rows", rows);
    page_set(model, "any", json_boolean(page.count > 0));
    page_set_text(model, "ledger_title", label_text(visit->ledger->title));
    page_set_text(model, "ledger_path", url_list(visit->ctx, visit->ledger));
    if (page.has_before) page_set_text(model, "previous_url", page_url(visit, "before", &page.places[0]));
    if (page.has_after) page_set_text(model, "next_url", page_url(visit, "after", &page.places[page.count - 1]));
    return fault ? fault : frame_show(visit, "withdrawn", _("Recycle bin"), model);
}

const WebRoute routes_withdrawn[] = {
    {HTTP_GET, "/ledgers/{ledger}/withdrawn", "ledger:edit", show_withdrawn,
     .api = API(API_PREFIX "/ledgers/{ledger}/withdrawn", {"回收站", "What was withdrawn, the newest first"},
                api_withdrawn,
                INPUTS({"after", INPUT_TEXT, {"上一页的 next", "next of the page before"}}), "Withdrawn")},
    {0},
};
