/* web/views.h: the kept filters of a ledger, for its list. Private to web/. */
#ifndef WEB_VIEWS_H
#define WEB_VIEWS_H

#include "figure/page.h"
#include "web/visit.h"

/* Sets "views": [{"name", "url", "own", "shared"}]. 0, or a fault. */
int views_fill(const Visit *visit, json_t *model);

#endif
