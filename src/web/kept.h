/* web/kept.h: what costs something to make and is asked for again: pages, menus and parts of pages as text, totals of
 * lists. Private to web/.
 *
 * Found by a key that says all it was made from, so that nothing kept is ever wrong: what changes has another key. Of
 * the bytes of values, keys among them, KEPT_BYTES at most; what was not asked for the longest goes first. From any
 * thread. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include <stddef.h>

#define KEPT_BYTES ((size_t)4 << 20)

typedef struct Kept Kept;

Kept *kept_new(const void *ctx);
/* A copy, owned by ctx and followed by a NUL; NULL when it is not there. */
void *kept_find(Kept *kept, const void *ctx, const char *key);
void kept_put(Kept *kept, const char *key, const void *bytes, size_t size);

#endif
