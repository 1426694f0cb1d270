/* check/bind/aim.c: whether a number is a target, or measured against one. */
#include "check/bind/binding.h"

#define LABEL_RUNES 6      /* between 目标 and the colon of a label */
#define TARGET_FAR  8      /* behind a number and 的 within which 目标 stands */
#define QUOTE_CLOSE 0x201D /* 立下“军令状”： */
#define LIST_MOST   8      /* numbers before 的目标 that it is said of */

/* 目标300件，完成225件，完成率75%: of the target told right before, or before the number that it is measured against.
 */
bool face_follows_target(const Work *work, size_t index) {
    size_t sentence = work_period_from(work, work->mentions[index].from);
    if (!face_right_before(work, work->lexicon->share, index)) return false;
    for (size_t i = index, n = 0; i-- && n < 2 && work->mentions[i].from >= sentence;) {
        const Claim *before = &work->checked->claims[i];
        if (before->face == FACE_GROWTH) continue; /* 超目标3家 */
        n++;
        if (!face_is_amount(before) || !before->indicator) return false;
        if (before->face == FACE_TARGET) return true;
    }
    return false;
}

bool face_says_share(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from), number = work->mentions[index].number;
    return work_says(work, work->lexicon->target, clause, number) &&
           work_says(work, work->lexicon->share, clause, number);
}

/* 240项任务, 750件的年度目标, 160件之任务: what is aimed at stands behind; 离180件还差54件: or how far it is. */
bool face_stands_before_target(const Work *work, size_t index) {
    size_t from = work->mentions[index].to, to = work_clause_to(work, from), near = context_near_from(work, index);
    const uint32_t *runes = work->text->runes;
    bool of = runes[from] == 0x7684 || runes[from] == 0x4E4B;  /* 的之 */
    bool off = runes[near] == 0x79BB || runes[near] == 0x8DDD; /* 离距 */
    if (of && to > from + TARGET_FAR) to = from + TARGET_FAR;
    if (of && words_at(work->lexicon->plan_nouns, runes + from + 1)) return true; /* 200件的计划 */
    return (of && work_says(work, work->lexicon->target, from, to)) || words_at(work->lexicon->target, runes + from) ||
           (off && work_says(work, work->lexicon->below, from, work_clause_to(work, from)));
}

/* Behind the last word of a set in a stretch; its beginning when there is none. */
static size_t behind_last(const Work *work, const WordSet *set, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes, *at = runes + from;
    size_t behind = from;
    for (const Word *word; (at = words_within(set, at, runes + to, &word)) != NULL; at += word->size)
        behind = (size_t)(at - runes) + word->size;
    return behind;
}

/* Nothing stands between but numbers and words that say nothing: 任务有三项：, and not 任务有序推进：. */
static bool is_bare_between(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    while (from < to) {
        const Word *idle = words_at(work->lexicon->idle, runes + from);
        const Word *word = idle ? idle : words_at(work->lexicon->measures, runes + from);
        if (!word && !numeral_is_part(runes[from]) && runes[from] != QUOTE_CLOSE) return false;
        from += word ? word->size : 1;
    }
    return true;
}

/* 目标：, 2021年目标：, 今年的目标已经明确：: the label opens its sentence. */
static bool opens_sentence(const Work *work, size_t label) {
    size_t from = work_period_from(work, label), when = whens_from(&work->whens, from);
    if (when < work->whens.count && work->whens.list[when].at == from) from += work->whens.list[when].size;
    from += work->text->runes[from] == 0x7684; /* 的 */
    const Word *word = words_at(work->lexicon->target, work->text->runes + from);
    return word && from + word->size == label;
}

/* Where what a label is of begins: 的任务是：…, 四项指标：…, 指标三项，分别是…; 0 when nothing is labelled there. */
static size_t labelled_from(const Work *work, size_t label) {
    const uint32_t *runes = work->text->runes;
    size_t to = work_clause_to(work, label), near = label + LABEL_RUNES < to ? label + LABEL_RUNES : to;
    for (size_t i = label; i < near; i++)
        if (runes[i] == 0x662F || runes[i] == 0x4E3A) return is_bare_between(work, label, i) ? i + 1 : 0; /* 是为 */
    if (near < to || !(is_bare_between(work, label, to) || opens_sentence(work, label))) return 0;
    const Word *out = runes[to] == ',' ? words_at(work->lexicon->share_out, runes + to + 1) : NULL;
    return runes[to] == ':' ? to + 1 : out ? to + 1 + out->size : 0;
}

/* 提出，全年登记成果300件: what is asked for begins behind the comma, with its time. */
static bool is_dated_from(const Work *work, size_t comma) {
    size_t when = whens_from(&work->whens, comma);
    return work->text->runes[comma] == ',' && when < work->whens.count && work->whens.list[when].at == comma + 1;
}

/* No number stands between a place and a claim. */
static bool is_first_from(const Work *work, size_t from, size_t index) {
    return !index || work->mentions[index - 1].from < from;
}

/* 目标：输出成交额1.5亿元; 市里定的任务有三项：…; 今年的目标已经明确：…, and not 目标完成情况：… */
static bool is_labelled_target(const Work *work, size_t index) {
    size_t from = work_period_from(work, work->mentions[index].from), to = work->mentions[index].from;
    size_t label = behind_last(work, work->lexicon->target, from, to);
    size_t begin = label > from ? labelled_from(work, label) : 0;
    return begin && begin <= to && is_first_from(work, begin, index) &&
           !work_says(work, work->lexicon->progress, work_clause_from(work, label), begin);
}

/* 市里要求登记成果达到200件, 全年应登记200件, 县政府提出，全年登记200件: what somebody asks for. Money is what he
 * allots. */
static bool is_asked(const Work *work, size_t index) {
    size_t from = work_period_from(work, work->mentions[index].from), to = work->mentions[index].from;
    if (work->checked->claims[index].kind == CLAIM_COUNT && face_near_says(work, work->lexicon->allotted, index))
        return true;
    size_t behind = behind_last(work, work->lexicon->asked, from, to), clause = work_clause_to(work, behind);
    if (behind == from || !is_first_from(work, behind, index)) return false;
    size_t begin = labelled_from(work, behind);
    return clause >= to || (begin && begin <= to) || is_dated_from(work, clause);
}

/* 责任书要求登记成果300件、输出成交额4.5亿元: what is asked for goes on through its list, until what was done is told.
 */
bool face_goes_on_target(const Work *work, size_t index) {
    const Claim *before = index ? &work->checked->claims[index - 1] : NULL;
    if (!before || !work->mentions[index - 1].aimed) return false;
    if (before->indicator ? before->face != FACE_TARGET : !face_is_amount(before)) return false; /* 超目标4家 */
    size_t from = work->mentions[index - 1].to, to = work->mentions[index].from;
    size_t when = whens_from(&work->whens, from);
    bool timed = when < work->whens.count && work->whens.list[when].at < to; /* 截至6月底登记160件 */
    return from >= work_period_from(work, to) &&
           (rune_ends_clause(work->text->runes[from]) || run_joins(work->text->runes[from])) && !timed &&
           !work_says(work, work->lexicon->actual, from, to) && !work_says(work, work->lexicon->done, from, to) &&
           !face_right_before(work, work->lexicon->progress, index);
}

/* 登记成果300件、输出成交额4.5亿元的要求: the last of the list says what all of it is. */
static bool is_listed_before_target(const Work *work, size_t index) {
    for (size_t last = index; last < index + LIST_MOST; last++) {
        if (face_stands_before_target(work, last)) return true;
        size_t next = last + 1;
        if (next == work->checked->n_claims || !run_joins(work->text->runes[work->mentions[last].to]) ||
            work_clause_to(work, work->mentions[last].to) < work->mentions[next].from)
            return false;
    }
    return false;
}

/* 年度目标300件, and not 主要指标量增质优：登记300件: a word next to the number, behind what a colon ends. */
static bool is_next_to_target(const Work *work, size_t index) {
    size_t near = context_near_from(work, index), to = work->mentions[index].number;
    for (size_t i = near; i < to; i++)
        if (work->text->runes[i] == ':') near = i + 1;
    return work_says(work, work->lexicon->target, near, to) && !face_near_says(work, work->lexicon->share, index);
}

bool face_says_target(const Work *work, size_t index) {
    return is_asked(work, index) || is_labelled_target(work, index) || face_goes_on_target(work, index) ||
           is_listed_before_target(work, index) || face_right_before(work, work->lexicon->target, index) ||
           is_next_to_target(work, index);
}
