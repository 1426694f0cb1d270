/* web/api/schemas.c: the forms of what comes and goes, as JSON Schema: the values of each ledger from its definition,
 * all else from schemas.json. */
#include <string.h>

#include "base/embed.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "web/api/api.h"

extern const EmbeddedFile web_api[];

#define SCHEMA_PLACE "#/components/schemas/"

json_t *api_schema_named(const char *name) { return json_pack("{s:s+}", "$ref", SCHEMA_PLACE, name); }

/* --- the values of a ledger --- */

static json_t *schema(const char *type, const char *format, const char *pattern) {
    json_t *object = page_object();
    page_set(object, "type", json_pack("[s,s]", type, "null"));
    if (format) page_set_text(object, "format", format);
    if (pattern) page_set_text(object, "pattern", pattern);
    return object;
}

static json_t *codes_json(const CodeList *list) {
    json_t *array = page_array();
    for (size_t i = 0; i < list->n_codes; i++) json_array_append_new(array, json_string(list->codes[i].name.text));
    return array;
}

static json_t *rows_schema(const Field *field);

static json_t *field_schema(const Field *field) {
    json_t *object;
    switch (field->kind->type) {
    case TYPE_BOOL:
        object = schema("boolean", NULL, NULL);
        break;
    case TYPE_NUMBER:
        object = schema("string", NULL, "^-?[0-9]+(\\.[0-9]+)?$");
        break;
    case TYPE_DATE:
        object = schema("string", "date", NULL);
        break;
    case TYPE_REF:
        return api_schema_named("Reference");
    case TYPE_ROWS:
        return rows_schema(field);
    case TYPE_CODES:
        object = schema("array", NULL, NULL);
        page_set(object, "items", json_pack("{s:o}", "enum", codes_json(field->list)));
        break;
    default:
        object = schema("string", NULL, NULL);
        break;
    }
    if (field->kind->type == TYPE_CODE) {
        json_t *codes = codes_json(field->list);
        json_array_append_new(codes, json_null());
        page_set(object, "enum", codes);
    }
    page_set_text(object, "description", label_text(field->label));
    return object;
}

static json_t *fields_schema(const Field *fields, size_t n) {
    json_t *object = page_object(), *properties = page_object();
    for (size_t i = 0; i < n; i++) page_set(properties, fields[i].name.text, field_schema(&fields[i]));
    page_set_text(object, "type", "object");
    page_set(object, "properties", properties);
    return object;
}

static json_t *rows_schema(const Field *field) {
    json_t *object = page_object();
    page_set(object, "type", json_pack("[s,s]", "array", "null"));
    page_set(object, "items", fields_schema(field->rows, field->n_rows));
    page_set_text(object, "description", label_text(field->label));
    return object;
}

json_t *api_schemas(const Catalog *catalog) {
    const EmbeddedFile *file = embed_find(web_api, "schemas.json");
    json_t *schemas = mem_check(json_loadb(file->bytes, file->size, 0, NULL)), *any = page_array();
    for (size_t i = 0; i < catalog->n_ledgers; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        json_t *values = fields_schema(ledger->fields, ledger->n_fields);
        page_set_text(values, "title", label_text(ledger->title));
        page_set(schemas, ledger->name.text, values);
        json_array_append_new(any, api_schema_named(ledger->name.text));
    }
    page_set(schemas, "Values", json_pack("{s:o}", "anyOf", any));
    return schemas;
}

/* --- what a call takes --- */

static const struct {
    InputKind kind;
    const char *text; /* its schema */
} kinds[] = {
    {INPUT_TEXT, "{\"type\": \"string\"}"},
    {INPUT_NUMBER, "{\"type\": \"integer\", \"minimum\": 0}"},
    {INPUT_DAY, "{\"type\": \"string\", \"format\": \"date\", \"examples\": [\"2020-07-05\"]}"},
    {INPUT_PERIOD, "{\"type\": \"string\", \"examples\": [\"2020\", \"2020H1\", \"2020Q2\", \"2020-06\"]}"},
    {INPUT_YES, "{\"type\": \"boolean\"}"},
    {INPUT_TEXTS, "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}"},
    {INPUT_NUMBERS, "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}"},
    {INPUT_VALUES, "{\"$ref\": \"#/components/schemas/Values\"}"},
    {INPUT_FIELDS, "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}"},
    {INPUT_FILE, "{\"type\": \"string\", \"format\": \"binary\"}"},
};

json_t *api_input_schema(const WebInput *input) {
    json_t *object = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].kind == input->kind) object = mem_check(json_loads(kinds[i].text, 0, NULL));
    page_set_text(object, "description", label_text(input->about));
    return object;
}

json_t *api_inputs_schema(const WebInput *inputs) {
    json_t *object = page_object(), *properties = page_object(), *required = page_array();
    for (; inputs && inputs->name; inputs++) {
        page_set(properties, inputs->name, api_input_schema(inputs));
        if (inputs->required) json_array_append_new(required, json_string(inputs->name));
    }
    page_set_text(object, "type", "object");
    page_set(object, "properties", properties);
    page_set(object, "required", required);
    page_set(object, "additionalProperties", json_false());
    return object;
}
