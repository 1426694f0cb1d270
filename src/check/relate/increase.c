/* check/relate/increase.c: what was, what came to it, and what is: 由25家增加10家至35家; 比上年的25家增加10家;
 * 去年58家，今年65家，净增7家. */
#include <string.h>

#include "check/relate/parts.h"

#define AROUND     5  /* claims on either side of an increase among which its base and whole stand */
#define WHOLE_FAR  12 /* claims before them among which the whole may stand */
#define BASE_FAR   40 /* claims before an increase among which its base may stand */
#define VERB_RUNES 4  /* of what was done more: 多兑现48万元 */

static bool is_changing(const Claim *claim) {
    return fact_is_amount(claim) || claim->kind == CLAIM_PERCENT || claim->kind == CLAIM_POINTS;
}

/* A ratio rises by points, which clerks write as percent. */
static bool same_scale(const Claim *claim, const Claim *other) {
    bool ratio = (claim->kind == CLAIM_PERCENT || claim->kind == CLAIM_POINTS) &&
                 (other->kind == CLAIM_PERCENT || other->kind == CLAIM_POINTS);
    return ratio || (is_changing(claim) && is_changing(other) && !strcmp(claim->unit, other->unit));
}

static bool in_sentence(const Work *work, size_t index, size_t of) {
    size_t from = work_sentence_from(work, work->mentions[of].from),
           to = work_sentence_to(work, work->mentions[of].from);
    return index < work->checked->n_claims && work->mentions[index].from >= from && work->mentions[index].from < to;
}

static uint32_t rune_before(const Work *work, size_t index) {
    return work->mentions[index].from ? work->text->runes[work->mentions[index].from - 1] : 0;
}

/* 至63户, 达到35家, 调整为3400万元: what it came to. */
static bool is_reached(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    uint32_t before = rune_before(work, index);
    if (words_before(work->lexicon->become, runes, at)) return true;
    return before == 0x81F3 || before == 0x5230 || before == 0x8FBE; /* 至, 到, 达 */
}

/* A word of change right before it, perhaps with 了, 的 or 为 between. */
static bool changes(const Work *work, size_t index, const WordSet *set) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    const Word *filler = words_before(work->lexicon->filler, runes, at);
    if (words_before(set, runes, at) || (filler && words_before(set, runes, at - filler->size))) return true;
    return rune_before(work, index) == 0x7684 && words_before(set, runes, at - 1); /* 增加的3个 */
}

/* 由25家, 从25家, 比25家; not 占比, 比重. */
static bool opens_base(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] == 0x6BD4)
        return !words_before(work->lexicon->ratio, runes, runes + at + 1) &&
               !words_at(work->lexicon->ratio, runes + at);                   /* 比 */
    return runes[at] == 0x7531 || runes[at] == 0x4ECE || runes[at] == 0x8F83; /* 由从较 */
}

/* 多兑现48万元: what changed stands between; it says less than a change right before the number. */
static bool changes_loosely(const Work *work, size_t index, const WordSet *set) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    bool compared = number > near && (opens_base(work, near) || /* 比目标多服务388天, 同比多投入1.14亿元 */
                                      words_at(work->lexicon->compare, work->text->runes + near));
    for (size_t at = near; at < number && (at == near || compared); at++) {
        const Word *word = words_at(set, work->text->runes + at);
        if (word && number > at + word->size && number <= at + word->size + VERB_RUNES) return true;
    }
    return false;
}

/* 由25家, 比上年的25家, 上年末30个, 当年为1.2%: what it was before. */
static bool is_base(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    for (size_t i = near; i < number; i++)
        if (opens_base(work, i)) return true;
    return work_says(work, work->lexicon->compare, near, number) || work_says(work, work->lexicon->then, near, number);
}

/* To the last digit: a change is not a list of rounded numbers. */
static bool adds_up(const Work *work, const Parts *parts) {
    Decimal sum;
    const Claim *claims = work->checked->claims;
    return parts_are_exact(work, parts, 3) &&
           decimal_add(claims[parts->list[1]].value, claims[parts->list[2]].value, &sum) &&
           decimal_compare(sum, claims[parts->list[0]].value) == 0;
}

static void settle(Work *work, size_t whole, size_t base, size_t index, bool falls) {
    Parts parts = {.list = {whole, base, index}, .count = 3};
    if (falls) parts = (Parts){.list = {base, whole, index}, .count = 3};
    if (parts_are_exact(work, &parts, 3)) parts_add(work, &parts, 3, adds_up(work, &parts));
}

/* The claims of the sentence around an increase that can be its base or its whole, nearest first. */
static size_t candidates(const Work *work, size_t index, size_t list[2 * AROUND]) {
    const Claim *claims = work->checked->claims;
    size_t n = 0;
    for (size_t far = 1; far <= AROUND; far++) {
        if (far <= index && in_sentence(work, index - far, index) && same_scale(&claims[index - far], &claims[index]))
            list[n++] = index - far;
        if (in_sentence(work, index + far, index) && same_scale(&claims[index + far], &claims[index]))
            list[n++] = index + far;
    }
    return n;
}

/* What must hold: the text names the base as such, and what it came to, or an amount before both. */
static bool stated(const Work *work, const size_t *list, size_t n, size_t index, size_t *ret_whole, size_t *ret_base) {
    size_t base = SIZE_MAX, whole = SIZE_MAX;
    for (size_t i = 0; i < n && base == SIZE_MAX; i++)
        if (is_base(work, list[i]) && !is_reached(work, list[i]) && !changes(work, list[i], work->lexicon->rise))
            base = list[i];
    if (base == SIZE_MAX) return false;
    for (size_t i = 0; i < n && whole == SIZE_MAX; i++)
        if (list[i] != base && is_reached(work, list[i])) whole = list[i];
    size_t first = base < index ? base : index;
    if (whole == SIZE_MAX && first && in_sentence(work, first - 1, first) &&
        same_scale(&work->checked->claims[first - 1], &work->checked->claims[index]) && !is_base(work, first - 1))
        whole = first - 1;
    *ret_whole = whole;
    *ret_base = base;
    return whole != SIZE_MAX;
}

/* Two claims around an increase that make a sum with it, said by nothing but that. */
static bool settle_equal(Work *work, const size_t *list, size_t n, size_t index, bool falls) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            Parts parts = {.list = {falls ? list[k] : list[i], falls ? list[i] : list[k], index}, .count = 3};
            if (i == k || !adds_up(work, &parts)) continue;
            parts_add(work, &parts, 3, true);
            return true;
        }
    return false;
}

/* 累计85笔；较去年同期的62笔增加23笔: base and increase, and the whole earlier in the paragraph. Only what adds up. */
static bool settle_far(Work *work, const size_t *list, size_t n, size_t index, bool falls) {
    size_t base = SIZE_MAX, first;
    for (size_t i = 0; i < n && base == SIZE_MAX; i++)
        if (is_base(work, list[i]) && !is_reached(work, list[i])) base = list[i];
    if (base == SIZE_MAX) return false;
    first = base < index ? base : index;
    for (size_t i = first;
         i-- && first - i <= WHOLE_FAR && work->mentions[i].paragraph == work->mentions[index].paragraph;) {
        Parts parts = {.list = {falls ? base : i, falls ? i : base, index}, .count = 3};
        if (!same_scale(&work->checked->claims[i], &work->checked->claims[index]) || !adds_up(work, &parts)) continue;
        parts_add(work, &parts, 3, true);
        return true;
    }
    return false;
}

/* 净增30家；上年180家: dated, and before. */
static bool is_earlier(const Work *work, size_t base, size_t index) {
    const Period then = work->checked->claims[base].period, now = work->checked->claims[index].period;
    return work->mentions[base].own_period && then.start != DATE_NONE && then.end < now.end;
}

/* 312家，较年初减少3家；年初为315家: the base behind the sentence, named as such. Only what adds up. */
static bool settle_behind(Work *work, size_t index, bool falls) {
    size_t to = work_sentence_to(work, work->mentions[index].to), base = index + 1;
    while (base < work->checked->n_claims && work->mentions[base].from < to) base++;
    bool follows = base < work->checked->n_claims && work->mentions[base].from < work_period_to(work, to);
    if (!index || !follows || !(is_base(work, base) || is_earlier(work, base, index))) return false;
    Parts parts = {.list = {falls ? base : index - 1, falls ? index - 1 : base, index}, .count = 3};
    bool scale = same_scale(&work->checked->claims[index - 1], &work->checked->claims[index]) &&
                 same_scale(&work->checked->claims[base], &work->checked->claims[index]);
    if (!scale || !adds_up(work, &parts)) return false;
    parts_add(work, &parts, 3, true);
    return true;
}

/* 目标：新认定18家。完成：新认定21家，超目标3家: the nearest target before in the paragraph. Only what adds up. */
static bool settle_target(Work *work, size_t index, bool falls) {
    const Claim *claims = work->checked->claims;
    size_t whole = index;
    for (size_t n = 0; n < AROUND && whole; n++)
        if (same_scale(&claims[--whole], &claims[index]) && claims[whole].face == FACE_VALUE) break;
    for (size_t i = whole; i-- && work->mentions[i].paragraph == work->mentions[index].paragraph;) {
        Parts parts = {.list = {falls ? i : whole, falls ? whole : i, index}, .count = 3};
        if (claims[i].face != FACE_TARGET || !same_scale(&claims[i], &claims[index]) || !adds_up(work, &parts))
            continue;
        parts_add(work, &parts, 3, true);
        return true;
    }
    return false;
}

/* 减少4次、0.3万人次: the word of change stands before the first of them. */
static size_t said_of(const Work *work, size_t index) {
    const Mention *mentions = work->mentions;
    bool joined = index && mentions[index].from == mentions[index - 1].to + 1 &&
                  work->text->runes[mentions[index - 1].to] == 0x3001; /* 、 */
    return joined ? index - 1 : index;
}

/* 年均增加9家 */
static bool is_yearly(const Work *work, size_t index) {
    for (size_t i = fact_near_from(work, index); i + 1 < work->mentions[index].from; i++)
        if (work->text->runes[i] == 0x5E74 && work->text->runes[i + 1] == 0x5747) return true;
    return false;
}

/* 分别增加1个、3个: of several things at once. */
static bool is_shared_out(const Work *work, size_t index) {
    const Mention *mentions = work->mentions;
    size_t first = said_of(work, index);
    bool run = first + 1 < work->checked->n_claims && mentions[first + 1].from == mentions[first].to + 1;
    return run && work_says(work, work->lexicon->share_out, fact_near_from(work, first), mentions[first].from);
}

/* What must make the difference: not 新增20家, of which some may have left, nor a ratio that grew by so many percent of
 * itself. */
static bool is_net(const Work *work, size_t index) {
    bool fresh = changes(work, index, work->lexicon->fresh) && !changes(work, index, work->lexicon->fall);
    bool grown = work->checked->claims[index].kind == CLAIM_PERCENT && changes(work, index, work->lexicon->grows);
    return !fresh && !grown;
}

/* 有效高企58家 … 高企净增10家，总数达到68家: what it came to, and the base far before, of the same words. */
static bool settle_far_base(Work *work, const size_t *list, size_t n, size_t index, bool falls) {
    size_t whole = SIZE_MAX;
    for (size_t i = 0; i < n && whole == SIZE_MAX; i++)
        if (is_reached(work, list[i])) whole = list[i];
    for (size_t i = index; whole != SIZE_MAX && i-- && index - i <= BASE_FAR;) {
        Parts parts = {.list = {falls ? i : whole, falls ? whole : i, index}, .count = 3};
        if (!same_scale(&work->checked->claims[i], &work->checked->claims[index]) || !adds_up(work, &parts)) continue;
        if (!fact_shares_words(work, i, index)) continue;
        parts_add(work, &parts, 3, true);
        return true;
    }
    return false;
}

/* 吸纳额高于输出额2.4亿元, 吸纳比输出高出2.4亿元: how much one thing is more than another, told long before: both are
 * named, and it comes out. */
static bool settle_compared(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t near = fact_near_from(work, index), to = work->mentions[index].from;
    if (!work_says(work, work->lexicon->against, near, to) && !is_base(work, index)) return false;
    for (size_t i = index; i-- && index - i <= BASE_FAR;) {
        if (!same_scale(&claims[i], &claims[index]) || !fact_named_in(work, near, to, i)) continue;
        for (size_t k = i; k-- && i - k <= AROUND;) {
            Parts more = {.list = {i, k, index}, .count = 3}, fewer = {.list = {k, i, index}, .count = 3};
            if (!same_scale(&claims[k], &claims[index]) || !fact_named_in(work, near, to, k)) continue;
            if (!adds_up(work, &more) && !adds_up(work, &fewer)) continue;
            parts_add(work, adds_up(work, &more) ? &more : &fewer, 3, true);
            return true;
        }
    }
    return false;
}

void relate_increase(Work *work, size_t index) {
    const Lexicon *lexicon = work->lexicon;
    size_t said = said_of(work, index);
    bool rises = changes(work, said, lexicon->rise) || changes(work, said, lexicon->fresh);
    bool falls = changes(work, said, lexicon->fall);
    bool more = changes_loosely(work, index, lexicon->rise) || changes(work, index, lexicon->above);
    bool fewer = changes_loosely(work, index, lexicon->fall) || changes(work, index, lexicon->below);
    if (is_changing(&work->checked->claims[index]) && settle_compared(work, index)) return;
    bool changing = is_changing(&work->checked->claims[index]) && !is_reached(work, index);
    if (!changing || (!rises && !falls && !more && !fewer)) return;
    if (is_yearly(work, index) || is_shared_out(work, index)) return;
    size_t list[2 * AROUND], n = candidates(work, index, list), whole, base;
    bool down = falls || (fewer && !rises);
    bool behind = settle_behind(work, index, down);
    if (settle_equal(work, list, n, index, down) || settle_far(work, list, n, index, down) || behind) return;
    if (settle_target(work, index, down)) return;
    if (!rises && !falls) return;
    if (!is_net(work, index)) return;
    if (stated(work, list, n, index, &whole, &base))
        settle(work, whole, base, index, falls);
    else
        (void)settle_far_base(work, list, n, index, falls);
}
