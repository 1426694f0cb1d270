/* check/relate/relate.c: the arithmetic that a text states, kind by kind. */
#include <string.h>

#include "base/mem.h"
#include "check/relate/facts.h"

bool fact_is_amount(const Claim *claim) {
    return claim->kind == CLAIM_COUNT || ((claim->kind == CLAIM_MONEY || claim->kind == CLAIM_OTHER) && *claim->unit);
}

bool fact_same_unit(const Work *work, const Claim *claim, const Claim *other) {
    bool unsaid = claim->kind == CLAIM_COUNT && (!*claim->unit || !*other->unit); /* a table's */
    return claim->kind == other->kind && (unsaid || lexicon_alike(work->lexicon, claim->unit, other->unit));
}

static bool one_more_each(const char *unit, const char *other) {
    size_t size = strlen(unit);
    return size && !strncmp(unit, other, size) && !strcmp(other + size, "次");
}

bool fact_units_drift(const Work *work, const char *unit, const char *other) {
    if (one_more_each(unit, other) || one_more_each(other, unit)) return true;
    return !lexicon_alike(work->lexicon, unit, other) &&
           (lexicon_visits(work->lexicon, unit, other) || lexicon_visits(work->lexicon, other, unit));
}

#define RECENT 8 /* relations that another rule may have found just before */

static bool has_all(const Relation *relation, const size_t *claims, size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < relation->n_claims; k++) found += relation->claims[k] == claims[i];
    return found == n;
}

/* The same numbers in the same arithmetic; of a sum, all but nothings. */
static bool is_known(const Checked *checked, RelationKind kind, const size_t *claims, size_t n) {
    size_t first = checked->n_relations > RECENT ? checked->n_relations - RECENT : 0;
    for (size_t i = first; i < checked->n_relations; i++) {
        const Relation *relation = &checked->relations[i];
        bool alike = relation->n_claims == n || (kind == RELATION_SUM && relation->n_claims > n && relation->holds &&
                                                 relation->claims[0] == claims[0]);
        if (relation->kind == kind && alike && has_all(relation, claims, n)) return true;
    }
    return false;
}

void relation_add(Work *work, RelationKind kind, const size_t *claims, size_t n, const char *says, bool holds) {
    if (is_known(work->checked, kind, claims, n)) return;
    size_t length = strlen(says) + 1;
    Relation relation = {.kind = kind, .n_claims = n, .holds = holds};
    relation.claims = memcpy(work_keep(work, n * sizeof *claims), claims, n * sizeof *claims);
    relation.says = memcpy(work_keep(work, length), says, length);
    *mem_push(work->ctx, work->checked->relations, work->checked->n_relations) = relation;
}

void relation_add_equation(Work *work, RelationKind kind, size_t result, size_t first, size_t second, bool holds) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char numbers[3][DECIMAL_SIZE];
    const size_t claims[] = {result, first, second};
    bool is_share = kind == RELATION_SHARE;
    for (int i = 0; i < 3; i++) decimal_format(work->checked->claims[claims[i]].value, numbers[i]);
    relation_add(work, kind, claims, 3,
                 mem_printf(scratch, "%s%s%s%s%s%s", numbers[1], is_share ? "÷" : "×", numbers[2], holds ? "=" : "≠",
                            numbers[0], is_share ? "%" : ""),
                 holds);
}

bool fact_in_row(const Work *work, size_t index, size_t other) {
    const Part *a = work->text->paragraphs[work->mentions[index].paragraph].part;
    const Part *b = work->text->paragraphs[work->mentions[other].paragraph].part;
    return a->kind == PART_CELL && a->table == b->table && a->row == b->row;
}

bool fact_is_change(const Work *work, size_t index) {
    const WordSet *const sets[] = {work->lexicon->compare, work->lexicon->rise, work->lexicon->fall};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
        if (work_says(work, sets[i], fact_near_from(work, index), work->mentions[index].from)) return true;
    return false;
}

size_t *facts_wholes(const void *ctx, const Work *work) {
    const Checked *checked = work->checked;
    size_t *wholes = mem_array(ctx, size_t, checked->n_claims + 1);
    memset(wholes, 0xFF, checked->n_claims * sizeof *wholes);
    for (size_t i = 0; i < checked->n_relations; i++)
        for (size_t k = 1; k < checked->relations[i].n_claims; k++)
            wholes[checked->relations[i].claims[k]] = checked->relations[i].claims[0];
    return wholes;
}

void work_relate(Work *work) {
    relate_sums(work);
    relate_shares(work);
    relate_products(work);
    relate_echoes(work);
    relate_same(work);
}
