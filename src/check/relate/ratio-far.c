/* check/relate/ratio-far.c: shares of which the part or the whole stands elsewhere: in another sentence or item, in a
 * list, under a heading, or wherever the numbers stand that a rate is made of. */
#include <string.h>

#include "check/relate/ratio.h"

#define RATE_FAR   16 /* claims before a rate among which the one stands that it names */
#define BARE_RUNES 4  /* between an amount and a share with nothing but ，占比为 between */
#define PART_NEAR  4  /* runes behind a percentage within which its part is said: 占六成多，有2.05亿元 */
#define WHOLE_FAR  80 /* and its whole, further off */
#define TOPICS_FAR 2  /* paragraphs back that may begin with the whole */

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
bool share_far(Work *work, size_t index) {
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
bool share_of_list(Work *work, size_t index, const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    size_t part = part_of_share(work, index), whole = part == SIZE_MAX ? SIZE_MAX : wholes[part];
    if (whole == SIZE_MAX || !fact_share_holds(&claims[index], &claims[part], &claims[whole])) return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, true);
    return true;
}

/* 特派员年龄偏大，临近退休的35名，超过四成: of the only whole that its sentence names, sections before. */
bool share_of_topic(Work *work, size_t index) {
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
bool share_of_aim(Work *work, size_t index) {
    if (index < 2 || !share_is_of_whole(work, index, index - 1) || !fact_in_one_sentence(work, index - 2, index))
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
bool share_ahead(Work *work, size_t index) {
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

/* The total of a table. */
static bool is_total_cell(const Work *work, size_t index) {
    size_t paragraph = work->mentions[index].paragraph;
    return work->text->paragraphs[paragraph].part->kind == PART_CELL &&
           work_cell_is_total(work, work_cell_heads(work, paragraph).name);
}

/* 占全市的65.9%, 占平台总数的37.9%, where all there is stands in the last row of a table, or was said under the heading. */
static bool is_whole_area(const Work *work, size_t percent, size_t from, size_t index) {
    size_t number = work->mentions[percent].from;
    bool area = work_says(work, work->lexicon->area, from, number);
    return (is_total_cell(work, index) && (area || work_says(work, work->lexicon->total, from, number))) ||
           (area && fact_headed_alike(work, percent, index));
}

/* Names its whole by words, 占全县研发经费的62.5%, 恰为总额的一成: an amount that was said anywhere before, in the same
 * words. */
bool share_of_named(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t part = part_of_share(work, index), near = share_verb(work, index), number = work->mentions[index].from;
    if (part == SIZE_MAX || claims[part].bound != BOUND_EXACT) return false;
    const Word *total = NULL;
    const uint32_t *at =
        words_within(work->lexicon->total, work->text->runes + near, work->text->runes + number, &total);
    bool all = at && at <= work->text->runes + near + 1; /* not 占规上企业总数 */
    for (size_t i = index; i-- && index - i <= WHOLE_FAR;) {
        bool can = i != part && fact_is_amount(&claims[i]) && claims[i].bound == BOUND_EXACT &&
                   !strcmp(claims[i].unit, claims[part].unit) &&
                   fact_share_holds(&claims[index], &claims[part], &claims[i]);
        if (!can || !(all || fact_named_in(work, near, number, i) || is_whole_area(work, index, near, i))) continue;
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
    bool listed =
        paragraph && work_is_item(work, &paragraphs[paragraph]) && work_is_item(work, &paragraphs[paragraph - 1]);
    while (listed && first && work->mentions[first - 1].paragraph + 1 >= paragraph) first--;
    return first;
}

bool share_of_items(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    if (claims[index].bound != BOUND_EXACT ||
        !work_says(work, work->lexicon->ratio, fact_near_from(work, index), work->mentions[index].from))
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
bool share_of_target(Work *work, size_t index) {
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
bool share_of_definition(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    const Indicator *rate = claims[index].indicator;
    if (!rate || rate->measure != MEASURE_RATIO || claims[index].face != FACE_VALUE) return false;
    size_t part = number_of(work, index, rate->a), whole = number_of(work, index, rate->b);
    if (part == SIZE_MAX || whole == SIZE_MAX || !fact_share_holds(&claims[index], &claims[part], &claims[whole]))
        return false;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, true);
    return true;
}
