/* web/withdrawn.h: the recycle bin of a ledger, page by page. Private to web/. */
#ifndef WEB_WITHDRAWN_H
#define WEB_WITHDRAWN_H

#include "ledger/change.h"
#include "ledger/query.h"
#include "web/visit.h"

/* The newest first; ?after= and ?before= say where the page begins. Owned by the visit. 0, or a fault. */
int withdrawn_read(const Visit *visit, QueryPage *ret_page);

#endif
