/* base/text-clean.c: the forms of a text that are stored and compared. Most texts of the field are plain already, so
 * every form first looks whether there is anything to do and leaves ICU alone when there is not. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/translit.h"
#include "base/utf16.h"

#define ROOM_SPARE 16 /* units that a text may grow by at the first attempt */

/* Code points that NFKC leaves alone whatever stands around them; the space is judged apart. */
static bool is_plain(unsigned rune) {
    static const struct {
        unsigned first, last;
    } RANGES[] = {
        {0x4E00, 0x9FFF}, {'!', '~'},       {0x3001, 0x3002}, {0x3008, 0x3011},
        {0x2018, 0x2019}, {0x201C, 0x201D}, {0x2014, 0x2014}, {0x00B7, 0x00B7},
    };
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        if (rune >= RANGES[i].first && rune <= RANGES[i].last) return true;
    return false;
}

static bool is_clean(const char *text) {
    const char *end = text + strlen(text);
    unsigned before = ' ';
    while (text < end) {
        unsigned rune = text_next(&text, end);
        if (rune == ' ' ? before == ' ' || text == end : !is_plain(rune)) return false;
        before = rune;
    }
    return true;
}

/* Nothing anybody typed on purpose: controls that are not space and invisible format characters such as the byte order
 * mark, the zero-width space and the soft hyphen. The joiners (U+200C, U+200D) shape what stands around them. */
static bool is_noise(UChar unit) {
    return u_iscntrl(unit) && !u_isUWhiteSpace(unit) && unit != 0x200C && unit != 0x200D;
}

static int32_t drop_noise(UChar *units, int32_t size) {
    int32_t kept = 0;
    for (int32_t i = 0; i < size; i++)
        if (!is_noise(units[i])) units[kept++] = units[i];
    return kept;
}

static char *normalize(const void *ctx, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int32_t size;
    UChar *units = utf16_from(scratch, text, &size);
    size = drop_noise(units, size);
    int32_t need = size;
    UChar *result;
    UErrorCode status;
    do { /* a second time when the first shows that the text grows */
        int32_t room = need + ROOM_SPARE;
        result = mem_array(scratch, UChar, room);
        status = U_ZERO_ERROR;
        need = unorm2_normalize(unorm2_getNFKCInstance(&status), units, size, result, room, &status);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    utf16_require(status);
    return utf16_to(ctx, result, need);
}

/* Trims outer space and makes one space of every inner run. */
static char *squeeze(const void *ctx, const char *text) {
    Buf result = BUF_INIT(ctx);
    buf_add(&result, "");
    const char *end = text + strlen(text);
    bool space = false;
    while (text < end) {
        unsigned rune = text_next(&text, end);
        if (u_isUWhiteSpace((UChar32)rune)) {
            space = true;
            continue;
        }
        if (space && result.size) buf_char(&result, ' ');
        space = false;
        buf_rune(&result, rune);
    }
    return result.data;
}

char *text_clean(const void *ctx, const char *text) {
    if (is_clean(text)) return mem_strdup(ctx, text);
    MEM_SCRATCH scratch = talloc_new(NULL);
    return squeeze(ctx, normalize(scratch, text));
}

/* A text none of whose characters would change alone is simplified already, whatever its phrases. */
static bool is_simplified(const char *text) {
    const char *end = text + strlen(text);
    while (text < end) {
        unsigned rune = text_next(&text, end);
        if (*translit_rune(&translit_simplify, rune)) return false;
    }
    return true;
}

char *text_simplified(const void *ctx, const char *text) {
    return is_simplified(text) ? mem_strdup(ctx, text) : translit_text(ctx, &translit_simplify, text);
}

/* The folded form of a code point, 0 for one that does not count. */
static unsigned fold_rune(unsigned rune) {
    if (rune >= 0x4E00 && rune <= 0x9FFF) return rune;
    UChar32 c = (UChar32)rune;
    if (u_isUWhiteSpace(c) || u_ispunct(c)) return 0;
    return (unsigned)u_foldCase(c, U_FOLD_CASE_DEFAULT);
}

char *text_fold(const void *ctx, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = text_simplified(scratch, text_clean(scratch, text));
    const char *end = at + strlen(at);
    Buf result = BUF_INIT(ctx);
    buf_add(&result, "");
    while (at < end) {
        unsigned rune = fold_rune(text_next(&at, end));
        if (rune) buf_rune(&result, rune);
    }
    return result.data;
}
