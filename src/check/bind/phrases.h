/* check/bind/phrases.h: how prose tells each indicator: phrases of a few words each, all of which must be there.
 *
 * The phrases are those of the definition (`prose`), or its title and aliases as they stand when it has none. Words
 * that `same` of prose.yaml takes for one thing are one word here. Two words are at home with each other when some
 * indicator is told with both: what is not at home with a topic ends it. A value plays no part: it never decides what a
 * number is of. */
#ifndef CHECK_PHRASES_H
#define CHECK_PHRASES_H

#include "check/scan/lexicon.h"

#define CONTEXT_WORDS_MAX 96
#define SLOTS_MAX         6
#define ADJACENT          0.95 /* the weight of what stands next to a number, at least */

typedef struct Phrases Phrases;

/* A word of some phrase where it stands in a text. */
typedef struct Hit {
    size_t at, size;
    size_t word; /* NO_WORD: one that only hides the words within it */
} Hit;
#define NO_WORD SIZE_MAX

/* What is there to tell one number: its words, each with how much its place tells (0 to 1). */
typedef struct Context {
    struct {
        size_t word, at; /* which, and where in the text */
        double weight;
        bool near; /* next to the number */
    } words[CONTEXT_WORDS_MAX];
    size_t count;
    size_t from, to; /* the runes before the number that stand next to it */
    bool bare;       /* nothing that tells of a thing stands next to the number: what was said before goes on */
} Context;

typedef struct Fit {
    const Indicator *indicator;
    double score; /* the weights of the words of the phrase together */
    size_t words; /* of the phrase */
    double last;  /* the weight of the last of them */
} Fit;

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon);
/* The word at a place; false when there is none. */
bool phrases_at(const Phrases *phrases, const uint32_t *at, Hit *hit);
/* The word tells how a number is meant (增长, 目标), never of what. */
bool phrases_neutral(const Phrases *phrases, size_t word);
/* The word begins some phrase: it names a thing, not what becomes of it. */
bool phrases_is_thing(const Phrases *phrases, size_t word);
bool phrases_at_home(const Phrases *phrases, size_t word, size_t other);
/* Some phrase of the indicator has the word; some of its names or words holds these runes. */
bool phrases_has(const Phrases *phrases, const Indicator *indicator, size_t word);
bool phrases_says(const Phrases *phrases, const Indicator *indicator, const Word *runes);

void context_add(Context *context, const Hit *hit, double weight, bool near);
/* The phrases that are all there, at least one of their words next to the number or the number bare, and that leave no
 * word next to it untold. Lent until the next call. */
const Fit *phrases_fit(Phrases *phrases, const Context *context, size_t *ret_count);

#endif
