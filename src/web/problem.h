/* web/problem.h: refusals of the API as problem+json (RFC 9457). Private to web/. */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H

#include "web/visit.h"

/* Status, title, the id of the request, and the findings with their fields. */
void problem_show(Visit *visit, unsigned status, const char *title);

#endif
