/* check/relate/recall.c: a number that says itself that it was said before, and is another: 上述86场科普活动, of 88;
 * 310家高企撑起半壁江山, of 312. */
#include "check/relate/echo.h"

#define NOUN_LEAST    4 /* runes of a noun that all of is said: 整改任务 */
#define NOUN_MOST     8
#define SLIP_PART     20  /* of a number by which a slip is off at most */
#define OPENING_RUNES 2   /* of 一是 before a number that opens its clause */
#define RECALL_FAR    200 /* claims before 上述 among which what it recalls is looked for */

/* A thing of prose.yaml that stands at a rune is named before the other number, by whichever name. */
static bool names_thing(const Work *work, size_t at, size_t other) {
    const Word *thing = words_at(work->lexicon->same, work->text->runes + at);
    for (size_t i = fact_near_from(work, other); thing && i < work->mentions[other].from; i++) {
        const Word *named = words_at(work->lexicon->same, work->text->runes + i);
        if (named && named->tag == thing->tag) return true;
    }
    return false;
}

/* Of what is there, and off by a digit or two at most: what does not say that it comes back may be of something else.
 */
static bool is_slip(const Work *work, size_t index, size_t other) {
    const Claim *claim = &work->checked->claims[index];
    return !claim->plan && claim->face == FACE_VALUE && fact_is_close(work, index, other, SLIP_PART);
}

/* What 上述 recalls: the nearest number before it of that noun. None when its own number stands before it: 其中12场 …
 * 上述12场. */
static size_t find_recalled(const Work *work, size_t index, size_t noun, bool slip) {
    size_t found = SIZE_MAX, first = index > RECALL_FAR ? index - RECALL_FAR : 0;
    for (size_t i = index; i-- > first;) {
        if (!echo_can(work, i, index) || (slip && !is_slip(work, i, index))) continue;
        if (decimal_compare(work->checked->claims[i].value, work->checked->claims[index].value) == 0) return SIZE_MAX;
        bool noun_there = echo_has_noun(work, noun, i) || names_thing(work, noun, i);
        if (found == SIZE_MAX && fact_is_close(work, i, index, CLOSE_PART) && noun_there &&
            !fact_told_apart(work, i, index))
            found = i;
    }
    return found;
}

/* 58场科普活动全部免费: all of what was said before. */
static const Word *all_of(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[index].to, to = work_clause_to(work, from);
    const Word *word = NULL;
    const uint32_t *at = words_within(work->lexicon->all, runes + from, runes + to, &word);
    if (!at || at < runes + from + NOUN_LEAST || at > runes + from + NOUN_MOST) return NULL;
    for (const uint32_t *rune = runes + from; rune < at; rune++)
        if (!echo_is_han(*rune) || words_at(work->lexicon->idle, rune)) return NULL;
    return word;
}

/* 310家高企撑起半壁江山, 133家高新技术企业仅占三成: the number and the thing open a clause that speaks of all of them.
 */
static const Word *whole_of(const Work *work, size_t index) {
    static const uint32_t behind[] = {0x4E2D, 0x91CC, 0x5360, 0x4EC5, 0x5747, 0x90FD, 0x6491}; /* 中里占仅均都撑 */
    const Mention *mention = &work->mentions[index];
    const Word *thing = words_at(work->lexicon->same, work->text->runes + mention->to);
    if (!thing || mention->from > fact_near_from(work, index) + OPENING_RUNES) return NULL;
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++)
        if (work->text->runes[mention->to + thing->size] == behind[i]) return thing;
    return NULL;
}

static void relate_recalled(Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    const Word *word = words_before(work->lexicon->recall, runes, runes + work->mentions[index].from);
    if (!word) word = all_of(work, index);
    bool slip = !word;
    if (!word) word = whole_of(work, index);
    size_t noun = word && fact_is_amount(&work->checked->claims[index]) ? echo_noun_behind(work, index) : 0;
    size_t first = noun ? find_recalled(work, index, noun, slip) : SIZE_MAX;
    if (first != SIZE_MAX) relation_add_same(work, first, index, false);
}

void relate_recalls(Work *work) {
    for (size_t i = 0; i < work->checked->n_claims; i++) relate_recalled(work, i);
}
