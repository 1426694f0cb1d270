/* web/term.h: the day something is due on, as a light. Private to web/. */
#ifndef WEB_TERM_H
#define WEB_TERM_H

#include "figure/page.h"
#include "web/visit.h"

/* "green", "yellow" or "red"; NULL for DATE_NONE. */
const char *term_name(const Visit *visit, Date due_on);
/* {"name", "words", "rule"} for ui/light.mustache: red, and so many days late; yellow or green, and so many days left.
 * Null for DATE_NONE. */
json_t *term_json(const Visit *visit, Date due_on);

#endif
