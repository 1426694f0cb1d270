/* web/routes.c: all pages. */
#include "web/pages/pages.h"

const WebRoute *const web_routes[] = {routes_assets, routes_sign_in, routes_home, routes_list, NULL};
