/* check/scan/numeral.h: a number as Chinese prose writes it: 1500, 12,460, 1.2万余, 四十三, 两万多, 三四十. */
#ifndef CHECK_NUMERAL_H
#define CHECK_NUMERAL_H

#include "check/check.h"

typedef struct Numeral {
    size_t size;   /* runes, with 余 or 多 behind it */
    size_t core;   /* runes without them */
    Decimal value; /* of the core */
    int precision; /* its last written digit stands for 10^precision */
    Bound bound;   /* exact, over (余 多 几) or about (来, 三四十) */
    bool han;      /* written in characters */
    bool bare;     /* 百, 千, 万 without a digit before them: a number only behind 近, 上 or before 余 */
    bool round;    /* ends in a ten or more: what 余 needs */
    bool known;    /* false: more digits than can be held */
} Numeral;

/* Reads a number that begins here; false when none does. */
bool numeral_read(const uint32_t *at, Numeral *ret_numeral);
/* Whether a rune can be part of one, and all that can. */
bool numeral_is_part(uint32_t rune);
#define NUMERAL_RUNES "0123456789零一二两三四五六七八九十百千万亿"
/* The digit of a character (一 1, 两 2, 零 0); -1 for others. */
int numeral_digit(uint32_t rune);

#endif
