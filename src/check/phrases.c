/* check/phrases.c: an inverted index from words to phrases. Phrases are cut into words by ICU's dictionary, contexts
 * are searched for those words. */
#include "check/phrases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <uthash.h>

#include "base/mem.h"
#include "base/text.h"

#define STRETCH_MAX  240  /* runes of a stretch that are looked at, the last ones */
#define PHRASE_MAX   60   /* runes of a phrase */
#define WORD_MAX     24   /* runes of a word, and of a phrase that is looked for as it stands */
#define TITLE_SHARE  0.25 /* of the score that the title of an indicator has beside its best alias */
#define LENGTH_POWER 0.2  /* how much a longer phrase that fits is preferred */
#define OWN_SHARE    0.65 /* of the score that depends on accounting for the words next to the number */
#define WHOLE_BONUS  0.25 /* coverage that a phrase gains when it stands there word for word */
#define LACKS_MAIN   0.6  /* what is left of the coverage when its most telling word is not there */

#define NO_PHRASE SIZE_MAX

/* A word that some phrase has, or a whole phrase. */
typedef struct Known {
    uint32_t runes[WORD_MAX];
    size_t size;
    double weight;
    size_t *phrases;    /* that have it, ascending, each once */
    size_t n_phrases;
    size_t whole;       /* the phrase that it is itself, or NO_PHRASE */
    size_t number;
    UT_hash_handle hh;
} Known;

typedef struct Phrase {
    size_t indicator;
    bool title;
    double total; /* of the weights of its words */
    size_t main;  /* the number of its most telling word */
    double found; /* in the context at hand */
    double main_found, whole_found;
} Phrase;

struct Phrases {
    const Lexicon *lexicon;
    const Catalog *catalog;
    Phrase *list;
    size_t count;
    Known *known;
    Known **by_number;
    size_t n_known, longest;
    Fit *fits;
    uint32_t **texts; /* title and aliases of each indicator, divided by line feeds */
    size_t *sizes;
};

/* --- the vocabulary --- */

static Known *find_known(const Phrases *phrases, const uint32_t *runes, size_t size) {
    Known *known;
    HASH_FIND(hh, phrases->known, runes, size * sizeof *runes, known);
    return known;
}

static Known *learn(Phrases *phrases, const uint32_t *runes, size_t size) {
    Known *known = find_known(phrases, runes, size);
    if (known) return known;
    known = mem_new(phrases, Known);
    memcpy(known->runes, runes, size * sizeof *runes);
    known->size = size;
    known->whole = NO_PHRASE;
    HASH_ADD_KEYPTR(hh, phrases->known, known->runes, size * sizeof *runes, known);
    if (size > phrases->longest) phrases->longest = size;
    return known;
}

static void add_word(Phrases *phrases, const uint32_t *runes, size_t size) {
    if (size < 2 || size > WORD_MAX) return;
    Known *known = learn(phrases, runes, size);
    size_t phrase = phrases->count;
    if (!known->n_phrases || known->phrases[known->n_phrases - 1] != phrase)
        *mem_push(phrases, known->phrases, known->n_phrases) = phrase;
}

/* The words of a run without names, by ICU's dictionary. All runes of prose are in the first plane or stand alone. */
static void add_run(Phrases *phrases, UBreakIterator *words, const uint32_t *runes, size_t size) {
    UChar units[PHRASE_MAX];
    UErrorCode error = U_ZERO_ERROR;
    for (size_t i = 0; i < size; i++) units[i] = runes[i] < 0x10000 ? (UChar)runes[i] : 0xFFFD;
    ubrk_setText(words, units, (int32_t)size, &error);
    int32_t from = ubrk_first(words);
    for (int32_t to; U_SUCCESS(error) && (to = ubrk_next(words)) != UBRK_DONE; from = to)
        if (ubrk_getRuleStatus(words) != UBRK_WORD_NONE) add_word(phrases, runes + from, (size_t)(to - from));
}

/* A stretch with every thing under its first name. `inside` marks the runes within such a name: no other word begins
 * or ends there. */
typedef struct Unified {
    uint32_t runes[STRETCH_MAX + 1];
    bool inside[STRETCH_MAX + 1];
    size_t size;
} Unified;

static void unify(const Lexicon *lexicon, const uint32_t *from, const uint32_t *to, Unified *unified) {
    unified->size = 0;
    while (from < to && unified->size < STRETCH_MAX) {
        const Word *word = words_at(lexicon->same, from);
        const Word *means = word && word->size <= (size_t)(to - from) ? &lexicon->means[word->tag] : NULL;
        if (!means) {
            unified->inside[unified->size] = false;
            unified->runes[unified->size++] = *from++;
            continue;
        }
        for (size_t i = 0; i < means->size && unified->size < STRETCH_MAX; i++) {
            unified->inside[unified->size] = i > 0;
            unified->runes[unified->size++] = means->runes[i];
        }
        from += word->size;
    }
    unified->inside[unified->size] = false;
}

static void add_phrase(Phrases *phrases, UBreakIterator *words, size_t indicator, const char *text, bool title) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t size, run = 0;
    const uint32_t *folded = text_fold_runes(scratch, text, &size);
    Unified phrase;
    unify(phrases->lexicon, folded, folded + (size < PHRASE_MAX ? size : PHRASE_MAX), &phrase);
    for (size_t i = 0; i < phrase.size;) {
        size_t name = 1;
        while (phrase.inside[i + name]) name++;
        if (name > 1) {
            add_run(phrases, words, phrase.runes + run, i - run);
            add_word(phrases, phrase.runes + i, name);
            run = i + name;
        }
        i += name;
    }
    add_run(phrases, words, phrase.runes + run, phrase.size - run);
    if (phrase.size <= WORD_MAX && !title) {
        Known *whole = learn(phrases, phrase.runes, phrase.size);
        if (whole->whole == NO_PHRASE) whole->whole = phrases->count;
    }
    *mem_push(phrases, phrases->list, phrases->count) = (Phrase){.indicator = indicator, .title = title};
}

/* The rarer a word among indicators, the more it tells. */
static void weigh(Phrases *phrases) {
    double all = (double)phrases->catalog->n_indicators + 1;
    phrases->by_number = mem_array(phrases, Known *, HASH_COUNT(phrases->known) + 1);
    for (Known *known = phrases->known; known; known = known->hh.next) {
        size_t holders = 0, last = SIZE_MAX;
        for (size_t i = 0; i < known->n_phrases; i++) {
            size_t indicator = phrases->list[known->phrases[i]].indicator;
            holders += indicator != last;
            last = indicator;
        }
        known->weight = holders ? log(all / (double)holders) + 0.3 : 0;
        for (size_t i = 0; i < known->n_phrases; i++) {
            Phrase *phrase = &phrases->list[known->phrases[i]];
            phrase->total += known->weight;
            if (known->weight > phrase->main_found) phrase->main = phrases->n_known;
            if (known->weight > phrase->main_found) phrase->main_found = known->weight;
        }
        known->number = phrases->n_known;
        phrases->by_number[phrases->n_known++] = known;
    }
}

static int drop_known(Phrases *phrases) {
    HASH_CLEAR(hh, phrases->known);
    return 0;
}

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon) {
    Phrases *phrases = mem_new(ctx, Phrases);
    talloc_set_destructor(phrases, drop_known);
    phrases->lexicon = lexicon;
    phrases->catalog = catalog;
    phrases->fits = mem_array(phrases, Fit, catalog->n_indicators + 1);
    phrases->texts = mem_array(phrases, uint32_t *, catalog->n_indicators + 1);
    phrases->sizes = mem_array(phrases, size_t, catalog->n_indicators + 1);
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    mem_check(words);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        char *all = mem_strdup(phrases, indicator->title.zh);
        add_phrase(phrases, words, i, indicator->title.zh, true);
        for (size_t k = 0; k < indicator->aliases.count; k++) {
            add_phrase(phrases, words, i, indicator->aliases.list[k].text, false);
            all = mem_printf(phrases, "%s\n%s", all, indicator->aliases.list[k].text);
        }
        phrases->texts[i] = text_fold_runes(phrases, all, &phrases->sizes[i]);
    }
    ubrk_close(words);
    weigh(phrases);
    return phrases;
}

/* --- contexts --- */

static void add_known(Context *context, const Known *known, double weight, bool near) {
    size_t number = known->number;
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i] == number) {
            if (weight > context->weights[i]) context->weights[i] = weight;
            context->near[i] |= near;
            return;
        }
    if (context->count == CONTEXT_WORDS_MAX) return;
    context->words[context->count] = number;
    context->near[context->count] = near;
    context->weights[context->count++] = weight;
}

void context_add(const Phrases *phrases, Context *context, const uint32_t *from, const uint32_t *to, double weight,
                 bool near) {
    if ((size_t)(to - from) > STRETCH_MAX) from = to - STRETCH_MAX;
    Unified stretch;
    unify(phrases->lexicon, from, to, &stretch);
    for (size_t i = 0; i < stretch.size; i++) {
        if (stretch.inside[i]) continue;
        for (size_t size = 2; size <= phrases->longest && size <= stretch.size - i; size++) {
            const Known *known = stretch.inside[i + size] ? NULL : find_known(phrases, stretch.runes + i, size);
            if (known) add_known(context, known, weight, near);
        }
    }
}

/* --- fitting --- */

/* What the words next to the number weigh together, and what of it each indicator has. */
static double gather(Phrases *phrases, const Context *context) {
    double near = 0;
    for (size_t i = 0; i < phrases->count; i++)
        phrases->list[i].found = phrases->list[i].main_found = phrases->list[i].whole_found = 0;
    for (size_t i = 0; i < context->count; i++) {
        const Known *known = phrases->by_number[context->words[i]];
        size_t last = SIZE_MAX;
        if (known->whole != NO_PHRASE) phrases->list[known->whole].whole_found = context->weights[i];
        if (context->near[i]) near += known->weight;
        for (size_t k = 0; k < known->n_phrases; k++) {
            Phrase *phrase = &phrases->list[known->phrases[k]];
            phrase->found += known->weight * context->weights[i];
            if (phrase->main == context->words[i]) phrase->main_found = context->weights[i];
            if (context->near[i] && phrase->indicator != last) {
                phrases->fits[phrase->indicator].account += known->weight;
                phrases->fits[phrase->indicator].near = true;
            }
            last = phrase->indicator;
        }
    }
    return near;
}

static void fit_phrase(const Phrase *phrase, double title, Fit *fit) {
    double coverage = phrase->found / phrase->total * (phrase->main_found > 0 ? 1 : LACKS_MAIN);
    coverage += WHOLE_BONUS * phrase->whole_found;
    double length = pow(phrase->total, LENGTH_POWER);
    double score = (coverage * coverage * (1 - TITLE_SHARE) + title * title * TITLE_SHARE) * length;
    if (score <= fit->score) return;
    fit->score = score;
    fit->coverage = coverage;
}

const Fit *phrases_fit(Phrases *phrases, const Context *context) {
    for (size_t i = 0; i < phrases->catalog->n_indicators; i++)
        phrases->fits[i] = (Fit){.indicator = &phrases->catalog->indicators[i]};
    double near = gather(phrases, context), title = 0;
    for (size_t i = 0; i < phrases->count; i++) {
        const Phrase *phrase = &phrases->list[i];
        if (phrase->title) title = phrase->total > 0 ? phrase->found / phrase->total : 0; /* it stands before its aliases */
        if (phrase->found > 0) fit_phrase(phrase, title, &phrases->fits[phrase->indicator]);
    }
    for (size_t i = 0; i < phrases->catalog->n_indicators; i++) {
        Fit *fit = &phrases->fits[i];
        fit->account = near > 0 ? fit->account / near : 1;
        fit->score *= 1 - OWN_SHARE + OWN_SHARE * fit->account;
    }
    return phrases->fits;
}

bool phrases_says(const Phrases *phrases, const Indicator *indicator, const Word *word) {
    size_t which = (size_t)(indicator - phrases->catalog->indicators);
    const uint32_t *end = phrases->texts[which] + phrases->sizes[which];
    for (const uint32_t *at = phrases->texts[which]; at + word->size <= end; at++)
        if (!memcmp(at, word->runes, word->size * sizeof *at)) return true;
    return false;
}
