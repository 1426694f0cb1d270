/* check/scan/text.h: the text of a reading as the grammar sees it: folded characters, each with its place.
 *
 * Folding makes full-width letters and digits half-width, traditional characters simplified, and takes away spaces
 * between Chinese, the pinyin that bad converters put in brackets, and the line breaks of hard-wrapped text. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include "doc/reading.h"

/* A paragraph, heading or cell. */
typedef struct Paragraph {
    size_t from, to;  /* its runes: [from, to) */
    const Part *part; /* it begins with */
    bool litter;      /* none of the text's: what web pages set around it */
} Paragraph;

/* From a rune on each is of one glyph, and the next of the next. */
typedef struct Stride {
    uint32_t rune, glyph;
} Stride;

typedef struct Text {
    const Reading *reading;
    uint32_t *runes; /* '\n' behind each paragraph, 0 behind the last */
    size_t size;
    Stride *strides; /* in their order: places are asked for seldom, and most runes follow one another */
    size_t n_strides;
    Paragraph *paragraphs;
    size_t n_paragraphs;
} Text;

/* Owned by ctx; the reading is lent and must live as long. */
Text *text_fold_reading(const void *ctx, const Reading *reading);
/* Where a rune begins and ends in the text as given. */
uint32_t text_start(const Text *text, size_t rune);
uint32_t text_end(const Text *text, size_t rune);
/* A word folded alike, so that it can be found in the text: its runes with a 0 behind them. */
uint32_t *text_fold_runes(const void *ctx, const char *word, size_t *ret_size);
/* The runes [from, to) as UTF-8. */
char *text_between(const void *ctx, const Text *text, size_t from, size_t to);

#endif
