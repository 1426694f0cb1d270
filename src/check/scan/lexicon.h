/* check/scan/lexicon.h: the words of prose.yaml, ready to be found in a text. Compiled once a check. */
#ifndef CHECK_LEXICON_H
#define CHECK_LEXICON_H

#include "check/check.h"
#include "check/scan/runes.h"

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

/* The lists of words of prose.yaml that the grammar asks for, by name; what each is for stands there. */
/* clang-format off */
#define LEXICON_LISTS \
    LIST(near_before) LIST(over_before) LIST(least_before) LIST(most_before) LIST(less_before) \
    LIST(about_before) LIST(over_after) LIST(least_after) LIST(most_after) LIST(about_after) LIST(not_bound) \
    LIST(filler) LIST(names) LIST(rhetoric) LIST(every) LIST(rank_before) LIST(rank_scope) LIST(compare) \
    LIST(rise) LIST(grows) LIST(fresh) LIST(fall) LIST(plan) LIST(won) LIST(following) LIST(resolve) \
    LIST(strong_plan) LIST(plan_heading) LIST(done_heading) LIST(target) LIST(share) LIST(total) LIST(planned) \
    LIST(progress) LIST(base) LIST(among) LIST(exhaustive) LIST(altogether) LIST(each) LIST(ratio) LIST(half) \
    LIST(money) LIST(part) LIST(idle) LIST(area) LIST(against) LIST(overlap) LIST(rest) LIST(share_out) \
    LIST(become) LIST(arrive) LIST(anything) LIST(persons) LIST(person_times) LIST(sessions) LIST(multiple) \
    LIST(recall) LIST(all) LIST(chance) LIST(then) LIST(done) LIST(programme) LIST(complement) LIST(level) \
    LIST(above) LIST(below) LIST(status) LIST(actual) LIST(litter) LIST(digest) LIST(phone) LIST(summed) \
    LIST(plus) LIST(zone) LIST(not_front) LIST(durations) LIST(plan_nouns) LIST(of_some) LIST(subtotal) \
    LIST(unmeasured) LIST(rank_head) LIST(unfinished) LIST(remaining) LIST(placeless) LIST(reach) \
    LIST(own_target) LIST(all_time) LIST(asked) LIST(allotted) LIST(based) LIST(present) LIST(budget) LIST(further) \
    LIST(least_adverb) LIST(plan_names)
/* clang-format on */

typedef struct Lexicon {
    const Measure *list; /* by the tag of a word of `measures` */
    size_t n_measures;
    const WordSet *measures;
#define LIST(name) const WordSet *name;
    LEXICON_LISTS
#undef LIST
    const WordSet *same; /* other words for a thing; the tag leads to means */
    const Word *means;
    const WordSet *units; /* that count as others do; two tags lead to a place of alike */
    const bool *alike;
    size_t n_units;
    const Prose *prose;
} Lexicon;

Lexicon *lexicon_new(const void *ctx, const Prose *prose);
/* Whether two units count the same things, or one the visits of what the other counts: 人次 and 名. */
bool lexicon_alike(const Lexicon *lexicon, const char *unit, const char *other);
bool lexicon_visits(const Lexicon *lexicon, const char *unit, const char *other);

/* Whether a unit is one of a list. */
bool lexicon_lists(const WordSet *set, const char *unit);

/* A set of one's own. */
WordSet *word_set_new(const void *ctx);
void word_set_add(WordSet *set, const char *text, size_t tag);

/* Adds the first rune of each of its words. */
void words_begin(const WordSet *set, Runes *runes);

/* The longest word of a set that begins at a rune, or that ends right before one (not reaching below start); NULL. */
const Word *words_at(const WordSet *set, const uint32_t *at);
const Word *words_before(const WordSet *set, const uint32_t *start, const uint32_t *at);
/* Where the first word of a set begins within [from, to), wholly inside; NULL. */
const uint32_t *words_within(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word);
/* Where the last one does. */
const uint32_t *words_last(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word);

#endif
