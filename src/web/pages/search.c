/* web/pages/search.c: one search over all ledgers: words, pinyin, initials; a number goes straight to its record. */
#include <inttypes.h>

#include "base/mem.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/hits.h"
#include "web/pages/pages.h"
#include "web/record.h"
#include "web/url.h"

#define SHOWN_MOST 5u
#define CELLS_MOST 4u

static json_t *row_json(Visit *visit, const Record *record) {
    json_t *row = page_object(), *cells = page_array();
    const Ledger *ledger = record->ledger;
    for (size_t i = 0; i < ledger->n_list && json_array_size(cells) < CELLS_MOST; i++) {
        const Field *field = ledger->list[i];
        if (field == ledger->shows || record->values[field->index].kind == VALUE_BLANK) continue;
        json_t *cell = cell_json(visit, record, field);
        page_set_text(cell, "label", label_text(field->label));
        page_set_text(cell, "unit", cell_unit(field));
        json_array_append_new(cells, cell);
    }
    record_add_face(visit, record, row);
    page_set(row, "cells", cells);
    return row;
}

static int add_ledger(Visit *visit, const Found *found, const char *words, json_t *groups) {
    Record *records[SHOWN_MOST];
    size_t n;
    bool more;
    int fault = hits_records(visit, found, SHOWN_MOST, records, &n, &more);
    if (fault || !n) return fault;
    const char *path = url_list(visit->ctx, found->ledger);
    json_t *group = page_object(), *rows = page_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(rows, row_json(visit, records[i]));
    page_set_text(group, "title", label_text(found->ledger->title));
    page_set_text(group, "count", found->scope.all ? mem_printf(visit->ctx, "%" PRId64, found->count) : NULL);
    page_set_text(group, "more_url", more ? url_with(visit->ctx, path, NULL, URL_CHANGES({"q", words})) : NULL);
    page_set(group, "rows", rows);
    json_array_append_new(groups, group);
    return 0;
}

/* The registers (area 0) come first: who looks for a name mostly looks for whom it names. */
static int add_ledgers(Visit *visit, const Hits *hits, bool registers, const char *words, json_t *groups) {
    int fault = 0;
    for (size_t i = 0; i < hits->n_found && !fault; i++) {
        const Found *found = &hits->found[i];
        if (found->n_ids && (found->ledger->area == 0) == registers) fault = add_ledger(visit, found, words, groups);
    }
    return fault;
}

static int show_search(Visit *visit) {
    Hits hits;
    Record *record;
    const char *words = text_clean(visit->ctx, visit_query(visit, "q"));
    int fault = hits_read(visit, words, &hits);
    if (fault) return fault;
    int result = *words ? hits_find_number(visit, &hits, words, &record) : RECORD_E_NONE;
    if (result < 0) return result;
    if (!result) return visit_go(visit, record_path(visit, record, ""));
    json_t *model = page_object(), *groups = page_array();
    fault = add_ledgers(visit, &hits, true, words, groups);
    if (!fault) fault = add_ledgers(visit, &hits, false, words, groups);
    page_set_text(model, "words", words);
    page_set(model, "asked", json_boolean(*words));
    page_set(model, "any", json_boolean(json_array_size(groups) > 0));
    page_set(model, "is_cut", json_boolean(hits.n_hits == HITS_MOST));
    page_set(model, "groups", groups);
    return fault ? fault : frame_show(visit, "search", _("Search"), model);
}

const WebRoute routes_search[] = {
    {HTTP_GET, "/search", "member", show_search, .waits = true,
     .api = API(API_PREFIX "/search", {"跨台账搜索：词语、拼音、首字母、编号", "Words, pinyin, initials or a number in all ledgers"},
                api_search, INPUTS({"q", INPUT_TEXT, {"搜索词", "what is looked for"}, .required = true}), "Search",
                .scope = "ledger:read")},
    {0},
};
