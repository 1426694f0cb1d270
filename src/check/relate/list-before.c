/* check/relate/list-before.c: parts that stand before their whole: 17家、12家，共29家; and lists of an amount that was
 * said sentences before. */
#include <string.h>

#include "check/relate/parts.h"

#define PAIRS_MAX   8  /* amounts before a whole among which two may make it */
#define ALL_NEAR    4  /* runes between 共 and a number that must be the sum */
#define ALL_FAR     8  /* and one that may */
#define EARLIER_FAR 12 /* claims before a row among which its whole may stand */

/* 两项相加, 三项合计: how many parts the words before a whole announce; 0 when they do not. */
static size_t announced(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = from; i + 1 < to; i++) {
        int digit = numeral_digit(runes[i]);
        if (digit >= 2 && (runes[i + 1] == 0x9879 || runes[i + 1] == 0x8005 || runes[i + 1] == 0x7C7B))
            return (size_t)digit; /* 项者类 */
    }
    return 0;
}

static void gather_before(const Work *work, size_t whole, size_t from, size_t most, Parts *parts) {
    *parts = (Parts){.list = {whole}, .count = 1};
    bool inside = parts_in_bracket(work, whole);
    for (size_t i = whole; i-- && work->mentions[i].from >= from && parts->count <= most;) {
        if (parts_in_bracket(work, i) && !inside) continue; /* 9家（首次6家、重新3家），加上12家，共21家 */
        if (parts_can_be(work, whole, i) && !parts_is_of_each(work, i)) parts->list[parts->count++] = i;
    }
}

/* 优秀与良好合计35个: both parts are named before the whole, joined. */
static bool names_pair(const Work *work, size_t whole) {
    size_t near = fact_near_from(work, whole), number = work->mentions[whole].from;
    for (size_t i = near + 1; i + 1 < number; i++)
        if (work->text->runes[i] == 0x548C || work->text->runes[i] == 0x4E0E || work->text->runes[i] == 0x3001)
            return true; /* 和与、 */
    return false;
}

/* Adds the sum of two amounts of the paragraph before a whole, the second of them at an index. */
static bool pair_together(Work *work, size_t whole, size_t second, bool named) {
    size_t near = fact_near_from(work, whole), number = work->mentions[whole].from;
    if (named && !fact_named_in(work, near, number, second)) return false;
    for (size_t i = second, n = 0;
         i-- && n < PAIRS_MAX && work->mentions[i].paragraph == work->mentions[whole].paragraph;) {
        Parts parts = {.list = {whole, i, second}, .count = 3};
        if (!parts_can_be(work, whole, i) || (named && !fact_named_in(work, near, number, i))) continue;
        n++;
        if (parts_settle_equal(work, &parts)) return true;
    }
    return false;
}

/* …计140万元；…计10万元。两项合计150万元; or what is done, far before, and what is planned: 计划再落地4个，共9个. */
static bool list_together(Work *work, size_t whole, size_t many) {
    bool named = names_pair(work, whole);
    for (size_t i = whole, n = 0;
         i-- && n < PAIRS_MAX && work->mentions[i].paragraph == work->mentions[whole].paragraph;) {
        if (!parts_can_be(work, whole, i)) continue;
        n++;
        bool added = work->mentions[i].planned && !work->mentions[whole].planned;
        if ((many == 2 || added) && pair_together(work, whole, i, false)) return true;
        if (named && pair_together(work, whole, i, true)) return true;
        if (many != 2 && !named) return false;
    }
    return false;
}

/* How sure it is that what stands before 共 is all. */
static Wholeness wholeness_before(const Parts *parts, size_t whole, size_t many) {
    bool row =
        parts->count > 2 && parts->list[parts->count - 1] + parts->count - 1 == whole; /* nothing else between them */
    return many && parts->count == many + 1 ? PARTS_ALL : row ? PARTS_LIKELY : PARTS_SOME;
}

/* 一季度8家，二季度12家，三季度10家，四季度6家，全年36家: all before it in the sentence, and at least three. */
static bool row_before(Work *work, size_t whole) {
    Parts parts;
    gather_before(work, whole, work_sentence_from(work, work->mentions[whole].from), PARTS_MAX, &parts);
    bool pair = parts.count == 3 && fact_is_change(work, whole); /* 未通过8家、迁出2家，减少10家 */
    if (!(parts.count > 3 || pair) || parts.list[1] + 1 != whole || !parts_are_exact(work, &parts, parts.count) ||
        !parts_equal(work, &parts, parts.count))
        return false;
    parts_add(work, &parts, parts.count, true);
    return true;
}

/* 讲座320次…；展览46次…；竞赛25次…。三类活动391次、14.9万人次: as many as are announced, of the sentences before. */
static bool announced_before(Work *work, size_t whole) {
    size_t number = work->mentions[whole].from, many = announced(work, work_sentence_from(work, number), number);
    Parts parts;
    gather_before(work, whole, work->text->paragraphs[work->mentions[whole].paragraph].from, many, &parts);
    if (many < 2 || parts.count != many + 1) return false;
    return parts_settle_equal(work, &parts);
}

/* 再拨付3000万元，加上已拨付的2700万元，全年达到5700万元: the two before it, if they make it. */
static bool pair_added(Work *work, size_t whole) {
    size_t second = whole ? whole - 1 : 0, near = fact_near_from(work, second);
    if (whole < 2 || work->mentions[second].from < work_sentence_from(work, work->mentions[whole].from)) return false;
    if (!work_says(work, work->lexicon->plus, near, work->mentions[second].from)) return false;
    Parts parts = {.list = {whole, second - 1, second}, .count = 3};
    return parts_can_be(work, whole, second) && parts_can_be(work, whole, second - 1) &&
           parts_settle_equal(work, &parts);
}

/* 一等奖1项、二等奖3项，共4个奖项: told in units that count alike; only what adds up. */
static bool list_alike(Work *work, size_t whole) {
    Parts parts = {.list = {whole}, .count = 1};
    size_t sentence = work_sentence_from(work, work->mentions[whole].from);
    for (size_t i = whole; i-- && work->mentions[i].from >= sentence && parts.count <= PARTS_MAX;)
        if (fact_same_unit(work, &work->checked->claims[whole], &work->checked->claims[i]) &&
            !parts_is_of_each(work, i))
            parts.list[parts.count++] = i;
    return parts.count > 3 && parts_settle_equal(work, &parts);
}

/* 17家、12家，共29家; …。两项合计150万元. */
bool list_before(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t number = work->mentions[whole].from, near = fact_near_from(work, whole);
    const uint32_t *at = words_last(work->lexicon->altogether, runes + near, runes + number, NULL);
    if (!whole || !at || at + ALL_FAR < runes + number)
        return whole && (pair_added(work, whole) || row_before(work, whole) || announced_before(work, whole));
    size_t many = announced(work, near, number), sentence = work_sentence_from(work, number);
    Parts parts;
    gather_before(work, whole, sentence, many ? many : PARTS_MAX, &parts);
    if (parts.count < 3 && many) /* of the sentences before, as many as are announced */
        gather_before(work, whole, work->text->paragraphs[work->mentions[whole].paragraph].from, many, &parts);
    bool must =
        at + ALL_NEAR >= runes + number && runes[work->mentions[whole].to] != '('; /* 共510万元（含上年结转10万元） */
    if (parts_settle_equal(work, &parts) || list_alike(work, whole) || list_together(work, whole, many) ||
        announced_before(work, whole))
        return true;
    return must && parts_settle(work, &parts, wholeness_before(&parts, whole, many));
}

/* 细化成42项任务。…已经完成35项，基本完成5项，需要长期坚持2项: three or more in a row and all of their unit in the
 * sentence, of an amount that the paragraph said before; only what adds up. */
void list_of_earlier(Work *work, size_t first) {
    size_t sentence = work_sentence_from(work, work->mentions[first].from);
    size_t paragraph = work->mentions[first].paragraph;
    for (size_t i = first; i-- && work->mentions[i].from >= sentence;)
        if (parts_can_be(work, first, i)) return;
    for (size_t back = 1; back <= first && back <= EARLIER_FAR; back++) {
        Parts parts;
        if (work->mentions[first - back].paragraph != paragraph) return;
        if (!parts_can_be(work, first, first - back)) continue;
        parts_gather(work, first - back, first, work_sentence_to(work, sentence), &parts);
        bool row = parts.count >= 4 && parts.list[parts.count - 1] == first + parts.count - 2;
        if (!row) return;
        if (!parts_are_exact(work, &parts, parts.count) || !parts_equal(work, &parts, parts.count)) continue;
        parts_add(work, &parts, parts.count, true);
        return;
    }
}

/* 付款由甲540万元、乙612万元、丙228万元组成: of an amount that was said before. */
void list_of_which(Work *work, size_t first) {
    const uint32_t *runes = work->text->runes;
    size_t sentence = work_sentence_from(work, work->mentions[first].from), to = work_sentence_to(work, sentence);
    if (first && work->mentions[first - 1].from >= sentence) return;
    bool made = false;
    for (size_t i = work->mentions[first].to; i + 1 < to; i++)
        made |= (runes[i] == 0x7EC4 || runes[i] == 0x6784) && runes[i + 1] == 0x6210; /* 组成, 构成 */
    for (size_t back = 1; made && back <= 4 && back <= first; back++) {
        Parts parts;
        if (!parts_can_be(work, first, first - back)) continue;
        parts_gather(work, first - back, first, to, &parts);
        if (parts_settle_equal(work, &parts)) return;
    }
}
