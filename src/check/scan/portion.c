/* check/scan/portion.c: parts of a whole and multiples in words: 百分之三, 四分之三, 八成, 一半, 翻一番. */
#include "check/scan/found.h"

#define HUNDRED 0x767Eu
#define PART    0x5206u /* 分 */
#define OF      0x4E4Bu /* 之 */
#define TENTH   0x6210u /* 成 */
#define TURN    0x7FFBu /* 翻 */
#define FOLD    0x756Au /* 番 */

size_t scan_percent_words(Work *work, size_t at) {
    const uint32_t *runes = work->text->runes + at;
    if (runes[0] != HUNDRED || runes[1] != PART || runes[2] != OF) return 0;
    Found found = {.number = at + 3};
    if (!numeral_read(runes + 3, &found.numeral)) return 0;
    found.inner = found.numeral.bound;
    found.end = found.number + found.numeral.size;
    Claim claim = found_claim(&found);
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    found.number = at;
    found_add(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 四分之三: in percent, to the second decimal where it does not come out, and meant to the nearest tenth like 八成. */
size_t scan_fraction(Work *work, size_t at) {
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
    Claim claim = found_claim(&found);
    claim.value = percent;
    claim.precision = 1;
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    found_add(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 七成五: the hundredths behind the tenths; 0 when they count something, or none stand there. */
static int hundredths_at(const Work *work, const uint32_t *at) {
    int digit = numeral_digit(at[0]);
    bool counts = numeral_is_part(at[1]) || at[1] == PART || words_at(work->lexicon->measures, at + 1);
    return digit > 0 && !counts ? digit : 0;
}

/* 八成, 近七成, 三成企业: behind it nothing that makes another word of 成. */
size_t scan_tenths(Work *work, size_t at) {
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
    int hundredths = hundredths_at(work, runes + end);
    found.end = end += hundredths > 0;
    Claim claim = found_claim(&found);
    claim.value = found_scaled(claim.value, 1);
    claim.value.units += hundredths;
    claim.precision += !hundredths;
    claim.unit = "%";
    claim.kind = CLAIM_PERCENT;
    found_add(work, &found, claim, BOUND_EXACT);
    return end;
}

/* 一半, 过半: fifty percent. */
size_t scan_half(Work *work, size_t at) {
    const Word *word = words_at(work->lexicon->half, work->text->runes + at);
    if (!word) return 0;
    Found found = {.number = at, .end = at + word->size, .numeral = {.known = true}};
    Claim claim = {
        .value = {50, 0}, .precision = 1, .unit = "%", .kind = CLAIM_PERCENT, .period = {DATE_NONE, DATE_NONE}};
    if (word->runes[0] == 0x8FC7 || word->runes[0] == 0x5927) found.inner = BOUND_OVER; /* 过, 大 */
    found_add(work, &found, claim, BOUND_EXACT);
    return found.end;
}

/* 翻番, 翻一番, 翻两番: two, two, four times. */
size_t scan_doubling(Work *work, size_t at) {
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
    found_add(work, &found, claim, BOUND_EXACT);
    return found.end;
}
