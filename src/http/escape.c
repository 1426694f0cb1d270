/* http/escape.c: percent escapes, undone strictly and made. */
#include <string.h>

#include "base/text.h"
#include "http/parse.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The byte an escape at `at` stands for, or -1. */
static int escaped_byte(const char *at, const char *end) {
    if (end - at < 3) return -1;
    int high = hex_digit(at[1]), low = hex_digit(at[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

int http_decode(const void *ctx, const char *text, size_t size, bool plus, const char *where, Diag *diag,
                const char **ret_text) {
    char *decoded = mem_array(ctx, char, size + 1), *to = decoded;
    const char *end = text + size;
    for (const char *at = text; at < end; at++) {
        int byte = (unsigned char)*at;
        if (*at == '%') {
            byte = escaped_byte(at, end);
            if (byte < 0) {
                diag_error(diag, (Place){.field = where}, "http-escape",
                           "a percent sign is not followed by two hexadecimal digits; write %%25 for the sign itself");
                return 1;
            }
            at += 2;
        } else if (plus && *at == '+') {
            byte = ' ';
        }
        *to++ = (char)byte;
    }
    if (!text_is_valid(decoded, (size_t)(to - decoded))) {
        diag_error(diag, (Place){.field = where}, "http-text",
                   "the text is not UTF-8, or holds a NUL; send it as UTF-8");
        return 1;
    }
    *ret_text = decoded;
    return 0;
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

char *http_encode(const void *ctx, const char *text, const char *also) {
    Buf out = BUF_INIT(ctx);
    buf_add(&out, "");
    for (; *text; text++) {
        if (is_plain(*text) || ((unsigned char)*text > ' ' && *text != 0x7F && strchr(also, *text)))
            buf_char(&out, *text);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)*text);
    }
    return out.data;
}
