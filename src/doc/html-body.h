/* doc/html-body.h: which stretch of a web page is what it is about.
 *
 * Weighs the parts as they are made and the elements as they are closed. An element is a run of parts, so choosing one
 * is choosing a run; an <h1> outside of it stays. */
#ifndef DOC_HTML_BODY_H
#define DOC_HTML_BODY_H

#include "doc/reader.h"

/* Counts of all that came before. */
typedef struct BodyMark {
    size_t parts;
    uint64_t mass;      /* characters outside of links */
    uint64_t substance; /* parts that would be missed */
    size_t articles;    /* not counting those within another */
} BodyMark;

/* An element that may be the body. */
typedef struct BodyChoice {
    unsigned flags;
    BodyMark from, to;
    unsigned table; /* whose cell it is, or 0 */
} BodyChoice;

typedef struct Body {
    const void *ctx;
    Reader *reader;
    BodyMark now;
    bool title;               /* the part being made is one */
    bool sentence;            /* it has the sign that ends one */
    uint32_t letters, digits; /* of it, outside of links */
    unsigned char *marks;     /* of each part */
    size_t n_marks;
    BodyChoice *choices; /* each holds half of all, or more, of what came so far: hardly more than a nest of them */
    size_t n_choices;
    BodyChoice article; /* the last one that has substance */
} Body;

void body_count(Body *body, uint32_t rune, bool linked);
void body_part(Body *body, bool title); /* behind reader_part: weighs what it ended and begins the next */
BodyMark body_enter(const Body *body);
void body_leave(Body *body, unsigned flags, BodyMark from, unsigned table);
/* Takes away all parts but the body's and the titles. */
void body_choose(Body *body);

#endif
