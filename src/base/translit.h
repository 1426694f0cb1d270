/* base/translit.h: ICU's transliterators on UTF-8, for whole texts and, much faster, for single code points.
 *
 * What becomes of single code points is computed by ICU when the program is built (translit-make.c): opening a
 * transliterator takes a tenth of a second, which nobody should wait for who looks up a name. */
#ifndef BASE_TRANSLIT_H
#define BASE_TRANSLIT_H

#include <stdatomic.h>
#include <unicode/utrans.h>

#define TRANSLIT_BLOCK     256u
#define TRANSLIT_BLOCKS    (0x110000u / TRANSLIT_BLOCK)
#define TRANSLIT_RUNE_SIZE 8 /* longest result for one code point with its NUL */

typedef char TranslitRune[TRANSLIT_RUNE_SIZE];

typedef struct Translit {
    const char *rules;                 /* an ICU identifier */
    const TranslitRune *const *blocks; /* TRANSLIT_BLOCKS of them; NULL: every code point stays as it is */
    _Atomic(UTransliterator *) open;   /* made on first use, for whole texts */
} Translit;

extern Translit translit_latin;    /* Han to pinyin without tones */
extern Translit translit_simplify; /* traditional to simplified */

/* The transliterated text, owned by ctx. Thread-safe. */
char *translit_text(const void *ctx, Translit *translit, const char *text);
/* What becomes of one code point without its neighbours; "" when it stays as it is, as ASCII does and what is rare.
 * Lent for ever. */
const char *translit_rune(const Translit *translit, unsigned rune);

#endif
