/* check/relate/infer.c: the indicators that the arithmetic of a text tells, where the words next to a number left them
 * open: 认定438家，完成任务（400家）的109.5% says by its division that 400 is the target of what 438 counts.
 *
 * Only what comes out tells anything, and only of numbers next to which no thing is named. */
#include <string.h>

#include "base/mem.h"
#include "check/relate/facts.h"

#define PARTS_FAR 24 /* claims on either side of a whole among which its parts stand */
#define AGAIN     80 /* confidence of a number that only follows from another, in percent */

/* A claim is of what another is of, in its own face. */
static void take(Work *work, size_t index, const Claim *from, Face face) {
    Claim *claim = &work->checked->claims[index];
    claim->indicator = from->indicator;
    claim->face = face;
    claim->confidence = from->confidence < AGAIN ? from->confidence : AGAIN;
    work_date_target(work, index);
}

/* --- what only states a fact again --- */

static void infer_same(Work *work, const Relation *relation) {
    Claim *claims = work->checked->claims;
    size_t first = relation->claims[0], again = relation->claims[1];
    size_t bare = claims[first].indicator ? again : first, named = claims[first].indicator ? first : again;
    if (!claims[named].indicator || claims[bare].indicator || (claims[named].plan && !claims[bare].plan) ||
        claims[named].face != FACE_VALUE || claims[bare].face != FACE_VALUE)
        return;
    take(work, bare, &claims[named], FACE_VALUE);
}

/* --- shares --- */

/* The ratio of two indicators that is one itself; NULL when there is none. */
static const Indicator *ratio_of(const Work *work, const Indicator *part, const Indicator *whole) {
    for (size_t i = 0; i < work->ask->catalog->n_indicators; i++) {
        const Indicator *indicator = &work->ask->catalog->indicators[i];
        if (indicator->measure == MEASURE_RATIO && part && indicator->a == part && indicator->b == whole)
            return indicator;
    }
    return NULL;
}

/* What is divided is a whole, and a part of it is of an indicator. */
static bool has_part_of(const Work *work, const size_t *wholes, size_t whole, const Indicator *indicator) {
    size_t first = whole > PARTS_FAR ? whole - PARTS_FAR : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= whole + PARTS_FAR; i++)
        if (wholes[i] == whole && work->checked->claims[i].indicator == indicator) return true;
    return false;
}

/* 成交13.8亿元，其中吸纳7.9亿元，完成全年25亿元任务的55.2%: of the target of what is divided, and never of a part of it. */
static void infer_target(Work *work, size_t percent, size_t part, size_t whole, const size_t *wholes) {
    Claim *claims = work->checked->claims;
    bool open = work->mentions[whole].aimed && !work->mentions[whole].told && !claims[part].plan;
    bool settled = claims[part].indicator && claims[whole].indicator == claims[part].indicator &&
                   claims[whole].face == FACE_TARGET;
    if ((!open && !settled) || claims[part].face != FACE_VALUE) return;
    if (claims[percent].indicator != claims[whole].indicator && claims[percent].indicator) return;
    if (!claims[part].indicator && !has_part_of(work, wholes, part, claims[whole].indicator)) return;
    if (!settled) take(work, whole, &claims[part], FACE_TARGET);
    take(work, percent, &claims[part], FACE_SHARE);
}

static void infer_share(Work *work, const Relation *relation, const size_t *wholes) {
    Claim *claims = work->checked->claims;
    size_t percent = relation->claims[0], part = relation->claims[1], whole = relation->claims[2];
    bool values = claims[part].face == FACE_VALUE && claims[whole].face == FACE_VALUE;
    bool of = work->text->runes[work->mentions[percent].from - 1] == 0x7684; /* 占70个有帮扶任务村的80%: 的 */
    bool open = !claims[percent].indicator && claims[percent].bound == BOUND_EXACT &&
                (!work->mentions[percent].told || of);
    const Indicator *ratio =
        values && open ? ratio_of(work, claims[part].indicator, claims[whole].indicator) : NULL;
    infer_target(work, percent, part, whole, wholes);
    if (!ratio) return;
    claims[percent].indicator = ratio;
    claims[percent].face = FACE_VALUE;
    claims[percent].confidence = AGAIN;
}

/* --- sums --- */

/* 由240家再增40家: what was, and by how much it changed, are no parts. */
static bool is_changed(const Work *work, size_t index) {
    return work->checked->claims[index].face == FACE_GROWTH || fact_is_change(work, index) ||
           work_says(work, work->lexicon->fresh, fact_near_from(work, index), work->mentions[index].from);
}

/* 研发费用5.13亿元，其中装备制造2.4亿元: a part is not again what its whole is, in the same time: the words of one of them
 * misled, by which there is less to be sure. */
static void infer_parts(Work *work, const Relation *relation) {
    Claim *claims = work->checked->claims, *whole = &claims[relation->claims[0]];
    for (size_t i = 0; i < relation->n_claims; i++)
        if (is_changed(work, relation->claims[i])) return;
    for (size_t i = 1; i < relation->n_claims; i++) {
        Claim *part = &claims[relation->claims[i]];
        if (fact_in_row(work, relation->claims[0], relation->claims[i])) return; /* of several years */
        bool again = part->indicator && part->indicator == whole->indicator && part->face == whole->face &&
                     part->period.start == whole->period.start && part->period.end == whole->period.end;
        if (again) (whole->confidence < part->confidence ? whole : part)->indicator = NULL;
    }
}

/* 6月96家，加上1—5月的182家，累计278家: a part told by its time alone is of what the whole and another part are of. */
static void infer_times(Work *work, const Relation *relation) {
    const Claim *claims = work->checked->claims, *whole = &claims[relation->claims[0]];
    bool other = false;
    if (!whole->indicator || whole->face != FACE_VALUE || whole->indicator->kind == INDICATOR_STOCK) return;
    for (size_t i = 1; i < relation->n_claims; i++) {
        const Claim *part = &claims[relation->claims[i]];
        if (!work->mentions[relation->claims[i]].own_period || !period_contains(whole->period, part->period)) return;
        other |= part->indicator == whole->indicator && part->face == FACE_VALUE;
    }
    for (size_t i = 1; other && i < relation->n_claims; i++) {
        size_t part = relation->claims[i];
        if (!claims[part].indicator && !work->mentions[part].told) take(work, part, whole, FACE_VALUE);
    }
}

/* 净增30家，总量达196家: what changed, before what it is of is said: of what there is alone. */
static void infer_net(Work *work, size_t index) {
    static const uint32_t net[] = {0x51C0, 0x589E}; /* 净增 */
    const Claim *claims = work->checked->claims, *next = &claims[index + 1];
    size_t from = fact_near_from(work, index), at = work->mentions[index].from;
    if (claims[index].indicator || work->mentions[index].told || index + 1 >= work->checked->n_claims) return;
    bool stock = next->indicator && next->indicator->kind == INDICATOR_STOCK && next->face == FACE_VALUE &&
                 !strcmp(next->unit, claims[index].unit) && fact_in_one_sentence(work, index, index + 1);
    if (stock && at >= from + 2 && work->text->runes[at - 2] == net[0] && work->text->runes[at - 1] == net[1])
        take(work, index, next, FACE_GROWTH);
}

void work_infer(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const size_t *wholes = facts_wholes(scratch, work);
    for (size_t i = 0; i < work->checked->n_claims; i++) infer_net(work, i);
    for (size_t i = 0; i < work->checked->n_relations; i++) {
        const Relation *relation = &work->checked->relations[i];
        if (!relation->holds) continue;
        if (relation->kind == RELATION_SUM) infer_parts(work, relation);
        if (relation->kind == RELATION_SUM) infer_times(work, relation);
        if (relation->kind == RELATION_SHARE) infer_share(work, relation, wholes);
        if (relation->kind == RELATION_SAME) infer_same(work, relation);
    }
}
