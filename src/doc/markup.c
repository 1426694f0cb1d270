/* doc/markup.c: escaping for HTML and XML. */
#include "doc/markup.h"

static const char *const ESCAPES[128] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};

void markup_add(Buf *out, const char *text) {
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < 128 && ESCAPES[c])
            buf_add(out, ESCAPES[c]);
        else
            buf_char(out, c < ' ' ? ' ' : *at);
    }
}
