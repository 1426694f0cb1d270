/* check/sum.c: wholes and their parts: 29家，其中17家、12家; 17家、12家，共29家; 由25家增加10家至35家; the row 合计 of a table.
 *
 * A whole of which only some parts are named is no sum: behind 其中 the parts must be said to be all (in brackets,
 * 分别为, 包括), exceed the whole, or miss it by little. Numbers with a bound prove nothing. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check/facts.h"

#define PARTS_MAX   24
#define NEAR_MISS   8 /* percent of the whole by which parts that are all may miss it */
#define BRACKET_GAP 6 /* runes between a whole and the bracket with its parts */

typedef struct Parts {
    size_t list[PARTS_MAX + 1]; /* the whole first */
    size_t count;               /* with it */
} Parts;

/* --- adding up --- */

static bool add_up(const Work *work, const Parts *parts, size_t count, Decimal *ret_sum) {
    *ret_sum = (Decimal){0};
    for (size_t i = 1; i < count; i++)
        if (!decimal_add(*ret_sum, work->checked->claims[parts->list[i]].value, ret_sum)) return false;
    return true;
}

static bool all_exact(const Work *work, const Parts *parts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (work->checked->claims[parts->list[i]].bound != BOUND_EXACT) return false;
    return true;
}

/* "17+12=29", or "17+13≠29". */
static void add_sum(Work *work, const Parts *parts, size_t count, bool holds) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf says = BUF_INIT(scratch);
    char number[DECIMAL_SIZE];
    for (size_t i = 1; i < count; i++) {
        decimal_format(work->checked->claims[parts->list[i]].value, number);
        buf_printf(&says, "%s%s", i > 1 ? "+" : "", number);
    }
    decimal_format(work->checked->claims[parts->list[0]].value, number);
    buf_printf(&says, "%s%s", holds ? "=" : "≠", number);
    relation_add(work, RELATION_SUM, parts->list, count, buf_text(&says), holds);
}

/* Equal, or equal but for the rounding of parts that were written in 万元 or with decimals. */
static bool equals_whole(const Work *work, const Parts *parts, size_t count) {
    Decimal sum, gap, slack = {0};
    const Claim *whole = &work->checked->claims[parts->list[0]];
    if (!add_up(work, parts, count, &sum) || !decimal_subtract(sum, whole->value, &gap)) return false;
    if (gap.units < 0) gap.units = -gap.units;
    for (size_t i = 0; i < count; i++) {
        const Claim *claim = &work->checked->claims[parts->list[i]];
        bool rounded = claim->kind == CLAIM_PERCENT || (claim->precision > 0 && claim->kind != CLAIM_COUNT && claim->value.scale);
        Decimal half = {rounded ? 5 : 0, 1 + (claim->precision < 0 ? -claim->precision : 0)};
        if (rounded && !decimal_add(slack, half, &slack)) return false;
    }
    return decimal_compare(gap, slack) <= 0;
}

/* Percent of the whole by which the parts miss it; negative when they fall short. */
static int miss_of(const Work *work, const Parts *parts, size_t count) {
    Decimal sum, gap, hundredfold, percent;
    const Claim *whole = &work->checked->claims[parts->list[0]];
    if (!add_up(work, parts, count, &sum) || !decimal_subtract(sum, whole->value, &gap) ||
        !decimal_multiply(gap, (Decimal){100, 0}, &hundredfold) || !decimal_divide(hundredfold, whole->value, 0, &percent))
        return -100;
    return (int)(percent.units > 1000 ? 1000 : percent.units < -1000 ? -1000 : percent.units);
}

/* The first parts that make the whole. */
static bool settle_equal(Work *work, const Parts *parts) {
    for (size_t count = 3; count <= parts->count; count++)
        if (all_exact(work, parts, count) && equals_whole(work, parts, count)) {
            add_sum(work, parts, count, true);
            return true;
        }
    return false;
}

/* 通过公示17家、在审12家: the number ends each item. 26家报名，5家进入决赛 may count some twice. */
static bool all_close(const Work *work, const Parts *parts) {
    for (size_t i = 1; i < parts->count; i++) {
        uint32_t next = work->text->runes[work->mentions[parts->list[i]].to];
        if (!rune_ends_clause(next) && next != 0x3001 && next != ')' && next != 0x548C) return false; /* 、 ) 和 */
    }
    return true;
}

/* The sum that a list states: what makes the whole, else all of it where the list claims to be whole. */
static bool settle_list(Work *work, const Parts *parts, bool complete, bool exceeds_only) {
    if (parts->count < 3) return false;
    if (settle_equal(work, parts)) return true;
    if (!all_exact(work, parts, parts->count)) return false;
    if (!complete && !all_close(work, parts)) return false;
    int miss = miss_of(work, parts, parts->count);
    bool near_miss = miss >= -NEAR_MISS && miss <= NEAR_MISS;
    if (complete || near_miss || (miss > 0 && exceeds_only && miss <= 100)) {
        add_sum(work, parts, parts->count, false);
        return true;
    }
    return false;
}

/* --- a whole and what follows it --- */

static bool is_part(const Work *work, size_t whole, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    bool stands = claim->face == FACE_VALUE || (claim->face == FACE_TARGET && claim->plan);
    return fact_is_amount(claim) && stands && !work->mentions[index].in_range &&
           !strcmp(claim->unit, work->checked->claims[whole].unit);
}

/* The same unit and not more than the whole, until `to`. */
static void gather(const Work *work, size_t whole, size_t first, size_t to, Parts *parts) {
    *parts = (Parts){.list = {whole}, .count = 1};
    for (size_t i = first; i < work->checked->n_claims && work->mentions[i].from < to; i++) {
        if (!is_part(work, whole, i)) continue;
        if (parts->count > PARTS_MAX) return;
        parts->list[parts->count++] = i;
    }
}

static size_t bracket_close(const Work *work, size_t open) {
    const uint32_t *runes = work->text->runes;
    size_t at = open;
    while (runes[at] && runes[at] != '\n' && runes[at] != ')') at++;
    return at;
}

/* 29家（通过公示17家、在审12家）. */
static bool sum_in_bracket(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[whole].to, end = at + BRACKET_GAP;
    while (at < end && runes[at] != '(' && !rune_ends_clause(runes[at])) at++;
    if (runes[at] != '(') return false;
    Parts parts;
    gather(work, whole, whole + 1, bracket_close(work, at), &parts);
    size_t close = bracket_close(work, at);
    bool all = true; /* every number in the bracket is a part */
    for (size_t i = whole + 1; i < work->checked->n_claims && work->mentions[i].from < close; i++) all &= is_part(work, whole, i);
    return settle_list(work, &parts, all && parts.count > 3, all);
}

/* 29家，其中通过公示17家、在审12家. */
static bool sum_behind(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = work_sentence_to(work, from);
    size_t next = whole + 1 < work->checked->n_claims ? work->mentions[whole + 1].from : to;
    const Word *word;
    const uint32_t *at = words_within(work->lexicon->among, runes + from, runes + (next < to ? next : to), &word);
    Parts parts;
    gather(work, whole, whole + 1, to, &parts);
    if (!at) return parts.count > 2 && parts.list[1] == whole + 1 && settle_equal(work, &parts); /* 32个，已整改29个，正在整改3个 */
    bool exhaustive = words_at(work->lexicon->exhaustive, at) != NULL;
    return settle_list(work, &parts, exhaustive && parts.count >= 3 && miss_of(work, &parts, parts.count) > -50, true);
}

/* 17家、12家，共29家. */
static bool sum_before(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t number = work->mentions[whole].from, near = fact_near_from(work, whole);
    if (!whole || !work_says(work, work->lexicon->altogether, near, number)) return false;
    if (words_within(work->lexicon->altogether, runes + near, runes + number, NULL) + 3 < runes + number) return false;
    size_t sentence = work_sentence_from(work, number);
    Parts parts = {.list = {whole}, .count = 1};
    for (size_t i = whole; i-- && work->mentions[i].from >= sentence && parts.count <= PARTS_MAX;) {
        if (!is_part(work, whole, i)) continue;
        parts.list[parts.count++] = i;
    }
    return settle_list(work, &parts, false, false);
}

/* --- 由25家增加10家至35家 --- */

static bool is_changing(const Claim *claim) {
    return fact_is_amount(claim) || claim->kind == CLAIM_PERCENT || claim->kind == CLAIM_POINTS;
}

/* A ratio rises by points, which clerks write as percent. */
static bool same_scale(const Work *work, const Claim *claim, const Claim *other) {
    bool ratio = (claim->kind == CLAIM_PERCENT || claim->kind == CLAIM_POINTS) && (other->kind == CLAIM_PERCENT || other->kind == CLAIM_POINTS);
    return ratio || fact_same_unit(work, claim, other);
}

static bool grows(const Work *work, size_t index, const WordSet *set) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    const Word *filler = words_before(work->lexicon->filler, runes, at);
    return words_before(set, runes, at) || (filler && words_before(set, runes, at - filler->size));
}

static bool is_base(const Work *work, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    const uint32_t *runes = work->text->runes;
    for (size_t i = near; i < number; i++)
        if (runes[i] == 0x7531 || runes[i] == 0x4ECE) return true; /* 由, 从 */
    return work_says(work, work->lexicon->compare, near, number);
}

static bool in_sentence(const Work *work, size_t index, size_t of) {
    size_t from = work_sentence_from(work, work->mentions[of].from), to = work_sentence_to(work, work->mentions[of].from);
    return index < work->checked->n_claims && work->mentions[index].from >= from && work->mentions[index].from < to;
}

/* 至63户, 达到35家: what it came to. */
static bool is_reached(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    uint32_t before = work->mentions[index].from ? runes[work->mentions[index].from - 1] : 0;
    return before == 0x81F3 || before == 0x5230 || before == 0x8FBE; /* 至, 到, 达 */
}

/* The whole of an increase from a base: what it came to, else the amount before the base. */
static size_t whole_of(const Work *work, size_t base, size_t increase) {
    const Claim *claims = work->checked->claims;
    size_t behind = (increase > base ? increase : base) + 1;
    if (in_sentence(work, behind, base) && is_reached(work, behind) && same_scale(work, &claims[behind], &claims[base])) return behind;
    for (size_t i = base < increase ? base : increase; i-- && in_sentence(work, i, base);)
        if (is_changing(&claims[i]) && same_scale(work, &claims[i], &claims[base])) return i;
    return SIZE_MAX;
}

/* 年初预算1800万元，追加200万元，调整后2000万元: said by nothing but that it adds up. */
static void sum_around(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    if (!index || !in_sentence(work, index - 1, index) || !in_sentence(work, index + 1, index)) return;
    if (strcmp(claims[index - 1].unit, claims[index].unit) || strcmp(claims[index + 1].unit, claims[index].unit)) return;
    Parts parts = {.list = {index + 1, index - 1, index}, .count = 3};
    (void)settle_equal(work, &parts);
}

/* An increase and the base beside it: 比上年的25家增加10家, 净增17户，由46户增至63户. */
static void sum_of_increase(Work *work, size_t index) {
    bool rises = grows(work, index, work->lexicon->rise), falls = grows(work, index, work->lexicon->fall);
    const Claim *claims = work->checked->claims;
    size_t base = index && is_base(work, index - 1) ? index - 1 : index + 1;
    if (rises && !is_reached(work, index) && index && !is_base(work, index - 1)) sum_around(work, index);
    if ((!rises && !falls) || is_reached(work, index) || !in_sentence(work, base, index) || !is_base(work, base)) return;
    if (!same_scale(work, &claims[base], &claims[index]) || grows(work, base, work->lexicon->rise)) return;
    size_t whole = whole_of(work, base, index);
    if (whole == SIZE_MAX || whole == index) return;
    Parts parts = {.list = {whole, base, index}, .count = 3};
    if (falls) parts = (Parts){.list = {base, whole, index}, .count = 3};
    if (all_exact(work, &parts, 3)) add_sum(work, &parts, 3, equals_whole(work, &parts, 3));
}

/* --- tables --- */

static bool is_total_head(const Work *work, size_t paragraph) {
    const Paragraph *cell = &work->text->paragraphs[paragraph];
    return cell->to - cell->from <= 4 && work_says(work, work->lexicon->altogether, cell->from, cell->to);
}

/* The column above a cell whose row is headed 合计. */
static void sum_of_column(Work *work, size_t index) {
    size_t paragraph = work->mentions[index].paragraph, column, row;
    const Part *cell = work->text->paragraphs[paragraph].part;
    if (cell->kind != PART_CELL) return;
    work_cell_heads(work, paragraph, &column, &row);
    if (row == SIZE_MAX || !is_total_head(work, row)) return;
    Parts parts = {.list = {index}, .count = 1};
    for (size_t i = index; i-- && parts.count <= PARTS_MAX;) {
        const Part *other = work->text->paragraphs[work->mentions[i].paragraph].part;
        if (other->table != cell->table) break;
        const Claim *claim = &work->checked->claims[i];
        if (other->column == cell->column && other->row < cell->row && claim->kind == work->checked->claims[index].kind)
            parts.list[parts.count++] = i;
    }
    if (parts.count >= 3 && all_exact(work, &parts, parts.count))
        add_sum(work, &parts, parts.count, equals_whole(work, &parts, parts.count));
}

void relate_sums(Work *work) {
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        const Claim *claim = &work->checked->claims[i];
        sum_of_column(work, i);
        if (is_changing(claim)) sum_of_increase(work, i);
        if (!fact_is_amount(claim)) continue;
        if (claim->face == FACE_GROWTH) continue;
        if (!sum_in_bracket(work, i) && !sum_behind(work, i)) (void)sum_before(work, i);
    }
}
