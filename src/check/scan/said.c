/* check/scan/said.c: which of the times that a sentence names is that of a number in it.
 *
 * The last one before it, unless that is of another: of what the number is measured against, of a target, of what was
 * told aside. */
#include "check/scan/said.h"

#define CHANGE_RUNES 8 /* between 由391家 and what it came to */
#define TARGET_RUNES 4 /* within which 目标 behind 全年 makes it the target's year */

/* 由2016年末的, 与上年相比: a time that something is set against. */
bool said_against(const Work *work, const When *when) {
    uint32_t before = when->at ? work->text->runes[when->at - 1] : 0;
    return before == 0x7531 || before == 0x4ECE || before == 0x6BD4 || before == 0x8F83 ||
           before == 0x4E0E; /* 由从比较与 */
}

/* 年度任务, 年度预算: a time that names what was set for it, and no more. */
bool said_of_target(const Work *work, const When *when) {
    size_t to = when->at + when->size;
    return work_says(work, work->lexicon->target, when->at, to) || work_says(work, work->lexicon->budget, when->at, to);
}

/* 占全年预算900万元的54%: the year of a budget, not of how far it has been carried out. */
static bool is_of_budget(const Work *work, const When *when, size_t to) {
    const uint32_t *runes = work->text->runes;
    const Word *budget;
    const uint32_t *at = words_within(work->lexicon->budget, runes + when->at, runes + to, &budget);
    return at && !when->year && !when->years && !when->now && !words_at(work->lexicon->progress, at + budget->size);
}

/* 全年目标: the year of a target, not of what was done; but 2021年目标： is of all that it heads. */
static bool is_of_target(const Work *work, const When *when) {
    size_t from = when->at + when->size, to = from + TARGET_RUNES;
    const Word *target = words_at(work->lexicon->target, work->text->runes + from);
    if (target && work->text->runes[from + target->size] == ':') return false;
    if (to > work->text->size) to = work->text->size;
    return said_of_target(work, when) || work_says(work, work->lexicon->target, from, to) ||
           is_of_budget(work, when, to);
}

/* 上年同期为2.8% is of last year, 较上年同期增长15% of this. */
bool said_is_value(const Work *work, size_t from, size_t to) {
    return !work_says(work, work->lexicon->rise, from, to) && !work_says(work, work->lexicon->fall, from, to);
}

/* （上年末79家），半年净增4家: the bracket that a time stands in has closed before a place. */
static bool is_closed_before(const Work *work, const When *when, size_t to) {
    for (size_t at = when->at + when->size; at < to; at++) {
        if (work->text->runes[at] == '(') return false;
        if (work->text->runes[at] == ')') return true;
    }
    return false;
}

/* （上年1090家，净增146家）: a change behind what was, in its bracket. */
static bool is_change_in_bracket(const Work *work, const When *when, size_t from, size_t to) {
    return when->at && work->text->runes[when->at - 1] == '(' &&
           (work_says(work, work->lexicon->rise, from, to) || work_says(work, work->lexicon->fall, from, to));
}

/* 入库1320家，上年为1140家，多180家；…: an earlier time told aside, behind a number of the text's own, is over with
 * what has changed since, or with its clause. */
static bool is_aside(const Work *work, const When *when, size_t index, size_t told) {
    const Mention *mention = &work->mentions[index];
    size_t number = mention->from, sentence = work_sentence_from(work, when->at), own = index;
    while (own && work->mentions[own - 1].from > when->at) own--;
    if (when->years >= 0 || !own || work->mentions[own - 1].from < sentence) return false;
    return number >= work_sentence_to(work, when->at) || work_says(work, work->lexicon->rise, told, number) ||
           work_says(work, work->lexicon->fall, told, number);
}

/* 一是…1.86%，二是…97家: the time stands in an item of a list, and the number in a later one. */
static bool is_of_other_item(const Work *work, const When *when, size_t number) {
    const uint32_t *runes = work->text->runes;
    bool later = false;
    for (size_t at = when->at + when->size; at + 1 < number; at++) {
        bool item = runes[at + 1] == 0x662F && numeral_digit(runes[at]) > 0 && rune_ends_clause(runes[at - 1]); /* 是 */
        if (item && runes[at] == 0x4E00) return false; /* 一 */
        later |= item;
    }
    return later;
}

/* 由2016年末的21家增至118家, 在上年末112家的基础上净增13家, 是2018年97家的4倍; 去年底是58家，现在是65家: the time of
 * the number right behind it alone. */
static bool is_of_base(const Work *work, const When *when, size_t index) {
    if (!index || work->mentions[index - 1].from < when->at) return false;
    size_t told = work->mentions[index - 1].to, number = work->mentions[index].from;
    return said_against(work, when) || is_closed_before(work, when, number) ||
           is_change_in_bracket(work, when, told, number) || work_says(work, work->lexicon->based, told, number) ||
           lexicon_lists(work->lexicon->multiple, work->checked->claims[index].unit) ||
           work_says(work, work->lexicon->present, told, number) || is_aside(work, when, index, told) ||
           is_of_other_item(work, when, number);
}

/* 是2019年的2.3倍: the time of what is multiplied. */
static bool is_measure_of(const Work *work, const When *when, size_t index) {
    size_t end = when->at + when->size, number = work->mentions[index].from;
    return number == end + 1 && work->text->runes[end] == 0x7684 && /* 的 */
           lexicon_lists(work->lexicon->multiple, work->checked->claims[index].unit);
}

/* 一季度38件，二季度47件，累计85件; 一季度150家、二季度260家；全年…: a list of times is over where a total is told, or
 * where its sentence ends. */
static bool is_over_at(const Work *work, const When *when, size_t index) {
    size_t number = work->mentions[index].from, from = work_sentence_from(work, when->at),
           to = work_sentence_to(work, when->at), times = 0;
    for (size_t i = whens_from(&work->whens, from); i < work->whens.count && work->whens.list[i].at < to; i++)
        times += work->whens.list[i].kind == WHEN_PERIOD && work->whens.list[i].at < number;
    bool told = index && work->mentions[index - 1].from > when->at; /* its own number stands between */
    if (times < 2 || !told) return false;
    return number >= to || work_says(work, work->lexicon->altogether, work->mentions[index - 1].to, number);
}

/* The last time before a claim in its sentence; NULL when there is none. first: from where to look, moved on. */
const When *said_before(const Work *work, size_t index, size_t *first) {
    const When *found = NULL;
    const Mention *mention = &work->mentions[index];
    size_t from = work_period_from(work, mention->from);
    while (*first < work->whens.count && work->whens.list[*first].at < from) ++*first;
    for (size_t i = *first; i < work->whens.count && work->whens.list[i].at < mention->from; i++) {
        const When *when = &work->whens.list[i];
        size_t end = when->at + when->size;
        bool share = work->text->runes[mention->from - 1] == 0x7684; /* 完成全年目标的43%: so far */
        bool adjacent = end + TARGET_RUNES >= mention->from && !(share && is_of_target(work, when));
        if (when->kind == WHEN_NONE || (when->compared && !(adjacent && said_is_value(work, end, mention->from))))
            continue;
        if ((!is_of_target(work, when) || adjacent) && !is_of_base(work, when, index) &&
            !is_measure_of(work, when, index))
            found = when;
    }
    return found && is_over_at(work, found, index) ? NULL : found;
}

/* 2023年，…，年末有效高企105家: a time without a year is of the year named before it in the sentence;
 * 1—11月…，上年同期…: the same part of a year is that named before it. */
Period said_spoken_of(const Work *work, const When *when, Period place) {
    size_t from = work_period_from(work, when->at);
    bool same_part = when->years && !when->from;
    if (!same_part && (when->year || when->now || when->years)) return place;
    for (const When *before = when; before-- > work->whens.list && before->at >= from;)
        if ((same_part ? before->to && !before->years && !is_of_target(work, before) : before->year) &&
            before->kind != WHEN_NONE && !before->compared)
            return when_period(before, place, work->now);
    return place;
}

bool said_before_change(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index], *next = mention + 1;
    uint32_t before = mention->from ? work->text->runes[mention->from - 1] : 0;
    return (before == 0x7531 || before == 0x4ECE) && index + 1 < work->checked->n_claims && /* 由从 */
           next->from <= mention->to + CHANGE_RUNES && work_says(work, work->lexicon->arrive, mention->to, next->from);
}

bool said_accumulated(const Work *work, size_t index, const When *when, Period said) {
    size_t number = work->mentions[index].from, from = work_clause_from(work, number);
    if (period_months(said) > 1 || (when && when->at >= from)) return false;
    return work_says(work, work->lexicon->all_time, from, number);
}

bool said_further(const Work *work, size_t index, const When *when) {
    size_t number = work->mentions[index].from;
    bool year = when && !when->year && !when->years && when->from == 1 && when->to == 12;
    return year && work_says(work, work->lexicon->further, work_clause_from(work, number), number);
}
