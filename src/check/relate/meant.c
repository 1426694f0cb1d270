/* check/relate/meant.c: what a percentage that comes out of nothing is said of: then it is wrong.
 *
 * The part stands beside it; the whole is the only amount that its words can mean: one in brackets behind 占, the target or
 * the only amount before a rate, the only one that is named. Where two can be meant, or the percentage is far off, nothing
 * is said. */
#include <string.h>

#include "check/relate/parts.h"

#define PART_GAP  4   /* runes between a percentage and what it comes to: ，即 */
#define FAR_OFF   20  /* points by which a slip is wrong at most */
#define SHARE_TO  5   /* runes of 占, 占比为 */
#define NAMED_FAR 40  /* claims back among which a named whole stands */

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

/* The amount that a percentage is the share of a whole for; SIZE_MAX when none is beside it. */
static size_t part_of(const Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t next = index + 1, sentence = work_sentence_from(work, work->mentions[index].from);
    if (next < work->checked->n_claims && fact_is_amount(&claims[next]) && comes_to(work, next) &&
        work->mentions[next].from <= work->mentions[index].to + PART_GAP)
        return can_be(work, next, claims[next].unit) ? next : SIZE_MAX;
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;) {
        if (!fact_is_amount(&claims[i])) return SIZE_MAX;
        if (can_be(work, i, claims[i].unit)) return i;
    }
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

/* The only one before a part in its sentence, else in its paragraph. */
static size_t only_before(const Work *work, size_t part) {
    size_t number = work->mentions[part].from, sentence = work_sentence_from(work, number);
    size_t found = only_one(work, part, sentence, number);
    for (size_t i = part; found == SIZE_MAX && i-- && work->mentions[i].from >= sentence;)
        if (can_be(work, i, work->checked->claims[part].unit)) return SIZE_MAX; /* several */
    size_t paragraph = work->text->paragraphs[work->mentions[part].paragraph].from;
    return found != SIZE_MAX ? found : only_one(work, part, paragraph, number);
}

/* 占规上工业企业（240家）的比重达31.7%: in the bracket right before. */
static size_t in_bracket(const Work *work, size_t index, size_t part) {
    size_t whole = index ? index - 1 : 0, clause = work_clause_from(work, work->mentions[index].from);
    if (!index || rune_at(work, work->mentions[whole].to) != ')' || work->mentions[whole].from < clause) return SIZE_MAX;
    bool shares = work_says(work, work->lexicon->share, clause, work->mentions[whole].from);
    return shares && whole != part && can_be(work, whole, work->checked->claims[part].unit) ? whole : SIZE_MAX;
}

/* The character that ends the word of a rate: 通过率, 覆盖面, 支出进度; 0 when none is named. */
static size_t rate_at(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index);
    for (size_t i = work->mentions[index].from; i > near + 2; i--)
        if (rune_at(work, i - 1) == 0x7387 || rune_at(work, i - 1) == 0x9762) return i - 1; /* 率面 */
    return 0;
}

/* 拨付率 of 已拨付1560万元, 解决率 of 30个得到解决: the word of a rate stands in the clause of the part. */
static bool is_rate_of(const Work *work, size_t rate, size_t part) {
    size_t to = work_clause_to(work, work->mentions[part].to);
    for (size_t i = work_clause_from(work, work->mentions[part].from); i + 1 < to && i + 1 < rate; i++)
        if (rune_at(work, i) == rune_at(work, rate - 2) && rune_at(work, i + 1) == rune_at(work, rate - 1)) return true;
    return false;
}

/* 完成率, 支出进度, 完成年度任务的: measured against what was planned. */
static bool is_measured(const Work *work, size_t index, size_t whole) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    size_t from = work_clause_from(work, work->mentions[whole].from), to = work_clause_to(work, work->mentions[whole].to);
    bool planned = work_says(work, work->lexicon->target, from, to) || work_says(work, work->lexicon->planned, from, to) ||
                   work->checked->claims[whole].face == FACE_TARGET;
    return planned && work_says(work, work->lexicon->progress, near, number);
}

/* Nothing but 占 before it: of what its part is a part of. */
static bool is_mere(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from, at = near;
    while (at < number && rune_at(work, at) != 0x5360) at++; /* 占 */
    for (size_t i = at; i < number; i++)
        if (rune_at(work, i) == 0x7684) return false; /* 的: names its whole */
    return at < number && number - at <= SHARE_TO && at <= near + 1;
}

/* 占全县高企总数的68%: the only amount that its words name. */
static size_t named_whole(const Work *work, size_t index, size_t part) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from, at = near, found = SIZE_MAX;
    while (at < number && rune_at(work, at) != 0x5360) at++;
    if (at + 2 >= number || rune_at(work, number - 1) != 0x7684) return SIZE_MAX; /* 占…的 */
    for (size_t i = index; i-- && index - i <= NAMED_FAR;) {
        bool named = i != part && can_be(work, i, work->checked->claims[part].unit) &&
                     fact_named_in(work, at, number, i);
        if (named && found != SIZE_MAX) return SIZE_MAX;
        if (named) found = i;
    }
    bool elsewhere = work_says(work, work->lexicon->area, at, number) && found != SIZE_MAX &&
                     !work_says(work, work->lexicon->area, fact_near_from(work, found), work->mentions[found].from);
    return elsewhere ? SIZE_MAX : found;
}

static size_t whole_of(const Work *work, size_t index, size_t part, const size_t *wholes) {
    size_t whole = in_bracket(work, index, part), rate = rate_at(work, index);
    if (whole != SIZE_MAX) return whole;
    if (is_mere(work, index)) return wholes[part] != SIZE_MAX ? wholes[part] : only_before(work, part);
    whole = only_before(work, part < index ? part : index);
    if (whole != SIZE_MAX && ((rate && is_rate_of(work, rate, part)) || is_measured(work, index, whole))) return whole;
    return named_whole(work, index, part);
}

/* Off by no more than a slip, and the part is one. */
static bool is_slip(const Claim *percent, const Claim *part, const Claim *whole) {
    Decimal hundredfold, share, gap;
    if (decimal_compare(part->value, whole->value) > 0 || !decimal_multiply(part->value, (Decimal){100, 0}, &hundredfold) ||
        !decimal_divide(hundredfold, whole->value, 4, &share) || !decimal_subtract(share, percent->value, &gap))
        return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_compare(gap, (Decimal){FAR_OFF, 0}) <= 0;
}

/* It comes out of its part and some other amount: that one is meant. */
static bool comes_out(const Work *work, size_t index, size_t part) {
    const Claim *claims = work->checked->claims;
    size_t first = index > 2 * NAMED_FAR ? index - 2 * NAMED_FAR : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= index + PART_GAP; i++)
        if (i != part && fact_is_amount(&claims[i]) && !strcmp(claims[i].unit, claims[part].unit) &&
            fact_share_holds(&claims[index], &claims[part], &claims[i]))
            return true;
    return false;
}

void relate_meant(Work *work, size_t index, const size_t *wholes) {
    const Claim *claims = work->checked->claims;
    bool loose = claims[index].bound != BOUND_EXACT || work->mentions[index].planned || work->mentions[index].in_range;
    size_t part = loose ? SIZE_MAX : part_of(work, index);
    size_t whole = part == SIZE_MAX ? SIZE_MAX : whole_of(work, index, part, wholes);
    if (whole == SIZE_MAX || !is_slip(&claims[index], &claims[part], &claims[whole])) return;
    if (fact_told_apart(work, part, whole) || comes_out(work, index, part)) return;
    relation_add_equation(work, RELATION_SHARE, index, part, whole, false);
}
