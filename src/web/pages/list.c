/* web/pages/list.c: the ledgers, and the list of one: filter row, columns, order, totals, pages. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/term.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/filter.h"
#include "web/listing.h"
#include "web/pages/pages.h"
#include "web/site.h"
#include "web/step.h"
#include "web/term.h"
#include "web/url.h"
#include "web/views.h"

#define COUNT_MOST 10000u

/* --- the head --- */

/* The address that sorts by a column; once more turns the order round. */
static const char *sort_url(const Visit *visit, const ListingOrder *order, const char *name) {
    bool same = !strcmp(order->name, name);
    const char *sort = same && !order->descending ? mem_printf(visit->ctx, "-%s", name) : name;
    return url_with(visit->ctx, visit->request->path, &visit->request->query,
                    URL_CHANGES({"sort", sort}, {"after", NULL}, {"before", NULL}));
}

static json_t *head_json(const Visit *visit, const ListingOrder *order, const char *name, const char *label,
                         json_t *filter) {
    json_t *head = page_object();
    bool same = !strcmp(order->name, name);
    page_set_text(head, "name", name);
    page_set_text(head, "label", label);
    page_set_text(head, "sort_url", sort_url(visit, order, name));
    page_set_text(head, "aria_sort", same ? order->descending ? "descending" : "ascending" : NULL);
    page_set_text(head, "mark", same ? order->descending ? "↓" : "↑" : "");
    page_set(head, "filter", filter);
    return head;
}

static void fill_heads(const Visit *visit, const ListingColumns *columns, json_t *model) {
    const ListingOrder order = listing_order(visit);
    json_t *heads = page_array();
    for (size_t i = 0; i < columns->count; i++) {
        const Field *field = columns->list[i];
        json_t *head =
            head_json(visit, &order, field->name.text, label_text(field->label), filter_field_json(visit, field));
        page_set(head, "is_numeric", json_boolean(cell_is_numeric(field)));
        page_set_text(head, "unit", cell_unit(field));
        json_array_append_new(heads, head);
    }
    json_array_append_new(heads, head_json(visit, &order, "state", _("State"), filter_state_json(visit)));
    page_set(model, "heads", heads);
    page_set(model, "n_heads", json_integer((json_int_t)columns->count + 3));
    page_set(model, "number_filter", filter_number_json(visit));
}

/* Every field that can be a column, and whether it is one. */
static int fill_chooser(Visit *visit, json_t *model, void *data) {
    const ListingColumns *columns = data;
    json_t *array = page_array();
    for (size_t i = 0; i < visit->ledger->n_fields; i++) {
        const Field *field = &visit->ledger->fields[i];
        if (field->n_rows) continue;
        bool shown = false;
        for (size_t k = 0; k < columns->count; k++) shown |= columns->list[k] == field;
        json_t *object = page_object();
        page_set_text(object, "name", field->name.text);
        page_set_text(object, "label", label_text(field->label));
        page_set(object, "shown", json_boolean(shown));
        json_array_append_new(array, object);
    }
    page_set(model, "chooser", array);
    return 0;
}

/* --- the rows --- */

/* How its term stands; of a list that may be long, what is in time needs no light. */
static int add_light(const Visit *visit, const Record *record, json_t *row) {
    Date due_on = DATE_NONE;
    int fault = term_has(record->state) ? term_find(visit->store, record->id, &due_on) : 0;
    bool presses = term_light(due_on, date_today(), visit->store->calendar) > TERM_GREEN;
    page_set(row, "light", presses ? term_json(visit, due_on) : json_null());
    return fault;
}

static json_t *row_json(Visit *visit, const ListingColumns *columns, const Record *record) {
    json_t *row = page_object(), *cells = page_array();
    for (size_t i = 0; i < columns->count; i++)
        json_array_append_new(cells, cell_json(visit, record, columns->list[i]));
    page_set(row, "id", json_integer(record->id));
    page_set_text(row, "number", record->number);
    page_set_text(row, "url", cell_record_url(visit, record->ledger, record->id));
    page_set(row, "cells", cells);
    page_set(row, "state", cell_state_json(record->state));
    return row;
}

/* The address of the page behind or before a place. */
static const char *page_url(const Visit *visit, const char *side, const QueryPlace *place) {
    const char *text = query_place_text(visit->ctx, place);
    bool after = !strcmp(side, "after");
    return url_with(visit->ctx, visit->request->path, &visit->request->query,
                    URL_CHANGES({"after", after ? text : NULL}, {"before", after ? NULL : text}));
}

static int fill_rows(Visit *visit, const Query *query, const ListingColumns *columns, json_t *model) {
    QueryPage page;
    int fault = query_page(visit->ctx, visit->store, query, &page);
    if (fault) return fault;
    json_t *rows = page_array();
    for (size_t i = 0; i < page.count && !fault; i++) {
        json_t *row = row_json(visit, columns, page.records[i]);
        fault = add_light(visit, page.records[i], row);
        json_array_append_new(rows, row);
    }
    page_set(model, "rows", rows);
    page_set(model, "any", json_boolean(page.count > 0));
    if (page.count && page.has_before) page_set_text(model, "previous_url", page_url(visit, "before", &page.places[0]));
    if (page.count && page.has_after)
        page_set_text(model, "next_url", page_url(visit, "after", &page.places[page.count - 1]));
    return fault;
}

/* --- totals --- */

/* Exact where that is quick: of very many it is known that there are more, and nothing is added up. */
typedef struct Totals {
    int64_t count;
    bool more;
    Value sums[LISTING_COLUMNS]; /* of the columns that have one, in their order; numbers or blank */
} Totals;

static size_t sum_fields(const ListingColumns *columns, const Field **ret_fields) {
    size_t n = 0;
    for (size_t i = 0; i < columns->count; i++)
        if (cell_is_sum(columns->list[i])) ret_fields[n++] = columns->list[i];
    return n;
}

static int count_totals(const Visit *visit, const Query *query, const ListingColumns *columns, Totals *totals) {
    const Field *fields[LISTING_COLUMNS];
    size_t n = sum_fields(columns, fields);
    int fault = query_count_upto(visit->store, query, COUNT_MOST, &totals->count, &totals->more);
    if (fault || totals->more || !n) return fault;
    return query_sums(visit->store, query, fields, n, &totals->count, totals->sums);
}

/* As long as nothing is written in the bureau, the same question has the same answer. */
static const char *totals_key(const Visit *visit, const Query *query, const ListingColumns *columns) {
    const Field *fields[LISTING_COLUMNS];
    Buf key = BUF_INIT(visit->ctx);
    buf_printf(&key, "totals %lld", (long long)visit->store->fresh_seq);
    for (size_t i = 0, n = sum_fields(columns, fields); i < n; i++) buf_printf(&key, " %s", fields[i]->column);
    buf_add(&key, query_key(visit->ctx, visit->store, query));
    return buf_text(&key);
}

static int find_totals(const Visit *visit, const Query *query, const ListingColumns *columns, Totals *totals) {
    const char *key = totals_key(visit, query, columns);
    const Totals *kept = kept_find(visit->web->kept, visit->ctx, key);
    *totals = kept ? *kept : (Totals){0};
    int fault = kept ? 0 : count_totals(visit, query, columns, totals);
    if (!kept && !fault) kept_put(visit->web->kept, key, totals, sizeof *totals);
    return fault;
}

static json_t *sums_json(const Visit *visit, const ListingColumns *columns, const Totals *totals) {
    json_t *cells = page_array();
    size_t k = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const Field *field = columns->list[i];
        const char *sum = cell_is_sum(field) ? cell_amount(visit->ctx, field, totals->sums[k++]) : "";
        json_array_append_new(cells, json_string(sum));
    }
    return cells;
}

static void fill_sums(const Visit *visit, const ListingColumns *columns, const Totals *totals, json_t *model) {
    const Field *fields[LISTING_COLUMNS];
    if (totals->more || !sum_fields(columns, fields)) return;
    page_set(model, "has_sums", json_true());
    page_set(model, "sums", sums_json(visit, columns, totals));
}

/* --- the table --- */

/* What is listed. */
typedef struct List {
    ListingColumns columns;
    Query query;
    Totals totals;
} List;

/* Of a filter that is wrong only the heads. */
static int fill_grid(Visit *visit, json_t *model, void *data) {
    const List *list = data;
    page_set_text(model, "title", label_text(visit->ledger->title));
    fill_heads(visit, &list->columns, model);
    if (visit->diag->errors) return 0;
    fill_sums(visit, &list->columns, &list->totals, model);
    return fill_rows(visit, &list->query, &list->columns, model);
}

static int fill_table(Visit *visit, List *list, json_t *model) {
    const char *here = url_with(visit->ctx, visit->request->path, &visit->request->query, NULL);
    const char *chooser, *grid;
    int result = listing_read_page(visit, &list->query);
    if (!result) result = find_totals(visit, &list->query, &list->columns, &list->totals);
    if (result < 0) return result;
    list->query.many = list->totals.more;
    int fault = frame_kept(visit, "list-columns", here, FRAME_LASTS, fill_chooser, &list->columns, &chooser);
    if (!fault) fault = frame_kept(visit, "list-grid", here, FRAME_LASTS_NOW, fill_grid, list, &grid);
    if (fault) return fault;
    frame_set_part(model, "chooser", chooser);
    frame_set_part(model, "grid", grid);
    if (result) return 0;
    const char *words = list->totals.more ? _("more than %lld records") : _("%lld records");
    page_set_text(model, "count", mem_printf(visit->ctx, words, (long long)list->totals.count));
    return 0;
}

/* --- the page --- */

/* What a kept view keeps: the address without the place in the list. */
static const char *query_text(const Visit *visit) {
    const char *url = url_with(visit->ctx, "", &visit->request->query, URL_CHANGES({"after", NULL}, {"before", NULL}));
    return *url ? url + 1 : url;
}

static void fill_rights(const Visit *visit, json_t *model) {
    bool may_edit = visit_may(visit, "ledger:edit", visit->ledger);
    json_t *steps = step_choices_json(visit);
    page_set(model, "may_edit", json_boolean(may_edit));
    page_set(model, "may_decide", json_boolean(may_edit || json_array_size(steps)));
    page_set(model, "steps", steps);
    page_set(model, "may_import", json_boolean(visit_may(visit, "ledger:import", visit->ledger)));
    page_set(model, "may_export", json_boolean(visit_may(visit, "ledger:export", visit->ledger)));
}

static int show_list(Visit *visit) {
    List list = {.columns = listing_columns(visit)};
    json_t *model = page_object();
    int fault = fill_table(visit, &list, model);
    if (!fault) fault = views_fill(visit, model);
    if (fault) {
        json_decref(model);
        return fault;
    }
    page_set_text(model, "query", query_text(visit));
    page_set(model, "findings", frame_findings(visit));
    page_set(model, "filtered", json_boolean(filter_is_set(visit)));
    page_set_text(model, "words", visit_query(visit, "q"));
    page_set_text(model, "path", visit->request->path);
    page_set_text(model, "name", visit->ledger->name.text);
    page_set_text(model, "title", label_text(visit->ledger->title));
    page_set_text(model, "about", label_text(visit->ledger->about));
    fill_rights(visit, model);
    fault = visit_wants_part(visit) ? frame_show_part(visit, "list-table", model)
                                    : frame_show(visit, "list", label_text(visit->ledger->title), model);
    return fault ? fault : visit->diag->errors ? WEB_WRONG : 0;
}

const WebRoute routes_list[] = {
    {HTTP_GET, "/ledgers/{ledger}", "ledger:read", show_list,
     .api = API(API_PREFIX "/ledgers/{ledger}/records",
                {"筛选、排序、分页查记录", "Records, filtered, sorted, page by page; filters by field as in the list's address"},
                api_records, api_list_inputs, "Records")},
    {0},
};
