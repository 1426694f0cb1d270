/* base/text.h: UTF-8 text as the field writes it. Works over ICU; thread-safe. Results are owned by ctx. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Next code point of UTF-8 at *at (moved on); 0 at the end, 0xFFFD for a bad byte (which is passed over). */
unsigned text_next(const char **at, const char *end);
#define TEXT_RUNE_MAX 4u
size_t text_put(char ret_bytes[TEXT_RUNE_MAX], unsigned rune); /* a code point as UTF-8; how many bytes it takes */
size_t text_count(const char *text);                           /* code points */
size_t text_width(const char *text);                           /* terminal columns, Han = 2 */
bool text_is_valid(const char *bytes, size_t size);            /* well-formed UTF-8 without NUL */
bool text_is_han(unsigned rune);
/* At most n code points, cut between characters, with … when cut. */
char *text_shorten(const void *ctx, const char *text, size_t n);

/* NFKC (full-width letters, digits and punctuation become half-width), outer space trimmed, inner runs of
 * space become one. What a cell means, whatever the keyboard was. */
char *text_clean(const void *ctx, const char *text);
/* text_clean, lower case, traditional to simplified, and without spaces and punctuation: for comparing names. */
char *text_fold(const void *ctx, const char *text);
char *text_simplified(const void *ctx, const char *text); /* Hant → Hans */
char *text_pinyin(const void *ctx,
                  const char *text); /* syllables without tones joined: "qinghexian"; other letters kept, lower case */
char *text_initials(const void *ctx, const char *text); /* first letters of the syllables: "qhx" */

/* Search tokens of a text joined by single spaces: for a run of Han characters its overlapping pairs and
 * its last character followed by U+007C '|' (so that every character starts a token), the pinyin and the
 * initials of the run; for Latin letters and digits the lower-case word. The text is cleaned and simplified first;
 * no token has more than 255 bytes and none is empty. */
char *text_search_tokens(const void *ctx, const char *text);

/* Distance between two folded texts in single-character edits, at most limit + 1: for "did you mean". */
size_t text_distance(const char *a, const char *b, size_t limit);
/* The candidate nearest to text (folded), or NULL when none is within a third of its length and three edits: names of
 * two firms of one county differ by little more. */
const char *text_nearest(const char *text, const char *const *candidates, size_t n);

/* Bytes of unknown encoding to UTF-8: byte order marks, UTF-8 if well-formed, else what uchardet finds, with GB18030
 * for GB2312/GBK and for short Chinese that it takes for Western; ret_encoding (lent for ever) names it. NULL when
 * nothing fits or there are more than TEXT_BYTES_MAX bytes. */
#define TEXT_BYTES_MAX ((size_t)64 << 20)
char *text_from_bytes(const void *ctx, const char *bytes, size_t size, const char **ret_encoding);
/* Bytes of an encoding that iconv knows to UTF-8; NULL when they are not of it, or hold a NUL. */
char *text_decode(const void *ctx, const char *bytes, size_t size, const char *encoding);

/* Chinese numerals: 1 → 一, 12 → 十二, 20 → 二十 (0 … 99), as used for headings and run-in lists. */
const char *text_han_number(unsigned n);

#endif
