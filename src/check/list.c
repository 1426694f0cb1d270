/* check/list.c: wholes and their parts in running text: 29家，其中17家、12家; 17家、12家，共29家; 按性质分，…; （…）. */
#include <string.h>

#include "check/parts.h"

#define BRACKET_GAP 6  /* runes between a whole and the bracket with its parts */
#define KIND_RUNES  14 /* of 按…分 */
#define WHOLES_MAX  5  /* amounts before a list that may be its whole */
#define LEAD_RUNES  8  /* at the beginning of a sentence within which 其中 takes up the sentence before */

/* --- where a list is --- */

static size_t bracket_close(const Work *work, size_t open) {
    const uint32_t *runes = work->text->runes;
    size_t at = open;
    while (runes[at] && runes[at] != '\n' && runes[at] != ')') at++;
    return at;
}

static size_t period_to(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    size_t to = work_sentence_to(work, at);
    while (runes[to] == ';') to = work_sentence_to(work, to + 1);
    return to;
}

/* 其中, or a clause that ends in 中 (筹集额中，): takes up what was said before. */
static bool takes_up(const Work *work, size_t from) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_to(work, from);
    size_t lead = from + LEAD_RUNES < clause ? from + LEAD_RUNES : clause;
    bool among = work_says(work, work->lexicon->among, from, lead);
    bool within = clause > from && runes[clause - 1] == 0x4E2D && clause - from <= KIND_RUNES; /* 中 */
    return among || within;
}

/* The end of the list that may follow a whole: of its sentence, and of the next one where that takes it up. */
static size_t list_to(const Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = work_sentence_to(work, from);
    if (runes[from] == ':') return period_to(work, from);
    bool more = runes[to] == 0x3002 && takes_up(work, to + 1);
    return more ? period_to(work, to + 1) : to;
}

/* Whether a claim is itself an item of a list: 其中 stands before it, and a claim of its unit before that. */
static bool is_item(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    const Word *word;
    const uint32_t *at = words_last(work->lexicon->among, runes + sentence, runes + work->mentions[index].from, &word);
    for (size_t i = index; at && i-- && work->mentions[i].from >= sentence;)
        if (runes + work->mentions[i].from < at && parts_can_be(work, index, i)) return true;
    return false;
}

/* --- behind the whole --- */

/* 29家（通过公示17家、在审12家）. */
static bool list_in_bracket(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[whole].to, end = at + BRACKET_GAP;
    while (at < end && runes[at] != '(' && !rune_ends_clause(runes[at])) at++;
    if (runes[at] != '(') return false;
    Parts parts;
    size_t close = bracket_close(work, at);
    parts_gather(work, whole, whole + 1, close, &parts);
    bool all = true; /* every number in the bracket is a part */
    for (size_t i = whole + 1; i < work->checked->n_claims && work->mentions[i].from < close; i++) all &= parts_can_be(work, whole, i);
    return parts_settle(work, &parts, all && parts.count > 3 ? PARTS_ALL : all ? PARTS_LIKELY : PARTS_SOME);
}

/* 按性质分，…: where such a list begins (behind 分 and its comma) from a rune on; `to` when none does. */
static size_t next_kind(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = from; i < to; i++) {
        if (runes[i] != 0x6309) continue; /* 按 */
        for (size_t k = i + 1; k < to && k <= i + KIND_RUNES; k++)
            if (runes[k] == 0x5206 && (runes[k + 1] == ',' || runes[k + 1] == ':')) return k + 2; /* 分 */
    }
    return to;
}

/* 135项，按买卖方向分，…52项、…83项，按合同类别分，…: each such list is of an amount said before the first of them. */
static void list_of_kind(Work *work, size_t first, size_t from, size_t to) {
    for (size_t back = 1; back <= WHOLES_MAX && back <= first; back++) {
        Parts parts;
        if (!parts_can_be(work, first, first - back)) continue;
        parts_gather(work, first - back, first, to, &parts);
        if (parts_settle_equal(work, &parts)) return;
    }
    bool next_to = first && work->mentions[first - 1].to + KIND_RUNES >= from && parts_can_be(work, first, first - 1);
    Parts parts;
    if (next_to) parts_gather(work, first - 1, first, to, &parts);
    if (next_to) (void)parts_settle(work, &parts, PARTS_ALL);
}

void relate_kinds(Work *work) {
    size_t first = 0;
    for (size_t at = 0; first < work->checked->n_claims;) {
        size_t from = next_kind(work, at, work->text->size);
        if (from >= work->text->size) return;
        size_t end = period_to(work, from), to = next_kind(work, from, end);
        while (first < work->checked->n_claims && work->mentions[first].from < from) first++;
        if (first < work->checked->n_claims && work->mentions[first].from < to) list_of_kind(work, first, from, to < end ? to - KIND_RUNES : end);
        at = from;
    }
}

/* 巡察反馈23个，已销号19个，尚余5个: what is done and what is left are all. */
static bool is_complement(const Work *work, const Parts *parts) {
    if (parts->count != 3 || parts->list[1] != parts->list[0] + 1) return false;
    size_t last = parts->list[2];
    return work_says(work, work->lexicon->rest, fact_near_from(work, last), work->mentions[last].from);
}

/* 登记合同1864项，成交40.26亿元。其中，输出702项、…，吸纳1162项、…: of which amount before it, only the unit says; with
 * two of one unit, only what adds up. */
static bool list_taken_up(Work *work, size_t whole, size_t to) {
    size_t sentence = work_sentence_from(work, work->mentions[whole].from), end = work_sentence_to(work, work->mentions[whole].to);
    size_t first = whole + 1, alike = 1;
    for (size_t i = whole; i-- && work->mentions[i].from >= sentence;) alike += parts_can_be(work, whole, i);
    for (; first < work->checked->n_claims && work->mentions[first].from < end; first++) alike += parts_can_be(work, whole, first);
    Parts parts;
    parts_gather(work, whole, first, to, &parts);
    return parts_settle(work, &parts, alike > 1 ? PARTS_SOME : PARTS_LIKELY);
}

/* 29家，其中通过公示17家、在审12家. */
static bool list_behind(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = list_to(work, whole);
    size_t next = whole + 1 < work->checked->n_claims ? work->mentions[whole + 1].from : to;
    const Word *word;
    const uint32_t *at = words_within(work->lexicon->among, runes + from, runes + (next < to ? next : to), &word);
    Parts parts;
    parts_gather(work, whole, whole + 1, to, &parts);
    if (at) return parts_settle(work, &parts, words_at(work->lexicon->exhaustive, at) ? PARTS_ALL : PARTS_LIKELY);
    if (runes[from] == ':') return parts_settle(work, &parts, PARTS_LIKELY);
    if (to > work_sentence_to(work, from)) return list_taken_up(work, whole, to);
    if (is_item(work, whole) || parts.count < 3 || parts.list[1] > whole + 2) return false;
    if (is_complement(work, &parts)) return parts_settle(work, &parts, PARTS_LIKELY);
    if (!parts_are_exact(work, &parts, parts.count) || !parts_equal(work, &parts, parts.count)) return false;
    parts_add(work, &parts, parts.count, true); /* 32个，已整改29个，正在整改3个: all of the sentence, and it adds up */
    return true;
}

/* --- before the whole --- */

/* 两项相加, 三项合计: how many parts the words before a whole announce; 0 when they do not. */
static size_t announced(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = from; i + 1 < to; i++) {
        int digit = numeral_digit(runes[i]);
        if (digit >= 2 && (runes[i + 1] == 0x9879 || runes[i + 1] == 0x8005 || runes[i + 1] == 0x7C7B)) return (size_t)digit; /* 项者类 */
    }
    return 0;
}

static void gather_before(const Work *work, size_t whole, size_t from, size_t most, Parts *parts) {
    *parts = (Parts){.list = {whole}, .count = 1};
    for (size_t i = whole; i-- && work->mentions[i].from >= from && parts->count <= most;)
        if (parts_can_be(work, whole, i)) parts->list[parts->count++] = i;
}

/* 17家、12家，共29家; …。两项合计150万元. */
static bool list_before(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t number = work->mentions[whole].from, near = fact_near_from(work, whole);
    const uint32_t *at = words_last(work->lexicon->altogether, runes + near, runes + number, NULL);
    if (!whole || !at || at + 4 < runes + number) return false;
    size_t many = announced(work, near, number), sentence = work_sentence_from(work, number);
    Parts parts;
    gather_before(work, whole, sentence, many ? many : PARTS_MAX, &parts);
    if (parts.count < 3 && many) /* of the sentences before, as many as are announced */
        gather_before(work, whole, work->text->paragraphs[work->mentions[whole].paragraph].from, many, &parts);
    bool row = parts.count > 2 && parts.list[parts.count - 1] + parts.count - 1 == whole; /* nothing else between them */
    return parts_settle(work, &parts, many && parts.count == many + 1 ? PARTS_ALL : row ? PARTS_LIKELY : PARTS_SOME);
}

/* 付款由甲540万元、乙612万元、丙228万元组成: of an amount that was said before. */
static void list_of_which(Work *work, size_t first) {
    const uint32_t *runes = work->text->runes;
    size_t sentence = work_sentence_from(work, work->mentions[first].from), to = work_sentence_to(work, sentence);
    if (first && work->mentions[first - 1].from >= sentence) return;
    bool made = false;
    for (size_t i = work->mentions[first].to; i + 1 < to; i++)
        made |= (runes[i] == 0x7EC4 || runes[i] == 0x6784) && runes[i + 1] == 0x6210; /* 组成, 构成 */
    for (size_t back = 1; made && back <= 4 && back <= first; back++) {
        Parts parts;
        if (!parts_can_be(work, first, first - back)) continue;
        parts_gather(work, first - back, first, to, &parts);
        if (parts_settle_equal(work, &parts)) return;
    }
}

void relate_lists(Work *work, size_t whole) {
    list_of_which(work, whole);
    if (!list_in_bracket(work, whole) && !list_behind(work, whole)) (void)list_before(work, whole);
}
