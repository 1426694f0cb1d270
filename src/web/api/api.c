/* web/api/api.c: bodies in and out. */
#include "web/api/api.h"

#include <stdlib.h>

#include "base/mem.h"

#define BODY_DEPTH_FLAGS JSON_REJECT_DUPLICATES

int api_answer(Visit *visit, json_t *value) {
    char *text = mem_check(json_dumps(json_keep(visit->ctx, value), JSON_INDENT(2)));
    http_body_text(visit->response, HTTP_JSON, mem_strdup(visit->ctx, text));
    free(text);
    return 0;
}

int api_body(Visit *visit, json_t **ret_object) {
    json_error_t error;
    const char *body = visit->request->body;
    json_t *object = body ? json_loads(body, BODY_DEPTH_FLAGS, &error) : NULL;
    if (object) json_keep(visit->ctx, object);
    if (json_is_object(object)) {
        *ret_object = object;
        return 0;
    }
    diag_error(visit->diag, (Place){.line = object || !body ? 0 : (unsigned)error.line}, "not-json",
               "the body is no JSON object; send one with Content-Type application/json");
    return WEB_BAD;
}

json_t *api_day(Date day) {
    char text[DATE_ISO_SIZE];
    if (day == DATE_NONE) return json_null();
    date_format_iso(day, text);
    return json_string(text);
}

int64_t api_id(const Visit *visit) { return visit->made ? visit->made : visit_number(visit_segment(visit, "id")); }

ApiList api_list(Visit *visit, const char *name) {
    ApiList list = {visit, page_object(), page_array()};
    page_set(list.answer, name, list.array);
    return list;
}
