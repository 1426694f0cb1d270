/* base/text-bytes.c: bytes of unknown encoding to UTF-8.
 *
 * An encoding is only taken when all bytes convert. Guessing looks at the beginning alone. */
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/mem.h"
#include "base/text.h"

#define GUESS_BYTES ((size_t)64 << 10)
#define UTF8_GROWTH 3u /* most bytes of UTF-8 that one byte becomes */
#define CHINESE     "GB18030"

typedef struct Mark {
    const char *bytes;
    size_t size;
    const char *encoding;
} Mark;

/* Longer marks first: that of UTF-32 begins with that of UTF-16. */
static const Mark MARKS[] = {
    {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\x84\x31\x95\x33", 4, CHINESE},
    {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE", 2, "UTF-16LE"},     {"\xFE\xFF", 2, "UTF-16BE"},
};

typedef struct Guess {
    const char *found; /* as uchardet says it */
    const char *encoding;
    bool weak; /* short Chinese is easily taken for it */
} Guess;

static const Guess GUESSES[] = {
    {"GB18030", CHINESE, false},
    {"GB2312", CHINESE, false},
    {"GBK", CHINESE, false},
    {"BIG5", "BIG5", false},
    {"EUC-TW", "EUC-TW", false},
    {"EUC-JP", "EUC-JP", false},
    {"SHIFT_JIS", "SHIFT_JIS", false},
    {"EUC-KR", "EUC-KR", false},
    {"UHC", "UHC", false},
    {"WINDOWS-1252", "WINDOWS-1252", true},
    {"ISO-8859-1", "ISO-8859-1", true},
    {"ISO-8859-15", "ISO-8859-15", true},
};

static const Mark *find_mark(const char *bytes, size_t size) {
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (size >= MARKS[i].size && memcmp(bytes, MARKS[i].bytes, MARKS[i].size) == 0) return &MARKS[i];
    return NULL;
}

/* Whether all that is not ASCII comes in the pairs of GB 2312, both bytes high: hardly ever so in Western text. */
static bool is_paired(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char lead = (unsigned char)bytes[i];
        if (lead < 0x80) continue;
        if (lead < 0xA1 || lead > 0xF7 || ++i == size || (unsigned char)bytes[i] < 0xA1) return false;
    }
    return true;
}

/* The row for what uchardet finds, or NULL. */
static const Guess *find_guess(const char *bytes, size_t size) {
    uchardet_t detector = mem_check(uchardet_new());
    const Guess *guess = NULL;
    if (uchardet_handle_data(detector, bytes, size < GUESS_BYTES ? size : GUESS_BYTES) == 0) {
        uchardet_data_end(detector);
        const char *found = uchardet_get_charset(detector);
        for (size_t i = 0; i < sizeof GUESSES / sizeof *GUESSES && !guess; i++)
            if (strcmp(found, GUESSES[i].found) == 0) guess = &GUESSES[i];
    }
    uchardet_delete(detector);
    return guess;
}

/* The encoding of bytes without a mark that are not UTF-8, or NULL. */
static const char *guess_encoding(const char *bytes, size_t size) {
    const Guess *guess = find_guess(bytes, size);
    if ((!guess || guess->weak) && is_paired(bytes, size)) return CHINESE;
    return guess ? guess->encoding : NULL;
}

static bool convert(iconv_t converter, const char *bytes, size_t size, char *out, size_t room, size_t *ret_size) {
    char *in = (char *)(uintptr_t)bytes; /* iconv does not write to it */
    char *at = out;
    bool fine = iconv(converter, &in, &size, &at, &room) != (size_t)-1 &&
                iconv(converter, NULL, NULL, &at, &room) != (size_t)-1;
    *ret_size = (size_t)(at - out);
    return fine;
}

char *text_decode(const void *ctx, const char *bytes, size_t size, const char *encoding) {
    iconv_t converter = size > TEXT_BYTES_MAX ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) return NULL;
    size_t room = size * UTF8_GROWTH + 1;
    char *text = mem_check(talloc_size(ctx, room));
    size_t length;
    bool fine = convert(converter, bytes, size, text, room - 1, &length) && !memchr(text, '\0', length);
    iconv_close(converter);
    if (!fine) {
        talloc_free(text);
        return NULL;
    }
    text[length] = '\0';
    return mem_check(talloc_realloc_size(ctx, text, length + 1));
}

char *text_from_bytes(const void *ctx, const char *bytes, size_t size, const char **ret_encoding) {
    if (size > TEXT_BYTES_MAX) return NULL;
    const Mark *mark = find_mark(bytes, size);
    if (!mark && text_is_valid(bytes, size)) {
        *ret_encoding = "UTF-8";
        return mem_strndup(ctx, bytes, size);
    }
    size_t skip = mark ? mark->size : 0;
    const char *encoding = mark ? mark->encoding : guess_encoding(bytes, size);
    if (!encoding) return NULL;
    char *text = text_decode(ctx, bytes + skip, size - skip, encoding);
    if (text) *ret_encoding = encoding;
    return text;
}
