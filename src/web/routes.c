/* web/routes.c: all pages, and the API. */
#include "web/api/api.h"
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_api_figures,
    routes_api_records,
    routes_assets,
    routes_export,
    routes_home,
    routes_import,
    routes_imports,
    routes_jobs,
    routes_list,
    routes_sign_in,
    NULL,
};
