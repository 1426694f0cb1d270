/* web/api/description.c: the description of the API (OpenAPI 3.1), made of the same tables and definitions that answer,
 * so that it cannot say anything else; and a page to try it. */
#include <string.h>

#include "base/mem.h"
#include "base/embed.h"
#include "defn/kind.h"
#include "web/api/api.h"
#include "web/site.h"

#define PREFIX "/api/v1"

/* --- the form of values --- */

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
    case TYPE_BOOL: object = schema("boolean", NULL, NULL); break;
    case TYPE_NUMBER: object = schema("string", NULL, "^-?[0-9]+(\\.[0-9]+)?$"); break;
    case TYPE_DATE: object = schema("string", "date", NULL); break;
    case TYPE_REF: return json_pack("{s:s}", "$ref", "#/components/schemas/Reference");
    case TYPE_ROWS: return rows_schema(field);
    case TYPE_CODES:
        object = schema("array", NULL, NULL);
        page_set(object, "items", json_pack("{s:o}", "enum", codes_json(field->list)));
        break;
    default: object = schema("string", NULL, NULL); break;
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

/* What all ledgers share; the values of each stand beside them. */
static json_t *common_schemas(void) {
    static const char text[] =
        "{\"Reference\": {\"type\": [\"object\", \"null\"], \"properties\": {\"id\": {\"type\": \"integer\"},"
        "  \"title\": {\"type\": \"string\"}}},"
        " \"Record\": {\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"},"
        "  \"version\": {\"type\": \"integer\"}, \"number\": {\"type\": [\"string\", \"null\"]},"
        "  \"state\": {\"type\": \"string\"}, \"title\": {\"type\": \"string\"},"
        "  \"recorded_from\": {\"type\": \"string\"}, \"values\": {\"type\": \"object\"}}},"
        " \"Write\": {\"type\": \"object\", \"properties\": {\"version\": {\"type\": \"integer\"},"
        "  \"values\": {\"type\": \"object\"}, \"reason\": {\"type\": \"string\"},"
        "  \"effective_on\": {\"type\": \"string\", \"format\": \"date\"}}},"
        " \"Problem\": {\"type\": \"object\", \"properties\": {\"type\": {\"type\": \"string\"},"
        "  \"title\": {\"type\": \"string\"}, \"status\": {\"type\": \"integer\"}, \"instance\": {\"type\": \"string\"},"
        "  \"errors\": {\"type\": \"array\", \"items\": {\"type\": \"object\"}}}}}";
    return mem_check(json_loads(text, 0, NULL));
}

static json_t *schemas_json(const Visit *visit) {
    json_t *schemas = common_schemas();
    for (size_t i = 0; i < visit->store->catalog->n_ledgers; i++) {
        const Ledger *ledger = &visit->store->catalog->ledgers[i];
        json_t *values = fields_schema(ledger->fields, ledger->n_fields);
        page_set_text(values, "title", label_text(ledger->title));
        page_set(schemas, ledger->name.text, values);
    }
    return schemas;
}

/* --- the calls --- */

static json_t *ledger_names(const Visit *visit) {
    json_t *array = page_array();
    for (size_t i = 0; i < visit->store->catalog->n_ledgers; i++)
        json_array_append_new(array, json_string(visit->store->catalog->ledgers[i].name.text));
    return array;
}

static void add_parameter(json_t *list, const char *in, const char *name, json_t *values) {
    json_t *type = page_object(), *object = page_object();
    page_set_text(type, "type", "string");
    if (values) page_set(type, "enum", values);
    page_set_text(object, "name", name);
    page_set_text(object, "in", in);
    page_set(object, "required", json_boolean(!strcmp(in, "path")));
    page_set(object, "schema", type);
    json_array_append_new(list, object);
}

/* What calls ask for in the query, by the last word of their path. */
static const struct {
    const char *ending, *names[6];
} queries[] = {
    {"/records", {"q", "where", "sort", "rows", "after"}},
    {"/records/{id}", {"as_at"}},
    {"/figures/{indicator}", {"period", "as_at", "rows", "excluded"}},
    {"/reports/{report}", {"period"}},
    {"/check", {"period", "name"}},
};

static bool ends_with(const char *text, const char *ending) {
    size_t size = strlen(text), end = strlen(ending);
    return size >= end && !strcmp(text + size - end, ending);
}

static json_t *parameters_json(const Visit *visit, const WebRoute *route) {
    json_t *list = page_array();
    for (const char *open = strchr(route->pattern, '{'); open; open = strchr(open + 1, '{')) {
        const char *name = mem_strndup(visit->ctx, open + 1, strcspn(open + 1, "}"));
        add_parameter(list, "path", name, strcmp(name, "ledger") ? NULL : ledger_names(visit));
    }
    for (size_t i = 0; route->method == HTTP_GET && i < sizeof queries / sizeof queries[0]; i++)
        for (const char *const *name = queries[i].names; ends_with(route->pattern, queries[i].ending) && *name; name++)
            add_parameter(list, "query", *name, NULL);
    return list;
}

static json_t *content_json(const char *type, const char *name) {
    json_t *reference = json_pack("{s:s+}", "$ref", "#/components/schemas/", name);
    return json_pack("{s:{s:{s:o}}}", "content", type, "schema", reference);
}

static json_t *responses_json(void) {
    json_t *fine = page_object(), *problem = content_json("application/problem+json", "Problem"), *object = page_object();
    page_set_text(fine, "description", "OK");
    page_set_text(problem, "description", "Refused");
    page_set(object, "200", fine);
    page_set(object, "default", problem);
    return object;
}

static json_t *operation_json(const Visit *visit, const WebRoute *route) {
    json_t *object = page_object();
    page_set_text(object, "summary", label_text(route->about));
    page_set(object, "parameters", parameters_json(visit, route));
    page_set(object, "responses", responses_json());
    if (route->takes & HTTP_TAKES_JSON) page_set(object, "requestBody", content_json("application/json", "Write"));
    if (route->takes & HTTP_TAKES_FILE)
        page_set(object, "requestBody",
                 json_pack("{s:{s:{}}}", "content", "application/octet-stream"));
    page_set_text(object, "x-permission", route->permission);
    return object;
}

static json_t *paths_json(const Visit *visit) {
    static const char *const methods[HTTP_METHODS] = {"get", "post", "put", "patch", "delete", "head", "options"};
    json_t *paths = page_object();
    for (const WebRoute *const *table = web_routes; *table; table++) {
        for (const WebRoute *route = *table; route->pattern; route++) {
            if (strncmp(route->pattern, PREFIX, strlen(PREFIX)) != 0) continue;
            json_t *path = json_object_get(paths, route->pattern);
            if (!path) page_set(paths, route->pattern, path = page_object());
            page_set(path, methods[route->method], operation_json(visit, route));
        }
    }
    return paths;
}

static int show_description(Visit *visit) {
    json_t *object = page_object();
    page_set_text(object, "openapi", "3.1.0");
    page_set(object, "info", json_pack("{s:s,s:s,s:s}", "title", _("Kezhang"), "version", "1", "description",
                                       _("Sign in by a token: Authorization: Bearer kz_…. Tokens are made under My account.")));
    page_set(object, "paths", paths_json(visit));
    page_set(object, "components",
             json_pack("{s:o,s:{s:{s:s,s:s}}}", "schemas", schemas_json(visit), "securitySchemes", "token", "type", "http",
                       "scheme", "bearer"));
    page_set(object, "security", json_pack("[{s:[]}]", "token"));
    return api_answer(visit, object);
}

static int show_trial(Visit *visit) {
    return frame_show(visit, "api", _("Interface for programs"), page_object());
}

const WebRoute routes_api_description[] = {
    {HTTP_GET, "/api/v1/openapi.json", "anyone", show_description, .about = {"接口说明", "This description"}},
    {HTTP_GET, "/api", "member", show_trial},
    {0},
};
