/* web/api/description.c: the description of the API (OpenAPI 3.1), made of the same tables and definitions that answer,
 * so that it cannot say anything else; and a page to try it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/identify.h"
#include "web/site.h"

static json_t *ledger_names(const Catalog *catalog) {
    json_t *array = page_array();
    for (size_t i = 0; i < catalog->n_ledgers; i++)
        json_array_append_new(array, json_string(catalog->ledgers[i].name.text));
    return array;
}

/* --- parameters --- */

static json_t *parameter(const char *in, const char *name, bool required, json_t *schema) {
    return json_pack("{s:s, s:s, s:b, s:o}", "name", name, "in", in, "required", required, "schema", schema);
}

static json_t *path_parameter(const Visit *visit, const char *name) {
    json_t *schema = json_pack("{s:s}", "type", "string");
    if (!strcmp(name, "ledger")) page_set(schema, "enum", ledger_names(visit->store->catalog));
    return parameter("path", name, true, schema);
}

static json_t *parameters_json(const Visit *visit, const WebRoute *route) {
    json_t *list = page_array();
    for (const char *open = strchr(route->pattern, '{'); open; open = strchr(open + 1, '{'))
        json_array_append_new(list, path_parameter(visit, mem_strndup(visit->ctx, open + 1, strcspn(open + 1, "}"))));
    bool in_query = !(route->takes & (HTTP_TAKES_JSON | HTTP_TAKES_MULTIPART));
    for (const WebInput *input = route->inputs; in_query && input && input->name; input++)
        json_array_append_new(list, parameter("query", input->name, input->required, api_input_schema(input)));
    if (route->method != HTTP_GET)
        json_array_append_new(list, parameter("header", IDEMPOTENCY_KEY, false, json_pack("{s:s}", "type", "string")));
    return list;
}

/* --- bodies and answers --- */

static json_t *content(const char *type, json_t *schema) {
    return json_pack("{s:{s:{s:o}}}", "content", type, "schema", schema);
}

/* NULL: it takes none. */
static json_t *body_json(const WebRoute *route) {
    if (route->takes & HTTP_TAKES_JSON) return content("application/json", api_inputs_schema(route->inputs));
    if (route->takes & HTTP_TAKES_MULTIPART) return content("multipart/form-data", api_inputs_schema(route->inputs));
    if (route->takes & HTTP_TAKES_FILE) return json_pack("{s:{s:{}}}", "content", "application/octet-stream");
    return NULL;
}

/* What a call may be refused with; each is problem+json. */
static const struct {
    unsigned status;
    const char *words;
    bool of_bodies; /* only where something is sent */
} refusals[] = {
    {400, N_("The request could not be understood"), true},
    {401, N_("Sign in first"), false},
    {403, N_("You may not do this"), false},
    {404, N_("There is no such page or record"), false},
    {409, N_("Somebody has changed this meanwhile"), true},
    {413, N_("What was sent is too large"), true},
    {415, N_("This kind of file is not taken here"), true},
    {422, N_("Something has to be corrected first"), false},
    {429, N_("Too many requests in a short time"), false},
};

static const struct { const char *gives, *type; } files[] = {{"csv", "text/csv"}, {"file", "application/octet-stream"}};

static json_t *answer_json(const WebRoute *route) {
    json_t *fine = NULL;
    for (size_t i = 0; route->gives && i < sizeof files / sizeof files[0]; i++)
        if (!strcmp(files[i].gives, route->gives)) fine = content(files[i].type, json_pack("{s:s}", "type", "string"));
    if (!fine) fine = route->gives ? content("application/json", api_schema_named(route->gives)) : page_object();
    page_set_text(fine, "description", "OK");
    return fine;
}

static json_t *responses_json(const Visit *visit, const WebRoute *route) {
    json_t *object = page_object();
    unsigned status = route->status ? route->status : route->gives ? 200 : 204;
    page_set(object, mem_printf(visit->ctx, "%u", status), answer_json(route));
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].of_bodies && route->method == HTTP_GET) continue;
        const char *name = mem_printf(visit->ctx, "%u", refusals[i].status);
        page_set(object, name, json_pack("{s:s+}", "$ref", "#/components/responses/", name));
    }
    return object;
}

static json_t *refusals_json(const Visit *visit) {
    json_t *object = page_object();
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        json_t *refusal = content("application/problem+json", api_schema_named("Problem"));
        page_set_text(refusal, "description", _(refusals[i].words));
        page_set(object, mem_printf(visit->ctx, "%u", refusals[i].status), refusal);
    }
    return object;
}

/* --- calls --- */

static json_t *security_json(const WebRoute *route) {
    if (!strcmp(route->permission, "anyone")) return page_array();
    return route->basic ? json_pack("[{s:[]},{s:[]}]", "token", "feed")
                        : json_pack("[{s:[]},{s:[]}]", "token", "session");
}

/* "get_ledgers_ledger_records": a name for who makes clients of the description. */
static const char *operation_id(const Visit *visit, const char *method, const char *pattern) {
    char *name = mem_printf(visit->ctx, "%s%s", method, pattern + strlen(API_PREFIX)), *to = name;
    for (const char *from = name; *from; from++)
        if (!strchr("{}", *from)) *to++ = strchr("/.", *from) ? '_' : *from;
    *to = '\0';
    return name;
}

typedef struct Description {
    const Visit *visit;
    json_t *paths;
} Description;

static void add_call(const WebRoute *route, void *data) {
    static const char *const methods[HTTP_METHODS] = {"get", "post", "put", "patch", "delete", "head", "options"};
    const Description *description = data;
    const Visit *visit = description->visit;
    if (strncmp(route->pattern, API_PREFIX "/", strlen(API_PREFIX "/")) != 0) return;
    const char *method = methods[route->method], *area = route->pattern + strlen(API_PREFIX "/");
    json_t *path = json_object_get(description->paths, route->pattern), *call = page_object(), *body = body_json(route);
    if (!path) page_set(description->paths, route->pattern, path = page_object());
    page_set_text(call, "operationId", operation_id(visit, method, route->pattern));
    page_set_text(call, "summary", label_text(route->about));
    page_set(call, "tags", json_pack("[s]", mem_strndup(visit->ctx, area, strcspn(area, "/."))));
    page_set(call, "parameters", parameters_json(visit, route));
    page_set(call, "responses", responses_json(visit, route));
    if (body) page_set(call, "requestBody", body);
    page_set(call, "security", security_json(route));
    page_set_text(call, "x-permission", route->permission);
    if (route->scope) page_set_text(call, "x-token-scope", route->scope);
    page_set(path, method, call);
}

/* --- the document --- */

static json_t *schemes_json(void) {
    return json_pack("{s:{s:s,s:s,s:s}, s:{s:s,s:s,s:s}, s:{s:s,s:s,s:s,s:s}}", "token", "type", "http", "scheme",
                     "bearer", "description", _("A token, made under My account: Authorization: Bearer kz_…"), "feed",
                     "type", "http", "scheme", "basic", "description",
                     _("Of feeds alone: any name, with a token as the password"), "session", "type", "apiKey", "in",
                     "cookie", "name", SESSION_COOKIE, "description",
                     _("Whoever is signed in with a browser; whatever writes carries X-CSRF-Token besides"));
}

static json_t *document(const Visit *visit) {
    const Description description = {visit, page_object()};
    json_t *object = page_object();
    web_routes_each(add_call, (void *)&description);
    page_set_text(object, "openapi", "3.1.0");
    page_set(object, "info",
             json_pack("{s:s,s:s,s:s}", "title", _("Kezhang"), "version", "1", "description",
                       _("Sign in by a token: Authorization: Bearer kz_…. Tokens are made under My account.")));
    page_set(object, "paths", description.paths);
    page_set(object, "components",
             json_pack("{s:o,s:o,s:o}", "schemas", api_schemas(visit->store->catalog), "responses",
                       refusals_json(visit), "securitySchemes", schemes_json()));
    return object;
}

/* Strangers may ask for it, so it is made once for each language and state of the definitions. */
static int show_description(Visit *visit) {
    const char *key = mem_printf(visit->ctx, "openapi %d %s", visit->lang, visit->store->catalog->hash);
    const char *text = kept_find(visit->web->kept, visit->ctx, key);
    if (!text) {
        char *made = mem_check(json_dumps(json_keep(visit->ctx, document(visit)), JSON_COMPACT));
        kept_put(visit->web->kept, key, made, strlen(made));
        text = mem_strdup(visit->ctx, made);
        free(made);
    }
    http_body_text(visit->response, HTTP_JSON, text);
    return 0;
}

static int show_trial(Visit *visit) { return frame_show(visit, "api", _("Interface for programs"), page_object()); }

const WebRoute routes_api_description[] = {
    {HTTP_GET, API_PREFIX "/openapi.json", "anyone", show_description, .about = {"接口说明", "This description"},
     .gives = "Description"},
    {HTTP_GET, "/api", "member", show_trial},
    {0},
};
