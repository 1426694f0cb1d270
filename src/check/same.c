/* check/same.c: one fact that a text states more than once. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bound.h"
#include "check/facts.h"

#define SURE        90 /* confidence of both indicators without which two numbers are not called contradictory */
#define ALIKE_RUNES 5 /* that the subjects of unbound claims must share at their end */

static bool same_period(Period a, Period b) { return a.start == b.start && a.end == b.end; }

/* The words before the number end alike. */
static bool worded_alike(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t a = work->mentions[index].from, b = work->mentions[other].from;
    size_t from_a = fact_near_from(work, index), from_b = fact_near_from(work, other), n = 0;
    while (n < ALIKE_RUNES && a > from_a && b > from_b && runes[a - 1] == runes[b - 1]) {
        n++;
        a--;
        b--;
    }
    return n >= ALIKE_RUNES;
}

bool fact_is_same(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    if (a->kind != b->kind || a->face != b->face || a->face == FACE_GROWTH || a->plan != b->plan || !same_period(a->period, b->period))
        return false;
    if (work->mentions[index].in_range || work->mentions[other].in_range || !fact_same_unit(work, a, b)) return false;
    return a->indicator || b->indicator ? a->indicator == b->indicator : worded_alike(work, index, other);
}

bool fact_shares_words(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t a = work_clause_from(work, work->mentions[index].from), b = work_clause_from(work, work->mentions[other].from);
    size_t a_to = work_clause_to(work, work->mentions[index].to), b_to = work_clause_to(work, work->mentions[other].to);
    for (size_t i = a; i + 1 < a_to; i++)
        for (size_t k = b; k + 1 < b_to; k++)
            if (runes[i] == runes[k] && runes[i + 1] == runes[k + 1] && text_is_han(runes[i]) && text_is_han(runes[i + 1]) &&
                !numeral_is_part(runes[i]) && !numeral_is_part(runes[i + 1]))
                return true;
    return false;
}

static void add_same(Work *work, size_t first, size_t again, bool holds) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char one[DECIMAL_SIZE], other[DECIMAL_SIZE];
    const size_t claims[] = {first, again};
    decimal_format(work->checked->claims[first].value, one);
    decimal_format(work->checked->claims[again].value, other);
    relation_add(work, RELATION_SAME, claims, 2, mem_printf(scratch, "%s%s%s", one, holds ? "=" : "≠", other), holds);
}

static bool in_one_sentence(const Work *work, size_t index, size_t other) {
    return work_sentence_from(work, work->mentions[index].from) == work_sentence_from(work, work->mentions[other].from);
}

/* Claims in the order of what they are of, so that the same stand together however long the text. */
typedef struct Keyed {
    uint64_t key;
    size_t index;
} Keyed;

static uint64_t key_of(const Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    if (claim->indicator) return (uint64_t)(uintptr_t)claim->indicator;
    uint64_t key = 1469598103934665603u;
    size_t from = fact_near_from(work, index), at = work->mentions[index].from, n = 0;
    for (; at > from && n < ALIKE_RUNES; at--, n++) key = (key ^ work->text->runes[at - 1]) * 1099511628211u;
    return n < ALIKE_RUNES ? 0 : key | 1;
}

static int compare_keyed(const void *left, const void *right) {
    const Keyed *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* --- one number of one thing, worded otherwise: 登记成果960件 … 960件成果 --- */

#define NUMBER_MIN 20 /* smaller numbers are equal by chance too often */
#define SAME_WORDS 4  /* characters in a row that both must have around them to contradict one another */
#define ECHOES_MAX 4  /* equal numbers behind one that are looked at */
#define AROUND     16 /* runes on either side of a number in which both must have a pair of characters in common */

/* The words around a number, within its sentence; of a cell the head of its row. */
static void around(const Work *work, size_t index, size_t ret_span[2]) {
    const Mention *mention = &work->mentions[index];
    size_t column, row;
    work_cell_heads(work, mention->paragraph, &column, &row);
    if (row != SIZE_MAX) {
        ret_span[0] = work->text->paragraphs[row].from;
        ret_span[1] = work->text->paragraphs[row].to;
        return;
    }
    size_t sentence = work_sentence_from(work, mention->from), end = work_sentence_to(work, mention->to);
    ret_span[0] = mention->from > sentence + AROUND ? mention->from - AROUND : sentence;
    ret_span[1] = mention->to + AROUND < end ? mention->to + AROUND : end;
}

/* Both stretches name a thing of prose.yaml, if by other words. */
static bool names_one_thing(const Work *work, size_t spans[2][2]) {
    const WordSet *same = work->lexicon->same;
    for (size_t a = spans[0][0]; a < spans[0][1]; a++) {
        const Word *one = words_at(same, work->text->runes + a);
        for (size_t b = spans[1][0]; one && b < spans[1][1]; b++) {
            const Word *other = words_at(same, work->text->runes + b);
            if (other && other->tag == one->tag && one->size > 2) return true;
        }
    }
    return false;
}

bool fact_around_alike(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t spans[2][2];
    around(work, index, spans[0]);
    around(work, other, spans[1]);
    if (names_one_thing(work, spans)) return true;
    for (size_t a = spans[0][0]; a + 1 < spans[0][1]; a++)
        for (size_t b = spans[1][0]; b + 1 < spans[1][1]; b++)
            if (runes[a] == runes[b] && runes[a + 1] == runes[b + 1] && text_is_han(runes[a]) && text_is_han(runes[a + 1]) &&
                !numeral_is_part(runes[a]) && !numeral_is_part(runes[a + 1]) && a + 1 != work->mentions[index].to)
                return true;
    return false;
}

static bool is_echo(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool amounts = fact_is_amount(a) && fact_is_amount(b) && a->bound == BOUND_EXACT && b->bound == BOUND_EXACT;
    bool units = !strcmp(a->unit, b->unit) || fact_units_drift(a->unit, b->unit);
    bool row = fact_in_row(work, index, other);
    bool others = a->indicator && b->indicator && a->indicator != b->indicator;
    return amounts && units && !others && !row && a->value.units >= NUMBER_MIN && !in_one_sentence(work, index, other) &&
           fact_around_alike(work, index, other);
}

static int compare_valued(const void *left, const void *right) {
    const Valued *a = left, *b = right;
    int order = decimal_compare(a->value, b->value);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

Valued *facts_by_value(const void *ctx, const Work *work) {
    size_t n = work->checked->n_claims;
    Valued *valued = mem_array(ctx, Valued, n + 1);
    for (size_t i = 0; i < n; i++) valued[i] = (Valued){work->checked->claims[i].value, i};
    qsort(valued, n, sizeof *valued, compare_valued);
    return valued;
}

static void relate_echoes(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Valued *valued = facts_by_value(scratch, work);
    for (size_t i = 0; i < work->checked->n_claims; i++)
        for (size_t k = i + 1; k < work->checked->n_claims && k <= i + ECHOES_MAX; k++) {
            if (decimal_compare(valued[i].value, valued[k].value) != 0) break;
            if (!is_echo(work, valued[i].index, valued[k].index)) continue;
            if (!fact_is_same(work, valued[i].index, valued[k].index)) add_same(work, valued[i].index, valued[k].index, true);
            break;
        }
}

/* The longest run of characters that stands around both numbers. */
static size_t common_around(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t spans[2][2], longest = 0;
    around(work, index, spans[0]);
    around(work, other, spans[1]);
    for (size_t a = spans[0][0]; a < spans[0][1]; a++)
        for (size_t b = spans[1][0]; b < spans[1][1]; b++) {
            size_t n = 0;
            while (a + n < spans[0][1] && b + n < spans[1][1] && runes[a + n] == runes[b + n] && text_is_han(runes[a + n]) &&
                   !numeral_is_part(runes[a + n]))
                n++;
            if (n > longest) longest = n;
        }
    return longest;
}

/* Two numbers of one thing: said far from one another in the same words. Within a paragraph they are mostly told apart
 * by something the grammar does not see. */
static bool contradicts(const Work *work, size_t first, size_t again) {
    return work->mentions[first].paragraph != work->mentions[again].paragraph && common_around(work, first, again) >= SAME_WORDS;
}

/* Whether the two state one fact. */
static bool relate_pair(Work *work, size_t first, size_t again) {
    if (!fact_is_same(work, first, again) || in_one_sentence(work, first, again)) return false;
    const Claim *a = &work->checked->claims[first], *b = &work->checked->claims[again];
    if (bound_meets(a, b))
        add_same(work, first, again, true);
    else if (a->confidence >= SURE && b->confidence >= SURE && contradicts(work, first, again))
        add_same(work, first, again, false);
    else
        return false;
    return true;
}

void relate_same(Work *work) {
    relate_echoes(work);
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t n = work->checked->n_claims;
    Keyed *keyed = mem_array(scratch, Keyed, n + 1);
    for (size_t i = 0; i < n; i++) keyed[i] = (Keyed){key_of(work, i), i};
    qsort(keyed, n, sizeof *keyed, compare_keyed);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; keyed[i].key && k < n && k <= i + ECHOES_MAX && keyed[k].key == keyed[i].key; k++)
            if (relate_pair(work, keyed[i].index, keyed[k].index)) break;
}
