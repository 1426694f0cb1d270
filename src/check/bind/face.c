/* check/bind/face.c: which number of an indicator is meant, and what rates, ranks and comparisons are of.
 *
 * A growth, a share or a rank is one of the number before it in its sentence, unless the words next to it name what it
 * is of; when that number is of no indicator neither is the rate. */
#include <string.h>

#include "base/text.h"
#include "check/bind/binding.h"

#define VERB_RUNES  2  /* of a verb between 多 and its number at most */
#define CHAIN_RUNES 60 /* a growth or share behind its number stands within these */
#define CHAIN_WORDS 2  /* runes of unknown words over which it does */
#define SHARE_RUNES 4  /* of 占, 占比为, 占到 */

/* --- the words that say how a number is meant --- */

bool face_is_amount(const Claim *claim) { return claim->kind == CLAIM_COUNT || claim->kind == CLAIM_MONEY; }

bool face_near_says(const Work *work, const WordSet *set, size_t index) {
    return work_says(work, set, context_near_from(work, index), work->mentions[index].number);
}

bool face_right_before(const Work *work, const WordSet *set, size_t index) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    if (words_before(set, runes, at)) return true;
    const Word *outside = at > runes && (at[-1] == '(' || at[-1] == 0x7684) ? words_before(set, runes, at - 1) : NULL;
    if (outside) return outside->size > 1 || at[-1] != '('; /* 增加的; 同比增长（, and not 大企业少（1236家 */
    const Word *filler = words_before(work->lexicon->filler, runes, at);
    return filler && words_before(set, runes, at - filler->size);
}

/* 较上年同期, 比8月的52个: a word of comparison, or 比 and 较 before a time. */
static bool says_compare(const Work *work, size_t index) {
    if (face_near_says(work, work->lexicon->compare, index)) return true;
    size_t near = context_near_from(work, index), when = whens_from(&work->whens, near + 1);
    if (when == work->whens.count || work->whens.list[when].at >= work->mentions[index].from) return false;
    uint32_t before = work->text->runes[work->whens.list[when].at - 1];
    return before == 0x6BD4 || before == 0x8F83; /* 比, 较 */
}

/* Of a run what stands before the first of it is said of each: 分别增长22.4%、17.8%. */
static size_t said_at(const Work *work, size_t index) {
    size_t place, length;
    return run_holds(work, index, &place, &length) ? index - place : index;
}

static bool says_change(const Work *work, size_t index) {
    index = said_at(work, index);
    return face_near_says(work, work->lexicon->rise, index) || face_near_says(work, work->lexicon->fall, index);
}

static bool says_growth(const Work *work, size_t index) {
    return says_change(work, index) || says_compare(work, said_at(work, index)) ||
           lexicon_lists(work->lexicon->multiple, work->checked->claims[index].unit);
}

/* Against another area or a mean: 高于全市平均. */
static bool is_against(const Work *work, size_t index) {
    return work_says(work, work->lexicon->against, context_near_from(work, index), work->mentions[index].from);
}

/* 压缩12天 behind 较上年: the words between the comparison and the number say how it changed; none do in 较上年的12天.
 */
static bool is_changed_by(const Work *work, size_t index) {
    return face_near_says(work, work->lexicon->compare, index) &&
           !face_right_before(work, work->lexicon->compare, index);
}

/* 比去年同期多入库28家: a verb stands between the change and the number. */
static bool changes_by_verb(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes, *number = runes + work->mentions[index].from;
    size_t near = context_near_from(work, index);
    for (size_t back = 1; back <= VERB_RUNES && number > runes + near + back && text_is_han(number[-(ptrdiff_t)back]);
         back++)
        if (words_before(work->lexicon->rise, runes + near, number - back) ||
            words_before(work->lexicon->fall, runes + near, number - back))
            return face_near_says(work, work->lexicon->compare, index);
    return false;
}

/* 增加15家, never 增加到35家: that is what it came to. */
static bool right_changes(const Work *work, size_t index) {
    if (words_before(work->lexicon->arrive, work->text->runes, work->text->runes + work->mentions[index].from))
        return false;
    if (changes_by_verb(work, index)) return true;
    return face_right_before(work, work->lexicon->rise, index) || face_right_before(work, work->lexicon->fall, index);
}

Face face_of_amount(const Work *work, size_t index) {
    if (right_changes(work, index)) return FACE_GROWTH;
    if (work->checked->claims[index].plan || work->mentions[index].aimed) return FACE_TARGET;
    return FACE_VALUE;
}

/* 新增创新平台8个，其中院士工作站1个: of what is new. */
static bool is_among_fresh(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t from = work_period_from(work, work->mentions[index].from), whole = index;
    const uint32_t *among = words_last(work->lexicon->among, runes + from, runes + work->mentions[index].from, NULL);
    while (among && whole && runes + work->mentions[whole].from > among) whole--;
    return among && whole < index && work->mentions[whole].from >= from &&
           face_near_says(work, work->lexicon->fresh, whole);
}

bool face_adds(const Work *work, size_t index, const Indicator *indicator) {
    return indicator->kind == INDICATOR_STOCK &&
           (face_near_says(work, work->lexicon->fresh, index) || is_among_fresh(work, index));
}

/* --- what went before --- */

/* 占目标100%的60%: a rate that is aimed at. */
static bool aims_rate(const Claim *claim) {
    return claim->kind == CLAIM_PERCENT && claim->face == FACE_TARGET && claim->indicator;
}

/* The nearest claim before in the sentence that a rate or comparison can be of, if it has an indicator. */
static size_t base_before(const Work *work, size_t index, bool percents) {
    size_t sentence = work_period_from(work, work->mentions[index].from);
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;) {
        const Claim *claim = &work->checked->claims[i];
        if (work->mentions[i].to + CHAIN_RUNES < work->mentions[index].from) return NO_CLAIM;
        bool ratio = claim->kind == CLAIM_PERCENT && claim->face == FACE_VALUE && claim->indicator;
        bool unknown = claim->kind == CLAIM_PERCENT && !claim->indicator;
        if (unknown && work->checked->claims[index].kind == CLAIM_POINTS) return NO_CLAIM; /* by which that one rose */
        if (ratio && !percents && work->checked->claims[index].kind == CLAIM_PERCENT && i + 1 == index) return NO_CLAIM;
        bool aside =
            face_near_says(work, work->lexicon->rest, i) || lexicon_lists(work->lexicon->durations, claim->unit);
        if (aside) continue; /* 入库117家，缺口13家，完成率90%; 216家，三年翻了一番 */
        bool points = work->checked->claims[index].kind == CLAIM_POINTS; /* of no amount */
        bool base = (face_is_amount(claim) && !points) || (percents && ratio);
        if (base && claim->face != FACE_GROWTH) return claim->indicator ? i : NO_CLAIM;
        if (aims_rate(claim)) return i + 1 == index ? i : NO_CLAIM;
    }
    return NO_CLAIM;
}

/* 输出215项、成交额6.8亿元，吸纳264项、成交额9.3亿元，成交额分别增长…: of more amounts than the run has numbers, the
 * n-th of the kind of the last, if there are as many of it. */
static size_t amounts_alike(const Work *work, size_t first, size_t place, size_t length) {
    const Claim *claims = work->checked->claims;
    size_t from = work_period_from(work, work->mentions[first].from), alike = 0, all = 0, found = NO_CLAIM;
    for (size_t i = first; i-- && work->mentions[i].from >= from;) {
        all += face_is_amount(&claims[i]);
        if (claims[i].kind != claims[first - 1].kind) continue;
        if (++alike == length - place) found = i;
    }
    return alike == length && all > length ? found : NO_CLAIM;
}

/* 合同312项、成交额6.3亿元，分别增长15.5%和21.2%: as many amounts right before a run as it has numbers. */
static size_t amounts_shared(const Work *work, size_t first, size_t place, size_t length) {
    size_t alike = amounts_alike(work, first, place, length);
    if (alike != NO_CLAIM) return work->checked->claims[alike].indicator ? alike : NO_CLAIM;
    if (first < length || work->mentions[first - length].from < work_period_from(work, work->mentions[first].from))
        return NO_CLAIM;
    for (size_t i = first - length; i < first; i++)
        if (!face_is_amount(&work->checked->claims[i])) return NO_CLAIM;
    size_t base = first - length + place;
    return work->checked->claims[base].indicator ? base : NO_CLAIM;
}

/* The n-th of the numbers that an earlier 分别 shared out, for the n-th of these; NO_CLAIM when there is no such run.
 */
static size_t shared_before(const Work *work, size_t index) {
    size_t place, length, other_place, other_length;
    if (!run_holds(work, index, &place, &length)) return NO_CLAIM;
    size_t first = index - place;
    if (!first || !run_holds(work, first - 1, &other_place, &other_length) || other_length != length)
        return amounts_shared(work, first, place, length);
    size_t base = first - length + place;
    bool same = work->mentions[base].from >= work_period_from(work, work->mentions[index].from);
    return same && work->checked->claims[base].indicator ? base : NO_CLAIM;
}

/* 增长16.5%（目标15%）, 140家（今年128家）: in a bracket right behind a claim, of the same. */
static size_t bracketed_before(const Work *work, size_t index) {
    size_t near = context_near_from(work, index);
    bool bracket = index && near == work->mentions[index - 1].to && work->text->runes[near] == '(';
    const Claim *before = index ? &work->checked->claims[index - 1] : NULL;
    size_t when = whens_from(&work->whens, near + 1);
    bool dated = when < work->whens.count && work->whens.list[when].at == near + 1;
    if (!dated && !work->mentions[index].aimed && !says_compare(work, index)) return NO_CLAIM;
    return bracket && before->indicator && !strcmp(before->unit, work->checked->claims[index].unit) ? index - 1
                                                                                                    : NO_CLAIM;
}

/* 由95家增加到112家: what it came to is of what it was. */
static bool is_reached(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    if (!words_before(work->lexicon->arrive, runes, runes + work->mentions[index].from)) return false;
    return face_near_says(work, work->lexicon->rise, index) || face_near_says(work, work->lexicon->fall, index);
}

/* 有效高企88家，2021年为68家: nothing but another time before it. */
static bool is_of_other_time(const Work *work, size_t index) {
    size_t near = context_near_from(work, index), number = work->mentions[index].from;
    size_t at = whens_from(&work->whens, near);
    const When *when = at < work->whens.count ? &work->whens.list[at] : NULL;
    size_t behind = when ? when->at + when->size : number;
    uint32_t is = work->text->runes[behind];
    return when && when->at <= near + 1 && behind + 1 == number && (is == 0x4E3A || is == 0x662F); /* 为是 */
}

size_t face_goes_with(const Work *work, size_t index) {
    size_t place, length, bracketed = bracketed_before(work, index);
    if (bracketed != NO_CLAIM) return bracketed;
    if (run_holds(work, index, &place, &length) && says_growth(work, index)) /* 分别增加1个、3个 */
        return shared_before(work, index);
    size_t before = base_before(work, index, false);
    if (before == NO_CLAIM || strcmp(work->checked->claims[index].unit, work->checked->claims[before].unit))
        return NO_CLAIM;
    bool listed = before + 1 == index && run_joins(work->text->runes[work->mentions[before].to]);
    if (listed) return NO_CLAIM; /* 任务8项、目标9项 */
    bool goes = is_reached(work, index) || is_of_other_time(work, index) || says_compare(work, index) ||
                right_changes(work, index) || face_right_before(work, work->lexicon->target, index) ||
                face_stands_before_target(work, index);
    return goes && !is_against(work, index) && !face_near_says(work, work->lexicon->each, index) ? before : NO_CLAIM;
}

/* --- rates --- */

/* The indicator that is itself the growth of another; NULL when there is none. */
static const Indicator *growth_of(const Work *work, const Indicator *amount) {
    for (size_t i = 0; i < work->ask->catalog->n_indicators; i++) {
        const Indicator *indicator = &work->ask->catalog->indicators[i];
        if (indicator->measure == MEASURE_GROWTH && indicator->a == amount) return indicator;
    }
    return NULL;
}

static void settle_rate(Work *work, size_t index, const Indicator *base, Face face, int confidence) {
    const Indicator *growth = face == FACE_GROWTH ? growth_of(work, base) : NULL;
    bool plan = work->checked->claims[index].plan;
    bind_settle(work, index, growth ? growth : base, growth ? (plan ? FACE_TARGET : FACE_VALUE) : face, confidence);
}

static int sureness(const Choice *choice) { return choice->near ? 90 : 75; }

/* The words next to a rate name it: an indicator of its own, not how another changed. */
static bool names_itself(const Choice *own, const Work *work, size_t index) {
    if (!own->indicator || !own->near) return false;
    bool changes = own->indicator->kind == INDICATOR_STATED || own->indicator->measure == MEASURE_GROWTH;
    return changes || !right_changes(work, index) || !is_changed_by(work, index);
}

/* Nothing next to a rate says what it is of, but what was said before. */
static bool goes_on(const Binding *binding, size_t index, const Context *context) {
    size_t unknown = context_unknown(binding, context->from, binding->work->mentions[index].from);
    bool aimed = face_near_says(binding->work, binding->work->lexicon->target, index) &&
                 face_near_says(binding->work, binding->work->lexicon->progress, index); /* 目标完成率 */
    return (aimed || !context_tells(binding, context)) && unknown <= CHAIN_WORDS &&
           !face_near_says(binding->work, binding->work->lexicon->each, index);
}

/* 研发投入强度2.9%，增长12%: of the ratio, or of what it is of? Nobody can tell. */
static bool grows_ratio(const Binding *binding, size_t index, const Context *context) {
    const Work *work = binding->work;
    if (!index || context_tells(binding, context) || !face_near_says(work, work->lexicon->grows, index)) return false;
    const Claim *before = &work->checked->claims[index - 1];
    bool same = work->mentions[index - 1].from >= work_period_from(work, work->mentions[index].from);
    return same && before->kind == CLAIM_PERCENT && before->indicator && before->face != FACE_GROWTH &&
           before->face != FACE_SHARE;
}

/* 126个，占到六成: nothing but 占 next to it, so it is a share of what the amount before it is of. */
static bool is_mere_share(const Work *work, size_t index) {
    size_t near = context_near_from(work, index), number = work->mentions[index].from;
    bool short_words = number > near && number <= near + SHARE_RUNES;
    bool amount = index && face_is_amount(&work->checked->claims[index - 1]);
    if (!short_words || !amount || work->mentions[index - 1].from < work_period_from(work, number)) return false;
    for (size_t i = near; i < number; i++)
        if (work->text->runes[i] == 0x5360) return true; /* 占 */
    return false;
}

/* 占企业总数230家的六成: of the amount right before it. */
static bool is_of_amount(const Work *work, size_t index) {
    return index && face_is_amount(&work->checked->claims[index - 1]) &&
           work->mentions[index].from == work->mentions[index - 1].to + 1 &&
           work->text->runes[work->mentions[index - 1].to] == 0x7684; /* 的 */
}

/* A word of the indicator, but for 占 and 占比, stands next to the amount before a rate, or to the rate. */
static bool names_amount(const Binding *binding, size_t index, const Context *context, const Indicator *indicator) {
    size_t from = context_near_from(binding->work, index - 1);
    if (face_near_says(binding->work, binding->work->lexicon->among, index - 1))
        return false; /* 其中企业53亿元，占85% */
    for (size_t i = 0; i < context->count; i++) {
        uint32_t rune = binding->work->text->runes[context->words[i].at];
        bool share = rune == 0x5360 || rune == 0x6BD4; /* 占, 比 */
        if (context->words[i].at >= from && !share && phrases_has(binding->phrases, indicator, context->words[i].word))
            return true;
    }
    return false;
}

/* 增加值占工业的59.8%: a share, which an indicator is whose words know 占, and no growth. */
static bool is_other_share(const Binding *binding, size_t index, const Indicator *indicator) {
    const Work *work = binding->work;
    size_t to = work->mentions[index].from, from = work_clause_from(work, to), share = from;
    while (share < to && work->text->runes[share] != 0x5360) share++; /* 占 */
    if (share == to) return false;
    const Hit *end = context_hits_from(binding, share + 1);
    for (const Hit *hit = context_hits_from(binding, from); hit < end; hit++)
        if (hit->at + hit->size > share && phrases_has(binding->phrases, indicator, hit->word)) return false;
    return indicator->measure != MEASURE_RATIO;
}

/* 完成率, not 输出占比: of a target told before. */
static bool says_done(const Work *work, size_t index) {
    for (size_t i = context_near_from(work, index); i + 1 < work->mentions[index].from; i++)
        if (work->text->runes[i] == 0x5B8C && work->text->runes[i + 1] == 0x6210) return true; /* 完成 */
    return false;
}

/* 成果登记完成全年任务的50%: a thing next to the rate that the amount before it has nothing to do with. */
static bool names_other(const Binding *binding, size_t index, const Context *context) {
    const Indicator *before = index ? binding->work->checked->claims[index - 1].indicator : NULL;
    for (size_t i = 0; before && i < context->count; i++)
        if (context->words[i].near && phrases_is_thing(binding->phrases, context->words[i].word) &&
            !phrases_has(binding->phrases, before, context->words[i].word))
            return true;
    return false;
}

/* How a rate behind its base is meant. */
static Face face_of_rate(const Work *work, size_t index, bool share) {
    if (share || !says_growth(work, index)) return FACE_SHARE;
    bool times = lexicon_lists(work->lexicon->multiple, work->checked->claims[index].unit);
    return times || says_change(work, index) || is_changed_by(work, index) ? FACE_GROWTH : FACE_VALUE;
}

/* 成交额分别增长: a word next to the rate tells of the base that a run shares out to it. */
static bool names_base(const Binding *binding, const Context *context, const Claim *base) {
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i].near && !phrases_neutral(binding->phrases, context->words[i].word) &&
            phrases_has(binding->phrases, base->indicator, context->words[i].word))
            return true;
    return false;
}

/* The number before that a rate is of; NO_CLAIM when its own words speak of something else, or nothing is before. */
static size_t base_of_rate(const Binding *binding, size_t index, const Context *context, bool share) {
    const Work *work = binding->work;
    size_t place, length, base = shared_before(work, index);
    bool named = base != NO_CLAIM && names_base(binding, context, &work->checked->claims[base]);
    if (!named && !goes_on(binding, index, context)) return NO_CLAIM;
    if (base != NO_CLAIM || run_holds(work, index, &place, &length)) return base;
    return base_before(work, index, !share && !face_near_says(work, work->lexicon->grows, index));
}

/* A percentage: a rate that its words name, else a growth or a share of the number before it. */
static void bind_rate(Binding *binding, size_t index, const Context *context) {
    Work *work = binding->work;
    bool condition = work->checked->claims[index].bound != BOUND_EXACT &&
                     work->text->runes[work->mentions[index].to] == 0x7684; /* 强度超过5%的企业: says which ones */
    if (condition || grows_ratio(binding, index, context)) return;
    size_t bracketed = bracketed_before(work, index);
    if (bracketed != NO_CLAIM && !context_tells(binding, context)) {
        const Claim *before = &work->checked->claims[bracketed];
        bind_settle(work, index, before->indicator, work->mentions[index].aimed ? FACE_TARGET : before->face,
                    before->confidence);
        return;
    }
    bool growth = says_growth(work, index), share = face_says_share(work, index);
    Face face = work->checked->claims[index].plan || work->mentions[index].aimed ? FACE_TARGET : FACE_VALUE;
    Choice own = bind_choose(binding, index, context, SUIT_VALUE), amount = {0};
    if (own.indicator && is_other_share(binding, index, own.indicator)) own = (Choice){0};
    if (own.indicator && is_mere_share(work, index) && !names_amount(binding, index, context, own.indicator)) return;
    if (own.indicator && is_of_amount(work, index) && !names_amount(binding, index, context, own.indicator))
        own = (Choice){0};
    bool ratio = own.indicator && own.near && own.indicator->measure == MEASURE_RATIO && !growth; /* 任务完成率85% */
    if (ratio || (!share && (names_itself(&own, work, index) || (own.indicator && !growth)))) {
        bind_settle(work, index, own.indicator, face, sureness(&own));
        return;
    }
    bool measured = (!context_tells(binding, context) || says_done(work, index)) && face_follows_target(work, index) &&
                    !names_other(binding, index, context);
    share |= measured;
    if (!growth && !share) return;
    if (!share || names_other(binding, index, context)) amount = bind_choose(binding, index, context, SUIT_AMOUNT);
    size_t base = measured ? index - 1 : base_of_rate(binding, index, context, share);
    bool run = base != NO_CLAIM && base == shared_before(work, index);
    if (amount.indicator && amount.near && !run)
        settle_rate(work, index, amount.indicator, face_of_rate(work, index, share), sureness(&amount));
    else if (base != NO_CLAIM)
        settle_rate(work, index, work->checked->claims[base].indicator, face_of_rate(work, index, share),
                    work->checked->claims[base].confidence);
    else if (own.indicator && !growth)
        bind_settle(work, index, own.indicator, face, sureness(&own));
}

/* The claim before a rank in its sentence that it can be of: over what only compares (高于全市2.3个百分点，居全市第二),
 * and over the field that it is among (在全市9个县区中排第七, 列8个县区第三); NULL when there is none. */
static const Claim *ranked_before(const Work *work, size_t index) {
    size_t at = work->mentions[index].from, from = work_period_from(work, at), clause = work_clause_from(work, at);
    for (size_t i = index; i-- && work->mentions[i].from >= from; at = work->mentions[i].from) {
        const Claim *claim = &work->checked->claims[i];
        bool within = false;
        for (size_t k = work->mentions[i].to; k < at; k++) within |= work->text->runes[k] == 0x4E2D; /* 中 */
        if (claim->indicator || !(is_against(work, i) || within || work->mentions[i].from >= clause)) return claim;
    }
    return NULL;
}

/* 增速居全市第二: a rank among growths, which is of a growth only. */
static bool ranks_other(const Binding *binding, size_t index, const Claim *before, const Context *context) {
    const Work *work = binding->work;
    bool growth =
        before && (before->face == FACE_GROWTH || says_change(work, (size_t)(before - work->checked->claims)));
    return face_near_says(work, work->lexicon->grows, index) && !context_tells(binding, context) && !growth;
}

/* A rank is that of what its words name, else of the claim before it in the sentence. */
static void bind_rank(Binding *binding, size_t index, const Context *context) {
    Work *work = binding->work;
    const Claim *before = ranked_before(work, index);
    size_t place, length;
    run_holds(work, index, &place, &length);
    if (length > 1) return; /* 分列第5位、第6位: of several, which nobody can tell apart */
    if (ranks_other(binding, index, before, context)) return;
    Choice own = context_tells(binding, context) ? bind_choose(binding, index, context, SUIT_ANY) : (Choice){0};
    if (own.indicator && own.near)
        bind_settle(work, index, own.indicator, FACE_RANK, sureness(&own));
    else if (before && before->indicator)
        bind_settle(work, index, before->indicator, FACE_RANK, before->confidence);
}

/* Points are those by which the ratio before them changed. */
static void bind_points(Binding *binding, size_t index) {
    Work *work = binding->work;
    size_t base = says_growth(work, index) ? base_before(work, index, true) : NO_CLAIM;
    if (base == NO_CLAIM || work->checked->claims[base].kind != CLAIM_PERCENT) return;
    const Claim *ratio = &work->checked->claims[base];
    bind_settle(work, index, ratio->indicator, FACE_GROWTH, ratio->confidence);
}

void face_bind(Binding *binding, size_t index) {
    Context context = context_of(binding, index);
    ClaimKind kind = binding->work->checked->claims[index].kind;
    binding->work->mentions[index].told = context_tells(binding, &context);
    if (is_against(binding->work, index)) return;
    if (kind == CLAIM_RANK)
        bind_rank(binding, index, &context);
    else if (kind == CLAIM_POINTS)
        bind_points(binding, index);
    else
        bind_rate(binding, index, &context);
}
