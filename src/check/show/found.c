/* check/show/found.c: what there is to look at, in words. */
#include <stdlib.h>

#include "base/mem.h"
#include "check/show/show.h"

/* --- signs and words --- */

const Verdict show_verdicts[VERDICTS] = {VERDICT_MATCH, VERDICT_DIFFERS, VERDICT_UNBOUND, VERDICT_CANNOT};

/* The signs are one column wide on every terminal and tell the verdicts apart without colours. */
static const struct {
    const char *sign;
    Label label;
} verdicts[VERDICTS] = {
    [VERDICT_MATCH] = {"✓", {"相符", "matches"}},
    [VERDICT_DIFFERS] = {"✗", {"不符", "differs"}},
    [VERDICT_UNBOUND] = {"◦", {"无对应指标", "no indicator"}},
    [VERDICT_CANNOT] = {"?", {"无法判断", "cannot tell"}},
};

Label show_verdict(Verdict verdict) { return verdicts[verdict].label; }
const char *show_verdict_sign(Verdict verdict) { return verdicts[verdict].sign; }

const char *show_found_sign(const Found *found) {
    static const char *const SIGNS[] = {
        [FOUND_DIFFERS] = "✗",
        [FOUND_CANNOT] = "?",
        [FOUND_REMARK] = SHOW_REMARK_SIGN,
    };
    return SIGNS[found->kind];
}

const char *show_ledger(const void *ctx, const Claim *claim) {
    if (!claim->ledger.known || !claim->indicator) return NULL;
    const char *number = figure_decimal(ctx, claim->ledger);
    switch (claim->face) {
    case FACE_VALUE:
    case FACE_TARGET:
        return figure_print(ctx, claim->indicator, claim->ledger);
    case FACE_SHARE:
    case FACE_GROWTH:
        return mem_printf(ctx, "%s%%", number);
    case FACE_RANK:
        return mem_printf(ctx, label_text((Label){"第%s位", "rank %s"}), number);
    }
    return number;
}

static const char *claim_words(const void *ctx, const Claim *claim) {
    const char *why = label_text(claim->why), *ledger = show_ledger(ctx, claim);
    if (!*why && ledger) why = mem_printf(ctx, label_text((Label){"台账为%s", "the ledger says %s"}), ledger);
    if (!*why) why = label_text(show_verdict(claim->verdict));
    return mem_printf(ctx, label_text((Label){"%s：%s", "%s: %s"}), claim->text, why);
}

const char *show_found_words(const void *ctx, const Checked *checked, const Found *found) {
    switch (found->kind) {
    case FOUND_DIFFERS:
    case FOUND_CANNOT:
        return claim_words(ctx, &checked->claims[found->index]);
    case FOUND_REMARK:
        return mem_strdup(ctx, label_text(checked->remarks[found->index].say));
    }
    return "";
}

/* --- the list --- */

static Found found_at_claim(const Checked *checked, FoundKind kind, size_t index, size_t claim) {
    const Claim *at = &checked->claims[claim];
    return (Found){kind, at->start, at->end, index, claim};
}

static int by_place(const void *a, const void *b) {
    const Found *one = a, *other = b;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    if (one->kind != other->kind) return one->kind < other->kind ? -1 : 1;
    return one->index < other->index ? -1 : one->index > other->index;
}

size_t show_found(const void *ctx, const Checked *checked, Found **ret_found) {
    Found *list = NULL;
    size_t n = 0;
    for (size_t i = 0; i < checked->n_claims; i++) {
        Verdict verdict = checked->claims[i].verdict;
        if (verdict != VERDICT_DIFFERS && verdict != VERDICT_CANNOT) continue;
        FoundKind kind = verdict == VERDICT_DIFFERS ? FOUND_DIFFERS : FOUND_CANNOT;
        *mem_push(ctx, list, n) = found_at_claim(checked, kind, i, i);
    }
    for (size_t i = 0; i < checked->n_remarks; i++) {
        const Remark *remark = &checked->remarks[i];
        *mem_push(ctx, list, n) = (Found){FOUND_REMARK, remark->start, remark->end, i, remark->claim};
    }
    if (n) qsort(list, n, sizeof *list, by_place);
    *ret_found = list;
    return n;
}

Tally show_tally(const Checked *checked) {
    Tally tally = {0};
    for (size_t i = 0; i < checked->n_claims; i++) tally.verdicts[checked->claims[i].verdict]++;
    for (size_t i = 0; i < checked->n_relations; i++) tally.failing += !checked->relations[i].holds;
    return tally;
}

bool check_finds(const Checked *checked) {
    Tally tally = show_tally(checked);
    return tally.verdicts[VERDICT_DIFFERS] || tally.failing || checked->n_remarks;
}

const char *show_found_key(const Found *found) {
    static const char *const KEYS[] = {[FOUND_DIFFERS] = "differs", [FOUND_CANNOT] = "cannot", [FOUND_REMARK] = "note"};
    return KEYS[found->kind];
}

const char *show_found_at(const void *ctx, const Found *found) {
    return mem_printf(ctx, "%s-%u-%u", show_found_key(found), found->start, found->end);
}

size_t check_differing(const Checked *checked) {
    size_t n = 0;
    for (size_t i = 0; i < checked->n_claims; i++) n += checked->claims[i].verdict == VERDICT_DIFFERS;
    return n;
}
