/* check/relate/sum.c: sums of all kinds: lists, increases, and the totals of tables. */
#include "check/relate/parts.h"

#define AROUND 12 /* relations on either side of a sum that does not come out, among which one of its numbers does */

static bool relation_has(const Relation *relation, size_t claim) {
    for (size_t i = 0; i < relation->n_claims; i++)
        if (relation->claims[i] == claim) return true;
    return false;
}

/* 减少10家，由95家增加到112家，净增17家: a whole with one of its parts, or all the parts, are told by a sum that comes out.
 */
static bool is_told_by(const Relation *fails, const Relation *holds) {
    size_t parts = 0;
    for (size_t i = 1; i < fails->n_claims; i++) parts += relation_has(holds, fails->claims[i]);
    return parts + 1 == fails->n_claims || (parts && relation_has(holds, fails->claims[0]));
}

static bool is_unmeant(const Checked *checked, size_t index) {
    const Relation *relations = checked->relations;
    size_t first = index > AROUND ? index - AROUND : 0;
    if (relations[index].kind != RELATION_SUM || relations[index].holds) return false;
    for (size_t i = first; i < checked->n_relations && i <= index + AROUND; i++)
        if (relations[i].kind == RELATION_SUM && relations[i].holds && is_told_by(&relations[index], &relations[i]))
            return true;
    return false;
}

/* Takes back that sums do not come out where their numbers stand in others that do. */
static void drop_unmeant(Checked *checked) {
    size_t kept = 0;
    for (size_t i = 0; i < checked->n_relations; i++)
        if (!is_unmeant(checked, i)) checked->relations[kept++] = checked->relations[i];
    checked->n_relations = kept;
}

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
    drop_unmeant(work->checked);
}
