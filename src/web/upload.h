/* web/upload.h: files that came with a form, into the attachments. Private to web/. */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "ledger/attachment.h"
#include "web/visit.h"

#define UPLOAD_BODY_MAX ((size_t)64 << 20) /* of one request, all files together */

/* Keeps one; what is wrong goes to the visit's Diag. Owned by the visit. 0, WEB_WRONG, or a fault. */
int upload_keep(Visit *visit, const HttpFile *file, Attachment **ret_attachment);

#endif
