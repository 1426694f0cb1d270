/* ledger/row.c: a record as expressions see it: its fields, the records it refers to, its child rows, its states. */
#include <jansson.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/cache.h"

/* What a row is made of; child rows are rows of JSON. Lives as long as the record it stands on. */
typedef struct RowData {
    Store *store;
    const Record *record;
    const json_t *child; /* of a row of a child table, else NULL */
} RowData;

static Value child_value(const json_t *child, const ExprSymbol *symbol) {
    const json_t *member = json_object_get(child, symbol->column);
    if (json_is_integer(member)) {
        int64_t units = json_integer_value(member);
        return symbol->type == TYPE_BOOL ? VALUE_OF_BOOL(units != 0) : VALUE_OF_DECIMAL(units, symbol->scale);
    }
    if (!json_is_string(member)) return VALUE_OF_BLANK;
    const char *text = json_string_value(member);
    return symbol->type == TYPE_DATE ? VALUE_OF_DATE(date_parse_iso(text)) : VALUE_OF_TEXT(text);
}

static Value row_value(const ExprRow *row, const ExprSymbol *symbol) {
    const RowData *data = row->data;
    if (data->child) return child_value(data->child, symbol);
    const Field *field = symbol->tag;
    if (field) return data->record->values[field->index];
    if (symbol->type == TYPE_STATE) return VALUE_OF_TEXT(data->record->state->name.text);
    if (symbol->type == TYPE_TEXT) return data->record->number ? VALUE_OF_TEXT(data->record->number) : VALUE_OF_BLANK;
    return VALUE_OF_INT(data->record->id);
}

static ExprRow make_row(const RowData *owner, Store *store, const Record *record, const json_t *child);

static bool row_follow(const ExprRow *row, const ExprSymbol *symbol, ExprRow *ret_row) {
    const RowData *data = row->data;
    const Field *field = symbol->tag;
    Value id = row_value(row, symbol);
    if (id.kind != VALUE_NUMBER) return false;
    const Record *target = cache_find(data->store, field->to, id.units);
    if (!target) return false;
    *ret_row = make_row(data, data->store, target, NULL);
    return true;
}

static bool row_child(const ExprRow *row, const ExprSymbol *symbol, size_t index, ExprRow *ret_row) {
    const RowData *data = row->data;
    Value text = row_value(row, symbol);
    if (text.kind != VALUE_TEXT) return false;
    const json_t *rows = json_keep(data, json_loads(text.text, 0, NULL));
    const json_t *child = json_array_get(rows, index);
    if (!child) return false;
    *ret_row = make_row(data, data->store, data->record, child);
    return true;
}

/* DATE_NONE asks for the present state; otherwise the last span that covers the day. */
static const char *row_state_at(const ExprRow *row, Date date) {
    const Record *record = ((const RowData *)row->data)->record;
    if (date == DATE_NONE) return record->state->name.text;
    const char *state = NULL;
    for (size_t i = 0; i < record->n_spans; i++) {
        const Span *span = &record->spans[i];
        if (span->entered_on == DATE_NONE || span->entered_on > date) continue;
        if (span->left_on == DATE_NONE || span->left_on > date) state = span->state->name.text;
    }
    return state;
}

static Date row_entered(const ExprRow *row, const char *state) {
    const Record *record = ((const RowData *)row->data)->record;
    Date last = DATE_NONE;
    for (size_t i = 0; i < record->n_spans; i++)
        if (!strcmp(record->spans[i].state->name.text, state) && record->spans[i].entered_on > last)
            last = record->spans[i].entered_on;
    return last;
}

static const ExprRowClass record_class = {row_value, row_follow, row_child, row_state_at, row_entered};

static ExprRow make_row(const RowData *owner, Store *store, const Record *record, const json_t *child) {
    RowData *data = mem_new(owner ? (const void *)owner : (const void *)record, RowData);
    *data = (RowData){store, record, child};
    return (ExprRow){&record_class, data};
}

ExprRow record_row(Store *store, const Record *record) { return make_row(NULL, store, record, NULL); }

ExprParams store_params(const Store *store, Period period) {
    return (ExprParams){.period = period, .today = date_today(), .calendar = store->calendar};
}
