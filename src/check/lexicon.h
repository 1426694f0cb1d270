/* check/lexicon.h: the words of prose.yaml, ready to be found in a text. Compiled once a check. */
#ifndef CHECK_LEXICON_H
#define CHECK_LEXICON_H

#include "check/check.h"

typedef struct WordSet WordSet;

typedef struct Word {
    const uint32_t *runes;
    size_t size;
    size_t tag; /* which entry of prose.yaml it stands in */
} Word;

typedef struct Measure {
    const char *unit;
    ClaimKind kind;
    bool digits, pronoun;
} Measure;

typedef struct Lexicon {
    const Measure *list; /* by the tag of a word of `measures` */
    size_t n_measures;
    const WordSet *measures, *near_before, *over_before, *least_before, *most_before, *less_before, *about_before,
        *over_after, *least_after, *most_after, *about_after, *not_bound, *filler, *names, *rhetoric, *every,
        *rank_before, *rank_scope, *compare, *rise, *fall, *plan, *strong_plan, *plan_heading, *done_heading, *target, *share,
        *among, *exhaustive, *altogether, *each, *litter, *phone, *money, *half, *part, *idle, *area, *against, *grows, *fresh;
    const WordSet *same; /* other words for a thing; the tag leads to means */
    const Word *means;
    const Prose *prose;
} Lexicon;

Lexicon *lexicon_new(const void *ctx, const Prose *prose);
/* Whether two units count the same things. */
bool lexicon_alike(const Lexicon *lexicon, const char *unit, const char *other);

/* A set of one's own. */
WordSet *word_set_new(const void *ctx);
void word_set_add(WordSet *set, const char *text, size_t tag);

/* The longest word of a set that begins at a rune, or that ends right before one (not reaching below start); NULL. */
const Word *words_at(const WordSet *set, const uint32_t *at);
const Word *words_before(const WordSet *set, const uint32_t *start, const uint32_t *at);
/* Where the first word of a set begins within [from, to), wholly inside; NULL. */
const uint32_t *words_within(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word);
/* Where the last one does. */
const uint32_t *words_last(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word);

#endif
