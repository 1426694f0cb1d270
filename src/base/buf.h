/* base/buf.h: a growing string. Always NUL-terminated; data belongs to the context given at the start. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/mem.h"

typedef struct Buf {
    const void *ctx;
    char *data;  /* never NULL after the first call below */
    size_t size; /* bytes without the NUL */
    size_t room;
} Buf;

#define BUF_INIT(context) ((Buf){.ctx = (context)})

void buf_add(Buf *buf, const char *text);
void buf_add_bytes(Buf *buf, const void *bytes, size_t size);
void buf_char(Buf *buf, char c);
void buf_rune(Buf *buf, unsigned rune); /* one code point as UTF-8 */
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(Buf *buf);       /* empties it and keeps the room */
const char *buf_text(Buf *buf); /* the text so far, lent; "" when nothing was added */

#endif
