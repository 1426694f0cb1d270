/* kinds/rows.c: a child table: kept as a JSON array of objects, written in one cell as one row a line with
 * cells divided by |, in the order of the fields. A bar or backslash inside a cell has a backslash before it. */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* JSON members are what expressions expect of child rows: numbers scaled, yes and no as 1 and 0, all else text. */
json_t *field_cell_json(const void *ctx, Value value) {
    switch (value.kind) {
    case VALUE_NUMBER:
        return json_integer(value.units);
    case VALUE_BOOL:
        return json_integer(value.yes);
    case VALUE_TEXT:
        return json_string(value.text);
    case VALUE_DATE:
        return json_string(value_text(ctx, value));
    case VALUE_BLANK:
    case VALUE_NA:
        break;
    }
    return NULL;
}

Value field_cell(const Field *field, const json_t *member) {
    if (json_is_integer(member)) {
        int64_t units = json_integer_value(member);
        return field->kind->type == TYPE_BOOL ? VALUE_OF_BOOL(units != 0) : VALUE_OF_DECIMAL(units, field->scale);
    }
    if (!json_is_string(member)) return VALUE_OF_BLANK;
    const char *text = json_string_value(member); /* lives as long as the member */
    if (field->kind->type == TYPE_DATE) return VALUE_OF_DATE(date_parse_iso(text));
    return VALUE_OF_TEXT(text);
}

/* The next cell of a line, unescaped; *at moves behind its bar, or to NULL at the end of the line. */
static char *next_cell(const void *ctx, const char **at, const char *end) {
    Buf cell = BUF_INIT(ctx);
    const char *c = *at;
    for (; c < end && *c != '|'; c++) {
        if (*c == '\\' && c + 1 < end) c++;
        buf_char(&cell, *c);
    }
    *at = c < end ? c + 1 : NULL;
    return mem_strdup(ctx, buf_text(&cell));
}

static FieldProblem parse_line(const void *ctx, const Field *field, const char *line, const char *end, json_t *row) {
    const char *at = line;
    for (size_t i = 0; i < field->n_rows && at; i++) {
        const Field *column = &field->rows[i];
        FieldInput input = {.text = next_cell(ctx, &at, end), .date = DATE_NONE};
        Value value;
        FieldProblem problem = field_parse(ctx, column, &input, &value);
        if (problem.level == DIAG_ERROR) return problem;
        json_t *member = field_cell_json(ctx, value);
        if (member)
            json_object_set_new(row, column->name.text, member);
        else if (column->required)
            return field_wrong(ctx, "row-incomplete", "'%s' is missing in a line of the table; fill it",
                               label_text(column->label));
    }
    if (at)
        return field_wrong(ctx, "row-too-long", "a line has more than %zu cells; write a bar inside a cell as \\|",
                           field->n_rows);
    return FIELD_FINE;
}

static FieldProblem parse_rows(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    json_t *rows = json_keep(ctx, json_array());
    for (const char *line = input->text; line;) {
        const char *end = strchr(line, '\n'), *next = end ? end + 1 : NULL;
        if (!end) end = line + strlen(line);
        if (end > line && end[-1] == '\r') end--;
        if (end > line) {
            if (json_array_size(rows) == DEFN_ROWS_MAX)
                return field_wrong(ctx, "too-many-rows", "the table has more than %u rows; divide it", DEFN_ROWS_MAX);
            json_t *row = json_object();
            json_array_append_new(rows, row);
            FieldProblem problem = parse_line(ctx, field, line, end, row);
            if (problem.level == DIAG_ERROR) return problem;
        }
        line = next;
    }
    char *text = json_dumps(rows, JSON_COMPACT | JSON_PRESERVE_ORDER);
    *ret_value = VALUE_OF_TEXT(mem_strdup(ctx, text));
    free(text);
    return FIELD_FINE;
}

void field_add_cell(Buf *out, const char *text) {
    for (; *text; text++) {
        if (*text == '|' || *text == '\\') buf_char(out, '\\');
        buf_char(out, *text == '\n' ? ' ' : *text);
    }
}

/* One row a line, cells divided by | in the order of the fields: the form in sheets. */
static char *show_rows(const void *ctx, const Field *field, Value value) {
    json_t *rows = json_keep(ctx, json_loads(value.text, 0, NULL));
    Buf out = BUF_INIT(ctx);
    size_t index;
    const json_t *row;
    json_array_foreach(rows, index, row) {
        if (out.size) buf_char(&out, '\n');
        for (size_t i = 0; i < field->n_rows; i++) {
            const Field *column = &field->rows[i];
            if (i) buf_char(&out, '|');
            field_add_cell(&out, field_show(ctx, column, field_cell(column, json_object_get(row, column->name.text))));
        }
    }
    return mem_strdup(ctx, buf_text(&out));
}

const FieldKind kind_rows = {
    .name = "rows",
    .label = {"明细表", "Child table"},
    .type = TYPE_ROWS,
    .storage = STORE_JSON,
    .uses = USES_ROWS,
    .parse = parse_rows,
    .show = show_rows,
};
