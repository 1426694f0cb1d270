/* check/scan/scan.c: the claims of a text: numbers with their measure and bound, percentages, ranks, multiples. */
#include "base/mem.h"
#include "base/text.h"
#include "check/work.h"

#define RANK_BACK  14 /* runes before a number within which 居, 列, 排名 make it a rank */
#define HUNDRED    0x767Eu
#define PART       0x5206u /* 分 */
#define OF         0x4E4Bu /* 之 */
#define TENTH      0x6210u /* 成 */
#define ORDINAL    0x7B2Cu /* 第 */
#define FRONT      0x524Du /* 前 */
#define TURN       0x7FFBu /* 翻 */
#define FOLD       0x756Au /* 番 */
#define ONE        0x4E00u
#define SHARE      0x5360u /* 占 */
#define BOUND_RUNES 4      /* of a word of bound at most */
#define SHARE_BACK 16      /* runes between it and its percentage at most */
#define QUOTE      0x201Cu
#define COMMA_LIST 0x3001u /* 、 */

static bool is_arabic(uint32_t rune) { return rune >= '0' && rune <= '9'; }

static bool is_punctuation(uint32_t rune) {
    return rune_ends_clause(rune) || rune == COMMA_LIST || rune == '(' || rune == ')' || rune == '.' || rune == '|' ||
           rune == 0x201D || rune == 0x3000;
}

/* --- bounds --- */

typedef struct Around {
    Bound before, after;
    size_t from, to; /* the claim with them */
} Around;

typedef struct BoundWords {
    Bound bound;
    size_t before, after; /* sets, as places in the lexicon */
} BoundWords;

#define SET(name) offsetof(Lexicon, name)
static const BoundWords bound_words[] = {
    {BOUND_NEAR, SET(near_before), 0},
    {BOUND_OVER, SET(over_before), SET(over_after)},
    {BOUND_AT_LEAST, SET(least_before), SET(least_after)},
    {BOUND_AT_MOST, SET(most_before), SET(most_after)},
    {BOUND_LESS, SET(less_before), 0},
    {BOUND_ABOUT, SET(about_before), SET(about_after)},
};

static const WordSet *set_at(const Lexicon *lexicon, size_t place) {
    return *(const WordSet *const *)(const void *)((const char *)lexicon + place);
}

/* The longest word of bound that ends right before a rune. */
static const Word *bound_before(const Work *work, const uint32_t *at, Bound *ret_bound) {
    const Word *best = NULL;
    for (size_t i = 0; i < sizeof bound_words / sizeof bound_words[0]; i++) {
        const Word *word = words_before(set_at(work->lexicon, bound_words[i].before), work->text->runes, at);
        if (!word || (best && word->size <= best->size)) continue;
        best = word;
        *ret_bound = bound_words[i].bound;
    }
    const Word *other = best ? words_before(work->lexicon->not_bound, work->text->runes, at) : NULL;
    return other && other->size > best->size ? NULL : best;
}

static void look_before(const Work *work, const Numeral *numeral, size_t number, Around *around) {
    const uint32_t *at = work->text->runes + number;
    const Word *word = bound_before(work, at, &around->before);
    const Word *filler = word ? NULL : words_before(work->lexicon->filler, work->text->runes, at);
    if (filler) word = bound_before(work, at - filler->size, &around->before);
    bool up = word && word->size == 1 && word->runes[0] == 0x4E0A; /* 上百, but not 以上100 */
    if (!word || (up && (!numeral->bare || filler))) {
        around->before = BOUND_EXACT;
        return;
    }
    around->from = number - (filler ? filler->size : 0) - word->size;
}

static void look_after(const Work *work, size_t end, Around *around) {
    const Word *best = NULL;
    for (size_t i = 0; i < sizeof bound_words / sizeof bound_words[0]; i++) {
        if (!bound_words[i].after) continue;
        const Word *word = words_at(set_at(work->lexicon, bound_words[i].after), work->text->runes + end);
        if (!word || (best && word->size <= best->size)) continue;
        if (word->size == 1 && !is_punctuation(work->text->runes[end + 1])) continue; /* 12家多出6家 */
        best = word;
        around->after = bound_words[i].bound;
    }
    if (best) around->to = end + best->size;
}

/* --- one claim --- */

/* What was read of a number and its measure. */
typedef struct Found {
    Numeral numeral;
    size_t number;          /* where the numeral begins */
    size_t end;             /* behind the measure */
    const Measure *measure; /* or NULL */
    Bound inner;
    int power; /* that a head of the table adds */
} Found;

static Decimal scaled(Decimal value, int power) {
    for (; power > 0 && value.scale > 0; power--) value.scale--;
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value.units, 10, &value.units)) return (Decimal){0};
    return value;
}

/* 约占总数的三成, 近占全县的一半: the bound stands before 占; 不到提交数的一半: or opens the clause. */
static void look_before_share(const Work *work, size_t number, Around *around) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_from(work, number), at = number;
    if (at == clause || runes[at - 1] != 0x7684) return; /* 的 */
    while (at > clause && number - at < SHARE_BACK && runes[at - 1] != SHARE) at--;
    const Word *word = at > clause ? bound_before(work, runes + at, &around->before) : NULL;
    if (!word && at > clause) word = bound_before(work, runes + at - 1, &around->before);
    for (size_t size = 1; at == clause && !word && size <= BOUND_RUNES; size++) {
        word = bound_before(work, runes + clause + size, &around->before);
        if (word && word->size != size) word = NULL;
    }
    if (!word) around->before = BOUND_EXACT;
}

/* One bound before and another behind; 控制在45天以内 says one twice, as everybody does. */
static bool contradict(const Around *around) {
    bool both = around->before != BOUND_EXACT && around->after != BOUND_EXACT;
    return both && !(around->before == BOUND_AT_MOST && around->after == BOUND_AT_MOST);
}

static void add_found(Work *work, const Found *found, Claim claim, Bound range) {
    Around around = {.from = found->number, .to = found->end};
    look_before(work, &found->numeral, found->number, &around);
    look_after(work, found->end, &around);
    if (claim.kind == CLAIM_PERCENT && around.before == BOUND_EXACT && around.after == BOUND_EXACT)
        look_before_share(work, found->number, &around);
    if (found->inner != BOUND_EXACT && around.after == BOUND_EXACT) around.after = found->inner;
    Mention mention = {.from = around.from,
                       .to = around.to,
                       .number = found->number,
                       .end = found->end,
                       .paragraph = work_paragraph(work, found->number),
                       .other = around.after,
                       .in_range = range != BOUND_EXACT,
                       .contradictory = contradict(&around)};
    claim.bound = around.before != BOUND_EXACT ? around.before : around.after;
    if (range != BOUND_EXACT) claim.bound = range;
    claim.start = work->text->from[around.from];
    claim.end = work->text->to[around.to - 1];
    claim.text = work_keep_text(work, around.from, around.to);
    (void)work_add_claim(work, &claim, &mention);
}

static Claim number_claim(const Found *found) {
    Claim claim = {.value = scaled(found->numeral.value, found->power),
                   .precision = found->numeral.precision + found->power,
                   .unit = found->measure ? found->measure->unit : "",
                   .kind = found->measure ? found->measure->kind : CLAIM_OTHER,
                   .period = {DATE_NONE, DATE_NONE}};
    return claim;
}

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
    bool closed = is_punctuation(runes[found->end]);
    if (found->number && words_before(work->lexicon->every, runes, runes + found->number)) return false;
    bool follows = found->number && text_is_han(runes[found->number - 1]);
    return follows && (closed || !found->measure->pronoun);
}

/* Whether a Chinese numeral with a measure counts anything. */
static bool han_counts(const Work *work, const Found *found) {
    const uint32_t *runes = work->text->runes;
    bool closed = is_punctuation(runes[found->end]);
    if (found->measure->digits && !closed && found->numeral.core < 2) return false;
    if (found->numeral.bare && found->inner == BOUND_EXACT) {
        Bound bound;
        if (!bound_before(work, runes + found->number, &bound)) return false;
    }
    bool rhetoric = words_at(work->lexicon->rhetoric, runes + found->end) || runes[found->end] == QUOTE; /* 三个“不够” */
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

static size_t scan_percent_words(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes + at;
    if (runes[0] != HUNDRED || runes[1] != PART || runes[2] != OF) return 0;
    Found found = {.number = at + 3};
    if (!numeral_read(runes + 3, &found.numeral)) return 0;
    found.inner = found.numeral.bound;
    found.end = found.number + found.numeral.size;
    Claim claim = number_claim(&found);
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    found.number = at;
    add_found(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 四分之三: in percent, to the second decimal where it does not come out. */
static size_t scan_fraction(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    Found found = {.number = at};
    Numeral whole;
    if (!numeral_read(runes + at, &whole) || whole.bound != BOUND_EXACT || whole.value.scale) return 0;
    size_t of = at + whole.size;
    if (runes[of] != PART || runes[of + 1] != OF || !numeral_read(runes + of + 2, &found.numeral)) return 0;
    Decimal hundredfold, percent;
    if (!decimal_multiply(found.numeral.value, (Decimal){100, 0}, &hundredfold) ||
        !decimal_divide(hundredfold, whole.value, 2, &percent))
        return 0;
    found.end = of + 2 + found.numeral.size;
    found.inner = found.numeral.bound;
    Claim claim = number_claim(&found);
    claim.value = percent;
    claim.precision = percent.units % 100 ? -2 : 0;
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    add_found(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 八成, 近七成, 三成企业: behind it nothing that makes another word of 成. */
static size_t scan_tenths(Work *work, size_t at) {
    Found found = {.number = at};
    const uint32_t *runes = work->text->runes;
    if (!numeral_read(runes + at, &found.numeral) || found.numeral.value.units > 10 || found.numeral.value.units < 1)
        return 0;
    size_t end = at + found.numeral.size;
    if (runes[end] != TENTH) return 0;
    uint32_t next = runes[++end];
    if (next == 0x591A) next = runes[end + 1]; /* 七成多 */
    static const uint32_t makes_words[] = {0x7ACB, 0x4E3A, 0x529F, 0x6548, 0x679C, 0x5458, 0x672C, 0x719F,
                                           0x957F, 0x5C31, 0x7EE9, 0x578B, 0x90FD, 0x5206, 0x4EA4, 0x54C1,
                                           0x5957, 0x518C, 0x7247, 0x7FA4, 0x65B0}; /* 立为功效果员本熟长就绩型都分交品套册片群新
                                                                                     */
    for (size_t i = 0; i < sizeof makes_words / sizeof makes_words[0]; i++)
        if (next == makes_words[i]) return 0;
    found.end = end;
    Claim claim = number_claim(&found);
    claim.value = scaled(claim.value, 1);
    claim.precision++;
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    add_found(work, &found, claim, BOUND_EXACT);
    return end;
}

/* 一半, 过半: fifty percent. */
static size_t scan_half(Work *work, size_t at) {
    const Word *word = words_at(work->lexicon->half, work->text->runes + at);
    if (!word) return 0;
    Found found = {.number = at, .end = at + word->size, .numeral = {.known = true}};
    Claim claim = {.value = {50, 0}, .unit = "%", .kind = CLAIM_PERCENT, .period = {DATE_NONE, DATE_NONE}};
    if (word->runes[0] == 0x8FC7 || word->runes[0] == 0x5927) found.inner = BOUND_OVER; /* 过, 大 */
    add_found(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 翻番, 翻一番, 翻两番: two, two, four times. */
static size_t scan_doubling(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] != TURN) return 0;
    size_t end = at + 1;
    if (runes[end] == 0x4E86) end++; /* 了 */
    int digit = numeral_digit(runes[end]);
    end += digit > 0;
    if (runes[end] != FOLD) return 0;
    Found found = {.number = at, .end = end + 1};
    Claim claim = {.value = {(int64_t)1 << (digit > 0 ? digit : 1), 0},
                   .unit = "倍",
                   .kind = CLAIM_OTHER,
                   .period = {DATE_NONE, DATE_NONE}};
    add_found(work, &found, claim, BOUND_EXACT);
    return found.end;
}

static bool says_rank(const Work *work, size_t at) {
    size_t from = work_clause_from(work, at);
    if (at - from > RANK_BACK) from = at - RANK_BACK;
    return work_says(work, work->lexicon->rank_before, from, at);
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
    bool place = next == 0x4F4D || next == 0x540D || next == 0x5F3A; /* 位, 名, 强 */
    bool closed = is_punctuation(next) || next == 0x7684;
    if ((!place && !closed) || !says_rank(work, at) || found.numeral.value.scale) return found.end;
    found.end += place && next != 0x5F3A;
    Claim claim = number_claim(&found);
    claim.kind = CLAIM_RANK;
    add_found(work, &found, claim, front ? BOUND_AT_MOST : BOUND_EXACT);
    return found.end;
}

/* 3.5亿 of money without a measure; a number behind 为, 达 or a colon and before the end of the clause. */
static bool bare_counts(const Work *work, Found *found) {
    const uint32_t *runes = work->text->runes;
    uint32_t next = runes[found->end], before = found->number ? runes[found->number - 1] : 0;
    bool large = found->numeral.precision > 0 && !is_arabic(runes[found->number + found->numeral.core - 1]);
    size_t clause = work_clause_from(work, found->number);
    if (!is_punctuation(next) || next == '.') return false;
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

/* A cell that holds nothing but a number takes its measure from the heads of the table. */
static bool cell_counts(const Work *work, Found *found) {
    size_t index = work_paragraph(work, found->number);
    const Paragraph *paragraph = &work->text->paragraphs[index];
    bool alone = found->number == paragraph->from && found->end == paragraph->to;
    if (paragraph->part->kind != PART_CELL || !alone) return false;
    size_t column, row;
    work_cell_heads(work, index, &column, &row);
    if (column == SIZE_MAX) return false;
    found->measure = work_cell_unit(work, index, &found->power);
    return found->measure != NULL;
}

static bool counts(const Work *work, Found *found, bool measured) {
    if (!found->numeral.known) return false;
    if (measured) return found->numeral.han ? han_counts(work, found) : true;
    if (found->numeral.han) return false;
    return cell_counts(work, found) || bare_counts(work, found);
}

static size_t scan_number(Work *work, size_t at) {
    Found found = {.number = at}, other;
    if (!numeral_read(work->text->runes + at, &found.numeral)) return 0;
    bool measured = find_measure(work, &found) != NULL;
    size_t end = found.end;
    for (size_t i = at; i < end; i++)
        if (work->taken[i]) return i + 1;
    if (read_range(work, &found, &other)) {
        Claim low = number_claim(&found), high = number_claim(&other);
        add_found(work, &found, low, BOUND_AT_LEAST);
        add_found(work, &other, high, BOUND_AT_MOST);
        return other.end;
    }
    if (counts(work, &found, measured)) add_found(work, &found, number_claim(&found), BOUND_EXACT);
    return end;
}

static size_t (*const scanners[])(Work *work, size_t at) = {
    scan_percent_words, scan_fraction, scan_tenths, scan_half, scan_doubling, scan_rank, scan_number,
};

void work_scan(Work *work) {
    for (size_t i = 0; i < work->text->size;) {
        size_t next = 0;
        for (size_t k = 0; !work->taken[i] && !next && k < sizeof scanners / sizeof scanners[0]; k++)
            next = scanners[k](work, i);
        i = next > i ? next : i + 1;
    }
}
