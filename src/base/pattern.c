/* base/pattern.c: folding and matching of short numeric forms. Knows nothing of what the numbers mean. */
#include "base/pattern.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

typedef struct Fold {
    unsigned rune;
    char to; /* NUL: falls away */
} Fold;

static const Fold FOLDS[] = {
    {' ', '\0'},   {'\t', '\0'},  {0x00A0, '\0'}, {0x3000, '\0'},                /* spaces */
    {'~', '-'},    {0x2010, '-'}, {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'}, /* dashes and tildes */
    {0x2014, '-'}, {0x2015, '-'}, {0x2212, '-'},  {0x301C, '-'},  {0x81F3, '-'}, /* … and 至 */
    {0x4E00, '1'}, {0x4E8C, '2'}, {0x4E09, '3'},  {0x56DB, '4'},                 /* 一二三四 */
};

/* The ASCII character for a rune, NUL for one that falls away, -1 for one that stays as it is. */
static int fold_rune(unsigned rune) {
    if (rune >= 0xFF01 && rune <= 0xFF5E) rune -= 0xFF01 - '!';
    for (size_t i = 0; i < sizeof FOLDS / sizeof *FOLDS; i++)
        if (FOLDS[i].rune == rune) return FOLDS[i].to;
    if (rune >= 'a' && rune <= 'z') return (int)rune - 'a' + 'A';
    return rune < 0x80 ? (int)rune : -1;
}

bool pattern_fold(const char *text, char ret_folded[PATTERN_SIZE]) {
    const char *end = text + strlen(text);
    size_t size = 0;
    while (text < end) {
        const char *from = text;
        int c = fold_rune(text_next(&text, end));
        size_t length = c < 0 ? (size_t)(text - from) : 1;
        if (size + length >= PATTERN_SIZE) return false;
        if (c < 0) {
            memcpy(ret_folded + size, from, length);
            size += length;
        } else if (c > 0) {
            ret_folded[size++] = (char)c;
        }
    }
    ret_folded[size] = '\0';
    return true;
}

/* Reads `least` to `most` digits at *at. */
static bool read_number(const char **at, int least, int most, int *ret_number) {
    int digits = 0;
    int number = 0;
    for (; digits < most && **at >= '0' && **at <= '9'; digits++) number = number * 10 + (*(*at)++ - '0');
    *ret_number = number;
    return digits >= least;
}

bool pattern_match(const char *folded, const char *pattern, int ret_numbers[PATTERN_NUMBERS_MAX]) {
    static const struct {
        char letter;
        int least, most;
    } NUMBERS[] = {{'Y', 4, 4}, {'2', 2, 2}, {'M', 1, 2}, {'N', 1, 1}};
    size_t found = 0;
    for (; *pattern; pattern++) {
        size_t kind = 0;
        while (kind < sizeof NUMBERS / sizeof *NUMBERS && NUMBERS[kind].letter != *pattern) kind++;
        if (kind == sizeof NUMBERS / sizeof *NUMBERS) {
            if (*folded++ != *pattern) return false;
        } else if (!read_number(&folded, NUMBERS[kind].least, NUMBERS[kind].most, &ret_numbers[found++])) {
            return false;
        }
    }
    return *folded == '\0';
}
