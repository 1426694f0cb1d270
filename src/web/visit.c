/* web/visit.c: what pages ask of a request, and their short answers. */
#include "web/visit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "web/frame.h"

static const char *or_empty(const char *text) { return text ? text : ""; }

const char *visit_segment(const Visit *visit, const char *name) {
    return or_empty(http_field(&visit->request->parameters, name));
}

const char *visit_query(const Visit *visit, const char *name) {
    return or_empty(http_field(&visit->request->query, name));
}

const char *visit_form(const Visit *visit, const char *name) {
    return or_empty(http_field(&visit->request->form, name));
}

int64_t visit_number(const char *text) {
    char *end;
    if (*text < '0' || *text > '9') return 0;
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    return errno || *end ? 0 : number;
}

bool visit_wants_part(const Visit *visit) {
    return http_header(visit->request, "HX-Request") && !http_header(visit->request, "HX-History-Restore-Request");
}

bool visit_is_api(const HttpRequest *request) { return !strncmp(request->path, "/api/", strlen("/api/")); }

bool visit_may(const Visit *visit, const char *word, const Ledger *ledger) {
    return visit->mandate && (!visit->token || token_allows(visit->token, word)) &&
           permission_holds(visit->mandate, &(Ask){.word = word, .ledger = ledger});
}

void visit_tell(Visit *visit, const char *name, json_t *value) {
    if (!visit->told) visit->told = json_keep(visit->ctx, json_object());
    json_object_set_new(visit->told, name, value);
}

int visit_go(Visit *visit, const char *target) {
    if (visit_is_api(visit->request)) return 0;
    if (visit_wants_part(visit)) {
        http_status(visit->response, 204);
        http_add_header(visit->response, "HX-Redirect", target);
    } else {
        http_redirect(visit->response, target);
    }
    return 0;
}

int visit_go_saying(Visit *visit, const char *target, const char *words) {
    if (!visit_is_api(visit->request)) frame_say(visit, words);
    return visit_go(visit, target);
}
