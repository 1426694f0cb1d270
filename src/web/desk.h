/* web/desk.h: what stands beside the work on the desk. Private to web/. Functions return 0 or a fault. */
#ifndef WEB_DESK_H
#define WEB_DESK_H

#include "figure/page.h"
#include "web/visit.h"

/* "targets": how many of each light, and those that are most behind. Nothing for who may not see figures. */
int desk_add_targets(Visit *visit, json_t *model);
/* "recent": what others changed last, of what he may see; an import is one line. */
int desk_add_recent(Visit *visit, json_t *model);

#endif
