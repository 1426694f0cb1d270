/* check/scan/when.h: days, periods and durations in a text. They are no claims; the periods say when the claims are meant. */
#ifndef CHECK_WHEN_H
#define CHECK_WHEN_H

#include "check/scan/lexicon.h"
#include "check/scan/text.h"

typedef enum {
    WHEN_NONE,     /* a day, a duration, an hour: nothing that a figure could be of */
    WHEN_PERIOD,   /* whole months */
    WHEN_UNTIL,    /* from the beginning of the year to a month's end: 截至6月底 */
} WhenKind;

/* A time that the text names. */
typedef struct When {
    size_t at, size; /* runes */
    WhenKind kind;
    int year;          /* 0: that of the document, moved by `years` */
    int years;         /* 去年 -1 */
    int from, to;      /* months; 0: not said */
    bool compared;     /* said to compare with: 较上年同期 */
} When;

typedef struct Whens {
    When *list; /* in the order of the text */
    size_t count;
} Whens;

/* All times of a text, owned by ctx. */
Whens whens_find(const void *ctx, const Text *text, const Lexicon *lexicon);
/* The period of the document itself: of its title or first words; start DATE_NONE when it does not say. */
Period whens_document(const Text *text, const Whens *whens);
/* The period that a time means in a document of a period; start DATE_NONE when it means none. */
Period when_period(const When *when, Period document);

#endif
