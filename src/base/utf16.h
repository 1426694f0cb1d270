/* base/utf16.h: to ICU's strings and back. */
#ifndef BASE_UTF16_H
#define BASE_UTF16_H

#include <stdint.h>
#include <unicode/utrans.h>

/* UTF-8 as UTF-16; bad bytes become U+FFFD. Owned by ctx. */
UChar *utf16_from(const void *ctx, const char *text, int32_t *ret_size);
char *utf16_to(const void *ctx, const UChar *units, int32_t size);

/* Ends the program on a failure of ICU: it means that the machine lacks ICU's data, never that a text is wrong. */
void utf16_require(UErrorCode status);

/* A transliterator of ICU by its rules ("Han-Latin; Latin-ASCII"); the caller keeps it for the life of the program. */
UTransliterator *utf16_open_rules(const char *rules);
char *utf16_transliterate(const void *ctx, const UTransliterator *rules, const char *text);

#endif
