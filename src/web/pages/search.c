/* web/pages/search.c: one search over all ledgers: words, pinyin, initials; a number goes straight to its record.
 *
 * The index is asked once. Of the newest hits, at most HITS_MOST, each ledger shows a few and counts the rest. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ledger/reach.h"
#include "ledger/search.h"
#include "web/cells.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/url.h"

#define HITS_MOST   20000u
#define SHOWN_MOST  5u
#define TRIED_MOST  200u /* records of a ledger looked at for whoever may not see all of them */
#define CELLS_MOST  4u

/* What was found in one ledger. */
typedef struct Found {
    const Ledger *ledger;
    RowScope scope;
    int64_t ids[TRIED_MOST]; /* the newest */
    size_t n_ids;
    int64_t count; /* of all */
} Found;

typedef struct Search {
    Visit *visit;
    Found *found;   /* one for each ledger of the catalog; ledger NULL: not for him */
    size_t n_found; /* all of them */
    size_t n_hits;
} Search;

/* --- straight to a number --- */

/* 0, RECORD_E_NONE, or a fault. */
static int find_number(Search *search, const char *words, const char **ret_url) {
    Visit *visit = search->visit;
    for (size_t i = 0; i < search->n_found; i++) {
        const Ledger *ledger = search->found[i].ledger;
        if (!ledger || !ledger->number.text) continue;
        int64_t id;
        Record *record;
        RecordFinder *finder = record_finder_new(visit->ctx, visit->store, ledger);
        int result = record_find_number(finder, words, &id);
        if (!result) result = reach_load(visit->ctx, visit->store, ledger, id, &search->found[i].scope, &record);
        if (result < 0) return result;
        if (result) continue;
        *ret_url = cell_record_url(visit, ledger, id);
        return 0;
    }
    return RECORD_E_NONE;
}

/* --- by words --- */

static int take_hit(const SearchHit *hit, void *data) {
    Search *search = data;
    search->n_hits++;
    for (size_t i = 0; i < search->n_found; i++) {
        Found *found = &search->found[i];
        if (!found->ledger || strcmp(found->ledger->name.text, hit->ledger)) continue;
        found->count++;
        if (found->n_ids < TRIED_MOST) found->ids[found->n_ids++] = hit->id;
        break;
    }
    return 0;
}

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

/* The newest that he may see. */
static int fill_rows(Visit *visit, Found *found, json_t *rows, size_t *ret_tried) {
    int result = 0;
    for (*ret_tried = 0; *ret_tried < found->n_ids && json_array_size(rows) < SHOWN_MOST && result >= 0; ++*ret_tried) {
        Record *record;
        result = reach_load(visit->ctx, visit->store, found->ledger, found->ids[*ret_tried], &found->scope, &record);
        if (!result) json_array_append_new(rows, row_json(visit, record));
    }
    return result < 0 ? result : 0;
}

static int add_ledger(Search *search, Found *found, const char *words, json_t *groups) {
    Visit *visit = search->visit;
    json_t *rows = page_array();
    size_t tried;
    int fault = fill_rows(visit, found, rows, &tried);
    if (fault || !json_array_size(rows)) {
        json_decref(rows);
        return fault;
    }
    bool all = found->scope.all, more = all ? found->count > (int64_t)json_array_size(rows) : tried < found->n_ids;
    const char *path = mem_printf(visit->ctx, "/ledgers/%s", found->ledger->name.text);
    json_t *group = page_object();
    page_set_text(group, "title", label_text(found->ledger->title));
    page_set_text(group, "count", all ? mem_printf(visit->ctx, "%" PRId64, found->count) : NULL);
    page_set_text(group, "more_url", more ? url_with(visit->ctx, path, NULL, URL_CHANGES({"q", words})) : NULL);
    page_set(group, "rows", rows);
    json_array_append_new(groups, group);
    return 0;
}

/* The registers (area 0) come first: who looks for a name mostly looks for whom it names. */
static int add_ledgers(Search *search, bool registers, const char *words, json_t *groups) {
    int fault = 0;
    for (size_t i = 0; i < search->n_found && !fault; i++) {
        Found *found = &search->found[i];
        if (found->n_ids && (found->ledger->area == 0) == registers) fault = add_ledger(search, found, words, groups);
    }
    return fault;
}

static int open_search(Visit *visit, Search *ret_search) {
    const Catalog *catalog = visit->store->catalog;
    int fault = 0;
    *ret_search = (Search){.visit = visit, .found = mem_array(visit->ctx, Found, catalog->n_ledgers),
                           .n_found = catalog->n_ledgers};
    for (size_t i = 0; i < catalog->n_ledgers && !fault; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        if (!visit_may(visit, "ledger:read", ledger)) continue;
        ret_search->found[i].ledger = ledger;
        fault = reach_open(visit, "ledger:read", ledger, &ret_search->found[i].scope);
    }
    return fault;
}

static int show_search(Visit *visit) {
    Search search;
    const char *words = text_clean(visit->ctx, visit_query(visit, "q")), *url = NULL;
    int result = open_search(visit, &search);
    if (!result && *words) result = find_number(&search, words, &url);
    if (!result && url) return visit_go(visit, url);
    if (result >= 0) result = search_each(visit->store, words, HITS_MOST, take_hit, &search);
    json_t *model = page_object(), *groups = page_array();
    if (result >= 0) result = add_ledgers(&search, true, words, groups);
    if (!result) result = add_ledgers(&search, false, words, groups);
    page_set_text(model, "words", words);
    page_set(model, "asked", json_boolean(*words));
    page_set(model, "any", json_boolean(json_array_size(groups) > 0));
    page_set(model, "is_cut", json_boolean(search.n_hits == HITS_MOST));
    page_set(model, "groups", groups);
    return result < 0 ? result : frame_show(visit, "search", _("Search"), model);
}

const WebRoute routes_search[] = {
    {HTTP_GET, "/search", "member", show_search, .waits = true},
    {0},
};
