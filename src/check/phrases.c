/* check/phrases.c: an inverted index from pairs of characters to phrases. */
#include "check/phrases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SEGMENT_MAX  200 /* runes of a stretch that are looked at, the last ones */
#define TITLE_SHARE  0.3 /* of the score that the title of an indicator has */
#define LENGTH_POWER 0.25 /* how much a longer phrase that fits is preferred */

typedef struct Phrase {
    size_t indicator;
    bool title;
    double total; /* of the weights of its pairs */
    double found; /* in the context at hand */
} Phrase;

typedef struct Posting {
    uint64_t pair;
    size_t phrase;
    double weight;
} Posting;

struct Phrases {
    const Lexicon *lexicon;
    const Catalog *catalog;
    Phrase *list;
    size_t count;
    Posting *postings; /* sorted by pair */
    size_t n_postings;
    Fit *fits;
};

/* --- words into pairs --- */

/* The runes of a stretch with each thing under its first name; at most SEGMENT_MAX. */
static size_t unify(const Lexicon *lexicon, const uint32_t *from, const uint32_t *to, uint32_t *out) {
    size_t size = 0;
    while (from < to && size < SEGMENT_MAX) {
        const Word *word = words_at(lexicon->same, from);
        if (!word || word->size > (size_t)(to - from)) {
            out[size++] = *from++;
            continue;
        }
        const Word *means = &lexicon->means[word->tag];
        for (size_t i = 0; i < means->size && size < SEGMENT_MAX; i++) out[size++] = means->runes[i];
        from += word->size;
    }
    return size;
}

static bool is_letter(uint32_t rune) {
    return rune >= 0x4E00 || (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
}

static uint64_t pair_at(const uint32_t *runes) { return (uint64_t)runes[0] << 32 | runes[1]; }

/* --- the index --- */

static int compare_postings(const void *left, const void *right) {
    const Posting *a = left, *b = right;
    if (a->pair != b->pair) return a->pair < b->pair ? -1 : 1;
    return (a->phrase > b->phrase) - (a->phrase < b->phrase);
}

static void add_phrase(Phrases *phrases, size_t indicator, const char *text, bool title) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t size;
    const uint32_t *folded = text_fold_runes(scratch, text, &size);
    uint32_t runes[SEGMENT_MAX];
    size = unify(phrases->lexicon, folded, folded + size, runes);
    if (title && size > 2 && runes[size - 1] == 0x6570) size--; /* …数 */
    for (size_t i = 0; i + 1 < size; i++)
        if (is_letter(runes[i]) && is_letter(runes[i + 1]))
            *mem_push(phrases, phrases->postings, phrases->n_postings) = (Posting){pair_at(runes + i), phrases->count, 0};
    *mem_push(phrases, phrases->list, phrases->count) = (Phrase){.indicator = indicator, .title = title};
}

/* A pair once a phrase. */
static void drop_twins(Phrases *phrases) {
    size_t n = 0;
    for (size_t i = 0; i < phrases->n_postings; i++)
        if (!n || compare_postings(&phrases->postings[n - 1], &phrases->postings[i])) phrases->postings[n++] = phrases->postings[i];
    phrases->n_postings = n;
}

/* The rarer a pair among indicators, the more it tells. */
static void weigh(Phrases *phrases) {
    double all = (double)phrases->catalog->n_indicators + 1;
    for (size_t i = 0, next; i < phrases->n_postings; i = next) {
        size_t holders = 0, last = SIZE_MAX;
        for (next = i; next < phrases->n_postings && phrases->postings[next].pair == phrases->postings[i].pair; next++) {
            size_t indicator = phrases->list[phrases->postings[next].phrase].indicator;
            holders += indicator != last;
            last = indicator;
        }
        for (size_t k = i; k < next; k++) {
            phrases->postings[k].weight = log(all / (double)holders) + 0.5;
            phrases->list[phrases->postings[k].phrase].total += phrases->postings[k].weight;
        }
    }
}

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon) {
    Phrases *phrases = mem_new(ctx, Phrases);
    phrases->lexicon = lexicon;
    phrases->catalog = catalog;
    phrases->fits = mem_array(phrases, Fit, catalog->n_indicators + 1);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        add_phrase(phrases, i, indicator->title.zh, true);
        for (size_t k = 0; k < indicator->aliases.count; k++) add_phrase(phrases, i, indicator->aliases.list[k].text, false);
    }
    qsort(phrases->postings, phrases->n_postings, sizeof *phrases->postings, compare_postings);
    drop_twins(phrases);
    weigh(phrases);
    return phrases;
}

/* --- contexts --- */

static void add_pair(Context *context, uint64_t pair, double weight) {
    for (size_t i = 0; i < context->count; i++)
        if (context->pairs[i] == pair) {
            if (weight > context->weights[i]) context->weights[i] = weight;
            return;
        }
    if (context->count == CONTEXT_PAIRS_MAX) return;
    context->pairs[context->count] = pair;
    context->weights[context->count++] = weight;
}

void context_add(const Phrases *phrases, Context *context, const uint32_t *from, const uint32_t *to, double weight) {
    uint32_t runes[SEGMENT_MAX];
    if ((size_t)(to - from) > SEGMENT_MAX) from = to - SEGMENT_MAX;
    size_t size = unify(phrases->lexicon, from, to, runes);
    for (size_t i = 0; i + 1 < size; i++)
        if (is_letter(runes[i]) && is_letter(runes[i + 1])) add_pair(context, pair_at(runes + i), weight);
}

/* --- fitting --- */

static const Posting *first_posting(const Phrases *phrases, uint64_t pair) {
    size_t low = 0, high = phrases->n_postings;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (phrases->postings[middle].pair < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return &phrases->postings[low];
}

static void gather(Phrases *phrases, const Context *context) {
    const Posting *end = phrases->postings + phrases->n_postings;
    for (size_t i = 0; i < phrases->count; i++) phrases->list[i].found = 0;
    for (size_t i = 0; i < context->count; i++)
        for (const Posting *posting = first_posting(phrases, context->pairs[i]);
             posting < end && posting->pair == context->pairs[i]; posting++)
            phrases->list[posting->phrase].found += posting->weight * context->weights[i];
}

const Fit *phrases_fit(Phrases *phrases, const Context *context) {
    gather(phrases, context);
    for (size_t i = 0; i < phrases->catalog->n_indicators; i++)
        phrases->fits[i] = (Fit){.indicator = &phrases->catalog->indicators[i]};
    double title = 0;
    for (size_t i = 0; i < phrases->count; i++) {
        const Phrase *phrase = &phrases->list[i];
        if (phrase->total <= 0) continue;
        Fit *fit = &phrases->fits[phrase->indicator];
        double coverage = phrase->found / phrase->total;
        if (phrase->title) title = coverage; /* the title stands before the aliases */
        double length = pow(phrase->total, LENGTH_POWER);
        double score = coverage * coverage * length * (1 - TITLE_SHARE) + title * length * TITLE_SHARE;
        if (score <= fit->score) continue;
        fit->score = score;
        fit->coverage = coverage;
    }
    return phrases->fits;
}
