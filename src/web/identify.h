/* web/identify.h: who calls: by the cookie of a session or by the token of a program. Private to web/. */
#ifndef WEB_IDENTIFY_H
#define WEB_IDENTIFY_H

#include "web/visit.h"

#define SESSION_COOKIE "kezhang"

/* Fills session, mandate and actor; leaves them empty for a stranger. 0, or a fault. */
int identify(Visit *visit);
/* Whether the call carries a token of a program instead of a session. */
bool identify_by_token(const Visit *visit);
/* Whether a new password must be chosen before anything else. */
bool identify_is_due(const Visit *visit);
/* Where the browser calls from, as sessions keep it. */
SessionFrom identify_from(const Visit *visit);

#endif
