/* check/bind/phrases.c: phrases compiled into an index from words to the slots they fill. */
#include "check/bind/phrases.h"

#include <string.h>

#include "base/mem.h"
#include "check/scan/text.h"

#define BITS           64u
#define GOVERNED_RUNES 6 /* before a thing within which a word is said of it */
#define CHARACTER      3 /* bytes of one Chinese character */

/* `高新技术企业 申报/推荐`: two slots, the second filled by either word. */
typedef struct Phrase {
    size_t indicator;
    size_t n_slots;
    uint64_t turn; /* of phrases_fit, in which the rest was set */
    double weights[SLOTS_MAX];
    bool near;
} Phrase;

typedef struct Use {
    size_t phrase, slot;
} Use;

typedef struct Vocable {
    Use *uses;
    size_t n_uses;
    bool neutral, thing;
} Vocable;

struct Phrases {
    const Lexicon *lexicon;
    const Catalog *catalog;
    WordSet *set; /* tag: number of the vocable */
    Vocable *words;
    size_t n_words;
    Phrase *list;
    size_t count;
    size_t words_row, indicators_row; /* uint64_t in a row of the tables */
    uint64_t *home;                   /* word by word */
    uint64_t *has;                    /* indicator by word */
    uint32_t **texts;                 /* names and words of each indicator, divided by line feeds */
    size_t *sizes;
    uint64_t turn;
    size_t *touched;
    Fit *fits;
};

static void set_bit(uint64_t *row, size_t bit) { row[bit / BITS] |= (uint64_t)1 << (bit % BITS); }
static bool get_bit(const uint64_t *row, size_t bit) { return row[bit / BITS] >> (bit % BITS) & 1; }

/* --- making --- */

static bool is_neutral(const Lexicon *lexicon, const uint32_t *runes, size_t size) {
    const WordSet *sets[] = {lexicon->rise, lexicon->fall, lexicon->target,
                             lexicon->plan, lexicon->idle, lexicon->total};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const Word *word = words_at(sets[i], runes);
        if (word && word->size == size) return true;
    }
    return false;
}

/* The number of a word, by its first name; a new one when it was not known. */
static size_t learn(Phrases *phrases, const char *text, size_t length) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t size;
    const uint32_t *runes = text_fold_runes(scratch, mem_strndup(scratch, text, length), &size);
    const Word *same = words_at(phrases->lexicon->same, runes);
    const char *first = same && same->size == size ? phrases->lexicon->prose->same[same->tag].means.text : NULL;
    const uint32_t *key = first ? text_fold_runes(scratch, first, &size) : runes;
    const Word *known = words_at(phrases->set, key);
    if (known && known->size == size) return known->tag;
    word_set_add(phrases->set, first ? first : mem_strndup(scratch, text, length), phrases->n_words);
    *mem_push(phrases, phrases->words, phrases->n_words) =
        (Vocable){.neutral = is_neutral(phrases->lexicon, key, size)};
    return phrases->n_words - 1;
}

static void add_use(Phrases *phrases, size_t word, size_t slot) {
    Vocable *vocable = &phrases->words[word];
    *mem_push(phrases, vocable->uses, vocable->n_uses) = (Use){phrases->count, slot};
    vocable->thing |= slot == 0 && !vocable->neutral;
}

static void add_phrase(Phrases *phrases, size_t indicator, const char *text) {
    size_t slot = 0;
    for (const char *at = text; *at && slot < SLOTS_MAX;) {
        size_t length = strcspn(at, " /");
        if (length) add_use(phrases, learn(phrases, at, length), slot);
        at += length;
        if (*at == ' ') slot++;
        if (*at) at++;
    }
    *mem_push(phrases, phrases->list, phrases->count) =
        (Phrase){.indicator = indicator, .n_slots = slot < SLOTS_MAX ? slot + 1 : SLOTS_MAX};
}

/* A name that is looked for as it stands. */
static void add_name(Phrases *phrases, size_t indicator, const char *text) {
    add_use(phrases, learn(phrases, text, strlen(text)), 0);
    *mem_push(phrases, phrases->list, phrases->count) = (Phrase){.indicator = indicator, .n_slots = 1};
}

static void add_indicator(Phrases *phrases, size_t which) {
    const Indicator *indicator = &phrases->catalog->indicators[which];
    char *all = mem_strdup(phrases, indicator->title.zh);
    for (size_t i = 0; i < indicator->prose.count; i++) {
        add_phrase(phrases, which, indicator->prose.list[i].text);
        all = mem_printf(phrases, "%s\n%s", all, indicator->prose.list[i].text);
    }
    if (!indicator->prose.count) add_name(phrases, which, indicator->title.zh);
    for (size_t i = 0; i < indicator->aliases.count; i++) {
        if (!indicator->prose.count) add_name(phrases, which, indicator->aliases.list[i].text);
        all = mem_printf(phrases, "%s\n%s", all, indicator->aliases.list[i].text);
    }
    phrases->texts[which] = text_fold_runes(phrases, all, &phrases->sizes[which]);
}

/* The other names of the things that phrases are of. */
static void add_same(Phrases *phrases) {
    const Prose *prose = phrases->lexicon->prose;
    for (size_t i = 0; i < prose->n_same; i++) {
        const Word *known = words_at(phrases->set, phrases->lexicon->means[i].runes);
        if (!known || known->size != phrases->lexicon->means[i].size) continue;
        for (size_t k = 0; k < prose->same[i].words.count; k++)
            word_set_add(phrases->set, prose->same[i].words.list[k].text, known->tag);
    }
}

/* Idle words of more than one character hide the words within them: 市下达 says nothing of 下达. */
static void add_idle(Phrases *phrases) {
    const Prose *prose = phrases->lexicon->prose;
    for (size_t i = 0; i < prose->n_words; i++) {
        if (strcmp(prose->words[i].name.text, "idle")) continue;
        const Names *words = &prose->words[i].words;
        for (size_t k = 0; k < words->count; k++)
            if (strlen(words->list[k].text) > CHARACTER)
                learn(phrases, words->list[k].text, strlen(words->list[k].text));
    }
}

static void add_homes(Phrases *phrases) {
    size_t indicators = phrases->catalog->n_indicators;
    phrases->words_row = phrases->n_words / BITS + 1;
    phrases->home = mem_array(phrases, uint64_t, phrases->words_row * phrases->n_words + 1);
    phrases->has = mem_array(phrases, uint64_t, phrases->words_row * indicators + 1);
    for (size_t word = 0; word < phrases->n_words; word++)
        for (size_t i = 0; i < phrases->words[word].n_uses; i++)
            set_bit(phrases->has + phrases->words_row * phrases->list[phrases->words[word].uses[i].phrase].indicator,
                    word);
    for (size_t which = 0; which < indicators; which++) {
        const uint64_t *has = phrases->has + phrases->words_row * which;
        for (size_t word = 0; word < phrases->n_words; word++) {
            if (!get_bit(has, word)) continue;
            for (size_t i = 0; i < phrases->words_row; i++) phrases->home[phrases->words_row * word + i] |= has[i];
        }
    }
}

Phrases *phrases_new(const void *ctx, const Catalog *catalog, const Lexicon *lexicon) {
    Phrases *phrases = mem_new(ctx, Phrases);
    phrases->lexicon = lexicon;
    phrases->catalog = catalog;
    phrases->set = word_set_new(phrases);
    phrases->texts = mem_array(phrases, uint32_t *, catalog->n_indicators + 1);
    phrases->sizes = mem_array(phrases, size_t, catalog->n_indicators + 1);
    for (size_t i = 0; i < catalog->n_indicators; i++) add_indicator(phrases, i);
    add_same(phrases);
    add_idle(phrases);
    add_homes(phrases);
    phrases->touched = mem_array(phrases, size_t, phrases->count + 1);
    phrases->fits = mem_array(phrases, Fit, phrases->count + 1);
    return phrases;
}

/* --- asking --- */

bool phrases_at(const Phrases *phrases, const uint32_t *at, Hit *hit) {
    const Word *word = words_at(phrases->set, at);
    if (word) *hit = (Hit){.size = word->size, .word = phrases->words[word->tag].n_uses ? word->tag : NO_WORD};
    return word != NULL;
}

bool phrases_neutral(const Phrases *phrases, size_t word) { return phrases->words[word].neutral; }

bool phrases_is_thing(const Phrases *phrases, size_t word) { return phrases->words[word].thing; }

bool phrases_at_home(const Phrases *phrases, size_t word, size_t other) {
    return get_bit(phrases->home + phrases->words_row * word, other);
}

bool phrases_has(const Phrases *phrases, const Indicator *indicator, size_t word) {
    size_t which = (size_t)(indicator - phrases->catalog->indicators);
    return get_bit(phrases->has + phrases->words_row * which, word);
}

bool phrases_says(const Phrases *phrases, const Indicator *indicator, const Word *runes) {
    size_t which = (size_t)(indicator - phrases->catalog->indicators);
    const uint32_t *end = phrases->texts[which] + phrases->sizes[which];
    for (const uint32_t *at = phrases->texts[which]; at + runes->size <= end; at++)
        if (!memcmp(at, runes->runes, runes->size * sizeof *at)) return true;
    return false;
}

/* --- fitting --- */

void context_add(Context *context, const Hit *hit, double weight, bool near) {
    for (size_t i = 0; i < context->count; i++) {
        if (context->words[i].word != hit->word) continue;
        if (weight > context->words[i].weight) context->words[i].weight = weight;
        context->words[i].near |= near;
        context->words[i].at = hit->at;
        return;
    }
    if (context->count == CONTEXT_WORDS_MAX) return;
    context->words[context->count].word = hit->word;
    context->words[context->count].at = hit->at;
    context->words[context->count].weight = weight;
    context->words[context->count++].near = near;
}

/* Fills the slots of the phrases that have a word; how many were touched for the first time. */
static size_t fill(Phrases *phrases, const Vocable *vocable, double weight, bool near, size_t n_touched) {
    for (size_t i = 0; i < vocable->n_uses; i++) {
        Phrase *phrase = &phrases->list[vocable->uses[i].phrase];
        double *slot = &phrase->weights[vocable->uses[i].slot];
        if (phrase->turn != phrases->turn) {
            memset(phrase->weights, 0, sizeof phrase->weights);
            phrase->near = false;
            phrase->turn = phrases->turn;
            phrases->touched[n_touched++] = vocable->uses[i].phrase;
        }
        if (weight > *slot) *slot = weight;
        phrase->near |= near;
    }
    return n_touched;
}

/* A thing of the indicator's own follows a word that has nothing to do with it: 落实扶持政策4件 is told by 政策 alone.
 */
static bool is_covered(const Phrases *phrases, const Context *context, const Indicator *indicator, size_t which) {
    for (size_t i = 0; i < context->count; i++) {
        size_t thing = context->words[i].word;
        if (context->words[i].near && context->words[i].at > context->words[which].at + GOVERNED_RUNES &&
            phrases_is_thing(phrases, thing) && phrases_has(phrases, indicator, thing) &&
            !phrases_at_home(phrases, thing, context->words[which].word))
            return true;
    }
    return false;
}

/* A word next to the number that the indicator has nothing to do with. */
static bool leaves_untold(const Phrases *phrases, const Context *context, const Indicator *indicator) {
    for (size_t i = 0; i < context->count; i++) {
        size_t word = context->words[i].word;
        if (context->words[i].near && !phrases_neutral(phrases, word) && !phrases_has(phrases, indicator, word) &&
            !is_covered(phrases, context, indicator, i))
            return true;
    }
    return false;
}

/* The weights of a phrase's words together; 0 when one is not there. */
static double sum_of(const Phrase *phrase) {
    double sum = 0;
    for (size_t i = 0; i < phrase->n_slots; i++) {
        if (phrase->weights[i] <= 0) return 0;
        sum += phrase->weights[i];
    }
    return sum;
}

const Fit *phrases_fit(Phrases *phrases, const Context *context, size_t *ret_count) {
    size_t n_touched = 0, count = 0;
    phrases->turn++;
    for (size_t i = 0; i < context->count; i++)
        n_touched = fill(phrases, &phrases->words[context->words[i].word], context->words[i].weight,
                         context->words[i].near, n_touched);
    for (size_t i = 0; i < n_touched; i++) {
        const Phrase *phrase = &phrases->list[phrases->touched[i]];
        const Indicator *indicator = &phrases->catalog->indicators[phrase->indicator];
        double sum = phrase->near || context->bare ? sum_of(phrase) : 0;
        if (sum > 0 && !leaves_untold(phrases, context, indicator))
            phrases->fits[count++] = (Fit){indicator, sum, phrase->n_slots, phrase->weights[phrase->n_slots - 1]};
    }
    *ret_count = count;
    return phrases->fits;
}
