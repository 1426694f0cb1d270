/* web/confirm.h: what asks once more who sits there: by the code of an account with a second lock, else by the
 * password. It then holds for SESSION_ELEVATED_SECONDS. Private to web/. */
#ifndef WEB_CONFIRM_H
#define WEB_CONFIRM_H

#include "figure/page.h"
#include "web/visit.h"

/* "confirm": {"by_code"} for ui/confirm.mustache, a part of the form that asks; null while it holds. */
void confirm_add(const Visit *visit, json_t *model);
/* The answer in the form. 0, WEB_WRONG with a finding, or a fault. */
int confirm_check(Visit *visit);

#endif
