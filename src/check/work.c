/* check/work.c: moving about in a text by clause, sentence and paragraph. */
#include "check/work.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"

#define BLOCK ((size_t)1 << 16)
#define ALIGN _Alignof(max_align_t)

static size_t aligned(size_t size) { return (size + ALIGN - 1) / ALIGN * ALIGN; }

void *work_keep(Work *work, size_t size) {
    size = aligned(size);
    if (size > work->left) {
        work->left = size > BLOCK ? size : BLOCK;
        work->room = mem_check(talloc_size(work->ctx, work->left));
    }
    void *piece = work->room;
    work->room += size;
    work->left -= size;
    return piece;
}

const char *work_printf(Work *work, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(work->room, work->left, format, args);
    size_t size = length < 0 ? 0 : (size_t)length + 1;
    bool fits = size <= work->left;
    char *text = work_keep(work, size);
    if (!fits) vsnprintf(text, size, format, again);
    va_end(again);
    va_end(args);
    return text;
}

Label work_name_period(Work *work, Period period) {
    for (size_t i = 0; i < WORK_NAMES; i++) {
        const PeriodName *name = &work->names[i];
        if (name->words.zh && name->period.start == period.start && name->period.end == period.end) return name->words;
    }
    PeriodName *name = &work->names[work->next_name++ % WORK_NAMES];
    name->period = period;
    name->words = (Label){period_format_zh(work->ctx, period), period_format_short(work->ctx, period)};
    return name->words;
}

const char *work_keep_text(Work *work, size_t from, size_t to) {
    size_t most = TEXT_RUNE_MAX * (to - from) + 1; /* what of it is not needed is given back */
    char *text = work_keep(work, most), *at = text;
    for (size_t i = from; i < to; i++) at += text_put(at, work->text->runes[i]);
    *at++ = '\0';
    size_t rest = aligned(most) - aligned((size_t)(at - text));
    work->room -= rest;
    work->left += rest;
    return text;
}

bool work_add_claim(Work *work, const Claim *claim, const Mention *mention) {
    Checked *checked = work->checked;
    if (checked->n_claims == CHECK_CLAIMS_MAX) {
        checked->whole = false;
        return false;
    }
    size_t n = checked->n_claims;
    *mem_push(work->ctx, work->mentions, n) = *mention;
    *mem_push(work->ctx, checked->claims, checked->n_claims) = *claim;
    return true;
}

bool rune_ends_sentence(uint32_t rune) {
    return rune == '\n' || rune == 0 || rune == 0x3002 || rune == '!' || rune == '?' || rune == ';';
}

bool rune_ends_clause(uint32_t rune) { return rune_ends_sentence(rune) || rune == ',' || rune == ':'; }

static bool rune_ends_period(uint32_t rune) { return rune == '\n' || rune == 0x3002; }

/* --- ends, found once: a bit for each rune that is one --- */

#define BITS 64u

/* Longer than any sentence a person writes: what goes on without an end is cut, so that time stays linear. */
#define WALK_MAX 600

void work_mark_ends(Work *work) {
    static bool (*const is_end[WORK_ENDS])(uint32_t) = {
        [END_CLAUSE] = rune_ends_clause, [END_SENTENCE] = rune_ends_sentence, [END_PERIOD] = rune_ends_period};
    const Text *text = work->text;
    for (size_t end = 0; end < WORK_ENDS; end++) {
        work->ends[end] = mem_array(work->text, uint64_t, text->size / BITS + 1);
        for (size_t i = 0; i < text->size; i++)
            work->ends[end][i / BITS] |= (uint64_t)is_end[end](text->runes[i]) << (i % BITS);
    }
}

/* Behind the last end before a rune. */
static size_t back_to(const Work *work, size_t at, WorkEnd end) {
    size_t least = at > WALK_MAX ? at - WALK_MAX : 0;
    for (size_t word = at / BITS + 1; word-- > least / BITS;) {
        uint64_t bits = work->ends[end][word];
        if (word == at / BITS) bits &= ((uint64_t)1 << (at % BITS)) - 1;
        size_t found = bits ? word * BITS + BITS - (size_t)__builtin_clzll(bits) : 0;
        if (bits) return found > least ? found : least;
    }
    return least;
}

/* The first end from a rune on. */
static size_t on_to(const Work *work, size_t at, WorkEnd end) {
    size_t most = at + WALK_MAX < work->text->size ? at + WALK_MAX : work->text->size;
    for (size_t word = at / BITS; word * BITS < most; word++) {
        uint64_t bits = work->ends[end][word];
        if (word == at / BITS) bits &= UINT64_MAX << (at % BITS);
        size_t found = bits ? word * BITS + (size_t)__builtin_ctzll(bits) : most;
        if (bits) return found < most ? found : most;
    }
    return most;
}

size_t work_clause_from(const Work *work, size_t at) { return back_to(work, at, END_CLAUSE); }
size_t work_clause_to(const Work *work, size_t at) { return on_to(work, at, END_CLAUSE); }
size_t work_sentence_from(const Work *work, size_t at) { return back_to(work, at, END_SENTENCE); }
size_t work_sentence_to(const Work *work, size_t at) { return on_to(work, at, END_SENTENCE); }
size_t work_period_from(const Work *work, size_t at) { return back_to(work, at, END_PERIOD); }
size_t work_period_to(const Work *work, size_t at) { return on_to(work, at, END_PERIOD); }

bool work_says(const Work *work, const WordSet *set, size_t from, size_t to) {
    return words_within(set, work->text->runes + from, work->text->runes + to, NULL) != NULL;
}

size_t work_paragraph(const Work *work, size_t at) {
    size_t low = 0, high = work->text->n_paragraphs;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (work->text->paragraphs[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}
