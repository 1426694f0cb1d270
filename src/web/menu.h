/* web/menu.h: where one may go: the places of the bar and the ledgers at the side. Private to web/. */
#ifndef WEB_MENU_H
#define WEB_MENU_H

#include "web/visit.h"

/* HTML with what he may see and where he is marked, made once for all who may the same. Owned by the visit; "" for
 * nothing, NULL after a fault. */
const char *menu_places(Visit *visit);
const char *menu_ledgers(Visit *visit);

#endif
