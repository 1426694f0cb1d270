/* doc/marks.h: characters at the ends of a line, and which of them no line may part (Chinese typesetting, GB/T 15834
 * and GB/T 9704). */
#ifndef DOC_MARKS_H
#define DOC_MARKS_H

#include <stdbool.h>
#include <stddef.h>

/* The first and the last character of a text of any length, at once; 0 when it is empty. */
unsigned marks_first(const char *text);
unsigned marks_last(const char *text, size_t size);
/* Whether a character is one of those in a set. */
bool marks_have(const char *set, unsigned rune);
/* Stops and closing brackets begin no line, opening ones end none, and a number stays with its unit. */
bool marks_keep_together(unsigned before, unsigned after);

#endif
