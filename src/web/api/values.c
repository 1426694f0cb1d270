/* web/api/values.c: values of records as JSON, both ways. What comes in goes the way of a cell: as text through the
 * field's kind, so that every rule of it holds here too. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/reach.h"

#define NOT_APPLICABLE "n/a"

/* --- out --- */

static json_t *decimal_json(int64_t units, int scale) {
    char text[DECIMAL_SIZE];
    decimal_format((Decimal){units, scale}, text);
    return json_string(text);
}

/* "|a|b|" as ["a", "b"] */
static json_t *words_json(const void *ctx, const char *text) {
    json_t *array = page_array();
    char *state = NULL;
    for (char *word = strtok_r(mem_strdup(ctx, text), "|", &state); word; word = strtok_r(NULL, "|", &state))
        json_array_append_new(array, json_string(word));
    return array;
}

/* Child rows keep numbers scaled; here they are decimals. */
static json_t *rows_json(const Field *field, const char *text) {
    json_t *rows = json_loads(text, 0, NULL);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        for (size_t k = 0; k < field->n_rows; k++) {
            const Field *column = &field->rows[k];
            const json_t *member = json_object_get(row, column->name.text);
            if (!json_is_integer(member)) continue;
            int64_t units = json_integer_value(member);
            json_object_set_new(row, column->name.text,
                                column->kind->type == TYPE_BOOL ? json_boolean(units != 0)
                                : column->to                    ? json_integer(units)
                                                                : decimal_json(units, column->scale));
        }
    }
    return rows ? rows : page_array();
}

static json_t *reference_json(Visit *visit, const Record *record, const Field *field) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(record->values[field->index].units));
    page_set_text(object, "title", record_show(visit->ctx, visit->store, record, field, true));
    return object;
}

static json_t *value_json(Visit *visit, const Record *record, const Field *field, bool unmasked) {
    Value value = record->values[field->index];
    if (value.kind == VALUE_BLANK) return json_null();
    if (value.kind == VALUE_NA) return json_pack("{s:b}", "na", 1);
    Mask mask = permission_mask(visit->mandate, field);
    if (mask != MASK_NONE && !(unmasked && mask == MASK_ASKS)) return json_string(cell_text(visit, record, field));
    switch (field->kind->type) {
    case TYPE_REF: return reference_json(visit, record, field);
    case TYPE_NUMBER: return decimal_json(value.units, value.scale);
    case TYPE_BOOL: return json_boolean(value.yes);
    case TYPE_CODES: return words_json(visit->ctx, value.text);
    case TYPE_ROWS: return rows_json(field, value.text);
    default: return json_string(value_text(visit->ctx, value));
    }
}

json_t *api_record_json(Visit *visit, const Record *record, bool unmasked) {
    json_t *object = page_object(), *values = page_object();
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        page_set(values, field->name.text, value_json(visit, record, field, unmasked));
    }
    page_set(object, "id", json_integer(record->id));
    page_set(object, "version", json_integer(record->version));
    page_set_text(object, "number", record->number);
    page_set_text(object, "state", record->state->name.text);
    page_set_text(object, "title", record_title(visit->ctx, visit->store, record));
    page_set_text(object, "recorded_from", record->recorded_from);
    page_set(object, "values", values);
    return object;
}

json_t *api_face_json(const Visit *visit, const Record *record) {
    json_t *object = page_object();
    page_set_text(object, "ledger", record->ledger->name.text);
    page_set(object, "record", json_integer(record->id));
    page_set_text(object, "number", record->number);
    page_set_text(object, "title", record_title(visit->ctx, visit->store, record));
    page_set_text(object, "state", record->state->name.text);
    return object;
}

json_t *api_change_json(const ChangeRow *change) {
    json_t *object = page_object();
    page_set(object, "seq", json_integer(change->seq));
    page_set_text(object, "at", change->at);
    page_set_text(object, "actor", change->actor);
    page_set_text(object, "behalf", change->behalf);
    page_set_text(object, "action", change->action);
    page_set_text(object, "ledger", change->ledger);
    page_set(object, "record", json_integer(change->record));
    page_set(object, "version", json_integer(change->version));
    page_set(object, "batch", change->batch ? json_integer(change->batch) : json_null());
    page_set_text(object, "reason", change->reason);
    return object;
}

/* --- in --- */

/* What a person would write for it; NULL: of no such form. */
static const char *scalar_text(const void *ctx, const json_t *value) {
    if (!value || json_is_null(value)) return "";
    if (json_is_string(value)) return json_string_value(value);
    if (json_is_integer(value)) return mem_printf(ctx, "%lld", (long long)json_integer_value(value));
    if (json_is_boolean(value)) return json_is_true(value) ? "yes" : "no";
    if (json_is_true(json_object_get(value, "na"))) return NOT_APPLICABLE;
    return NULL;
}

static const char *row_text(const void *ctx, const Field *field, const json_t *row) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < field->n_rows; i++) {
        const char *text = scalar_text(ctx, json_object_get(row, field->rows[i].name.text));
        if (!text || !json_is_object(row)) return NULL;
        if (i) buf_char(&out, '|');
        field_add_cell(&out, text);
    }
    return buf_text(&out);
}

static const char *array_text(const void *ctx, const Field *field, const json_t *array) {
    Buf out = BUF_INIT(ctx);
    const char *between = field->n_rows || !field->list ? "\n" : "、";
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        const char *text = field->n_rows ? row_text(ctx, field, item) : scalar_text(ctx, item);
        if (!text) return NULL;
        buf_printf(&out, "%s%s", i ? between : "", text);
    }
    return buf_text(&out);
}

/* A reference by its id, as {"id"}, or by words. 0, or a fault. */
static int read_reference(Visit *visit, const Field *field, const json_t *given, Place at, Value *ret_value) {
    const json_t *id = json_is_object(given) ? json_object_get(given, "id") : given;
    const char *words = json_string_value(id);
    int64_t found = json_integer_value(id);
    Record *record;
    int result = words ? record_find_named(visit->store, field->to, words, &found)
                       : reach_record(visit, &(Ask){.word = "ledger:read", .ledger = field->to}, found, &record);
    if (result < 0) return result;
    if (result == RECORD_E_SEVERAL)
        diag_error(visit->diag, at, "several", "'%s' may be several records; give its id", words);
    else if (result)
        diag_error(visit->diag, at, "unknown-record", "there is no such record of '%s'; enter it first",
                   label_text(field->to->title));
    else
        *ret_value = VALUE_OF_INT(found);
    return 0;
}

static int read_value(Visit *visit, const Field *field, const json_t *given, Value *ret_value) {
    const Place at = {.field = field->name.text};
    const char *text = json_is_array(given) ? array_text(visit->ctx, field, given) : scalar_text(visit->ctx, given);
    if (field->to && !json_is_null(given) && !(text && !strcmp(text, NOT_APPLICABLE)))
        return read_reference(visit, field, given, at, ret_value);
    if (!text) {
        diag_error(visit->diag, at, "wrong-form", "'%s' is not of the form that this field takes; see the description",
                   label_text(field->label));
        return 0;
    }
    const FieldInput input = {.text = text, .date = DATE_NONE};
    FieldProblem problem = field_parse(visit->ctx, field, &input, ret_value);
    if (problem.level != DIAG_NOTE) diag_add(visit->diag, problem.level, at, problem.code, text, problem.say);
    return 0;
}

int api_values_read(Visit *visit, const Ledger *ledger, const json_t *object, Value *values) {
    const char *name;
    json_t *given;
    int fault = 0;
    json_object_foreach((json_t *)object, name, given) {
        const Field *field = ledger_find_field(ledger, name);
        if (!field)
            diag_error(visit->diag, (Place){.field = mem_strdup(visit->ctx, name)}, "unknown-field",
                       "this ledger has no field '%s'; see the description", name);
        else if (!fault)
            fault = read_value(visit, field, given, &values[field->index]);
    }
    return fault;
}
