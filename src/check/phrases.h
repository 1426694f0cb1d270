/* check/phrases.h: the indicators by the words that name them, and how well the words around a number fit each.
 *
 * A phrase is a title or an alias, taken as its words; a word that few indicators have tells more than one that many
 * share. An indicator fits when the words of one of its phrases are there, and when it accounts for the words that
 * stand next to the number. A value plays no part here: it never decides what a number is of. */
#ifndef CHECK_PHRASES_H
#define CHECK_PHRASES_H

#include "check/lexicon.h"
#include "check/text.h"

#define CONTEXT_WORDS_MAX 256

/* The known words around a number, each with the weight of the nearest place it stands at (0 to 1). */
typedef struct Context {
    size_t words[CONTEXT_WORDS_MAX];
    double weights[CONTEXT_WORDS_MAX];
    bool near[CONTEXT_WORDS_MAX]; /* next to the number */
    size_t count;
} Context;

typedef struct Phrases Phrases;

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon);
/* Adds the words of a stretch; those that name the same thing otherwise are taken for their first form. */
void context_add(const Phrases *phrases, Context *context, const uint32_t *from, const uint32_t *to, double weight,
                 bool near);

typedef struct Fit {
    const Indicator *indicator;
    double score;    /* 0 to 1 and a little more */
    double coverage; /* of its best phrase: 0 to 1 */
    double account;  /* how much of what stands next to the number is its own: 0 to 1 */
    bool near;       /* something next to the number is */
} Fit;

/* The fit of each indicator, in the order of the catalog. Lent until the next call. */
const Fit *phrases_fit(Phrases *phrases, const Context *context);
/* Whether one of the titles and aliases of an indicator holds a word. */
bool phrases_says(const Phrases *phrases, const Indicator *indicator, const Word *word);

#endif
