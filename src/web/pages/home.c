/* web/pages/home.c: the desk: what waits, and where everything is. */
#include "base/mem.h"
#include "web/pages/pages.h"

static int show_home(Visit *visit) { return frame_show(visit, "home", _("Desk"), page_object()); }

const WebRoute routes_home[] = {
    {HTTP_GET, "/", "member", show_home},
    {0},
};
