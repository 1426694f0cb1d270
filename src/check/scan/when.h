/* check/scan/when.h: days, periods and durations in a text. They are no claims; the periods say when the claims are
 * meant. */
#ifndef CHECK_WHEN_H
#define CHECK_WHEN_H

#include "check/scan/lexicon.h"
#include "check/scan/text.h"

typedef enum {
    WHEN_NONE,   /* a day, a duration, an hour: nothing that a figure could be of */
    WHEN_PERIOD, /* whole months */
    WHEN_UNTIL,  /* from the beginning of the year to a month's end: 截至6月底 */
} WhenKind;

/* A time that the text names. */
typedef struct When {
    size_t at, size; /* runes */
    WhenKind kind;
    int year;      /* 0: that of the document, moved by `years` */
    int years;     /* 去年 -1 */
    int from, to;  /* months; 0: not said */
    int last_year; /* of a row of years: 2017年至2021年; 0 for others */
    int month;     /* of a day with its year; 0 for others */
    bool now;      /* counted from when the text was written: 今年, 去年 */
    bool since;    /* from then on: 2017年以来 */
    bool compared; /* said to compare with: 较上年同期 */
} When;

typedef struct Whens {
    When *list; /* in the order of the text */
    size_t count;
} Whens;

/* All times of a text, owned by ctx. */
Whens whens_find(const void *ctx, const Text *text, const Lexicon *lexicon);
/* The first of them that begins at a rune or behind it. */
size_t whens_from(const Whens *whens, size_t at);
/* The period of the document itself: of its head, or by the day it was written; start DATE_NONE when it does not say.
 * *ret_now: the year in which it was written, as far as it says; else the year of its period, 0 without one. */
Period whens_document(const Text *text, const Whens *whens, const Lexicon *lexicon, int *ret_now);
/* The period that a time means where a period is spoken of in a text of a year; start DATE_NONE when it means none. */
Period when_period(const When *when, Period spoken_of, int now);

#endif
