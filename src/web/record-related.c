/* web/record-related.c: everything about one record: the records of all ledgers that name it, ten of each reference. */
#include <inttypes.h>

#include "base/mem.h"
#include "ledger/query.h"
#include "web/cells.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/url.h"

#define SHOWN_MOST   10u
#define COLUMNS_MOST 5u
#define COUNT_MOST   10000u /* counted exactly up to here */

/* The records of one ledger that name the record in one field. */
typedef struct Group {
    Visit *visit;
    const Field *field;
    const Ledger *ledger;
    json_t *rows;
    bool more;
} Group;

/* The columns of its list but the field that names the record: it is the same in all rows. */
static bool is_column(const Group *group, const Field *field) { return field != group->field && !field->n_rows; }

static int take_row(const Record *record, void *data) {
    Group *group = data;
    Visit *visit = group->visit;
    if (json_array_size(group->rows) == SHOWN_MOST) {
        group->more = true;
        return 1;
    }
    json_t *row = page_object(), *cells = page_array();
    for (size_t i = 0; i < record->ledger->n_list && json_array_size(cells) < COLUMNS_MOST; i++)
        if (is_column(group, record->ledger->list[i]))
            json_array_append_new(cells, cell_json(visit, record, record->ledger->list[i]));
    page_set_text(row, "number", record->number);
    page_set_text(row, "url", cell_record_url(visit, record->ledger, record->id));
    page_set(row, "cells", cells);
    page_set(row, "state", cell_state_json(record->state));
    json_array_append_new(group->rows, row);
    return 0;
}

static json_t *heads_json(const Group *group) {
    const Ledger *ledger = group->ledger;
    json_t *heads = page_array();
    for (size_t i = 0; i < ledger->n_list && json_array_size(heads) < COLUMNS_MOST; i++) {
        if (!is_column(group, ledger->list[i])) continue;
        json_t *head = page_object();
        page_set_text(head, "label", label_text(ledger->list[i]->label));
        page_set_text(head, "unit", cell_unit(ledger->list[i]));
        page_set(head, "is_numeric", json_boolean(cell_is_numeric(ledger->list[i])));
        json_array_append_new(heads, head);
    }
    return heads;
}

/* Two references of one ledger to the same register are told apart by their labels. */
static bool is_only_reference(const Field *field, const Ledger *ledger) {
    for (size_t i = 0; i < ledger->n_fields; i++)
        if (&ledger->fields[i] != field && ledger->fields[i].to == field->to) return false;
    return true;
}

/* What he may not see is not counted either. */
static int add_group(Group *group, const Query *query, const char *condition, json_t *related) {
    Visit *visit = group->visit;
    const Ledger *ledger = group->ledger;
    int64_t count = (int64_t)json_array_size(group->rows);
    bool more = false;
    int fault = group->more ? query_count_upto(visit->store, query, COUNT_MOST, &count, &more) : 0;
    json_t *object = page_object();
    page_set_text(object, "name", mem_printf(visit->ctx, "%s-%s", ledger->name.text, group->field->name.text));
    page_set_text(object, "title", label_text(ledger->title));
    page_set_text(object, "as", is_only_reference(group->field, ledger) ? NULL : label_text(group->field->label));
    page_set_text(object, "count", mem_printf(visit->ctx, "%" PRId64 "%s", count, more ? "+" : ""));
    page_set_text(object, "url", url_with(visit->ctx, mem_printf(visit->ctx, "/ledgers/%s", ledger->name.text), NULL,
                                          URL_CHANGES({"where", condition})));
    page_set(object, "numbered", json_boolean(ledger->number.text != NULL));
    page_set(object, "heads", heads_json(group));
    page_set(object, "rows", group->rows);
    json_array_append_new(related, object);
    return fault;
}

static int add_references(const RecordPage *page, const Ledger *ledger, const Field *field, json_t *related) {
    Visit *visit = page->visit;
    RowScope scope;
    Expr *where;
    const char *condition = mem_printf(visit->ctx, "%s.id = %" PRId64, field->name.text, page->record->id);
    int fault = reach_open(visit, "ledger:read", ledger, &scope);
    if (fault || query_compile(visit->ctx, ledger, condition, visit->diag, &where)) return fault;
    Group group = {.visit = visit, .ledger = ledger, .field = field, .rows = page_array()};
    const Query query = {.ledger = ledger, .where = where, .rows = &scope, .descending = true, .most = SHOWN_MOST + 1};
    fault = query_each(visit->store, &query, take_row, &group);
    if (fault >= 0 && json_array_size(group.rows)) return add_group(&group, &query, condition, related);
    json_decref(group.rows);
    return fault < 0 ? fault : 0;
}

int record_add_related(const RecordPage *page, json_t *model) {
    const Catalog *catalog = page->visit->store->catalog;
    json_t *related = page_array();
    int fault = 0;
    for (size_t i = 0; i < catalog->n_ledgers && !fault; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        if (!visit_may(page->visit, "ledger:read", ledger)) continue;
        for (size_t k = 0; k < ledger->n_fields && !fault; k++)
            if (ledger->fields[k].to == page->record->ledger)
                fault = add_references(page, ledger, &ledger->fields[k], related);
    }
    page_set(model, "has_related", json_boolean(json_array_size(related) > 0));
    page_set(model, "related", related);
    return fault;
}
