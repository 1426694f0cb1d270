/* check/relate/remark.c: what to look at before the text is signed, each kind of remark by a rule of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bound.h"
#include "check/relate/facts.h"
#include "ledger/issue.h"

#define CHANGE_RUNES 14 /* at most between a ratio and the growth that is said of it */
#define NOUN_RUNES   2  /* of a noun, at least */
#define DRIFT_MIN    20 /* numbers below it are equal by chance too often */

static void add(Work *work, uint32_t start, uint32_t end, const char *code, size_t claim, Label say) {
    *mem_push(work->ctx, work->checked->remarks, work->checked->n_remarks) = (Remark){start, end, code, say, claim};
}

static void add_at(Work *work, size_t index, const char *code, Label say) {
    const Claim *claim = &work->checked->claims[index];
    add(work, claim->start, claim->end, code, index, say);
}

/* --- bounds --- */

static void remark_bounds(Work *work, size_t index) {
    if (!work->mentions[index].contradictory) return;
    const char *text = work->checked->claims[index].text;
    add_at(work, index, "contradictory-bound",
           (Label){work_printf(work, "“%s”前后两个概数词不能连用，请去掉一个", text),
                   work_printf(work, "'%s' has two bounds that do not go together: keep one", text)});
}

/* --- ranks --- */

/* The clause of a rank, with the one before it where that holds no number: 在全市考核中，排名第一. */
static size_t field_from(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from);
    if (!clause || rune_ends_sentence(work->text->runes[clause - 1])) return clause;
    size_t before = work_clause_from(work, clause - 1);
    return index && work->mentions[index - 1].to > before ? clause : before;
}

/* 增速居全市第三，总量居第二: the field of the rank right before it in the sentence is meant. */
static bool takes_field(const Work *work, size_t index) {
    if (!index || work->checked->claims[index - 1].kind != CLAIM_RANK || !fact_in_one_sentence(work, index - 1, index))
        return false;
    return work_says(work, work->lexicon->rank_scope, field_from(work, index - 1), work->mentions[index - 1].to);
}

/* 全市排名: the head of a column says it, or what stands above the table. */
static bool heads_field(const Work *work, size_t index) {
    const Table *table = table_of(&work->tables, work->mentions[index].paragraph);
    Heads heads = work_cell_heads(work, work->mentions[index].paragraph);
    return table && (work_cell_says(work, work->lexicon->rank_scope, heads.column) ||
                     work_cell_says(work, work->lexicon->rank_scope, heads.group) ||
                     work_cell_says(work, work->lexicon->rank_scope, heads.name) ||
                     work_cell_says(work, work->lexicon->rank_scope, table->caption));
}

static void remark_rank(Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    size_t from = field_from(work, index);
    if (takes_field(work, index) || heads_field(work, index)) return;
    if (claim->kind != CLAIM_RANK || work_says(work, work->lexicon->rank_scope, from, work->mentions[index].to)) return;
    add_at(work, index, "rank-without-field",
           (Label){"没有写明在什么范围内排名，请补上（如全市、9个县区）", "the rank does not say among whom; add it"});
}

/* --- growth --- */

/* 提高到, 升至: what it came to. */
static bool is_reached(const Work *work, size_t index) {
    uint32_t last = work->mentions[index].from ? work->text->runes[work->mentions[index].from - 1] : 0;
    return last == 0x5230 || last == 0x81F3 || last == 0x8FBE; /* 到, 至, 达 */
}

/* The claim right before is a ratio, and between the two stand only words of comparison and change. */
static bool changes_ratio(const Work *work, size_t index) {
    if (!index) return false;
    const Claim *before = &work->checked->claims[index - 1];
    size_t from = work->mentions[index - 1].to, to = work->mentions[index].from;
    bool rises = work_says(work, work->lexicon->rise, fact_near_from(work, index - 1), work->mentions[index - 1].from);
    bool growth = (rises || before->face == FACE_GROWTH) && !is_reached(work, index - 1);
    bool done =
        work_says(work, work->lexicon->progress, fact_near_from(work, index - 1), work->mentions[index - 1].from);
    bool ratio = before->kind == CLAIM_PERCENT && before->face != FACE_SHARE && !growth && !done; /* 完成109.6% */
    for (size_t i = from; i < to; i++)
        if (work->text->runes[i] == 0x3002 || work->text->runes[i] == '\n' || work->text->runes[i] == ';') return false;
    return ratio && to - from <= CHANGE_RUNES;
}

static bool right_before(const Work *work, const WordSet *set, size_t index) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    const Word *filler = words_before(work->lexicon->filler, runes, at);
    return words_before(set, runes, at) || (filler && words_before(set, runes, at - filler->size));
}

/* 研发费用同比增长13.5%: the words before a change name what changed, and it is not the ratio before. */
static bool names_grown(const Work *work, size_t index) {
    const WordSet *const sets[] = {work->lexicon->compare, work->lexicon->rise, work->lexicon->fall,
                                   work->lexicon->filler,  work->lexicon->idle, work->lexicon->ratio};
    size_t n = 0, at = fact_near_from(work, index);
    while (at < work->mentions[index].number) {
        const Word *word = NULL;
        for (size_t i = 0; i < sizeof sets / sizeof sets[0] && !word; i++)
            word = words_at(sets[i], work->text->runes + at);
        n += !word && text_is_han(work->text->runes[at]);
        at += word ? word->size : 1;
    }
    return n >= NOUN_RUNES;
}

static void remark_growth(Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    const Lexicon *lexicon = work->lexicon;
    bool rises = right_before(work, lexicon->rise, index), falls = right_before(work, lexicon->fall, index);
    if ((!rises && !falls) || is_reached(work, index)) return;
    bool bare = claim->kind == CLAIM_OTHER && !*claim->unit;
    bool named = work_says(work, lexicon->ratio, fact_near_from(work, index), work->mentions[index].from);
    bool shared = work_says(work, lexicon->share_out, fact_near_from(work, index), work->mentions[index].from);
    bool of_ratio = claim->kind == CLAIM_PERCENT && !shared && /* 分别增长18.9%和提高0.13个百分点 */
                    (named || (changes_ratio(work, index) && !names_grown(work, index)));
    if (bare || (of_ratio && !named && right_before(work, lexicon->grows, index)))
        add_at(work, index, "growth-without-base",
               (Label){"增长的对象或基数不明确：是总量增长、占比增长，还是提高的百分点？请写明",
                       "it is open what grew, and over which base: the amount, the ratio, or points of it; say so"});
    else if (of_ratio)
        add_at(work, index, "percent-for-points",
               (Label){"两个百分比之差应当用“个百分点”", "a difference of two percentages is in percentage points"});
}

/* --- relations --- */

static const struct {
    const char *code;
    Label say;
} relation_remarks[] = {
    [RELATION_SUM] = {"sum-differs", {"各部分相加与总数不符", "the parts do not add up to the whole"}},
    [RELATION_SHARE] = {"share-differs", {"百分比与两个数不符", "the percentage does not follow from the two numbers"}},
    [RELATION_PRODUCT] = {"product-differs", {"单价乘以数量与总数不符", "each times how many is not the total"}},
    [RELATION_SAME] = {"same-fact-differs", {"同一事实前后数字不一致", "one fact is stated with two numbers"}},
};

static void remark_relation(Work *work, const Relation *relation) {
    size_t at = relation->claims[relation->kind == RELATION_SAME ? 1 : 0];
    const Label *say = &relation_remarks[relation->kind].say;
    if (!relation->holds)
        add_at(work, at, relation_remarks[relation->kind].code,
               (Label){work_printf(work, "%s：%s", say->zh, relation->says),
                       work_printf(work, "%s: %s", say->en, relation->says)});
}

/* Said as to come, and no name of a kind: 列入计划逐步解决的3件. */
static bool is_only_planned(const Work *work, size_t index) {
    size_t from = work->mentions[index].from;
    return work->mentions[index].planned && from && work->text->runes[from - 1] != 0x7684; /* 的 */
}

/* A total of what was done and what is only planned. */
static void remark_plan_added(Work *work, const Relation *relation) {
    bool plan = false, done = false;
    for (size_t i = 1; i < relation->n_claims; i++) {
        plan |= is_only_planned(work, relation->claims[i]);
        done |= !work->mentions[relation->claims[i]].planned;
    }
    if (relation->kind == RELATION_SUM && plan && done &&
        !is_reached(work, relation->claims[0])) /* 净增32家，达到240家 */
        add_at(work, relation->claims[0], "plan-and-done-added",
               (Label){"把已完成的和计划的加在了一起，请分开写",
                       "what is done and what is planned are added together; keep them apart"});
}

/* --- periods --- */

/* The same number of the same thing stands elsewhere with fewer months. */
static void remark_period(Work *work, size_t index, size_t labelled) {
    const Claim *claim = &work->checked->claims[index];
    Label period = work_name_period(work, work->checked->claims[labelled].period);
    add_at(
        work, index, "period-narrower",
        (Label){work_printf(work, "这个数是%s的（文中另一处写明），这里没有写明时期", period.zh),
                work_printf(work, "elsewhere the text has '%s' for %s only: say so here too", claim->text, period.en)});
}

static bool is_narrower(Period inner, Period outer) {
    return inner.start != DATE_NONE && outer.start != DATE_NONE && period_contains(outer, inner) &&
           period_months(inner) < period_months(outer);
}

/* --- pairs of claims: one thing, two units or two periods --- */

/* Two numbers of one thing, as far as words or indicators say. */
static bool is_one_thing(const Work *work, size_t first, size_t again) {
    const Claim *a = &work->checked->claims[first], *b = &work->checked->claims[again];
    if (strcmp(a->unit, b->unit) || a->kind != b->kind || a->face != b->face || a->plan || b->plan) return false;
    if (a->indicator && b->indicator) return a->indicator == b->indicator;
    return fact_shares_words(work, first, again);
}

/* 1—4月2.15亿元, and later 上半年2.15亿元 or nothing said: which months are meant is hidden at the wider one. A short
 * number may be that of both. */
static bool hides_months(const Work *work, size_t narrow, size_t wide) {
    const Claim *a = &work->checked->claims[narrow], *b = &work->checked->claims[wide];
    if (!work->mentions[narrow].own_period || !is_narrower(a->period, b->period)) return false;
    return decimal_compare(a->value, (Decimal){DRIFT_MIN, 0}) >= 0 && !work->mentions[narrow].until;
}

static void remark_pair(Work *work, size_t first, size_t again) {
    const Claim *a = &work->checked->claims[first], *b = &work->checked->claims[again];
    bool large = a->plan == b->plan && a->value.units >= DRIFT_MIN && !work->mentions[again].contradictory;
    if (large && fact_units_drift(work, a->unit, b->unit) && fact_around_alike(work, first, again))
        add_at(work, again, "unit-drift",
               (Label){work_printf(work, "同一个数前面写“%s”，这里写“%s”，口径不同，请统一", a->unit, b->unit),
                       work_printf(work, "the same number is '%s' before and '%s' here, which count otherwise: use one",
                                   a->unit, b->unit)});
    bool later = hides_months(work, first, again), hidden = later || hides_months(work, again, first);
    if (hidden && is_one_thing(work, first, again) && !fact_told_apart(work, first, again))
        remark_period(work, later ? again : first, later ? first : again);
}

/* Claims of one value, each with the next of it. */
static void remark_pairs(Work *work) {
    const Valued *valued = facts_by_value(work);
    for (size_t i = 0; i + 1 < work->checked->n_claims; i++)
        if (decimal_compare(valued[i].value, valued[i + 1].value) == 0)
            remark_pair(work, valued[i].index, valued[i + 1].index);
}

/* --- against the ledger --- */

static Label no_record_words(Work *work, const Claim *claim) {
    Label title = claim->indicator->title, period = work_name_period(work, claim->period);
    return (Label){work_printf(work, "台账中没有%s（%s）的任何记录", title.zh, period.zh),
                   work_printf(work, "the ledger has no record of %s (%s) at all", title.en, period.en)};
}

static Label narrower_words(Work *work, Period matches) {
    Label period = work_name_period(work, matches);
    return (Label){work_printf(work, "这个数是%s的，文中没有写明", period.zh),
                   work_printf(work, "this number is that of %s, which the text does not say", period.en)};
}

static void remark_ledger(Work *work, size_t index) {
    const Claim *claim = &work->checked->claims[index];
    const Mention *mention = &work->mentions[index];
    if (claim->verdict == VERDICT_DIFFERS && claim->face == FACE_VALUE && !claim->ledger.value.units &&
        claim->value.units)
        add_at(work, index, "no-record", no_record_words(work, claim));
    else if (claim->verdict != VERDICT_MATCH && claim->kind != CLAIM_RANK && !mention->own_period &&
             is_narrower(mention->matches, claim->period))
        add_at(work, index, "period-narrower", narrower_words(work, mention->matches));
}

/* What an earlier text that went out said of the same. */
static void remark_issued(Work *work, const Report *report, const IssueFigure *issued) {
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        const Claim *claim = &work->checked->claims[i];
        if (!claim->indicator || claim->face != FACE_VALUE || strcmp(claim->indicator->name.text, issued->indicator))
            continue;
        if (!issued->known || claim->period.start != issued->period.start || claim->period.end != issued->period.end)
            continue;
        if (bound_holds(claim, issued->value)) continue;
        char number[DECIMAL_SIZE];
        decimal_format(issued->value, number);
        add_at(work, i, "issued-differs",
               (Label){work_printf(work, "已定稿的《%s》中这个数是%s", report->title.zh, number),
                       work_printf(work, "the issued '%s' has %s", report->title.en, number)});
    }
}

static int compare_with_issued(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = work->ask->catalog;
    for (size_t r = 0; r < catalog->n_reports && work->checked->period.start != DATE_NONE; r++) {
        int64_t issue = 0;
        IssueFigure *figures = NULL;
        size_t n = 0;
        int fault = issue_find_last(work->ask->store, catalog->reports[r].name.text, work->checked->period, &issue);
        if (!fault && issue) fault = issue_figures(scratch, work->ask->store, issue, &figures, &n);
        if (fault) return fault;
        for (size_t i = 0; i < n; i++) remark_issued(work, &catalog->reports[r], &figures[i]);
    }
    return 0;
}

/* --- in the order of the text --- */

static int compare_remarks(const void *left, const void *right) {
    const Remark *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return strcmp(a->code, b->code);
}

/* One remark of a kind at a place. */
static void sort_remarks(Checked *checked) {
    size_t n = 0;
    if (checked->n_remarks) qsort(checked->remarks, checked->n_remarks, sizeof *checked->remarks, compare_remarks);
    for (size_t i = 0; i < checked->n_remarks; i++)
        if (!n || compare_remarks(&checked->remarks[n - 1], &checked->remarks[i]))
            checked->remarks[n++] = checked->remarks[i];
    checked->n_remarks = n;
}

int work_remark(Work *work) {
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        remark_bounds(work, i);
        remark_rank(work, i);
        remark_growth(work, i);
        remark_ledger(work, i);
    }
    for (size_t i = 0; i < work->checked->n_relations; i++) {
        remark_relation(work, &work->checked->relations[i]);
        remark_plan_added(work, &work->checked->relations[i]);
    }
    remark_pairs(work);
    work_remark_names(work);
    int fault = work->ask->store ? compare_with_issued(work) : 0;
    sort_remarks(work->checked);
    return fault;
}
