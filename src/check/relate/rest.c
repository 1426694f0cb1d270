/* check/relate/rest.c: what is left of a whole, said behind other numbers or a sentence later: 预算2000万元。…已付款1890万元，
 * 执行率94.5%，结余110万元. Only what adds up is a sum: much else may be left of much else. */
#include "check/relate/parts.h"

#include <string.h>

#define WHOLES_MAX 8  /* amounts of a paragraph before the done part among which the whole stands */
#define CLAIMS_FAR 24 /* claims back that are looked at */

/* The nearest amount before a claim in its paragraph that can stand in a sum with it; SIZE_MAX when there is none. A target
 * can: 离30家的目标还差18家. */
static size_t amount_before(const Work *work, size_t index, size_t with) {
    size_t paragraph = work->mentions[with].paragraph;
    for (size_t i = index; i-- && with - i <= CLAIMS_FAR && work->mentions[i].paragraph == paragraph;)
        if (parts_can_be(work, with, i) || (work->checked->claims[i].face == FACE_TARGET &&
                                            !strcmp(work->checked->claims[i].unit, work->checked->claims[with].unit)))
            return i;
    return SIZE_MAX;
}

void relate_rest(Work *work, size_t index) {
    size_t from = fact_near_from(work, index);
    if (!work_says(work, work->lexicon->rest, from, work->mentions[index].from)) return;
    size_t done = amount_before(work, index, index), whole = done;
    for (int n = 0; done != SIZE_MAX && n < WHOLES_MAX; n++) {
        whole = amount_before(work, whole, index);
        if (whole == SIZE_MAX) return;
        Parts parts = {.list = {whole, done, index}, .count = 3}, turned = {.list = {done, whole, index}, .count = 3};
        if (parts_settle_equal(work, &parts) || (n == 0 && parts_settle_equal(work, &turned))) return;
    }
}
