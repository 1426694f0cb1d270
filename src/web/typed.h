/* web/typed.h: numbers of a composed text that no figure stands behind: somebody typed them, and they stay as they are
 * in the next period. Private to web/. */
#ifndef WEB_TYPED_H
#define WEB_TYPED_H

#include "web/visit.h"

#define TYPED_NAME "typed" /* of the figure that their links name */

/* The Markdown of a text with a link at each of them. What counts as a number is the checker's to say: days, ordinals
 * and names that hold numbers do not. 0, or a fault. Owned by the visit. */
int typed_mark(const Visit *visit, const char *markdown, Period period, const char **ret_markdown, size_t *ret_count);

#endif
