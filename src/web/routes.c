/* web/routes.c: all pages, and the API. */
#include <stdio.h>

#include "web/api/api.h"
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_api_description,
    routes_api_feeds,
    routes_api_records,
    routes_api_reports,
    routes_assets,
    routes_audit,
    routes_batch,
    routes_boards,
    routes_check,
    routes_draft,
    routes_errands,
    routes_export,
    routes_figure,
    routes_figure_rows,
    routes_figures,
    routes_files,
    routes_form,
    routes_home,
    routes_import,
    routes_imports,
    routes_issues,
    routes_jobs,
    routes_list,
    routes_me,
    routes_paper_block,
    routes_paper_figures,
    routes_paper_proof,
    routes_paper_share,
    routes_papers,
    routes_people,
    routes_record,
    routes_report_compare,
    routes_reports,
    routes_search,
    routes_sign_in,
    routes_step,
    routes_system,
    routes_targets,
    routes_version,
    routes_views,
    routes_withdrawn,
    NULL,
};

/* --- the twin of a page --- */

/* A body of files comes to both as multipart; fields of a form come to a program as JSON. */
static unsigned twin_takes(const WebRoute *page) {
    if (page->method == HTTP_GET) return HTTP_TAKES_NOTHING;
    return page->takes & HTTP_TAKES_MULTIPART ? HTTP_TAKES_MULTIPART : HTTP_TAKES_JSON;
}

static WebRoute twin_of(const WebRoute *page) {
    const WebApi *api = page->api;
    bool reads = page->method == HTTP_GET;
    return (WebRoute){.method = api->method ? api->method : page->method,
                      .pattern = api->pattern,
                      .permission = page->permission,
                      .show = reads ? api->answer : page->show,
                      .takes = twin_takes(page),
                      .body_max = page->body_max,
                      .waits = page->waits,
                      .about = api->about,
                      .inputs = api->takes,
                      .gives = api->gives,
                      .scope = api->scope,
                      .once_inside = api->again,
                      .answer = reads ? NULL : api->answer};
}

void web_routes_each(WebRouteTake take, void *data) {
    for (const WebRoute *const *table = web_routes; *table; table++) {
        for (const WebRoute *route = *table; route->pattern; route++) {
            take(route, data);
            if (!route->api) continue;
            const WebRoute twin = twin_of(route);
            take(&twin, data);
        }
    }
}

static void print_route(const WebRoute *route, void *data) {
    static const char *const methods[HTTP_METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    (void)fprintf(data, "%s\t%s\t%s\t%u\t%s\t%s\n", methods[route->method], route->pattern, route->permission,
                  route->takes, route->api ? route->api->pattern : "", route->scope ? route->scope : "");
}

void web_print_routes(FILE *out) { web_routes_each(print_route, out); }
