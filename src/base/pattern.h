/* base/pattern.h: short numeric forms such as dates and periods, read by pattern. */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>

#define PATTERN_SIZE        64 /* longest folded text with its NUL */
#define PATTERN_NUMBERS_MAX 4

/* Folds the many ways to type a form into one: full-width characters become ASCII, letters upper case, every dash,
 * tilde and 至 becomes '-', the numerals 一二三四 (as in quarters) become digits, spaces fall away.
 * False when the result does not fit. */
bool pattern_fold(const char *text, char ret_folded[PATTERN_SIZE]);

/* Matches the whole folded text. In a pattern Y is four digits, 2 is two digits, M is one or two digits and N is one;
 * their numbers come out in order. Everything else stands for itself. */
bool pattern_match(const char *folded, const char *pattern, int ret_numbers[PATTERN_NUMBERS_MAX]);

#endif
