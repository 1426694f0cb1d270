/* web/routes.c: all pages. */
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {
    routes_assets, routes_boards, routes_figure, routes_figures, routes_home, routes_list, routes_sign_in, routes_targets,
    NULL};
