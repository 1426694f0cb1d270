/* check/bind/aim.c: whether a number is a target, or measured against one. */
#include "check/bind/binding.h"

#define LABEL_RUNES 6  /* between 目标 and the colon of a label */
#define TARGET_FAR  8  /* behind a number and 的 within which 目标 stands */

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
    bool of = runes[from] == 0x7684 || runes[from] == 0x4E4B;    /* 的之 */
    bool off = runes[near] == 0x79BB || runes[near] == 0x8DDD; /* 离距 */
    if (of && to > from + TARGET_FAR) to = from + TARGET_FAR;
    if (of && words_at(work->lexicon->plan_nouns, runes + from + 1)) return true; /* 200件的计划 */
    return (of && work_says(work, work->lexicon->target, from, to)) || words_at(work->lexicon->target, runes + from) ||
           (off && work_says(work, work->lexicon->below, from, work_clause_to(work, from)));
}

/* 目标：输出成交额1.5亿元、吸纳成交额2亿元; 2021年目标：…; 今年的目标已经明确：…, and not 目标完成情况：… */
static bool is_labelled_target(const Work *work, size_t index) {
    size_t from = work_period_from(work, work->mentions[index].from), when = whens_from(&work->whens, from);
    if (when < work->whens.count && work->whens.list[when].at == from) from += work->whens.list[when].size;
    from += work->text->runes[from] == 0x7684; /* 的 */
    const Word *word = words_at(work->lexicon->target, work->text->runes + from);
    size_t tail = from + (word ? word->size : 0), colon = word ? work_clause_to(work, tail) : tail;
    return word && colon <= tail + LABEL_RUNES && work->text->runes[colon] == ':' &&
           !work_says(work, work->lexicon->progress, tail, colon);
}

/* 市里要求登记成果达到200件, 全年应登记200件: what somebody asks for. */
static bool is_asked(const Work *work, size_t index) {
    return work->checked->claims[index].kind == CLAIM_COUNT && face_near_says(work, work->lexicon->asked, index);
}

bool face_says_target(const Work *work, size_t index) {
    return is_asked(work, index) || is_labelled_target(work, index) || face_stands_before_target(work, index) ||
           face_right_before(work, work->lexicon->target, index) ||
           (face_near_says(work, work->lexicon->target, index) && !face_near_says(work, work->lexicon->share, index));
}
