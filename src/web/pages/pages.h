/* web/pages/pages.h: the tables of the pages, one for each file of this folder. Private to web/. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/frame.h"

extern const WebRoute routes_assets[], routes_boards[], routes_figure[], routes_figures[], routes_home[], routes_list[],
    routes_sign_in[], routes_targets[];

#endif
