/* check/bind/run.c: numbers in a row. Those that 分别 shares out among the things of a list:
 * 输出、吸纳合同成交额分别为1.9亿元和2.6亿元, where the n-th number is of the n-th thing, and what the last one says of all
 * belongs to each; and the total behind its parts. */
#include <string.h>

#include "check/bind/binding.h"

#define RUN_MAX 12 /* numbers that 分别 shares out at most */

/* 、和及与 */
bool run_joins(uint32_t rune) { return rune == 0x3001 || rune == 0x548C || rune == 0x53CA || rune == 0x4E0E; }

/* Two claims with nothing but 、 or 和 between. */
static bool is_joined(const Work *work, size_t index, size_t next) {
    size_t from = work->mentions[index].to, to = work->mentions[next].from;
    return to == from + 1 && run_joins(work->text->runes[from]);
}

/* Where 分别 stands in a stretch; SIZE_MAX when it does not. */
static size_t share_out_at(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes,
                   *at = words_within(work->lexicon->share_out, runes + from, runes + to, NULL);
    return at ? (size_t)(at - runes) : SIZE_MAX;
}

bool run_holds(const Work *work, size_t index, size_t *ret_place, size_t *ret_length) {
    size_t first = index, last = index;
    while (first && index - first < RUN_MAX && is_joined(work, first - 1, first)) first--;
    while (last + 1 < work->checked->n_claims && last - index < RUN_MAX && is_joined(work, last, last + 1)) last++;
    *ret_place = index - first;
    *ret_length = last - first + 1;
    return *ret_length > 1 && *ret_length <= RUN_MAX &&
           share_out_at(work, context_near_from(work, first), work->mentions[first].from) != SIZE_MAX;
}

/* The items of a list before 分别, the last `count` of them: item i is [ends[i - 1] or so, ends[i]). */
static bool item_of(const Work *work, size_t from, size_t to, size_t place, size_t count, size_t *ret_from,
                    size_t *ret_to) {
    size_t end = to, at = to;
    for (size_t item = count; item-- > 0;) {
        while (at > from && !run_joins(work->text->runes[at - 1])) at--;
        *ret_from = at;
        *ret_to = end;
        if (item == place) return end > at;
        if (at == from) return false;
        end = --at;
    }
    return false;
}

/* 输出、吸纳合同成交额分别为: what the last item says of all belongs to each. */
static void add_common(const Binding *binding, Context *context, size_t from, size_t to) {
    size_t own = context->count;
    const Hit *end = binding->hits + binding->n_hits;
    for (const Hit *hit = context_hits_from(binding, from); hit < end && hit->at + hit->size <= to; hit++) {
        bool home = true;
        for (size_t i = 0; i < own; i++) home &= phrases_at_home(binding->phrases, context->words[i].word, hit->word);
        if (home) context_add(context, hit, NEXT_TO, true);
    }
}

bool run_add(const Binding *binding, Context *context, size_t index) {
    const Work *work = binding->work;
    size_t place, length, from, to;
    if (!run_holds(work, index, &place, &length)) return false;
    size_t first = index - place, near = context_near_from(work, first);
    size_t split = share_out_at(work, near, work->mentions[first].from);
    if (!item_of(work, near, split, 0, length, &from, &to)) return false; /* fewer things than numbers */
    if (!item_of(work, near, split, place, length, &from, &to)) return false;
    context->from = from;
    context->to = to;
    context_add_stretch(binding, context, from, to, NEXT_TO, true);
    context_add_stretch(binding, context, split, work->mentions[first].number, NEXT_TO, true);
    if (place + 1 < length && item_of(work, near, split, length - 1, length, &from, &to))
        add_common(binding, context, from, to);
    return true;
}

/* The first of the claims right before one that it is the total of, by its words and to the digit; NO_CLAIM. */
static size_t parts_of_total(const Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    const uint32_t *runes = work->text->runes;
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    Decimal sum = {0};
    if (!words_before(work->lexicon->altogether, runes, runes + work->mentions[index].from)) return NO_CLAIM;
    for (size_t i = index; i-- && index - i <= RUN_MAX && work->mentions[i].from >= sentence;) {
        if (claims[i].kind != claims[index].kind || strcmp(claims[i].unit, claims[index].unit) ||
            !decimal_add(sum, claims[i].value, &sum))
            return NO_CLAIM;
        if (index - i > 1 && decimal_compare(sum, claims[index].value) == 0) return i;
    }
    return NO_CLAIM;
}

bool run_add_total(const Binding *binding, Context *context, size_t index) {
    const Work *work = binding->work;
    size_t first = parts_of_total(work, index);
    if (first == NO_CLAIM) return false;
    Context said = {.from = work_sentence_from(work, work->mentions[first].from),
                    .to = work_clause_from(work, work->mentions[first].from)};
    context_add_stretch(binding, &said, said.from, said.to, NEXT_TO, true);
    if (!context_tells(binding, &said)) return false;
    *context = said;
    return true;
}
