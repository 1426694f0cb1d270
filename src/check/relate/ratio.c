/* check/relate/ratio.c: shares: 170件，占目标200件的85%; 申报84家，公示61家，通过率72.6%. */
#include "check/relate/ratio.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bound.h"

#define BARE_RUNES  4 /* between an amount and a share with nothing but ，占比为 between */
#define PART_NEAR   4 /* runes behind a percentage within which its part is said: 占六成多，有2.05亿元 */
#define RECENT      4 /* relations among which the one of the percentage before is */
#define RATIO_TO    5 /* runes of 的比重为 */
#define SHARE_SLACK 2 /* percent that the rounding of both numbers may add to that of the share */

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
    Decimal share, gap, slack;
    if (!share_of(part, whole, &share)) return false;
    if (percent->bound != BOUND_EXACT) return bound_holds(percent, share) && is_close(percent, share);
    if (!decimal_subtract(share, percent->value, &gap)) return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_multiply(bound_slack(percent), (Decimal){100 + SHARE_SLACK, 2}, &slack) &&
           decimal_compare(gap, slack) <= 0;
}

/* Said in one breath: 占目标200件的85%, 完成计划的90%: the number before the percentage is the whole. */
bool share_is_of_whole(const Work *work, size_t percent, size_t whole) {
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
            if ((runes[k] == runes[i - 2] && runes[k + 1] == runes[i - 1]) ||
                (runes[k] == runes[i - 1] && runes[k + 1] == runes[i - 2])) /* 收回360份，回收率 */
                return true;
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

/* The nearest pair of which a percentage is true; of it, said of the whole before it (达到目标800家的75%), only with
 * that. */
static bool share_true(Work *work, size_t index, const Claim *percent, const size_t *amounts, size_t n,
                       const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    size_t firsts = n && share_is_of_whole(work, index, amounts[0]) ? 1 : n;
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

/* Of tenths the pair that comes out best: 40% before 四成. */
static bool share_near(Work *work, size_t index, const size_t *amounts, size_t n, const size_t *wholes) {
    Claim strict = work->checked->claims[index], given = strict;
    if (strict.precision > 0) strict.precision = 0;
    return share_true(work, index, &strict, amounts, n, wholes) || share_true(work, index, &given, amounts, n, wholes);
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
    bool explicit = n && share_is_of_whole(work, index, amounts[0]);
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

static bool is_cell(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part->kind == PART_CELL;
}

/* The share that a percentage was just found to be; NULL when none was. */
static const Relation *share_found(const Work *work, size_t percent) {
    const Relation *relations = work->checked->relations;
    size_t n = work->checked->n_relations;
    for (size_t i = n; i && i + RECENT > n; i--)
        if (relations[i - 1].kind == RELATION_SHARE && relations[i - 1].claims[0] == percent) return &relations[i - 1];
    return NULL;
}

/* Two claims with nothing but one rune between, of the clause that 分别 shares out. */
static bool is_next_of_run(const Work *work, size_t index, size_t next) {
    return work->checked->claims[next].kind == CLAIM_PERCENT &&
           work->mentions[next].from == work->mentions[index].to + 1 &&
           work_says(work, work->lexicon->share_out, work_clause_from(work, work->mentions[index].from),
                     work->mentions[index].from);
}

/* 150件、50件，分别占75%和27%: behind one that comes out, the next is of the next amount and the same whole. */
static void relate_next_of_run(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    if (!index || claims[index - 1].kind != CLAIM_PERCENT || !is_next_of_run(work, index - 1, index)) return;
    const Relation *before = share_found(work, index - 1);
    if (!before || share_found(work, index)) return;
    size_t part = before->claims[1] + 1, whole = before->claims[2];
    bool exact = part < index && claims[part].bound == BOUND_EXACT && fact_is_amount(&claims[part]);
    if (!exact || strcmp(claims[part].unit, claims[whole].unit)) return;
    relation_add_equation(work, RELATION_SHARE, index, part, whole,
                          fact_share_holds(&claims[index], &claims[part], &claims[whole]));
}

void relate_shares(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const size_t *wholes = facts_wholes(scratch, work);
    bool *said = mem_array(scratch, bool, work->checked->n_claims + 1);
    relate_share_rows(work, said);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        if (said[i] || work->checked->claims[i].kind != CLAIM_PERCENT) continue;
        if (is_cell(work, i))
            share_of_cell(work, i);
        else if (is_share(work, i))
            relate_share(work, i, wholes);
        relate_next_of_run(work, i);
    }
}
