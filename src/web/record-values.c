/* web/record-values.c: what a record says: fields in the order of the form, child tables, attachments. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/attachment.h"
#include "web/cells.h"
#include "web/record.h"
#include "web/words.h"

#define WIDE_FROM 40u /* terminal columns: longer texts get a line of their own */

typedef struct Values {
    const RecordPage *page;
    json_t *sections, *items; /* items of the section that is being filled */
    json_t *tables, *files, *blank;
} Values;

const char *record_text(const RecordPage *page, const Record *record, const Field *field) {
    Visit *visit = page->visit;
    bool whole = page->unmasked && permission_mask(visit->mandate, field) == MASK_ASKS;
    return whole ? record_show(visit->ctx, visit->store, record, field, false) : cell_text(visit, record, field);
}

/* --- fields --- */

/* One in which nothing is filled is not shown. */
static void end_section(Values *values) {
    if (!json_array_size(values->items)) json_array_remove(values->sections, json_array_size(values->sections) - 1);
}

static void begin_section(Values *values, const char *title) {
    json_t *section = page_object();
    values->items = page_array();
    page_set_text(section, "title", title);
    page_set(section, "items", values->items);
    json_array_append_new(values->sections, section);
}

static void add_item(Values *values, const Field *field) {
    const RecordPage *page = values->page;
    json_t *item = cell_json(page->visit, page->record, field);
    const char *text = record_text(page, page->record, field);
    page_set_text(item, "label", label_text(field->label));
    page_set_text(item, "text", text);
    page_set_text(item, "unit", cell_unit(field));
    page_set(item, "wide", json_boolean(text_width(text) > WIDE_FROM || strchr(text, '\n')));
    bool is_address = !strcmp(field->kind->name, "url") && !strncmp(text, "http", strlen("http"));
    if (is_address) page_set_text(item, "url", text);
    json_array_append_new(values->items, item);
}

/* --- child tables --- */

/* The same for a cell of a child table. */
static const char *row_text(const RecordPage *page, const Field *column, Value value) {
    const void *ctx = page->visit->ctx;
    Mask mask = permission_mask(page->visit->mandate, column);
    if (mask == MASK_WHOLE) return value.kind == VALUE_BLANK ? "" : CELL_HIDDEN;
    bool whole = mask == MASK_NONE || (mask == MASK_ASKS && page->unmasked);
    return cell_number(ctx, column, whole ? field_show(ctx, column, value) : field_show_masked(ctx, column, value));
}

static json_t *cells_json(const RecordPage *page, const Field *table, const json_t *row) {
    json_t *cells = page_array();
    for (size_t i = 0; i < table->n_rows; i++) {
        const Field *column = &table->rows[i];
        json_t *cell = page_object();
        Value value = field_cell(column, json_object_get(row, column->name.text));
        page_set_text(cell, "text", row_text(page, column, value));
        page_set_text(cell, "class", cell_is_numeric(column) ? "numeric" : NULL);
        json_array_append_new(cells, cell);
    }
    return cells;
}

static void add_table(Values *values, const Field *field) {
    json_t *table = page_object(), *heads = page_array(), *rows = page_array();
    for (size_t i = 0; i < field->n_rows; i++) {
        json_t *head = page_object();
        page_set_text(head, "label", label_text(field->rows[i].label));
        page_set_text(head, "unit", cell_unit(&field->rows[i]));
        page_set(head, "is_numeric", json_boolean(cell_is_numeric(&field->rows[i])));
        json_array_append_new(heads, head);
    }
    const char *text = values->page->record->values[field->index].text;
    const json_t *stored = json_keep(values->page->visit->ctx, json_loads(text, 0, NULL)), *row;
    size_t index;
    json_array_foreach(stored, index, row) {
        json_t *object = page_object();
        page_set(object, "cells", cells_json(values->page, field, row));
        json_array_append_new(rows, object);
    }
    page_set_text(table, "label", label_text(field->label));
    page_set(table, "heads", heads);
    page_set(table, "rows", rows);
    json_array_append_new(values->tables, table);
}

/* --- attachments --- */

static int add_file(json_t *list, const RecordPage *page, const char *hash) {
    const Visit *visit = page->visit;
    const Record *record = page->record;
    Attachment *attachment;
    int result = attachment_find(visit->ctx, visit->store, hash, &attachment);
    if (result) return result < 0 ? result : 0;
    json_t *file = page_object();
    page_set_text(file, "name", attachment->name);
    page_set_text(file, "size", words_size(visit->ctx, attachment->size));
    page_set_text(file, "url", mem_printf(visit->ctx, "/files/%s?of=%s/%" PRId64, attachment->hash,
                                          record->ledger->name.text, record->id));
    page_set(file, "is_image", json_boolean(!strncmp(attachment->type, "image/", strlen("image/"))));
    json_array_append_new(list, file);
    return 0;
}

static int add_files(Values *values, const Field *field) {
    const Visit *visit = values->page->visit;
    json_t *group = page_object(), *list = page_array();
    page_set_text(group, "label", label_text(field->label));
    page_set(group, "files", list);
    json_array_append_new(values->files, group);
    int fault = 0;
    char *state = NULL, *hashes = mem_strdup(visit->ctx, values->page->record->values[field->index].text);
    for (char *hash = strtok_r(hashes, "|", &state); hash && !fault; hash = strtok_r(NULL, "|", &state))
        fault = add_file(list, values->page, hash);
    return fault;
}

/* --- all of them --- */

static int add_field(Values *values, const Field *field) {
    const char *section = label_text(field->section);
    if (*section) {
        end_section(values);
        begin_section(values, section);
    }
    if (values->page->record->values[field->index].kind == VALUE_BLANK)
        json_array_append_new(values->blank, json_string(label_text(field->label)));
    else if (field->n_rows)
        add_table(values, field);
    else if (!strcmp(field->kind->name, "file"))
        return add_files(values, field);
    else
        add_item(values, field);
    return 0;
}

static void add_masked(const RecordPage *page, json_t *model) {
    const Ledger *ledger = page->record->ledger;
    bool asks = false;
    for (size_t i = 0; i < ledger->n_fields && !asks; i++)
        asks = page->record->values[i].kind != VALUE_BLANK &&
               permission_mask(page->visit->mandate, &ledger->fields[i]) == MASK_ASKS;
    page_set(model, "may_unmask", json_boolean(asks && !page->unmasked));
    page_set(model, "unmasked", json_boolean(page->unmasked));
}

int record_add_values(const RecordPage *page, json_t *model) {
    Values values = {.page = page, .sections = page_array(), .tables = page_array(), .files = page_array(),
                     .blank = page_array()};
    const Ledger *ledger = page->record->ledger;
    int fault = 0;
    begin_section(&values, "");
    for (size_t i = 0; i < ledger->n_fields && !fault; i++) fault = add_field(&values, &ledger->fields[i]);
    end_section(&values);
    page_set(model, "sections", values.sections);
    page_set(model, "tables", values.tables);
    page_set(model, "files", values.files);
    size_t n_blank = json_array_size(values.blank);
    page_set(model, "n_blank", n_blank ? json_integer((json_int_t)n_blank) : json_null());
    page_set(model, "blank", values.blank);
    add_masked(page, model);
    return fault;
}
