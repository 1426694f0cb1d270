/* web/form-show.c: a form as its templates see it. Every member is set at every input, because Mustache looks outward
 * for what is missing, and a cell of a child table stands inside its field. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/attachment.h"
#include "web/cells.h"
#include "web/form-parts.h"
#include "web/words.h"

#define FEW_CODES  3u  /* so many stand beside each other, */
#define FEW_WIDTH  24u /* if their words are no wider than so many columns; others drop down */
#define ROWS_BLANK 1u /* offered below what is there */
#define LONG_LINE  120 /* characters from which a line of text takes the whole width */

/* --- kinds --- */

static const FormInput inputs[] = {
    {"text", HOLDS_TEXT, "is_line", "text", NULL, NULL, false},
    {"long_text", HOLDS_TEXT, "is_lines", NULL, NULL, NULL, true},
    {"integer", HOLDS_TEXT, "is_line", "text", "numeric", NULL, false},
    {"decimal", HOLDS_TEXT, "is_line", "text", "decimal", NULL, false},
    {"money", HOLDS_TEXT, "is_line", "text", "decimal", N_("yuan"), false},
    {"percent", HOLDS_TEXT, "is_line", "text", "decimal", "%", false},
    {"date", HOLDS_TEXT, "is_day", NULL, NULL, NULL, false},
    {"period", HOLDS_TEXT, "is_period", NULL, NULL, NULL, false},
    {"year", HOLDS_TEXT, "is_line", "text", "numeric", NULL, false},
    {"bool", HOLDS_TEXT, "is_yes_no", NULL, NULL, NULL, false},
    {"code", HOLDS_WORD, "is_choice", NULL, NULL, NULL, false},
    {"codes", HOLDS_WORDS, "is_several", NULL, NULL, NULL, true},
    {"ref", HOLDS_RECORD, "is_reference", NULL, NULL, NULL, false},
    {"rows", HOLDS_ROWS, "is_rows", NULL, NULL, NULL, true},
    {"file", HOLDS_FILES, "is_file", NULL, NULL, NULL, true},
    {"phone", HOLDS_TEXT, "is_line", "tel", "tel", NULL, false},
    {"email", HOLDS_TEXT, "is_line", "email", "email", NULL, false},
    {"url", HOLDS_TEXT, "is_line", "url", "url", NULL, false},
    {"credit_code", HOLDS_TEXT, "is_line", "text", NULL, NULL, false},
    {"person_id", HOLDS_TEXT, "is_line", "text", NULL, NULL, false},
    {"bank_account", HOLDS_TEXT, "is_line", "text", "numeric", NULL, false},
    {"division", HOLDS_TEXT, "is_line", "text", "numeric", NULL, false},
};

const FormInput *form_input(const Field *field) {
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        if (!strcmp(inputs[i].kind, field->kind->name)) return &inputs[i];
    return &inputs[0];
}

/* --- what an input is made of --- */

static bool has_text(const Form *form, const char *name, const char *text) {
    for (size_t i = 0; i < form->texts.count; i++)
        if (!strcmp(form->texts.list[i].name, name) && !strcmp(form->texts.list[i].value, text)) return true;
    return false;
}

static void add_option(json_t *options, const char *word, const char *label, bool chosen) {
    json_t *option = page_object();
    page_set_text(option, "word", word);
    page_set_text(option, "label", label);
    page_set(option, "chosen", json_boolean(chosen));
    json_array_append_new(options, option);
}

/* The codes of the list; and what was typed that is none of them, so that it is not lost. */
static json_t *options_json(const Form *form, const Field *field, const char *name) {
    json_t *options = page_array();
    const char *text = form_text(form, name);
    bool known = !*text;
    for (size_t i = 0; i < field->list->n_codes; i++) {
        const Code *code = &field->list->codes[i];
        bool chosen = has_text(form, name, code->name.text);
        known |= chosen;
        add_option(options, code->name.text, label_text(code->label), chosen);
    }
    if (!known) {
        const Code *meant = codelist_find(field->list, text);
        add_option(options, text, meant ? label_text(meant->label) : text, true);
    }
    return options;
}

static json_t *file_json(const Form *form, const char *text) {
    Attachment *found;
    const char *hash = mem_strndup(form, text, strcspn(text, "."));
    if (attachment_find(form, form->visit->store, hash, &found)) return NULL;
    json_t *file = page_object();
    page_set_text(file, "text", text);
    page_set_text(file, "file_name", found->name);
    page_set_text(file, "size", words_size(form, found->size));
    return file;
}

static json_t *files_json(const Form *form, const char *name) {
    json_t *files = page_array();
    for (size_t i = 0; i < form->texts.count; i++) {
        bool is_one = !strcmp(form->texts.list[i].name, name) && *form->texts.list[i].value;
        json_t *file = is_one ? file_json(form, form->texts.list[i].value) : NULL;
        if (file) json_array_append_new(files, file);
    }
    return files;
}

static const char *unit_of(const Field *field) {
    const FormInput *input = form_input(field);
    return field->unit ? field->unit : input->unit ? _(input->unit) : NULL;
}

/* Days are asked for by the browser's calendar, unless something else was typed. */
static bool is_day(const char *text) { return !*text || date_parse_iso(text) != DATE_NONE; }

static bool are_few(const CodeList *list) {
    size_t width = 0;
    for (size_t i = 0; i < list->n_codes; i++) width += text_width(label_text(list->codes[i].label));
    return list->n_codes <= FEW_CODES && width <= FEW_WIDTH;
}

static void set_parts(const Form *form, const Field *field, const char *name, bool in_row, json_t *object) {
    static const char *const parts[] = {"is_line",   "is_lines",     "is_day",  "is_period", "is_yes_no", "is_choice",
                                        "is_few",    "is_reference", "is_rows", "is_file",   "is_several"};
    const FormInput *input = form_input(field);
    const char *part = input->part, *text = form_text(form, name);
    if (!strcmp(part, "is_choice") && !in_row && are_few(field->list)) part = "is_few";
    if (!strcmp(part, "is_day") && !is_day(text)) part = "is_line";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        page_set(object, parts[i], json_boolean(!strcmp(parts[i], part)));
    bool is_group = !strcmp(part, "is_few") || !strcmp(part, "is_several") || !strcmp(part, "is_rows");
    page_set(object, "is_group", json_boolean(is_group));
    page_set_text(object, "type", input->type ? input->type : "text");
    page_set_text(object, "mode", input->mode);
    page_set(object, "options", field->list ? options_json(form, field, name) : page_array());
    page_set(object, "files", input->holds == HOLDS_FILES ? files_json(form, name) : page_array());
    page_set_text(object, "to", field->to ? field->to->name.text : NULL);
    page_set_text(object, "chosen_id", field->to ? form_text(form, mem_printf(form, "%s.id", name)) : NULL);
    bool is_bool = field->kind->type == TYPE_BOOL;
    Value yes = VALUE_OF_BLANK;
    const FieldInput typed = {.text = text, .date = DATE_NONE};
    if (is_bool) (void)field_parse(form, field, &typed, &yes);
    page_set(object, "is_yes", json_boolean(yes.kind == VALUE_BOOL && yes.yes));
    page_set(object, "is_no", json_boolean(yes.kind == VALUE_BOOL && !yes.yes));
}

static json_t *problems_of(const Form *form, const Field *field, const Field *column, size_t row) {
    json_t *array = page_array();
    for (size_t i = 0; i < form->n_problems; i++) {
        const FormProblem *problem = &form->problems[i];
        if (problem->field != field || problem->column != column || problem->row != row) continue;
        json_t *object = page_object();
        page_set_text(object, "say", problem->say);
        page_set(object, "error", json_boolean(problem->level == DIAG_ERROR));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *input_json(const Form *form, const Field *field, const char *name, json_t *problems, bool in_row) {
    json_t *object = page_object();
    bool wrong = false;
    size_t index;
    const json_t *problem;
    json_array_foreach(problems, index, problem) wrong |= json_is_true(json_object_get(problem, "error"));
    bool helped = *label_text(field->help) != '\0', told = json_array_size(problems) > 0;
    page_set_text(object, "name", name);
    page_set_text(object, "id", mem_printf(form, "f-%s", name));
    page_set_text(object, "label", label_text(field->label));
    page_set_text(object, "help", in_row ? NULL : label_text(field->help));
    page_set(object, "helped", json_boolean(helped && !in_row));
    page_set(object, "told", json_boolean(told));
    page_set(object, "described", json_boolean(told || (helped && !in_row)));
    page_set(object, "required", json_boolean(field->required));
    page_set_text(object, "unit", unit_of(field));
    page_set_text(object, "value", form_text(form, name));
    page_set(object, "problems", problems);
    page_set(object, "invalid", json_boolean(wrong));
    page_set(object, "in_row", json_boolean(in_row));
    page_set(object, "personal", json_boolean(!in_row && form->before && field->personal));
    set_parts(form, field, name, in_row, object);
    return object;
}

/* --- child tables --- */

/* row: its place in the texts; named "#" in the row that scripts copy. */
static json_t *row_json(const Form *form, const Field *field, size_t row, const char *place) {
    json_t *object = page_object(), *cells = page_array();
    for (size_t i = 0; i < field->n_rows; i++) {
        const Field *column = &field->rows[i];
        const char *name = mem_printf(form, "%s.%s.%s", field->name.text, place, column->name.text);
        json_array_append_new(cells, input_json(form, column, name, problems_of(form, field, column, row), true));
    }
    page_set(object, "cells", cells);
    return object;
}

static void set_rows(const Form *form, const Field *field, json_t *object) {
    json_t *rows = page_array(), *heads = page_array();
    size_t count = field->n_rows ? form_rows(form, field) : 0, blank = 0;
    for (size_t i = 0; field->n_rows && (i < count || blank < ROWS_BLANK); i++) {
        blank += i >= count;
        json_array_append_new(rows, row_json(form, field, i, mem_printf(form, "%zu", i)));
    }
    for (size_t i = 0; i < field->n_rows; i++) {
        json_t *head = page_object();
        page_set_text(head, "label", label_text(field->rows[i].label));
        page_set_text(head, "unit", unit_of(&field->rows[i]));
        page_set(head, "required", json_boolean(field->rows[i].required));
        json_array_append_new(heads, head);
    }
    page_set(object, "heads", heads);
    page_set(object, "rows", rows);
    page_set(object, "blank", field->n_rows ? row_json(form, field, DEFN_ROWS_MAX, "#") : json_null());
}

/* --- one field, and all --- */

static bool is_wide(const Field *field) {
    bool is_line = !strcmp(field->kind->name, "text");
    return form_input(field)->wide || (is_line && field->has_max && field->max > LONG_LINE);
}

json_t *form_field_json(Form *form, const Field *field) {
    const char *name = field->name.text;
    json_t *object = input_json(form, field, name, problems_of(form, field, NULL, 0), false);
    bool is_list = form_input(field)->holds == HOLDS_ROWS || form_input(field)->holds == HOLDS_FILES;
    bool gives = form_gives(form, field);
    page_set(object, "wide", json_boolean(is_wide(field)));
    page_set(object, "may_na", json_boolean(gives && !is_list && !field->required));
    page_set(object, "na", json_boolean(*form_text(form, mem_printf(form, "%s.na", name)) != '\0'));
    page_set(object, "kept", json_boolean(!gives));
    page_set_text(object, "kept_text", gives || !form->before ? "" : cell_text(form->visit, form->before, field));
    set_rows(form, field, object);
    return object;
}

/* What others give and have not given yet is not shown. */
static bool has_something(const Form *form, const Field *field) {
    return form_gives(form, field) || (form->before && form->before->values[field->index].kind != VALUE_BLANK);
}

static json_t *begin_section(const Form *form, json_t *sections, const Field *field) {
    json_t *section = page_object(), *fields = page_array();
    page_set_text(section, "title", label_text(field->section));
    page_set_text(section, "anchor", mem_printf(form, "s-%s", field->name.text));
    page_set(section, "fields", fields);
    json_array_append_new(sections, section);
    return fields;
}

static json_t *problem_json(const Form *form, const FormProblem *problem) {
    const Field *field = problem->field, *column = problem->column;
    json_t *object = page_object();
    const char *name = field ? field->name.text : NULL, *cell = NULL;
    if (column) {
        name = form_cell_name(form, field, problem->row, column);
        cell = mem_printf(form, _("row %zu, %s"), problem->row + 1, label_text(column->label));
    }
    page_set_text(object, "id", name ? mem_printf(form, "f-%s", name) : NULL);
    page_set_text(object, "label", field ? label_text(field->label) : NULL);
    page_set_text(object, "column", cell);
    page_set_text(object, "say", problem->say);
    return object;
}

void form_show_problems(const Form *form, json_t *model) {
    json_t *array = page_array();
    for (size_t at = 0; at <= form->ledger->n_fields; at++) {
        const Field *field = at ? &form->ledger->fields[at - 1] : NULL;
        for (size_t i = 0; i < form->n_problems; i++)
            if (form->problems[i].field == field)
                json_array_append_new(array, problem_json(form, &form->problems[i]));
    }
    page_set(model, "problems", array);
    page_set(model, "any_problem", json_boolean(form->n_problems > 0));
    page_set(model, "only_warnings", json_boolean(form->n_problems && !form->n_errors));
}

void form_show(Form *form, json_t *model) {
    json_t *sections = page_array(), *fields = NULL;
    for (size_t i = 0; i < form->ledger->n_fields; i++) {
        const Field *field = &form->ledger->fields[i];
        if (!fields || *label_text(field->section)) fields = begin_section(form, sections, field);
        if (!has_something(form, field)) continue;
        json_array_append_new(fields, form_field_json(form, field));
    }
    page_set(model, "many_sections", json_boolean(json_array_size(sections) > 2));
    page_set(model, "sections", sections);
    form_show_problems(form, model);
}
