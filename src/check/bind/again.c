/* check/bind/again.c: numbers of which nothing is said because what they are of was said before: numbers that come
 * back, 以上118家高企、83个平台, and the second number of what the first one counts, 办班76期、2660人次.
 *
 * A number that comes back stands next to the word for what it counts and nothing else that tells; it is of the
 * indicator of an earlier number that is the same in value, measure and period, if that indicator is told with the
 * word. Two such indicators, or none: it stays of nothing. The value never decides alone: the word must agree. */
#include <string.h>

#include "base/text.h"
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

/* --- the second number of the same records --- */

/* 76期、2660人次; 95项，共1425万元: what joins or adds up stands between them, and behind the second not what it
 * counts. */
static bool is_said_beside(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t from = index ? work->mentions[index - 1].to : 0, to = work->mentions[index].from;
    if (!from || !(run_joins(runes[from]) || runes[from] == ',') || text_is_han(runes[work->mentions[index].to]))
        return false;
    const Word *total = words_at(work->lexicon->altogether, runes + from + 1);
    return total ? from + 1 + total->size == to : from + 1 == to && runes[from] != ',';
}

/* Counts or adds up the very records that another indicator counts. */
static bool is_of_same_records(const Indicator *indicator, const Indicator *other) {
    return indicator != other && indicator->of && indicator->of == other->of && indicator->kind == other->kind &&
           indicator_is_divisible(indicator) && !strcmp(indicator->where_text.text, other->where_text.text);
}

static bool is_in_unit(const Lexicon *lexicon, const Indicator *indicator, const char *unit) {
    return !strcmp(indicator->unit, unit) || lexicon_visits(lexicon, indicator->unit, unit);
}

const Indicator *again_beside(const Binding *binding, size_t index) {
    const Work *work = binding->work;
    const Claim *claim = &work->checked->claims[index], *before = index ? claim - 1 : NULL;
    const Indicator *found = NULL;
    if (!before || !before->indicator || !is_said_beside(work, index) || !strcmp(before->unit, claim->unit))
        return NULL;
    for (size_t i = 0; i < work->ask->catalog->n_indicators; i++) {
        const Indicator *indicator = &work->ask->catalog->indicators[i];
        if (!is_of_same_records(indicator, before->indicator) || !is_in_unit(work->lexicon, indicator, claim->unit))
            continue;
        if (found) return NULL;
        found = indicator;
    }
    return found;
}
