/* web/routes.c: all pages. */
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_assets,
    routes_check,
    routes_paper_block,
    routes_papers,
    routes_home,
    routes_issues,
    routes_list,
    routes_reports,
    routes_sign_in,
    NULL,
};
