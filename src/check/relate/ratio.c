/* check/relate/ratio.c: shares: 170件，占目标200件的85%; 申报84家，公示61家，通过率72.6%. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bound.h"
#include "check/relate/facts.h"

#define AMOUNTS_MAX 8  /* before a percentage that are looked at */
#define RATE_FAR    16 /* claims before a rate among which the one stands that it names */
#define BARE_RUNES  4  /* between an amount and a share with nothing but ，占比为 between */
#define PART_NEAR   4  /* runes behind a percentage within which its part is said: 占六成多，有2.05亿元 */
#define WHOLE_FAR   80 /* and its whole, further off */
#define TOPICS_FAR  2  /* paragraphs back that may begin with the whole */
#define RATIO_TO    5  /* runes of 的比重为 */
#define SHARE_SLACK 2  /* percent of the smallest written step that rounding may add to a half of it */

/* --- shares --- */

/* Whether the words before a percentage say that it is a share: 占, 完成, 率, 比; and no growth. */
static bool is_share(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_from(work, work->mentions[index].from), number = work->mentions[index].number;
    const WordSet *const others[] = {work->lexicon->rise, work->lexicon->fall, work->lexicon->compare};
    uint32_t before = number ? runes[work->mentions[index].from - 1] : 0;
    bool reached = before == 0x5230 || before == 0x81F3;                      /* 占比由47%提高到50% */
    for (size_t i = 0; i < sizeof others / sizeof others[0] && !reached; i++) /* a growth */
        if (work_says(work, others[i], fact_near_from(work, index), number)) return false;
    if (work_says(work, work->lexicon->against, fact_near_from(work, index), number)) return false; /* 全市平均的七成 */
    if (words_at(work->lexicon->half, runes + number)) return true;
    for (size_t i = clause; i < number; i++)
        if (runes[i] == 0x5360 || runes[i] == 0x7387 || runes[i] == 0x6BD4) return true; /* 占, 率, 比 */
    bool again =
        index && fact_named_in(work, fact_near_from(work, index), number, index - 1); /* 办结27个，办结了四分之三 */
    bool bare = work->mentions[index].from <= fact_near_from(work, index) + 2;
    return again || bare || work_says(work, work->lexicon->share, clause, number);
}

/* The amounts of its paragraph before a percentage, nearest first, by which something grew or not; and one in a bracket
 * right behind it. */
static size_t amounts_before(const Work *work, size_t index, bool growth, size_t amounts[AMOUNTS_MAX]) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[index].from, n = 0;
    while (from && runes[from - 1] != '\n') from--;
    for (size_t i = index; i-- && work->mentions[i].from >= from && n < AMOUNTS_MAX;)
        if (fact_is_amount(&work->checked->claims[i]) && (work->checked->claims[i].face == FACE_GROWTH) == growth)
            amounts[n++] = i;
    bool bracket = runes[work->mentions[index].to] == '(' && index + 1 < work->checked->n_claims && n < AMOUNTS_MAX;
    if (bracket && runes[work->mentions[index + 1].to] == ')') amounts[n++] = index + 1;
    return n;
}

/* part ÷ whole in percent, with the decimals that were written and two more. */
static bool share_of(const Claim *part, const Claim *whole, Decimal *ret_share) {
    Decimal hundredfold;
    return decimal_multiply(part->value, (Decimal){100, 0}, &hundredfold) && whole->value.units &&
           decimal_divide(hundredfold, whole->value, 4, ret_share);
}

/* 80%以上 is true of 500 too, but nobody would write it so. */
static bool is_close(const Claim *percent, Decimal share) {
    Decimal gap, far;
    if (!decimal_subtract(share, percent->value, &gap) || !decimal_multiply(percent->value, (Decimal){25, 2}, &far))
        return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_compare(gap, far) <= 0;
}

bool fact_share_holds(const Claim *percent, const Claim *part, const Claim *whole) {
    Decimal share, gap, step = power_of_ten(percent->precision < 0 ? percent->precision : 0);
    if (!share_of(part, whole, &share)) return false;
    if (percent->bound != BOUND_EXACT) return bound_holds(percent, share) && is_close(percent, share);
    if (!decimal_subtract(share, percent->value, &gap)) return false;
    if (gap.units < 0) gap.units = -gap.units;
    Decimal half;
    return decimal_multiply(step, (Decimal){50 + SHARE_SLACK, 2}, &half) && decimal_compare(gap, half) <= 0;
}

/* Said in one breath: 占目标200件的85%, 完成计划的90%: the number before the percentage is the whole. */
static bool is_of_whole(const Work *work, size_t percent, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = work->mentions[percent].from;
    if (runes[from] == 0x7684 && to - from <= RATIO_TO) return true; /* 80亿元的比重为3% */
    for (size_t i = from; i < to && to - from <= 3; i++)
        if (runes[i] == 0x7684) return true; /* 的 */
    return false;
}

/* 解决96个，解决率35%: the word before 率 is that of the part; 占: the amount right before is the part. */
static bool names_part(const Work *work, size_t index, size_t part) {
    const uint32_t *runes = work->text->runes;
    size_t near = fact_near_from(work, index), clause = work_clause_from(work, work->mentions[part].from);
    for (size_t i = near; i < work->mentions[index].from; i++) {
        if (runes[i] == 0x5360) return true;              /* 占 */
        if (runes[i] != 0x7387 || i < near + 2) continue; /* 率 */
        for (size_t k = clause; k + 1 < work->mentions[part].from; k++)
            if (runes[k] == runes[i - 2] && runes[k + 1] == runes[i - 1]) return true;
    }
    return false;
}

/* 任务150件，已登记112件，完成率74.7%. */
static bool is_reached_target(const Work *work, size_t index, const size_t *amounts, size_t n) {
    if (n < 2) return false;
    size_t near = fact_near_from(work, amounts[1]);
    bool target = work->checked->claims[amounts[1]].face == FACE_TARGET ||
                  work_says(work, work->lexicon->target, near, work->mentions[amounts[1]].from);
    return target && work_says(work, work->lexicon->share, fact_near_from(work, index), work->mentions[index].from);
}

/* 240家中开展研发的只有132家，覆盖率55%; 320个难题中，…. */
static bool is_within(const Work *work, size_t index, const size_t *amounts, size_t n) {
    const uint32_t *runes = work->text->runes;
    if (n < 2 || amounts[1] + 1 != amounts[0]) return false;
    size_t at = work->mentions[amounts[1]].to, clause = work_clause_to(work, at);
    bool within = runes[at] == 0x4E2D || (clause > at && runes[clause] == ',' && runes[clause - 1] == 0x4E2D); /* 中 */
    return within && work_says(work, work->lexicon->ratio, fact_near_from(work, index), work->mentions[index].from);
}

/* 其中首次申报通过率: only of some; not 合格率. */
bool fact_is_of_some(const Work *work, size_t near, size_t number) {
    const uint32_t *runes = work->text->runes, *at;
    const Word *word;
    at = words_last(work->lexicon->complement, runes + near, runes + number, &word);
    return work_says(work, work->lexicon->among, near, number) || (at && at[word->size] != 0x7387); /* 率 */
}

/* Two amounts of one unit in the sentence and no third anywhere in it, and the words of the percentage are those of the
 * part: what it is of cannot be mistaken. */
static bool is_plain(const Work *work, size_t index, const size_t *amounts, size_t n, const size_t *wholes) {
    size_t same = 0, from = work_sentence_from(work, work->mentions[index].from),
           to = work_sentence_to(work, work->mentions[index].to);
    const Claim *claims = work->checked->claims;
    for (size_t i = 0; i < n; i++)
        same += work->mentions[amounts[i]].from >= from && !strcmp(claims[amounts[i]].unit, claims[amounts[0]].unit);
    for (size_t i = index + 1; i < work->checked->n_claims && work->mentions[i].from < to; i++)
        same +=
            n && !strcmp(claims[i].unit, claims[amounts[0]].unit) && wholes[i] == SIZE_MAX; /* but for what is left */
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    bool others = work_says(work, work->lexicon->area, near, number) || fact_is_of_some(work, near, number);
    if (same != 2 || others || amounts[0] + 1 != index || claims[amounts[0]].face == FACE_TARGET) return false;
    return names_part(work, index, amounts[0]) || is_reached_target(work, index, amounts, n) ||
           is_within(work, index, amounts, n);
}

/* None holds: the pair that is said must. */
static void fail_share(Work *work, size_t index, const size_t *amounts, size_t n, const size_t *wholes, bool explicit) {
    const Claim *claims = work->checked->claims;
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    for (size_t k = 1; k < n; k++) {
        if (strcmp(claims[amounts[0]].unit, claims[amounts[k]].unit)) continue;
        if (decimal_compare(claims[amounts[0]].value, claims[amounts[k]].value) == 0) continue; /* said again */
        if (explicit && wholes[amounts[k]] != SIZE_MAX) continue; /* 560家，东城、西城分别为…，达到目标800家的75% */
        if (work->mentions[amounts[k]].from < sentence) return;
        bool exact = claims[amounts[0]].bound == BOUND_EXACT && claims[amounts[k]].bound == BOUND_EXACT;
        size_t part = explicit ? amounts[k] : amounts[0], whole = explicit ? amounts[0] : amounts[k];
        bool fits =
            decimal_compare(claims[part].value, claims[whole].value) <= 0 || is_reached_target(work, index, amounts, n);
        if (exact && (explicit || fits)) relation_add_equation(work, RELATION_SHARE, index, part, whole, false);
        return;
    }
}

/* 服务行政村1032个，覆盖率86%，全市行政村1200个: the whole stands behind, and only what is true is a share. */
static bool whole_behind(Work *work, size_t index, size_t part) {
    const Claim *claims = work->checked->claims;
    size_t whole = index + 1;
    if (whole >= work->checked->n_claims || !fact_in_one_sentence(work, index, whole) ||
        !fact_is_amount(&claims[whole]))
        return false;
    bool exact =
        claims[part].bound == BOUND_EXACT && claims[whole].bound == BOUND_EXACT && claims[index].bound == BOUND_EXACT;
    if (!exact || strcmp(claims[part].unit, claims[whole].unit) ||
        !fact_share_holds(&claims[index], &claims[part], &claims[whole]))
        return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, true);
    return true;
}

/* 960件成果中，两成实现转化，共288件; 占六成多，有2.05亿元: the part stands behind. */
static bool share_behind(Work *work, size_t index, size_t whole) {
    size_t part = index + 1;
    const Claim *claims = work->checked->claims;
    if (part >= work->checked->n_claims ||
        work->mentions[part].from >= work_sentence_to(work, work->mentions[index].to))
        return false;
    const uint32_t *runes = work->text->runes;
    bool said = words_before(work->lexicon->altogether, runes, runes + work->mentions[part].from) != NULL;
    bool near = work->mentions[part].from <= work->mentions[index].to + PART_NEAR &&
                fact_share_holds(&claims[index], &claims[part], &claims[whole]);
    if (!(said || near) || strcmp(claims[part].unit, claims[whole].unit) || !fact_is_amount(&claims[part]))
        return false;
    if (claims[part].bound != BOUND_EXACT || claims[whole].bound != BOUND_EXACT) return false;
    bool holds = fact_share_holds(&claims[index], &claims[part], &claims[whole]);
    if (!holds && decimal_compare(claims[part].value, claims[whole].value) > 0) return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, holds);
    return true;
}

/* 过的比例有七成多, of 过了公示的61家: a character of the words before the percentage stands before the amount. */
static bool names_item(const Work *work, size_t index, size_t item) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = fact_near_from(work, index); i < work->mentions[index].from; i++) {
        bool says = text_is_han(runes[i]) && !words_at(work->lexicon->idle, runes + i);
        for (size_t k = fact_near_from(work, item); says && k < work->mentions[item].from; k++)
            if (runes[i] == runes[k]) return true;
    }
    return false;
}

/* Whether two amounts can be part and whole of a percentage. What is only about so much, as a number of another
 * sentence is (用掉了一半多), is said of no item of a list that it does not name. */
static bool can_share(const Work *work, size_t index, size_t one, size_t other, const size_t *wholes) {
    const Claim *claims = work->checked->claims, *a = &claims[one], *b = &claims[other];
    if (strcmp(a->unit, b->unit) || a->bound != BOUND_EXACT || b->bound != BOUND_EXACT) return false;
    bool far = work->mentions[one].from < work_sentence_from(work, work->mentions[index].from);
    if (wholes[one] != SIZE_MAX && wholes[one] == wholes[other]) return false; /* two parts of one whole */
    if (!far || claims[index].bound == BOUND_EXACT) return true;
    bool names_one = names_item(work, index, one), names_other = names_item(work, index, other);
    bool named = work->text->runes[work->mentions[index].from - 1] == 0x7684; /* 2019年的八成以上: 的 */
    return (!named || names_one || names_other) && (wholes[one] == SIZE_MAX || names_one) &&
           (wholes[other] == SIZE_MAX || names_other);
}

/* The nearest pair of which the percentage is true; of it, said of the whole before it (达到目标800家的75%), only with
 * that. */
static bool share_near(Work *work, size_t index, const size_t *amounts, size_t n, const size_t *wholes) {
    const Claim *claims = work->checked->claims, *percent = &claims[index];
    size_t firsts = n && is_of_whole(work, index, amounts[0]) ? 1 : n;
    for (size_t i = 0; i < firsts; i++)
        for (size_t k = i + 1; k < n; k++) {
            if (!can_share(work, index, amounts[i], amounts[k], wholes)) continue;
            size_t pairs[2][2] = {{amounts[k], amounts[i]}, {amounts[i], amounts[k]}};
            for (int p = 0; p < 2; p++)
                if (fact_share_holds(percent, &claims[pairs[p][0]], &claims[pairs[p][1]])) {
                    relation_add_equation(work, RELATION_SHARE, index, pairs[p][0], pairs[p][1], true);
                    return true;
                }
        }
    return false;
}

/* The word of a rate, 使用 of 经费使用率提高2%，达到95.8%: where it begins in the sentence; SIZE_MAX when none is
 * named. */
static size_t rate_of(const Work *work, size_t index) {
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    for (size_t i = work->mentions[index].from; i > sentence + 2; i--)
        if (work->text->runes[i - 1] == 0x7387) return i - 3; /* 率 */
    return SIZE_MAX;
}

/* The amount that the rate names: in whose clause its word stands (使用498万元), else the one right before it. */
static size_t part_of_rate(const Work *work, size_t index, size_t rate) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = index;
         i-- && index - i <= RATE_FAR && work->mentions[i].paragraph == work->mentions[index].paragraph;) {
        if (!fact_is_amount(&work->checked->claims[i])) continue;
        for (size_t k = fact_near_from(work, i); k + 1 < work->mentions[i].from; k++)
            if (runes[k] == runes[rate] && runes[k + 1] == runes[rate + 1]) return i;
    }
    return index && fact_is_amount(&work->checked->claims[index - 1]) ? index - 1 : SIZE_MAX;
}

/* A whole that stands far before: in the paragraph, or in an earlier one where it is named as this one is headed. */
static bool share_far(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t rate = rate_of(work, index), part = rate == SIZE_MAX ? SIZE_MAX : part_of_rate(work, index, rate);
    if (part == SIZE_MAX || claims[part].bound != BOUND_EXACT || claims[index].bound != BOUND_EXACT) return false;
    for (size_t i = part; i-- && part - i <= WHOLE_FAR;) {
        bool here = work->mentions[i].paragraph == work->mentions[part].paragraph;
        bool can =
            fact_is_amount(&claims[i]) && claims[i].bound == BOUND_EXACT && !strcmp(claims[i].unit, claims[part].unit);
        if (!can || !fact_share_holds(&claims[index], &claims[part], &claims[i])) continue;
        bool topic = work->mentions[i].paragraph + TOPICS_FAR >= work->mentions[part].paragraph &&
                     (!i || work->mentions[i - 1].paragraph != work->mentions[i].paragraph);
        if (!here && !topic && !fact_headed_alike(work, index, i)) continue;
        relation_add_equation(work, RELATION_SHARE, index, part, i, true);
        return true;
    }
    return false;
}

/* Where 占 stands in the words before a percentage; where they begin when it does not. */
static size_t share_verb(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index), at = work->mentions[index].from;
    while (at > near && work->text->runes[at] != 0x5360) at--; /* 占 */
    return at;
}

/* What a share comes to: said right behind it (占全县研发经费的62.5%，为5.4亿元), named before 占 (试验发展经费占), or
 * right before it. */
static size_t part_of_share(const Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t next = index + 1, near = fact_near_from(work, index), verb = share_verb(work, index);
    if (next < work->checked->n_claims && fact_is_amount(&claims[next]) &&
        work->mentions[next].from <= work->mentions[index].to + PART_NEAR)
        return next;
    for (size_t i = index; verb > near + 1 && i-- && index - i <= AMOUNTS_MAX;)
        if (fact_is_amount(&claims[i]) && work->mentions[i].paragraph == work->mentions[index].paragraph &&
            fact_named_in(work, near, verb, i))
            return i;
    bool before = index && fact_is_amount(&claims[index - 1]) && fact_in_one_sentence(work, index - 1, index);
    return before ? index - 1 : SIZE_MAX;
}

/* 各类企业占去91.7%，计7.92亿元: of the whole of the list in which the amount beside it is a part. */
static bool share_of_list(Work *work, size_t index, const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    size_t part = part_of_share(work, index), whole = part == SIZE_MAX ? SIZE_MAX : wholes[part];
    if (whole == SIZE_MAX || !fact_share_holds(&claims[index], &claims[part], &claims[whole])) return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, true);
    return true;
}

/* 特派员年龄偏大，临近退休的35名，超过四成: of the only whole that its sentence names, sections before. */
static bool share_of_topic(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t part = index - 1, sentence = work_sentence_from(work, work->mentions[index].from);
    bool bare = work->mentions[index].from <= work->mentions[part].to + BARE_RUNES;
    if (!bare || !fact_is_amount(&claims[part]) || claims[part].bound != BOUND_EXACT) return false;
    for (size_t i = part; i-- && work->mentions[i].from >= sentence;) /* of what its own sentence says first */
        if (!strcmp(claims[i].unit, claims[part].unit)) return false;
    for (size_t i = part; i-- && part - i <= WHOLE_FAR;) {
        bool can = fact_is_amount(&claims[i]) && claims[i].bound == BOUND_EXACT &&
                   !strcmp(claims[i].unit, claims[part].unit) && work->mentions[i].from < sentence &&
                   fact_named_in(work, sentence, work->mentions[part].from, i);
        if (!can || !fact_share_holds(&claims[index], &claims[part], &claims[i])) continue;
        relation_add_equation(work, RELATION_SHARE, index, part, i, true);
        return true;
    }
    return false;
}

/* 新增高企12家，完成净增15家目标的80%: what was added, of what was to be. */
static bool share_of_aim(Work *work, size_t index) {
    if (index < 2 || !is_of_whole(work, index, index - 1) || !fact_in_one_sentence(work, index - 2, index))
        return false;
    const Claim *claims = work->checked->claims, *part = &claims[index - 2], *whole = &claims[index - 1];
    bool can = fact_is_amount(part) && fact_is_amount(whole) && part->bound == BOUND_EXACT &&
               whole->bound == BOUND_EXACT && !strcmp(part->unit, whole->unit);
    if (!can || !fact_share_holds(&claims[index], part, whole)) return false;
    relation_add_equation(work, RELATION_SHARE, index, index - 2, index - 1, true);
    return true;
}

/* 执行率94.5%，支出1890万元，预算2000万元; 85%（170件/200件）: both stand behind, and nothing before it in the
 * sentence. */
static bool share_ahead(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t one = index + 1, other = index + 2, sentence = work_sentence_from(work, work->mentions[index].from);
    if (other >= work->checked->n_claims || !fact_in_one_sentence(work, index, other)) return false;
    if (index && work->mentions[index - 1].from >= sentence) return false;
    for (size_t i = one; i <= other; i++)
        if (!fact_is_amount(&claims[i]) || claims[i].bound != BOUND_EXACT || strcmp(claims[i].unit, claims[one].unit))
            return false;
    bool forth = fact_share_holds(&claims[index], &claims[one], &claims[other]),
         back = fact_share_holds(&claims[index], &claims[other], &claims[one]);
    if (forth || back)
        relation_add_equation(work, RELATION_SHARE, index, forth ? one : other, forth ? other : one, true);
    return forth || back;
}

/* Names its whole by words, 占全县研发经费的62.5%, 恰为总额的一成: an amount that was said anywhere before, in the same
 * words. */
static bool share_of_named(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t part = part_of_share(work, index), near = share_verb(work, index), number = work->mentions[index].from;
    if (part == SIZE_MAX || claims[part].bound != BOUND_EXACT) return false;
    const Word *total = NULL;
    const uint32_t *at = words_within(work->lexicon->total, work->text->runes + near, work->text->runes + number, &total);
    bool all = at && at <= work->text->runes + near + 1; /* not 占规上企业总数 */
    for (size_t i = index; i-- && index - i <= WHOLE_FAR;) {
        bool can = i != part && fact_is_amount(&claims[i]) && claims[i].bound == BOUND_EXACT &&
                   !strcmp(claims[i].unit, claims[part].unit) &&
                   fact_share_holds(&claims[index], &claims[part], &claims[i]);
        if (!can || !(all || fact_named_in(work, near, number, i))) continue;
        relation_add_equation(work, RELATION_SHARE, index, part, i, true);
        return true;
    }
    return false;
}

/* The claims from which on a rate in a list may find its part and its whole: of its item and the one before, which may
 * be parted over both: 已兑现1900万元 / 年度预算3800万元，执行率50%. */
static size_t items_from(const Work *work, size_t index) {
    const Paragraph *paragraphs = work->text->paragraphs;
    size_t paragraph = work->mentions[index].paragraph, first = index;
    bool listed = paragraph && work_is_item(work, &paragraphs[paragraph]) && work_is_item(work, &paragraphs[paragraph - 1]);
    while (listed && first && work->mentions[first - 1].paragraph + 1 >= paragraph) first--;
    return first;
}

static bool share_of_items(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    if (claims[index].bound != BOUND_EXACT || !work_says(work, work->lexicon->ratio, fact_near_from(work, index),
                                                         work->mentions[index].from))
        return false;
    for (size_t first = items_from(work, index), i = first; first < index && i <= index + 1; i++)
        for (size_t k = first; k <= index + 1 && i < work->checked->n_claims && k < work->checked->n_claims; k++) {
            bool can = i != k && fact_is_amount(&claims[i]) && fact_is_amount(&claims[k]) &&
                       work->mentions[i].paragraph != work->mentions[k].paragraph && claims[i].bound == BOUND_EXACT &&
                       claims[k].bound == BOUND_EXACT && !strcmp(claims[i].unit, claims[k].unit);
            if (!can || !fact_share_holds(&claims[index], &claims[i], &claims[k])) continue;
            relation_add_equation(work, RELATION_SHARE, index, i, k, true);
            return true;
        }
    return false;
}

/* 为目标的125%: of the target of what it is of and what came of it, both in the paragraph. They must make it. */
static bool share_of_target(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    const Indicator *indicator = claims[index].indicator;
    size_t found[FACE_RANK + 1] = {0}; /* the nearest of each face, and one */
    if (!indicator || claims[index].face != FACE_SHARE || claims[index].bound != BOUND_EXACT) return false;
    for (size_t i = index; i-- && work->mentions[i].paragraph == work->mentions[index].paragraph;) {
        bool can = claims[i].indicator == indicator && fact_is_amount(&claims[i]) && claims[i].bound == BOUND_EXACT;
        if (can && !found[claims[i].face]) found[claims[i].face] = i + 1;
    }
    if (!found[FACE_VALUE] || !found[FACE_TARGET]) return false;
    size_t part = found[FACE_VALUE] - 1, whole = found[FACE_TARGET] - 1;
    relation_add_equation(work, RELATION_SHARE, index, part, whole,
                          fact_share_holds(&claims[index], &claims[part], &claims[whole]));
    return true;
}

/* The number of an indicator for the period of a claim that stands nearest before it; SIZE_MAX when there is none. */
static size_t number_of(const Work *work, size_t index, const Indicator *indicator) {
    const Period period = work->checked->claims[index].period;
    for (size_t i = index; i--;) {
        const Claim *claim = &work->checked->claims[i];
        bool same = claim->indicator == indicator && claim->face == FACE_VALUE && claim->bound == BOUND_EXACT;
        if (same && claim->period.start == period.start && claim->period.end == period.end) return i;
    }
    return SIZE_MAX;
}

/* 预算执行率80%, of what was paid and of the budget, wherever they stand: both are of the indicators that the rate is
 * made of. Only what is true. */
static bool share_of_definition(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    const Indicator *rate = claims[index].indicator;
    if (!rate || rate->measure != MEASURE_RATIO || claims[index].face != FACE_VALUE) return false;
    size_t part = number_of(work, index, rate->a), whole = number_of(work, index, rate->b);
    if (part == SIZE_MAX || whole == SIZE_MAX || !fact_share_holds(&claims[index], &claims[part], &claims[whole]))
        return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, true);
    return true;
}

/* 拨付3800万元，还不到三成: a bound right behind its part, and before that its whole, with nothing else of the unit. */
static bool share_bare(Work *work, size_t index, const size_t *amounts, size_t n) {
    const Claim *claims = work->checked->claims;
    bool bare = n >= 2 && claims[index].bound != BOUND_EXACT && amounts[0] + 1 == index &&
                work->mentions[index].from <= work->mentions[amounts[0]].to + BARE_RUNES;
    if (!bare || amounts[1] + 1 != amounts[0] || strcmp(claims[amounts[0]].unit, claims[amounts[1]].unit)) return false;
    const Claim *part = &claims[amounts[0]], *whole = &claims[amounts[1]];
    bool exact = part->bound == BOUND_EXACT && whole->bound == BOUND_EXACT &&
                 decimal_compare(part->value, whole->value) < 0 && fact_in_one_sentence(work, amounts[1], index);
    if (exact) relation_add_equation(work, RELATION_SHARE, index, amounts[0], amounts[1], false);
    return exact;
}

static void relate_share(Work *work, size_t index, const size_t *wholes) {
    size_t amounts[AMOUNTS_MAX], grown[AMOUNTS_MAX], n = amounts_before(work, index, false, amounts);
    bool explicit = n && is_of_whole(work, index, amounts[0]);
    if (work->checked->claims[index].plan && work->checked->claims[index].bound != BOUND_EXACT && !explicit) return;
    if (share_near(work, index, amounts, n, wholes) || share_ahead(work, index)) return;
    if (share_near(work, index, grown, amounts_before(work, index, true, grown), wholes)) return;
    if (share_of_aim(work, index)) return;
    bool next_to = n && amounts[0] + 1 == index;
    if (next_to && (share_behind(work, index, amounts[0]) || whole_behind(work, index, amounts[0]))) return;
    if (share_of_list(work, index, wholes) || share_of_definition(work, index)) return;
    if (share_of_target(work, index)) return;
    bool plain = n && (explicit || is_plain(work, index, amounts, n, wholes));
    if (!plain && share_of_named(work, index)) return;
    if (share_of_items(work, index)) return;
    if (next_to && (share_of_topic(work, index) || share_bare(work, index, amounts, n))) return;
    if (plain)
        fail_share(work, index, amounts, n, wholes, explicit);
    else if (!share_far(work, index))
        relate_meant(work, index, wholes);
}

/* --- tables --- */

static const Part *cell_of(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part;
}

/* The amounts of the row of a cell, in the order of the text. */
static size_t amounts_of_row(const Work *work, size_t index, size_t amounts[AMOUNTS_MAX]) {
    const Part *cell = cell_of(work, index);
    size_t n = 0, first = index;
    while (first && cell_of(work, first - 1)->table == cell->table && cell_of(work, first - 1)->row == cell->row)
        first--;
    for (size_t i = first; i < work->checked->n_claims && n < AMOUNTS_MAX; i++) {
        const Part *other = cell_of(work, i);
        if (other->table != cell->table || other->row != cell->row) break;
        if (fact_is_amount(&work->checked->claims[i])) amounts[n++] = i;
    }
    return n;
}

/* The cell below in the row 合计 of the same column; SIZE_MAX when there is none. */
static size_t total_of_column(const Work *work, size_t index) {
    const Part *cell = cell_of(work, index);
    for (size_t i = index + 1; i < work->checked->n_claims && cell_of(work, i)->table == cell->table; i++) {
        size_t column, row;
        if (cell_of(work, i)->column != cell->column) continue;
        work_cell_heads(work, work->mentions[i].paragraph, &column, &row);
        const Paragraph *head = row == SIZE_MAX ? NULL : &work->text->paragraphs[row];
        if (head && work_says(work, work->lexicon->altogether, head->from, head->to)) return i;
    }
    return SIZE_MAX;
}

/* The column says how much it grew: 同比增长. */
static bool heads_growth(const Work *work, size_t index) {
    size_t column, row;
    work_cell_heads(work, work->mentions[index].paragraph, &column, &row);
    const Paragraph *head = column == SIZE_MAX ? NULL : &work->text->paragraphs[column];
    return head && (work_says(work, work->lexicon->rise, head->from, head->to) ||
                    work_says(work, work->lexicon->fall, head->from, head->to));
}

/* A percentage in a table: of two amounts of its row, else of one of them and the total of its column. */
static void relate_cell(Work *work, size_t index) {
    size_t amounts[AMOUNTS_MAX], n = heads_growth(work, index) ? 0 : amounts_of_row(work, index, amounts);
    const Claim *claims = work->checked->claims, *percent = &claims[index];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (i != k && !strcmp(claims[amounts[i]].unit, claims[amounts[k]].unit) &&
                fact_share_holds(percent, &claims[amounts[i]], &claims[amounts[k]])) {
                relation_add_equation(work, RELATION_SHARE, index, amounts[i], amounts[k], true);
                return;
            }
    for (size_t i = n; i-- > 0;) {
        size_t total = total_of_column(work, amounts[i]);
        if (total == SIZE_MAX || !fact_share_holds(percent, &claims[amounts[i]], &claims[total])) continue;
        relation_add_equation(work, RELATION_SHARE, index, amounts[i], total, true);
        return;
    }
    bool two = n == 2 && !strcmp(claims[amounts[0]].unit, claims[amounts[1]].unit) && amounts[1] < index;
    if (two && total_of_column(work, amounts[1]) == SIZE_MAX)
        relation_add_equation(work, RELATION_SHARE, index, amounts[1], amounts[0], false);
}

/* The whole of which each claim is a part; SIZE_MAX where it is none. */
static size_t *find_wholes(const void *ctx, const Work *work) {
    const Checked *checked = work->checked;
    size_t *wholes = mem_array(ctx, size_t, checked->n_claims + 1);
    memset(wholes, 0xFF, checked->n_claims * sizeof *wholes);
    for (size_t i = 0; i < checked->n_relations; i++)
        for (size_t k = 1; k < checked->relations[i].n_claims; k++)
            wholes[checked->relations[i].claims[k]] = checked->relations[i].claims[0];
    return wholes;
}

void relate_shares(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const size_t *wholes = find_wholes(scratch, work);
    bool *said = mem_array(scratch, bool, work->checked->n_claims + 1);
    relate_share_rows(work, said);
    for (size_t i = 0; i < work->checked->n_claims; i++)
        if (said[i])
            continue;
        else if (work->checked->claims[i].kind == CLAIM_PERCENT && cell_of(work, i)->kind == PART_CELL)
            relate_cell(work, i);
        else if (work->checked->claims[i].kind == CLAIM_PERCENT && is_share(work, i))
            relate_share(work, i, wholes);
}
