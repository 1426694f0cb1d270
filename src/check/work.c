/* check/work.c: moving about in a text by clause, sentence and paragraph. */
#include "check/work.h"

#include "base/mem.h"

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

/* Longer than any sentence a person writes: what goes on without an end is cut, so that time stays linear. */
#define WALK_MAX 600

static size_t back_to(const Work *work, size_t at, bool (*ends)(uint32_t)) {
    for (size_t n = 0; at && n < WALK_MAX && !ends(work->text->runes[at - 1]); n++) at--;
    return at;
}

static size_t on_to(const Work *work, size_t at, bool (*ends)(uint32_t)) {
    for (size_t n = 0; at < work->text->size && n < WALK_MAX && !ends(work->text->runes[at]); n++) at++;
    return at;
}

static bool ends_period(uint32_t rune) { return rune == '\n' || rune == 0x3002; }

size_t work_clause_from(const Work *work, size_t at) { return back_to(work, at, rune_ends_clause); }
size_t work_clause_to(const Work *work, size_t at) { return on_to(work, at, rune_ends_clause); }
size_t work_sentence_from(const Work *work, size_t at) { return back_to(work, at, rune_ends_sentence); }
size_t work_period_from(const Work *work, size_t at) { return back_to(work, at, ends_period); }
size_t work_sentence_to(const Work *work, size_t at) { return on_to(work, at, rune_ends_sentence); }
size_t work_period_to(const Work *work, size_t at) { return on_to(work, at, ends_period); }

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
