/* sheet/separator.h: which character separates the cells of a csv file. */
#ifndef SHEET_SEPARATOR_H
#define SHEET_SEPARATOR_H

#include <stddef.h>

/* Comma, semicolon or tab, whichever divides the first lines most evenly; a full-width comma only where none of
 * them occurs; a comma when nothing does. Lent for ever. */
const char *separator_guess(const char *text, size_t size);

#endif
