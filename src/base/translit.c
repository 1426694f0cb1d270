/* base/translit.c: results for single code points are kept in blocks of 256, filled by one call of ICU each. Readers
 * take a finished block without a lock; a mutex lets one thread at a time make what is missing. */
#include "base/translit.h"

#include <pthread.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/utf16.h"

#define ASCII_END  0x80u
#define GROWTH_MAX 8 /* UTF-16 units that one unit may become, "zhuang " being the longest */

static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;

static UTransliterator *open_rules(const char *rules) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int32_t size;
    UChar *id = utf16_from(scratch, rules, &size);
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *opened = utrans_openU(id, size, UTRANS_FORWARD, NULL, 0, NULL, &status);
    utf16_require(status);
    return opened;
}

/* The transliterator of ICU; the caller holds the mutex. */
static UTransliterator *opened(Translit *translit) {
    UTransliterator *open = atomic_load(&translit->open);
    if (!open) {
        open = open_rules(translit->rules);
        atomic_store(&translit->open, open);
    }
    return open;
}

static char *transliterate(const void *ctx, const UTransliterator *rules, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int32_t size;
    UChar *units = utf16_from(scratch, text, &size);
    int32_t room = size * GROWTH_MAX + 1;
    UChar *result = mem_array(scratch, UChar, room);
    u_memcpy(result, units, size);
    int32_t limit = size;
    UErrorCode status = U_ZERO_ERROR;
    utrans_transUChars(rules, result, &size, room, 0, &limit, &status);
    utf16_require(status);
    return utf16_to(ctx, result, size);
}

char *translit_text(const void *ctx, Translit *translit, const char *text) {
    UTransliterator *open = atomic_load(&translit->open);
    if (!open) {
        pthread_mutex_lock(&making);
        open = opened(translit);
        pthread_mutex_unlock(&making);
    }
    return transliterate(ctx, open, text);
}

/* Keeps a result that differs from its code point and is short enough. */
static void keep_rune(TranslitRune *slot, const char *result, size_t size, unsigned rune, Buf *scratch) {
    buf_clear(scratch);
    buf_rune(scratch, rune);
    bool same = size == scratch->size && memcmp(result, buf_text(scratch), size) == 0;
    if (!same && size < TRANSLIT_RUNE_SIZE) memcpy(*slot, result, size);
}

/* All code points of a block but ASCII go through ICU as lines of one text. */
static TranslitRune *make_block(const UTransliterator *rules, unsigned first) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    TranslitRune *block = mem_array(NULL, TranslitRune, TRANSLIT_BLOCK);
    Buf lines = BUF_INIT(scratch);
    unsigned start = first < ASCII_END ? ASCII_END : first;
    for (unsigned rune = start; rune < first + TRANSLIT_BLOCK; rune++) {
        buf_rune(&lines, rune);
        buf_char(&lines, '\n');
    }
    const char *line = transliterate(scratch, rules, lines.data);
    for (unsigned rune = start; *line; rune++) {
        size_t size = strcspn(line, "\n");
        keep_rune(&block[rune % TRANSLIT_BLOCK], line, size, rune, &lines);
        line += size + (line[size] == '\n');
    }
    return block;
}

static TranslitRune *missing_block(Translit *translit, unsigned index) {
    pthread_mutex_lock(&making);
    TranslitRune *block = atomic_load(&translit->blocks[index]);
    if (!block) {
        block = make_block(opened(translit), index * TRANSLIT_BLOCK);
        atomic_store(&translit->blocks[index], block);
    }
    pthread_mutex_unlock(&making);
    return block;
}

const char *translit_rune(Translit *translit, unsigned rune) {
    if (rune < ASCII_END) return "";
    unsigned index = rune / TRANSLIT_BLOCK;
    TranslitRune *block = atomic_load_explicit(&translit->blocks[index], memory_order_acquire);
    if (!block) block = missing_block(translit, index);
    return block[rune % TRANSLIT_BLOCK];
}
