/* check/names.c: the stable words of the contract. */
#include "check/check.h"

const char *claim_kind_name(ClaimKind kind) {
    static const char *const NAMES[] = {
        [CLAIM_COUNT] = "count",   [CLAIM_MONEY] = "money", [CLAIM_PERCENT] = "percent",
        [CLAIM_POINTS] = "points", [CLAIM_RANK] = "rank",   [CLAIM_OTHER] = "other",
    };
    return NAMES[kind];
}

const char *bound_name(Bound bound) {
    static const char *const NAMES[] = {
        [BOUND_EXACT] = "exact",     [BOUND_OVER] = "over", [BOUND_NEAR] = "near",   [BOUND_AT_LEAST] = "at_least",
        [BOUND_AT_MOST] = "at_most", [BOUND_LESS] = "less", [BOUND_ABOUT] = "about",
    };
    return NAMES[bound];
}

const char *verdict_name(Verdict verdict) {
    static const char *const NAMES[] = {
        [VERDICT_UNBOUND] = "unbound",
        [VERDICT_MATCH] = "match",
        [VERDICT_DIFFERS] = "differs",
        [VERDICT_CANNOT] = "cannot",
    };
    return NAMES[verdict];
}

const char *face_name(Face face) {
    static const char *const NAMES[] = {
        [FACE_VALUE] = "value",   [FACE_TARGET] = "target", [FACE_SHARE] = "share",
        [FACE_GROWTH] = "growth", [FACE_RANK] = "rank",
    };
    return NAMES[face];
}

const char *relation_kind_name(RelationKind kind) {
    static const char *const NAMES[] = {
        [RELATION_SUM] = "sum",
        [RELATION_SHARE] = "share",
        [RELATION_PRODUCT] = "product",
        [RELATION_SAME] = "same",
    };
    return NAMES[kind];
}
