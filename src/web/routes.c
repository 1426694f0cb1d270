/* web/routes.c: all pages, and the API. */
#include <stdio.h>

#include "web/api/api.h"
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_api_description,
    routes_api_figures,
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

void web_print_routes(FILE *out) {
    static const char *const methods[HTTP_METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    for (const WebRoute *const *table = web_routes; *table; table++)
        for (const WebRoute *route = *table; route->pattern; route++)
            (void)fprintf(out, "%s\t%s\t%s\t%u\n", methods[route->method], route->pattern, route->permission,
                          route->takes);
}
