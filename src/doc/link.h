/* doc/link.h: where a run leads, and names that every printed form accepts. */
#ifndef DOC_LINK_H
#define DOC_LINK_H

#include <stdbool.h>

#include "doc/doc.h"

#define LINK_BOOKMARK_MAX 40 /* characters Word allows in the name of a bookmark */

typedef enum { LINK_NONE, LINK_FIGURE, LINK_WEB } LinkKind;

/* LINK_NONE also for a target that nothing may lead to: only figure:, http:, https: and mailto: are followed. */
LinkKind link_kind(const char *target);
/* The NAME of a figure link, lent. */
const char *link_figure(const char *target);
/* A web target with every byte that is not fit for an address percent-encoded. Owned by ctx. */
char *link_address(const void *ctx, const char *target);
/* f-NAME for an id in HTML: bytes other than letters, digits, - and _ become .hh. Owned by ctx. */
char *link_html_id(const void *ctx, const char *name);
/* f_NAME of letters, digits and _ within LINK_BOOKMARK_MAX; cut and told apart by a digest where NAME is
 * longer or holds anything else. Owned by ctx. */
char *link_bookmark(const void *ctx, const char *name);

/* All anchors of a document, so that no link leads nowhere. Owned by ctx. */
typedef struct LinkAnchors LinkAnchors;
LinkAnchors *link_anchors_of(const void *ctx, const Doc *doc);
/* The bookmark a figure link leads to, lent; NULL where target is no figure or the document has no such anchor. */
const char *link_find(const LinkAnchors *anchors, const char *target);
/* The bookmark to set at a run with this anchor, lent; NULL the second time, as a name can stand only once. */
const char *link_claim(LinkAnchors *anchors, const char *anchor);

#endif
