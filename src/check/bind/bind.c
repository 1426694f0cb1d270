/* check/bind/bind.c: which indicator each claim is of, by the words around it.
 *
 * An indicator is chosen when one of its phrases is all there and no other's has as much; when two have, or a word next
 * to the number is nobody's, the claim is of nothing: to bind wrongly is worse than not to bind. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check/bind/binding.h"

#define EXACT_UNIT    0.3  /* what the very unit of the indicator adds to the score of a phrase */
#define OTHER_UNIT    0.0  /* and one that counts the same things otherwise */
#define PERSON_TIMES  -0.1 /* and 人 where the indicator counts 人次, or the other way round */
#define NO_UNIT       -9.0
#define LAST_WORD     0.3  /* what the last word of a phrase adds that stands next to the number */
#define MARGIN        0.05 /* by which the best must lead the next */
#define SUBJECT_MAX   24   /* runes */
#define STRANGE_RUNES 4    /* of unknown words next to a number that say it is of an unknown thing */
#define PART_RUNES    3    /* between a share and what it comes to: ，为 */
#define AGAIN         80   /* how sure, in percent, of a number that is only named again */

/* --- choosing --- */

/* One counts persons, the other person-times. */
static bool is_persons_times(const Lexicon *lexicon, const char *unit, const char *other) {
    return lexicon_lists(lexicon->persons, unit) && lexicon_lists(lexicon->person_times, other);
}

static bool is_other_times(const Lexicon *lexicon, const char *unit, const char *other) {
    return is_persons_times(lexicon, unit, other) || is_persons_times(lexicon, other, unit);
}

/* Persons and sessions are counted by their own measures, never for things that 个 counts; persons may be told as
 * person-times, and the other way round. */
static double count_score(const Lexicon *lexicon, const char *unit, const char *other) {
    bool particular = lexicon_lists(lexicon->persons, unit) || lexicon_lists(lexicon->sessions, unit);
    if (particular && lexicon_lists(lexicon->anything, other)) return NO_UNIT;
    if (lexicon_lists(lexicon->anything, unit) &&
        (lexicon_lists(lexicon->sessions, other) || lexicon_lists(lexicon->persons, other)))
        return NO_UNIT;
    if (lexicon_alike(lexicon, unit, other)) return OTHER_UNIT;
    return is_other_times(lexicon, unit, other) ? PERSON_TIMES : NO_UNIT;
}

/* It counts something: no money, no rate. */
static bool is_counted(const Binding *binding, const Indicator *indicator) {
    const Lexicon *lexicon = binding->work->lexicon;
    for (size_t i = 0; i < lexicon->n_measures; i++)
        if (!strcmp(lexicon->list[i].unit, indicator->unit)) return lexicon->list[i].kind == CLAIM_COUNT;
    return false;
}

static double unit_score(const Binding *binding, const Claim *claim, const Indicator *indicator, Suit suit) {
    if (suit == SUIT_ANY) return 0;
    if (suit == SUIT_AMOUNT) return strcmp(indicator->unit, "%") ? 0 : NO_UNIT;
    size_t length = strlen(claim->unit);
    bool same = length && !strncmp(indicator->unit, claim->unit, length);
    if (same && (!indicator->unit[length] || indicator->unit[length] == '/')) return EXACT_UNIT; /* 元 and 元/人 */
    if (claim->kind != CLAIM_COUNT) return NO_UNIT;
    if (indicator->kind == INDICATOR_STOCK && lexicon_lists(binding->work->lexicon->person_times, claim->unit))
        return NO_UNIT; /* 累计选派426人次: of years, not those there are */
    if (!length) return is_counted(binding, indicator) ? OTHER_UNIT : NO_UNIT; /* of a cell whose heads say none */
    return count_score(binding->work->lexicon, claim->unit, indicator->unit);
}

/* One of the words next to the number tells of the indicator. */
static bool is_near(const Binding *binding, const Context *context, const Indicator *indicator) {
    bool growth = indicator->measure == MEASURE_GROWTH; /* 增长 tells of no growth alone */
    for (size_t i = 0; i < context->count; i++) {
        size_t word = context->words[i].word;
        if (context->words[i].near && phrases_has(binding->phrases, indicator, word) &&
            !(growth && phrases_neutral(binding->phrases, word)))
            return true;
    }
    return false;
}

/* The last word of a phrase stands where it must: next to a rate, in the clause of an amount. */
static bool is_in_place(const Context *context, const Fit *fit, bool rate) {
    const Indicator *indicator = fit->indicator; /* 平均 is said of no later number */
    bool mean =
        indicator->measure == MEASURE_AVG || (indicator->measure == MEASURE_RATIO && strcmp(indicator->unit, "%"));
    return (context->bare && !mean) || fit->last >= (rate ? ADJACENT : IN_CLAUSE);
}

Choice bind_choose(Binding *binding, size_t index, const Context *context, Suit suit) {
    const Claim *claim = &binding->work->checked->claims[index];
    Choice best = {0};
    double next = 0;
    size_t count;
    if (bind_is_elsewhere(binding, index, context)) return best;
    const Fit *fits = phrases_fit(binding->phrases, context, &count);
    for (size_t i = 0; i < count; i++) {
        const Indicator *indicator = fits[i].indicator;
        double last = fits[i].last >= ADJACENT ? LAST_WORD : 0;
        double score = fits[i].score + last + unit_score(binding, claim, indicator, suit);
        if (context->bare && is_other_times(binding->work->lexicon, claim->unit, indicator->unit)) continue;
        if (score <= next || !is_in_place(context, &fits[i], suit == SUIT_VALUE && claim->kind == CLAIM_PERCENT))
            continue;
        if (bind_is_of_part(binding, index, context, indicator)) continue;
        if (score > best.score) {
            if (best.indicator != indicator) next = best.score;
            best = (Choice){indicator, score, fits[i].words, is_near(binding, context, indicator)};
        } else if (indicator != best.indicator) {
            next = score;
        }
    }
    return best.score >= next + MARGIN ? best : (Choice){0};
}

void bind_settle(Work *work, size_t index, const Indicator *indicator, Face face, int confidence) {
    Claim *claim = &work->checked->claims[index];
    claim->indicator = indicator;
    claim->face = face;
    claim->confidence = confidence;
}

int confidence_of(const Choice *choice) {
    return (int)lround(100 * fmin(choice->score / ((double)choice->words + EXACT_UNIT), 1));
}

static bool is_same_period(Period a, Period b) { return a.start == b.start && a.end == b.end; }

/* 累计14家 */
static bool says_accumulated(const Work *work, size_t index) {
    return work_says(work, work->lexicon->all_time, context_near_from(work, index), work->mentions[index].from);
}

/* 累计14家: all that there is at the end of the period. */
static bool says_all(const Work *work, size_t index, const Indicator *indicator) {
    return indicator->kind == INDICATOR_STOCK && says_accumulated(work, index);
}

/* 由90个扩大到102个, 备案3家，累计14家: what it came to is no number said twice. */
static bool comes_to(const Work *work, size_t index, const Indicator *indicator) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    return says_all(work, index, indicator) || words_before(work->lexicon->arrive, runes, at) ||
           words_before(work->lexicon->become, runes, at);
}

/* 年初预算1亿元，…，调整后为1.2亿元; 备案3家，累计14家: what was before the change, or came to what there is, is no
 * number of the period's end. */
static void drop_changed(Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t from = work_period_from(work, work->mentions[index].from);
    const Claim *claim = &work->checked->claims[index];
    bool become = words_before(work->lexicon->become, runes, runes + work->mentions[index].from);
    if (claim->indicator->kind != INDICATOR_STOCK || !(become || says_all(work, index, claim->indicator))) return;
    for (size_t i = index; i-- && work->mentions[i].from >= from;) {
        Claim *before = &work->checked->claims[i];
        bool dated = before->face != FACE_VALUE || !is_same_period(before->period, claim->period);
        if (before->indicator == claim->indicator && (become || !dated)) before->indicator = NULL;
    }
}

/* The sentence has said a number of the indicator for the period already, and not how it grew from there. */
static bool repeats(const Work *work, size_t index, const Indicator *indicator) {
    size_t sentence = work_period_from(work, work->mentions[index].from);
    const Claim *claim = &work->checked->claims[index];
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;) {
        const Claim *other = &work->checked->claims[i];
        if (other->indicator != indicator || other->kind != claim->kind) continue;
        if (comes_to(work, index, indicator)) return false;
        if (says_accumulated(work, index) && !says_accumulated(work, i)) return false; /* 当月14件，累计66件 */
        bool target = other->face == FACE_TARGET && !claim->plan;
        if (other->face == FACE_GROWTH || target || claim->plan != other->plan || work->mentions[index].in_range)
            return false;
        bool part = work_says(work, work->lexicon->among, context_near_from(work, index), work->mentions[index].from);
        return is_same_period(other->period, claim->period) && (!claim->plan || part);
    }
    return false;
}

/* 占全县研发经费的62.5%，为5.4亿元: what a share comes to is a part of what it is of. */
static bool is_share_of(const Work *work, size_t index) {
    if (!index || work->checked->claims[index - 1].kind != CLAIM_PERCENT) return false;
    size_t near = context_near_from(work, index - 1), from = work->mentions[index - 1].from;
    bool share = from && work->text->runes[from - 1] == 0x7684;                   /* 的 */
    for (size_t i = near; i < from; i++) share |= work->text->runes[i] == 0x5360; /* 占 */
    return share && work->mentions[index].from <= work->mentions[index - 1].to + PART_RUNES;
}

/* 有效高企236家，按发证年份分，2020年63家: what there is at the end of a time has parts in it, and is not told anew. */
static bool parts_stock(const Work *work, size_t index, Kind kind) {
    size_t whole = index, year = kind.open;
    while (year < kind.from && work->text->runes[year] != 0x5E74) year++; /* 年 */
    while (whole && work->mentions[whole].from > kind.open) whole--;
    const Claim *before = &work->checked->claims[whole];
    return year < kind.from && whole < index && before->indicator && before->indicator->kind == INDICATOR_STOCK &&
           !strcmp(before->unit, work->checked->claims[index].unit);
}

/* 按依托单位分，企业60个: one of a list by kind is a part, unless it is only told by its time: 按季度分解：一季度60家.
 */
static bool is_of_kind(const Work *work, size_t index) {
    size_t number = work->mentions[index].from, from = work_period_from(work, number);
    Kind kind = work_next_kind(work, from, number);
    if (kind.from >= number) return false;
    if (parts_stock(work, index, kind)) return true;
    size_t near = context_near_from(work, index), when = whens_from(&work->whens, near);
    return when == work->whens.count || work->whens.list[when].at >= number;
}

/* 2016年至2020年分别为2.9亿元、3.2亿元: the later ones of a run that times share are of what the first is of. */
static bool goes_on_run(const Work *work, size_t index) {
    return index && work->mentions[index].shared_times && work->mentions[index - 1].shared_times &&
           work->mentions[index].from == work->mentions[index - 1].to + 1;
}

/* 把转入的9个问题全部办结, 剩余4个、未办结的6个全部销号: what is to become of all of them is no aim of its own, and not
 * done yet. */
static bool takes_all(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    size_t near = context_near_from(work, index);
    bool left = work_says(work, work->lexicon->remaining, near, mention->from) ||
                work_says(work, work->lexicon->unfinished, near, mention->from);
    return (work->checked->claims[index].plan || left) &&
           work_says(work, work->lexicon->all, mention->to, work_clause_to(work, mention->to));
}

/* 财政科技支出分别为2.9亿元、3.2亿元，合计18.5亿元: nothing next to a number tells, and the number before it in the
 * sentence is of a thing that nobody knows, so this one is too. Remembers which are of such a thing. */
static bool is_strange(Binding *binding, size_t index, const Context *context) {
    Work *work = binding->work;
    size_t from = work->mentions[index].from;
    bool tells = context_tells(binding, context);
    bool before = index && work->mentions[index - 1].stranger &&
                  work->mentions[index - 1].from >= work_sentence_from(work, from) &&
                  !strcmp(work->checked->claims[index - 1].unit, work->checked->claims[index].unit);
    bool unknown = context_unknown(binding, context->from, from) > STRANGE_RUNES;
    work->mentions[index].stranger = !tells && (before || unknown);
    return !tells && before;
}

/* 超过三成的有3个; 124家受益企业中，有31家: which of them is said before, not what they are. */
static bool is_of_those(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t near = context_near_from(work, index), before = index ? work->mentions[index - 1].to : 0;
    bool among = before && near > before + 1 && runes[near - 1] == ',' && runes[near - 2] == 0x4E2D && /* 中 */
                 work_clause_from(work, near - 1) <= before;
    return among || (index && near == before && runes[near] == 0x7684); /* 的 */
}

/* 吸纳比输出多2.4亿元, 吸纳高于输出2.4亿元, 比目标少9件: how one thing is more than another is a number of neither. */
static bool compares_things(const Binding *binding, size_t index) {
    const Work *work = binding->work;
    size_t from = context_near_from(work, index), to = work->mentions[index].number;
    const Hit *end = context_hits_from(binding, to);
    for (const Hit *hit = context_hits_from(binding, from); hit < end; hit++) {
        if (hit->at <= from || phrases_neutral(binding->phrases, hit->word)) continue;
        const uint32_t *at = work->text->runes + hit->at;
        if (at[-1] == 0x6BD4 || words_before(work->lexicon->against, work->text->runes + from, at))
            return true; /* 比 */
    }
    const uint32_t *runes = work->text->runes, *number = runes + work->mentions[index].from;
    bool off = words_before(work->lexicon->rise, runes, number) || words_before(work->lexicon->fall, runes, number);
    if (off && runes[from] == 0x6BD4 && work_says(work, work->lexicon->target, from, to)) return true;
    size_t clause = work_clause_from(work, to); /* 比目标1700家多165家 */
    return off && runes[clause] == 0x6BD4 && index && work->mentions[index - 1].to == from &&
           work->mentions[index - 1].from > clause && work_says(work, work->lexicon->target, clause, from);
}

/* 参训104人，包括特派员82名; 规上企业96家，其中高企52家: some of a whole that is of other things, and not all there is
 * of their own. */
static bool is_among_others(const Binding *binding, size_t index, const Indicator *indicator) {
    const Work *work = binding->work;
    size_t near = context_near_from(work, index), whole = index ? index - 1 : 0;
    if (!index || indicator->kind != INDICATOR_STOCK || !words_at(work->lexicon->among, work->text->runes + near))
        return false;
    bool told = false;
    const Hit *end = context_hits_from(binding, context_near_to(work, whole));
    for (const Hit *hit = context_hits_from(binding, context_near_from(work, whole)); hit < end; hit++) {
        if (phrases_neutral(binding->phrases, hit->word)) continue;
        if (phrases_has(binding->phrases, indicator, hit->word)) return false;
        told = true;
    }
    const Indicator *of = work->checked->claims[whole].indicator;
    return told && !(of && of->of == indicator->of) &&
           lexicon_alike(work->lexicon, work->checked->claims[whole].unit, work->checked->claims[index].unit);
}

/* 36家，其余3家: what is left of a number is another's. */
static bool is_left_of(const Work *work, size_t index, const Indicator *indicator) {
    size_t sentence = work_period_from(work, work->mentions[index].from);
    if (!work_says(work, work->lexicon->remaining, context_near_from(work, index), work->mentions[index].from))
        return false;
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;)
        if (work->checked->claims[i].indicator == indicator) return true;
    return false;
}

/* What is said of the number before: the next of a run, or how it compares; false when it stands for itself. */
static bool goes_with_before(Work *work, size_t index, Face face, bool tells) {
    bool run = goes_on_run(work, index);
    size_t before = run ? index - 1 : tells ? NO_CLAIM : face_goes_with(work, index);
    if (before == NO_CLAIM) return false;
    const Claim *amount = &work->checked->claims[before];
    if (amount->indicator) bind_settle(work, index, amount->indicator, run ? amount->face : face, amount->confidence);
    return true;
}

/* 要求登记成果300件，成果登记360件: the same thing again is what was done. Ends the list of what is asked for. */
static bool meets_target(Work *work, size_t index, const Indicator *indicator) {
    size_t from = work_period_from(work, work->mentions[index].from);
    if (!indicator || !face_goes_on_target(work, index)) return false;
    for (size_t i = index; i-- && work->mentions[i].from >= from;)
        if (work->mentions[i].aimed && work->checked->claims[i].indicator == indicator) {
            work->mentions[index].aimed = false;
            return true;
        }
    return false;
}

/* 完成市下达任务（400家）: nothing but the word of a target stands next to it, though there are tasks that are counted.
 */
static bool tells_target(const Binding *binding, size_t index, const Context *context) {
    const Work *work = binding->work;
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i].near && phrases_is_thing(binding->phrases, context->words[i].word) &&
            !words_at(work->lexicon->target, work->text->runes + context->words[i].at))
            return false;
    return work->mentions[index].aimed;
}

/* 4个方面13个问题: an order of speech is counted, and no thing. */
static bool counts_aspects(const Work *work, size_t index) {
    return words_at(work->lexicon->rhetoric, work->text->runes + work->mentions[index].to) != NULL;
}

/* 这78家高企, 以上78家高企: which of them is said before, not by the thing alone. */
static bool points_back(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t from = context_near_from(work, index), at = work->mentions[index].from;
    bool above = at == from + 2 && runes[from] == 0x4EE5 && runes[from + 1] == 0x4E0A; /* 以上 */
    return above || (at > from && runes[at - 1] == 0x8FD9);                            /* 这 */
}

static void bind_amount(Binding *binding, size_t index) {
    Work *work = binding->work;
    Face face = face_of_amount(work, index);
    Context context = context_of(binding, index);
    bool tells = context_tells(binding, &context);
    work->mentions[index].told = tells && !tells_target(binding, index, &context);
    bool strange = is_strange(binding, index, &context);
    bool part = !tells && (is_share_of(work, index) || is_of_kind(work, index));
    bool unknown = compares_things(binding, index) || (!tells && is_of_those(work, index));
    if (strange || part || unknown || counts_aspects(work, index) || takes_all(work, index) ||
        goes_with_before(work, index, face, tells))
        return;
    Choice choice = bind_choose(binding, index, &context, SUIT_VALUE);
    work->mentions[index].told |= choice.indicator && choice.near; /* 入库目标40家 */
    if (choice.words == 1 && points_back(work, index)) choice = (Choice){0};
    if (meets_target(work, index, choice.indicator)) face = FACE_VALUE;
    if (choice.indicator && face == FACE_VALUE && face_adds(work, index, choice.indicator)) face = FACE_GROWTH;
    const Indicator *again = choice.indicator ? NULL : again_of(binding, index);
    if (again) bind_settle(work, index, again, face, AGAIN);
    const Indicator *beside = choice.indicator || again || tells ? NULL : again_beside(binding, index);
    if (beside) bind_settle(work, index, beside, work->checked->claims[index - 1].face, AGAIN);
    bool told = face == FACE_VALUE || (face == FACE_TARGET && work->checked->claims[index].plan);
    if (choice.indicator && is_left_of(work, index, choice.indicator)) return;
    bool others = choice.indicator && is_among_others(binding, index, choice.indicator);
    work->mentions[index].stranger |= others; /* 包括特派员82名、乡镇负责人22名: so are the next ones of its list */
    if (others) return;
    if (choice.indicator && !(told && repeats(work, index, choice.indicator)))
        bind_settle(work, index, choice.indicator, face, confidence_of(&choice));
    if (work->checked->claims[index].indicator) drop_changed(work, index);
    bool each = work_says(work, work->lexicon->each, context.from, context.to); /* 人均2万元，共计240万元 */
    work->mentions[index].stranger |= tells && !choice.indicator && !again && !each;
}

/* --- subjects --- */

static bool ends_subject(uint32_t rune) {
    return rune_ends_clause(rune) || rune == 0x3001 || rune == '(' || rune == ')';
}

/* What the text says the claim is of: the words before it, else those behind it. */
static void name_subject(Work *work, size_t index) {
    size_t from = context_near_from(work, index), to = work->mentions[index].from;
    if (to - from < 2) {
        from = work->mentions[index].to;
        to = context_near_to(work, index);
    }
    if (to - from < 2) {
        to = work->mentions[index].from;
        from = work_period_from(work, to);
    }
    if (to - from > SUBJECT_MAX) from = to - SUBJECT_MAX;
    while (from < to && ends_subject(work->text->runes[from])) from++;
    while (to > from && ends_subject(work->text->runes[to - 1])) to--;
    work->checked->claims[index].subject = work_keep_text(work, from, to);
}

void work_name_subjects(Work *work) {
    for (size_t i = 0; i < work->checked->n_claims; i++) name_subject(work, i);
}

/* --- all of them --- */

/* What is aimed at is aimed at for the year, unless the words next to it say otherwise:
 * 上半年入库143家，完成任务（200家）. */
void work_date_target(Work *work, size_t index) {
    Claim *claim = &work->checked->claims[index];
    size_t when = whens_from(&work->whens, context_near_from(work, index));
    bool timed = when < work->whens.count && work->whens.list[when].at < work->mentions[index].from;
    if (claim->face != FACE_TARGET || claim->plan || timed || claim->period.start == DATE_NONE) return;
    int year, month, day;
    date_split(claim->period.end, &year, &month, &day);
    claim->period = (Period){date_make(year, 1, 1), date_make(year, 12, 31)};
}

void work_bind(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Binding binding = {.work = work};
    binding.phrases = phrases_new(scratch, work->ask->catalog, work->lexicon);
    context_open(&binding, scratch);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        ClaimKind kind = work->checked->claims[i].kind;
        bool times = lexicon_lists(work->lexicon->multiple, work->checked->claims[i].unit);
        work->mentions[i].aimed = face_says_target(work, i);
        if (table_holds(work, i))
            table_bind(&binding, i);
        else if (times || kind == CLAIM_PERCENT || kind == CLAIM_POINTS || kind == CLAIM_RANK)
            face_bind(&binding, i);
        else
            bind_amount(&binding, i);
        work_date_target(work, i);
    }
}
