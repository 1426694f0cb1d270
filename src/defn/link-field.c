/* defn/link-field.c: a field: its kind, the attributes that this kind has, and what they refer to. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "defn/link.h"

/* PostgreSQL cuts names after 63 letters; the longest made of the two is that of an index, l_LEDGER_to_FIELD. */
#define NAMES_MAX 57u
#define KINDS_MAX 40u

/* Columns and words that every record has; a field of that name would hide them. */
static const char *const reserved[] = {
    "id",          "org",   "version", "state", "number",  "batch", "na", "seq",   "period",   "recorded_from",
    "recorded_to", "today", "and",     "or",    "not",     "in",    "at", "where", "contains", "ctid",
    "xmin",        "xmax",  "cmin",    "cmax",  "tableoid"};

static void check_name(const Linking *linking, const Ledger *ledger, const Field *field) {
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
        if (!strcmp(field->name.text, reserved[i]))
            diag_error(linking->diag, field->name.at, "reserved", "'%s' has a meaning of its own; rename this field",
                       reserved[i]);
    if (strlen(ledger->name.text) + strlen(field->name.text) > NAMES_MAX)
        diag_error(linking->diag, field->name.at, "bad-name",
                   "the names of a ledger and its field have at most %u letters together; shorten one", NAMES_MAX);
}

/* --- kinds --- */

/* The kind of that name; with a finding another one, so that everything else can still be checked. */
static const FieldKind *resolve_kind(const Linking *linking, const Name *name) {
    const FieldKind *kind = kind_find(name->text);
    if (kind) return kind;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf list = BUF_INIT(scratch);
    const char *names[KINDS_MAX];
    size_t n = 0;
    for (; kind_all[n] && n < KINDS_MAX; n++) {
        names[n] = kind_all[n]->name;
        buf_printf(&list, "%s%s", n ? ", " : "", names[n]);
    }
    const char *near = text_nearest(name->text, names, n);
    if (near)
        diag_error(linking->diag, name->at, "unknown-kind", "there is no kind of field '%s'; did you mean '%s'?",
                   name->text, near);
    else
        diag_error(linking->diag, name->at, "unknown-kind", "there is no kind of field '%s'; write one of: %s",
                   name->text, buf_text(&list));
    return kind_find(near ? near : "text");
}

typedef struct Attribute {
    unsigned use;
    const char *name;
    size_t written; /* offset of the Name or pointer that is set when it was written */
} Attribute;

static const Attribute attributes[] = {
    {USES_MIN, "min", offsetof(Field, min_text.text)},
    {USES_MAX, "max", offsetof(Field, max_text.text)},
    {USES_SCALE, "scale", offsetof(Field, scale_text.text)},
    {USES_UNIT, "unit", offsetof(Field, unit)},
    {USES_LIST, "list", offsetof(Field, list_name.text)},
    {USES_TO, "to", offsetof(Field, to_name.text)},
    {USES_ROWS, "rows", offsetof(Field, rows)},
};
static const unsigned NEEDED = USES_LIST | USES_TO | USES_ROWS; /* a kind that uses these cannot do without */

static void check_attributes(const Linking *linking, const Field *field) {
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const Attribute *attribute = &attributes[i];
        const char *const *member = (const void *)((const char *)field + attribute->written);
        bool uses = field->kind->uses & attribute->use;
        if (*member && !uses)
            diag_error(linking->diag, field->name.at, "not-for-kind",
                       "'%s' has no meaning for a field of kind %s; remove it", attribute->name, field->kind->name);
        if (!*member && uses && (attribute->use & NEEDED))
            diag_error(linking->diag, field->name.at, "missing-key", "a field of kind %s needs '%s'; write it",
                       field->kind->name, attribute->name);
    }
}

/* --- values --- */

static void link_bounds(const Linking *linking, Field *field) {
    int scale = field->kind->type == TYPE_NUMBER ? field->scale : 0; /* of a text its characters are counted */
    field->has_min = link_read_number(linking, &field->min_text, scale, &field->min);
    field->has_max = link_read_number(linking, &field->max_text, scale, &field->max);
    if (field->has_min && field->has_max && field->min > field->max)
        diag_error(linking->diag, field->min_text.at, "bad-bounds",
                   "min %s is more than max %s; nothing fits; correct one", field->min_text.text, field->max_text.text);
}

static void check_default(const Linking *linking, const Field *field) {
    bool lacks = (field->kind->uses & USES_LIST && !field->list) || (field->kind->uses & USES_ROWS && !field->rows);
    if (!field->default_text.text || lacks) return;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const FieldInput input = {.text = field->default_text.text, .date = DATE_NONE};
    Value value;
    if (field_parse(scratch, field, &input, &value).level == DIAG_ERROR)
        diag_error(linking->diag, field->default_text.at, "bad-default",
                   "'%s' is no value of this field; write one as it would be typed in", field->default_text.text);
}

static void link_rows(const Linking *linking, const Ledger *ledger, Field *field) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Callings callings = {.ctx = scratch};
    for (size_t i = 0; i < field->n_rows; i++) {
        Field *column = &field->rows[i];
        link_field(linking, ledger, column, i);
        link_add_calling(&callings, &column->name, column->label, &column->aliases);
        if (column->kind && column->kind->storage == STORE_JSON)
            diag_error(linking->diag, column->name.at, "rows-in-rows",
                       "a child table has no child tables or files; use a ledger of its own");
    }
    link_check_twice(linking, field->rows, field->n_rows, sizeof(Field), THING_FIELD);
    link_check_callings(linking, &callings);
}

void link_field(const Linking *linking, const Ledger *ledger, Field *field, size_t index) {
    const Catalog *catalog = linking->catalog;
    field->index = index;
    if (!field->name.text || !field->kind_name.text) return; /* said already */
    check_name(linking, ledger, field);
    field->kind = resolve_kind(linking, &field->kind_name);
    check_attributes(linking, field);
    field->column = mem_printf(catalog, "\"%s\"", field->name.text);
    field->scale = link_read_scale(linking, &field->scale_text, field->kind->scale);
    link_bounds(linking, field);
    field->list = RESOLVE(linking, &field->list_name, catalog->codelists, catalog->n_codelists, THING_CODELIST);
    field->to = RESOLVE(linking, &field->to_name, catalog->ledgers, catalog->n_ledgers, THING_LEDGER);
    link_rows(linking, ledger, field);
    check_default(linking, field);
}
