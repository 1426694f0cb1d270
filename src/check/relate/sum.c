/* check/relate/sum.c: sums of all kinds: lists, increases, and the totals of tables. */
#include "check/relate/parts.h"

void relate_sums(Work *work) {
    relate_kinds(work);
    relate_rows(work);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        const Claim *claim = &work->checked->claims[i];
        relate_totals(work, i);
        relate_increase(work, i);
        if (fact_is_amount(claim) && claim->face != FACE_GROWTH) relate_lists(work, i);
        if (fact_is_amount(claim) && claim->face != FACE_GROWTH) relate_rest(work, i);
    }
}
