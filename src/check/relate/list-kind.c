/* check/relate/list-kind.c: lists that part a whole by kind: 按性质分，机关25家、企业16家. */
#include <string.h>

#include "check/relate/parts.h"

#define KIND_RUNES   14 /* of 按…分 */
#define WHOLES_MAX   16 /* amounts before a list that may be its whole, */
#define WHOLES_FAR   40 /* among so many claims; */
#define WHOLES_NEAR  5  /* those that it must make, when it makes no other, */
#define WHOLES_CLOSE 16 /* among so many */

/* How many of the first parts make the whole, at most; 0 when none do. */
static size_t longest_equal(const Work *work, const Parts *parts) {
    for (size_t count = parts->count; count >= 3; count--)
        if (parts_are_exact(work, parts, count) && parts_equal(work, parts, count)) return count;
    return 0;
}

/* A whole right before the list, or one said to be all (一共146家) of its paragraph: it must be what they make. */
static void fail_kind(Work *work, size_t whole, size_t first, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    const Mention *mention = &work->mentions[whole];
    bool next_to = whole + 1 == first && mention->to + KIND_RUNES >= from;
    bool all = mention->paragraph == work->mentions[first].paragraph &&
               words_before(work->lexicon->altogether, runes, runes + mention->from);
    Parts parts;
    parts_gather(work, whole, first, to, &parts);
    if (next_to || all) (void)parts_settle(work, &parts, next_to ? PARTS_ALL : PARTS_LIKELY);
}

/* 135项，按买卖方向分，…52项、…83项，按合同类别分，…: each such list is of an amount said before the first of them,
 * perhaps sections before: only what must be stands near. */
static void list_of_kind(Work *work, size_t first, size_t from, size_t to) {
    size_t wholes[WHOLES_MAX], n = 0, most = 0;
    Parts best = {0};
    for (size_t i = first; i-- && n < WHOLES_MAX && i + WHOLES_FAR >= first;)
        if (parts_can_be(work, first, i)) wholes[n++] = i;
    for (size_t i = 0; i < n; i++) {
        Parts parts;
        parts_gather(work, wholes[i], first, to, &parts);
        size_t count = longest_equal(work, &parts);
        if (count > most) most = count, best = parts;
    }
    if (most) parts_add(work, &best, most, true);
    for (size_t i = 0; i < n && i < WHOLES_NEAR && !most && wholes[i] + WHOLES_CLOSE >= first; i++)
        fail_kind(work, wholes[i], first, from, to);
}

/* 按流向分，输出14项、0.39亿元，吸纳27项、0.88亿元: two amounts of each kind. */
static bool has_second(const Work *work, size_t first, size_t to) {
    const Claim *claims = work->checked->claims;
    size_t second = first + 1;
    return second < work->checked->n_claims && work->mentions[second].from < to && fact_is_amount(&claims[second]) &&
           strcmp(claims[first].unit, claims[second].unit);
}

void relate_kinds(Work *work) {
    size_t first = 0;
    for (size_t at = 0; first < work->checked->n_claims;) {
        Kind kind = work_next_kind(work, at, work->text->size);
        if (kind.from >= work->text->size) return;
        size_t end = work_period_to(work, kind.from), to = work_next_kind(work, kind.from, end).open;
        while (first < work->checked->n_claims &&
               (work->mentions[first].from < kind.from || !fact_is_amount(&work->checked->claims[first])))
            first++;
        if (first < work->checked->n_claims && work->mentions[first].from < to)
            list_of_kind(work, first, kind.from, to);
        if (has_second(work, first, to)) list_of_kind(work, first + 1, kind.from, to);
        at = kind.from;
    }
}
