/* check/scan/runes.h: a set of characters that may seem to hold a few more: most runes of a text begin nothing, and
 * are turned away by one look at it. */
#ifndef CHECK_RUNES_H
#define CHECK_RUNES_H

#include <stdbool.h>
#include <stdint.h>

#define RUNES_BITS 16384u

typedef struct Runes {
    uint64_t bits[RUNES_BITS / 64];
} Runes;

static inline void runes_add(Runes *runes, uint32_t rune) {
    runes->bits[rune % RUNES_BITS / 64] |= (uint64_t)1 << (rune % 64);
}

static inline bool runes_may_hold(const Runes *runes, uint32_t rune) {
    return runes->bits[rune % RUNES_BITS / 64] >> (rune % 64) & 1;
}

/* Each character of a text; each from the first to the last. */
void runes_add_text(Runes *runes, const char *text);
void runes_add_range(Runes *runes, uint32_t first, uint32_t last);

#endif
