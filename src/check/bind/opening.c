/* check/bind/opening.c: what is found once before the claims of a text are bound: its known words, its asides, the area
 * it speaks of and its title. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bind/binding.h"

#define TITLE_LINES   3 /* among which the title stands */
#define TITLE_WEIGHT  3 /* of an area that it names, in times named otherwise */
#define LEVELS_MAX    8
#define TITLE_OPEN    0x300Au
#define TITLE_CLOSE   0x300Bu
#define BRACKET_RUNES 60      /* within which a bracket closes */
#define ETC           0x7B49u /* 等 */
#define ETC_RUNES     6       /* between 等 and the thing that the examples are of: 等形式多样的活动 */

/* --- its area --- */

/* How often each level of area is named: 县, 区, 市. */
typedef struct Levels {
    struct {
        uint32_t level;
        size_t count;
    } list[LEVELS_MAX];
    size_t used, best;
} Levels;

static void count_level(Levels *levels, uint32_t level, size_t weight) {
    size_t i = 0;
    while (i < levels->used && levels->list[i].level != level) i++;
    if (i == LEVELS_MAX) return;
    if (i == levels->used) levels->list[levels->used++].level = level;
    levels->list[i].count += weight;
    if (levels->list[i].count > levels->list[levels->best].count) levels->best = i;
}

/* 清漪区科技局: who writes, as the first lines have it. */
static void count_title(const Work *work, Levels *levels) {
    size_t last = work->text->n_paragraphs < TITLE_LINES ? work->text->n_paragraphs : TITLE_LINES;
    for (size_t i = 1; last && i + 1 < work->text->paragraphs[last - 1].to; i++) {
        uint32_t level = work->text->runes[i];
        bool area = level == 0x53BF || level == 0x533A || level == 0x5E02;                       /* 县区市 */
        if (area && work->text->runes[i + 1] == 0x79D1 && text_is_han(work->text->runes[i - 1])) /* 科 */
            count_level(levels, level, TITLE_WEIGHT);
    }
}

bool context_titled(const Work *work, const uint32_t *runes, size_t size) {
    size_t last = work->text->n_paragraphs < TITLE_LINES ? work->text->n_paragraphs : TITLE_LINES;
    size_t end = last ? work->text->paragraphs[last - 1].to : 0;
    for (size_t at = 0; at + size <= end; at++)
        if (work->text->runes + at != runes && !memcmp(work->text->runes + at, runes, size * sizeof *runes))
            return true;
    return false;
}

/* The last character of the area named most, as a document names its own: 全县, 我市. Places in ranks do not count. */
static uint32_t own_area(const Work *work) {
    Levels levels = {.used = 0};
    size_t claim = 0;
    const Word *word;
    const uint32_t *runes = work->text->runes, *end = runes + work->text->size;
    count_title(work, &levels);
    for (const uint32_t *at = runes; (at = words_within(work->lexicon->area, at, end, &word)) != NULL;
         at += word->size) {
        size_t behind = (size_t)(at - runes) + word->size;
        while (claim < work->checked->n_claims && work->mentions[claim].from < behind) claim++;
        if (claim < work->checked->n_claims && work->checked->claims[claim].kind == CLAIM_RANK &&
            work->mentions[claim].from == behind)
            continue;
        count_level(&levels, word->runes[word->size - 1], 1);
    }
    return levels.list[levels.best].level;
}

/* The title, if it tells of a thing: the first of the first lines that are no running text. */
static size_t title_of(const Binding *binding) {
    const Work *work = binding->work;
    for (size_t i = 0, seen = 0; i < work->text->n_paragraphs && seen < TITLE_LINES; i++) {
        const Paragraph *line = &work->text->paragraphs[i];
        if (line->litter) continue;
        if (!force_is_open(work, i)) return SIZE_MAX;
        seen++;
        const Hit *end = context_hits_from(binding, line->to);
        for (const Hit *hit = context_hits_from(binding, line->from); hit < end; hit++)
            if (phrases_is_thing(binding->phrases, hit->word)) return i;
    }
    return SIZE_MAX;
}

/* Where a list of parts or a bracket begins at a rune, how far it goes; at when none does. */
static Aside aside_at(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] == '(') {
        size_t to = at + 1;
        while (to < at + BRACKET_RUNES && runes[to] && runes[to] != ')' && runes[to] != '\n') to++;
        return (Aside){at, runes[to] == ')' ? to + 1 : at, true};
    }
    bool begins = at && rune_ends_clause(runes[at - 1]) && words_at(work->lexicon->among, runes + at);
    return (Aside){at, begins ? work_period_to(work, at) : at, false};
}

static void find_asides(Binding *binding, const void *ctx) {
    Aside *asides = NULL;
    size_t count = 0;
    for (size_t at = 0; at < binding->work->text->size; at++) {
        Aside aside = aside_at(binding->work, at);
        if (aside.to > at) *mem_push(ctx, asides, count) = aside;
    }
    binding->asides = asides;
    binding->n_asides = count;
}

/* 科技周、科普日等科普活动30场: where 等 stands between two hits and is no part of 高等, 三等奖; 0 where it does not.
 */
static size_t etc_between(const Work *work, const Hit *before, const Hit *hit) {
    const uint32_t *runes = work->text->runes;
    for (size_t at = before->at + before->size; at < hit->at && !rune_ends_clause(runes[at]); at++)
        if (runes[at] == ETC && hit->at <= at + ETC_RUNES && !numeral_is_part(runes[at - 1])) return at;
    return 0;
}

/* Where the examples begin that a hit ends: with its clause, or behind the number before; at the hit when there are
 * none.
 */
static size_t examples_from(const Binding *binding, const Hit *before, const Hit *hit, size_t claim) {
    const Work *work = binding->work;
    size_t etc = before && phrases_is_thing(binding->phrases, hit->word) ? etc_between(work, before, hit) : 0;
    if (!etc) return hit->at;
    size_t from = work_clause_from(work, etc), behind = claim ? work->mentions[claim - 1].to : 0;
    return from > behind ? from : behind;
}

/* A thing told by examples is that thing alone: the things before 等 are taken from the hits. */
static void drop_examples(Binding *binding, Hit *hits) {
    size_t kept = 0, claim = 0;
    for (size_t i = 0; i < binding->n_hits; i++) {
        Hit hit = hits[i];
        while (claim < binding->work->checked->n_claims && binding->work->mentions[claim].to <= hit.at) claim++;
        size_t from = examples_from(binding, kept ? &hits[kept - 1] : NULL, &hit, claim), first = kept, end = kept;
        while (first && hits[first - 1].at >= from) first--;
        kept = first;
        for (size_t k = first; k < end; k++)
            if (!phrases_is_thing(binding->phrases, hits[k].word)) hits[kept++] = hits[k];
        hits[kept++] = hit;
    }
    binding->n_hits = kept;
}

void context_open(Binding *binding, const void *ctx) {
    const Text *text = binding->work->text;
    Hit *hits = NULL, hit;
    size_t count = 0;
    bool named = false; /* within 《》 */
    for (size_t at = 0; at < text->size; at += phrases_at(binding->phrases, text->runes + at, &hit) ? hit.size : 1) {
        uint32_t rune = text->runes[at];
        named = rune == TITLE_OPEN || (named && rune != TITLE_CLOSE && rune != '\n');
        if (named || !phrases_at(binding->phrases, text->runes + at, &hit) || hit.word == NO_WORD) continue;
        hit.at = at;
        *mem_push(ctx, hits, count) = hit;
    }
    binding->hits = hits;
    binding->n_hits = count;
    drop_examples(binding, hits);
    find_asides(binding, ctx);
    binding->area = own_area(binding->work);
    binding->title = title_of(binding);
    const Paragraph *first = text->n_paragraphs ? &text->paragraphs[0] : NULL;
    binding->zone = first && work_says(binding->work, binding->work->lexicon->zone, first->from, first->to);
    binding->force.paragraph = binding->lost = SIZE_MAX;
}
