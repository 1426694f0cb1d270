/* check/relate/echo.c: a number that comes back in other words: 登记成果960件 … 960件成果; a table and the text about
 * it.
 *
 * The smaller a number, the oftener it is equal by chance: the fewer digits it has, the more must stand around both. */
#include "check/relate/echo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define NUMBER_MIN   20 /* smaller numbers are equal by chance too often, unless the same noun stands at both */
#define NUMBER_LEAST 3  /* below it a noun proves nothing either */
#define MARK_RUNES   2  /* before a number that is a paragraph of its own: ▶ */
#define EACH_WORDS   4  /* characters in a row around two equal amounts of each */
#define RATE_WORDS   5  /* characters in a row that two equal rates must have around them */
#define DIGITS_SURE  3  /* of an amount of money that is not equal by chance */
#define ECHOES_MAX   4  /* equal numbers behind one that are looked at */

/* --- equal numbers --- */

/* 78家里面，…; 158家只是起点: opens its clause, and says nothing of what it counts: it was said before. */
static bool reopens(const Work *work, size_t index) {
    const uint32_t *behind = work->text->runes + work->mentions[index].to;
    bool among =
        behind[0] == 0x4E2D || behind[0] == 0x91CC || (behind[0] == 0x5F53 && behind[1] == 0x4E2D); /* 中里当中 */
    bool mere = behind[0] == 0x53EA && behind[1] == 0x662F;                                         /* 只是 */
    return (among || mere) && work->mentions[index].from == work_clause_from(work, work->mentions[index].from);
}

/* Written digits without the zeros at the end: 5 280 000 has three. */
static int digits_of(const Claim *claim) {
    int64_t units = claim->value.units < 0 ? -claim->value.units : claim->value.units;
    int n = 0;
    while (units && units % 10 == 0) units /= 10;
    for (; units; units /= 10) n++;
    return n;
}

/* 上述, 前述 before it in its clause. */
static bool is_recalled(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from);
    return work_says(work, work->lexicon->recall, clause, work->mentions[index].from);
}

/* Of other times, or said to be equal by chance, there or in the sentence behind. */
bool fact_told_apart(const Work *work, size_t index, size_t other) {
    const Mention *const both[] = {&work->mentions[index], &work->mentions[other]};
    const Period a = work->checked->claims[index].period, b = work->checked->claims[other].period;
    bool dated = both[0]->own_period && both[1]->own_period && a.start != DATE_NONE && b.start != DATE_NONE;
    if (dated && !period_contains(a, b) && !period_contains(b, a)) return true;
    for (int i = 0; i < 2; i++) {
        size_t end = work_sentence_to(work, both[i]->to), next = end;
        if (end < work->text->size && work->text->runes[end] != '\n') next = work_sentence_to(work, end + 1);
        if (work_says(work, work->lexicon->chance, work_sentence_from(work, both[i]->from), next)) return true;
    }
    return false;
}

/* 县自定目标110件: what was aimed at is not what was done. */
static bool is_aimed(const Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    const uint32_t *behind = work->text->runes + work->mentions[index].to;
    size_t when = whens_from(&work->whens, work->mentions[index].to);
    if (*behind == 0x7684) behind++; /* 160件的全年任务: 的 */
    if (when < work->whens.count && work->text->runes + work->whens.list[when].at == behind)
        behind += work->whens.list[when].size;
    bool says = work_says(work, work->lexicon->target, fact_near_from(work, index), work->mentions[index].from) ||
                words_at(work->lexicon->target, behind);
    return claim->indicator ? claim->face == FACE_TARGET : says;
}

/* 160万元（16家，每家10万元）: a bracket right behind money tells how many got it. */
static bool counts_receivers(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    bool bracket =
        index && mention->from == work->mentions[index - 1].to + 1 && work->text->runes[mention->from - 1] == '(';
    return bracket && work->checked->claims[index - 1].kind == CLAIM_MONEY;
}

bool echo_can(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool amounts = fact_is_amount(a) && fact_is_amount(b) && a->bound == BOUND_EXACT && b->bound == BOUND_EXACT;
    bool others = a->indicator && b->indicator && a->indicator != b->indicator;
    bool ranged = work->mentions[index].in_range || work->mentions[other].in_range;
    if (!amounts || others || ranged || fact_in_row(work, index, other)) return false;
    if (!fact_same_unit(work, a, b) && !fact_units_drift(work, a->unit, b->unit)) return false;
    if (counts_receivers(work, index) || counts_receivers(work, other)) return false;
    bool each = parts_is_of_each(work, index) != parts_is_of_each(work, other); /* 23个, and 平均每名23次 */
    bool aimed = !a->plan && !b->plan && is_aimed(work, index) != is_aimed(work, other);
    return !each && !aimed;
}

/* 剩余2个, 逾期的2个, 7个未结对: what is left over is said next to it. */
static bool is_left(const Work *work, size_t index) {
    size_t from = fact_near_from(work, index), number = work->mentions[index].from, to = work->mentions[index].to;
    return work_says(work, work->lexicon->rest, from, number) ||
           work_says(work, work->lexicon->unfinished, to, work_clause_to(work, to));
}

/* 7个村: the character right behind both. */
static bool counts_alike(const Work *work, size_t index, size_t other) {
    uint32_t rune = work->text->runes[work->mentions[index].to];
    return echo_is_han(rune) && rune == work->text->runes[work->mentions[other].to];
}

static bool is_of_one_indicator(const Work *work, size_t index, size_t other) {
    const Claim *claims = work->checked->claims;
    return claims[index].indicator && claims[index].indicator == claims[other].indicator;
}

/* 尚有2个问题未销号, and pages later 剩余2个问题一季度销号: few things, but both times those that are left. */
static bool is_left_again(const Work *work, size_t index, size_t other) {
    return is_left(work, index) && is_left(work, other) &&
           work->mentions[index].paragraph != work->mentions[other].paragraph &&
           (fact_noun_alike(work, index, other) || counts_alike(work, index, other) ||
            is_of_one_indicator(work, index, other));
}

/* 另有在建11个, and pages later 在建的11个平台: what there is of one thing. */
static bool is_stock_again(const Work *work, size_t index, size_t other) {
    const Indicator *indicator = work->checked->claims[index].indicator;
    return is_of_one_indicator(work, index, other) && indicator->kind == INDICATOR_STOCK &&
           work->mentions[index].paragraph != work->mentions[other].paragraph;
}

/* What is to come is what is, when the number only tells the thing again: 75名特派员的经费今后按月拨付, not
 * 选派特派员75名. */
static bool is_meant_again(const Work *work, size_t index, size_t other) {
    const Claim *claims = work->checked->claims;
    bool targets = (claims[index].face == FACE_TARGET && claims[other].face == FACE_TARGET) ||
                   (is_aimed(work, index) && is_aimed(work, other));
    if (claims[index].plan == claims[other].plan || targets || is_left_again(work, index, other)) return true;
    return echo_noun_behind(work, claims[index].plan ? index : other) != 0;
}

/* 66名特派员, and 66个村; 27家高企, and 企业27个: one has its own measure, the other counts anything. */
static bool is_counted_otherwise(const Work *work, size_t index, size_t other) {
    const WordSet *anything = work->lexicon->anything;
    const char *a = work->checked->claims[index].unit, *b = work->checked->claims[other].unit;
    return *a && *b && lexicon_lists(anything, a) != lexicon_lists(anything, b);
}

/* As much stands around both as so small a number needs. */
static bool is_likely(const Work *work, size_t index, size_t other) {
    const Claim *claim = &work->checked->claims[index];
    if (decimal_compare(claim->value, (Decimal){1, 0}) <= 0) return false;
    if (is_left_again(work, index, other)) return true;
    if (decimal_compare(claim->value, (Decimal){NUMBER_LEAST, 0}) < 0) return echo_counts_one_thing(work, index, other);
    if (is_stock_again(work, index, other)) return true;
    if (is_counted_otherwise(work, index, other))
        return echo_counts_one_thing(work, index, other) || fact_noun_alike(work, index, other);
    if (claim->kind == CLAIM_MONEY && digits_of(claim) >= DIGITS_SURE) return true;
    bool large = decimal_compare(claim->value, (Decimal){NUMBER_MIN, 0}) >= 0;
    bool headed =
        claim->kind == CLAIM_MONEY && (fact_headed_alike(work, index, other) || fact_headed_alike(work, other, index));
    bool turned = echo_turns_round(work, index, other) || echo_turns_round(work, other, index);
    return (large && (headed || turned || fact_around_alike(work, index, other))) ||
           echo_is_wordy(work, index, other) || reopens(work, other) || echo_counts_one_thing(work, index, other) ||
           fact_noun_alike(work, index, other);
}

/* 高新技术产业增加值增长8.2% twice: to the decimal, and in so many of the same words. */
static bool is_rate_again(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool rates = a->kind == CLAIM_PERCENT && b->kind == CLAIM_PERCENT && a->precision < 0 && a->bound == BOUND_EXACT &&
                 b->bound == BOUND_EXACT && !echo_is_cell(work, index) && !echo_is_cell(work, other);
    return rates && !fact_in_one_sentence(work, index, other) && fact_common_around(work, index, other, RATE_WORDS) &&
           !fact_told_apart(work, index, other);
}

/* 平均每个团队300万元 and 单项平均300万元: equal by chance, unless more than a word stands around both. */
static bool is_of_another_each(const Work *work, size_t index, size_t other) {
    return parts_is_of_each(work, index) && parts_is_of_each(work, other) &&
           !fact_common_around(work, index, other, EACH_WORDS);
}

/* ▶ 112家, and the paragraph behind it tells of what. */
static bool heads(const Work *work, size_t index, size_t other) {
    size_t paragraph = work->mentions[index].paragraph;
    const Paragraph *head = &work->text->paragraphs[paragraph];
    bool alone = head->part->kind != PART_CELL && work->mentions[index].to == head->to &&
                 work->mentions[index].from <= head->from + MARK_RUNES;
    for (size_t i = head->from; alone && i < work->mentions[index].from; i++)
        alone = !text_is_han(work->text->runes[i]);
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    return alone && work->mentions[other].paragraph == paragraph + 1 && a->kind == b->kind && !strcmp(a->unit, b->unit);
}

/* 2020年研发投入强度2.36%, and pages later 研发投入强度2.36%: told once with its time and once without; 净增17家 twice.
 */
static bool is_told_again(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool same = a->indicator && a->indicator == b->indicator && a->face == b->face && a->plan == b->plan &&
                a->kind == b->kind && a->bound == b->bound;
    bool undated = work->mentions[index].own_period != work->mentions[other].own_period && digits_of(a) >= DIGITS_SURE;
    bool growth = a->face == FACE_GROWTH && a->kind == CLAIM_COUNT && a->period.end == b->period.end;
    return same && (a->face == FACE_GROWTH ? growth : undated) && !fact_in_one_sentence(work, index, other) &&
           !fact_in_row(work, index, other);
}

static bool is_echo(const Work *work, size_t index, size_t other) {
    if (heads(work, index, other)) return true;
    if (is_rate_again(work, index, other) || is_told_again(work, index, other)) return true;
    if (!echo_can(work, index, other) || is_of_another_each(work, index, other)) return false;
    if (echo_of_other_row(work, index, other) || echo_of_other_row(work, other, index)) return false;
    bool here = fact_in_one_sentence(work, index, other);
    bool meant = here ? is_recalled(work, other) : is_likely(work, index, other);
    return meant && is_meant_again(work, index, other) && !fact_told_apart(work, index, other);
}

static int compare_valued(const void *left, const void *right) {
    const Valued *a = left, *b = right;
    int order = decimal_compare(a->value, b->value);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

const Valued *facts_by_value(Work *work) {
    size_t n = work->checked->n_claims;
    if (work->by_value) return work->by_value;
    Valued *valued = mem_array(work->text, Valued, n + 1);
    for (size_t i = 0; i < n; i++) valued[i] = (Valued){work->checked->claims[i].value, i};
    qsort(valued, n, sizeof *valued, compare_valued);
    return work->by_value = valued;
}

/* The first of the claims that are known to be the same as one. */
static size_t first_of(size_t *firsts, size_t index) {
    while (firsts[index] != index) index = firsts[index] = firsts[firsts[index]];
    return index;
}

/* Each pair of equal numbers near one another in their order, unless others tie them together already. */
static void relate_equals(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Valued *valued = facts_by_value(work);
    size_t n = work->checked->n_claims, *firsts = mem_array(scratch, size_t, n + 1);
    for (size_t i = 0; i < n; i++) firsts[i] = i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + ECHOES_MAX; k++) {
            if (decimal_compare(valued[i].value, valued[k].value) != 0) break;
            size_t one = valued[i].index, again = valued[k].index;
            if (first_of(firsts, one) == first_of(firsts, again)) continue;
            bool same = fact_is_same(work, one, again) && !fact_in_one_sentence(work, one, again);
            if (!same && !is_echo(work, one, again)) continue;
            relation_add_same(work, one, again, true);
            firsts[first_of(firsts, again)] = first_of(firsts, one);
        }
}

void relate_echoes(Work *work) {
    relate_equals(work);
    relate_recalls(work);
}
