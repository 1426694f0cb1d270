/* web/problem.c: see problem.h. */
#include "web/problem.h"

#include <stdlib.h>

#include "base/mem.h"
#include "web/frame.h"

#define PROBLEM_JSON "application/problem+json"

void problem_show(Visit *visit, unsigned status, const char *title) {
    json_t *problem = json_keep(visit->ctx, page_object());
    page_set_text(problem, "type", "about:blank");
    page_set_text(problem, "title", title);
    page_set(problem, "status", json_integer(status));
    page_set_text(problem, "instance", visit->request->id);
    page_set(problem, "errors", frame_findings(visit));
    char *text = mem_check(json_dumps(problem, JSON_INDENT(2)));
    http_status(visit->response, status);
    http_body_text(visit->response, PROBLEM_JSON, mem_strdup(visit->ctx, text));
    free(text);
}
