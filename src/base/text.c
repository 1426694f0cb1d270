/* base/text.c: walking and measuring UTF-8. Bytes that are not UTF-8 count as one U+FFFD each. */
#include "base/text.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"

#define RUNE_BAD 0xFFFDu

/* The number of bytes a lead byte announces, 0 for a byte that cannot lead. */
static unsigned sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    return lead < 0xF5 ? 4 : 0;
}

/* E1 … EF but ED lead three bytes of which any that follow a lead make a code point: nearly all of Chinese text. */
static bool is_plain_three(const unsigned char *p) {
    return p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

static inline unsigned next(const char **at, const char *end) {
    const unsigned char *p = (const unsigned char *)*at;
    if (*at >= end) return 0;
    if (end - *at >= 3 && is_plain_three(p)) {
        *at += 3;
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    (*at)++;
    if (*p && *p < 0x80) return *p;
    static const unsigned char LEAD_BITS[] = {[2] = 0x1F, [3] = 0x0F, [4] = 0x07};
    static const unsigned LEAST[] = {[2] = 0x80, [3] = 0x800, [4] = 0x10000};
    unsigned length = sequence_length(*p);
    if (length < 2 || (size_t)(end - (const char *)p) < length) return RUNE_BAD;
    unsigned rune = *p & LEAD_BITS[length];
    for (unsigned i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) return RUNE_BAD;
        rune = rune << 6 | (p[i] & 0x3F);
    }
    if (rune < LEAST[length] || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) return RUNE_BAD;
    *at = (const char *)p + length;
    return rune;
}

unsigned text_next(const char **at, const char *end) { return next(at, end); }

size_t text_put(char ret_bytes[TEXT_RUNE_MAX], unsigned rune) {
    static const unsigned LEAD[] = {[1] = 0, [2] = 0xC0, [3] = 0xE0, [4] = 0xF0};
    size_t size = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, rune >>= 6) ret_bytes[i] = (char)(0x80 | (rune & 0x3F));
    ret_bytes[0] = (char)(LEAD[size] | rune);
    return size;
}

size_t text_count(const char *text) {
    size_t count = 0;
    const char *end = text + strlen(text);
    while (next(&text, end)) count++;
    return count;
}

bool text_is_valid(const char *bytes, size_t size) {
    const char *end = bytes + size;
    while (bytes < end) {
        const char *from = bytes;
        if (next(&bytes, end) == RUNE_BAD && bytes - from == 1) return false;
    }
    return true;
}

bool text_is_han(unsigned rune) {
    static const struct {
        unsigned first, last;
    } BLOCKS[] = {
        {0x4E00, 0x9FFF}, {0x3400, 0x4DBF},   {0x3007, 0x3007},   {0x3005, 0x3005},
        {0xF900, 0xFAFF}, {0x20000, 0x2FA1F}, {0x30000, 0x323AF},
    };
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (rune >= BLOCKS[i].first && rune <= BLOCKS[i].last) return true;
    return false;
}

char *text_shorten(const void *ctx, const char *text, size_t n) {
    const char *at = text;
    const char *end = text + strlen(text);
    const char *cut = text; /* behind n - 1 code points: room for the … */
    for (size_t i = 0; i < n && at < end; i++) {
        cut = at;
        text_next(&at, end);
    }
    if (at == end) return mem_strdup(ctx, text);
    return mem_printf(ctx, "%.*s%s", (int)(cut - text), text, n ? "…" : "");
}

/* Columns of a code point on a terminal. */
static size_t rune_width(unsigned rune) {
    if (rune < 0x80) return rune >= ' ' && rune != 0x7F;
    UChar32 c = (UChar32)rune;
    if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) return 0;
    int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t text_width(const char *text) {
    size_t width = 0;
    const char *end = text + strlen(text);
    while (text < end) width += rune_width(text_next(&text, end));
    return width;
}

const char *text_han_number(unsigned n) {
#define TEN(tens) tens "一", tens "二", tens "三", tens "四", tens "五", tens "六", tens "七", tens "八", tens "九"
    static const char *const NUMBERS[] = {
        "〇",   TEN(""),     "十",   TEN("十"),   "二十", TEN("二十"), "三十", TEN("三十"), "四十", TEN("四十"),
        "五十", TEN("五十"), "六十", TEN("六十"), "七十", TEN("七十"), "八十", TEN("八十"), "九十", TEN("九十"),
    };
#undef TEN
    assert(n < sizeof NUMBERS / sizeof *NUMBERS);
    return NUMBERS[n];
}
