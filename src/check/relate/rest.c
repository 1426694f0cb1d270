/* check/relate/rest.c: what is left of a whole, said behind other numbers or a sentence later:
 * 预算2000万元。…已付款1890万元， 执行率94.5%，结余110万元. Only what adds up is a sum: much else may be left of much
 * else. */
#include <string.h>

#include "check/relate/parts.h"

#define WHOLES_MAX   8  /* amounts of a paragraph before the done part among which the whole stands */
#define TOPICS_FAR   2  /* paragraphs back that may begin with the whole */
#define CLAIMS_FAR   24 /* claims back that are looked at, */
#define TEXT_FAR     90 /* and of what is told by the same words */
#define PAIR_FAR     3  /* claims between a whole and its done part */
#define BEHIND_RUNES 12 /* behind a number within which 未 says that it is left */
#define SLIP_PERCENT 12 /* of the whole that a slip is wrong by */

/* A claim can stand in a sum with another; a target can: 离30家的目标还差18家. */
static bool can_stand(const Work *work, size_t index, size_t with) {
    const Claim *claims = work->checked->claims;
    return parts_can_be(work, with, index) ||
           (claims[index].face == FACE_TARGET && !strcmp(claims[index].unit, claims[with].unit));
}

/* The nearest amount before a claim in its paragraph that can stand in a sum with another; SIZE_MAX: there is none. */
static size_t amount_before(const Work *work, size_t index, size_t with) {
    size_t paragraph = work->mentions[with].paragraph;
    for (size_t i = index; i-- && with - i <= CLAIMS_FAR && work->mentions[i].paragraph == paragraph;)
        if (can_stand(work, i, with) && (!parts_in_bracket(work, i) || parts_in_bracket(work, with))) return i;
    return SIZE_MAX;
}

/* 本月收集问题45个…。 and in the next paragraph 办结36个，余下9个: of the amount that an earlier paragraph begins with.
 */
static void rest_of_topic(Work *work, size_t index, size_t done) {
    size_t paragraph = work->mentions[index].paragraph;
    for (size_t i = done; i-- && index - i <= CLAIMS_FAR && work->mentions[i].paragraph + TOPICS_FAR >= paragraph;) {
        bool leads = !i || work->mentions[i - 1].paragraph != work->mentions[i].paragraph;
        Parts parts = {.list = {i, done, index}, .count = 3};
        if (leads && work->mentions[i].paragraph != paragraph && parts_can_be(work, index, i) &&
            parts_settle_equal(work, &parts))
            return;
    }
}

/* 还有15个, 5家企业未按时报送: a word of what is left before the number or behind the thing that it counts. */
static bool is_left(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    size_t to = work_clause_to(work, mention->to), far = mention->to + BEHIND_RUNES;
    size_t near = fact_near_from(work, index);
    return work_says(work, work->lexicon->rest, near, mention->from) ||
           work_says(work, work->lexicon->unfinished, near, mention->from) ||
           work_says(work, work->lexicon->unfinished, mention->to, to < far ? to : far);
}

/* The amounts of its paragraph before it that can stand in a sum with it, nearest first. */
static size_t amounts_before(const Work *work, size_t index, size_t amounts[WHOLES_MAX]) {
    size_t n = 0;
    for (size_t i = index; n < WHOLES_MAX && (i = amount_before(work, i, index)) != SIZE_MAX;) amounts[n++] = i;
    return n;
}

/* How many of a whole and its done part are told by the words of what is left. */
static int told_words(const Work *work, size_t index, size_t whole, size_t done) {
    return fact_shares_words(work, done, index) + fact_shares_words(work, whole, index);
}

/* 185万元中已拨付129.5万元，其中…; 其余55.5万元: the nearest done part and its whole, told by its words so often. */
static bool rest_near(Work *work, size_t index, const size_t *amounts, size_t n, int least) {
    for (size_t done = 0; done < n; done++)
        for (size_t whole = done + 1; whole < n; whole++) {
            if (told_words(work, index, amounts[whole], amounts[done]) < least) continue;
            Parts parts = {.list = {amounts[whole], amounts[done], index}, .count = 3};
            Parts turned = {.list = {amounts[done], amounts[whole], index}, .count = 3};
            if (parts_settle_equal(work, &parts) || (whole == 1 && parts_settle_equal(work, &turned))) return true;
        }
    return false;
}

/* The number that says the same in the sentence of another; itself when none does. */
static size_t nearest_same(const Work *work, size_t index, size_t of) {
    const Claim *claims = work->checked->claims;
    for (size_t i = of; i-- && fact_in_one_sentence(work, i, of);)
        if (!strcmp(claims[i].unit, claims[index].unit) && decimal_compare(claims[i].value, claims[index].value) == 0)
            return i;
    return index;
}

/* The whole less the done part is what is left, and so many of them are told by its words. Adds the sum. */
static bool is_rest_of(Work *work, size_t index, size_t whole, size_t done, int least) {
    Decimal sum;
    const Claim *claims = work->checked->claims;
    bool equal = decimal_add(claims[done].value, claims[index].value, &sum) &&
                 decimal_compare(sum, claims[whole].value) == 0;
    if (!equal || !can_stand(work, whole, index)) return false;
    if (told_words(work, index, whole, done) < least) return false;
    Parts parts = {.list = {nearest_same(work, whole, index), nearest_same(work, done, index), index}, .count = 3};
    return parts_settle_equal(work, &parts);
}

/* 距160件的任务还差64件, and pages before 登记96件: whole and done part far from each other, or both from what is left, of
 * things told by the same words. */
static bool rest_far(Work *work, size_t index, int least) {
    for (size_t i = index; i-- && index - i <= TEXT_FAR;) {
        if (!can_stand(work, i, index)) continue;
        for (size_t k = i + PAIR_FAR + 1 < index ? i + PAIR_FAR + 1 : index; k-- && k + PAIR_FAR >= i;)
            if (k != i && is_rest_of(work, index, k, i, least)) return true;
        for (size_t k = index; k-- && fact_in_one_sentence(work, k, index);)
            if (k != i && is_rest_of(work, index, k, i, least)) return true;
    }
    return false;
}

/* 收集问题75个，办结69个 … 收集的75个问题里，还有8个没有办结: the whole told again, and the done part behind where it was
 * told first: then it must come out. */
static bool rest_told_again(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    if (!index || !fact_in_one_sentence(work, index - 1, index) || !can_stand(work, index - 1, index)) return false;
    size_t whole = index - 1, behind = work->mentions[index].to;
    for (size_t i = whole; i-- && whole - i <= TEXT_FAR;) {
        Parts parts = {.list = {whole, i + 1, index}, .count = 3};
        bool told = !strcmp(claims[i].unit, claims[whole].unit) && i + 1 < whole &&
                    decimal_compare(claims[i].value, claims[whole].value) == 0 && can_stand(work, i + 1, index);
        if (told && fact_named_in(work, behind, behind + BEHIND_RUNES, i + 1))
            return parts_settle_equal(work, &parts) || parts_settle_slip(work, &parts, SLIP_PERCENT);
    }
    return false;
}

/* 反馈12个，已整改9个，其余4个: of the only two amounts before it, in one breath, the whole and what is done; then it
 * must come out, unless it is off by too much for a slip. */
static void fail_rest(Work *work, size_t index, const size_t *amounts, size_t n) {
    if (n != 2 || !work_says(work, work->lexicon->remaining, fact_near_from(work, index), work->mentions[index].from))
        return;
    const Claim *claims = work->checked->claims;
    Parts parts = {.list = {amounts[1], amounts[0], index}, .count = 3};
    size_t from = work_sentence_from(work, work->mentions[index].from);
    bool done = decimal_compare(claims[amounts[0]].value, claims[amounts[1]].value) < 0 &&
                work->mentions[amounts[0]].from >= from &&
                work_says(work, work->lexicon->done, work_clause_from(work, work->mentions[amounts[0]].from),
                          work->mentions[amounts[0]].from);
    if (done) (void)parts_settle_slip(work, &parts, SLIP_PERCENT);
}

void relate_rest(Work *work, size_t index) {
    if (!is_left(work, index)) return;
    size_t amounts[WHOLES_MAX], n = amounts_before(work, index, amounts), known = work->checked->n_relations;
    if (rest_near(work, index, amounts, n, 2) || rest_near(work, index, amounts, n, 0)) return;
    if (n == 1) rest_of_topic(work, index, amounts[0]);
    if (work->checked->n_relations > known || rest_far(work, index, 2) || rest_far(work, index, 1)) return;
    if (rest_told_again(work, index)) return;
    fail_rest(work, index, amounts, n);
}
