/* check/relate/parts.c: adding up. Numbers with a bound prove nothing; parts written in 万元 or with decimals are
 * rounded. */
#include "check/relate/parts.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define NEAR_MISS 8  /* percent of the whole by which parts that are likely all may fall short of it, */
#define PAIR_MISS 5  /* and two of them: 人才38人，其中博士15人、硕士20人 */
#define NOUN_MOST 3  /* runes of a noun such as 女性 */
#define NEAR_OVER 15 /* or exceed it: what exceeds it by more counts some twice */

bool parts_can_be(const Work *work, size_t whole, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    bool stands = claim->face == FACE_VALUE || (claim->face == FACE_TARGET && claim->plan);
    return fact_is_amount(claim) && stands && !work->mentions[index].in_range &&
           !strcmp(claim->unit, work->checked->claims[whole].unit);
}

bool parts_is_of_each(const Work *work, size_t index) {
    return work_says(work, work->lexicon->each, fact_near_from(work, index), work->mentions[index].from);
}

/* 中心41个、工作站5个等: what the list names is not all there is. */
static bool is_last_of_some(const Work *work, size_t index) {
    return work->text->runes[work->mentions[index].to] == 0x7B49; /* 等 */
}

void parts_gather(const Work *work, size_t whole, size_t first, size_t to, Parts *parts) {
    *parts = (Parts){.list = {whole}, .count = 1};
    for (size_t i = first; i < work->checked->n_claims && work->mentions[i].from < to; i++) {
        if (!parts_can_be(work, whole, i) || parts_is_of_each(work, i)) continue;
        if (parts->count > PARTS_MAX) return;
        parts->list[parts->count++] = i;
        if (is_last_of_some(work, i)) return;
    }
}

static bool add_up(const Work *work, const Parts *parts, size_t count, Decimal *ret_sum) {
    *ret_sum = (Decimal){0};
    for (size_t i = 1; i < count; i++)
        if (!decimal_add(*ret_sum, work->checked->claims[parts->list[i]].value, ret_sum)) return false;
    return true;
}

bool parts_are_exact(const Work *work, const Parts *parts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (work->checked->claims[parts->list[i]].bound != BOUND_EXACT) return false;
    return true;
}

/* "17+12=29", or "17+13≠29", in the order in which the text says the parts. */
void parts_add(Work *work, const Parts *parts, size_t count, bool holds) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf says = BUF_INIT(scratch);
    char number[DECIMAL_SIZE];
    size_t list[PARTS_MAX + 1] = {parts->list[0]};
    bool backward = count > 3 && parts->list[1] > parts->list[2]; /* gathered from the whole back */
    for (size_t i = 1; i < count; i++) {
        list[i] = parts->list[backward ? count - i : i];
        decimal_format(work->checked->claims[list[i]].value, number);
        buf_printf(&says, "%s%s", i > 1 ? "+" : "", number);
    }
    decimal_format(work->checked->claims[list[0]].value, number);
    buf_printf(&says, "%s%s", holds ? "=" : "≠", number);
    relation_add(work, RELATION_SUM, list, count, buf_text(&says), holds);
}

/* Half a step of the last digit that was written, of a number that is rounded. */
static Decimal slack_of(const Claim *claim) {
    bool rounded =
        claim->kind == CLAIM_PERCENT || (claim->precision > 0 && claim->kind != CLAIM_COUNT && claim->value.scale);
    return (Decimal){rounded ? 5 : 0, 1 + (claim->precision < 0 ? -claim->precision : 0)};
}

bool parts_equal(const Work *work, const Parts *parts, size_t count) {
    Decimal sum, gap, slack = {0};
    const Claim *whole = &work->checked->claims[parts->list[0]];
    if (!add_up(work, parts, count, &sum) || !decimal_subtract(sum, whole->value, &gap)) return false;
    if (gap.units < 0) gap.units = -gap.units;
    for (size_t i = 0; i < count; i++)
        if (!decimal_add(slack, slack_of(&work->checked->claims[parts->list[i]]), &slack)) return false;
    return decimal_compare(gap, slack) <= 0;
}

/* Percent of the whole by which the parts miss it; negative when they fall short. */
static int miss_of(const Work *work, const Parts *parts) {
    Decimal sum, gap, hundredfold, percent;
    const Claim *whole = &work->checked->claims[parts->list[0]];
    if (!add_up(work, parts, parts->count, &sum) || !decimal_subtract(sum, whole->value, &gap) ||
        !decimal_multiply(gap, (Decimal){100, 0}, &hundredfold) ||
        !decimal_divide(hundredfold, whole->value, 0, &percent))
        return -100;
    return (int)(percent.units > 1000 ? 1000 : percent.units < -1000 ? -1000 : percent.units);
}

/* The first parts are a list of their own: no 、 goes on behind them. */
static bool ends_at(const Work *work, const Parts *parts, size_t count) {
    return count == parts->count || work->text->runes[work->mentions[parts->list[count - 1]].to] != 0x3001 ||
           parts->list[count] < parts->list[count - 1];
}

bool parts_settle_equal(Work *work, const Parts *parts) {
    for (size_t count = 3; count <= parts->count; count++)
        if (ends_at(work, parts, count) && parts_are_exact(work, parts, count) && parts_equal(work, parts, count)) {
            parts_add(work, parts, count, true);
            return true;
        }
    return false;
}

/* 通过公示17家、在审12家、3个未整改: the number ends each item, but for what is left. 26家报名，5家进入决赛 may count
 * some twice. */
static bool all_close(const Work *work, const Parts *parts) {
    for (size_t i = 1; i < parts->count; i++) {
        const uint32_t *next = work->text->runes + work->mentions[parts->list[i]].to;
        bool closes = rune_ends_clause(*next) || *next == 0x3001 || *next == ')' || *next == 0x548C; /* 、 ) 和 */
        size_t near = fact_near_from(work, parts->list[i]);
        bool left = words_at(work->lexicon->rest, next) ||
                    work_says(work, work->lexicon->rest, near, work->mentions[parts->list[i]].from);
        if (!closes && !left) return false;
    }
    return true;
}

/* The last word of prose.yaml's complements in front of a part, from a rune on. */
static const Word *complement_from(const Work *work, size_t from, size_t index) {
    const uint32_t *runes = work->text->runes;
    const Word *word = NULL;
    (void)words_last(work->lexicon->complement, runes + from, runes + work->mentions[index].from, &word);
    return word;
}

static const Word *complement_of(const Work *work, size_t index) {
    return complement_from(work, fact_near_from(work, index), index);
}

/* 女性800人、研究人员1440人: one of two that are what the other is not, and the other is no part. */
static bool lacks_complement(const Work *work, const Parts *parts) {
    for (size_t i = 1; i < parts->count; i++) {
        size_t near = fact_near_from(work, parts->list[i]), number = work->mentions[parts->list[i]].from;
        const Word *word = number <= near + NOUN_MOST ? complement_from(work, near, parts->list[i]) : NULL;
        bool paired = !word;
        for (size_t k = 1; k < parts->count && !paired; k++) {
            const Word *other = complement_of(work, parts->list[k]);
            paired = other && other != word && other->tag == word->tag;
        }
        if (!paired) return true;
    }
    return false;
}

/* The text says itself that some are counted more than once, or parts it by what one can be at the same time:
 * 规上120家、专 精特新85家. */
static bool may_overlap(const Work *work, const Parts *parts) {
    size_t statuses = 0;
    for (size_t i = 1; i < parts->count; i++)
        statuses += work_says(work, work->lexicon->status, fact_near_from(work, parts->list[i]),
                              work->mentions[parts->list[i]].from);
    if (statuses > 1) return true;
    size_t from = work_period_from(work, work->mentions[parts->list[0]].from);
    size_t to = work_sentence_to(work, work->mentions[parts->list[parts->count - 1]].to);
    return work_says(work, work->lexicon->overlap, from, to);
}

bool parts_in_bracket(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[index].from, clause = work_clause_from(work, at);
    if (clause && runes[clause - 1] == ',') clause = work_sentence_from(work, at);
    while (at > clause && runes[at - 1] != '(' && runes[at - 1] != ')') at--;
    return at > clause && runes[at - 1] == '(';
}

/* 企业520万元（其中首次认定300万元）、平台280万元: what brackets say of a part is none. */
static bool settle_outer(Work *work, const Parts *parts) {
    Parts outer = {.list = {parts->list[0]}, .count = 1};
    for (size_t i = 1; i < parts->count; i++)
        if (!parts_in_bracket(work, parts->list[i])) outer.list[outer.count++] = parts->list[i];
    return outer.count >= 3 && outer.count < parts->count && parts_settle_equal(work, &outer);
}

bool parts_settle(Work *work, const Parts *parts, Wholeness wholeness) {
    if (parts->count < 3) return false;
    if (parts_settle_equal(work, parts) || settle_outer(work, parts)) return true;
    if (is_last_of_some(work, parts->list[parts->count - 1])) return false;
    if (wholeness == PARTS_SOME || !parts_are_exact(work, parts, parts->count) || may_overlap(work, parts))
        return false;
    int miss = miss_of(work, parts);
    int short_of = parts->count == 3 ? PAIR_MISS : NEAR_MISS;
    bool likely = all_close(work, parts) && miss >= -short_of && miss <= NEAR_OVER && !lacks_complement(work, parts);
    if (wholeness == PARTS_LIKELY ? !likely : miss < -60 || miss > 200) return false;
    parts_add(work, parts, parts->count, false);
    return true;
}

bool parts_settle_slip(Work *work, const Parts *parts, int most) {
    int miss = miss_of(work, parts);
    if (!parts_are_exact(work, parts, parts->count) || may_overlap(work, parts) || !all_close(work, parts) ||
        miss < -most || miss > most)
        return false;
    parts_add(work, parts, parts->count, parts_equal(work, parts, parts->count));
    return true;
}

bool parts_are_complements(const Work *work, const Parts *parts) {
    if (parts->count != 3) return false;
    const Word *one = complement_of(work, parts->list[1]), *other = complement_of(work, parts->list[2]);
    return one && other && one != other && one->tag == other->tag;
}
