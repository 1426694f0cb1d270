/* check/bind/not-of.c: what a number cannot be of, whatever words stand around it: a part of what an indicator counts,
 * each one of it, what is denied of it, and what is of another place. */
#include "base/text.h"
#include "check/bind/binding.h"

#define DENIED_RUNES 3 /* between 未 and what it denies: 未按时报送 */
#define PLACE_LEAST  2 /* runes of a place's name before 县, 镇 */
#define PLACE_MOST   3
#define CLASS        0x7C7Bu /* 类 */
#define FRONT        0x524Du /* 前 */
#define TITLE_OPEN   0x300Au
#define TITLE_CLOSE  0x300Bu

static bool is_county(uint32_t level) { return level == 0x53BF || level == 0x533A; } /* 县区 */

/* A level of the document's own is no part of it: 县级 in a county's text. */
static bool is_own_level(const Binding *binding, const Word *word) {
    bool level = word->runes[word->size - 1] == 0x7EA7; /* 级 */
    uint32_t of = word->runes[0];
    return level && (of == binding->area || (is_county(of) && is_county(binding->area)));
}

/* What a word of part stands before: nothing, or a word of the indicator's own. */
static bool is_before_own(const Binding *binding, const uint32_t *at, const uint32_t *to, const Indicator *indicator) {
    Hit hit;
    for (; at < to; at++)
        if (phrases_at(binding->phrases, at, &hit) && hit.word != NO_WORD &&
            !phrases_neutral(binding->phrases, hit.word))
            return phrases_has(binding->phrases, indicator, hit.word);
    return true;
}

/* It belongs to the name of a thing, 省级科技成果, or to a title: 《…十条措施》. */
static bool is_in_name(const Binding *binding, const uint32_t *at, const Word *word, const uint32_t *to) {
    Hit hit;
    for (const uint32_t *close = at; close < to && *close != TITLE_OPEN; close++)
        if (*close == TITLE_CLOSE) return true;
    return phrases_at(binding->phrases, at, &hit) && hit.word != NO_WORD && hit.size > word->size;
}

/* left: what is left of a whole is a part, too. */
static bool has_part(const Binding *binding, const uint32_t *from, const uint32_t *to, const Indicator *indicator,
                     bool behind, bool left) {
    const Word *word;
    for (const uint32_t *at = from; (at = words_within(binding->work->lexicon->part, at, to, &word)) != NULL;
         at += word->size)
        if ((left || !words_at(binding->work->lexicon->rest, at)) && !is_own_level(binding, word) &&
            !(binding->zone && words_at(binding->work->lexicon->zone, at)) && !is_in_name(binding, at, word, to) &&
            !phrases_says(binding->phrases, indicator, word) &&
            (behind || is_before_own(binding, at + word->size, to, indicator)))
            return true;
    return false;
}

bool bind_names_part(const Binding *binding, size_t cell, const Indicator *indicator) {
    if (cell == NO_CELL) return false;
    const Paragraph *head = &binding->work->text->paragraphs[cell];
    const uint32_t *runes = binding->work->text->runes;
    return has_part(binding, runes + head->from, runes + head->to, indicator, true, true);
}

/* 其余75家正在审核, 任务中尚有13项未完成: what stands behind says which. */
static bool tells_behind(const Binding *binding, size_t index, const Context *context, const Indicator *indicator) {
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i].weight >= ADJACENT && context->words[i].at >= binding->work->mentions[index].end &&
            phrases_has(binding->phrases, indicator, context->words[i].word))
            return true;
    return false;
}

/* 到期未再通过的8家: behind a word of the indicator something else is denied, which tells of some. */
static bool denies_rest(const Binding *binding, size_t index, const Context *context, const Indicator *indicator) {
    static const uint32_t not_yet[] = {0x672A}; /* 未 */
    const uint32_t *runes = binding->work->text->runes;
    size_t to = binding->work->mentions[index].number, said = to;
    if (phrases_says(binding->phrases, indicator, &(Word){.runes = not_yet, .size = 1})) return false;
    const Hit *end = context_hits_from(binding, to);
    for (const Hit *hit = context_hits_from(binding, context->from); hit < end; hit++) {
        bool thing = phrases_is_thing(binding->phrases, hit->word); /* 已过有效期、尚未续期的平台 */
        for (size_t at = said; at < hit->at && runes[at] != '(' && !thing; at++)
            if (runes[at] == *not_yet) return true;
        if (said < to || phrases_has(binding->phrases, indicator, hit->word)) said = hit->at + hit->size;
    }
    for (size_t at = said; at + 1 < to && runes[at] != '('; at++)
        if (runes[at] == *not_yet) return true;
    return false;
}

/* 未达标的1项, 400万元没有拨出去: a word of the indicator stands next to the number, and is denied. */
static bool is_denied(const Binding *binding, size_t index, const Context *context, const Indicator *indicator) {
    const uint32_t *runes = binding->work->text->runes;
    if (denies_rest(binding, index, context, indicator)) return true;
    for (size_t i = 0; i < context->count; i++) {
        size_t at = context->words[i].at;
        bool behind = at >= binding->work->mentions[index].end, here = context->words[i].near || behind;
        bool denied = at > 1 && (runes[at - 1] == 0x672A || (runes[at - 2] == 0x6CA1 && runes[at - 1] == 0x6709));
        for (size_t far = 1; behind && far <= DENIED_RUNES + 1 && text_is_han(runes[at - far]); far++)
            denied |= runes[at - far] == 0x672A || runes[at - far] == 0x6CA1;
        if (here && denied && /* 未, 没有 */
            phrases_has(binding->phrases, indicator, context->words[i].word))
            return true;
    }
    return false;
}

/* 尚有2家没有审核: what is still to be done. */
static bool is_undone(const Binding *binding, size_t index, const Indicator *indicator) {
    const Work *work = binding->work;
    size_t near = context_near_from(work, index), to = work->mentions[index].to, end = work_clause_to(work, to);
    const Word *word = NULL;
    const uint32_t *runes = work->text->runes,
                   *left = words_within(work->lexicon->rest, runes + near, runes + work->mentions[index].from, &word);
    return left && !phrases_says(binding->phrases, indicator, word) &&
           work_says(work, work->lexicon->unfinished, to, end);
}

/* 前10家企业研发费用合计1.98亿元: of the first ones alone. */
static bool is_of_first(const Work *work, const Context *context) {
    const uint32_t *runes = work->text->runes;
    for (size_t at = context->from; at + 1 < context->to; at++) {
        if (runes[at] != FRONT || !numeral_is_part(runes[at + 1])) continue;
        size_t behind = at + 1;
        while (behind < context->to && numeral_is_part(runes[behind])) behind++;
        if (behind < context->to && words_at(work->lexicon->measures, runes + behind)) return true;
    }
    return false;
}

/* 加工类特派员15名, 人才类资金160万元: of one class of the thing next to the number; not 各类, 这类. */
static bool is_of_class(const Binding *binding, const Context *context) {
    const uint32_t *runes = binding->work->text->runes;
    for (size_t at = context->from + 2; at + 1 < context->to; at++) {
        bool named = runes[at] == CLASS && text_is_han(runes[at - 1]) && text_is_han(runes[at - 2]);
        if (named && words_at(binding->work->lexicon->money, runes + at + 1)) return true;
    }
    const Hit *end = context_hits_from(binding, context->to);
    for (const Hit *hit = context_hits_from(binding, context->from); hit < end; hit++) {
        bool named = hit->at > context->from + 1 && runes[hit->at - 1] == CLASS && text_is_han(runes[hit->at - 2]);
        if (named && phrases_is_thing(binding->phrases, hit->word) &&
            !words_before(binding->work->lexicon->idle, runes + context->from, runes + hit->at))
            return true;
    }
    return false;
}

/* Said of a part of the whole (省级5个), or of each (每人2万元), which the indicator is not. */
bool bind_is_of_part(const Binding *binding, size_t index, const Context *context, const Indicator *indicator) {
    const Work *work = binding->work;
    const uint32_t *runes = work->text->runes;
    bool left = !tells_behind(binding, index, context, indicator);
    if (has_part(binding, runes + context->from, runes + context->to, indicator, false, left)) return true;
    if (has_part(binding, runes + work->mentions[index].end, runes + context_near_to(work, index), indicator, true,
                 true))
        return true;
    if (is_of_first(work, context) || is_of_class(binding, context) || is_denied(binding, index, context, indicator) ||
        (left && is_undone(binding, index, indicator)))
        return true;
    bool mean = indicator->measure == MEASURE_AVG || indicator->measure == MEASURE_RATIO;
    return !mean && work_says(work, work->lexicon->each, context->from, context->to);
}

/* 蓝陂县输出技术合同16项 in a city's text: a place with a name of its own opens the clause, and is none that the title
 * names. */
static bool is_of_place(const Binding *binding, size_t number) {
    const Work *work = binding->work;
    const uint32_t *at = work->text->runes + work_clause_from(work, number), *to = work->text->runes + number;
    for (size_t size = 0; size <= PLACE_MOST && at + size < to && text_is_han(at[size]); size++) {
        bool level =
            at[size] == 0x53BF || at[size] == 0x533A || at[size] == 0x9547 || at[size] == 0x4E61; /* 县区镇乡 */
        bool street = at[size] == 0x8857 && at[size + 1] == 0x9053; /* 街道 */
        bool park = at[size] == 0x56ED && !binding->zone;           /* 园 */
        if (level || street || park) return size >= PLACE_LEAST && !context_titled(work, at, size);
        if (words_at(work->lexicon->placeless, at + size) || phrases_at(binding->phrases, at + size, &(Hit){0}))
            return false;
    }
    return false;
}

/* Said of a wider or narrower area than the document's. */
bool bind_is_elsewhere(const Binding *binding, size_t index, const Context *context) {
    const Work *work = binding->work;
    const uint32_t *at = work->text->runes + context->from, *to = work->text->runes + context->to;
    const Word *word;
    if (!binding->area) return false;
    if (is_of_place(binding, work->mentions[index].number)) return true;
    if (work->checked->claims[index].kind == CLAIM_RANK) return false; /* 居全市第三: the field that it is among */
    for (; (at = words_within(work->lexicon->area, at, to, &word)) != NULL; at += word->size) {
        uint32_t level = word->runes[word->size - 1];
        if (level != binding->area && !(is_county(level) && is_county(binding->area))) return true;
    }
    return false;
}
