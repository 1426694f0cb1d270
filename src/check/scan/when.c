/* check/scan/when.c: the times that a text names, one behind the other. */
#include "check/scan/when.h"

#include "base/mem.h"
#include "check/scan/form.h"
#include "check/scan/numeral.h"
#include "check/work.h"

#define COMPARE_RUNES 4 /* within which a word of comparison stands before the time it is of */

/* A word of comparison before it, or 同期 within it. */
static bool is_compared(const Text *text, const Lexicon *lexicon, const When *when) {
    const uint32_t *at = text->runes + when->at;
    size_t back = when->at < COMPARE_RUNES ? when->at : COMPARE_RUNES;
    for (const uint32_t *start = at - back; start < at; start++)
        if (*start == 0x6BD4 || *start == 0x8F83) return true; /* 比, 较 */
    return words_within(lexicon->compare, at, at + when->size, NULL) != NULL;
}

/* 去年年底, 上年12月末, 今年三季度: a year and right behind it a time of some year are one. */
static bool join_year(Whens *whens, const When *when) {
    When *before = whens->count ? &whens->list[whens->count - 1] : NULL;
    bool year = before && before->at + before->size == when->at && (before->year || before->years || before->now) &&
                before->kind == WHEN_PERIOD && !before->since && !before->last_year;
    if (!year || when->kind == WHEN_NONE || when->year || when->years || when->now) return false;
    When joined = *when;
    joined.at = before->at;
    joined.size += before->size;
    joined.year = before->year;
    joined.years = before->years;
    joined.now = before->now;
    joined.compared |= before->compared;
    *before = joined;
    return true;
}

/* 自2016年推行科技特派员制度以来: since then, though much stands between. */
static bool is_since(const Text *text, const When *when) {
    uint32_t before = when->at ? text->runes[when->at - 1] : 0;
    if (!when->year || when->kind != WHEN_PERIOD || (before != 0x81EA && before != 0x4ECE)) return false; /* 自从 */
    for (size_t at = when->at + when->size; at + 1 < text->size && !rune_ends_clause(text->runes[at]); at++)
        if (text->runes[at] == 0x4EE5 && text->runes[at + 1] == 0x6765) return true; /* 以来 */
    return false;
}

Whens whens_find(const void *ctx, const Text *text, const Lexicon *lexicon) {
    Whens whens = {0};
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Forms *forms = forms_compile(scratch);
    for (size_t i = 0; i < text->size;) {
        When when = {0};
        bool inside_number = i && text->runes[i - 1] < 0x80 && numeral_is_part(text->runes[i - 1]);
        if (inside_number || !form_at(forms, text->runes + i, &when)) {
            i++;
            continue;
        }
        when.at = i;
        when.compared = is_compared(text, lexicon, &when);
        when.since |= is_since(text, &when);
        i += when.size;
        if (!join_year(&whens, &when)) *mem_push(ctx, whens.list, whens.count) = when;
    }
    return whens;
}

size_t whens_from(const Whens *whens, size_t at) {
    size_t low = 0, high = whens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (whens->list[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
