/* web/pages/import-view.c: see import-view.h. */
#include "web/pages/import-view.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "sheet/sheet.h"
#include "web/cells.h"

#define SAMPLES       3
#define SAMPLE_CHARS  24u
#define HEADING_CHARS 40u

/* --- what may be chosen --- */

static void add_option(json_t *list, const char *value, const char *label, bool chosen) {
    json_t *option = page_object();
    page_set_text(option, "value", value);
    page_set_text(option, "label", label);
    page_set(option, "chosen", json_boolean(chosen));
    json_array_append_new(list, option);
}

static char *number_text(const void *ctx, size_t number) { return mem_printf(ctx, "%zu", number); }

static json_t *sheets_json(const Visit *visit, const ImportLook *look) {
    json_t *list = page_array();
    for (size_t i = 0; i < look->n_sheets; i++)
        if (look->sheets[i])
            add_option(list, number_text(visit->ctx, i + 1), look->sheets[i], i + 1 == look->mapping.sheet);
    return list;
}

/* The first words of a row, so that it is known among others. */
static const char *line_text(const void *ctx, const ImportLine *line) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < line->n && out.size < HEADING_CHARS * 3; i++)
        if (*line->texts[i]) buf_printf(&out, "%s%s", out.size ? "、" : "", line->texts[i]);
    return text_shorten(ctx, buf_text(&out), HEADING_CHARS);
}

static json_t *headings_json(const Visit *visit, const ImportLook *look) {
    json_t *list = page_array();
    for (size_t i = 0; i < look->n_lines && i < IMPORT_HEADING_ROWS; i++) {
        const ImportLine *line = &look->lines[i];
        const char *label = mem_printf(visit->ctx, _("Row %u: %s"), line->row, line_text(visit->ctx, line));
        add_option(list, number_text(visit->ctx, line->row), label, line->row == look->mapping.heading);
    }
    return list;
}

static json_t *meanings_json(const Visit *visit, const char *means) {
    const Ledger *ledger = visit->ledger;
    json_t *list = page_array();
    add_option(list, "", _("(left out)"), !*means);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        const char *label = label_text(field->label);
        add_option(list, field->name.text, field->required ? mem_printf(visit->ctx, "%s *", label) : label,
                   !strcmp(field->name.text, means));
    }
    if (ledger->n_states > 1) add_option(list, "state", _("State"), !strcmp(means, "state"));
    if (ledger->number.text) add_option(list, "number", _("Number"), !strcmp(means, "number"));
    return list;
}

/* --- columns --- */

/* The first values under the heading. */
static json_t *samples_json(const Visit *visit, const ImportLook *look, size_t place) {
    json_t *list = page_array();
    for (size_t i = 0; i < look->n_lines && json_array_size(list) < SAMPLES; i++) {
        const ImportLine *line = &look->lines[i];
        if (line->row <= look->mapping.heading || place >= line->n || !*line->texts[place]) continue;
        json_t *sample = page_object();
        page_set_text(sample, "text", text_shorten(visit->ctx, line->texts[place], SAMPLE_CHARS));
        json_array_append_new(list, sample);
    }
    return list;
}

static json_t *column_json(const Visit *visit, const ImportLook *look, const ImportColumn *column) {
    json_t *object = page_object();
    char letter[SHEET_LETTERS_SIZE];
    sheet_column_name(column->place, letter);
    page_set_text(object, "letter", letter);
    page_set_text(object, "input", mem_printf(visit->ctx, "column-%zu", column->place));
    page_set_text(object, "heading", column->heading);
    page_set(object, "left_out", json_boolean(!*column->means));
    page_set(object, "samples", samples_json(visit, look, column->place));
    page_set(object, "options", meanings_json(visit, column->means));
    return object;
}

/* --- what the sheet has no column for --- */

static const char *given_value(const ImportLook *look, const Field *field) {
    for (size_t i = 0; i < look->mapping.n_given; i++)
        if (!strcmp(look->mapping.given[i].field, field->name.text)) return look->mapping.given[i].value;
    return "";
}

static json_t *missing_json(const ImportLook *look, const Field *field) {
    json_t *object = page_object(), *options = page_array();
    const char *value = given_value(look, field);
    page_set_text(object, "name", field->name.text);
    page_set_text(object, "label", label_text(field->label));
    page_set_text(object, "value", value);
    for (size_t i = 0; field->list && i < field->list->n_codes; i++) {
        const Code *code = &field->list->codes[i];
        add_option(options, code->name.text, label_text(code->label), !strcmp(code->name.text, value));
    }
    page_set(object, "is_choice", json_boolean(field->list != NULL));
    page_set(object, "options", options);
    return object;
}

json_t *import_look_json(const Visit *visit, const ImportLook *look) {
    json_t *object = page_object(), *columns = page_array(), *sheets = sheets_json(visit, look);
    for (size_t i = 0; i < look->mapping.n_columns; i++)
        json_array_append_new(columns, column_json(visit, look, &look->mapping.columns[i]));
    json_t *missing = page_array();
    for (size_t i = 0; i < look->n_missing; i++) json_array_append_new(missing, missing_json(look, look->missing[i]));
    page_set(object, "missing", missing);
    page_set(object, "several_sheets", json_boolean(json_array_size(sheets) > 1));
    page_set(object, "sheets", sheets);
    page_set(object, "headings", headings_json(visit, look));
    page_set(object, "columns", columns);
    page_set(object, "sheet", json_integer((json_int_t)look->mapping.sheet));
    page_set(object, "heading", json_integer(look->mapping.heading));
    return object;
}

/* --- what came of it --- */

static int64_t count_in(const json_t *notes, const char *name) {
    return json_integer_value(json_object_get(notes, name));
}

json_t *import_counts_json(const Visit *visit, const json_t *notes) {
    static const char *const names[] = {"read", "created", "updated", "unchanged", "refused"};
    json_t *object = page_object();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        page_set_text(object, names[i], cell_count(visit->ctx, count_in(notes, names[i])));
    int64_t takes = count_in(notes, "created") + count_in(notes, "updated");
    page_set(object, "any", json_boolean(takes > 0));
    page_set(object, "some_refused", json_boolean(count_in(notes, "refused") > 0));
    page_set_text(object, "takes", cell_count(visit->ctx, takes));
    return object;
}

static json_t *field_json(const Visit *visit, const json_t *notes) {
    const char *name = json_string_value(json_object_get(notes, "name"));
    const Field *field = name ? ledger_find_field(visit->ledger, name) : NULL;
    json_t *object = page_object();
    const char *unit = field ? cell_unit(field) : "";
    page_set_text(object, "label", field ? label_text(field->label) : name);
    page_set_text(object, "unit", *unit ? unit : NULL);
    page_set(object, "old", json_incref(json_object_get(notes, "old")));
    page_set(object, "new", json_incref(json_object_get(notes, "new")));
    return object;
}

json_t *import_effects_json(const Visit *visit, const json_t *preview) {
    const json_t *effects = json_object_get(preview, "effects");
    json_t *list = page_array();
    for (size_t i = 0; i < json_array_size(effects); i++) {
        const json_t *effect = json_array_get(effects, i), *fields = json_object_get(effect, "fields");
        json_t *object = page_object(), *changes = page_array();
        for (size_t k = 0; k < json_array_size(fields); k++)
            json_array_append_new(changes, field_json(visit, json_array_get(fields, k)));
        static const char *const same[] = {"row", "title", "is_new"};
        for (size_t k = 0; k < sizeof same / sizeof same[0]; k++)
            page_set(object, same[k], json_incref(json_object_get(effect, same[k])));
        page_set(object, "fields", changes);
        json_array_append_new(list, object);
    }
    return list;
}
