/* check/scan/lexicon.c: sets of words, each a hash table by its runes; a filter of first and last runes keeps most places of
 * a text from being looked up at all. */
#include "check/scan/lexicon.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/scan/text.h"

#define FILTER_BITS    16384u
#define UNIT_RUNES_MAX 8 /* of the measures that lists name */

typedef struct Entry {
    Word word;
    UT_hash_handle hh;
} Entry;

struct WordSet {
    Entry *entries;
    size_t longest;
    uint8_t first[FILTER_BITS]; /* the longest word that begins with a rune of the place; 0: none does */
    uint64_t last[FILTER_BITS / 64];
};

/* --- making --- */

static void mark(uint64_t *filter, uint32_t rune) { filter[rune % FILTER_BITS / 64] |= (uint64_t)1 << (rune % 64); }
static bool may_hold(const uint64_t *filter, uint32_t rune) {
    return filter[rune % FILTER_BITS / 64] >> (rune % 64) & 1;
}

static int drop_entries(WordSet *set) {
    HASH_CLEAR(hh, set->entries);
    return 0;
}

WordSet *word_set_new(const void *ctx) {
    WordSet *set = mem_new(ctx, WordSet);
    talloc_set_destructor(set, drop_entries);
    return set;
}

static const Entry *find(const WordSet *set, const uint32_t *runes, size_t size) {
    Entry *entry;
    HASH_FIND(hh, set->entries, runes, size * sizeof *runes, entry);
    return entry;
}

void word_set_add(WordSet *set, const char *text, size_t tag) {
    Entry *entry = mem_new(set, Entry);
    entry->word.tag = tag;
    entry->word.runes = text_fold_runes(entry, text, &entry->word.size);
    if (!entry->word.size || find(set, entry->word.runes, entry->word.size)) return;
    HASH_ADD_KEYPTR(hh, set->entries, entry->word.runes, entry->word.size * sizeof *entry->word.runes, entry);
    if (entry->word.size > set->longest) set->longest = entry->word.size;
    uint8_t *first = &set->first[entry->word.runes[0] % FILTER_BITS];
    if (entry->word.size > *first) *first = (uint8_t)(entry->word.size < UINT8_MAX ? entry->word.size : UINT8_MAX);
    mark(set->last, entry->word.runes[entry->word.size - 1]);
}

static void add_words(WordSet *set, const Names *words, size_t tag) {
    for (size_t i = 0; i < words->count; i++) word_set_add(set, words->list[i].text, tag);
}

/* Which set of the lexicon a list of prose.yaml fills. */
static const struct {
    const char *name;
    size_t offset;
} lists[] = {
#define LIST(name) {#name, offsetof(Lexicon, name)},
    LEXICON_LISTS
#undef LIST
};

static void add_lists(Lexicon *lexicon, const Prose *prose) {
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        WordSet *set = word_set_new(lexicon);
        *(const WordSet **)(void *)((char *)lexicon + lists[i].offset) = set;
        for (size_t k = 0; k < prose->n_words; k++)
            if (!strcmp(prose->words[k].name.text, lists[i].name)) add_words(set, &prose->words[k].words, k);
    }
}

static ClaimKind kind_of(const char *name) {
    for (ClaimKind kind = CLAIM_COUNT; kind < CLAIM_OTHER; kind++)
        if (!strcmp(claim_kind_name(kind), name)) return kind;
    return CLAIM_OTHER;
}

static void add_measures(Lexicon *lexicon, const Prose *prose) {
    Measure *list = mem_array(lexicon, Measure, prose->n_measures);
    WordSet *set = word_set_new(lexicon);
    for (size_t i = 0; i < prose->n_measures; i++) {
        const ProseMeasure *measure = &prose->measures[i];
        list[i] = (Measure){measure->unit.text, kind_of(measure->kind_name.text), measure->digits, measure->pronoun};
        add_words(set, &measure->words, i);
    }
    lexicon->list = list;
    lexicon->n_measures = prose->n_measures;
    lexicon->measures = set;
}

static void add_same(Lexicon *lexicon, const Prose *prose) {
    WordSet *set = word_set_new(lexicon);
    Word *means = mem_array(lexicon, Word, prose->n_same);
    for (size_t i = 0; i < prose->n_same; i++) {
        means[i].runes = text_fold_runes(lexicon, prose->same[i].means.text, &means[i].size);
        word_set_add(set, prose->same[i].means.text, i);
        add_words(set, &prose->same[i].words, i);
    }
    lexicon->same = set;
    lexicon->means = means;
}

Lexicon *lexicon_new(const void *ctx, const Prose *prose) {
    Lexicon *lexicon = mem_new(ctx, Lexicon);
    lexicon->prose = prose;
    add_lists(lexicon, prose);
    add_measures(lexicon, prose);
    add_same(lexicon, prose);
    return lexicon;
}

bool lexicon_alike(const Lexicon *lexicon, const char *unit, const char *other) {
    if (!strcmp(unit, other)) return true;
    for (size_t i = 0; i < lexicon->prose->n_alike; i++) {
        const Names *words = &lexicon->prose->alike[i].words;
        int found = 0;
        for (size_t k = 0; k < words->count; k++)
            found += !strcmp(words->list[k].text, unit) || !strcmp(words->list[k].text, other);
        if (found == 2) return true;
    }
    return false;
}

bool lexicon_lists(const WordSet *set, const char *unit) {
    uint32_t runes[UNIT_RUNES_MAX];
    const char *at = unit, *end = unit + strlen(unit);
    size_t size = 0;
    while (at < end && size < UNIT_RUNES_MAX) runes[size++] = text_next(&at, end);
    return size && at == end && find(set, runes, size);
}

/* --- finding --- */

const Word *words_at(const WordSet *set, const uint32_t *at) {
    size_t longest = set->first[*at % FILTER_BITS], room = 0;
    while (room < longest && at[room] && at[room] != '\n') room++;
    for (; room; room--) {
        const Entry *entry = find(set, at, room);
        if (entry) return &entry->word;
    }
    return NULL;
}

const Word *words_before(const WordSet *set, const uint32_t *start, const uint32_t *at) {
    if (at == start || !may_hold(set->last, at[-1])) return NULL;
    size_t room = (size_t)(at - start) < set->longest ? (size_t)(at - start) : set->longest;
    for (; room; room--) {
        const Entry *entry = find(set, at - room, room);
        if (entry) return &entry->word;
    }
    return NULL;
}

const uint32_t *words_within(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word) {
    for (const uint32_t *at = from; at < to; at++) {
        const Word *word = words_at(set, at);
        if (!word || word->size > (size_t)(to - at)) continue;
        if (ret_word) *ret_word = word;
        return at;
    }
    return NULL;
}

const uint32_t *words_last(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word) {
    for (const uint32_t *at = to; at > from; at--) {
        const Word *word = words_before(set, from, at);
        if (!word) continue;
        if (ret_word) *ret_word = word;
        return at - word->size;
    }
    return NULL;
}
