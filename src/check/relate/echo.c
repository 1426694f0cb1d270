/* check/relate/echo.c: a number that comes back in other words: 登记成果960件 … 960件成果; a table and the text about
 * it.
 *
 * The smaller a number, the oftener it is equal by chance: the fewer digits it has, the more must stand around both. */
#include "check/relate/echo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define NUMBER_MIN   20   /* smaller numbers are equal by chance too often, unless the same noun stands at both */
#define NUMBER_LEAST 3    /* below it a noun proves nothing either */
#define MARK_RUNES   2    /* before a number that is a paragraph of its own: ▶ */
#define EACH_WORDS   4    /* characters in a row around two equal amounts of each */
#define RATE_WORDS   5    /* characters in a row that two equal rates must have around them */
#define DIGITS_SURE  3    /* of an amount of money that is not equal by chance */
#define ECHOES_MAX   4    /* equal numbers behind one that are looked at */
#define PAIRS_SURE   2    /* pairs of characters around both that even a small number needs */
#define AROUND       16   /* runes on either side of a number in which both must have a pair of characters in common */
#define NUMBER_LARGE 1000 /* from here on, so many: */
#define AROUND_LARGE 48
#define HEAD_RUNES   24 /* of the clause that heads a paragraph, and before a number, that are looked at */
#define NOUN_HEAD    8  /* runes of a heading that is no more than a noun: 五、特派员。 */
#define NOUN_FAR     6  /* runes before a number within which the noun of another may stand */
#define ROW_MAX      16 /* cells before one that say what it is of */

/* --- what stands around --- */

/* Where the row of a cell begins. */
static size_t row_from(const Work *work, size_t paragraph) {
    const Paragraph *paragraphs = work->text->paragraphs;
    const Part *cell = paragraphs[paragraph].part;
    for (size_t n = 0; paragraph && n < ROW_MAX; n++, paragraph--) {
        const Part *before = paragraphs[paragraph - 1].part;
        if (before->kind != PART_CELL || before->table != cell->table || before->row != cell->row) break;
    }
    return paragraphs[paragraph].from;
}

static bool is_cell(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part->kind == PART_CELL;
}

/* The words around a number, within its sentence; of a cell those of its row before it, or the head of its column. */
static void around(const Work *work, size_t index, bool column, size_t ret_span[2]) {
    const Mention *mention = &work->mentions[index];
    size_t sentence = work_sentence_from(work, mention->from), end = work_sentence_to(work, mention->to), head, row;
    size_t far =
        decimal_compare(work->checked->claims[index].value, (Decimal){NUMBER_LARGE, 0}) < 0 ? AROUND : AROUND_LARGE;
    ret_span[0] = mention->from > sentence + far ? mention->from - far : sentence;
    ret_span[1] = mention->to + far < end ? mention->to + far : end;
    if (!is_cell(work, index)) return;
    ret_span[0] = row_from(work, mention->paragraph);
    ret_span[1] = mention->from;
    work_cell_heads(work, mention->paragraph, &head, &row);
    if (!column || head == SIZE_MAX) return;
    ret_span[0] = work->text->paragraphs[head].from;
    ret_span[1] = work->text->paragraphs[head].to;
}

/* Both stretches name a thing of prose.yaml, if by other words. */
static bool names_one_thing(const Work *work, size_t spans[2][2]) {
    const WordSet *same = work->lexicon->same;
    for (size_t a = spans[0][0]; a < spans[0][1]; a++) {
        const Word *one = words_at(same, work->text->runes + a);
        for (size_t b = spans[1][0]; one && one->size > 2 && b < spans[1][1]; b++) {
            const Word *other = words_at(same, work->text->runes + b);
            if (other && other->tag == one->tag) return true;
        }
    }
    return false;
}

bool echo_is_han(uint32_t rune) { return text_is_han(rune) && !numeral_is_part(rune); }

/* The pair of characters at a rune stands within [from, to), too. */
static bool pair_stands(const Work *work, size_t at, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    if (!echo_is_han(runes[at]) || !echo_is_han(runes[at + 1])) return false;
    for (size_t i = from; i + 1 < to; i++)
        if (runes[at] == runes[i] && runes[at + 1] == runes[i + 1]) return true;
    return false;
}

/* Both stretches have at least so many pairs of characters, none of them overlapping. */
static bool share_pairs(const Work *work, size_t spans[2][2], size_t but, size_t least) {
    size_t n = 0;
    for (size_t a = spans[0][0]; a + 1 < spans[0][1] && n < least; a++)
        if (a + 1 != but && pair_stands(work, a, spans[1][0], spans[1][1])) n++, a++;
    return n >= least;
}

bool fact_named_in(const Work *work, size_t from, size_t to, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    if (near && work->text->runes[near - 1] == ':')
        near = work_clause_from(work, near - 1); /* 年度目标：登记成果200件 */
    if (number > near + HEAD_RUNES) near = number - HEAD_RUNES;
    size_t spans[2][2] = {{from, to}, {near, number}};
    return share_pairs(work, spans, SIZE_MAX, 1);
}

bool fact_headed_alike(const Work *work, size_t index, size_t other) {
    size_t from = work->text->paragraphs[work->mentions[index].paragraph].from, to = work_clause_to(work, from);
    return fact_named_in(work, from, to > from + HEAD_RUNES ? from + HEAD_RUNES : to, other);
}

bool fact_around_alike(const Work *work, size_t index, size_t other) {
    for (int column = 0; column < 1 + (is_cell(work, index) || is_cell(work, other)); column++) {
        size_t spans[2][2];
        around(work, index, column, spans[0]);
        around(work, other, column, spans[1]);
        if (names_one_thing(work, spans) || share_pairs(work, spans, work->mentions[index].to, 1)) return true;
    }
    return false;
}

/* 新签约项目16个, and 16个项目签约落户: so much stands around both that a small number is no chance. */
static bool is_wordy(const Work *work, size_t index, size_t other) {
    size_t spans[2][2];
    if (is_cell(work, index) || is_cell(work, other)) return false;
    around(work, index, false, spans[0]);
    around(work, other, false, spans[1]);
    return share_pairs(work, spans, work->mentions[index].to, PAIRS_SURE);
}

/* 78家里面，…; 158家只是起点: opens its clause, and says nothing of what it counts: it was said before. */
static bool reopens(const Work *work, size_t index) {
    const uint32_t *behind = work->text->runes + work->mentions[index].to;
    bool among =
        behind[0] == 0x4E2D || behind[0] == 0x91CC || (behind[0] == 0x5F53 && behind[1] == 0x4E2D); /* 中里当中 */
    bool mere = behind[0] == 0x53EA && behind[1] == 0x662F;                                         /* 只是 */
    return (among || mere) && work->mentions[index].from == work_clause_from(work, work->mentions[index].from);
}

bool fact_common_around(const Work *work, size_t index, size_t other, size_t least) {
    const uint32_t *runes = work->text->runes;
    size_t spans[2][2];
    around(work, index, false, spans[0]);
    around(work, other, false, spans[1]);
    for (size_t a = spans[0][0]; a + least <= spans[0][1]; a++)
        for (size_t b = spans[1][0]; b + least <= spans[1][1]; b++) {
            size_t n = 0;
            while (n < least && runes[a + n] == runes[b + n] && echo_is_han(runes[a + n])) n++;
            if (n == least) return true;
        }
    return false;
}

/* --- the noun of a number --- */

/* 14名特派员: the two characters right behind the number; 0 when there are none. */
size_t echo_noun_behind(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[index].to;
    return at + 1 < work->text->size && echo_is_han(runes[at]) && echo_is_han(runes[at + 1]) ? at : 0;
}

/* The same, when they say what is counted. */
static size_t noun_behind(const Work *work, size_t index) {
    size_t at = echo_noun_behind(work, index);
    return at && !words_at(work->lexicon->idle, work->text->runes + at) ? at : 0;
}

static bool stands_in(const Work *work, size_t noun, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t at = from; at + 1 < to; at++)
        if (runes[at] == runes[noun] && runes[at + 1] == runes[noun + 1] && at != noun) return true;
    return false;
}

/* The noun stands in the head of the column or of the row of a cell. */
static bool heads_noun(const Work *work, size_t noun, size_t paragraph) {
    size_t heads[2];
    work_cell_heads(work, paragraph, &heads[0], &heads[1]);
    for (size_t i = 0; i < 2; i++)
        if (heads[i] != SIZE_MAX &&
            stands_in(work, noun, work->text->paragraphs[heads[i]].from, work->text->paragraphs[heads[i]].to))
            return true;
    return false;
}

/* The noun stands right behind the other number too, or shortly before it in its clause, or heads its paragraph, column
 * or row. */
bool echo_has_noun(const Work *work, size_t noun, size_t other) {
    const Mention *mention = &work->mentions[other];
    if (is_cell(work, other)) return heads_noun(work, noun, mention->paragraph);
    size_t near = fact_near_from(work, other), head = work->text->paragraphs[mention->paragraph].from,
           to = work_clause_to(work, head);
    if (mention->from > near + NOUN_FAR) near = mention->from - NOUN_FAR;
    bool headed = to <= head + NOUN_HEAD && stands_in(work, noun, head, to);
    return headed || stands_in(work, noun, near, mention->from) || stands_in(work, noun, mention->to, mention->to + 2);
}

/* A thing of prose.yaml next to a number, by whichever of its names; NULL when none stands there. */
static const Word *thing_beside(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    const Mention *mention = &work->mentions[index];
    const Word *behind = words_at(work->lexicon->same, runes + mention->to);
    return behind ? behind
                  : words_before(work->lexicon->same, runes + fact_near_from(work, index), runes + mention->from);
}

/* 高新技术企业16家, and 16家高企. */
static bool counts_one_thing(const Work *work, size_t index, size_t other) {
    const Word *one = thing_beside(work, index), *again = thing_beside(work, other);
    return one && again && one->tag == again->tag;
}

/* 有任务的村78个, and 78个村: the character right before one is right behind the other, and ends there. */
static bool turns_round(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[index].from, to = work->mentions[other].to;
    return from && echo_is_han(runes[from - 1]) && runes[from - 1] == runes[to] &&
           !words_at(work->lexicon->idle, runes + to + 1) && !text_is_han(runes[to + 1]);
}

bool fact_noun_alike(const Work *work, size_t index, size_t other) {
    size_t noun = noun_behind(work, index), again = noun_behind(work, other);
    return (noun && echo_has_noun(work, noun, other)) || (again && echo_has_noun(work, again, index));
}

/* --- equal numbers --- */

/* Written digits without the zeros at the end: 5 280 000 has three. */
static int digits_of(const Claim *claim) {
    int64_t units = claim->value.units < 0 ? -claim->value.units : claim->value.units;
    int n = 0;
    while (units && units % 10 == 0) units /= 10;
    for (; units; units /= 10) n++;
    return n;
}

/* 上述, 前述 before it in its clause. */
static bool is_recalled(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from);
    return work_says(work, work->lexicon->recall, clause, work->mentions[index].from);
}

/* Of other times, or said to be equal by chance, there or in the sentence behind. */
bool fact_told_apart(const Work *work, size_t index, size_t other) {
    const Mention *const both[] = {&work->mentions[index], &work->mentions[other]};
    const Period a = work->checked->claims[index].period, b = work->checked->claims[other].period;
    bool dated = both[0]->own_period && both[1]->own_period && a.start != DATE_NONE && b.start != DATE_NONE;
    if (dated && !period_contains(a, b) && !period_contains(b, a)) return true;
    for (int i = 0; i < 2; i++) {
        size_t end = work_sentence_to(work, both[i]->to), next = end;
        if (end < work->text->size && work->text->runes[end] != '\n') next = work_sentence_to(work, end + 1);
        if (work_says(work, work->lexicon->chance, work_sentence_from(work, both[i]->from), next)) return true;
    }
    return false;
}

/* 县自定目标110件: what was aimed at is not what was done. */
static bool is_aimed(const Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    bool says = work_says(work, work->lexicon->target, fact_near_from(work, index), work->mentions[index].from);
    return claim->indicator ? claim->face == FACE_TARGET : says;
}

bool echo_can(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool amounts = fact_is_amount(a) && fact_is_amount(b) && a->bound == BOUND_EXACT && b->bound == BOUND_EXACT;
    bool others = a->indicator && b->indicator && a->indicator != b->indicator;
    bool ranged = work->mentions[index].in_range || work->mentions[other].in_range;
    if (!amounts || others || ranged || fact_in_row(work, index, other)) return false;
    if (!fact_same_unit(work, a, b) && !fact_units_drift(work, a->unit, b->unit)) return false;
    bool each = parts_is_of_each(work, index) != parts_is_of_each(work, other); /* 23个, and 平均每名23次 */
    bool aimed = !a->plan && !b->plan && is_aimed(work, index) != is_aimed(work, other);
    return !each && !aimed;
}

/* What is to come is what is, when the number only tells the thing again: 75名特派员的经费今后按月拨付, not
 * 选派特派员75名. */
static bool is_meant_again(const Work *work, size_t index, size_t other) {
    const Claim *claims = work->checked->claims;
    bool targets = claims[index].face == FACE_TARGET && claims[other].face == FACE_TARGET;
    if (claims[index].plan == claims[other].plan || targets) return true;
    return echo_noun_behind(work, claims[index].plan ? index : other) != 0;
}

/* 66名特派员, and 66个村: one counts persons, the other anything. */
static bool is_of_persons(const Work *work, size_t index, size_t other) {
    const Lexicon *lexicon = work->lexicon;
    const char *a = work->checked->claims[index].unit, *b = work->checked->claims[other].unit;
    return (lexicon_lists(lexicon->persons, a) && lexicon_lists(lexicon->anything, b)) ||
           (lexicon_lists(lexicon->persons, b) && lexicon_lists(lexicon->anything, a));
}

/* As much stands around both as so small a number needs. */
static bool is_likely(const Work *work, size_t index, size_t other) {
    const Claim *claim = &work->checked->claims[index];
    if (decimal_compare(claim->value, (Decimal){1, 0}) <= 0) return false;
    if (decimal_compare(claim->value, (Decimal){NUMBER_LEAST, 0}) < 0 || is_of_persons(work, index, other))
        return counts_one_thing(work, index, other);
    if (claim->kind == CLAIM_MONEY && digits_of(claim) >= DIGITS_SURE) return true;
    bool large = decimal_compare(claim->value, (Decimal){NUMBER_MIN, 0}) >= 0;
    bool headed =
        claim->kind == CLAIM_MONEY && (fact_headed_alike(work, index, other) || fact_headed_alike(work, other, index));
    bool turned = turns_round(work, index, other) || turns_round(work, other, index);
    return (large && (headed || turned || fact_around_alike(work, index, other))) || is_wordy(work, index, other) ||
           reopens(work, other) || counts_one_thing(work, index, other) || fact_noun_alike(work, index, other);
}

/* 高新技术产业增加值增长8.2% twice: to the decimal, and in so many of the same words. */
static bool is_rate_again(const Work *work, size_t index, size_t other) {
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    bool rates = a->kind == CLAIM_PERCENT && b->kind == CLAIM_PERCENT && a->precision < 0 && a->bound == BOUND_EXACT &&
                 b->bound == BOUND_EXACT && !is_cell(work, index) && !is_cell(work, other);
    return rates && !fact_in_one_sentence(work, index, other) && fact_common_around(work, index, other, RATE_WORDS) &&
           !fact_told_apart(work, index, other);
}

/* 平均每个团队300万元 and 单项平均300万元: equal by chance, unless more than a word stands around both. */
static bool is_of_another_each(const Work *work, size_t index, size_t other) {
    return parts_is_of_each(work, index) && parts_is_of_each(work, other) &&
           !fact_common_around(work, index, other, EACH_WORDS);
}

/* ▶ 112家, and the paragraph behind it tells of what. */
static bool heads(const Work *work, size_t index, size_t other) {
    size_t paragraph = work->mentions[index].paragraph;
    const Paragraph *head = &work->text->paragraphs[paragraph];
    bool alone = head->part->kind != PART_CELL && work->mentions[index].to == head->to &&
                 work->mentions[index].from <= head->from + MARK_RUNES;
    for (size_t i = head->from; alone && i < work->mentions[index].from; i++)
        alone = !text_is_han(work->text->runes[i]);
    const Claim *a = &work->checked->claims[index], *b = &work->checked->claims[other];
    return alone && work->mentions[other].paragraph == paragraph + 1 && a->kind == b->kind && !strcmp(a->unit, b->unit);
}

static bool is_echo(const Work *work, size_t index, size_t other) {
    if (heads(work, index, other)) return true;
    if (is_rate_again(work, index, other)) return true;
    if (!echo_can(work, index, other) || is_of_another_each(work, index, other)) return false;
    bool here = fact_in_one_sentence(work, index, other);
    bool meant = here ? is_recalled(work, other) : is_likely(work, index, other);
    return meant && is_meant_again(work, index, other) && !fact_told_apart(work, index, other);
}

static int compare_valued(const void *left, const void *right) {
    const Valued *a = left, *b = right;
    int order = decimal_compare(a->value, b->value);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

const Valued *facts_by_value(Work *work) {
    size_t n = work->checked->n_claims;
    if (work->by_value) return work->by_value;
    Valued *valued = mem_array(work->text, Valued, n + 1);
    for (size_t i = 0; i < n; i++) valued[i] = (Valued){work->checked->claims[i].value, i};
    qsort(valued, n, sizeof *valued, compare_valued);
    return work->by_value = valued;
}

static void relate_equals(Work *work) {
    const Valued *valued = facts_by_value(work);
    for (size_t i = 0; i < work->checked->n_claims; i++)
        for (size_t k = i + 1; k < work->checked->n_claims && k <= i + ECHOES_MAX; k++) {
            if (decimal_compare(valued[i].value, valued[k].value) != 0) break;
            size_t first = valued[i].index, again = valued[k].index;
            bool same = fact_is_same(work, first, again) && !fact_in_one_sentence(work, first, again);
            if (!same && !is_echo(work, first, again)) continue;
            relation_add_same(work, first, again, true);
            break;
        }
}

void relate_echoes(Work *work) {
    relate_equals(work);
    relate_recalls(work);
}
