/* base/translit.c: single code points by table, whole texts by ICU. */
#include "base/translit.h"

#include <pthread.h>

#include "base/utf16.h"

extern const TranslitRune *const translit_latin_blocks[TRANSLIT_BLOCKS]; /* made at build */
extern const TranslitRune *const translit_simplify_blocks[TRANSLIT_BLOCKS];

Translit translit_latin = {.rules = "Han-Latin; Latin-ASCII", .blocks = translit_latin_blocks};
Translit translit_simplify = {.rules = "Traditional-Simplified", .blocks = translit_simplify_blocks};

static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static UTransliterator *opened(Translit *translit) {
    UTransliterator *open = atomic_load(&translit->open);
    if (open) return open;
    pthread_mutex_lock(&opening);
    open = atomic_load(&translit->open);
    if (!open) {
        open = utf16_open_rules(translit->rules);
        atomic_store(&translit->open, open);
    }
    pthread_mutex_unlock(&opening);
    return open;
}

char *translit_text(const void *ctx, Translit *translit, const char *text) {
    return utf16_transliterate(ctx, opened(translit), text);
}

const char *translit_rune(const Translit *translit, unsigned rune) {
    const TranslitRune *block = rune < 0x110000u ? translit->blocks[rune / TRANSLIT_BLOCK] : NULL;
    return block ? block[rune % TRANSLIT_BLOCK] : "";
}
