/* web/routes.c: all pages, and the API. */
#include "web/api/api.h"
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_api_description,
    routes_api_figures,
    routes_api_records,
    routes_api_reports,
    routes_assets,
    routes_batch,
    routes_files,
    routes_form,
    routes_home,
    routes_list,
    routes_me,
    routes_people,
    routes_sign_in,
    routes_step,
    NULL,
};
