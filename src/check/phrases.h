/* check/phrases.h: the indicators by the words that name them, and how well a context of words fits each.
 *
 * A phrase is a title or an alias, taken as its pairs of neighbouring characters; a pair that few indicators have
 * weighs more than one that many share. A value plays no part here: it never decides what a number is of. */
#ifndef CHECK_PHRASES_H
#define CHECK_PHRASES_H

#include "check/lexicon.h"
#include "check/text.h"

#define CONTEXT_PAIRS_MAX 512

/* The pairs around a claim, each with the weight of the nearest place it stands at (0 to 1). */
typedef struct Context {
    uint64_t pairs[CONTEXT_PAIRS_MAX];
    double weights[CONTEXT_PAIRS_MAX];
    size_t count;
} Context;

typedef struct Phrases Phrases;

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon);
/* Adds the words of a stretch; those that name the same thing otherwise are taken for their first form. */
void context_add(const Phrases *phrases, Context *context, const uint32_t *from, const uint32_t *to, double weight);

typedef struct Fit {
    const Indicator *indicator;
    double score;    /* 0 to 1 and a little more: how much of the phrase is there */
    double coverage; /* of its best phrase */
} Fit;

/* The fit of each indicator, in the order of the catalog. Lent until the next call. */
const Fit *phrases_fit(Phrases *phrases, const Context *context);

#endif
