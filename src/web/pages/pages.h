/* web/pages/pages.h: the tables of the pages, one for each file of this folder. Private to web/. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/frame.h"

extern const WebRoute routes_assets[], routes_sign_in[], routes_export[], routes_home[], routes_import[], routes_imports[], routes_jobs[], routes_list[];

#endif
