/* web/routes.c: all pages. */
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_assets,
    routes_batch,
    routes_files,
    routes_form,
    routes_home,
    routes_list,
    routes_sign_in,
    routes_step,
    NULL,
};
