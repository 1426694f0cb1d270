/* web/form.c: see form.h; the model of the templates stands in form-show.c. */
#include "web/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "web/cells.h"
#include "web/form-parts.h"

bool form_gives(const Form *form, const Field *field) {
    const Ledger *ledger = form->ledger;
    for (size_t i = 1; i < ledger->n_states; i++) { /* in the first one every record begins */
        const State *state = &ledger->states[i];
        if (state->date != field && state->number != field) continue;
        bool is_led_to = false, is_his = false;
        for (size_t k = 0; k < ledger->n_transitions; k++) {
            if (ledger->transitions[k].to != state) continue;
            is_led_to = true;
            is_his |= actor_may(&form->visit->actor, &(Ask){.ledger = ledger, .transition = &ledger->transitions[k]});
        }
        if (is_led_to && !is_his) return false;
    }
    return true;
}

/* --- texts --- */

const char *form_text(const Form *form, const char *name) {
    const char *text = http_field(&form->texts, name);
    return text ? text : "";
}

void form_add(Form *form, const char *name, const char *text) {
    *mem_push(form, form->texts.list, form->texts.count) = (HttpField){mem_strdup(form, name), mem_strdup(form, text)};
}

void form_take(Form *form, const HttpFields *texts) {
    form->texts = (HttpFields){0};
    for (size_t i = 0; i < texts->count; i++) form_add(form, texts->list[i].name, texts->list[i].value);
}

void form_take_draft(Form *form, const char *json) {
    const json_t *texts = json_keep(form, json_loads(json, 0, NULL)), *text;
    size_t index;
    form->texts = (HttpFields){0};
    json_array_foreach(texts, index, text) {
        const char *name = json_string_value(json_array_get(text, 0));
        const char *value = json_string_value(json_array_get(text, 1));
        if (name && value) form_add(form, name, value);
    }
}

static const char *named(const Form *form, const char *name, const char *part) {
    return mem_printf(form, "%s.%s", name, part);
}

static void add_words(Form *form, const char *name, const char *words) {
    char *state = NULL;
    for (char *word = strtok_r(mem_strdup(form, words), "|", &state); word; word = strtok_r(NULL, "|", &state))
        form_add(form, name, word);
}

static void add_rows(Form *form, const Field *field, const char *json) {
    const json_t *rows = json_keep(form, json_loads(json, 0, NULL)), *row;
    size_t index;
    json_array_foreach(rows, index, row) {
        for (size_t i = 0; i < field->n_rows; i++) {
            const Field *column = &field->rows[i];
            Value value = field_cell(column, json_object_get(row, column->name.text));
            bool is_word = column->kind->type == TYPE_CODE && value.kind == VALUE_TEXT;
            form_add(form, form_cell_name(form, field, index, column),
                     is_word ? value.text : field_show(form, column, value));
        }
    }
}

static void add_file(Form *form, const char *name, const char *hashes) {
    char *state = NULL;
    for (char *hash = strtok_r(mem_strdup(form, hashes), "|", &state); hash; hash = strtok_r(NULL, "|", &state))
        form_add(form, name, form_file_text(form->visit, hash));
}

/* As somebody would have typed it; of a personal field as much as he may see. */
static const char *shown(const Form *form, const Record *record, const Field *field) {
    bool is_hidden = permission_mask(form->visit->mandate, field) != MASK_NONE;
    bool is_money = field->kind->scale == MONEY_SCALE && !strcmp(field->kind->name, "money");
    return is_hidden || is_money ? cell_text(form->visit, record, field)
                                 : record_show(form, form->visit->store, record, field, false);
}

void form_fill_field(Form *form, const Record *record, const Field *field) {
    const char *name = field->name.text;
    Value value = record->values[field->index];
    if (value.kind == VALUE_BLANK) return;
    if (value.kind == VALUE_NA) {
        form_add(form, named(form, name, "na"), "1");
        return;
    }
    switch (form_input(field)->holds) {
    case HOLDS_WORD: form_add(form, name, value.text); break;
    case HOLDS_WORDS: add_words(form, name, value.text); break;
    case HOLDS_ROWS: add_rows(form, field, value.text); break;
    case HOLDS_FILES: add_file(form, name, value.text); break;
    case HOLDS_RECORD:
        form_add(form, name, shown(form, record, field));
        form_add(form, named(form, name, "id"), mem_printf(form, "%lld", (long long)value.units));
        break;
    case HOLDS_TEXT: form_add(form, name, shown(form, record, field)); break;
    }
}

void form_fill(Form *form, const Record *record) {
    for (size_t i = 0; i < form->ledger->n_fields; i++) form_fill_field(form, record, &form->ledger->fields[i]);
}

Form *form_new(Visit *visit, const Ledger *ledger, const Record *before) {
    Form *form = mem_new(visit->ctx, Form);
    form->visit = visit;
    form->ledger = ledger;
    form->before = before;
    form->values = mem_array(form, Value, ledger->n_fields);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Name *given = &ledger->fields[i].default_text;
        if (before)
            form->values[i] = before->values[i];
        else if (given->text)
            form_add(form, ledger->fields[i].name.text, given->text);
    }
    return form;
}

/* --- problems --- */

static void add_problem(Form *form, FormProblem problem) {
    *mem_push(form, form->problems, form->n_problems) = problem;
    form->n_errors += problem.level == DIAG_ERROR;
}

void form_add_problem(Form *form, const Field *field, DiagLevel level, const char *say) {
    add_problem(form, (FormProblem){.field = field, .level = level, .say = say});
}

static bool was_read(const Form *form, const Field *field, size_t n_problems) {
    for (size_t i = 0; field && i < n_problems; i++)
        if (form->problems[i].field == field && form->problems[i].level == DIAG_ERROR) return false;
    return true;
}

static const Field *field_labelled(const Ledger *ledger, const char *label) {
    for (size_t i = 0; label && i < ledger->n_fields; i++)
        if (!strcmp(label_text(ledger->fields[i].label), label)) return &ledger->fields[i];
    return NULL;
}

void form_take_findings(Form *form) {
    const Diag *diag = form->visit->diag;
    const size_t n_problems = form->n_problems;
    for (size_t i = 0; i < diag->count; i++) {
        const Finding *finding = &diag->list[i];
        const Field *field = field_labelled(form->ledger, finding->at.field);
        if (was_read(form, field, n_problems))
            form_add_problem(form, field, finding->level, label_text(finding->say));
    }
}

/* --- values --- */

static FieldProblem read_text(const Form *form, const Field *field, const char *text, Value *ret_value) {
    const FieldInput input = {.text = text, .date = DATE_NONE};
    return field_parse(form, field, &input, ret_value);
}

/* All that stands under a name: words of a list and files as they are kept, divided by bars. */
static const char *joined(const Form *form, const char *name) {
    Buf out = BUF_INIT(form);
    for (size_t i = 0; i < form->texts.count; i++) {
        const HttpField *text = &form->texts.list[i];
        if (!strcmp(text->name, name) && *text->value) buf_printf(&out, "%s%s", out.size ? "|" : "", text->value);
    }
    return buf_text(&out);
}

static FieldProblem read_plain(Form *form, const Field *field, Value *ret_value) {
    return read_text(form, field, joined(form, field->name.text), ret_value);
}

/* The record chosen, while its words stand as they were chosen; else the one that the words name. */
static int find_record(const Form *form, const Field *field, const char *words, int64_t *ret_id) {
    Store *store = form->visit->store;
    Record *chosen;
    int64_t id = visit_number(form_text(form, named(form, field->name.text, "id")));
    int result = id ? record_load(form, store, field->to, id, NULL, &chosen) : RECORD_E_NONE;
    if (!result && !strcmp(text_clean(form, record_title(form, store, chosen)), words)) return *ret_id = id, 0;
    return result < 0 ? result : record_find_named(store, field->to, words, ret_id);
}

static int read_record(Form *form, const Field *field, Value *ret_value) {
    int64_t id;
    Value words = VALUE_OF_BLANK;
    (void)read_text(form, field, form_text(form, field->name.text), &words);
    if (words.kind != VALUE_TEXT) return *ret_value = words, 0;
    int result = find_record(form, field, words.text, &id);
    const char *title = label_text(field->to->title);
    if (!result) *ret_value = VALUE_OF_INT(id);
    if (result == RECORD_E_NONE)
        form_add_problem(form, field, DIAG_ERROR,
                         mem_printf(form, _("'%s' is not in %s; choose from what is offered, or add it there first"),
                                    words.text, title));
    if (result == RECORD_E_SEVERAL)
        form_add_problem(form, field, DIAG_ERROR,
                         mem_printf(form, _("several records of %s are called '%s'; choose one from what is offered"),
                                    title, words.text));
    return result < 0 ? result : 0;
}

/* --- child tables --- */

const char *form_cell_name(const Form *form, const Field *field, size_t row, const Field *column) {
    return mem_printf(form, "%s.%zu.%s", field->name.text, row, column->name.text);
}

size_t form_rows(const Form *form, const Field *field) {
    size_t size = strlen(field->name.text), count = 0;
    for (size_t i = 0; i < form->texts.count; i++) {
        const char *name = form->texts.list[i].name;
        if (strncmp(name, field->name.text, size) || name[size] != '.') continue;
        char *number = mem_strndup(form, name + size + 1, strcspn(name + size + 1, "."));
        size_t row = (size_t)visit_number(number);
        if (name[size + 1] >= '0' && name[size + 1] <= '9' && row < DEFN_ROWS_MAX && row >= count) count = row + 1;
    }
    return count;
}

static bool row_is_blank(const Form *form, const Field *field, size_t row) {
    for (size_t i = 0; i < field->n_rows; i++)
        if (*form_text(form, form_cell_name(form, field, row, &field->rows[i]))) return false;
    return true;
}

static void read_cell(Form *form, const Field *field, size_t row, const Field *column, json_t *object) {
    Value value = VALUE_OF_BLANK;
    FieldProblem problem = read_text(form, column, form_text(form, form_cell_name(form, field, row, column)), &value);
    if (problem.level != DIAG_NOTE)
        add_problem(form, (FormProblem){field, column, row, problem.level, label_text(problem.say)});
    else if (value.kind == VALUE_BLANK && column->required)
        add_problem(form, (FormProblem){field, column, row, DIAG_ERROR, _("this is missing; fill it")});
    json_t *member = field_cell_json(form, value);
    if (member) json_object_set_new(object, column->name.text, member);
}

static void read_rows(Form *form, const Field *field, Value *ret_value) {
    json_t *rows = json_keep(form, json_array());
    size_t count = form_rows(form, field);
    for (size_t row = 0; row < count; row++) {
        if (row_is_blank(form, field, row)) continue;
        json_t *object = json_object();
        json_array_append_new(rows, object);
        for (size_t i = 0; i < field->n_rows; i++) read_cell(form, field, row, &field->rows[i], object);
    }
    if (!json_array_size(rows)) return;
    char *text = json_dumps(rows, JSON_COMPACT | JSON_PRESERVE_ORDER);
    *ret_value = VALUE_OF_TEXT(mem_strdup(form, text));
    free(text);
}

/* --- files --- */

#define FILE_MARK "kezhang file"

/* Sealed, so that nobody can claim a file of others by the hash that an address shows. */
const char *form_file_text(const Visit *visit, const char *hash) {
    const char *mark = mem_printf(visit->ctx, FILE_MARK " %s %s", visit->actor.name, hash);
    const char *sealed = seal_has_key(visit->store->seal) ? seal_close_text(visit->ctx, visit->store->seal, mark) : "";
    return mem_printf(visit->ctx, "%s.%s", hash, sealed);
}

static FieldProblem read_files(Form *form, const Field *field, Value *ret_value) {
    Buf hashes = BUF_INIT(form);
    for (size_t i = 0; i < form->texts.count; i++) {
        const HttpField *text = &form->texts.list[i];
        if (strcmp(text->name, field->name.text) || !*text->value) continue;
        const char *hash = mem_strndup(form, text->value, strcspn(text->value, "."));
        if (!strcmp(text->value, form_file_text(form->visit, hash))) buf_printf(&hashes, "%s|", hash);
    }
    return read_text(form, field, buf_text(&hashes), ret_value);
}

/* --- one field, and all --- */

/* What he sees of a personal field and did not touch stays what it is. */
static bool is_untouched(const Form *form, const Field *field) {
    if (!form->before || permission_mask(form->visit->mandate, field) == MASK_NONE) return false;
    return !strcmp(form_text(form, field->name.text), shown(form, form->before, field));
}

int form_read_field(Form *form, const Field *field) {
    Value value = VALUE_OF_BLANK;
    FieldProblem problem = FIELD_FINE;
    int fault = 0;
    if (*form_text(form, named(form, field->name.text, "na")))
        value.kind = VALUE_NA;
    else if (is_untouched(form, field))
        value = form->before->values[field->index];
    else
        switch (form_input(field)->holds) {
        case HOLDS_RECORD: fault = read_record(form, field, &value); break;
        case HOLDS_ROWS: read_rows(form, field, &value); break;
        case HOLDS_FILES: problem = read_files(form, field, &value); break;
        case HOLDS_TEXT:
        case HOLDS_WORD:
        case HOLDS_WORDS: problem = read_plain(form, field, &value); break;
        }
    if (problem.level != DIAG_NOTE) form_add_problem(form, field, problem.level, label_text(problem.say));
    form->values[field->index] = value;
    return fault;
}

int form_read(Form *form) {
    int fault = 0;
    for (size_t i = 0; !fault && i < form->ledger->n_fields; i++)
        if (form_gives(form, &form->ledger->fields[i])) fault = form_read_field(form, &form->ledger->fields[i]);
    return fault;
}
