/* check/relate/rest.c: what is left of a whole, said behind other numbers or a sentence later:
 * 预算2000万元。…已付款1890万元， 执行率94.5%，结余110万元. Only what adds up is a sum: much else may be left of much
 * else. */
#include <string.h>

#include "check/relate/parts.h"

#define WHOLES_MAX 8  /* amounts of a paragraph before the done part among which the whole stands */
#define TOPICS_FAR 2  /* paragraphs back that may begin with the whole */
#define CLAIMS_FAR 24 /* claims back that are looked at */

/* The nearest amount before a claim in its paragraph that can stand in a sum with it; SIZE_MAX when there is none. A
 * target can: 离30家的目标还差18家. */
static size_t amount_before(const Work *work, size_t index, size_t with) {
    size_t paragraph = work->mentions[with].paragraph;
    for (size_t i = index; i-- && with - i <= CLAIMS_FAR && work->mentions[i].paragraph == paragraph;)
        if (parts_in_bracket(work, i) && !parts_in_bracket(work, with))
            continue;
        else if (parts_can_be(work, with, i) ||
                 (work->checked->claims[i].face == FACE_TARGET &&
                  !strcmp(work->checked->claims[i].unit, work->checked->claims[with].unit)))
            return i;
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

void relate_rest(Work *work, size_t index) {
    size_t from = fact_near_from(work, index);
    if (!work_says(work, work->lexicon->rest, from, work->mentions[index].from)) return;
    size_t done = amount_before(work, index, index), whole = done;
    for (int n = 0; done != SIZE_MAX && n < WHOLES_MAX; n++) {
        whole = amount_before(work, whole, index);
        if (whole == SIZE_MAX && n == 0) rest_of_topic(work, index, done);
        if (whole == SIZE_MAX) return;
        Parts parts = {.list = {whole, done, index}, .count = 3}, turned = {.list = {done, whole, index}, .count = 3};
        if (parts_settle_equal(work, &parts) || (n == 0 && parts_settle_equal(work, &turned))) return;
    }
}
