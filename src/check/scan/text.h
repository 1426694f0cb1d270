/* check/scan/text.h: the text of a reading as the grammar sees it: folded characters, each with its place.
 *
 * Folding makes full-width letters and digits half-width, traditional characters simplified, and takes away spaces
 * between Chinese, the pinyin that bad converters put in brackets, and the line breaks of hard-wrapped text. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include "doc/reading.h"

/* A paragraph, heading or cell. */
typedef struct Paragraph {
    size_t from, to; /* its runes: [from, to) */
    const Part *part; /* it begins with */
} Paragraph;

typedef struct Text {
    const Reading *reading;
    uint32_t *runes;     /* '\n' behind each paragraph, 0 behind the last */
    uint32_t *from, *to; /* where each stands in the text as given */
    size_t size;
    Paragraph *paragraphs;
    size_t n_paragraphs;
} Text;

/* Owned by ctx; the reading is lent and must live as long. */
Text *text_fold_reading(const void *ctx, const Reading *reading);
/* A word folded alike, so that it can be found in the text: its runes with a 0 behind them. */
uint32_t *text_fold_runes(const void *ctx, const char *word, size_t *ret_size);
/* The runes [from, to) as UTF-8. */
char *text_between(const void *ctx, const Text *text, size_t from, size_t to);

#endif
