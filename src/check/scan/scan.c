/* check/scan/scan.c: the claims of a text: numbers with their measure and bound, ranges, ranks. */
#include "base/mem.h"
#include "base/text.h"
#include "check/scan/found.h"

#define RANK_BACK 14      /* runes before a number within which 居, 列, 排名 make it a rank */
#define ORDINAL   0x7B2Cu /* 第 */
#define FIRST     0x9996u /* 首 */
#define PLACE     0x4F4Du /* 位 */
#define FRONT     0x524Du /* 前 */
#define BACK      0x540Eu /* 后 */
#define ONE       0x4E00u
#define QUOTE     0x201Cu

static bool is_arabic(uint32_t rune) { return rune >= '0' && rune <= '9'; }

/* --- measures --- */

/* The measure behind a numeral: right behind it, behind 余 or 多, or (20余家) with the bound taken back. */
static const Word *find_measure(const Work *work, Found *found) {
    const uint32_t *runes = work->text->runes;
    size_t at = found->number + found->numeral.size;
    found->inner = found->numeral.bound;
    const Word *word = words_at(work->lexicon->measures, runes + at);
    if (!word && found->numeral.size == found->numeral.core) {
        const Word *more = words_at(work->lexicon->over_after, runes + at);
        word = more ? words_at(work->lexicon->measures, runes + at + more->size) : NULL;
        if (word) {
            found->inner = BOUND_OVER;
            at += more->size;
        }
    }
    found->end = word ? at + word->size : at;
    if (word) found->measure = &work->lexicon->list[word->tag];
    return word;
}

/* 一 before a measure counts only as a result: 新增平台一个，; and neither 每一家 nor 一个平台. */
static bool one_counts(const Work *work, const Found *found) {
    const uint32_t *runes = work->text->runes;
    if (found->numeral.size != 1 || runes[found->number] != ONE) return true;
    bool closed = found_ends(runes[found->end]);
    if (found->number && words_before(work->lexicon->every, runes, runes + found->number)) return false;
    if (runes[found->end] == runes[found->end - 1]) return false; /* 一家家 */
    bool follows = found->number && text_is_han(runes[found->number - 1]);
    return follows && (closed || !found->measure->pronoun);
}

/* Whether a Chinese numeral with a measure counts anything. */
static bool han_counts(const Work *work, const Found *found) {
    const uint32_t *runes = work->text->runes;
    bool closed = found_ends(runes[found->end]);
    if (found->measure->digits && !closed && found->numeral.core < 2) return false;
    if (found->numeral.bare && found->inner == BOUND_EXACT) {
        Bound bound;
        if (!found_bound_before(work, runes + found->number, &bound)) return false;
    }
    bool rhetoric =
        words_at(work->lexicon->rhetoric, runes + found->end) || runes[found->end] == QUOTE; /* 三个“不够” */
    if (found->measure->kind == CLAIM_COUNT && found->numeral.core == 1 && rhetoric) return false;
    return one_counts(work, found);
}

/* --- ranges: 20—30家, 63%~68% --- */

static size_t dash_size(const uint32_t *at) {
    bool dash = at[0] == '-' || at[0] == '~' || at[0] == 0x2014 || at[0] == 0x81F3 || at[0] == 0x5230;
    return dash ? (at[0] == 0x2014 && at[1] == 0x2014 ? 2 : 1) : 0;
}

/* 从25家到35家, 增加10家至36家: a change, no range. */
static bool is_change(const Work *work, size_t number) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = work_clause_from(work, number); i < number; i++)
        if (runes[i] == 0x4ECE || runes[i] == 0x7531) return true; /* 从, 由 */
    return words_before(work->lexicon->rise, runes, runes + number) ||
           words_before(work->lexicon->fall, runes, runes + number);
}

/* The other end of a range that begins with found; its measure and power are the first's too. */
static bool read_range(const Work *work, Found *found, Found *other) {
    const uint32_t *runes = work->text->runes;
    size_t dash = dash_size(runes + found->end);
    bool word = dash && (runes[found->end] == 0x81F3 || runes[found->end] == 0x5230); /* 至, 到 */
    if (!dash || (word && is_change(work, found->number))) return false;
    *other = (Found){.number = found->end + dash};
    if (!numeral_read(runes + other->number, &other->numeral) || !find_measure(work, other)) return false;
    if (found->measure && found->measure != other->measure) return false;
    if (other->numeral.han != found->numeral.han) return false;
    bool shares =
        !found->measure && other->numeral.precision > found->numeral.precision && found->numeral.precision <= 0;
    int power = 0;
    for (const uint32_t *at = runes + other->number; at < runes + other->end; at++)
        power += *at == 0x4E07 ? 4 : *at == 0x4EBF ? 8 : 0;
    found->power = shares ? power : 0;
    found->measure = other->measure;
    return true;
}

/* --- the kinds of claims; each gives the place behind what it read, or 0 --- */

static bool says_rank(const Work *work, size_t at) {
    size_t from = work_clause_from(work, at);
    if (at - from > RANK_BACK) from = at - RANK_BACK;
    return work_says(work, work->lexicon->rank_before, from, at);
}

/* 由全市第六位升至第四位: a place of its field that goes over into another, and not 全市第一位院士. */
static bool is_left_rank(const Work *work, size_t at, size_t end) {
    const uint32_t *runes = work->text->runes, *from = runes + (at < RANK_BACK ? 0 : at - RANK_BACK);
    return words_before(work->lexicon->rank_scope, from, runes + at) &&
           (words_at(work->lexicon->rise, runes + end) || words_at(work->lexicon->fall, runes + end) ||
            words_at(work->lexicon->rank_before, runes + end));
}

/* 居首位 */
static size_t scan_first_place(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] != FIRST || runes[at + 1] != PLACE || !says_rank(work, at)) return 0;
    Found found = {.number = at, .end = at + 2, .numeral = {.known = true}};
    Claim claim = {.value = {1, 0}, .unit = "", .kind = CLAIM_RANK, .period = {DATE_NONE, DATE_NONE}};
    found_add(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* ；后三位的是柳林镇: places from the end, which claim no more than 前三位的是 does. */
static size_t skip_last_places(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    Numeral numeral;
    if (runes[at] != BACK || (at && !found_ends(runes[at - 1])) || !numeral_read(runes + at + 1, &numeral)) return 0;
    return runes[at + 1 + numeral.core] == PLACE ? at + 1 + numeral.core : 0;
}

/* 位居全市第二, 排名第一, 第2位; 前三 where it is a rank. Other ordinals are names. */
static size_t scan_rank(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    bool ordinal = runes[at] == ORDINAL, front = runes[at] == FRONT;
    Found found = {.number = at};
    front &= !at || !words_at(work->lexicon->not_front, runes + at - 1); /* 目前4个 */
    if ((!ordinal && !front) || !numeral_read(runes + at + 1, &found.numeral)) return 0;
    found.end = at + 1 + found.numeral.core;
    uint32_t next = runes[found.end];
    bool place = next == PLACE || next == 0x540D || next == 0x5F3A; /* 位, 名, 强 */
    bool closed = found_ends(next) || next == 0x7684;
    bool said = says_rank(work, at) || (place && is_left_rank(work, at, found.end + 1));
    if ((!place && !closed) || !said || found.numeral.value.scale) return found.end;
    found.end += place && next != 0x5F3A;
    Claim claim = found_claim(&found);
    claim.kind = CLAIM_RANK;
    found_add(work, &found, claim, front ? BOUND_AT_MOST : BOUND_EXACT);
    return found.end;
}

/* 3.5亿 of money without a measure; a number behind 为, 达 or a colon and before the end of the clause. */
static bool bare_counts(const Work *work, Found *found) {
    const uint32_t *runes = work->text->runes;
    uint32_t next = runes[found->end], before = found->number ? runes[found->number - 1] : 0;
    bool large = found->numeral.precision > 0 && !is_arabic(runes[found->number + found->numeral.core - 1]);
    size_t clause = work_clause_from(work, found->number);
    if (!found_ends(next) || next == '.') return false;
    if (large && work_says(work, work->lexicon->money, clause, found->number)) {
        for (size_t i = 0; i < work->lexicon->n_measures; i++)
            if (work->lexicon->list[i].kind == CLAIM_MONEY) {
                found->measure = &work->lexicon->list[i];
                break;
            }
        return true;
    }
    if (words_before(work->lexicon->rise, runes, runes + found->number)) return true; /* 增长15: of what is not said */
    return before == 0x4E3A || before == 0x8FBE || before == 0x81F3 || before == 0x5230 || large; /* 为达至到 */
}

/* The paragraph of a cell that holds nothing but the number, -5 and ≥100 too; NO_CELL when it stands elsewhere. */
static size_t cell_alone(const Work *work, const Found *found) {
    size_t index = work_paragraph(work, found->number);
    const Paragraph *paragraph = &work->text->paragraphs[index];
    bool signs = found->number > paragraph->from && !text_is_han(work->text->runes[paragraph->from]);
    bool alone = found->number == paragraph->from + signs && found->end == paragraph->to;
    return paragraph->part->kind == PART_CELL && alone ? index : NO_CELL;
}

/* What the heads of a table say of its number: in which measure, in none, a place, or nothing at all. */
static bool cell_counts(const Work *work, size_t cell, Found *found) {
    CellNumber number = work_cell_number(work, cell);
    found->measure = number.measure;
    found->power = number.power;
    found->counted = number.reads == CELL_BARE;
    found->ranked = number.reads == CELL_RANK;
    return number.reads != CELL_NOTHING;
}

static bool counts(const Work *work, Found *found, bool measured) {
    if (!found->numeral.known) return false;
    if (measured) return found->numeral.han ? han_counts(work, found) : true;
    if (found->numeral.han) return false;
    size_t cell = cell_alone(work, found);
    return cell == NO_CELL ? bare_counts(work, found) : cell_counts(work, cell, found);
}

static size_t scan_number(Work *work, size_t at) {
    Found found = {.number = at}, other;
    if (!numeral_read(work->text->runes + at, &found.numeral)) return 0;
    bool measured = find_measure(work, &found) != NULL;
    size_t end = found.end;
    for (size_t i = at; i < end; i++)
        if (work->taken[i]) return i + 1;
    if (read_range(work, &found, &other)) {
        Claim low = found_claim(&found), high = found_claim(&other);
        found_add(work, &found, low, BOUND_AT_LEAST);
        found_add(work, &other, high, BOUND_AT_MOST);
        return other.end;
    }
    if (counts(work, &found, measured)) found_add(work, &found, found_claim(&found), BOUND_EXACT);
    return end;
}

static size_t (*const scanners[])(Work *work, size_t at) = {
    scan_percent_words, scan_fraction,    scan_tenths, scan_half,   scan_doubling,
    scan_first_place,   skip_last_places, scan_rank,   scan_number,
};

/* 近三年累计 as the head of a column: says when, and counts nothing. */
static bool is_in_head(const Work *work, size_t at) {
    size_t paragraph = work->tables.count ? work_paragraph(work, at) : 0;
    const Table *table = work->tables.count ? table_of(&work->tables, paragraph) : NULL;
    return table && work->text->paragraphs[paragraph].part->row < table->body &&
           !table_is_number(work->text, work->lexicon, paragraph);
}

void work_scan(Work *work) {
    Runes begin = {0}; /* what a claim can begin with */
    runes_add_text(&begin, "第前后翻首" NUMERAL_RUNES);
    words_begin(work->lexicon->half, &begin);
    for (size_t i = 0; i < work->text->size;) {
        size_t next = 0;
        bool begins = runes_may_hold(&begin, work->text->runes[i]) && !work->taken[i] && !is_in_head(work, i);
        for (size_t k = 0; begins && !next && k < sizeof scanners / sizeof scanners[0]; k++)
            next = scanners[k](work, i);
        i = next > i ? next : i + 1;
    }
}
