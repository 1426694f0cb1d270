/* check/bind/again.c: numbers that come back without what was said of them: 以上118家高企、83个平台.
 *
 * Such a number stands next to the word for what it counts and nothing else that tells; it is of the indicator of an
 * earlier number that is the same in value, measure and period, if that indicator is told with the word. Two such
 * indicators, or none: it stays of nothing. The value never decides alone: the word must agree. */
#include <string.h>

#include "check/bind/binding.h"

#define AGAIN_MAX 400 /* claims looked back over */

static bool is_same_number(const Claim *a, const Claim *b) {
    return a->kind == b->kind && !decimal_compare(a->value, b->value) && !strcmp(a->unit, b->unit) &&
           a->bound == b->bound && a->period.start == b->period.start && a->period.end == b->period.end;
}

/* The word that tells what a number counts, with nothing unknown between; NO_WORD when there is none. */
static size_t counted(const Binding *binding, size_t index) {
    size_t at = binding->work->mentions[index].to, to = context_near_to(binding->work, index);
    const Hit *end = context_hits_from(binding, to);
    for (const Hit *hit = context_hits_from(binding, at); hit < end; hit++)
        if (!phrases_neutral(binding->phrases, hit->word))
            return context_unknown(binding, at, hit->at) ? NO_WORD : hit->word;
    return NO_WORD;
}

/* Nothing before the number within its clause, or only what tells of nothing: 以上118家, 再让这七十三名. */
static bool stands_first(const Binding *binding, size_t index) {
    const Hit *end = context_hits_from(binding, binding->work->mentions[index].from);
    for (const Hit *hit = context_hits_from(binding, context_near_from(binding->work, index)); hit < end; hit++)
        if (!phrases_neutral(binding->phrases, hit->word)) return false;
    return true;
}

const Indicator *again_of(const Binding *binding, size_t index) {
    const Claim *claims = binding->work->checked->claims, *claim = &claims[index];
    const Indicator *found = NULL;
    size_t word = claim->plan || !stands_first(binding, index) ? NO_WORD : counted(binding, index);
    if (word == NO_WORD) return NULL;
    for (size_t i = index; i-- && index - i <= AGAIN_MAX;) {
        const Indicator *indicator = claims[i].indicator;
        if (!indicator || claims[i].face != FACE_VALUE || !is_same_number(&claims[i], claim) ||
            !phrases_has(binding->phrases, indicator, word))
            continue;
        if (found && found != indicator) return NULL;
        found = indicator;
    }
    return found;
}
