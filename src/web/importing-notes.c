/* web/importing-notes.c: see importing-notes.h. */
#include "web/importing-notes.h"

#include "base/mem.h"

json_t *notes_mapping(const ImportMapping *mapping) {
    json_t *columns = mapping->columns ? json_array() : json_null(); /* null: as headings say */
    for (size_t i = 0; i < mapping->n_columns; i++) {
        json_t *column = json_object();
        json_object_set_new(column, "place", json_integer((json_int_t)mapping->columns[i].place));
        json_object_set_new(column, "heading", json_text_or_null(mapping->columns[i].heading));
        json_object_set_new(column, "means", json_text_or_null(mapping->columns[i].means));
        json_array_append_new(columns, column);
    }
    json_t *given = json_object();
    for (size_t i = 0; i < mapping->n_given; i++)
        json_object_set_new(given, mapping->given[i].field, json_text_or_null(mapping->given[i].value));
    json_t *notes = json_object();
    json_object_set_new(notes, "given", given);
    json_object_set_new(notes, "sheet", json_integer((json_int_t)mapping->sheet));
    json_object_set_new(notes, "heading", json_integer(mapping->heading));
    json_object_set_new(notes, "columns", columns);
    return notes;
}

static const ImportGiven *read_given(const void *ctx, json_t *notes, size_t *ret_count) {
    ImportGiven *given = NULL;
    const char *field;
    json_t *value;
    json_object_foreach(notes, field, value) {
        if (json_is_string(value)) *mem_push(ctx, given, *ret_count) = (ImportGiven){field, json_string_value(value)};
    }
    return given;
}

void notes_read_mapping(const void *ctx, const json_t *notes, ImportMapping *ret_mapping) {
    *ret_mapping = (ImportMapping){0};
    const json_t *list = json_object_get(notes, "columns");
    ImportColumn *columns = json_is_array(list) ? mem_array(ctx, ImportColumn, json_array_size(list) + 1) : NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *column = json_array_get(list, i);
        columns[i] = (ImportColumn){.place = (size_t)json_integer_value(json_object_get(column, "place")),
                                    .heading = json_text_in(column, "heading"),
                                    .means = json_text_in(column, "means")};
    }
    *ret_mapping = (ImportMapping){.sheet = (size_t)json_integer_value(json_object_get(notes, "sheet")),
                                   .heading = (uint32_t)json_integer_value(json_object_get(notes, "heading")),
                                   .columns = columns,
                                   .n_columns = json_array_size(list)};
    ret_mapping->given = read_given(ctx, json_object_get(notes, "given"), &ret_mapping->n_given);
}

json_t *notes_result(const ImportResult *result) {
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "batch", (json_int_t)result->batch, "read",
                     (json_int_t)result->read, "created", (json_int_t)result->created, "updated",
                     (json_int_t)result->updated, "unchanged", (json_int_t)result->unchanged, "refused",
                     (json_int_t)result->refused);
}

json_t *notes_effect(uint32_t row, const char *title, bool is_new, json_t *fields) {
    json_t *effect = json_object();
    json_object_set_new(effect, "row", json_integer(row));
    json_object_set_new(effect, "title", json_text_or_null(title));
    json_object_set_new(effect, "is_new", json_boolean(is_new));
    json_object_set_new(effect, "fields", fields);
    return effect;
}

json_t *notes_field(const char *name, const char *old, const char *new) {
    json_t *field = json_object();
    json_object_set_new(field, "name", json_text_or_null(name));
    json_object_set_new(field, "old", json_text_or_null(old));
    json_object_set_new(field, "new", json_text_or_null(new));
    return field;
}
