/* base/buf.c: the growing string. The room grows by half, so adding costs constant time on average. */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define BUF_FIRST_ROOM 64u

/* Makes room for `more` bytes and the NUL behind them. */
static void reserve(Buf *buf, size_t more) {
    size_t need = buf->size + more + 1;
    if (need <= buf->room) return;
    size_t room = need < BUF_FIRST_ROOM ? BUF_FIRST_ROOM : need + need / 2;
    buf->data = mem_check(talloc_realloc_size(buf->ctx, buf->data, room));
    buf->room = room;
}

void buf_add(Buf *buf, const char *text) { buf_add_bytes(buf, text, strlen(text)); }

void buf_add_bytes(Buf *buf, const void *bytes, size_t size) {
    reserve(buf, size);
    if (size) memcpy(buf->data + buf->size, bytes, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void buf_char(Buf *buf, char c) {
    reserve(buf, 1);
    buf->data[buf->size++] = c;
    buf->data[buf->size] = '\0';
}

void buf_rune(Buf *buf, unsigned rune) {
    reserve(buf, TEXT_RUNE_MAX);
    buf->size += text_put(buf->data + buf->size, rune);
    buf->data[buf->size] = '\0';
}

void buf_printf(Buf *buf, const char *format, ...) {
    size_t need = 0;
    do { /* a second time when the first shows that the room is too small */
        reserve(buf, need);
        va_list args;
        va_start(args, format);
        int size = vsnprintf(buf->data + buf->size, buf->room - buf->size, format, args);
        va_end(args);
        need = size > 0 ? (size_t)size : 0;
    } while (need >= buf->room - buf->size);
    buf->size += need;
    buf->data[buf->size] = '\0';
}

void buf_clear(Buf *buf) {
    buf->size = 0;
    if (buf->data) buf->data[0] = '\0';
}

const char *buf_text(Buf *buf) { return buf->data ? buf->data : ""; }
