/* check/scan/runes.c: filling a set of characters. */
#include "check/scan/runes.h"

#include <string.h>

#include "base/text.h"

void runes_add_text(Runes *runes, const char *text) {
    for (const char *end = text + strlen(text); text < end;) runes_add(runes, text_next(&text, end));
}

void runes_add_range(Runes *runes, uint32_t first, uint32_t last) {
    for (uint32_t rune = first; rune <= last; rune++) runes_add(runes, rune);
}
