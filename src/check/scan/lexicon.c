/* check/scan/lexicon.c: sets of words, each two tries, one from the first rune on and one from the last back; their
 * edges stand in one hash table, and a filter of first and last runes keeps most places of a text from being looked up
 * at all. */
#include "check/scan/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/scan/text.h"

#define EDGES_FIRST 64u
#define RUNE_BITS   21
#define VISITS      "次" /* that ends a unit of visits: 人次 */

#define ONWARD   0u /* the nodes where the tries begin */
#define BACKWARD 1u

/* From a node over a rune to the next; the key is both. No edge leads to the first node: 0 is an empty place. */
typedef struct Edge {
    uint64_t key;
    uint32_t to;
} Edge;

struct WordSet {
    const Word **nodes; /* the word that ends at each, or NULL */
    size_t n_nodes;
    Edge *edges;
    size_t n_edges, room; /* a power of two */
    Runes first, last;    /* of its words */
};

/* --- making --- */

static uint64_t edge_key(uint32_t node, uint32_t rune) { return (uint64_t)node << RUNE_BITS | rune; }

/* Where an edge stands, or would. */
static Edge *edge_place(const WordSet *set, uint64_t key) {
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (set->room - 1);
    while (set->edges[at].to && set->edges[at].key != key) at = (at + 1) & (set->room - 1);
    return &set->edges[at];
}

WordSet *word_set_new(const void *ctx) {
    WordSet *set = mem_new(ctx, WordSet);
    set->room = EDGES_FIRST;
    set->edges = mem_array(set, Edge, set->room);
    *mem_push(set, set->nodes, set->n_nodes) = NULL; /* ONWARD, BACKWARD */
    *mem_push(set, set->nodes, set->n_nodes) = NULL;
    return set;
}

static void make_room(WordSet *set) {
    if (set->n_edges * 2 < set->room) return;
    Edge *old = set->edges;
    size_t n = set->room;
    set->room *= 2;
    set->edges = mem_array(set, Edge, set->room);
    for (size_t i = 0; i < n; i++)
        if (old[i].to) *edge_place(set, old[i].key) = old[i];
    talloc_free(old);
}

/* The node that an edge leads to; made when there is none. */
static uint32_t step_new(WordSet *set, uint32_t node, uint32_t rune) {
    make_room(set);
    Edge *edge = edge_place(set, edge_key(node, rune));
    if (edge->to) return edge->to;
    *edge = (Edge){.key = edge_key(node, rune), .to = (uint32_t)set->n_nodes};
    set->n_edges++;
    *mem_push(set, set->nodes, set->n_nodes) = NULL;
    return edge->to;
}

void word_set_add(WordSet *set, const char *text, size_t tag) {
    Word *word = mem_new(set, Word);
    word->tag = tag;
    word->runes = text_fold_runes(word, text, &word->size);
    if (!word->size) return;
    uint32_t node = ONWARD;
    for (size_t i = 0; i < word->size; i++) node = step_new(set, node, word->runes[i]);
    if (set->nodes[node]) return;
    set->nodes[node] = word;
    node = BACKWARD;
    for (size_t i = word->size; i-- > 0;) node = step_new(set, node, word->runes[i]);
    set->nodes[node] = word;
    runes_add(&set->first, word->runes[0]);
    runes_add(&set->last, word->runes[word->size - 1]);
}

/* The word of a set that a unit is, whole; NULL. */
static const Word *find_unit(const WordSet *set, const char *unit, size_t size) {
    uint32_t node = ONWARD;
    for (const char *end = unit + size; unit < end;)
        if (!(node = edge_place(set, edge_key(node, text_next(&unit, end)))->to)) return NULL;
    return set->nodes[node];
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

static const Word *find_name(const WordSet *set, const Name *unit) {
    return find_unit(set, unit->text, strlen(unit->text));
}

/* The groups of prose.yaml as a table, unit by unit. */
static void add_alike(Lexicon *lexicon, const Prose *prose) {
    WordSet *units = word_set_new(lexicon);
    size_t n = 0;
    for (size_t i = 0; i < prose->n_alike; i++)
        for (size_t k = 0; k < prose->alike[i].words.count; k++)
            word_set_add(units, prose->alike[i].words.list[k].text, n++);
    bool *alike = mem_array(lexicon, bool, n *n + 1);
    for (size_t i = 0; i < prose->n_alike; i++) {
        const Names *words = &prose->alike[i].words;
        for (size_t pair = 0; pair < words->count * words->count; pair++) {
            const Word *one = find_name(units, &words->list[pair / words->count]);
            const Word *other = find_name(units, &words->list[pair % words->count]);
            if (one && other) alike[one->tag * n + other->tag] = true;
        }
    }
    lexicon->units = units;
    lexicon->alike = alike;
    lexicon->n_units = n;
}

Lexicon *lexicon_new(const void *ctx, const Prose *prose) {
    Lexicon *lexicon = mem_new(ctx, Lexicon);
    lexicon->prose = prose;
    add_lists(lexicon, prose);
    add_measures(lexicon, prose);
    add_same(lexicon, prose);
    add_alike(lexicon, prose);
    return lexicon;
}

/* --- units --- */

static bool are_alike(const Lexicon *lexicon, const char *unit, size_t size, const char *other) {
    const Word *one = find_unit(lexicon->units, unit, size), *same = find_unit(lexicon->units, other, strlen(other));
    return one && same && lexicon->alike[one->tag * lexicon->n_units + same->tag];
}

bool lexicon_alike(const Lexicon *lexicon, const char *unit, const char *other) {
    return unit == other || !strcmp(unit, other) || are_alike(lexicon, unit, strlen(unit), other);
}

bool lexicon_visits(const Lexicon *lexicon, const char *unit, const char *other) {
    size_t size = strlen(unit), end = strlen(VISITS);
    return size > end && !strcmp(unit + size - end, VISITS) && are_alike(lexicon, unit, size - end, other);
}

bool lexicon_lists(const WordSet *set, const char *unit) { return find_unit(set, unit, strlen(unit)) != NULL; }

/* --- finding --- */

void words_begin(const WordSet *set, Runes *runes) {
    for (size_t i = 0; i < RUNES_BITS / 64; i++) runes->bits[i] |= set->first.bits[i];
}

/* No word holds a line feed or the 0 behind a text: the way ends there at the latest. */
static const Word *longest_at(const WordSet *set, const uint32_t *at) {
    const Word *longest = NULL;
    for (uint32_t node = ONWARD; (node = edge_place(set, edge_key(node, *at))->to) != 0; at++)
        if (set->nodes[node]) longest = set->nodes[node];
    return longest;
}

const Word *words_at(const WordSet *set, const uint32_t *at) {
    return runes_may_hold(&set->first, *at) ? longest_at(set, at) : NULL;
}

const Word *words_before(const WordSet *set, const uint32_t *start, const uint32_t *at) {
    const Word *longest = NULL;
    if (at == start || !runes_may_hold(&set->last, at[-1])) return NULL;
    for (uint32_t node = BACKWARD; at > start && (node = edge_place(set, edge_key(node, *--at))->to) != 0;)
        if (set->nodes[node]) longest = set->nodes[node];
    return longest;
}

const uint32_t *words_within(const WordSet *set, const uint32_t *from, const uint32_t *to, const Word **ret_word) {
    for (const uint32_t *at = from; at < to; at++) {
        const Word *word = runes_may_hold(&set->first, *at) ? longest_at(set, at) : NULL;
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
