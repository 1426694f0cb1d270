/* web/pages/pages.h: the tables of the pages, one for each file of this folder. Private to web/. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/frame.h"

extern const WebRoute routes_assets[];
extern const WebRoute routes_check[];
extern const WebRoute routes_paper_block[];
extern const WebRoute routes_papers[];
extern const WebRoute routes_home[];
extern const WebRoute routes_issues[];
extern const WebRoute routes_list[];
extern const WebRoute routes_reports[];
extern const WebRoute routes_sign_in[];

#endif
