/* web/pages/assets.c: style, scripts and pictures, and what tells a watcher that the server lives. */
#include "base/mem.h"
#include "web/pages/pages.h"
#include "web/site.h"

#define FOR_EVER "public, max-age=31536000, immutable"

/* Kept by browsers as long as their address, which carries the version, does not change. */
static int show_asset(Visit *visit) {
    const HttpStatic *body = templates_asset(visit->web->templates, visit->ctx, visit_segment(visit, "file"));
    if (!body) return WEB_MISSING;
    http_body_static(visit->response, body);
    if (*visit_query(visit, "v")) http_add_header(visit->response, "Cache-Control", FOR_EVER);
    return 0;
}

static int show_health(Visit *visit) {
    int64_t seq;
    int fault = store_seq(visit->store, &seq);
    if (!fault)
        http_body_text(visit->response, HTTP_JSON,
                       mem_printf(visit->ctx, "{\"status\":\"ok\",\"seq\":%lld}\n", (long long)seq));
    return fault;
}

const WebRoute routes_assets[] = {
    {HTTP_GET, "/static/{file}", "anyone", show_asset},
    {HTTP_GET, "/healthz", "anyone", show_health},
    {0},
};
