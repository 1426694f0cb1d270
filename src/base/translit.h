/* base/translit.h: ICU's transliterators on UTF-8, for whole texts and, much faster, for single code points. */
#ifndef BASE_TRANSLIT_H
#define BASE_TRANSLIT_H

#include <stdatomic.h>
#include <unicode/utrans.h>

#define TRANSLIT_BLOCK     256u
#define TRANSLIT_BLOCKS    (0x110000u / TRANSLIT_BLOCK)
#define TRANSLIT_RUNE_SIZE 8 /* longest result for one code point with its NUL */

typedef char TranslitRune[TRANSLIT_RUNE_SIZE];

/* One per set of rules, static; everything in it is made on first use and lives as long as the program. Thread-safe. */
typedef struct Translit {
    const char *rules; /* an ICU identifier such as "Han-Latin; Latin-ASCII" */
    _Atomic(UTransliterator *) open;
    _Atomic(TranslitRune *) blocks[TRANSLIT_BLOCKS];
} Translit;

/* The transliterated text, owned by ctx. */
char *translit_text(const void *ctx, Translit *translit, const char *text);
/* What becomes of one code point without its neighbours; "" when it stays as it is, as ASCII always does.
 * Lent for ever. */
const char *translit_rune(Translit *translit, unsigned rune);

#endif
