/* check/relate/meant.c: what a percentage that comes out of nothing is said of: then it is wrong.
 *
 * The part stands beside it; the whole is the only amount that its words can mean: one in brackets behind 占, the
 * target or the only amount before a rate, the only one that is named. Where two can be meant, or the percentage is far
 * off, nothing is said. */
#include <string.h>

#include "check/relate/parts.h"

#define PART_GAP  4  /* runes between a percentage and what it comes to: ，即 */
#define FAR_OFF   20 /* points by which a slip is wrong at most */
#define SHARE_TO  5  /* runes of 占, 占比为 */
#define NAMED_FAR 40 /* claims back among which a named whole stands */

static uint32_t rune_at(const Work *work, size_t at) { return work->text->runes[at]; }

static bool can_be(const Work *work, size_t index, const char *unit) {
    const Claim *claim = &work->checked->claims[index];
    return fact_is_amount(claim) && claim->bound == BOUND_EXACT && claim->face != FACE_GROWTH &&
           !strcmp(claim->unit, unit) && !work->mentions[index].in_range && !parts_is_of_each(work, index) &&
           !fact_is_change(work, index);
}

/* ，即170件, 占40%，达120亿元: what it comes to. */
static bool comes_to(const Work *work, size_t index) {
    static const uint32_t words[] = {0x5373, 0x8FBE, 0x4E3A, 0x8BA1, 0x5171, 0x6709}; /* 即达为计共有 */
    uint32_t before = rune_at(work, work->mentions[index].from - 1);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] == before) return true;
    return before == '(';
}

/* The character that ends the word of a rate: 通过率, 覆盖面; 0 when none is named. */
static size_t rate_at(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index);
    for (size_t i = work->mentions[index].from; i > near + 2; i--)
        if (rune_at(work, i - 1) == 0x7387 || rune_at(work, i - 1) == 0x9762) return i - 1; /* 率面 */
    return 0;
}

/* 拨付率 of 已拨付1560万元, 解决率 of 30个得到解决: the word of a rate stands in the clause of the part. */
static bool is_rate_of(const Work *work, size_t rate, size_t part) {
    size_t to = work_clause_to(work, work->mentions[part].to);
    for (size_t i = work_clause_from(work, work->mentions[part].from); i + 1 < to; i++)
        if (i != rate - 2 && rune_at(work, i) == rune_at(work, rate - 2) &&
            rune_at(work, i + 1) == rune_at(work, rate - 1))
            return true;
    return false;
}

/* The words of an amount's clause say that it was planned: 年度目标200件, 预算2000万元. */
static bool is_planned(const Work *work, size_t index) {
    size_t from = work_clause_from(work, work->mentions[index].from),
           to = work_clause_to(work, work->mentions[index].to);
    return work->checked->claims[index].face == FACE_TARGET || work_says(work, work->lexicon->target, from, to) ||
           work_says(work, work->lexicon->planned, from, to);
}

/* 完成率, 支出进度: how far something has come. */
static bool says_progress(const Work *work, size_t index) {
    return work_says(work, work->lexicon->progress, fact_near_from(work, index), work->mentions[index].from);
}

static size_t next_amount(const Work *work, size_t index) {
    size_t next = index + 1;
    bool near = next < work->checked->n_claims && fact_is_amount(&work->checked->claims[next]) &&
                work->mentions[next].from <= work->mentions[index].to + PART_GAP;
    return near && can_be(work, next, work->checked->claims[next].unit) ? next : SIZE_MAX;
}

/* The last amount before a claim in its sentence; SIZE_MAX when another kind of number stands between. */
static size_t last_amount(const Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;) {
        if (!fact_is_amount(&claims[i])) return SIZE_MAX;
        if (can_be(work, i, claims[i].unit)) return i;
    }
    return SIZE_MAX;
}

/* 已有30个得到解决。解决率为67%: in the sentences before, what the rate is of. */
static size_t rated_before(const Work *work, size_t index, size_t rate) {
    for (size_t i = index; i-- && work->mentions[i].paragraph == work->mentions[index].paragraph;)
        if (can_be(work, i, work->checked->claims[i].unit)) return is_rate_of(work, rate, i) ? i : SIZE_MAX;
    return SIZE_MAX;
}

/* The only amount of the unit of a part within [from, to), besides it; SIZE_MAX when there are none or several. */
static size_t only_one(const Work *work, size_t part, size_t from, size_t to) {
    const char *unit = work->checked->claims[part].unit;
    size_t found = SIZE_MAX, first = part > NAMED_FAR ? part - NAMED_FAR : 0;
    for (size_t i = first; i < work->checked->n_claims && work->mentions[i].from < to; i++) {
        if (i == part || work->mentions[i].from < from || !can_be(work, i, unit)) continue;
        if (found != SIZE_MAX) return SIZE_MAX;
        found = i;
    }
    return found;
}

/* The only one of the unit of a part before a place, in its sentence, else in its paragraph. */
static size_t only_before(const Work *work, size_t part, size_t at) {
    size_t sentence = work_sentence_from(work, at), paragraph = work->text->paragraphs[work_paragraph(work, at)].from;
    for (size_t i = part + 1; i-- && work->mentions[i].from >= sentence;)
        if (i != part && work->mentions[i].from < at && can_be(work, i, work->checked->claims[part].unit))
            return only_one(work, part, sentence, at);
    return only_one(work, part, paragraph, at);
}

/* Nothing but 占 before it: of what its part is a part of. */
static bool is_mere(const Work *work, size_t index, bool behind) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from, at = near;
    while (at < number && rune_at(work, at) != 0x5360) at++; /* 占 */
    for (size_t i = at; i < number; i++)
        if (rune_at(work, i) == 0x7684) return false; /* 的: names its whole */
    return at < number && number - at <= SHARE_TO && (behind || at <= near + 1);
}

/* 占全县高企总数的68%: the only amount that its words name. */
static size_t named_whole(const Work *work, size_t index, size_t part) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from, at = near, found = SIZE_MAX;
    while (at < number && rune_at(work, at) != 0x5360) at++;
    if (at + 2 >= number || rune_at(work, number - 1) != 0x7684) return SIZE_MAX; /* 占…的 */
    for (size_t i = index; i-- && index - i <= NAMED_FAR;) {
        bool named =
            i != part && can_be(work, i, work->checked->claims[part].unit) && fact_named_in(work, at, number, i);
        if (named && found != SIZE_MAX) return SIZE_MAX;
        if (named) found = i;
    }
    bool elsewhere = work_says(work, work->lexicon->area, at, number) && found != SIZE_MAX &&
                     !work_says(work, work->lexicon->area, fact_near_from(work, found), work->mentions[found].from);
    return elsewhere ? SIZE_MAX : found;
}

/* 区级资金占总投入的: the only amount of the paragraph before that what stands before 占 names; SIZE_MAX when nothing does. */
static size_t named_part(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from, at = near, found = SIZE_MAX;
    while (at < number && rune_at(work, at) != 0x5360) at++; /* 占 */
    if (at == number || at < near + 2) return SIZE_MAX;
    for (size_t i = index; i-- && work->mentions[i].paragraph == work->mentions[index].paragraph;) {
        if (!can_be(work, i, work->checked->claims[i].unit) || !fact_named_in(work, near, at, i)) continue;
        if (found != SIZE_MAX) return SIZE_MAX;
        found = i;
    }
    return found;
}

/* --- part and whole --- */

typedef struct Pair {
    size_t part, whole; /* SIZE_MAX: not plain */
} Pair;

static const Pair no_pair = {SIZE_MAX, SIZE_MAX};

/* 占规上工业企业（240家）的比重达31.7%; 登记170件，完成率85%（目标200件）: the whole stands in brackets. */
static Pair pair_in_bracket(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from), next = next_amount(work, index);
    bool closed =
        index && rune_at(work, work->mentions[index - 1].to) == ')' && work->mentions[index - 1].from >= clause;
    if (closed && work_says(work, work->lexicon->share, clause, work->mentions[index - 1].from)) {
        bool behind = next != SIZE_MAX && comes_to(work, next);
        return (Pair){behind ? next : last_amount(work, index - 1), index - 1};
    }
    bool open = next != SIZE_MAX && rune_at(work, work->mentions[index].to) == '(' && is_planned(work, next);
    return open && says_progress(work, index) ? (Pair){last_amount(work, index), next} : no_pair;
}

/* 入库90家，目标任务120家，完成进度75%; 研发经费2.4亿元，营业收入80亿元，强度3%: the whole right before, the part
 * before it. */
static Pair pair_turned(const Work *work, size_t index) {
    size_t whole = last_amount(work, index), part = whole == SIZE_MAX ? SIZE_MAX : last_amount(work, whole);
    if (part == SIZE_MAX) return no_pair;
    bool measured = is_planned(work, whole) && !is_planned(work, part) && says_progress(work, index);
    bool ratio = work_says(work, work->lexicon->base, fact_near_from(work, whole), work->mentions[whole].from) &&
                 work_says(work, work->lexicon->ratio, fact_near_from(work, index), work->mentions[index].from) &&
                 !rate_at(work, index);
    return measured || ratio ? (Pair){part, whole} : no_pair;
}

/* 收集50个，已办结45个，正在办理5个，办结率90%: the one of the sentence that the rate names, and of which it is a part.
 */
static Pair pair_listed(const Work *work, size_t index, size_t rate, const size_t *wholes) {
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;)
        if (wholes[i] != SIZE_MAX && can_be(work, i, work->checked->claims[i].unit) && is_rate_of(work, rate, i))
            return (Pair){i, wholes[i]};
    return no_pair;
}

/* The part beside a percentage, and the only amount that it can be of. */
static Pair pair_of(const Work *work, size_t index, const size_t *wholes) {
    size_t next = next_amount(work, index), rate = rate_at(work, index), number = work->mentions[index].from;
    bool behind = next != SIZE_MAX && (comes_to(work, next) || (rate && is_rate_of(work, rate, next)));
    Pair pair = {behind ? next : last_amount(work, index), SIZE_MAX};
    if (pair.part != SIZE_MAX && rate && !is_rate_of(work, rate, pair.part)) {
        Pair listed = pair_listed(work, index, rate, wholes);
        if (listed.part != SIZE_MAX) return listed;
    }
    size_t named = behind ? SIZE_MAX : named_part(work, index);
    if (named != SIZE_MAX) pair.part = named;
    if (pair.part == SIZE_MAX && rate) pair.part = rated_before(work, index, rate);
    if (pair.part == SIZE_MAX) return no_pair;
    size_t before = only_before(work, pair.part, behind ? number : work->mentions[pair.part].from);
    if (is_mere(work, index, behind))
        pair.whole = wholes[pair.part] != SIZE_MAX ? wholes[pair.part] : before;
    else if (before != SIZE_MAX &&
             ((rate && is_rate_of(work, rate, pair.part)) || (is_planned(work, before) && says_progress(work, index))))
        pair.whole = before;
    else
        pair.whole = named_whole(work, index, pair.part);
    return pair;
}

/* Off by no more than a slip, and the part is one. */
static bool is_slip(const Claim *percent, const Claim *part, const Claim *whole) {
    Decimal hundredfold, share, gap;
    if (decimal_compare(part->value, whole->value) > 0 ||
        !decimal_multiply(part->value, (Decimal){100, 0}, &hundredfold) ||
        !decimal_divide(hundredfold, whole->value, 4, &share) || !decimal_subtract(share, percent->value, &gap))
        return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_compare(gap, (Decimal){FAR_OFF, 0}) <= 0;
}

/* It comes out of its part and some other amount of the paragraph: that one is meant. */
static bool comes_out(const Work *work, size_t index, size_t part) {
    const Claim *claims = work->checked->claims;
    size_t first = index > 2 * NAMED_FAR ? index - 2 * NAMED_FAR : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= index + PART_GAP; i++)
        if (i != part && work->mentions[i].paragraph == work->mentions[index].paragraph && fact_is_amount(&claims[i]) &&
            !strcmp(claims[i].unit, claims[part].unit) && fact_share_holds(&claims[index], &claims[part], &claims[i]))
            return true;
    return false;
}

void relate_meant(Work *work, size_t index, const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    if (claims[index].bound != BOUND_EXACT || work->mentions[index].planned || work->mentions[index].in_range) return;
    if (fact_is_of_some(work, fact_near_from(work, index), work->mentions[index].from)) return;
    Pair pair = pair_in_bracket(work, index);
    if (pair.whole == SIZE_MAX) pair = pair_turned(work, index);
    if (pair.whole == SIZE_MAX) pair = pair_of(work, index, wholes);
    if (pair.part == SIZE_MAX || pair.whole == SIZE_MAX || pair.part == pair.whole) return;
    const Claim *part = &claims[pair.part], *whole = &claims[pair.whole];
    bool fits = !strcmp(part->unit, whole->unit) && can_be(work, pair.whole, part->unit);
    if (!fits || !is_slip(&claims[index], part, whole)) return;
    if (fact_told_apart(work, pair.part, pair.whole) || comes_out(work, index, pair.part)) return;
    relation_add_equation(work, RELATION_SHARE, index, pair.part, pair.whole, false);
}
