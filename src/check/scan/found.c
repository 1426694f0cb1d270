/* check/scan/found.c: the bounds around a number, and the claim that both make. */
#include "check/scan/found.h"

#include "base/text.h"

#define SHARE       0x5360u /* 占 */
#define BOUND_RUNES 4       /* of a word of bound at most */
#define SHARE_BACK  16      /* runes between it and its percentage at most */
#define VERB_RUNES  3       /* of a verb between 至少 and its number at most */
#define COMMA_LIST  0x3001u /* 、 */

bool found_ends(uint32_t rune) {
    return rune_ends_clause(rune) || rune == COMMA_LIST || rune == '(' || rune == ')' || rune == '.' || rune == '|' ||
           rune == 0x201D || rune == 0x3000;
}

typedef struct Around {
    Bound before, after;
    size_t from, to; /* the claim with them */
} Around;

typedef struct BoundWords {
    Bound bound;
    size_t before, after; /* sets, as places in the lexicon */
} BoundWords;

#define SET(name) offsetof(Lexicon, name)
static const BoundWords bound_words[] = {
    {BOUND_NEAR, SET(near_before), 0},
    {BOUND_OVER, SET(over_before), SET(over_after)},
    {BOUND_AT_LEAST, SET(least_before), SET(least_after)},
    {BOUND_AT_MOST, SET(most_before), SET(most_after)},
    {BOUND_LESS, SET(less_before), 0},
    {BOUND_ABOUT, SET(about_before), SET(about_after)},
};

static const WordSet *set_at(const Lexicon *lexicon, size_t place) {
    return *(const WordSet *const *)(const void *)((const char *)lexicon + place);
}

/* The longest word of bound that ends right before a rune. */
const Word *found_bound_before(const Work *work, const uint32_t *at, Bound *ret_bound) {
    const Word *best = NULL;
    for (size_t i = 0; i < sizeof bound_words / sizeof bound_words[0]; i++) {
        const Word *word = words_before(set_at(work->lexicon, bound_words[i].before), work->text->runes, at);
        if (!word || (best && word->size <= best->size)) continue;
        best = word;
        *ret_bound = bound_words[i].bound;
    }
    const Word *other = best ? words_before(work->lexicon->not_bound, work->text->runes, at) : NULL;
    return other && other->size > best->size ? NULL : best;
}

static void look_before(const Work *work, const Numeral *numeral, size_t number, Around *around) {
    const uint32_t *at = work->text->runes + number;
    const Word *word = found_bound_before(work, at, &around->before);
    const Word *filler = word ? NULL : words_before(work->lexicon->filler, work->text->runes, at);
    if (filler) word = found_bound_before(work, at - filler->size, &around->before);
    bool up = word && word->size == 1 && word->runes[0] == 0x4E0A; /* 上百, but not 以上100 */
    if (!word || (up && (!numeral->bare || filler))) {
        around->before = BOUND_EXACT;
        return;
    }
    around->from = number - (filler ? filler->size : 0) - word->size;
}

/* 至少培育2家: the verb stands between the number and its bound. */
static void look_before_verb(const Work *work, size_t number, Around *around) {
    const uint32_t *runes = work->text->runes;
    for (size_t at = number - 1; at > 0 && at + VERB_RUNES >= number && text_is_han(runes[at]); at--) {
        const Word *word = words_before(work->lexicon->least_adverb, runes, runes + at);
        if (!word) continue;
        around->before = BOUND_AT_LEAST;
        around->from = at - word->size;
        return;
    }
}

static void look_after(const Work *work, size_t end, Around *around) {
    const Word *best = NULL;
    for (size_t i = 0; i < sizeof bound_words / sizeof bound_words[0]; i++) {
        if (!bound_words[i].after) continue;
        const Word *word = words_at(set_at(work->lexicon, bound_words[i].after), work->text->runes + end);
        if (!word || (best && word->size <= best->size)) continue;
        if (word->size == 1 && !found_ends(work->text->runes[end + 1])) continue; /* 12家多出6家 */
        best = word;
        around->after = bound_words[i].bound;
    }
    if (best) around->to = end + best->size;
}

/* --- one claim --- */

Decimal found_scaled(Decimal value, int power) {
    for (; power > 0 && value.scale > 0; power--) value.scale--;
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value.units, 10, &value.units)) return (Decimal){0};
    return value;
}

/* 约占总数的三成, 近占全县的一半: the bound stands before 占; 不到提交数的一半: or opens the clause. */
static void look_before_share(const Work *work, size_t number, Around *around) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_from(work, number), at = number;
    if (at == clause || runes[at - 1] != 0x7684) return; /* 的 */
    while (at > clause && number - at < SHARE_BACK && runes[at - 1] != SHARE) at--;
    const Word *word = at > clause ? found_bound_before(work, runes + at, &around->before) : NULL;
    if (!word && at > clause) word = found_bound_before(work, runes + at - 1, &around->before);
    for (size_t size = 1; at == clause && !word && size <= BOUND_RUNES; size++) {
        word = found_bound_before(work, runes + clause + size, &around->before);
        if (word && word->size != size) word = NULL;
    }
    if (!word) around->before = BOUND_EXACT;
}

/* One bound before and another behind; 控制在45天以内 says one twice, as everybody does. */
static bool contradict(const Around *around) {
    bool both = around->before != BOUND_EXACT && around->after != BOUND_EXACT;
    return both && !(around->before == BOUND_AT_MOST && around->after == BOUND_AT_MOST);
}

void found_add(Work *work, const Found *found, Claim claim, Bound range) {
    Around around = {.from = found->number, .to = found->end};
    look_before(work, &found->numeral, found->number, &around);
    look_after(work, found->end, &around);
    if (found->number && around.before == BOUND_EXACT && around.after == BOUND_EXACT)
        look_before_verb(work, found->number, &around);
    if (claim.kind == CLAIM_PERCENT && around.before == BOUND_EXACT && around.after == BOUND_EXACT)
        look_before_share(work, found->number, &around);
    if (found->inner != BOUND_EXACT && around.after == BOUND_EXACT) around.after = found->inner;
    size_t clause = work_clause_from(work, around.from), n = work->checked->n_claims;
    size_t before = n ? work->mentions[n - 1].to : 0;
    Mention mention = {.from = around.from,
                       .to = around.to,
                       .number = found->number,
                       .end = found->end,
                       .near = clause > before ? clause : before,
                       .paragraph = work_paragraph(work, found->number),
                       .other = around.after,
                       .in_range = range != BOUND_EXACT,
                       .contradictory = contradict(&around)};
    claim.bound = around.before != BOUND_EXACT ? around.before : around.after;
    if (range != BOUND_EXACT) claim.bound = range;
    claim.start = text_start(work->text, around.from);
    claim.end = text_end(work->text, around.to - 1);
    claim.text = work_keep_text(work, around.from, around.to);
    (void)work_add_claim(work, &claim, &mention);
}

Claim found_claim(const Found *found) {
    Claim claim = {.value = found_scaled(found->numeral.value, found->power),
                   .precision = found->numeral.precision + found->power,
                   .unit = found->measure ? found->measure->unit : "",
                   .kind = found->measure   ? found->measure->kind
                           : found->ranked  ? CLAIM_RANK
                           : found->counted ? CLAIM_COUNT
                                            : CLAIM_OTHER,
                   .period = {DATE_NONE, DATE_NONE}};
    return claim;
}
