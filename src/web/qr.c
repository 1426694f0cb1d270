/* web/qr.c: see qr.h; the code itself is libqrencode's. */
#include "web/qr.h"

#include <qrencode.h>

#include "base/mem.h"

#define QUIET 4 /* modules around the code (ISO/IEC 18004) */

json_t *qr_json(const void *ctx, const char *text) {
    json_t *object = page_object();
    Buf path = BUF_INIT(ctx);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code) return object;
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1) buf_printf(&path, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    page_set(object, "size", json_integer(code->width + 2 * QUIET));
    page_set_text(object, "path", buf_text(&path));
    QRcode_free(code);
    return object;
}
