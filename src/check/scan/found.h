/* check/scan/found.h: a number that was read, and how it becomes a claim with the bounds around it. Private to
 * check/scan/. */
#ifndef CHECK_FOUND_H
#define CHECK_FOUND_H

#include "check/work.h"

/* What was read of a number and its measure. */
typedef struct Found {
    Numeral numeral;
    size_t number;          /* where the numeral begins */
    size_t end;             /* behind the measure */
    const Measure *measure; /* or NULL */
    Bound inner;
    int power;    /* that a head of the table adds */
    bool counted; /* a cell's, in a measure that no head says */
    bool ranked;  /* a cell's, and a place among others */
} Found;

/* The value times 10^power; 0 when it cannot be held. */
Decimal found_scaled(Decimal value, int power);
/* The claim that it makes, without its bounds; and that claim, added with them. range: the bound that one end of a
 * range has. */
Claim found_claim(const Found *found);
void found_add(Work *work, const Found *found, Claim claim, Bound range);
/* The longest word of bound that ends right before a rune. */
const Word *found_bound_before(const Work *work, const uint32_t *at, Bound *ret_bound);
/* A rune at which a number and its measure end. */
bool found_ends(uint32_t rune);

/* portion.c: parts of a whole and multiples in words. Each gives the place behind what it read, or 0. */
size_t scan_percent_words(Work *work, size_t at); /* 百分之三 */
size_t scan_fraction(Work *work, size_t at);      /* 四分之三 */
size_t scan_tenths(Work *work, size_t at);        /* 八成 */
size_t scan_half(Work *work, size_t at);          /* 一半 */
size_t scan_doubling(Work *work, size_t at);      /* 翻一番 */

#endif
