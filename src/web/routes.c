/* web/routes.c: all pages. */
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_assets,
    routes_errands,
    routes_home,
    routes_list,
    routes_record,
    routes_search,
    routes_sign_in,
    routes_version,
    NULL,
};
