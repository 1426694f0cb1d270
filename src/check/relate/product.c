/* check/relate/product.c: what each gets, how many there are, and all together: 78名、每人2万元，共156万元. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check/bound.h"
#include "check/relate/facts.h"

#define EACH_CLAIMS  10  /* on either side of a claim of each that are looked at */
#define EACH_FAR     200 /* runes within which count and total stand that fit together */
#define EACH_NEAR    40  /* runes within which they must */
#define EACH_THING   80  /* or, where both speak of one thing, */
#define MISS_THING   10  /* as long as the product misses its total by so many percent at most */
#define MISS_ALIKE   30  /* or by so many, where the count is in a measure that counts alike: 43家，户均 */
#define ROUND_LEAST  10  /* of a mean that is rounded to whole ones */
#define ROUGH_NTH    100 /* part of a mean of money by which it may be off when it is written in whole units */
#define TABLE_CLAIMS 40  /* before a claim of each among which a table is looked for, */
#define ROW_CLAIMS   4   /* and in it around a count */
#define MISS_MOST    60  /* percent by which a product that is meant may miss its total */

/* 每人, 人均, 平均每项, 40万元/个: what each is counted in; 0 when the claim is not of each. */
static uint32_t each_of(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes, *behind = runes + work->mentions[index].to;
    const Word *word;
    if (*behind == '/' && words_at(work->lexicon->measures, behind + 1)) return behind[1];
    size_t near = fact_near_from(work, index), number = work->mentions[index].number;
    const uint32_t *at = words_last(work->lexicon->each, runes + near, runes + number, &word);
    if (!at) return 0;
    uint32_t last = word->runes[word->size - 1], first = word->runes[0];
    if (first == 0x5747 && at > runes && at[-1] == 0x5E74) return at[-1]; /* 年均 */
    const uint32_t *unit = at - (at[-1] == 0x5E73 ? 2 : 1);               /* 单项平均: 项 */
    if (first == 0x5747 && unit > runes + near && words_at(work->lexicon->measures, unit)) return *unit;
    const Word *other = NULL;
    const uint32_t *before = words_within(work->lexicon->each, runes + near, at, &other); /* 每名特派员平均25天 */
    if (first == 0x5747 && before && other->runes[0] == 0x6BCF && other->size > 1) return other->runes[other->size - 1];
    if (last == 0x6BCF) return at[word->size]; /* 平均每次: 次 */
    return last == 0x5747 ? first : last;      /* 人均 人, 每家 家 */
}

/* The same, but for what is of others, 全市平均4.6元, and what is no more than a limit, 每个最高支持100万元. */
static uint32_t own_each_of(const Work *work, size_t index) {
    const WordSet *const others[] = {work->lexicon->area, work->lexicon->most_before, work->lexicon->least_before};
    size_t near = fact_near_from(work, index);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (work_says(work, others[i], near, work->mentions[index].from)) return 0;
    return fact_is_amount(&work->checked->claims[index]) ? each_of(work, index) : 0;
}

/* Counted in what each is of: 每期 期; 人均 in any measure of persons; 每村 in 个. strictly: in no other that counts
 * alike. */
static bool counts_each(const Work *work, const Claim *claim, uint32_t each, bool strictly) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf unit = BUF_INIT(scratch);
    buf_rune(&unit, each);
    if (!*claim->unit || claim->kind == CLAIM_MONEY || claim->kind == CLAIM_PERCENT) return false;
    if (each == 0x6751) return !strcmp(claim->unit, "个");                        /* 村 */
    if (each == 0x4EBA && !strictly && !strcmp(claim->unit, "人次")) return true; /* 接待350人次，人均120元 */
    if (each == 0x4EBA)
        return !strcmp(claim->unit, "人") || !strcmp(claim->unit, "名") || !strcmp(claim->unit, "位"); /* 人 */
    if (each == 0x5747) return !strictly;                                                              /* 均 */
    return strictly ? !strcmp(claim->unit, buf_text(&unit))
                    : lexicon_alike(work->lexicon, claim->unit, buf_text(&unit));
}

/* 人均30天 of 2380天 and 80名: a mean is rounded to what was written. */
static bool rounds_to(const Claim *each, Decimal mean) {
    Decimal gap;
    if (each->kind != CLAIM_COUNT || each->precision || !decimal_subtract(mean, each->value, &gap)) return false;
    if (gap.units < 0) gap.units = -gap.units;
    return decimal_compare(gap, (Decimal){5, 1}) <= 0 && decimal_compare(each->value, (Decimal){ROUND_LEAST, 0}) >= 0;
}

/* 平均每家19万元 of 3120万元 and 164家: a mean of money that is off by little; 每家19万元 is what each gets, to the
 * yuan. */
static bool is_rough_mean(const Work *work, size_t index, Decimal mean) {
    const Claim *each = &work->checked->claims[index];
    Decimal gap, hundredfold;
    bool says_mean = false;
    for (size_t i = fact_near_from(work, index); i < work->mentions[index].from; i++)
        says_mean |= work->text->runes[i] == 0x5747; /* 均 */
    if (!says_mean || each->kind != CLAIM_MONEY || !decimal_subtract(mean, each->value, &gap) ||
        !decimal_multiply(gap, (Decimal){gap.units < 0 ? -ROUGH_NTH : ROUGH_NTH, 0}, &hundredfold))
        return false;
    return decimal_compare(hundredfold, each->value) <= 0;
}

static bool product_holds(const Work *work, size_t index, size_t count, size_t total) {
    const Claim *claims = work->checked->claims, *each = &claims[index];
    Decimal product, mean;
    if (decimal_multiply(each->value, claims[count].value, &product) &&
        decimal_compare(product, claims[total].value) == 0)
        return true;
    if (!decimal_divide(claims[total].value, claims[count].value, 4, &mean)) return false;
    bool fraction = each->precision < 4 + (each->value.units % 10 != 0); /* 17.8万元 is written as near as it is */
    return rounds_to(each, mean) || is_rough_mean(work, index, mean) || (fraction && bound_holds(each, mean));
}

static size_t distance(const Work *work, size_t index, size_t other) {
    size_t a = work->mentions[index].from, b = work->mentions[other].from;
    return a > b ? a - b : b - a;
}

/* The places of an arithmetic: each, how many, and the total. */
typedef struct Product {
    size_t each, count, total;
    bool here; /* the total must stand in the sentence of each */
} Product;

static bool can_count(const Work *work, const Product *product, size_t index, uint32_t each, bool strictly) {
    const Claim *claim = &work->checked->claims[index];
    return index != product->each && claim->bound == BOUND_EXACT && distance(work, product->each, index) <= EACH_FAR &&
           (counts_each(work, claim, each, strictly) ||
            (!strictly && claim->kind == CLAIM_COUNT && fact_in_row(work, product->each, index)));
}

/* In a unit that counts as that of each does, 人 for 场均400人次, or 人次 of 人均24次. */
static bool totals_unit(const Work *work, const char *total, const char *each) {
    return lexicon_alike(work->lexicon, total, each) || fact_units_drift(work, total, each) ||
           (!strcmp(total, "人次") && !strcmp(each, "次"));
}

static bool can_total(const Work *work, const Product *product, size_t index) {
    const Claim *claims = work->checked->claims;
    if (product->here && !fact_in_one_sentence(work, product->each, index)) return false;
    return index != product->each && index != product->count &&
           totals_unit(work, claims[index].unit, claims[product->each].unit) && claims[index].bound == BOUND_EXACT &&
           distance(work, product->each, index) <= EACH_FAR &&
           decimal_compare(claims[index].value, claims[product->each].value) > 0;
}

/* Percent by which each times the count misses the total. */
static int miss_of(const Claim *each, const Claim *count, const Claim *total) {
    Decimal product, gap, hundredfold, percent;
    if (!decimal_multiply(each->value, count->value, &product) || !decimal_subtract(product, total->value, &gap) ||
        !decimal_multiply(gap, (Decimal){100, 0}, &hundredfold) ||
        !decimal_divide(hundredfold, total->value, 0, &percent) || percent.units > MISS_MOST ||
        percent.units < -MISS_MOST)
        return MISS_MOST + 1;
    return (int)(percent.units < 0 ? -percent.units : percent.units);
}

/* What is said of each, how many and all together in one sentence must fit. */
static bool is_said_together(const Work *work, const Product *product, int miss) {
    size_t each = work->mentions[product->each].from, from = work_period_from(work, each),
           to = work_period_to(work, each);
    bool thing = miss <= MISS_THING && fact_shares_words(work, product->count, product->total);
    const size_t claims[] = {product->count, product->total};
    for (int i = 0; i < 2; i++) {
        size_t at = work->mentions[claims[i]].from;
        const Period own = work->checked->claims[product->each].period,
                     period = work->checked->claims[claims[i]].period;
        if (own.start != period.start && !period_contains(own, period) && !period_contains(period, own)) return false;
        if (at < from || at >= to || distance(work, product->each, claims[i]) > (thing ? EACH_THING : EACH_NEAR))
            return false;
    }
    size_t near = fact_near_from(work, product->total);
    bool actual = work->checked->claims[product->total].kind != CLAIM_MONEY && /* 每期50人，实际580人 */
                  work_says(work, work->lexicon->actual, near, work->mentions[product->total].from);
    return !actual && !fact_in_row(work, product->each, product->count);
}

/* The nearest count and total that fit together; of those said together with each that do not, the
 * nearest of which the product misses little, else those that miss least. */
static bool find_product(const Work *work, Product *product, uint32_t each, bool strictly, Product *ret_slip) {
    const Claim *claims = work->checked->claims;
    size_t least = SIZE_MAX;
    size_t first = product->each > EACH_CLAIMS ? product->each - EACH_CLAIMS : 0, best = SIZE_MAX;
    size_t last = product->each + EACH_CLAIMS < work->checked->n_claims ? product->each + EACH_CLAIMS
                                                                        : work->checked->n_claims - 1;
    Product found = *product;
    for (product->count = first; product->count <= last; product->count++) {
        if (!can_count(work, product, product->count, each, strictly)) continue;
        for (product->total = first; product->total <= last; product->total++) {
            if (!can_total(work, product, product->total)) continue;
            size_t far = distance(work, product->each, product->count) + distance(work, product->each, product->total) +
                         (product->count > product->each && product->total < product->each ? EACH_NEAR : 0);
            bool holds = product_holds(work, product->each, product->count, product->total);
            if (holds && far < best) best = far, found = *product;
            int miss = miss_of(&claims[product->each], &claims[product->count], &claims[product->total]);
            if (miss > MISS_ALIKE) far = EACH_FAR * 2 + (size_t)miss; /* of those that are near to it the nearest */
            if (far < least && miss <= MISS_MOST && is_said_together(work, product, miss))
                least = far, *ret_slip = *product;
        }
    }
    *product = found;
    return best != SIZE_MAX;
}

/* The amount of the row of a count that is each times so many; SIZE_MAX when there is none. */
static size_t total_in_row(const Work *work, size_t each, size_t count) {
    const Claim *claims = work->checked->claims;
    size_t first = count > ROW_CLAIMS ? count - ROW_CLAIMS : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= count + ROW_CLAIMS; i++) {
        bool amount =
            i != count && i != each && fact_in_row(work, count, i) && !strcmp(claims[i].unit, claims[each].unit);
        if (amount && claims[i].bound == BOUND_EXACT && product_holds(work, each, count, i)) return i;
    }
    return SIZE_MAX;
}

/* 合计105项、1890万元 in a table, and in the text about it 平均每项18万元. */
static bool find_in_table(const Work *work, Product *product, uint32_t each) {
    for (size_t i = product->each; i-- && product->each - i <= TABLE_CLAIMS;) {
        const Claim *claim = &work->checked->claims[i];
        if (claim->bound != BOUND_EXACT || !counts_each(work, claim, each, true)) continue;
        product->count = i;
        product->total = total_in_row(work, product->each, i);
        if (product->total != SIZE_MAX) return true;
    }
    return false;
}

/* 25家每家20万元，30家每家10万元，合计800万元: the total is of both. */
static bool is_one_of_many(const Work *work, size_t index) {
    size_t from = work_period_from(work, work->mentions[index].from),
           to = work_period_to(work, work->mentions[index].from);
    size_t first = index > EACH_CLAIMS ? index - EACH_CLAIMS : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= index + EACH_CLAIMS; i++) {
        bool here = i != index && work->mentions[i].from >= from && work->mentions[i].from < to;
        if (here && own_each_of(work, i) && !strcmp(work->checked->claims[i].unit, work->checked->claims[index].unit))
            return true;
    }
    return false;
}

/* 常住人口50万人, and paragraphs later 人均4.6元，共230万元: the total is said together with each, and to the digit. */
static bool find_far(const Work *work, Product *product, uint32_t each) {
    const Claim *claims = work->checked->claims;
    size_t first = product->each ? product->each - 1 : 0;
    for (size_t total = first; total < work->checked->n_claims && total <= product->each + 1; total++) {
        if (total == product->each || !fact_in_one_sentence(work, total, product->each) ||
            !can_total(work, product, total))
            continue;
        for (size_t i = product->each; i-- && product->each - i <= TABLE_CLAIMS;) {
            Decimal exact;
            bool counts = claims[i].bound == BOUND_EXACT && counts_each(work, &claims[i], each, true);
            if (!counts || !decimal_multiply(claims[product->each].value, claims[i].value, &exact)) continue;
            if (decimal_compare(exact, claims[total].value) != 0) continue;
            product->count = i, product->total = total;
            return true;
        }
    }
    return false;
}

/* 6个团队已到位300万元, 拨付188万元，尚有4万元未拨: so far, and what is left is still to come. */
static bool is_so_far(const Work *work, const Product *product) {
    const Claim *claims = work->checked->claims;
    size_t total = product->total, next = total + 1, near = fact_near_from(work, total);
    Decimal all;
    if (!decimal_multiply(claims[product->each].value, claims[product->count].value, &all) ||
        decimal_compare(all, claims[total].value) < 0)
        return false;
    bool left = next < work->checked->n_claims && fact_in_one_sentence(work, total, next) &&
                work_says(work, work->lexicon->rest, fact_near_from(work, next), work->mentions[next].from);
    return left || work_says(work, work->lexicon->done, near, work->mentions[total].from);
}

static void relate_product(Work *work, size_t index, uint32_t each) {
    const Claim *claims = work->checked->claims;
    Product product = {.each = index, .count = SIZE_MAX, .total = SIZE_MAX}, slip = {.each = SIZE_MAX}, alike = slip;
    product.here = true;
    bool holds = find_product(work, &product, each, true, &slip) || find_far(work, &product, each);
    product.here = false;
    holds = holds || find_product(work, &product, each, true, &slip) ||
            find_product(work, &product, each, false, &alike) || find_in_table(work, &product, each);
    bool near =
        alike.each != SIZE_MAX && miss_of(&claims[index], &claims[alike.count], &claims[alike.total]) <= MISS_ALIKE;
    if (slip.each == SIZE_MAX && near) slip = alike;
    if (holds)
        relation_add_equation(work, RELATION_PRODUCT, product.total, index, product.count, true);
    else if (slip.each != SIZE_MAX && !is_one_of_many(work, index) && !is_so_far(work, &slip))
        relation_add_equation(work, RELATION_PRODUCT, slip.total, index, slip.count, false);
}

/* 装备制造 80家, 户均300万元, 24000万元: of the row of a cell whose column says that it is of each; only what comes
 * out. */
static void relate_row_product(Work *work, size_t index) {
    const Claim *claims = work->checked->claims;
    size_t first = index > ROW_CLAIMS ? index - ROW_CLAIMS : 0;
    for (size_t i = first; i < work->checked->n_claims && i <= index + ROW_CLAIMS; i++) {
        bool count = i != index && fact_in_row(work, index, i) && claims[i].kind == CLAIM_COUNT &&
                     strcmp(claims[i].unit, claims[index].unit) && claims[i].bound == BOUND_EXACT;
        size_t total = count ? total_in_row(work, index, i) : SIZE_MAX;
        if (total == SIZE_MAX || total == index) continue;
        relation_add_equation(work, RELATION_PRODUCT, total, index, i, true);
        return;
    }
}

void relate_products(Work *work) {
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        size_t column = work_cell_heads(work, work->mentions[i].paragraph).column;
        if (work_cell_says(work, work->lexicon->each, column)) relate_row_product(work, i);
        uint32_t each = own_each_of(work, i);
        if (each && work->checked->claims[i].bound == BOUND_EXACT) relate_product(work, i, each);
    }
}
