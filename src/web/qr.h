/* web/qr.h: QR codes as pictures of a page. Private to web/. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "figure/page.h"

/* {"size": 33, "path": "M0 0h7v1h-7z…"}: for an SVG whose unit is one module, with a quiet zone of four. NULL member
 * path when the text is too long for a code. New reference. */
json_t *qr_json(const void *ctx, const char *text);

#endif
