/* base/text-search.c: pinyin and search tokens. Runs once for every row of an import, so no character costs a call of
 * ICU: syllables come from a table that fills itself. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/translit.h"

#define TOKEN_MAX 255u /* bytes of a word; the rest of a longer one is not searched (PostgreSQL allows 2046) */
#define UTF8_MAX  4u

/* The usual reading in names and titles where ICU gives that of a particle. */
static const struct {
    unsigned rune;
    const char *syllable;
} READINGS[] = {{0x5730, "di"}, {0x90FD, "du"}}; /* 地, 都 */

/* The syllable of a Han character without its tone; "" when it has none. */
static const char *syllable(unsigned rune) {
    for (size_t i = 0; i < sizeof READINGS / sizeof *READINGS; i++)
        if (READINGS[i].rune == rune) return READINGS[i].syllable;
    return translit_rune(&translit_latin, rune);
}

/* A letter or digit of any script as lower case, 0 for anything else. */
static unsigned word_rune(unsigned rune) {
    if (rune < 0x80) {
        if (rune >= 'A' && rune <= 'Z') return rune + ('a' - 'A');
        return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9') ? rune : 0;
    }
    UChar32 c = (UChar32)rune;
    return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) ? (unsigned)u_foldCase(c, U_FOLD_CASE_DEFAULT) : 0;
}

/* Latin spelling of a text: of every Han character the first `letters` letters of its syllable. */
static char *spell(const void *ctx, const char *text, size_t letters) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = text_clean(scratch, text);
    const char *end = at + strlen(at);
    Buf result = BUF_INIT(ctx);
    buf_add(&result, "");
    while (at < end) {
        unsigned rune = text_next(&at, end);
        if (text_is_han(rune)) {
            const char *sound = syllable(rune);
            buf_add_bytes(&result, sound, strnlen(sound, letters));
        } else if ((rune = word_rune(rune))) {
            buf_rune(&result, rune);
        }
    }
    return result.data;
}

char *text_pinyin(const void *ctx, const char *text) { return spell(ctx, text, TRANSLIT_RUNE_SIZE); }

char *text_initials(const void *ctx, const char *text) { return spell(ctx, text, 1); }

/* An ASCII token of bounded length in the making. */
typedef struct Word {
    size_t size;
    char bytes[TOKEN_MAX];
} Word;

static void word_add(Word *word, const char *bytes, size_t size) {
    if (size > TOKEN_MAX - word->size) size = TOKEN_MAX - word->size;
    memcpy(word->bytes + word->size, bytes, size);
    word->size += size;
}

static void add_token(Buf *out, const char *bytes, size_t size) {
    if (!size) return;
    if (out->size) buf_char(out, ' ');
    buf_add_bytes(out, bytes, size);
}

/* Tokens of the run of Han characters at `at`; the place behind it. */
static const char *add_han_run(Buf *out, const char *at, const char *end) {
    Word pinyin = {.size = 0};
    Word initials = {.size = 0};
    const char *before = at; /* the character before `at`, in this run */
    while (at < end) {
        const char *next = at;
        unsigned rune = text_next(&next, end);
        if (!text_is_han(rune)) break;
        const char *sound = syllable(rune);
        word_add(&pinyin, sound, strlen(sound));
        word_add(&initials, sound, strnlen(sound, 1));
        if (before < at) add_token(out, before, (size_t)(next - before));
        before = at;
        at = next;
    }
    add_token(out, before, (size_t)(at - before));
    buf_char(out, '|');
    add_token(out, pinyin.bytes, pinyin.size);
    add_token(out, initials.bytes, initials.size);
    return at;
}

/* The word of letters and digits at `at`; the place behind it. */
static const char *add_word(Buf *out, const char *at, const char *end) {
    if (out->size) buf_char(out, ' ');
    size_t start = out->size;
    while (at < end) {
        const char *next = at;
        unsigned rune = text_next(&next, end);
        unsigned letter = text_is_han(rune) ? 0 : word_rune(rune);
        if (!letter) break;
        if (out->size - start + UTF8_MAX <= TOKEN_MAX) buf_rune(out, letter);
        at = next;
    }
    return at;
}

char *text_search_tokens(const void *ctx, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = text_simplified(scratch, text_clean(scratch, text));
    const char *end = at + strlen(at);
    Buf out = BUF_INIT(ctx);
    buf_add(&out, "");
    while (at < end) {
        const char *next = at;
        unsigned rune = text_next(&next, end);
        if (text_is_han(rune))
            at = add_han_run(&out, at, end);
        else
            at = word_rune(rune) ? add_word(&out, at, end) : next;
    }
    return out.data;
}
