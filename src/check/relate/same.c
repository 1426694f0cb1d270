/* check/relate/same.c: one fact that a text states more than once. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bound.h"
#include "check/relate/facts.h"

#define SURE         90 /* confidence of both indicators without which two numbers are not called contradictory */
#define ALIKE_RUNES  5  /* that the subjects of unbound claims must share at their end */
#define CLAUSE_RUNES 48 /* on either side of a number that are its clause */
#define SAME_WORDS   4  /* characters in a row that both must have around them to contradict one another */
#define SLIP_PART    10 /* of a number by which it is off, when it is certain that both are of one thing */
#define TURNED_LEAST 12 /* the least number whose digits can be turned round */
#define EQUALS_MAX   4  /* claims of one thing behind one that are looked at */

/* What there is at the end of a time is the same whenever the time began. */
static bool same_period(const Claim *a, const Claim *b) {
    bool stock = a->indicator && a->indicator->kind == INDICATOR_STOCK;
    return (stock || a->period.start == b->period.start) && a->period.end == b->period.end;
}

/* The words before the number end alike. */
static bool worded_alike(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t a = work->mentions[index].from, b = work->mentions[other].from;
    size_t from_a = fact_near_from(work, index), from_b = fact_near_from(work, other), n = 0;
    while (n < ALIKE_RUNES && a > from_a && b > from_b && runes[a - 1] == runes[b - 1]) {
        n++;
        a--;
        b--;
    }
    return n >= ALIKE_RUNES;
}

bool fact_is_same(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool targets =
        a->face == FACE_TARGET && b->face == FACE_TARGET; /* what is aimed at, and what is still to be reached */
    if (a->kind != b->kind || a->face != b->face || a->face == FACE_GROWTH || (a->plan != b->plan && !targets) ||
        !same_period(a, b))
        return false;
    if (work->mentions[index].in_range || work->mentions[other].in_range || !fact_same_unit(work, a, b)) return false;
    return a->indicator || b->indicator ? a->indicator == b->indicator : worded_alike(work, index, other);
}

/* The clause of a claim, as far as it is not longer than people write. */
static void clause_of(const Work *work, size_t index, size_t ret_span[2]) {
    const Mention *mention = &work->mentions[index];
    size_t from = work_clause_from(work, mention->from), to = work_clause_to(work, mention->to);
    ret_span[0] = mention->from > from + CLAUSE_RUNES ? mention->from - CLAUSE_RUNES : from;
    ret_span[1] = mention->to + CLAUSE_RUNES < to ? mention->to + CLAUSE_RUNES : to;
}

bool fact_shares_words(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t a[2], b[2];
    clause_of(work, index, a);
    clause_of(work, other, b);
    for (size_t i = a[0]; i + 1 < a[1]; i++)
        for (size_t k = b[0]; k + 1 < b[1]; k++)
            if (runes[i] == runes[k] && runes[i + 1] == runes[k + 1] && text_is_han(runes[i]) &&
                text_is_han(runes[i + 1]) && !numeral_is_part(runes[i]) && !numeral_is_part(runes[i + 1]))
                return true;
    return false;
}

void relation_add_same(Work *work, size_t first, size_t again, bool holds) {
    char says[DECIMAL_SIZE + sizeof "≠" + DECIMAL_SIZE];
    const size_t claims[] = {first, again};
    decimal_format(work->checked->claims[first].value, says);
    (void)strcat(says, holds ? "=" : "≠");
    decimal_format(work->checked->claims[again].value, says + strlen(says));
    relation_add(work, RELATION_SAME, claims, 2, says, holds);
}

bool fact_in_one_sentence(const Work *work, size_t index, size_t other) {
    return work_sentence_from(work, work->mentions[index].from) == work_sentence_from(work, work->mentions[other].from);
}

/* Claims in the order of what they are of, so that the same stand together however long the text. */
typedef struct Keyed {
    uint64_t key;
    size_t index;
} Keyed;

static uint64_t key_of(const Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    if (claim->indicator) return (uint64_t)(uintptr_t)claim->indicator;
    uint64_t key = 1469598103934665603u;
    size_t from = fact_near_from(work, index), at = work->mentions[index].from, n = 0;
    for (; at > from && n < ALIKE_RUNES; at--, n++) key = (key ^ work->text->runes[at - 1]) * 1099511628211u;
    return n < ALIKE_RUNES ? 0 : key | 1;
}

static int compare_keyed(const void *left, const void *right) {
    const Keyed *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The characters right before a number, but for 只有, 为 and the like: 登记成果, and 成果登记 of 成果登记只有46件. */
static bool words_of(const Work *work, size_t index, uint32_t ret_words[SAME_WORDS]) {
    const uint32_t *runes = work->text->runes;
    size_t from = fact_near_from(work, index), at = work->mentions[index].from;
    for (const Word *idle; (idle = words_before(work->lexicon->idle, runes + from, runes + at));) at -= idle->size;
    for (size_t n = 0; n < SAME_WORDS; n++) {
        if (at - n <= from || !text_is_han(runes[at - n - 1])) return false;
        ret_words[n] = runes[at - n - 1];
    }
    return true;
}

/* The same words before both, in whatever order. */
static bool worded_over(const Work *work, size_t first, size_t again) {
    uint32_t one[SAME_WORDS], other[SAME_WORDS];
    if (!words_of(work, first, one) || !words_of(work, again, other)) return false;
    for (size_t i = 0; i < SAME_WORDS; i++) {
        size_t k = 0;
        while (k < SAME_WORDS && other[k] != one[i]) k++;
        if (k == SAME_WORDS) return false;
        other[k] = 0;
    }
    return true;
}

/* 比上年的46场: of another time, dated or not. */
static bool is_compared(const Work *work, size_t index) {
    return work_says(work, work->lexicon->compare, fact_near_from(work, index), work->mentions[index].from);
}

bool fact_is_close(const Work *work, size_t index, size_t other, int nth) {
    Decimal gap, manifold;
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    const Claim *larger = decimal_compare(a->value, b->value) > 0 ? a : b;
    if (!decimal_subtract(a->value, b->value, &gap) ||
        !decimal_multiply(gap, (Decimal){gap.units < 0 ? -nth : nth, 0}, &manifold))
        return false;
    return decimal_compare(manifold, larger->value) <= 0;
}

/* 241 and 214: the same digits in another order, as fingers turn them round. */
static bool is_turned(const Claim *a, const Claim *b) {
    int counts[10] = {0};
    int64_t one = a->value.units, other = b->value.units;
    if (one < TURNED_LEAST || a->value.scale != b->value.scale) return false;
    for (; one > 0; one /= 10) counts[one % 10]++;
    for (; other > 0; other /= 10) counts[other % 10]--;
    for (size_t i = 0; i < 10; i++)
        if (counts[i]) return false;
    return true;
}

/* Its sentence speaks of aims: perhaps it is one, whatever else was read. */
static bool is_aimed(const Work *work, size_t index) {
    size_t from = work_sentence_from(work, work->mentions[index].from), to = work->mentions[index].from;
    return work_says(work, work->lexicon->strong_plan, from, to) ||
           work_says(work, work->lexicon->plan_heading, from, to);
}

/* 城关镇登记成果220件, 38人已到岗: of some place or body, or of those that have come so far. */
static bool is_of_some(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    return work_says(work, work->lexicon->of_some, fact_near_from(work, index), mention->from) ||
           words_at(work->lexicon->done, work->text->runes + mention->to);
}

/* 县自定目标220件: not the one that was set from above. */
static bool sets_own(const Work *work, size_t index) {
    size_t to = work_clause_to(work, work->mentions[index].to);
    return work_says(work, work->lexicon->own_target, work_clause_from(work, work->mentions[index].from), to);
}

/* 反馈问题累计15个，已销号13个: of all time, not of the period. */
static bool is_of_all_time(const Work *work, size_t index) {
    size_t from = work_sentence_from(work, work->mentions[index].from);
    return work_says(work, work->lexicon->all_time, from, work->mentions[index].from);
}

/* 公示61家，其中首次认定39家: a part of a whole of which nothing is known counts in that whole's way. */
static bool is_of_unknown_whole(const Work *work, size_t index, const size_t *wholes) {
    size_t whole = wholes[index];
    return whole < index && !work->checked->claims[whole].indicator &&
           work_says(work, work->lexicon->among, work->mentions[whole].to, work->mentions[index].from);
}

/* Two numbers of one thing: said far from one another in the same words. Within a paragraph they are mostly told apart
 * by something the grammar does not see. */
static bool contradicts(const Work *work, size_t first, size_t again, const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    bool slip = fact_is_close(work, first, again, SLIP_PART) || is_turned(&claims[first], &claims[again]);
    bool planned = claims[first].plan && claims[again].plan; /* a target of others may be one of two */
    bool certain = slip && ((claims[first].face == FACE_VALUE && !is_aimed(work, first) && !is_aimed(work, again)) ||
                            (planned && claims[first].face == FACE_TARGET));
    if (is_compared(work, first) || is_compared(work, again) || fact_in_row(work, first, again)) return false;
    bool headed = work->mentions[again].heading == work->mentions[first].paragraph; /* what a heading tells at once */
    if (!headed && (is_of_some(work, first) || is_of_some(work, again))) return false;
    if (sets_own(work, first) != sets_own(work, again)) return false;
    if (is_of_all_time(work, first) != is_of_all_time(work, again)) return false;
    if (is_of_unknown_whole(work, first, wholes) || is_of_unknown_whole(work, again, wholes)) return false;
    return work->mentions[first].paragraph != work->mentions[again].paragraph &&
           (fact_common_around(work, first, again, SAME_WORDS) || worded_over(work, first, again) ||
            fact_noun_alike(work, first, again) || certain);
}

/* 近900万元, 4.3亿元, 1.2万人次; 一千件 is not. */
static bool is_rounded(const Claim *claim) {
    bool thousands = claim->precision >= 3 && decimal_compare(claim->value, (Decimal){10000, 0}) >= 0;
    return claim->bound != BOUND_EXACT || claim->kind != CLAIM_COUNT || thousands;
}

/* Whether the two state one fact. */
static bool relate_pair(Work *work, size_t first, size_t again, const size_t *wholes) {
    if (!fact_is_same(work, first, again) || fact_in_one_sentence(work, first, again)) return false;
    const Claim *a = &work->checked->claims[first], *b = &work->checked->claims[again];
    bool close = fact_is_close(work, first, again, CLOSE_PART) || is_turned(a, b);
    if (decimal_compare(a->value, b->value) == 0) return true; /* said of equal numbers already */
    if (close && (is_rounded(a) || is_rounded(b)) && bound_meets(a, b))
        relation_add_same(work, first, again, true);
    else if (a->confidence >= SURE && b->confidence >= SURE && a->plan == b->plan && close &&
             contradicts(work, first, again, wholes))
        relation_add_same(work, first, again, false);
    else
        return false;
    return true;
}

void relate_same(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t n = work->checked->n_claims;
    Keyed *keyed = mem_array(scratch, Keyed, n + 1);
    const size_t *wholes = facts_wholes(scratch, work);
    for (size_t i = 0; i < n; i++) keyed[i] = (Keyed){key_of(work, i), i};
    qsort(keyed, n, sizeof *keyed, compare_keyed);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; keyed[i].key && k < n && k <= i + EQUALS_MAX && keyed[k].key == keyed[i].key; k++)
            if (relate_pair(work, keyed[i].index, keyed[k].index, wholes)) break;
}
